//! Records how a run of a first comment ended: state, audit and the job's own end, in one transaction.

use fanfare_domain::ErrorCode;
use fanfare_domain::comment::CommentState;
use fanfare_platform_kit::roles::Receipt;
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::audit::Actor;
use fanfare_store::deliveries::DeliveryError;
use fanfare_store::first_comments::{self, FirstComment};
use fanfare_store::posts;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::decide::audit_comment;
use super::write::Writing;
use crate::publishing::deadline;
use crate::publishing::outcome::note_consequences;
use crate::publishing::patience::{
    UNKNOWN_PATIENCE, after_or_backoff, jitter, unknown_pause, words,
};
use crate::publishing::walk::End;
use crate::web_address::linkable;

/// When the comment goes on; absent when it is over.
type Next = Option<Timestamp>;

pub(super) async fn record(writing: &mut Writing<'_>, end: End) -> anyhow::Result<()> {
    let now = writing.app.now();
    let comment = &mut writing.comment;
    comment.updated_at = now;
    let (next, error) = match end {
        End::Published(receipt) => (published(comment, receipt), None),
        End::Wait(after) => {
            comment.error = None;
            let after = SignedDuration::try_from(after).unwrap_or(SignedDuration::from_secs(30));
            (Some(now + after), None)
        }
        End::Refused(error) => (refused(comment, &error, now), Some(error)),
        End::Unknown(error) => (unknown(comment, &error, now), Some(error)),
    };
    comment.next_attempt_at = next;
    save(writing, next, error.as_ref(), now).await
}

fn published(comment: &mut FirstComment, receipt: Receipt) -> Next {
    comment.state = CommentState::Published;
    comment.intended_at = None;
    comment.error = None;
    comment.receipt = Some(receipt.raw.to_string());
    comment.remote_id = Some(receipt.remote_id);
    comment.permalink = linkable(receipt.permalink.as_deref()).map(str::to_owned);
    comment.published_at = Some(receipt.published_at);
    None
}

/// The platform certainly did not take the comment: the error's advice says what now.
fn refused(comment: &mut FirstComment, error: &PlatformError, now: Timestamp) -> Next {
    comment.error = Some(words(error));
    let tries = u32::try_from(comment.attempts).unwrap_or(u32::MAX);
    let at = match &error.advice {
        Advice::Retry { after } => now + after_or_backoff(*after, tries),
        Advice::RateLimited { until, .. } => {
            // Waiting as told is not failing: the deadline moves along.
            let until = (*until).max(now + SignedDuration::from_secs(1));
            comment.deadline_at = comment.deadline_at.max(deadline(until));
            until + jitter(tries)
        }
        Advice::Refresh
        | Advice::Reconnect
        | Advice::FixContent { .. }
        | Advice::NeedsPermission
        | Advice::OutcomeUnknown
        | Advice::Permanent => {
            comment.state = CommentState::Failed;
            return None;
        }
    };
    if at > comment.deadline_at {
        comment.state = CommentState::Failed;
        comment.error = Some(DeliveryError {
            code: ErrorCode::GaveUp,
            detail: format!(
                "The comment was tried {} times and could not be written; the post itself is live. The last answer: {}",
                comment.attempts, error.detail
            ),
            advice: "retry".to_owned(),
        });
        return None;
    }
    Some(at)
}

/// Nobody can say whether it is there: ask again for a while, then a person must look.
fn unknown(comment: &mut FirstComment, error: &PlatformError, now: Timestamp) -> Next {
    let since = *comment.intended_at.get_or_insert(now);
    let asked_for = now.duration_since(since);
    if asked_for >= UNKNOWN_PATIENCE {
        comment.state = CommentState::NeedsAttention;
        comment.error = Some(lost_for_good());
        return None;
    }
    let why = match error.advice {
        Advice::OutcomeUnknown => "the platform did not answer.".to_owned(),
        _ => format!("asking failed: {}", error.detail),
    };
    comment.error = Some(DeliveryError {
        code: ErrorCode::OutcomeUnknown,
        detail: format!(
            "It is not known whether the comment was written: {why} The platform is asked again by itself."
        ),
        advice: "check_platform".to_owned(),
    });
    Some(now + unknown_pause(asked_for))
}

/// The words for a comment that only a person can settle.
pub(super) fn lost_for_good() -> DeliveryError {
    DeliveryError {
        code: ErrorCode::OutcomeUnknown,
        detail: "The platform's answer was lost, and it cannot say whether the comment was written. Look below the post, then say \
                 here whether it is there; it is not sent again by itself."
            .to_owned(),
        advice: "check_platform".to_owned(),
    }
}

async fn save(
    writing: &Writing<'_>,
    next: Next,
    error: Option<&PlatformError>,
    now: Timestamp,
) -> anyhow::Result<()> {
    let Writing {
        app,
        job,
        workspace,
        comment,
        delivery,
    } = writing;
    let mut tx = app.store.in_workspace(*workspace).write().await?;
    posts::lock(&mut tx, delivery.post_id).await?;
    match next {
        Some(at) => job.give_back_in(&mut tx, at).await?,
        None => job.finish_in(&mut tx).await?,
    }
    let saved = first_comments::save(&mut tx, comment, CommentState::Publishing).await?;
    anyhow::ensure!(saved, "the comment is no longer being written");
    // A permission that only comments need says nothing about the connection as a whole.
    if let Some(error) = error
        && error.advice != Advice::NeedsPermission
    {
        note_consequences(&mut tx, delivery, error, now).await?;
    }
    if next.is_none() {
        let failure = comment.error.as_ref();
        let detail = json!({
            "permalink": comment.permalink,
            "code": failure.map(|failure| failure.code),
            "detail": failure.map(|failure| &failure.detail),
            "attempts": comment.attempts,
        });
        audit_comment(&mut tx, now, Actor::fanfare(), delivery, comment, detail).await?;
    }
    tx.commit().await?;
    report(writing, error);
    Ok(())
}

fn report(writing: &Writing<'_>, error: Option<&PlatformError>) {
    let (comment, delivery) = (&writing.comment, &writing.delivery);
    let labels = [
        ("platform", delivery.platform.clone()),
        ("outcome", comment.state.to_string()),
    ];
    metrics::counter!("fanfare_first_comments_total", &labels).increment(1);
    if let Some(error) = error {
        tracing::warn!(
            delivery = %delivery.id,
            platform = delivery.platform,
            state = %comment.state,
            code = error.code.as_str(),
            reason = error.log,
            "a first comment was not written"
        );
    }
}
