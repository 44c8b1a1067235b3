//! Works a lane's events off, in their order.
//!
//! Whoever runs the lane's job has the lane to itself, and every transaction proves that it still does: a process that lost the job
//! (killed, or stopped for too long) changes nothing. What it left half done is begun again by the next.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::WebhookReceiptId;
use fanfare_domain::webhook::{WEBHOOK_RETRIES, WebhookStatus};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::Notification;
use fanfare_store::SystemTx;
use fanfare_store::webhook_events::{self, Failure, Step, WebhookEvent};
use fanfare_store::webhook_receipts;

use super::apply::apply;
use super::lane::{Ids, WORK_OFF};
use super::read::split;
use crate::{App, AppError, RefusalKind, Result};

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
        let Ids { lane } = job.ids()?;
        for _ in 0..ROUNDS {
            match take(&self.app, job, &lane).await? {
                Taken::Nothing => return Ok(Outcome::Settled),
                Taken::Events(work) => self.work_off(job, &work).await?,
            }
        }
        Ok(Outcome::Again { at: self.app.now() })
    }
}

impl WorkOff {
    /// All in one transaction; and when that fails, one by one, so that the one at fault fails alone.
    async fn work_off(&self, job: &JobRun, work: &[Work]) -> anyhow::Result<()> {
        if work.len() > 1 && together(&self.app, job, work).await.is_ok() {
            return Ok(());
        }
        for (at, one) in work.iter().enumerate() {
            match together(&self.app, job, std::slice::from_ref(one)).await {
                Ok(()) => {}
                Err(error) if is_about_us(&error) => return Err(error.into()),
                Err(error) => {
                    // What comes after it has to wait for it.
                    let words = in_words(&error);
                    return note_failure(&self.app, job, &one.event, words, &work[at + 1..]).await;
                }
            }
        }
        Ok(())
    }
}

/// Takes the next events of the lane, or ends the job or puts it off.
async fn take(app: &App, job: &JobRun, lane: &str) -> anyhow::Result<Taken> {
    let now = app.now();
    let mut tx = app.store.as_system("take events").write().await?;
    // First of all: whoever adds an event locks this row too, so nobody ends a lane to which something was just added.
    job.hold_in(&mut tx, now).await?;
    let mut open = webhook_events::open_of_lane(&mut tx, lane, BATCH).await?;
    let Some(first) = open.first() else {
        job.finish_in(&mut tx).await?;
        tx.commit().await?;
        return Ok(Taken::Nothing);
    };
    if first.due_at > now {
        let at = first.due_at;
        job.give_back_in(&mut tx, at).await?;
        tx.commit().await?;
        return Ok(Taken::Nothing);
    }
    if first.status == WebhookStatus::Processing && first.attempts >= MOST_INTERRUPTIONS {
        let words = "The program stopped each time this was worked off.".to_owned();
        let failure = Failure {
            at: now,
            detail: words,
        };
        webhook_events::mark_failed(&mut tx, first, failure, None).await?;
        tx.commit().await?;
        return Ok(Taken::Events(Vec::new()));
    }
    // What went wrong before goes alone, so that it takes nothing else along.
    let together = open
        .iter()
        .take_while(|event| event.status == WebhookStatus::Pending)
        .count();
    open.truncate(together.max(1));
    let work = load(app, &mut tx, open).await?;
    let ids: Vec<_> = work.iter().map(|one| one.event.id).collect();
    webhook_events::mark_taken(&mut tx, &ids).await?;
    tx.commit().await?;
    Ok(Taken::Events(work))
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

/// Works these off in one transaction, or leaves no trace.
async fn together(app: &App, job: &JobRun, work: &[Work]) -> Result<()> {
    let Some(first) = work.first() else {
        return Ok(());
    };
    let now = app.now();
    let mut tx = app.store.as_system("work events off").write().await?;
    job.hold_in(&mut tx, now).await?;
    let mut steps = Vec::with_capacity(work.len());
    let Some(workspace) = first.event.workspace else {
        steps.extend(work.iter().map(|one| unclaimed(app, one)));
        webhook_events::finish(&mut tx, &steps, now).await?;
        return Ok(tx.commit().await?);
    };
    let mut tx = tx.into_workspace(workspace);
    for one in work {
        let done = apply(app, &mut tx, &one.event, one.told.as_ref()).await?;
        steps.push(Step {
            id: one.event.id,
            understood: done.is_some(),
            effects: done.map_or(0, |effects| {
                let changed = effects.iter().filter(|effect| effect.changes).count();
                i64::try_from(changed).unwrap_or(i64::MAX)
            }),
        });
    }
    webhook_events::finish(&mut tx, &steps, now).await?;
    tx.commit().await?;
    app.ingest.news.note(workspace);
    metrics::counter!("fanfare_webhook_events_total", "outcome" => "processed")
        .increment(steps.len() as u64);
    Ok(())
}

/// Nothing comes of it before somebody has the account; but whether something would is known.
fn unclaimed(app: &App, work: &Work) -> Step {
    let facts = work.told.as_ref().and_then(|told| {
        let webhooks = app
            .platforms
            .get(work.event.platform.as_str())?
            .webhooks()?;
        Some(webhooks.facts(told))
    });
    Step {
        id: work.event.id,
        understood: !matches!(facts, None | Some(Ok(None))),
        effects: 0,
    }
}

async fn note_failure(
    app: &App,
    job: &JobRun,
    event: &WebhookEvent,
    words: String,
    not_come_to: &[Work],
) -> anyhow::Result<()> {
    let now = app.now();
    let failed = usize::try_from(event.failed).unwrap_or(usize::MAX);
    let next = WEBHOOK_RETRIES.get(failed).map(|wait| now + *wait);
    tracing::warn!(event = %event.id, kind = event.kind, why = words, again = next.is_some(), "an event could not be worked off");
    let ids: Vec<_> = not_come_to.iter().map(|one| one.event.id).collect();
    let mut tx = app.store.as_system("an event failed").write().await?;
    job.hold_in(&mut tx, now).await?;
    webhook_events::put_back(&mut tx, &ids).await?;
    let failure = Failure {
        at: now,
        detail: words,
    };
    webhook_events::mark_failed(&mut tx, event, failure, next).await?;
    tx.commit().await.context("noting that an event failed")?;
    if let Some(workspace) = event.workspace {
        app.ingest.news.note(workspace);
    }
    let outcome = next.map_or("dead_letter", |_| "failed");
    metrics::counter!("fanfare_webhook_events_total", "outcome" => outcome).increment(1);
    Ok(())
}

/// It is not the event's fault that the database is away, or that the job is no longer ours.
fn is_about_us(error: &AppError) -> bool {
    match error {
        AppError::Refused(refusal) => refusal.kind == RefusalKind::Unavailable,
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
