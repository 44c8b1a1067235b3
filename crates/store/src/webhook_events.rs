//! What platforms told, event by event, and where each stands.
//!
//! Events of one lane are worked off in their order by whoever holds the lane's job; see `docs/decisions/0009-hearing.md`.

mod lane;
mod list;
mod replay;

use fanfare_domain::webhook::WebhookStatus;
use fanfare_domain::{WebhookEventId, WebhookReceiptId, WorkspaceId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{DatabaseKind, Result, Row, SystemTx, binds, dialect};

pub use lane::{Step, finish, mark_failed, mark_taken, next_due, open_of_lane, put_back};
pub use list::{
    Health, Scope, Stats, delete, delete_older, forget_deleted, get, health, health_of_accounts,
    last_of_account, list, not_understood, of_receipt, stats, unclaimed,
};
pub use replay::{Filter, claim, matching, put_back_in_line};

/// One event.
#[derive(Debug, Clone)]
pub struct WebhookEvent {
    pub id: WebhookEventId,
    pub receipt: WebhookReceiptId,
    /// Where in the receipt it stands.
    pub position: i64,
    /// Absent while no workspace has connected the account.
    pub workspace: Option<WorkspaceId>,
    pub platform: String,
    /// The page, account or number, as the platform calls it.
    pub account: String,
    pub kind: String,
    pub lane: String,
    pub status: WebhookStatus,
    pub understood: bool,
    pub attempts: i64,
    /// Attempts that failed since a person last asked for one.
    pub failed: i64,
    /// How often in a row the program died, or lost the lane, while it was worked off.
    pub interruptions: i64,
    pub effects: i64,
    pub due_at: Timestamp,
    pub occurred_at: Option<Timestamp>,
    pub received_at: Timestamp,
    pub processed_at: Option<Timestamp>,
    pub error: Option<String>,
    pub failures: Vec<Failure>,
}

/// One attempt that failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Failure {
    pub at: Timestamp,
    pub detail: String,
}

/// An event to be.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub id: WebhookEventId,
    pub receipt: WebhookReceiptId,
    pub position: usize,
    pub workspace: Option<WorkspaceId>,
    pub platform: String,
    pub account: String,
    pub kind: String,
    /// The same for the same event told twice.
    pub dedup: String,
    pub occurred_at: Option<Timestamp>,
    pub received_at: Timestamp,
    pub start: Start,
}

/// How an event begins.
#[derive(Debug, Clone)]
pub enum Start {
    /// It is to be worked off.
    Pending,
    /// Nobody has the account, so there is nothing to do now; whether Fanfare would know what, is told.
    Over { understood: bool },
    /// Nothing can ever come of it, and why.
    Hopeless(String),
}

/// The lane of an account's events in one workspace, or outside of all.
#[must_use]
pub fn lane(platform: &str, account: &str, workspace: Option<WorkspaceId>) -> String {
    let scope = workspace.map_or_else(|| "-".to_owned(), |id| id.to_string());
    format!("{platform}:{scope}:{account}")
}

/// Adds events, leaving out those that are there, and those that somebody deleted. Answers the lanes that got something to do.
pub async fn insert_all(
    tx: &mut SystemTx,
    events: &[NewEvent],
    now: Timestamp,
) -> Result<Vec<String>> {
    let rows: Vec<NewRow> = events.iter().map(|event| new_row(event, now)).collect();
    let rows = serde_json::to_string(&rows).expect("rows are plain JSON");
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::ADD_EVENTS,
        DatabaseKind::Sqlite => dialect::sqlite::ADD_EVENTS,
    };
    let added = tx
        .all(text, binds![rows], |row| {
            Ok((row.text("lane")?, row.text("status")?))
        })
        .await?;
    let pending = WebhookStatus::Pending.as_str();
    let mut lanes: Vec<String> = added
        .into_iter()
        .filter(|(_, status)| status == pending)
        .map(|(lane, _)| lane)
        .collect();
    lanes.sort_unstable();
    lanes.dedup();
    Ok(lanes)
}

/// An event as the statement takes it.
#[derive(Serialize)]
struct NewRow<'a> {
    id: WebhookEventId,
    receipt_id: WebhookReceiptId,
    position: usize,
    workspace_id: Option<WorkspaceId>,
    platform: &'a str,
    account: &'a str,
    kind: &'a str,
    lane: String,
    dedup: &'a str,
    status: &'static str,
    understood: bool,
    due_at: i64,
    occurred_at: Option<i64>,
    received_at: i64,
    processed_at: Option<i64>,
    error: Option<&'a str>,
}

fn new_row(event: &NewEvent, now: Timestamp) -> NewRow<'_> {
    let (status, understood, error) = match &event.start {
        Start::Pending => (WebhookStatus::Pending, true, None),
        Start::Over { understood } => (WebhookStatus::Processed, *understood, None),
        Start::Hopeless(why) => (WebhookStatus::DeadLetter, false, Some(why.as_str())),
    };
    NewRow {
        id: event.id,
        receipt_id: event.receipt,
        position: event.position,
        workspace_id: event.workspace,
        platform: &event.platform,
        account: &event.account,
        kind: &event.kind,
        lane: lane(&event.platform, &event.account, event.workspace),
        dedup: &event.dedup,
        status: status.as_str(),
        understood,
        due_at: now.as_millisecond(),
        occurred_at: event.occurred_at.map(Timestamp::as_millisecond),
        received_at: event.received_at.as_millisecond(),
        processed_at: (status == WebhookStatus::Processed).then(|| now.as_millisecond()),
        error,
    }
}

/// Which workspaces have connected accounts of a platform: each account and a workspace that has it.
pub async fn workspaces_of(
    tx: &mut SystemTx,
    platform: &str,
    accounts: &[&str],
) -> Result<Vec<(String, WorkspaceId)>> {
    let accounts = json!(accounts).to_string();
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::WORKSPACES_OF,
        DatabaseKind::Sqlite => dialect::sqlite::WORKSPACES_OF,
    };
    tx.all(text, binds![platform, accounts], |row| {
        Ok((row.text("remote_id")?, row.id("workspace_id")?))
    })
    .await
}

pub(super) fn read(row: &Row) -> Result<WebhookEvent> {
    Ok(WebhookEvent {
        id: row.id("id")?,
        receipt: row.id("receipt_id")?,
        position: row.int("position")?,
        workspace: row.optional_id("workspace_id")?,
        platform: row.text("platform")?,
        account: row.text("account")?,
        kind: row.text("kind")?,
        lane: row.text("lane")?,
        status: row.named("status", WebhookStatus::parse)?,
        understood: row.bool("understood")?,
        attempts: row.int("attempts")?,
        failed: row.int("failed")?,
        interruptions: row.int("interruptions")?,
        effects: row.int("effects")?,
        due_at: row.instant("due_at")?,
        occurred_at: row.optional_instant("occurred_at")?,
        received_at: row.instant("received_at")?,
        processed_at: row.optional_instant("processed_at")?,
        error: row.optional_text("error")?,
        failures: row.json("failures")?,
    })
}
