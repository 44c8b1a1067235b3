//! Takes requests apart, in the order in which they came, into the events that are worked off.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare_domain::{WebhookEventId, WorkspaceId};
use fanfare_platform_kit::roles::Notification;
use fanfare_store::webhook_events::{self, NewEvent, Start};
use fanfare_store::webhook_receipts::{self, Receipt};
use fanfare_store::{DatabaseKind, SystemTx};
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use super::work_off::is_about_us;
use super::{lane, trial};
use crate::{App, Result};

/// Requests whose events are written in one transaction. They hold the embedded database's writer for some milliseconds, while nobody can be
/// answered; on PostgreSQL nobody waits for it.
const SQLITE_BATCH: u32 = 64;
const POSTGRES_BATCH: u32 = 256;
/// And no more than this is in memory for it, one request excepted.
const MOST_BYTES: i64 = 8 * 1024 * 1024;
/// What comes within so long after a look shares the next one: under load, few large transactions cost much less than many small ones.
const GATHER: Duration = Duration::from_millis(50);
/// How often to look although nothing rang: other processes receive too.
const POLL: Duration = Duration::from_secs(1);
const AFTER_AN_ERROR: Duration = Duration::from_secs(1);
pub(super) const UNREADABLE: &str =
    "This is not what the platform sends, so nothing can come of it.";

/// Accounts of one platform, and which workspaces have connected each.
type Connected = HashMap<(String, String), Vec<WorkspaceId>>;

