//! Records how a run of a delivery ended: state, attempt, audit and the job's own end, in one transaction.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{AuditEventId, ErrorCode};
use fanfare_jobs::JobRun;
use fanfare_platform_kit::roles::Receipt;
use fanfare_platform_kit::{Advice, PlatformError, RateScope};
use fanfare_store::audit::Actor;
use fanfare_store::deliveries::{self, Delivery, DeliveryError};
use fanfare_store::{WorkspaceTx, channels, connections, posts};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::deliver::Attempt;
use super::patience::{UNKNOWN_PATIENCE, after_or_backoff, jitter, unknown_pause, words};
use super::pause::has_waited;
use super::walk::End;
use super::{audit_delivery, deadline, first_comment, sum_up};
use crate::connections::record_failure;
use crate::hearing::{hear_again, look_regularly};
use crate::news::{News, tell};
use crate::undisturbed::undisturbed;
use crate::web_address::linkable;
use crate::{App, Result};

/// What happens to the delivery next.
enum Next {
    /// It is over.
    Final,
    /// The job runs again then.
    At(Timestamp),
}

pub(super) async fn record(attempt: &mut Attempt<'_>, end: End) -> anyhow::Result<()> {
    let now = attempt.app.now();
    let delivery = &mut attempt.delivery;
    delivery.updated_at = now;
    let (next, error) = match end {
        End::Published(receipt) => (published(delivery, receipt), None),
        End::Wait(after) => {
            let after = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_secs(30));
            delivery.error = None;
            return wait(attempt, now + after).await;
        }
        End::Refused(error) => (refused(delivery, &error, now), Some(error)),
        End::Unknown(error) => (unknown(delivery, &error, now), Some(error)),
    };
    delivery.next_attempt_at = match next {
        Next::At(at) => Some(at),
        Next::Final => None,
    };
    // What the platform did is not forgotten because somebody else was at work on these rows.
    Ok(undisturbed(|| save(attempt, &next, error.as_ref(), now)).await?)
}

fn published(delivery: &mut Delivery, receipt: Receipt) -> Next {
    delivery.state = DeliveryState::Published;
    delivery.intended_at = None;
    delivery.error = None;
    delivery.receipt = Some(receipt.raw.to_string());
    delivery.remote_id = Some(receipt.remote_id);
    delivery.permalink = linkable(receipt.permalink.as_deref()).map(str::to_owned);
    delivery.published_at = Some(receipt.published_at);
    Next::Final
}

/// The platform certainly did not publish: the error's advice says what now.
fn refused(delivery: &mut Delivery, error: &PlatformError, now: Timestamp) -> Next {
    delivery.error = Some(words(error));
    let tries = u32::try_from(delivery.attempts).unwrap_or(u32::MAX);
    let at = match &error.advice {
        Advice::Retry { after } => now + after_or_backoff(*after, tries),
        Advice::RateLimited { until, .. } => {
            // Waiting as told is not failing: the deadline moves along.
            let until = (*until).max(now + SignedDuration::from_secs(1));
            delivery.deadline_at = delivery.deadline_at.max(Some(deadline(until)));
            until + jitter(tries)
        }
        Advice::Refresh
        | Advice::Reconnect
        | Advice::FixContent { .. }
        | Advice::NeedsPermission
        | Advice::OutcomeUnknown
        | Advice::Permanent => return fail(delivery),
    };
    if delivery.deadline_at.is_some_and(|deadline| at > deadline) {
        give_up(delivery);
        return fail(delivery);
    }
    Next::At(at)
}

fn fail(delivery: &mut Delivery) -> Next {
    delivery.state = DeliveryState::Failed;
    Next::Final
}

fn give_up(delivery: &mut Delivery) {
    let last = delivery
        .error
        .take()
        .map(|error| error.detail)
        .unwrap_or_default();
    delivery.error = Some(DeliveryError {
        code: ErrorCode::GaveUp,
        detail: format!(
            "It was tried {} times and did not work. The last answer: {last}",
            delivery.attempts
        ),
        advice: "retry".to_owned(),
    });
}

/// Nobody can say whether it is out: ask again for a while, then a person must look.
fn unknown(delivery: &mut Delivery, error: &PlatformError, now: Timestamp) -> Next {
    let since = *delivery.intended_at.get_or_insert(now);
    let asked_for = now.duration_since(since);
    if asked_for >= UNKNOWN_PATIENCE {
        delivery.state = DeliveryState::NeedsAttention;
        delivery.error = Some(DeliveryError {
            code: ErrorCode::OutcomeUnknown,
            detail: "The platform's answer was lost, and it cannot say whether the post is out. \
                     Look there, then say here whether it is live; it is not sent again by itself."
                .to_owned(),
            advice: "check_platform".to_owned(),
        });
        return Next::Final;
    }
    delivery.error = Some(match error.advice {
        Advice::OutcomeUnknown => words(error),
        _ => DeliveryError {
            code: ErrorCode::OutcomeUnknown,
            detail: format!(
                "It is not known whether the post is out, and asking failed: {}",
                error.detail
            ),
            advice: "check_platform".to_owned(),
        },
    });
    Next::At(now + unknown_pause(asked_for))
}

/// The platform is busy: nothing ended, so there is no line in the log.
async fn wait(attempt: &mut Attempt<'_>, at: Timestamp) -> anyhow::Result<()> {
    attempt.delivery.next_attempt_at = Some(at);
    let mut tx = attempt
        .app
        .store
        .in_workspace(attempt.workspace)
        .write()
        .await?;
    attempt.job.give_back_in(&mut tx, at).await?;
    deliveries::save_outcome(&mut tx, &attempt.delivery).await?;
    tx.commit().await?;
    Ok(())
}

