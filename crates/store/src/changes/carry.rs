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
    /// Absent when it is not known what changed: more did at once than could be kept.
    changes: Option<Vec<(WorkspaceId, String)>>,
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
                    Err(RecvError::Closed) => return Ok(()),
                    told => tell(line.as_mut(), node, gather(&mut ours, told).await).await?,
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

/// What this process changed, from `first` on for a moment, each once. It may be anything where more came than could be kept for us.
async fn gather(ours: &mut Receiver<Told>, first: Result<Told, RecvError>) -> BTreeSet<Change> {
    let mut found = BTreeSet::new();
    let mut next = first;
    let end = tokio::time::Instant::now() + GATHER;
    loop {
        match next {
            Ok(told) if told.is_ours => {
                found.insert(told.change);
            }
            Ok(_) => {}
            Err(RecvError::Lagged(_)) => {
                found.insert(Change::Unknown);
            }
            Err(RecvError::Closed) => return found,
        }
        next = match tokio::time::timeout_at(end, ours.recv()).await {
            Ok(told) => told,
            Err(_) => return found,
        };
    }
}

async fn tell(line: &mut dyn Line, node: Uuid, changes: BTreeSet<Change>) -> Result<(), String> {
    let known: Option<Vec<_>> = changes
        .into_iter()
        .map(|change| match change {
            Change::Of(workspace, kind) => Some((workspace, kind)),
            Change::Unknown => None,
        })
        .collect();
    let parts = match &known {
        None => vec![None],
        Some(known) => known
            .chunks(AT_ONCE)
            .map(|some| Some(some.to_vec()))
            .collect(),
    };
    for changes in parts {
        let text = serde_json::to_string(&Message { node, changes });
        line.tell(&text.expect("a message is plain JSON")).await?;
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
    let Some(changes) = message.changes else {
        return BTreeSet::from([Change::Unknown]);
    };
    changes
        .into_iter()
        .map(|(workspace, kind)| Change::Of(workspace, kind))
        .collect()
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use tokio::sync::broadcast;

    use super::*;

    #[derive(Default)]
    struct Said(Vec<String>);

    #[async_trait]
    impl Line for Said {
        async fn tell(&mut self, text: &str) -> Result<(), String> {
            self.0.push(text.to_owned());
            Ok(())
        }

        async fn hear(&mut self) -> Result<Heard, String> {
            std::future::pending().await
        }
    }

    /// What another process hears of these changes, when two wait at most.
    async fn carried(changes: &[Change]) -> BTreeSet<Change> {
        let sender = broadcast::Sender::new(2);
        let mut ours = sender.subscribe();
        for change in changes {
            let told = Told {
                change: change.clone(),
                is_ours: true,
            };
            sender.send(told).unwrap();
        }
        let first = ours.recv().await;
        let (mut said, node) = (Said::default(), Uuid::now_v7());
        let found = gather(&mut ours, first).await;
        tell(&mut said, node, found).await.unwrap();
        let other = Uuid::now_v7();
        said.0.iter().flat_map(|text| read(other, text)).collect()
    }

    #[tokio::test]
    async fn others_hear_that_anything_may_have_changed_when_too_much_did() {
        let workspace = WorkspaceId::new(jiff::Timestamp::UNIX_EPOCH);
        let all = ["post", "media", "delivery"].map(|kind| Change::Of(workspace, kind.to_owned()));
        let two = carried(&all[..2]).await;
        assert_eq!(two, all[..2].iter().cloned().collect());
        assert_eq!(carried(&all).await, BTreeSet::from([Change::Unknown]));
    }
}
