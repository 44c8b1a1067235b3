//! Renewing a grant: one at a time, each try on record before it is made, and no late answer over a newer grant.

use fanfare_domain::{ConnectionId, ConnectionStatus};
use jiff::Timestamp;

use super::{Address, LastError, json};
use crate::{Result, SystemTx, WorkspaceTx, binds, sql};

/// The right to renew the grant of one generation. Each lease of a connection has a higher fence than those before it: whoever
/// held an earlier one and is late changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    pub connection: ConnectionId,
    pub generation: i64,
    pub fence: i64,
}

/// What the platform gave in place of the old tokens.
#[derive(Debug, Clone)]
pub struct Refreshed<'a> {
    pub sealed: Vec<u8>,
    pub name: &'a str,
    pub avatar_url: Option<&'a str>,
    pub person_id: Option<&'a str>,
    pub scopes: &'a [String],
    pub expires_at: Option<Timestamp>,
    pub refreshable: bool,
}

/// A try that came to nothing.
#[derive(Debug, Clone)]
pub struct Failed<'a> {
    /// The status that follows; absent leaves it as it is.
    pub status: Option<ConnectionStatus>,
    pub error: &'a LastError,
    /// When it is tried again by itself.
    pub again_at: Timestamp,
}

/// A connection that should be renewed although nobody uses it.
#[derive(Debug, Clone)]
pub struct Due {
    pub address: Address,
    pub workspace_name: String,
}

/// Takes the right to renew the grant of that generation until `until`, and answers it with the sealed tokens. Absent when
/// somebody else has it, or renewed it already, or when there are no tokens. `name` is told to nobody but the log.
pub async fn lease_for_refresh(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    generation: i64,
    name: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<(Lease, Vec<u8>)>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "UPDATE connections
             SET refresh_lease = $4, refresh_lease_until = $6, refresh_fence = refresh_fence + 1
             WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND credentials IS NOT NULL
                 AND (refresh_lease IS NULL OR refresh_lease_until <= $5)
             RETURNING credentials, refresh_fence"
        ),
        binds![workspace, id, generation, name, now, until],
        |row| {
            let lease = Lease {
                connection: id,
                generation,
                fence: row.int("refresh_fence")?,
            };
            Ok((lease, row.bytes("credentials")?))
        },
    )
    .await
}

/// Holds the lease for longer. False when it has passed on, or the grant has changed: then nothing may be asked any more.
pub async fn hold_lease(tx: &mut WorkspaceTx, lease: Lease, until: Timestamp) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE connections SET refresh_lease_until = $5
                 WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND refresh_fence = $4 AND refresh_lease IS NOT NULL
                     AND status <> 'disconnected'"
            ),
            binds![workspace, lease.connection, lease.generation, lease.fence, until],
        )
        .await?;
    Ok(rows == 1)
}

/// Puts the new tokens in place, unless the grant changed since the lease was taken, or somebody else has a newer lease: then
/// it answers false and nothing is touched.
///
/// An expired lease alone does not forbid it: if nobody asked meanwhile, a late answer is the only good one there is.
/// What the platform left out stays as it was.
pub async fn keep_refreshed(
    tx: &mut WorkspaceTx,
    lease: Lease,
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
                     person_id = COALESCE($12, person_id),
                     last_synced_at = $11, updated_at = $11, alerted_at = NULL, error_code = NULL, error_detail = NULL, error_advice = NULL,
                     refresh_failures = 0, refresh_after = NULL, refresh_lease = NULL, refresh_lease_until = NULL
                 WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND refresh_fence = $4 AND status <> 'disconnected'"
            ),
            binds![
                workspace,
                lease.connection,
                lease.generation,
                lease.fence,
                new.sealed.clone(),
                new.name,
                new.avatar_url,
                json(&new.scopes),
                new.expires_at,
                new.refreshable,
                now,
                new.person_id,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives the lease back with the reason. Answers how many tries have failed in a row; absent when the grant changed since the
/// lease was taken or somebody else has a newer one, so that the failure no longer says anything.
pub async fn refresh_failed(
    tx: &mut WorkspaceTx,
    lease: Lease,
    failed: &Failed<'_>,
    now: Timestamp,
) -> Result<Option<i64>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "UPDATE connections
             SET status = COALESCE($5, status), error_code = $6, error_detail = $7, error_advice = $8, updated_at = $9,
                 refresh_failures = refresh_failures + 1, refresh_after = $10, refresh_lease = NULL, refresh_lease_until = NULL
             WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND refresh_fence = $4 AND status <> 'disconnected'
             RETURNING refresh_failures"
        ),
        binds![
            workspace,
            lease.connection,
            lease.generation,
            lease.fence,
            failed.status.map(|status| status.as_str().to_owned()),
            failed.error.code,
            &failed.error.detail,
            &failed.error.advice,
            now,
            failed.again_at,
        ],
        |row| row.int("refresh_failures"),
    )
    .await
}

/// Connections that renew themselves and should be renewed now, the earliest to end first: those that end before `margin` and
/// were not renewed after `rested` (grants that live for hours only would otherwise be renewed each time anybody looks), those
/// whose last try failed and whose pause is over, and those whose renewal somebody began and never ended.
pub async fn due_for_refresh(
    tx: &mut SystemTx,
    margin: Timestamp,
    rested: Timestamp,
    now: Timestamp,
    limit: u32,
) -> Result<Vec<Due>> {
    tx.all(
        sql!(
            "SELECT c.workspace_id, c.id, w.name AS workspace_name
             FROM connections c JOIN workspaces w ON w.id = c.workspace_id
             WHERE c.refreshable AND c.status IN ('connected', 'error') AND c.credentials IS NOT NULL
                 AND ((c.expires_at <= $1 AND c.refresh_lease IS NULL AND (c.refresh_after IS NULL OR c.refresh_after <= $3)
                         AND (c.last_synced_at <= $2 OR c.refresh_failures > 0))
                     OR (c.refresh_lease IS NOT NULL AND c.refresh_lease_until <= $3))
             ORDER BY c.expires_at, c.id LIMIT $4"
        ),
        binds![margin, rested, now, limit],
        |row| {
            Ok(Due {
                address: (row.id("workspace_id")?, row.id("id")?),
                workspace_name: row.text("workspace_name")?,
            })
        },
    )
    .await
}