async fn save(
    attempt: &Attempt<'_>,
    next: &Next,
    error: Option<&PlatformError>,
    now: Timestamp,
) -> Result<()> {
    let delivery = &attempt.delivery;
    let mut tx = attempt
        .app
        .store
        .in_workspace(attempt.workspace)
        .write()
        .await?;
    posts::lock(&mut tx, delivery.post_id).await?;
    match next {
        Next::Final => attempt.job.finish_in(&mut tx).await?,
        Next::At(at) => attempt.job.give_back_in(&mut tx, *at).await?,
    }
    deliveries::save_outcome(&mut tx, delivery).await?;
    let line = log_line(attempt, error, now);
    let line_id = AuditEventId::new(now).to_string();
    deliveries::record_attempt(&mut tx, line_id, delivery.id, &line).await?;
    if let Some(error) = error {
        note_consequences(&mut tx, delivery, error, now).await?;
    }
    if matches!(next, Next::Final) {
        sum_up(&mut tx, delivery.post_id, now).await?;
        let detail = json!({
            "permalink": delivery.permalink,
            "code": line.code,
            "detail": line.detail,
            "attempts": delivery.attempts,
        });
        let action = format!("delivery.{}", delivery.state);
        audit_delivery(&mut tx, now, Actor::fanfare(), &action, delivery, detail).await?;
        tell(&mut tx, News::Delivery(delivery), now).await?;
    }
    if delivery.state == DeliveryState::Published {
        first_comment::decide(&mut tx, delivery, now).await?;
        hear_again(attempt.app, &mut tx, delivery, now).await?;
        look_regularly(attempt.app, &mut tx, delivery, now).await?;
    }
    tx.commit().await?;
    report(delivery, &line, now);
    Ok(())
}

/// This try as the delivery's log keeps it.
fn log_line(
    attempt: &Attempt<'_>,
    error: Option<&PlatformError>,
    now: Timestamp,
) -> deliveries::Attempt {
    let outcome = match attempt.delivery.state {
        DeliveryState::Published => "published",
        DeliveryState::Failed => "failed",
        DeliveryState::NeedsAttention => "unknown",
        _ => "retry",
    };
    deliveries::Attempt {
        number: attempt.delivery.attempts,
        started_at: attempt.started_at,
        finished_at: now,
        outcome: outcome.to_owned(),
        code: error.map(|error| error.code),
        detail: error.map_or_else(|| "It is live.".to_owned(), |error| error.detail.clone()),
        log: error.map(|error| error.log.clone()).unwrap_or_default(),
    }
}

fn report(delivery: &Delivery, line: &deliveries::Attempt, now: Timestamp) {
    let platform = delivery.platform.clone();
    let labels = [
        ("platform", platform.clone()),
        ("outcome", line.outcome.clone()),
    ];
    metrics::counter!("fanfare_deliveries_total", &labels).increment(1);
    if delivery.state == DeliveryState::Published {
        let late = now
            .duration_since(delivery.due_at.unwrap_or(now))
            .max(SignedDuration::ZERO);
        metrics::histogram!("fanfare_delivery_lateness_seconds", "platform" => platform)
            .record(late.as_secs_f64());
    } else {
        tracing::warn!(
            delivery = %delivery.id,
            platform = delivery.platform,
            outcome = line.outcome,
            code = line.code.map(ErrorCode::as_str),
            reason = line.log,
            "delivery did not go out"
        );
    }
}

/// Keeps what an error says about the channel and its connection, for everybody who looks there and for other deliveries.
pub(super) async fn note_consequences(
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
    error: &PlatformError,
    now: Timestamp,
) -> anyhow::Result<()> {
    if let Advice::RateLimited {
        until,
        scope: RateScope::Channel,
    } = error.advice
    {
        channels::set_limited_until(tx, delivery.channel_id, Some(until), now).await?;
    }
    let channel = channels::get(tx, delivery.channel_id).await?;
    let connection = connections::get(tx, channel.connection_id).await?;
    Ok(record_failure(tx, &connection, error, now).await?)
}

/// The delivery was due while Fanfare was down or its channel paused, for too long: a person decides. In the caller's transaction; the post is locked.
pub(super) async fn missed(
    app: &App,
    job: &JobRun,
    tx: &mut WorkspaceTx,
    mut delivery: Delivery,
    now: Timestamp,
) -> anyhow::Result<()> {
    let minutes = app.config.overdue_limit_millis / 60_000;
    delivery.state = DeliveryState::Missed;
    delivery.error = Some(DeliveryError {
        code: ErrorCode::Missed,
        detail: if has_waited(&delivery) {
            format!(
                "The channel was paused when this was due, and it was more than {minutes} minutes late. \
                 Publish it now, choose another time, or cancel it."
            )
        } else {
            format!(
                "Fanfare was not running when this was due, and it was more than {minutes} minutes late. \
                 Publish it now, choose another time, or cancel it."
            )
        },
        advice: "retry".to_owned(),
    });
    delivery.updated_at = now;
    job.finish_in(tx).await?;
    deliveries::save_outcome(tx, &delivery).await?;
    sum_up(tx, delivery.post_id, now).await?;
    let detail = json!({ "due_at": delivery.due_at });
    audit_delivery(
        tx,
        now,
        Actor::fanfare(),
        "delivery.missed",
        &delivery,
        detail,
    )
    .await?;
    Ok(tell(tx, News::Delivery(&delivery), now).await?)
}
