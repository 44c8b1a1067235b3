//! Hearing once more what was told of a post before its id was known here.
//!
//! Platforms tell of a post the moment it is out, and that may be worked off before the answer to the call that published it has come, or
//! long before, where the answer was lost. So once the receipt is on record, what was told meanwhile and changed nothing is worked off again.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::webhook::WebhookStatus;
use fanfare_domain::{DeliveryId, JobId, WebhookEventId, WorkspaceId, ids_from};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::channels::{self, Channel};
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::webhook_events::{self, Filter, Scope};
use fanfare_store::{StoreError, WorkspaceTx, engagement};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::lane;
use super::trial::is_test;
use crate::{App, Result};

const AGAIN: &str = "hear.again";
/// Platforms' clocks and ours differ by no more than this.
const MARGIN: SignedDuration = SignedDuration::from_mins(10);
/// Events of one account in the time of one publication.
const MOST: u32 = 500;

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    delivery: DeliveryId,
}

/// Has it done, in the transaction that records the receipt.
pub(crate) async fn hear_again(
    app: &App,
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<()> {
    let is_told_of = app.platform(&delivery.platform)?.webhooks().is_some();
    if !is_told_of || delivery.remote_id.is_none() {
        return Ok(());
    }
    let ids = Ids {
        workspace: tx.workspace(),
        delivery: delivery.id,
    };
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(ids.workspace),
        kind: AGAIN,
        payload: json!(ids).to_string(),
        key: Some(format!("{AGAIN}:{}", delivery.id)),
        due_at: now,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}

/// Does it for one delivery.
pub(crate) struct HearAgain {
    app: Arc<App>,
}

impl HearAgain {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for HearAgain {
    fn kind(&self) -> &'static str {
        AGAIN
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Ids {
            workspace,
            delivery,
        } = job.ids()?;
        let mut tx = self.app.store.in_workspace(workspace).write().await?;
        let delivery = match deliveries::get(&mut tx, delivery).await {
            Ok(delivery) => delivery,
            Err(StoreError::NotFound) => return Ok(Outcome::Done),
            Err(error) => return Err(error.into()),
        };
        let (Some(remote_id), Some(published_at)) = (&delivery.remote_id, delivery.published_at)
        else {
            return Ok(Outcome::Done);
        };
        engagement::adopt(&mut tx, delivery.channel_id, delivery.id, remote_id).await?;
        let channel = channels::get(&mut tx, delivery.channel_id).await?;
        tx.commit().await?;
        self.put_in_line(workspace, &channel, published_at - MARGIN)
            .await?;
        Ok(Outcome::Done)
    }
}

impl HearAgain {
    async fn put_in_line(
        &self,
        workspace: WorkspaceId,
        channel: &Channel,
        since: Timestamp,
    ) -> Result<()> {
        let now = self.app.now();
        let Channel {
            platform,
            remote_id,
            ..
        } = channel;
        let mut tx = self.app.store.as_system("hear again").write().await?;
        let lane = webhook_events::lane(platform, remote_id, Some(workspace));
        // Before the events are looked at: whoever works the lane off locks its job first, and sees the receipt from here on.
        lane::enqueue(&mut tx, &lane, now).await?;
        let filter = Filter {
            status: WebhookStatus::Processed.to_string(),
            platform: platform.clone(),
            account: remote_id.clone(),
            ids_from: ids_from(since),
            ..Filter::default()
        };
        let scope = Scope {
            workspace,
            with_unclaimed: false,
        };
        let found = webhook_events::matching(&mut tx, Some(scope), &filter, MOST).await?;
        let ids: Vec<WebhookEventId> = found
            .iter()
            .filter(|event| event.effects == 0 && event.understood && !is_test(&event.kind))
            .map(|event| event.id)
            .collect();
        if ids.is_empty() {
            return Ok(());
        }
        webhook_events::put_back_in_line(&mut tx, &ids, now).await?;
        tx.commit().await?;
        self.app.jobs.ring();
        Ok(())
    }
}
