//! What a person decides about a first comment: try again, leave it, or say what became of it.

use fanfare_domain::comment::CommentState;
use fanfare_domain::{DeliveryId, ErrorCode};
use fanfare_platform_kit::roles::FIRST_COMMENT;
use fanfare_platform_kit::rules::Level;
use fanfare_platform_kit::{Content, Options};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::first_comments::{self, FirstComment};
use fanfare_store::{WorkspaceTx, channels, jobs, posts};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::decide::{audit_as, audit_comment, comment_key, enqueue};
use crate::connections::channel_ref;
use crate::publishing::resolve::usable;
use crate::publishing::{Resolution, deadline, ring_if_due};
use crate::{App, AppError, Caller, Result};

/// Whether a person may still leave the comment out. One that is being written this moment refuses all the same.
#[must_use]
pub fn can_cancel_comment(comment: &FirstComment) -> bool {
    comment.state.can_become(CommentState::Cancelled)
        && (comment.intended_at.is_none() || comment.state == CommentState::NeedsAttention)
}

/// Tries a first comment again, now, with another text if one is given. One whose outcome is unknown is *looked for* again; it is
/// never sent blindly, and keeps its text.
///
/// # Errors
/// `not_possible_in_state` when it has not failed, or when its text may be out already; bad input for a text that the platform
/// would refuse.
pub async fn retry_comment(
    app: &App,
    caller: &Caller,
    id: DeliveryId,
    text: Option<String>,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let (delivery, mut comment) = locked(&mut tx, id).await?;
    if !comment.state.can_retry() {
        return Err(not_now(&comment, "there is nothing to try again"));
    }
    if let Some(text) = text {
        if comment.intended_at.is_some() {
            return Err(AppError::conflict(
                ErrorCode::NotPossibleInState,
                "The comment may be out already with its old text, so the text can no longer be changed.",
            ));
        }
        comment.text = checked(app, &mut tx, &delivery, &text).await?;
        comment.progress = Json::Null;
    }
    let from = comment.state;
    again(&mut tx, &mut comment, from, now).await?;
    let (actor, detail) = (caller.actor(), json!({ "from": from }));
    audit_as(
        &mut tx,
        now,
        actor,
        "first_comment.retried",
        &delivery,
        detail,
    )
    .await?;
    tx.commit().await?;
    ring_if_due(app, Some(now));
    Ok(())
}

/// Leaves a first comment out.
///
/// # Errors
/// `too_late` when it is there, or is being written.
pub async fn cancel_comment(app: &App, caller: &Caller, id: DeliveryId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let (delivery, mut comment) = locked(&mut tx, id).await?;
    let key = comment_key(id);
    if !can_cancel_comment(&comment) || jobs::is_held(&mut tx, &key, now).await? {
        return Err(AppError::conflict(
            ErrorCode::TooLate,
            "The comment is being written or is there already, so it can no longer be left out.",
        ));
    }
    jobs::withdraw(&mut tx, &key).await?;
    let from = comment.state;
    comment.state = CommentState::Cancelled;
    comment.next_attempt_at = None;
    comment.updated_at = now;
    save(&mut tx, &comment, from).await?;
    let detail = json!({ "from": from });
    audit_comment(&mut tx, now, caller.actor(), &delivery, &comment, detail).await?;
    tx.commit().await?;
    Ok(())
}

