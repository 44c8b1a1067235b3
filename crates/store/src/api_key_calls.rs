//! What was done with API keys: how often on each day, and the last calls.

use fanfare_domain::{ApiKeyCallId, ApiKeyId};
use jiff::Timestamp;

use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// One call that was made with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyCall {
    pub id: ApiKeyCallId,
    pub key: ApiKeyId,
    pub at: Timestamp,
    pub method: String,
    /// The pattern of the address, as in the API's description.
    pub route: String,
    pub status: u16,
    pub took_micros: i64,
}

/// How often a key was used on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyDay {
    /// `2026-12-01`, UTC.
    pub day: String,
    pub calls: i64,
    /// Those that were answered with 400 or more.
    pub refused: i64,
}

/// Adds to what is counted. A key that is gone counts nothing.
pub async fn add_to_day(tx: &mut SystemTx, key: ApiKeyId, day: &KeyDay) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO api_key_days (key_id, workspace_id, day, calls, refused)
             SELECT id, workspace_id, CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT) FROM api_keys WHERE id = $1
             ON CONFLICT (key_id, day) DO UPDATE
             SET calls = api_key_days.calls + excluded.calls, refused = api_key_days.refused + excluded.refused"
        ),
        binds![key, &day.day, day.calls, day.refused],
    )
    .await?;
    Ok(())
}

/// Writes one call. One of a key that is gone is not written.
pub async fn insert(tx: &mut SystemTx, call: &KeyCall) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO api_key_calls (id, key_id, workspace_id, at, method, route, status, took_micros)
             SELECT CAST($1 AS TEXT), id, workspace_id, CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS TEXT),
                    CAST($6 AS BIGINT), CAST($7 AS BIGINT)
             FROM api_keys WHERE id = $2"
        ),
        binds![
            call.id,
            call.key,
            call.at,
            &call.method,
            &call.route,
            call.status,
            call.took_micros,
        ],
    )
    .await?;
    Ok(())
}

/// Forgets all but the newest calls of a key.
pub async fn trim(tx: &mut SystemTx, key: ApiKeyId, keep: u32) -> Result<()> {
    tx.execute(
        sql!(
            "DELETE FROM api_key_calls WHERE key_id = $1 AND id <=
                 (SELECT id FROM api_key_calls WHERE key_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)"
        ),
        binds![key, keep],
    )
    .await?;
    Ok(())
}

/// Notes when a key was used last.
pub async fn note_use(tx: &mut SystemTx, key: ApiKeyId, at: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE api_keys SET last_used_at = $2
             WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2)"
        ),
        binds![key, at],
    )
    .await?;
    Ok(())
}

/// The days since `from` on which it was used, oldest first.
pub async fn days(tx: &mut WorkspaceTx, key: ApiKeyId, from: &str) -> Result<Vec<KeyDay>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT day, calls, refused FROM api_key_days
             WHERE workspace_id = $1 AND key_id = $2 AND day >= $3 ORDER BY day LIMIT 1000"
        ),
        binds![workspace, key, from],
        |row| {
            Ok(KeyDay {
                day: row.text("day")?,
                calls: row.int("calls")?,
                refused: row.int("refused")?,
            })
        },
    )
    .await
}

/// The last calls, newest first; those before `before` only.
pub async fn list(
    tx: &mut WorkspaceTx,
    key: ApiKeyId,
    before: Option<ApiKeyCallId>,
    limit: u32,
) -> Result<Vec<KeyCall>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, key_id, at, method, route, status, took_micros FROM api_key_calls
             WHERE workspace_id = $1 AND key_id = $2 AND id < $3 ORDER BY id DESC LIMIT $4"
        ),
        binds![workspace, key, before, limit],
        |row| {
            Ok(KeyCall {
                id: row.id("id")?,
                key: row.id("key_id")?,
                at: row.instant("at")?,
                method: row.text("method")?,
                route: row.text("route")?,
                status: u16::try_from(row.int("status")?).unwrap_or(0),
                took_micros: row.int("took_micros")?,
            })
        },
    )
    .await
}

/// Forgets the figures of days before `day`.
pub async fn delete_days_before(tx: &mut SystemTx, day: &str) -> Result<u64> {
    tx.execute(sql!("DELETE FROM api_key_days WHERE day < $1"), binds![day])
        .await
}
