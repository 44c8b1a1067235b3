//! Changes from process to process.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::WorkspaceId;
use fanfare_domain::broadcast::{Broadcast, Heard, Line};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{Receiver, error::RecvError};
use uuid::Uuid;

use super::notify::Notify;
use super::{Change, Told};
use crate::Store;
use crate::store::Database;

/// What happens within this time is told together.
const GATHER: Duration = Duration::from_millis(150);
/// PostgreSQL takes no message of 8000 bytes or more; one change is some 60.
const AT_ONCE: usize = 100;
/// Before a lost line is opened anew.
const PAUSE: Duration = Duration::from_secs(5);

#[derive(Serialize, Deserialize)]
struct Message {
    /// The process that tells, which hears itself, too.
    node: Uuid,
    changes: Vec<(WorkspaceId, String)>,
}

impl Store {
    /// Tells other processes what changed here, and this one what changed there, for as long as it is polled: by `given`, or else by
    /// PostgreSQL. On SQLite with nothing given there are no others, and it only waits.
    pub async fn carry_changes(&self, given: Option<Arc<dyn Broadcast>>) {
        let by = match (given, &self.database) {
            (Some(given), _) => given,
            (None, Database::Postgres(pool)) => Arc::new(Notify { pool: pool.clone() }),
            (None, Database::Sqlite { .. }) => return std::future::pending().await,
        };
        loop {
            let Err(error) = self.carry(by.as_ref()).await else {
                return;
            };
            tracing::warn!(%error, "other processes do not hear of changes; open pages look by themselves until it works again");
            tokio::time::sleep(PAUSE).await;
            // Whatever others told meanwhile did not arrive.
            self.changes.tell(BTreeSet::from([Change::Unknown]), false);
        }
    }

    /// Until the line is lost, or the store is gone.
    async fn carry(&self, by: &dyn Broadcast) -> Result<(), String> {
        let node = Uuid::now_v7();
        let mut ours = self.changes.listen();
        let mut line = by.open().await?;
        loop {
            tokio::select! {
                told = ours.recv() => match told {
                    Ok(told) => tell(line.as_mut(), node, gather(&mut ours, told).await).await?,
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(()),
                },
                heard = line.hear() => {
                    let changes = match heard? {
                        Heard::Text(text) => read(node, &text),
                        Heard::Gap => BTreeSet::from([Change::Unknown]),
                    };
                    self.changes.tell(changes, false);
                }
            }
        }
    }
}

/// What this process changed, from `first` on for a moment, each once.
async fn gather(ours: &mut Receiver<Told>, first: Told) -> BTreeSet<Change> {
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

async fn tell(line: &mut dyn Line, node: Uuid, changes: BTreeSet<Change>) -> Result<(), String> {
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
        let text = serde_json::to_string(&message).expect("a message is plain JSON");
        line.tell(&text).await?;
    }
    Ok(())
}

/// What another process told. What cannot be read is a newer version's, and may be anything.
fn read(node: Uuid, text: &str) -> BTreeSet<Change> {
    let Ok(message) = serde_json::from_str::<Message>(text) else {
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
