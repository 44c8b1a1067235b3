//! What follows when a connection's channels are kept: what was told of them before anybody had them is given to the workspace, and the
//! platform is asked to tell of them from now on.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::{ConnectionId, JobId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::channels::{self, Channel};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::{StoreError, WorkspaceTx, webhook_events, webhook_receipts};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{lane, subscriptions};
use crate::App;

const CLAIM: &str = "hear.claim";
/// Events that are given in one transaction.
const BATCH: u32 = 500;

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    connection: ConnectionId,
}

/// Has it done, in the transaction in which the connection's channels are kept.
pub(crate) async fn enqueue_claim(
    tx: &mut WorkspaceTx,
    connection: ConnectionId,
    now: Timestamp,
) -> Result<(), StoreError> {
    let ids = Ids {
        workspace: tx.workspace(),
        connection,
    };
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(ids.workspace),
        kind: CLAIM,
        payload: json!(ids).to_string(),
        key: Some(format!("{CLAIM}:{connection}")),
        due_at: now,
    };
    jobs::enqueue(tx, job, now).await
}

/// Claims for one connection.
pub(crate) struct ClaimEvents {
    app: Arc<App>,
}

impl ClaimEvents {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for ClaimEvents {
    fn kind(&self) -> &'static str {
        CLAIM
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Ids {
            workspace,
            connection,
        } = job.ids()?;
        let mut tx = self.app.store.in_workspace(workspace).read().await?;
        let found = channels::of_connection(&mut tx, connection).await?;
        drop(tx);
        for channel in found {
            subscriptions::listen_unless_told(&self.app, workspace, &channel).await?;
            while claim(&self.app, workspace, &channel).await? == u64::from(BATCH) {}
        }
        Ok(Outcome::Done)
    }
}

async fn claim(app: &App, workspace: WorkspaceId, channel: &Channel) -> anyhow::Result<u64> {
    let now = app.now();
    let Channel {
        platform,
        remote_id,
        ..
    } = channel;
    let mut tx = app.store.as_system("claim events").write().await?;
    webhook_receipts::keep_readers_out(&mut tx).await?;
    let lane = webhook_events::lane(platform, remote_id, Some(workspace));
    // Before the events are changed: the lane's job is what both sides lock first.
    lane::enqueue(&mut tx, &lane, now).await?;
    let claimed =
        webhook_events::claim(&mut tx, platform, remote_id, workspace, now, BATCH).await?;
    if claimed == 0 {
        return Ok(0);
    }
    tx.commit().await?;
    app.jobs.ring();
    Ok(claimed)
}
