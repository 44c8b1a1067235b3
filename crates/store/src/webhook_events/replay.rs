//! Having events worked off once more, and giving those of an account to the workspace that connected it.

use fanfare_domain::webhook::WebhookStatus;
use fanfare_domain::{WebhookEventId, WorkspaceId};
use jiff::Timestamp;

use super::{Scope, WebhookEvent, lane, read};
use crate::{Result, SystemTx, binds, comma_list, sql, sql_in};

/// Which events are meant. Empty texts mean all.
#[derive(Debug, Clone)]
pub struct Filter {
    /// Comma-separated; empty means all.
    pub ids: String,
    pub status: String,
    pub platform: String,
    pub kind: String,
    pub account: String,
    /// Ids sort by when they were received.
    pub ids_from: String,
    pub ids_before: String,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            ids: String::new(),
            status: String::new(),
            platform: String::new(),
            kind: String::new(),
            account: String::new(),
            ids_from: String::new(),
            // Ids are hexadecimal: `g` sorts after all of them.
            ids_before: "g".to_owned(),
        }
    }
}

/// The oldest of those that are meant and that are not waiting already, no more than `limit`.
pub async fn matching(
    tx: &mut SystemTx,
    scope: Option<Scope>,
    filter: &Filter,
    limit: u32,
) -> Result<Vec<WebhookEvent>> {
    let everybody = scope.is_none();
    let workspace = scope.map(|scope| scope.workspace.to_string());
    let with_unclaimed = scope.is_some_and(|scope| scope.with_unclaimed);
    let text = sql_in!(
        tx,
        "SELECT * FROM webhook_events
         WHERE ($1 OR workspace_id = $2 OR ($3 AND workspace_id IS NULL)) AND status NOT IN ('pending', 'processing')
             AND id >= $4 AND id < $5 AND ($6 = '' OR status = $6) AND ($7 = '' OR platform = $7) AND ($8 = '' OR kind = $8)
             AND ($9 = '' OR account = $9) AND ($10 = '' OR id ",
        "$10",
        ") ORDER BY id LIMIT $11"
    );
    tx.all(
        text,
        binds![
            everybody,
            workspace.unwrap_or_default(),
            with_unclaimed,
            &filter.ids_from,
            &filter.ids_before,
            &filter.status,
            &filter.platform,
            &filter.kind,
            &filter.account,
            &filter.ids,
            limit,
        ],
        read,
    )
    .await
}

/// Puts events that are not under way back in line, as if they had just come.
pub async fn put_back_in_line(
    tx: &mut SystemTx,
    ids: &[WebhookEventId],
    now: Timestamp,
) -> Result<u64> {
    let text = sql_in!(
        tx,
        "UPDATE webhook_events SET status = $2, due_at = $3, failed = 0, processed_at = NULL
         WHERE status NOT IN ('pending', 'processing') AND id ",
        "$1",
        ""
    );
    tx.execute(text, binds![comma_list(ids), WebhookStatus::Pending, now])
        .await
}

/// Gives events of an account that nobody had to a workspace, up to `limit`; answers how many.
pub async fn claim(
    tx: &mut SystemTx,
    platform: &str,
    account: &str,
    workspace: WorkspaceId,
    now: Timestamp,
    limit: u32,
) -> Result<u64> {
    let lane = lane(platform, account, Some(workspace));
    tx.execute(
            sql!(
                "UPDATE webhook_events
                 SET workspace_id = $3, scope = $3, lane = $4, status = 'pending', attempts = 0, failed = 0, due_at = $5,
                     processed_at = NULL
                 WHERE id IN (
                     SELECT e.id FROM webhook_events e
                     WHERE e.workspace_id IS NULL AND e.platform = $1 AND e.account = $2
                         AND e.status IN ('processed', 'dead_letter')
                         AND NOT EXISTS (SELECT 1 FROM webhook_events t WHERE t.dedup = e.dedup AND t.scope = $3)
                         AND NOT EXISTS (SELECT 1 FROM deleted_webhook_events d WHERE d.dedup = e.dedup AND d.scope = $3)
                     ORDER BY e.id LIMIT $6)"
            ),
            binds![platform, account, workspace, &lane, now, limit],
        )
        .await
}
