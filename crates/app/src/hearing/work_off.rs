//! Works a lane's events off, in their order.
//!
//! Whoever runs the lane's job has the lane to itself, and every transaction proves that it still does: a process that lost the job
//! (killed, or stopped for too long) changes nothing. What it left half done is begun again by the next.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::webhook::{WEBHOOK_RETRIES, WebhookStatus};
use fanfare_domain::{WebhookReceiptId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::Notification;
use fanfare_store::webhook_events::{self, Failure, Step, WebhookEvent};
use fanfare_store::webhook_receipts;
use fanfare_store::{SystemTx, WorkspaceTx};

use super::apply::apply;
use super::lane::{Ids, WORK_OFF};
use super::read::{UNREADABLE, is_understood, split};
use crate::{App, AppError, Result};

/// Events that are worked off in one transaction.
const BATCH: u32 = 50;
/// Requests that are in memory for one lane at once, as far as they stand in one batch.
const MOST_RECEIPTS: usize = 20;
/// After so many batches other lanes have their turn.
const ROUNDS: usize = 20;
/// An event at which the program died so often is not begun again.
const MOST_INTERRUPTIONS: i64 = 8;
const LONGEST_WORDS: usize = 500;

/// Works off one lane, as far as it goes now.
pub(crate) struct WorkOff {
    app: Arc<App>,
}

/// What there is to do in a lane.
enum Taken {
    /// Nothing now; the job has been ended or put off.
    Nothing,
    Events(Vec<Work>),
}

/// An event and what it says; nothing when its request is gone.
struct Work {
    event: WebhookEvent,
    told: Option<Notification>,
}

impl WorkOff {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for WorkOff {
    fn kind(&self) -> &'static str {
        WORK_OFF
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let lane = Lane {
            app: &self.app,
            job,
            name: job.ids::<Ids>()?.lane,
        };
        let mut taken = lane.take().await?;
        for _ in 0..ROUNDS {
            match taken {
                Taken::Nothing => return Ok(Outcome::Settled),
                Taken::Events(work) => taken = lane.work_off(&work).await?,
            }
        }
        if let Taken::Events(work) = taken {
            lane.give_back(&work).await?;
        }
        Ok(Outcome::Settled)
    }
}

/// A lane that this process has to itself, as long as it holds the job.
struct Lane<'a> {
    app: &'a App,
    job: &'a JobRun,
    name: String,
}

