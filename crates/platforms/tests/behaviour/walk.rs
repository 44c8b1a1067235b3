//! Carries a delivery out as the engine does, and can be killed on the way.

use std::time::Duration;

use fanfare_platform_kit::roles::{Outgoing, Progress, Receipt, Reconciled, Step};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::SignedDuration;

use crate::stage::Stage;

/// Where the process is killed, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kill {
    Never,
    /// Before the turn's call, after the last answer was saved.
    Before(usize),
    /// After the turn's call was made and before its answer was saved.
    After(usize),
}

/// How a walk ended.
#[derive(Debug)]
pub struct Walked {
    pub end: Result<Receipt, PlatformError>,
    pub turns: usize,
}

/// More turns than any walk takes, waits included.
const TURNS_MAX: usize = 300;

/// Walks until the delivery is published, or a person must do something.
pub async fn walk(stage: &Stage, outgoing: &Outgoing, kill: Kill) -> Walked {
    let mut walker = Walker {
        stage,
        outgoing,
        saved: Progress::start(),
        intended: false,
        unsure: false,
    };
    for turn in 0..TURNS_MAX {
        if kill == Kill::Before(turn) {
            walker.restart();
        }
        let killed = kill == Kill::After(turn);
        let end = if walker.unsure {
            walker.ask(killed).await
        } else {
            walker.take(killed).await
        };
        if let Some(end) = end {
            return Walked {
                end,
                turns: turn + 1,
            };
        }
    }
    panic!(
        "{outgoing:?} still walks after {TURNS_MAX} turns, {:?}",
        walker.saved
    );
}

struct Walker<'a> {
    stage: &'a Stage,
    outgoing: &'a Outgoing,
    saved: Progress,
    /// The saved progress announces a call.
    intended: bool,
    /// The announced call may have been made.
    unsure: bool,
}

type End = Result<Receipt, PlatformError>;

impl Walker<'_> {
    /// What is known after a crash: the saved progress, and that an announced call may have been made.
    fn restart(&mut self) {
        self.unsure = self.intended;
    }

    async fn take(&mut self, killed: bool) -> Option<End> {
        let publish = self.stage.platform.publish().unwrap();
        let step = publish
            .step(&self.stage.ctx, self.outgoing, &self.saved)
            .await;
        if killed {
            self.restart();
            return None;
        }
        match step {
            Ok(Step::Checkpoint(progress)) => self.save(&progress, false),
            Ok(Step::Intend(progress)) => self.save(&progress, true),
            Ok(Step::Wait { progress, after }) => {
                self.save(&progress, false);
                self.pass(after).await;
            }
            Ok(Step::Published(receipt)) => return Some(Ok(receipt)),
            Err(error) => return self.bear(error).await,
        }
        None
    }

    async fn ask(&mut self, killed: bool) -> Option<End> {
        let publish = self.stage.platform.publish().unwrap();
        let known = publish
            .reconcile(&self.stage.ctx, self.outgoing, &self.saved)
            .await;
        if killed {
            return None;
        }
        match known {
            Ok(Reconciled::Published(receipt)) => return Some(Ok(receipt)),
            Ok(Reconciled::NotPublished(progress)) => {
                self.save(&progress, false);
                self.unsure = false;
            }
            Ok(Reconciled::Unknown) => self.pass(Duration::from_secs(10)).await,
            Err(error) => return self.bear(error).await,
        }
        None
    }

    fn save(&mut self, progress: &Progress, intended: bool) {
        // What is saved is JSON, and comes back from JSON.
        let text = serde_json::to_string(progress).unwrap();
        self.saved = serde_json::from_str(&text).unwrap();
        self.intended = intended;
    }

    async fn bear(&mut self, error: PlatformError) -> Option<End> {
        match error.advice {
            Advice::OutcomeUnknown => {
                assert!(
                    self.intended,
                    "only an announced call may be of unknown outcome: {error:?}"
                );
                self.unsure = true;
            }
            Advice::Retry { after } => self.pass(after.unwrap_or(Duration::from_secs(30))).await,
            Advice::RateLimited { until, .. } => {
                let wait = self.stage.ctx.now().duration_until(until);
                self.stage.clock.pass(wait + SignedDuration::from_secs(1));
            }
            _ => return Some(Err(error)),
        }
        None
    }

    /// Moves the clock on, and lets the sandbox do in the background what it would have done meanwhile.
    async fn pass(&self, time: Duration) {
        self.stage
            .clock
            .pass(SignedDuration::try_from(time).unwrap());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
