//! Events as people look at them.

use fanfare_domain::webhook::WebhookStatus;
use fanfare_domain::{WebhookEventId, WebhookReceiptId, WorkspaceId};
use jiff::Timestamp;

use super::replay::Filter;
use super::{WebhookEvent, read};
use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// Whose events one sees.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    pub workspace: WorkspaceId,
    /// Those that belong to nobody too.
    pub with_unclaimed: bool,
}

/// How many events there are of each status.
pub type Stats = Vec<(WebhookStatus, i64)>;

/// How a platform's events have gone lately.
#[derive(Debug, Clone)]
pub struct Health {
    pub platform: String,
    pub last_received_at: Option<Timestamp>,
    pub received: i64,
    /// Of those, the ones that failed and are not made good.
    pub failed: i64,
}

/// The newest before `before`, or of all.
pub async fn list(
    tx: &mut SystemTx,
    scope: Scope,
    filter: &Filter,
    before: Option<WebhookEventId>,
    limit: u32,
) -> Result<Vec<WebhookEvent>> {
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    let before = before.min(filter.ids_before.clone());
    tx.all(
        sql!(
            "SELECT * FROM webhook_events
             WHERE (workspace_id = $1 OR ($2 AND workspace_id IS NULL)) AND id < $3 AND id >= $4
                 AND ($5 = '' OR status = $5) AND ($6 = '' OR platform = $6) AND ($7 = '' OR kind = $7) AND ($8 = '' OR account = $8)
             ORDER BY id DESC LIMIT $9"
        ),
        binds![
            scope.workspace,
            scope.with_unclaimed,
            before,
            &filter.ids_from,
            &filter.status,
            &filter.platform,
            &filter.kind,
            &filter.account,
            limit,
        ],
        read,
    )
    .await
}

pub async fn get(
    tx: &mut SystemTx,
    scope: Scope,
    id: WebhookEventId,
) -> Result<Option<WebhookEvent>> {
    tx.optional(
        sql!(
            "SELECT * FROM webhook_events WHERE id = $3 AND (workspace_id = $1 OR ($2 AND workspace_id IS NULL))"
        ),
        binds![scope.workspace, scope.with_unclaimed, id],
        read,
    )
    .await
}

/// The event of a workspace that was the first thing in a request.
pub async fn of_receipt(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    receipt: WebhookReceiptId,
) -> Result<Option<WebhookEventId>> {
    tx.optional(
        sql!(
            "SELECT id FROM webhook_events WHERE receipt_id = $2 AND workspace_id = $1 ORDER BY position LIMIT 1"
        ),
        binds![workspace, receipt],
        |row| row.id("id"),
    )
    .await
}

pub async fn stats(tx: &mut SystemTx, scope: Scope) -> Result<Stats> {
    tx.all(
        sql!(
            "SELECT status, COUNT(*) AS events FROM webhook_events
             WHERE workspace_id = $1 OR ($2 AND workspace_id IS NULL) GROUP BY status"
        ),
        binds![scope.workspace, scope.with_unclaimed],
        |row| {
            Ok((
                row.named("status", WebhookStatus::parse)?,
                row.int("events")?,
            ))
        },
    )
    .await
}

/// How many events since then were of kinds that nothing is known about.
pub async fn not_understood(tx: &mut SystemTx, scope: Scope, from_id: &str) -> Result<i64> {
    tx.one(
        sql!(
            "SELECT COUNT(*) AS events FROM webhook_events
             WHERE (workspace_id = $1 OR ($2 AND workspace_id IS NULL)) AND NOT understood AND id >= $3"
        ),
        binds![scope.workspace, scope.with_unclaimed, from_id],
        |row| row.int("events"),
    )
    .await
}

/// How many events of accounts that nobody has are kept, and how many of them came since `from_id`.
pub async fn unclaimed(tx: &mut SystemTx, from_id: &str) -> Result<(i64, i64)> {
    tx.one(
        sql!(
            "SELECT COUNT(*) AS events, COALESCE(SUM(CASE WHEN id >= $1 THEN 1 ELSE 0 END), 0) AS late
             FROM webhook_events WHERE workspace_id IS NULL AND kind NOT LIKE 'test.%'"
        ),
        binds![from_id],
        |row| Ok((row.int("events")?, row.int("late")?)),
    )
    .await
}

