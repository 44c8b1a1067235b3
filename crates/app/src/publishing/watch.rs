//! The watchdog: proves that nothing due is forgotten.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{DeliveryId, ErrorCode, WorkspaceId};
use fanfare_store::audit::Actor;
use fanfare_store::deliveries::{self, DeliveryError};
use fanfare_store::{jobs, posts};
use futures::FutureExt;
use jiff::SignedDuration;
use serde_json::json;

use super::{audit_delivery, delivery_key, enqueue, first_comment, sum_up};
use crate::App;
use crate::news::{News, tell};
use crate::periodic::Work;

/// Looks every minute for deliveries and first comments without a job and for those past their deadline.
pub(crate) const WATCH: Work = Work {
    kind: "watch_deliveries",
    every: SignedDuration::from_secs(60),
    body: |app| watch(app).boxed(),
};

async fn watch(app: &App) -> anyhow::Result<()> {
    let (lost, overdue) = {
        let mut tx = app.store.as_system("watch deliveries").read().await?;
        let lost = deliveries::without_job(&mut tx).await?;
        (lost, deliveries::past_deadline(&mut tx, app.now()).await?)
    };
    for (workspace, delivery) in lost {
        tracing::error!(%delivery, "a delivery had lost its job; it goes on");
        take_up(app, workspace, delivery).await?;
    }
    for (workspace, delivery) in overdue {
        end(app, workspace, delivery).await?;
    }
    first_comment::watch(app).await
}

async fn take_up(app: &App, workspace: WorkspaceId, id: DeliveryId) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let delivery = deliveries::get(&mut tx, id).await?;
    let at = delivery.next_attempt_at.or(delivery.due_at).unwrap_or(now);
    enqueue(&mut tx, id, at, now).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(())
}

/// Ends a delivery that nothing ended: its job was set aside, or hangs.
async fn end(app: &App, workspace: WorkspaceId, id: DeliveryId) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    let found = deliveries::get(&mut tx, id).await?;
    posts::lock(&mut tx, found.post_id).await?;
    let mut delivery = deliveries::get(&mut tx, id).await?;
    let past = delivery.deadline_at.is_some_and(|deadline| deadline < now);
    let open = matches!(
        delivery.state,
        DeliveryState::Scheduled | DeliveryState::Publishing
    );
    // A running worker is let finish: it holds the job, and ends the delivery itself.
    if !past || !open || jobs::is_held(&mut tx, &delivery_key(id), now).await? {
        return Ok(());
    }
    jobs::withdraw(&mut tx, &delivery_key(id)).await?;
    let unknown = delivery.intended_at.is_some();
    delivery.state = if unknown {
        DeliveryState::NeedsAttention
    } else {
        DeliveryState::Failed
    };
    delivery.error = Some(DeliveryError {
        code: if unknown {
            ErrorCode::OutcomeUnknown
        } else {
            ErrorCode::GaveUp
        },
        detail: if unknown {
            "It was not possible to find out whether the post is out. Look at the platform, then say here whether it is live.".to_owned()
        } else {
            "It could not be published for hours, and nothing was posted. Try again, or look at the log of attempts.".to_owned()
        },
        advice: if unknown { "check_platform" } else { "retry" }.to_owned(),
    });
    delivery.next_attempt_at = None;
    delivery.updated_at = now;
    deliveries::save_outcome(&mut tx, &delivery).await?;
    sum_up(&mut tx, delivery.post_id, now).await?;
    let action = format!("delivery.{}", delivery.state);
    let detail = json!({ "by": "watchdog", "deadline": delivery.deadline_at });
    audit_delivery(&mut tx, now, Actor::fanfare(), &action, &delivery, detail).await?;
    tell(&mut tx, News::Delivery(&delivery), now).await?;
    tx.commit().await?;
    tracing::error!(delivery = %id, "a delivery passed its deadline and was ended");
    Ok(())
}
