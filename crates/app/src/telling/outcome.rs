//! What an attempt means for its message and for its endpoint.

use fanfare_domain::WebhookAttemptId;
use fanfare_domain::webhook::{DisabledWhy, SEND_AGAIN, SendStatus};
use fanfare_store::audit::{self, Actor};
use fanfare_store::outgoing::{self, NewAttempt, Send};
use fanfare_store::webhook_endpoints::{self, LastFailure, WebhookEndpoint};
use fanfare_store::{Result, WorkspaceTx};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::request::Tried;
use super::{KIND, notice};
use crate::audit::event;

/// After so long with nothing but failures an endpoint is told nothing more.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24 * 5);
/// A server may ask us to wait so long, and no longer.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(10);

/// The line of the log, and what becomes of the message: sent again if it was not taken and `goes_on`.
pub(super) fn line(send: &Send, tried: &Tried, goes_on: bool) -> NewAttempt {
    let done = tried.is_success();
    let next_at = if done || !goes_on {
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
        url: tried.url.clone(),
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
    let told = asked_to_wait(tried).map(|wait| tried.at + wait);
    Some(told.map_or(usual, |told| told.max(usual)))
}

/// Until when the endpoint wants to be left alone as a whole, by this answer.
pub(super) fn resting_until(tried: &Tried) -> Option<Timestamp> {
    let asks = matches!(tried.status(), Some(429 | 503));
    let wait = asked_to_wait(tried).filter(|wait| asks && wait.is_positive())?;
    Some(tried.at + wait)
}

/// What `Retry-After` says, in seconds or as a date.
fn asked_to_wait(tried: &Tried) -> Option<SignedDuration> {
    let answer = tried.answer.as_ref().ok()?;
    let text = answer.retry_after.as_deref()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(SignedDuration::from_secs(seconds.into()).min(LONGEST_WAIT));
    }
    let at = Timestamp::try_from(httpdate::parse_http_date(text).ok()?).ok()?;
    let wait = at.duration_since(tried.at).max(SignedDuration::ZERO);
    Some(wait.min(LONGEST_WAIT))
}

/// Writes down how attempts ended, the endpoint's health, and its end when it is time for that.
pub(super) async fn record(
    tx: &mut WorkspaceTx,
    endpoint: &mut WebhookEndpoint,
    done: &[(Send, Tried)],
    now: Timestamp,
) -> Result<()> {
    let goes_on =
        |tried: &Tried| endpoint.enabled && !(tried.is_gone() && tried.url == endpoint.url);
    let lines: Vec<_> = done
        .iter()
        .map(|(send, tried)| line(send, tried, goes_on(tried)))
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

/// How the endpoint does after these attempts, and why it is told nothing more, if so. What an address said that it has no longer
/// counts for nothing.
fn learn(endpoint: &mut WebhookEndpoint, done: &[(Send, Tried)]) -> Option<DisabledWhy> {
    let mut why = None;
    let url = endpoint.url.clone();
    for (_, tried) in done.iter().filter(|(_, tried)| tried.url == url) {
        endpoint.resting_until = endpoint.resting_until.max(resting_until(tried));
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
        if tried.is_gone() {
            return Some(DisabledWhy::Gone);
        }
        if tried.at.duration_since(since) >= PATIENCE {
            why = Some(DisabledWhy::Failing);
        }
    }
    why
}

#[cfg(test)]
mod tests {
    use fanfare_platform_kit::http::Acknowledged;

    use super::*;

    fn answered(status: u16, retry_after: &str) -> Tried {
        Tried {
            at: "1994-11-06T08:49:00Z".parse().unwrap(),
            duration_ms: 1,
            url: String::new(),
            answer: Ok(Acknowledged {
                status,
                retry_after: Some(retry_after.to_owned()),
                body: String::new(),
            }),
            headers: String::new(),
        }
    }

    #[test]
    fn any_failed_answer_may_ask_to_wait_in_each_form_that_http_knows() {
        for (text, seconds) in [
            ("120", Some(120)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(37)),
            ("Sun Nov  6 08:49:37 1994", Some(37)),
            ("Sun, 06 Nov 1994 08:48:00 GMT", Some(0)),
            ("soon", None),
        ] {
            for status in [429, 500, 503] {
                let asked = asked_to_wait(&answered(status, text));
                assert_eq!(asked, seconds.map(SignedDuration::from_secs), "{text}");
            }
        }
    }
}
