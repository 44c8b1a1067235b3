//! Changes from process to process, by PostgreSQL's `NOTIFY`.
//!
//! One connection tells and one hears, both apart from the transactions that change things: PostgreSQL writes notifying commits one
//! after the other, so that a `NOTIFY` in each would make them wait for each other.

use std::collections::BTreeSet;
use std::time::Duration;

use fanfare_domain::WorkspaceId;
use serde::{Deserialize, Serialize};
use sqlx::postgres::{PgListener, PgPool};
use tokio::sync::broadcast;
use uuid::Uuid;

use super::{Change, Told};
use crate::store::Database;
use crate::{Result, Store};

const CHANNEL: &str = "fanfare_changes";
/// What happens within this time is told together.
const GATHER: Duration = Duration::from_millis(150);
/// PostgreSQL takes no message of 8000 bytes or more; one change is some 60.
const AT_ONCE: usize = 100;
/// Before a lost connection is tried anew.
const PAUSE: Duration = Duration::from_secs(5);

#[derive(Serialize, Deserialize)]
struct Message {
    /// The process that tells, which hears itself, too.
    node: Uuid,
    changes: Vec<(WorkspaceId, String)>,
}

impl Store {
    /// Tells other processes on the same PostgreSQL what changed here, and this one what changed there, for as long as it is polled. On
    /// SQLite there are no others, and it only waits.
    pub async fn carry_changes(&self) {
        let Database::Postgres(pool) = &self.database else {
            return std::future::pending().await;
        };
        loop {
            let Err(error) = self.carry(pool).await else {
                return;
            };
            tracing::warn!(%error, "other processes do not hear of changes; open pages look by themselves until it works again");
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Until the connection is lost, or the store is gone.
    async fn carry(&self, pool: &PgPool) -> Result<()> {
        let node = Uuid::now_v7();
        let mut ours = self.changes.listen();
        let mut others = PgListener::connect_with(pool).await?;
        others.listen(CHANNEL).await?;
        loop {
            tokio::select! {
                told = ours.recv() => match told {
                    Ok(told) => tell(pool, node, gather(&mut ours, told).await).await?,
                    Err(broadcast::error::RecvError::Lagged(_)) => {}
                    Err(broadcast::error::RecvError::Closed) => return Ok(()),
                },
                heard = others.try_recv() => {
                    let changes = match heard? {
                        Some(notification) => read(node, notification.payload()),
                        // The connection was lost for a moment, and with it whatever was told meanwhile.
                        None => BTreeSet::from([Change::Unknown]),
                    };
                    self.changes.tell(changes, false);
                }
            }
        }
    }
}

/// What this process changed, from `first` on for a moment, each once.
async fn gather(ours: &mut broadcast::Receiver<Told>, first: Told) -> BTreeSet<Change> {
    let mut found = BTreeSet::new();
    let mut add = |told: Told| told.is_ours.then(|| found.insert(told.change));
    add(first);
    let end = tokio::time::Instant::now() + GATHER;
    while let Ok(told) = tokio::time::timeout_at(end, ours.recv()).await {
        match told {
            Ok(told) => {
                add(told);
            }
            Err(_) => break,
        }
    }
    found
}

async fn tell(pool: &PgPool, node: Uuid, changes: BTreeSet<Change>) -> Result<()> {
    let changes: Vec<_> = changes
        .into_iter()
        .filter_map(|change| match change {
            Change::Of(workspace, kind) => Some((workspace, kind)),
            Change::Unknown => None,
        })
        .collect();
    for some in changes.chunks(AT_ONCE) {
        let message = Message {
            node,
            changes: some.to_vec(),
        };
        sqlx::query(crate::dialect::postgres::NOTIFY)
            .bind(CHANNEL)
            .bind(serde_json::to_string(&message).expect("a message is plain JSON"))
            .execute(pool)
            .await?;
    }
    Ok(())
}

/// What another process told. What cannot be read is a newer version's, and may be anything.
fn read(node: Uuid, payload: &str) -> BTreeSet<Change> {
    let Ok(message) = serde_json::from_str::<Message>(payload) else {
        return BTreeSet::from([Change::Unknown]);
    };
    if message.node == node {
        return BTreeSet::new();
    }
    let changes = message.changes.into_iter();
    changes
        .map(|(workspace, kind)| Change::Of(workspace, kind))
        .collect()
}
