//! What an attempt means for its message and for its endpoint.

use fanfare_domain::WebhookAttemptId;
use fanfare_domain::webhook::{DisabledWhy, SEND_AGAIN, SendStatus};
use fanfare_store::audit::{self, Actor};
use fanfare_store::outgoing::{self, NewAttempt, Send};
use fanfare_store::webhook_endpoints::{self, LastFailure, WebhookEndpoint};
use fanfare_store::{Result, WorkspaceTx};
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::request::Tried;
use super::{KIND, notice};
use crate::audit::event;

/// After so long with nothing but failures an endpoint is told nothing more.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24 * 5);
/// A server may ask us to wait so long, and no longer.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(10);

/// The line of the log, and what becomes of the message.
pub(super) fn line(send: &Send, tried: &Tried, url: &str, goes_on: bool) -> NewAttempt {
    let done = tried.is_success();
    let next_at = if done || !goes_on || tried.status() == Some(410) {
        None
    } else {
        again_at(send.tries, tried)
    };
    let answer = tried.answer.as_ref().ok();
    NewAttempt {
        id: WebhookAttemptId::new(tried.at),
        message: send.message,
        number: send.attempts + 1,
        tries: send.tries + 1,
        at: tried.at.as_millisecond(),
        duration_ms: tried.duration_ms,
        outcome: if done { "succeeded" } else { "failed" },
        status: tried.status().map(i64::from),
        response: answer.map(|answer| answer.body.replace('\0', "\u{FFFD}")),
        error: tried.error(),
        url: url.to_owned(),
        headers: tried.headers.clone(),
        send: match (done, next_at) {
            (true, _) => SendStatus::Delivered,
            (false, Some(_)) => SendStatus::Pending,
            (false, None) => SendStatus::Failed,
        },
        next_at: next_at.map(Timestamp::as_millisecond),
    }
}

/// When it is tried again after so many failures before this one; never after the last.
fn again_at(failures: i64, tried: &Tried) -> Option<Timestamp> {
    let wait = SEND_AGAIN.get(usize::try_from(failures).ok()?)?;
    // Up to a tenth later, so that what failed together does not come back together.
    let mut random = [0];
    getrandom::fill(&mut random).expect("the operating system gives randomness");
    let later = wait.as_millis() * i128::from(random[0]) / 2560;
    let later = SignedDuration::from_millis(i64::try_from(later).unwrap_or_default());
    let usual = tried.at + *wait + later;
    let told = asked_to_wait(tried).map(|wait| tried.at + wait.min(LONGEST_WAIT));
    Some(told.map_or(usual, |told| told.max(usual)))
}

/// What `Retry-After` says, in seconds or as a date.
fn asked_to_wait(tried: &Tried) -> Option<SignedDuration> {
    let answer = tried.answer.as_ref().ok()?;
    if !matches!(answer.status, 429 | 503) {
        return None;
    }
    let text = answer.retry_after.as_deref()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()));
    }
    let at = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(at.duration_since(tried.at).max(SignedDuration::ZERO))
}

/// Writes down how attempts ended, the endpoint's health, and its end when it is time for that.
pub(super) async fn record(
    tx: &mut WorkspaceTx,
    endpoint: &mut WebhookEndpoint,
    done: &[(Send, Tried)],
    now: Timestamp,
) -> Result<()> {
    let url = endpoint.url.clone();
    let goes_on = endpoint.enabled;
    let lines: Vec<_> = done
        .iter()
        .map(|(send, tried)| line(send, tried, &url, goes_on))
        .collect();
    outgoing::record(tx, endpoint.id, &lines).await?;
    let why = learn(endpoint, done);
    let why = why.filter(|_| endpoint.enabled);
    if let Some(why) = why {
        endpoint.enabled = false;
        endpoint.disabled = Some((now, why));
    }
    webhook_endpoints::save_health(tx, endpoint).await?;
    if let Some(why) = why {
        outgoing::give_up_all(tx, endpoint.id).await?;
        let detail = json!({ "url": endpoint.url, "why": why, "error": endpoint.last_failure.as_ref().map(|last| &last.error) });
        let event = event(
            now,
            Actor::fanfare(),
            "webhook.disabled",
            (KIND, endpoint.id),
            detail,
        );
        audit::record(tx, &event).await?;
        notice::enqueue(tx, endpoint.id, now).await?;
    }
    for line in &lines {
        metrics::counter!("fanfare_outgoing_webhooks_total", "outcome" => line.outcome)
            .increment(1);
    }
    Ok(())
}

/// How the endpoint does after these attempts, and why it is told nothing more, if so.
fn learn(endpoint: &mut WebhookEndpoint, done: &[(Send, Tried)]) -> Option<DisabledWhy> {
    let mut why = None;
    for (_, tried) in done {
        let Some(error) = tried.error() else {
            endpoint.last_success_at = endpoint.last_success_at.max(Some(tried.at));
            endpoint.failing_since = None;
            why = None;
            continue;
        };
        let since = *endpoint.failing_since.get_or_insert(tried.at);
        endpoint.last_failure = Some(LastFailure {
            at: tried.at,
            status: tried.status().map(i64::from),
            error,
        });
        if tried.status() == Some(410) {
            return Some(DisabledWhy::Gone);
        }
        if tried.at.duration_since(since) >= PATIENCE {
            why = Some(DisabledWhy::Failing);
        }
    }
    why
}
