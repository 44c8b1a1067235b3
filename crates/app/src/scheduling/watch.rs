//! The watchdog over series: none of them may rest unnoticed.

use fanfare_domain::{SeriesId, WorkspaceId};
use fanfare_store::series;
use futures::FutureExt;
use jiff::SignedDuration;

use super::series::come_round;
use crate::App;
use crate::periodic::Work;

/// A job that is merely busy is done by then.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

/// Looks every five minutes for series that go on and have no job, or whose next post is overdue.
pub(crate) const WATCH_SERIES: Work = Work {
    kind: "watch_series",
    every: SignedDuration::from_secs(300),
    body: |app| watch(app).boxed(),
};

async fn watch(app: &App) -> anyhow::Result<()> {
    let stalled = {
        let mut tx = app.store.as_system("watch series").read().await?;
        series::stalled(&mut tx, app.now() - PATIENCE).await?
    };
    for (workspace, id) in stalled {
        tracing::error!(series = %id, "a repeating post had stalled; it goes on");
        take_up(app, workspace, id).await?;
    }
    Ok(())
}

/// The job looks for itself whether there is something to do, and when.
async fn take_up(app: &App, workspace: WorkspaceId, id: SeriesId) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(workspace).write().await?;
    come_round(&mut tx, id, now, now).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(())
}