/// How each platform of which something came since `known_from` has gone since `from_id`. Tests do not count: no platform sent them.
pub async fn health(
    tx: &mut SystemTx,
    scope: Scope,
    from_id: &str,
    known_from: &str,
) -> Result<Vec<Health>> {
    tx.all(
        sql!(
            "SELECT platform, MAX(received_at) AS last_received_at,
                 COALESCE(SUM(CASE WHEN id >= $3 THEN 1 ELSE 0 END), 0) AS received,
                 COALESCE(SUM(CASE WHEN id >= $3 AND status IN ('failed', 'dead_letter') THEN 1 ELSE 0 END), 0) AS failed
             FROM webhook_events WHERE (workspace_id = $1 OR ($2 AND workspace_id IS NULL)) AND id >= $4
                 AND kind NOT LIKE 'test.%'
             GROUP BY platform ORDER BY platform"
        ),
        binds![scope.workspace, scope.with_unclaimed, from_id, known_from],
        |row| {
            Ok(Health {
                platform: row.text("platform")?,
                last_received_at: row.optional_instant("last_received_at")?,
                received: row.int("received")?,
                failed: row.int("failed")?,
            })
        },
    )
    .await
}

/// How the events of each of a workspace's accounts have gone since `from_id`, as far as something came since `known_from`; without tests.
pub async fn health_of_accounts(
    tx: &mut WorkspaceTx,
    from_id: &str,
    known_from: &str,
) -> Result<Vec<(String, Health)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT platform, account, MAX(received_at) AS last_received_at,
                 COALESCE(SUM(CASE WHEN id >= $2 THEN 1 ELSE 0 END), 0) AS received,
                 COALESCE(SUM(CASE WHEN id >= $2 AND status IN ('failed', 'dead_letter') THEN 1 ELSE 0 END), 0) AS failed
             FROM webhook_events WHERE workspace_id = $1 AND id >= $3 AND kind NOT LIKE 'test.%' GROUP BY platform, account LIMIT 10000"
        ),
        binds![workspace, from_id, known_from],
        |row| {
            let health = Health {
                platform: row.text("platform")?,
                last_received_at: row.optional_instant("last_received_at")?,
                received: row.int("received")?,
                failed: row.int("failed")?,
            };
            Ok((row.text("account")?, health))
        },
    )
    .await
}

/// When something was last told of an account in a workspace, tests excepted.
pub async fn last_of_account(
    tx: &mut WorkspaceTx,
    platform: &str,
    account: &str,
) -> Result<Option<Timestamp>> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT MAX(received_at) AS last FROM webhook_events WHERE workspace_id = $1 AND platform = $2 AND account = $3
                 AND kind NOT LIKE 'test.%'"
        ),
        binds![workspace, platform, account],
        |row| row.optional_instant("last"),
    )
    .await
}

/// Deletes one that nobody is at; answers the receipt that it stood in. That it was here stays known: platforms tell again.
pub async fn delete(
    tx: &mut SystemTx,
    scope: Scope,
    id: WebhookEventId,
    now: Timestamp,
) -> Result<Option<WebhookReceiptId>> {
    tx.execute(
        sql!(
            "INSERT INTO deleted_webhook_events (dedup, scope, workspace_id, deleted_at)
             SELECT dedup, scope, workspace_id, $4 FROM webhook_events
             WHERE id = $3 AND (workspace_id = $1 OR ($2 AND workspace_id IS NULL)) AND status <> 'processing'
             ON CONFLICT (dedup, scope) DO NOTHING"
        ),
        binds![scope.workspace, scope.with_unclaimed, id, now],
    )
    .await?;
    tx.optional(
        sql!(
            "DELETE FROM webhook_events
             WHERE id = $3 AND (workspace_id = $1 OR ($2 AND workspace_id IS NULL)) AND status <> 'processing'
             RETURNING receipt_id"
        ),
        binds![scope.workspace, scope.with_unclaimed, id],
        |row| row.id("receipt_id"),
    )
    .await
}

/// Forgets up to `limit` events that were deleted before then.
pub async fn forget_deleted(tx: &mut SystemTx, before: Timestamp, limit: u32) -> Result<u64> {
    tx.execute(
        sql!(
            "DELETE FROM deleted_webhook_events WHERE (dedup, scope) IN (
                 SELECT d.dedup, d.scope FROM deleted_webhook_events d
                 WHERE d.deleted_at < $1 ORDER BY d.deleted_at LIMIT $2)"
        ),
        binds![before, limit],
    )
    .await
}

/// Forgets up to `limit` events from before `before_id` (see [`fanfare_domain::ids_from`]) of which nothing comes any more.
pub async fn delete_older(tx: &mut SystemTx, before_id: &str, limit: u32) -> Result<u64> {
    tx.execute(
        sql!(
            "DELETE FROM webhook_events WHERE id IN (
                 SELECT e.id FROM webhook_events e
                 WHERE e.id < $1 AND e.status IN ('processed', 'dead_letter') ORDER BY e.id LIMIT $2)"
        ),
        binds![before_id, limit],
    )
    .await
}