/// Takes apart whatever comes, until `stop`.
pub async fn keep_reading(app: Arc<App>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let begun = Instant::now();
        let found = read_some(&app).await;
        let rest = rest_after(&app, begun.elapsed());
        let pause = match &found {
            Ok(0) => POLL,
            Ok(read) if *read == batch(&app) as usize => rest,
            Ok(_) => GATHER.max(rest),
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

/// Platforms give up on who answers late, and what is on disk can wait: while requests queue up, reading takes half of the time at most. On
/// SQLite they always do after a reading, because it holds the one writer: that says nothing of how many come.
fn rest_after(app: &App, worked: Duration) -> Duration {
    match app.store.kind() {
        DatabaseKind::Postgres if app.ingest.is_crowded() => worked.min(POLL),
        _ => Duration::ZERO,
    }
}

/// Takes apart some of what waits, and answers how many requests that were. One process at a time does.
///
/// # Errors
/// When the database fails.
pub async fn read_some(app: &App) -> Result<usize> {
    let receipts = waiting(app).await?;
    if receipts.is_empty() {
        return Ok(0);
    }
    let all = receipts.iter().map(|receipt| told(app, receipt)).collect();
    if let Err(error) = take_in(app, &receipts, all).await {
        tracing::warn!(%error, requests = receipts.len(), "requests could not be taken in together; they are one by one");
        for receipt in &receipts {
            take_in_alone(app, receipt).await?;
        }
    }
    Ok(receipts.len())
}

/// A request that the database will not take is given up, or nothing would be heard any more.
async fn take_in_alone(app: &App, receipt: &Receipt) -> Result<()> {
    let alone = std::slice::from_ref(receipt);
    let Err(error) = take_in(app, alone, vec![told(app, receipt)]).await else {
        return Ok(());
    };
    if is_about_us(&error) {
        return Err(error);
    }
    tracing::error!(receipt = %receipt.id, %error, "a request could not be taken in and is given up");
    let why = format!("The database did not take this in: {error}");
    take_in(app, alone, vec![vec![hopeless(receipt, why)]]).await
}

fn batch(app: &App) -> u32 {
    match app.store.kind() {
        DatabaseKind::Sqlite => SQLITE_BATCH,
        DatabaseKind::Postgres => POSTGRES_BATCH,
    }
}

async fn waiting(app: &App) -> Result<Vec<Receipt>> {
    let store = app.store.as_system("see what platforms sent");
    let mut tx = store.read().await?;
    Ok(webhook_receipts::oldest_unread(&mut tx, batch(app), MOST_BYTES).await?)
}

/// Writes down what each request told, unless somebody else did with one of them.
async fn take_in(app: &App, receipts: &[Receipt], told: Vec<Vec<Told>>) -> Result<()> {
    let told: Vec<(&Receipt, Vec<Told>)> = receipts.iter().zip(told).collect();
    let ids: Vec<_> = receipts.iter().map(|receipt| receipt.id).collect();
    let now = app.now();
    let store = app.store.as_system("take requests of platforms apart");
    let mut tx = store.write().await?;
    webhook_receipts::keep_readers_out(&mut tx).await?;
    if !webhook_receipts::note_read(&mut tx, &ids).await? {
        return Ok(());
    }
    let connected = connected(&mut tx, &told).await?;
    let events = events(app, told, &connected);
    let lanes = webhook_events::insert_all(&mut tx, &events, now).await?;
    for lane in &lanes {
        lane::enqueue(&mut tx, lane, now).await?;
    }
    tx.commit().await?;
    if !lanes.is_empty() {
        app.jobs.ring();
    }
    for workspace in lanes.iter().filter_map(|lane| lane::workspace_of(lane)) {
        app.ingest.news.note(workspace);
    }
    Ok(())
}

/// One thing that a request told.
struct Told {
    said: std::result::Result<Notification, String>,
    dedup: String,
}

impl Told {
    fn account(&self) -> &str {
        self.said.as_ref().map_or("", |said| &said.account)
    }

    fn kind(&self) -> &str {
        self.said
            .as_ref()
            .map_or(Notification::UNREADABLE, |said| &said.kind)
    }
}

fn told(app: &App, receipt: &Receipt) -> Vec<Told> {
    match split(app, receipt) {
        Some(found) => found
            .into_iter()
            .map(|said| Told {
                dedup: hash(
                    [
                        receipt.platform.as_str(),
                        &said.account,
                        &trial::kind(receipt, &said.kind),
                        &said.key,
                    ]
                    .map(str::as_bytes),
                ),
                said: Ok(said),
            })
            .collect(),
        None => vec![hopeless(receipt, UNREADABLE.to_owned())],
    }
}

fn hopeless(receipt: &Receipt, why: String) -> Told {
    Told {
        said: Err(why),
        dedup: hash([receipt.body.as_slice()]),
    }
}

/// What a request told; absent when nobody can read it.
pub(super) fn split(app: &App, receipt: &Receipt) -> Option<Vec<Notification>> {
    let webhooks = app.platforms.get(receipt.platform.as_str())?.webhooks()?;
    unharmed(|| webhooks.split(&receipt.body))?.ok()
}

/// A mistake in one platform's folder must not end the hearing of all; the panic itself has been logged.
fn unharmed<T>(read: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(read)).ok()
}

/// Tells events apart: half of a SHA-256 of these parts.
fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    hex::encode(&hash.finalize()[..16])
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
fn events(app: &App, told: Vec<(&Receipt, Vec<Told>)>, connected: &Connected) -> Vec<NewEvent> {
    let now = app.now();
    let mut events = Vec::new();
    for (receipt, told) in told {
        for (position, one) in told.iter().enumerate() {
            let key = (receipt.platform.clone(), one.account().to_owned());
            let owners: Vec<Option<WorkspaceId>> = match connected.get(&key) {
                Some(workspaces) => trial::meant(receipt, workspaces).map(Some).collect(),
                None => vec![None],
            };
            events.extend(owners.into_iter().map(|workspace| NewEvent {
                id: WebhookEventId::new(now),
                receipt: receipt.id,
                position,
                workspace,
                platform: receipt.platform.clone(),
                account: one.account().to_owned(),
                kind: trial::kind(receipt, one.kind()).into_owned(),
                dedup: one.dedup.clone(),
                occurred_at: one.said.as_ref().ok().and_then(|said| said.occurred_at),
                received_at: receipt.received_at,
                start: start(app, &receipt.platform, one, workspace),
            }));
        }
    }
    events
}

fn start(app: &App, platform: &str, told: &Told, workspace: Option<WorkspaceId>) -> Start {
    match (&told.said, workspace) {
        (Err(why), _) => Start::Hopeless(why.clone()),
        (Ok(said), _) if said.kind == Notification::UNREADABLE => {
            Start::Hopeless(UNREADABLE.to_owned())
        }
        (Ok(_), Some(_)) => Start::Pending,
        (Ok(said), None) => Start::Over {
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
    let facts = webhooks.and_then(|webhooks| unharmed(|| webhooks.facts(said)));
    !matches!(facts, None | Some(Ok(None)))
}
