//! How long the things of a workspace are kept, and throwing away what is older, a batch at a time.

use std::collections::BTreeMap;

use fanfare_domain::WorkspaceId;
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// What a workspace wants kept for how long. Absent is for good.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retention {
    pub audit_months: Option<i64>,
    pub key_log_days: Option<i64>,
    pub platform_answers_days: Option<i64>,
}

/// When old things were last thrown away, and how many of each.
#[derive(Debug, Clone, Default)]
pub struct LastRun {
    pub at: Option<Timestamp>,
    pub removed: BTreeMap<String, u64>,
}

/// What the workspace wants. Nobody said anything: everything is kept.
pub async fn get(tx: &mut WorkspaceTx) -> Result<(Retention, LastRun)> {
    let workspace = tx.workspace();
    let found = tx
        .optional(
            sql!(
                "SELECT workspace_id, audit_months, key_log_days, platform_answers_days, ran_at, removed
                 FROM retention WHERE workspace_id = $1"
            ),
            binds![workspace],
            read,
        )
        .await?;
    Ok(found
        .map(|(_, retention, run)| (retention, run))
        .unwrap_or_default())
}

pub async fn set(tx: &mut WorkspaceTx, retention: Retention) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO retention (workspace_id, audit_months, key_log_days, platform_answers_days, removed)
             VALUES ($1, $2, $3, $4, '{}')
             ON CONFLICT (workspace_id) DO UPDATE
             SET audit_months = excluded.audit_months, key_log_days = excluded.key_log_days,
                 platform_answers_days = excluded.platform_answers_days"
        ),
        binds![
            workspace,
            retention.audit_months,
            retention.key_log_days,
            retention.platform_answers_days,
        ],
    )
    .await?;
    Ok(())
}

/// The workspaces that want something thrown away, after `after`.
pub async fn all(
    tx: &mut SystemTx,
    after: Option<WorkspaceId>,
    limit: u32,
) -> Result<Vec<(WorkspaceId, Retention)>> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    let rows = tx
        .all(
            sql!(
                "SELECT workspace_id, audit_months, key_log_days, platform_answers_days, ran_at, removed FROM retention
                 WHERE workspace_id > $1
                     AND (audit_months IS NOT NULL OR key_log_days IS NOT NULL OR platform_answers_days IS NOT NULL)
                 ORDER BY workspace_id LIMIT $2"
            ),
            binds![after, limit],
            read,
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(workspace, retention, _)| (workspace, retention))
        .collect())
}

pub async fn note_run(
    tx: &mut WorkspaceTx,
    removed: &BTreeMap<String, u64>,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    let removed = serde_json::to_string(removed).expect("figures are plain JSON");
    tx.execute(
        sql!("UPDATE retention SET ran_at = $2, removed = $3 WHERE workspace_id = $1"),
        binds![workspace, now, removed],
    )
    .await?;
    Ok(())
}

/// Throws away up to `limit` of the calls with keys from before `instant`; answers how many.
pub async fn forget_key_calls(tx: &mut WorkspaceTx, instant: Timestamp, limit: u32) -> Result<u64> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "DELETE FROM api_key_calls WHERE id IN
                 (SELECT id FROM api_key_calls WHERE workspace_id = $1 AND at < $2 ORDER BY id LIMIT $3)"
        ),
        binds![workspace, instant, limit],
    )
    .await
}

/// Takes platforms' own words out of up to `limit` tries from before `instant`; answers how many.
pub async fn forget_platform_answers(
    tx: &mut WorkspaceTx,
    instant: Timestamp,
    limit: u32,
) -> Result<u64> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE delivery_attempts SET log = '' WHERE id IN
                 (SELECT id FROM delivery_attempts
                  WHERE workspace_id = $1 AND finished_at < $2 AND log <> '' ORDER BY id LIMIT $3)"
        ),
        binds![workspace, instant, limit],
    )
    .await
}

fn read(row: &Row) -> Result<(WorkspaceId, Retention, LastRun)> {
    let retention = Retention {
        audit_months: row.optional_int("audit_months")?,
        key_log_days: row.optional_int("key_log_days")?,
        platform_answers_days: row.optional_int("platform_answers_days")?,
    };
    let run = LastRun {
        at: row.optional_instant("ran_at")?,
        removed: row.json("removed")?,
    };
    Ok((row.id("workspace_id")?, retention, run))
}
