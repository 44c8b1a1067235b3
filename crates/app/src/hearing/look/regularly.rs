//! Looking at published posts from time to time without being asked: few platforms tell that one was edited or deleted there, and those
//! that do may not reach us.

use std::sync::Arc;

use async_trait::async_trait;
use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::webhook::RemoteChange;
use fanfare_domain::{DeliveryId, JobId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::Seen;
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::jobs::{self, NewJob};
use fanfare_store::{StoreError, WorkspaceTx, channels};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::Semaphore;

use super::{keep, look};
use crate::{App, Result};

const LOOK: &str = "hear.look";
/// So many hours after it went out a post is looked at: what is wrong with it is mostly seen soon, and each look is a call that the
/// platform counts.
const AFTER: [i64; 5] = [1, 6, 24, 3 * 24, 7 * 24];
/// What went out together is not looked at together.
const SPREAD_SECONDS: i64 = 10 * 60;
/// Looks at once: they take neither the platform's patience nor the places of others who wait.
const AT_ONCE: usize = 8;
/// When all of those are at it.
const LATER: SignedDuration = SignedDuration::from_mins(1);

static LOOKING: Semaphore = Semaphore::const_new(AT_ONCE);

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    delivery: DeliveryId,
}

/// Has it done, in the transaction that records the receipt.
pub(crate) async fn look_regularly(
    app: &App,
    tx: &mut WorkspaceTx,
    delivery: &Delivery,
    now: Timestamp,
) -> Result<()> {
    let can_tell = app.platform(&delivery.platform)?.look().is_some();
    let Some(due_at) = next_look(delivery, now).filter(|_| can_tell) else {
        return Ok(());
    };
    let ids = Ids {
        workspace: tx.workspace(),
        delivery: delivery.id,
    };
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(ids.workspace),
        kind: LOOK,
        payload: json!(ids).to_string(),
        key: Some(format!("{LOOK}:{}", delivery.id)),
        due_at,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}

/// When the delivery is to be looked at, if ever again. What is gone stays gone.
fn next_look(delivery: &Delivery, now: Timestamp) -> Option<Timestamp> {
    let published_at = delivery.published_at.filter(|_| is_to_see(delivery))?;
    AFTER
        .iter()
        .filter_map(|hours| {
            published_at
                .checked_add(SignedDuration::from_hours(*hours))
                .ok()
        })
        .find(|at| *at > now)
        .map(|at| at + spread())
}

fn is_to_see(delivery: &Delivery) -> bool {
    let is_gone = matches!(delivery.at_platform, Some((RemoteChange::Removed, _)));
    delivery.state == DeliveryState::Published && delivery.remote_id.is_some() && !is_gone
}

fn spread() -> SignedDuration {
    let mut random = [0; 2];
    getrandom::fill(&mut random).expect("the operating system gives randomness");
    SignedDuration::from_secs(i64::from(u16::from_le_bytes(random)) % SPREAD_SECONDS)
}

/// Looks at one delivery.
pub(crate) struct LookRegularly {
    app: Arc<App>,
}

impl LookRegularly {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }

    /// Absent when there is none any more.
    async fn delivery(&self, ids: &Ids) -> Result<Option<Delivery>> {
        let mut tx = self.app.store.in_workspace(ids.workspace).read().await?;
        match deliveries::get(&mut tx, ids.delivery).await {
            Ok(delivery) => Ok(Some(delivery)),
            Err(StoreError::NotFound) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Until when the platform wants to hear nothing about the channel.
    async fn limited_until(&self, ids: &Ids, delivery: &Delivery) -> Result<Option<Timestamp>> {
        let mut tx = self.app.store.in_workspace(ids.workspace).read().await?;
        let channel = channels::get(&mut tx, delivery.channel_id).await?;
        let now = self.app.now();
        Ok(channel.limited_until.filter(|until| *until > now))
    }

    /// That all is as it was sent is no news, and no reason to forget what the platform told: not all that was edited can be seen.
    async fn look(&self, ids: &Ids) -> Result<()> {
        let looked = look(&self.app, ids.workspace, ids.delivery).await?;
        match looked.seen {
            Seen::AsSent => Ok(()),
            Seen::Edited | Seen::Gone => keep(&self.app, ids.workspace, looked).await,
        }
    }
}

#[async_trait]
impl Handler for LookRegularly {
    fn kind(&self) -> &'static str {
        LOOK
    }

    fn waits_for_others(&self) -> bool {
        true
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let ids: Ids = job.ids()?;
        let Some(delivery) = self.delivery(&ids).await?.filter(is_to_see) else {
            return Ok(Outcome::Done);
        };
        if let Some(until) = self.limited_until(&ids, &delivery).await? {
            return Ok(Outcome::Again {
                at: until + spread(),
            });
        }
        let Ok(_place) = LOOKING.try_acquire() else {
            return Ok(Outcome::Again {
                at: self.app.now() + LATER,
            });
        };
        // Whoever cannot be asked now is asked next time: nobody waits for it, and the doctor tells what is wrong with a connection.
        if let Err(error) = self.look(&ids).await {
            tracing::info!(delivery = %ids.delivery, %error, "a published post could not be looked at");
        }
        let now = self.app.now();
        let seen = self.delivery(&ids).await?;
        let next = seen.and_then(|delivery| next_look(&delivery, now));
        Ok(next.map_or(Outcome::Done, |at| Outcome::Again { at }))
    }
}
