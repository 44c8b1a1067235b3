//! The watchdog's part for first comments: none is forgotten.

use fanfare_domain::comment::CommentState;
use fanfare_domain::{DeliveryId, ErrorCode, WorkspaceId};
use fanfare_store::audit::Actor;
use fanfare_store::deliveries::{self, DeliveryError};
use fanfare_store::{first_comments, jobs, posts};
use serde_json::json;

use super::decide::{audit_comment, comment_key, enqueue};
use super::outcome::lost_for_good;
use crate::App;

/// Gives a job to comments that lost theirs, and ends those past their deadline.
pub(in crate::publishing) async fn watch(app: &App) -> anyhow::Result<()> {
    let (lost, overdue) = {
        let mut tx = app.store.as_system("watch first comments").read().await?;
        let lost = first_comments::without_job(&mut tx).await?;
        (
            lost,
            first_comments::past_deadline(&mut tx, app.now()).await?,
        )
    };
    for (workspace, delivery) in lost {
        tracing::error!(%delivery, "a first comment had lost its job; it goes on");
        take_up(app, workspace, delivery).await?;
    }
    for (workspace, delivery) in overdue {
        end(app, workspace, delivery).await?;
    }
    Ok(())
}

async fn take_up(app: &App, workspace: WorkspaceId, id: DeliveryId) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let comment = first_comments::get(&mut tx, id).await?;
    let at = comment.next_attempt_at.unwrap_or(now);
    enqueue(&mut tx, id, at, now).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(())
}

/// Ends a comment that nothing ended: its job was set aside, or hangs.
async fn end(app: &App, workspace: WorkspaceId, id: DeliveryId) -> anyhow::Result<()> {
    let now = app.now();
    let key = comment_key(id);
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let delivery = deliveries::get(&mut tx, id).await?;
    posts::lock(&mut tx, delivery.post_id).await?;
    let mut comment = first_comments::get(&mut tx, id).await?;
    let from = comment.state;
    // A running worker is let finish: it holds the job, and ends the comment itself.
    if comment.deadline_at >= now || !from.is_open() || jobs::is_held(&mut tx, &key, now).await? {
        return Ok(());
    }
    jobs::withdraw(&mut tx, &key).await?;
    if comment.intended_at.is_some() {
        comment.state = CommentState::NeedsAttention;
        comment.error = Some(lost_for_good());
    } else {
        comment.state = CommentState::Failed;
        comment.error = Some(DeliveryError {
            code: ErrorCode::GaveUp,
            detail:
                "The comment could not be written for hours; the post itself is live. Try again."
                    .to_owned(),
            advice: "retry".to_owned(),
        });
    }
    comment.next_attempt_at = None;
    comment.updated_at = now;
    first_comments::save(&mut tx, &comment, from).await?;
    let detail = json!({ "by": "watchdog", "deadline": comment.deadline_at });
    audit_comment(&mut tx, now, Actor::fanfare(), &delivery, &comment, detail).await?;
    tx.commit().await?;
    tracing::error!(delivery = %id, "a first comment passed its deadline and was ended");
    Ok(())
}