impl Lane<'_> {
    /// Takes the lane's first events.
    async fn take(&self) -> anyhow::Result<Taken> {
        let mut tx = self.begin().await?;
        let taken = self.take_in(&mut tx, &[]).await?;
        tx.commit().await?;
        Ok(taken)
    }

    /// Takes the next events of the lane, beside those under way, or ends the job or puts it off.
    async fn take_in(&self, tx: &mut SystemTx, under_way: &[Work]) -> anyhow::Result<Taken> {
        let now = self.app.now();
        let limit = BATCH + u32::try_from(under_way.len())?;
        let mut open = webhook_events::open_of_lane(tx, &self.name, limit).await?;
        open.retain(|event| under_way.iter().all(|work| work.event.id != event.id));
        let Some(first) = open.first() else {
            self.job.finish_in(tx).await?;
            return Ok(Taken::Nothing);
        };
        if first.due_at > now {
            self.job.give_back_in(tx, first.due_at).await?;
            return Ok(Taken::Nothing);
        }
        if first.status == WebhookStatus::Processing
            && first.interruptions + 1 >= MOST_INTERRUPTIONS
        {
            let words = "The program stopped each time this was worked off.".to_owned();
            let failure = Failure {
                at: now,
                detail: words,
            };
            webhook_events::mark_failed(tx, first, failure, None).await?;
            return Ok(Taken::Events(Vec::new()));
        }
        // What went wrong before goes alone, so that it takes nothing else along.
        let together = open
            .iter()
            .take_while(|event| event.status == WebhookStatus::Pending)
            .count();
        open.truncate(together.max(1));
        let work = load(self.app, tx, open).await?;
        let ids: Vec<_> = work.iter().map(|one| one.event.id).collect();
        webhook_events::mark_taken(tx, &ids).await?;
        Ok(Taken::Events(work))
    }

    /// Lets other lanes have their turn before these events.
    async fn give_back(&self, work: &[Work]) -> anyhow::Result<()> {
        let now = self.app.now();
        let ids: Vec<_> = work.iter().map(|one| one.event.id).collect();
        let mut tx = self.begin().await?;
        webhook_events::put_back(&mut tx, &ids).await?;
        self.job.give_back_in(&mut tx, now).await?;
        Ok(tx.commit().await?)
    }

    /// Works events off and takes the next: all in one transaction; and when that fails, one by one, so that the one at fault fails
    /// alone.
    async fn work_off(&self, work: &[Work]) -> anyhow::Result<Taken> {
        let Some(first) = work.first() else {
            return self.take().await;
        };
        let Some(workspace) = first.event.workspace else {
            self.pass_over(work).await?;
            return self.take().await;
        };
        match self.together(workspace, work).await {
            Ok(next) => return Ok(next),
            Err(error) if work.len() == 1 => self.fail(error, first, &[]).await?,
            Err(_) => self.one_by_one(workspace, work).await?,
        }
        self.take().await
    }

    async fn one_by_one(&self, workspace: WorkspaceId, work: &[Work]) -> anyhow::Result<()> {
        for (at, one) in work.iter().enumerate() {
            if let Err(error) = self.alone(workspace, one).await {
                // What comes after it has to wait for it.
                return self.fail(error, one, &work[at + 1..]).await;
            }
        }
        Ok(())
    }

    async fn together(&self, workspace: WorkspaceId, work: &[Work]) -> Result<Taken> {
        let mut tx = self.begin().await?;
        // First what no workspace may see: requests tell of several. All of it is done, or nothing.
        let next = self.take_in(&mut tx, work).await?;
        let mut tx = tx.into_workspace(workspace);
        self.apply_all(&mut tx, work).await?;
        tx.commit().await?;
        self.note_processed(workspace, work.len());
        Ok(next)
    }

    async fn alone(&self, workspace: WorkspaceId, work: &Work) -> Result<()> {
        let mut tx = self.begin().await?.into_workspace(workspace);
        self.apply_all(&mut tx, std::slice::from_ref(work)).await?;
        tx.commit().await?;
        self.note_processed(workspace, 1);
        Ok(())
    }

    /// A transaction in which the lane is still ours.
    async fn begin(&self) -> anyhow::Result<SystemTx> {
        let mut tx = self.app.store.as_system("work events off").write().await?;
        // First of all: whoever adds an event locks this row too, so nobody ends a lane to which something was just added.
        self.job.hold_in(&mut tx, self.app.now()).await?;
        Ok(tx)
    }

    async fn apply_all(&self, tx: &mut WorkspaceTx, work: &[Work]) -> Result<()> {
        let mut steps = Vec::with_capacity(work.len());
        for one in work {
            let done = apply(self.app, tx, &one.event, one.told.as_ref()).await?;
            steps.push(Step {
                id: one.event.id,
                understood: done.is_some(),
                effects: done.map_or(0, |effects| {
                    let changed = effects.iter().filter(|effect| effect.changes).count();
                    i64::try_from(changed).unwrap_or(i64::MAX)
                }),
            });
        }
        Ok(webhook_events::finish(tx, &steps, self.app.now()).await?)
    }

    /// Nothing comes of events before somebody has the account; but whether something would is known.
    async fn pass_over(&self, work: &[Work]) -> Result<()> {
        let now = self.app.now();
        let (lost, work): (Vec<&Work>, Vec<&Work>) =
            work.iter().partition(|one| is_unreadable(&one.event));
        let steps = work.iter().map(|one| Step {
            id: one.event.id,
            understood: one
                .told
                .as_ref()
                .is_some_and(|told| is_understood(self.app, &one.event.platform, told)),
            effects: 0,
        });
        let steps: Vec<_> = steps.collect();
        let mut tx = self.begin().await?;
        webhook_events::finish(&mut tx, &steps, now).await?;
        for one in lost {
            let detail = UNREADABLE.to_owned();
            let failure = Failure { at: now, detail };
            webhook_events::mark_failed(&mut tx, &one.event, failure, None).await?;
        }
        Ok(tx.commit().await?)
    }

    fn note_processed(&self, workspace: WorkspaceId, count: usize) {
        self.app.ingest.news.note(workspace);
        metrics::counter!("fanfare_webhook_events_total", "outcome" => "processed")
            .increment(count as u64);
    }

    /// Notes that an event failed, unless that is not its fault.
    async fn fail(&self, error: AppError, work: &Work, not_come_to: &[Work]) -> anyhow::Result<()> {
        if is_about_us(&error) {
            return Err(error.into());
        }
        let (event, words) = (&work.event, in_words(&error));
        let now = self.app.now();
        let failed = usize::try_from(event.failed).unwrap_or(usize::MAX);
        let next = WEBHOOK_RETRIES
            .get(failed)
            .filter(|_| !is_unreadable(event))
            .map(|wait| now + *wait);
        tracing::warn!(event = %event.id, kind = event.kind, why = words, again = next.is_some(), "an event could not be worked off");
        let ids: Vec<_> = not_come_to.iter().map(|one| one.event.id).collect();
        let mut tx = self.begin().await?;
        webhook_events::put_back(&mut tx, &ids).await?;
        let failure = Failure {
            at: now,
            detail: words,
        };
        webhook_events::mark_failed(&mut tx, event, failure, next).await?;
        tx.commit().await.context("noting that an event failed")?;
        if let Some(workspace) = event.workspace {
            self.app.ingest.news.note(workspace);
        }
        let outcome = next.map_or("dead_letter", |_| "failed");
        metrics::counter!("fanfare_webhook_events_total", "outcome" => outcome).increment(1);
        Ok(())
    }
}

