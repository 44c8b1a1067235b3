//! Plans when a delivery is worked on.

use fanfare_domain::{DeliveryId, JobId};
use fanfare_store::WorkspaceTx;
use fanfare_store::jobs::{self, NewJob};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{App, Result};

/// The kind of the job that carries out a delivery.
pub(super) const DELIVER: &str = "deliver";

/// How long a delivery is tried before Fanfare gives up and says so.
const PATIENCE: SignedDuration = SignedDuration::from_hours(6);

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DeliverIds {
    pub delivery: DeliveryId,
}

/// The key under which a delivery's one job is known.
pub(crate) fn delivery_key(id: DeliveryId) -> String {
    // The watchdog's statement spells this out too.
    format!("{DELIVER}:{id}")
}

/// By when a delivery due at `due_at` must be final.
pub(crate) fn deadline(due_at: Timestamp) -> Timestamp {
    due_at + PATIENCE
}

/// Makes sure that the delivery's job runs at `at`, in the transaction that decides it.
pub(crate) async fn enqueue(
    tx: &mut WorkspaceTx,
    delivery: DeliveryId,
    at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let payload = serde_json::to_string(&DeliverIds { delivery }).expect("ids are plain JSON");
    let job = NewJob {
        id: JobId::new(now),
        workspace: Some(tx.workspace()),
        kind: DELIVER,
        payload,
        key: Some(delivery_key(delivery)),
        due_at: at,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}

/// Wakes the runner after a commit that made something due now or soon; later work it finds by itself.
pub(crate) fn ring_if_due(app: &App, due_at: Option<Timestamp>) {
    const SOON: SignedDuration = SignedDuration::from_secs(5);
    if due_at.is_some_and(|due_at| due_at <= app.now() + SOON) {
        app.jobs.ring();
    }
}
