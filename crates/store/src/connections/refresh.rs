//! Renewing a grant: one at a time, each try on record before it is made, and no late answer over a newer grant.

use fanfare_domain::{ConnectionId, ConnectionStatus};
use jiff::Timestamp;

use super::{Address, LastError, json};
use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// One try, as the log keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Sorts by time; any unique text.
    pub id: &'a str,
    pub connection: ConnectionId,
}

/// What the platform gave in place of the old tokens.
#[derive(Debug, Clone)]
pub struct Refreshed<'a> {
    pub sealed: Vec<u8>,
    pub name: &'a str,
    pub avatar_url: Option<&'a str>,
    pub scopes: &'a [String],
    pub expires_at: Option<Timestamp>,
    pub refreshable: bool,
}

/// Takes the right to renew the grant of that generation until `until`, and answers its sealed tokens. Absent when somebody
/// else has it, or renewed it already, or when there are no tokens.
pub async fn lease_for_refresh(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    generation: i64,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<Vec<u8>>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "UPDATE connections SET refresh_lease = $4, refresh_lease_until = $6
             WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND credentials IS NOT NULL
                 AND (refresh_lease IS NULL OR refresh_lease_until <= $5)
             RETURNING credentials"
        ),
        binds![workspace, id, generation, lease, now, until],
        |row| row.bytes("credentials"),
    )
    .await
}

/// Puts the new tokens in place, unless the grant changed since `generation`: then it answers false and nothing is touched.
///
/// An expired lease alone does not forbid it: if nobody renewed meanwhile, a late answer is the only good one there is.
/// What the platform left out stays as it was.
pub async fn keep_refreshed(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    generation: i64,
    lease: &str,
    new: &Refreshed<'_>,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE connections
                 SET credentials = $5, generation = generation + 1, status = 'connected',
                     name = CASE WHEN $6 = '' THEN name ELSE $6 END, avatar_url = COALESCE($7, avatar_url),
                     scopes = CASE WHEN $8 = '[]' THEN scopes ELSE $8 END, expires_at = $9, refreshable = $10,
                     last_synced_at = $11, updated_at = $11, error_code = NULL, error_detail = NULL, error_advice = NULL,
                     refresh_lease_until = CASE WHEN refresh_lease = $4 THEN NULL ELSE refresh_lease_until END,
                     refresh_lease = CASE WHEN refresh_lease = $4 THEN NULL ELSE refresh_lease END
                 WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND status <> 'disconnected'"
            ),
            binds![
                workspace,
                id,
                generation,
                lease,
                new.sealed.clone(),
                new.name,
                new.avatar_url,
                json(&new.scopes),
                new.expires_at,
                new.refreshable,
                now,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives the lease back with the reason, and the status that follows from it (absent: unchanged). False when the grant changed
/// since `generation`, so that the failure no longer says anything.
pub async fn refresh_failed(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    generation: i64,
    lease: &str,
    status: Option<ConnectionStatus>,
    error: &LastError,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE connections
                 SET status = COALESCE($5, status), error_code = $6, error_detail = $7, error_advice = $8, updated_at = $9,
                     refresh_lease_until = CASE WHEN refresh_lease = $4 THEN NULL ELSE refresh_lease_until END,
                     refresh_lease = CASE WHEN refresh_lease = $4 THEN NULL ELSE refresh_lease END
                 WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND status <> 'disconnected'"
            ),
            binds![
                workspace,
                id,
                generation,
                lease,
                status.map(|status| status.as_str().to_owned()),
                error.code,
                &error.detail,
                &error.advice,
                now,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Connections that renew themselves and end before `margin`, the earliest first, none that was renewed after `rested`:
/// grants that live for hours only would otherwise be renewed each time anybody looks.
pub async fn due_for_refresh(
    tx: &mut SystemTx,
    margin: Timestamp,
    rested: Timestamp,
    limit: u32,
) -> Result<Vec<Address>> {
    tx.all(
        sql!(
            "SELECT workspace_id, id FROM connections
             WHERE refreshable AND status IN ('connected', 'error') AND credentials IS NOT NULL
                 AND expires_at <= $1 AND last_synced_at <= $2
             ORDER BY expires_at LIMIT $3"
        ),
        binds![margin, rested, limit],
        |row| Ok((row.id("workspace_id")?, row.id("id")?)),
    )
    .await
}