/// What the events say, each request read once.
async fn load(app: &App, tx: &mut SystemTx, events: Vec<WebhookEvent>) -> Result<Vec<Work>> {
    let mut ids: Vec<WebhookReceiptId> = Vec::new();
    let mut fitting = Vec::new();
    for event in events {
        if ids.last() != Some(&event.receipt) {
            if ids.len() == MOST_RECEIPTS {
                break;
            }
            ids.push(event.receipt);
        }
        fitting.push(event);
    }
    let mut told: HashMap<WebhookReceiptId, Vec<Option<Notification>>> = HashMap::new();
    for receipt in webhook_receipts::many(tx, &ids).await? {
        let found = split(app, &receipt).unwrap_or_default();
        told.insert(receipt.id, found.into_iter().map(Some).collect());
    }
    let work = fitting.into_iter().map(|event| {
        let place = usize::try_from(event.position).unwrap_or(usize::MAX);
        let found = told
            .get_mut(&event.receipt)
            .and_then(|all| all.get_mut(place));
        Work {
            told: found.and_then(Option::take),
            event,
        }
    });
    Ok(work.collect())
}

/// Reading it once more makes it no better.
fn is_unreadable(event: &WebhookEvent) -> bool {
    event.kind == Notification::UNREADABLE
}

/// It is not the event's fault that the database is away, or that the job is no longer ours.
pub(super) fn is_about_us(error: &AppError) -> bool {
    match error {
        AppError::Refused(refusal) => refusal.may_pass(),
        AppError::Broken(error) => error.to_string().contains("taken over by another worker"),
    }
}

fn in_words(error: &AppError) -> String {
    let words = match error {
        AppError::Refused(refusal) => refusal.detail.clone(),
        AppError::Broken(error) => format!("{error:#}"),
    };
    words.chars().take(LONGEST_WORDS).collect()
}