/// A person looked below the post and says what became of a comment whose outcome could not be told.
///
/// # Errors
/// `not_possible_in_state` when it does not wait for a person; bad input for an unusable permalink.
pub async fn resolve_comment(
    app: &App,
    caller: &Caller,
    id: DeliveryId,
    resolution: Resolution,
) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let (delivery, mut comment) = locked(&mut tx, id).await?;
    let from = comment.state;
    if from != CommentState::NeedsAttention {
        return Err(not_now(&comment, "there is nothing to settle"));
    }
    let actor = caller.actor();
    match resolution {
        Resolution::Published { permalink } => {
            comment.permalink = usable(permalink)?;
            comment.state = CommentState::Published;
            comment.published_at = comment.intended_at.or(Some(now));
            comment.intended_at = None;
            comment.error = None;
            comment.updated_at = now;
            save(&mut tx, &comment, from).await?;
            let detail = json!({ "confirmed_by": "person", "permalink": comment.permalink });
            audit_comment(&mut tx, now, actor, &delivery, &comment, detail).await?;
        }
        Resolution::NotPublished => {
            // The person vouches that nothing is there, so the walk begins anew.
            comment.progress = Json::Null;
            comment.intended_at = None;
            again(&mut tx, &mut comment, from, now).await?;
            let detail = json!({ "from": from });
            audit_as(
                &mut tx,
                now,
                actor,
                "first_comment.retried",
                &delivery,
                detail,
            )
            .await?;
        }
    }
    tx.commit().await?;
    ring_if_due(app, Some(now));
    Ok(())
}

/// The comment and its delivery, with the post locked.
async fn locked(tx: &mut WorkspaceTx, id: DeliveryId) -> Result<(Delivery, FirstComment)> {
    let delivery = deliveries::get(tx, id)
        .await
        .map_err(AppError::or_missing("delivery"))?;
    posts::lock(tx, delivery.post_id).await?;
    let comment = first_comments::get(tx, id)
        .await
        .map_err(AppError::or_missing("first comment"))?;
    Ok((delivery, comment))
}

/// Puts a comment that ended back to work.
async fn again(
    tx: &mut WorkspaceTx,
    comment: &mut FirstComment,
    from: CommentState,
    now: Timestamp,
) -> Result<()> {
    comment.state = CommentState::Publishing;
    comment.next_attempt_at = Some(now);
    comment.deadline_at = deadline(now);
    comment.updated_at = now;
    save(tx, comment, from).await?;
    enqueue(tx, comment.delivery_id, now, now).await
}

async fn save(tx: &mut WorkspaceTx, comment: &FirstComment, from: CommentState) -> Result<()> {
    if first_comments::save(tx, comment, from).await? {
        Ok(())
    } else {
        Err(AppError::conflict(
            ErrorCode::Conflict,
            "It was changed in the meantime.",
        ))
    }
}

/// A new text, by the rules of the channel.
async fn checked(
    app: &App,
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
    text: &str,
) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::invalid_field(
            "text",
            ErrorCode::Required,
            "Write the comment, or leave it out.",
        ));
    }
    let channel = channels::get(tx, delivery.channel_id).await?;
    let mut options: Options = delivery.options.as_object().cloned().unwrap_or_default();
    options.insert(FIRST_COMMENT.to_owned(), text.into());
    let content = Content {
        text: "",
        media: &[],
        options: &options,
    };
    let field = format!("options.{FIRST_COMMENT}");
    let platform = app.platform(&channel.platform)?;
    let findings = platform
        .publish()
        .map(|publish| publish.check(&channel_ref(&channel), &content))
        .unwrap_or_default();
    let wrong = findings
        .into_iter()
        .find(|finding| finding.level == Level::Error && finding.field == field);
    match wrong {
        Some(finding) => Err(AppError::invalid_field(
            "text",
            finding.code,
            finding.detail,
        )),
        None => Ok(text.to_owned()),
    }
}

fn not_now(comment: &FirstComment, so: &str) -> AppError {
    let state = match comment.state {
        CommentState::Scheduled => "about to be written",
        CommentState::Publishing => "being written",
        CommentState::Published => "there",
        CommentState::Failed => "failed",
        CommentState::NeedsAttention => "waiting for you to look",
        CommentState::Cancelled => "left out",
    };
    AppError::conflict(
        ErrorCode::NotPossibleInState,
        format!("The comment is {state}, so {so}."),
    )
}
