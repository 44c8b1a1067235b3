//! Takes requests apart, in the order in which they came, into the events that are worked off.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use fanfare_domain::{WebhookEventId, WorkspaceId};
use fanfare_platform_kit::roles::Notification;
use fanfare_store::SystemTx;
use fanfare_store::webhook_events::{self, NewEvent, Start};
use fanfare_store::webhook_receipts::{self, Receipt};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::lane;
use crate::{App, Result};

/// Requests that are taken apart in one transaction. They hold the embedded database's writer for some milliseconds.
const BATCH: u32 = 128;
/// What comes within so long after a look shares the next one: under load, few large transactions cost much less than many small ones.
const GATHER: Duration = Duration::from_millis(50);
/// How often to look although nothing rang: other processes receive too.
const POLL: Duration = Duration::from_secs(1);
const AFTER_AN_ERROR: Duration = Duration::from_secs(1);
const UNREADABLE: &str = "This is not what the platform sends, so nothing can come of it.";

/// Accounts of one platform, and which workspaces have connected each.
type Connected = HashMap<(String, String), Vec<WorkspaceId>>;

/// Takes apart whatever comes, until `stop`.
pub async fn keep_reading(app: Arc<App>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let found = read_some(&app).await;
        let pause = match &found {
            Ok(0) => POLL,
            Ok(read) if *read == BATCH as usize => continue,
            Ok(_) => GATHER,
            Err(error) => {
                tracing::error!(%error, "what platforms sent could not be read; it is tried again");
                AFTER_AN_ERROR
            }
        };
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.ingest.bell.notified(), if matches!(found, Ok(0)) => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Takes apart some of what waits, and answers how many requests that were. One process at a time does.
///
/// # Errors
/// When the database fails; nothing has happened then.
pub async fn read_some(app: &App) -> Result<usize> {
    let mut tx = app
        .store
        .as_system("take requests of platforms apart")
        .write()
        .await?;
    let receipts = webhook_receipts::oldest_unread(&mut tx, BATCH).await?;
    if receipts.is_empty() {
        return Ok(0);
    }
    let told: Vec<(&Receipt, Vec<Told>)> = receipts
        .iter()
        .map(|receipt| (receipt, told(app, receipt)))
        .collect();
    let connected = connected(&mut tx, &told).await?;
    let events = events(app, &told, &connected);
    let now = app.now();
    let lanes = webhook_events::insert_all(&mut tx, &events, now).await?;
    for lane in &lanes {
        lane::enqueue(&mut tx, lane, now).await?;
    }
    let ids: Vec<_> = receipts.iter().map(|receipt| receipt.id).collect();
    webhook_receipts::note_read(&mut tx, &ids).await?;
    tx.commit().await?;
    if !lanes.is_empty() {
        app.jobs.ring();
    }
    for workspace in lanes.iter().filter_map(|lane| lane::workspace_of(lane)) {
        app.ingest.news.note(workspace);
    }
    Ok(receipts.len())
}

/// One thing that a request told.
struct Told {
    /// Absent when nobody can read the request.
    said: Option<Notification>,
    dedup: String,
}

impl Told {
    fn account(&self) -> &str {
        self.said.as_ref().map_or("", |said| &said.account)
    }

    fn kind(&self) -> &str {
        self.said.as_ref().map_or("unreadable", |said| &said.kind)
    }
}

fn told(app: &App, receipt: &Receipt) -> Vec<Told> {
    match split(app, receipt) {
        Some(found) => found
            .into_iter()
            .map(|said| Told {
                dedup: dedup(&receipt.platform, &said),
                said: Some(said),
            })
            .collect(),
        None => vec![Told {
            said: None,
            dedup: hex::encode(Sha256::digest(&receipt.body)),
        }],
    }
}

/// What a request told; absent when nobody can read it.
pub(super) fn split(app: &App, receipt: &Receipt) -> Option<Vec<Notification>> {
    let webhooks = app.platforms.get(receipt.platform.as_str())?.webhooks()?;
    webhooks.split(&receipt.body).ok()
}

fn dedup(platform: &str, told: &Notification) -> String {
    let mut hash = Sha256::new();
    for part in [platform, &told.account, &told.kind, &told.key] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

async fn connected(tx: &mut SystemTx, told: &[(&Receipt, Vec<Told>)]) -> Result<Connected> {
    let mut accounts = BTreeMap::<&str, BTreeSet<&str>>::new();
    for (receipt, told) in told {
        let of_platform = accounts.entry(&receipt.platform).or_default();
        of_platform.extend(told.iter().map(Told::account));
    }
    let mut found = Connected::new();
    for (platform, accounts) in accounts {
        let accounts: Vec<&str> = accounts.into_iter().collect();
        for (account, workspace) in webhook_events::workspaces_of(tx, platform, &accounts).await? {
            let key = (platform.to_owned(), account);
            found.entry(key).or_default().push(workspace);
        }
    }
    Ok(found)
}

/// One event for each workspace that has the account, or one that belongs to nobody yet.
fn events(app: &App, told: &[(&Receipt, Vec<Told>)], connected: &Connected) -> Vec<NewEvent> {
    let now = app.now();
    let mut events = Vec::new();
    for (receipt, told) in told {
        for (position, one) in told.iter().enumerate() {
            let key = (receipt.platform.clone(), one.account().to_owned());
            let owners: Vec<Option<WorkspaceId>> = match connected.get(&key) {
                Some(workspaces) => workspaces.iter().copied().map(Some).collect(),
                None => vec![None],
            };
            events.extend(owners.into_iter().map(|workspace| NewEvent {
                id: WebhookEventId::new(now),
                receipt: receipt.id,
                position,
                workspace,
                platform: receipt.platform.clone(),
                account: one.account().to_owned(),
                kind: one.kind().to_owned(),
                dedup: one.dedup.clone(),
                occurred_at: one.said.as_ref().and_then(|said| said.occurred_at),
                received_at: receipt.received_at,
                start: start(app, &receipt.platform, one, workspace),
            }));
        }
    }
    events
}

fn start(app: &App, platform: &str, told: &Told, workspace: Option<WorkspaceId>) -> Start {
    match (&told.said, workspace) {
        (None, _) => Start::Hopeless(UNREADABLE),
        (Some(_), Some(_)) => Start::Pending,
        (Some(said), None) => Start::Over {
            understood: is_understood(app, platform, said),
        },
    }
}

/// Fanfare would know what to do about it.
pub(super) fn is_understood(app: &App, platform: &str, said: &Notification) -> bool {
    let webhooks = app
        .platforms
        .get(platform)
        .and_then(|known| known.webhooks());
    !matches!(
        webhooks.map(|webhooks| webhooks.facts(said)),
        None | Some(Ok(None))
    )
}
