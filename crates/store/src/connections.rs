//! Grants on platforms. Tokens are sealed before they come here, and leave only through [`sealed_credentials`].

mod alerts;
pub mod checks;
mod refresh;
mod refresh_log;
pub mod settings;

use std::collections::BTreeMap;

use fanfare_domain::connection::Renewal;
use fanfare_domain::{ConnectionId, ConnectionStatus, ErrorCode, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, comma_list, sql, sql_in};

pub use alerts::{ending, mark_alerted};
pub use refresh::{
    Due, Failed, Lease, Refreshed, due_for_refresh, hold_lease, keep_refreshed, lease_for_refresh,
    refresh_failed,
};
pub use refresh_log::{Renewed, close_abandoned, log_attempt, log_outcome, refresh_log};

/// One grant, without its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    pub id: ConnectionId,
    pub platform: String,
    pub remote_id: String,
    pub name: String,
    pub avatar_url: Option<String>,
    /// As on record; [`ConnectionStatus::at`] says what it means now.
    pub status: ConnectionStatus,
    pub scopes: Vec<String>,
    pub expires_at: Option<Timestamp>,
    /// It can be renewed without the person.
    pub refreshable: bool,
    /// What was typed before consenting, such as the server's address.
    pub connect_fields: BTreeMap<String, String>,
    /// Counts changes of the credentials.
    pub generation: i64,
    /// Somebody is renewing it until then, unless they died.
    pub refresh_lease_until: Option<Timestamp>,
    /// How many tries to renew it have failed in a row.
    pub refresh_failures: i64,
    pub last_synced_at: Option<Timestamp>,
    pub last_error: Option<LastError>,
    pub created_at: Timestamp,
}

/// A connection and the workspace it lives in.
pub type Address = (WorkspaceId, ConnectionId);

/// What last went wrong, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastError {
    pub code: ErrorCode,
    pub detail: String,
    /// The word that the API and the interface use for what to do.
    pub advice: String,
}

/// What a person was just granted.
#[derive(Debug, Clone)]
pub struct NewConnection<'a> {
    /// Used unless the account is connected already.
    pub id: ConnectionId,
    pub platform: &'a str,
    pub remote_id: &'a str,
    pub name: &'a str,
    pub avatar_url: Option<&'a str>,
    /// What the platform calls whoever consented when it speaks of their consent.
    pub person_id: Option<&'a str>,
    pub scopes: &'a [String],
    pub expires_at: Option<Timestamp>,
    pub refreshable: bool,
    pub connect_fields: &'a BTreeMap<String, String>,
}

/// What the platform says of an account now.
#[derive(Debug, Clone)]
pub struct LookedUp<'a> {
    pub name: &'a str,
    pub avatar_url: Option<&'a str>,
    pub person_id: Option<&'a str>,
    pub scopes: &'a [String],
}

impl Connection {
    /// What the status on record means at `now`.
    #[must_use]
    pub fn status_at(&self, now: Timestamp) -> ConnectionStatus {
        let renewal = match (self.refreshable, &self.last_error) {
            (false, _) => Renewal::Never,
            (true, None) => Renewal::Works,
            (true, Some(_)) => Renewal::Fails,
        };
        self.status.at(now, self.expires_at, renewal)
    }
}

/// Adds the account, or gives the one that is there a new grant. Answers the id it has; [`set_credentials`] follows, because
/// tokens are sealed for that id.
pub async fn upsert(
    tx: &mut WorkspaceTx,
    new: &NewConnection<'_>,
    now: Timestamp,
) -> Result<ConnectionId> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "INSERT INTO connections (id, workspace_id, platform, remote_id, name, avatar_url, status, scopes, expires_at,
                 refreshable, connect_fields, generation, last_synced_at, created_at, updated_at, person_id, granted_at)
             VALUES ($1, $2, $3, $4, $5, $6, 'connected', $7, $8, $9, $10, 1, $11, $11, $11, $12, $11)
             ON CONFLICT (workspace_id, platform, remote_id) DO UPDATE
             SET name = excluded.name, avatar_url = excluded.avatar_url, status = excluded.status, scopes = excluded.scopes,
                 expires_at = excluded.expires_at, refreshable = excluded.refreshable,
                 connect_fields = excluded.connect_fields, generation = connections.generation + 1,
                 refresh_lease = NULL, refresh_lease_until = NULL, refresh_failures = 0, refresh_after = NULL,
                 last_synced_at = excluded.last_synced_at, person_id = COALESCE(excluded.person_id, connections.person_id),
                 error_code = NULL, error_detail = NULL, error_advice = NULL, alerted_at = NULL, updated_at = excluded.updated_at,
                 granted_at = excluded.granted_at
             RETURNING id"
        ),
        binds![
            new.id,
            workspace,
            new.platform,
            new.remote_id,
            new.name,
            new.avatar_url,
            json(&new.scopes),
            new.expires_at,
            new.refreshable,
            json(&new.connect_fields),
            now,
            new.person_id,
        ],
        |row| row.id("id"),
    )
    .await
}

/// Puts sealed tokens in the place of whatever was there. Only in the transaction of [`upsert`]; renewing goes through
/// [`keep_refreshed`].
pub async fn set_credentials(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    sealed: Vec<u8>,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE connections SET credentials = $3 WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id, sealed],
    )
    .await?;
    Ok(())
}

/// The sealed tokens; absent once disconnected.
pub async fn sealed_credentials(tx: &mut WorkspaceTx, id: ConnectionId) -> Result<Option<Vec<u8>>> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT credentials FROM connections WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
        |row| row.optional_bytes("credentials"),
    )
    .await
}

/// One connection, or `NotFound`.
pub async fn get(tx: &mut WorkspaceTx, id: ConnectionId) -> Result<Connection> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT id, platform, remote_id, name, avatar_url, status, scopes, expires_at, refreshable, connect_fields,
                 generation, refresh_lease_until, refresh_failures, last_synced_at, error_code, error_detail, error_advice, created_at
             FROM connections WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// Connections in the order they were made, from after `after`; of one platform when named.
pub async fn list(
    tx: &mut WorkspaceTx,
    platform: Option<&str>,
    after: Option<ConnectionId>,
    limit: u32,
) -> Result<Vec<Connection>> {
    let workspace = tx.workspace();
    let after = after.map_or_else(String::new, |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, platform, remote_id, name, avatar_url, status, scopes, expires_at, refreshable, connect_fields,
                 generation, refresh_lease_until, refresh_failures, last_synced_at, error_code, error_detail, error_advice, created_at
             FROM connections WHERE workspace_id = $1 AND ($2 = '' OR platform = $2) AND id > $3
             ORDER BY id LIMIT $4"
        ),
        binds![workspace, platform.unwrap_or_default(), after, limit],
        read,
    )
    .await
}

/// Those of `ids` that there are, in the order they were made.
pub async fn many(tx: &mut WorkspaceTx, ids: &[ConnectionId]) -> Result<Vec<Connection>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT id, platform, remote_id, name, avatar_url, status, scopes, expires_at, refreshable, connect_fields,
             generation, refresh_lease_until, refresh_failures, last_synced_at, error_code, error_detail, error_advice, created_at
         FROM connections WHERE workspace_id = $1 AND id ",
        "$2",
        " ORDER BY id"
    );
    tx.all(text, binds![workspace, comma_list(ids)], read).await
}

/// How many accounts of each platform are connected.
pub async fn counts(tx: &mut WorkspaceTx) -> Result<BTreeMap<String, i64>> {
    let workspace = tx.workspace();
    let rows = tx
        .all(
            sql!(
                "SELECT platform, COUNT(*) AS connected FROM connections
                 WHERE workspace_id = $1 AND status <> 'disconnected' GROUP BY platform"
            ),
            binds![workspace],
            |row| Ok((row.text("platform")?, row.int("connected")?)),
        )
        .await?;
    Ok(rows.into_iter().collect())
}

/// Notes what went wrong, with the status that follows from it; absent leaves the status alone.
pub async fn set_error(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    status: Option<ConnectionStatus>,
    error: &LastError,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE connections
             SET status = COALESCE($3, status), error_code = $4, error_detail = $5, error_advice = $6, updated_at = $7
             WHERE workspace_id = $1 AND id = $2 AND status <> 'disconnected'"
        ),
        binds![
            workspace,
            id,
            status.map(|status| status.as_str().to_owned()),
            error.code,
            &error.detail,
            &error.advice,
            now,
        ],
    )
    .await?;
    Ok(())
}

/// Notes what the platform says of the account now, without touching its tokens; what it left out stays as it was. False when
/// the grant changed since `generation`, or is gone.
pub async fn keep_looked_up(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    generation: i64,
    seen: &LookedUp<'_>,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE connections
                 SET status = 'connected', name = CASE WHEN $4 = '' THEN name ELSE $4 END,
                     avatar_url = COALESCE($5, avatar_url), scopes = CASE WHEN $6 = '[]' THEN scopes ELSE $6 END,
                     person_id = COALESCE($8, person_id), last_synced_at = $7, updated_at = $7, alerted_at = CASE WHEN status = 'connected' THEN alerted_at ELSE NULL END,
                     error_code = NULL, error_detail = NULL, error_advice = NULL
                 WHERE workspace_id = $1 AND id = $2 AND generation = $3 AND status <> 'disconnected'"
            ),
            binds![workspace, id, generation, seen.name, seen.avatar_url, json(&seen.scopes), now, seen.person_id],
        )
        .await?;
    Ok(rows == 1)
}

/// Notes when the platform said that the person took their consent back, by its clock.
pub async fn note_deauthorized(
    tx: &mut WorkspaceTx,
    id: ConnectionId,
    said_at: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE connections SET deauthorized_at = $3
             WHERE workspace_id = $1 AND id = $2 AND (deauthorized_at IS NULL OR deauthorized_at < $3)"
        ),
        binds![workspace, id, said_at],
    )
    .await?;
    Ok(())
}

/// Forgets the tokens and whatever went wrong with them. The row stays: posts and the audit log point at it.
pub async fn disconnect(tx: &mut WorkspaceTx, id: ConnectionId, now: Timestamp) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE connections
             SET status = 'disconnected', credentials = NULL, generation = generation + 1, refresh_lease = NULL,
                 refresh_lease_until = NULL, refresh_failures = 0, refresh_after = NULL, error_code = NULL, error_detail = NULL,
                 error_advice = NULL, alerted_at = NULL, updated_at = $3
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, now],
    )
    .await?;
    Ok(())
}

/// Withdraws grants whose tokens, or whose channels' tokens, that key sealed: nobody can read them any more.
pub async fn withdraw_sealed_by(
    tx: &mut SystemTx,
    key: u8,
    error: &LastError,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE connections
             SET status = 'revoked', credentials = NULL, generation = generation + 1, refresh_lease = NULL,
                 refresh_lease_until = NULL, error_code = $2, error_detail = $3, error_advice = $4, updated_at = $5
             WHERE status <> 'disconnected'
                 AND (substr(credentials, 1, 1) = $1
                     OR id IN (SELECT connection_id FROM channels WHERE substr(credentials, 1, 1) = $1))"
        ),
        binds![vec![key], error.code, &error.detail, &error.advice, now],
    )
    .await?;
    Ok(())
}

/// On which platforms the same remote account is connected elsewhere, here or in another workspace: giving a grant back at the
/// platform would take it from those too.
pub async fn platforms_elsewhere(
    tx: &mut SystemTx,
    remote_id: &str,
    except: ConnectionId,
) -> Result<Vec<String>> {
    tx.all(
        sql!(
            "SELECT DISTINCT platform FROM connections
             WHERE remote_id = $1 AND id <> $2 AND credentials IS NOT NULL LIMIT 100"
        ),
        binds![remote_id, except],
        |row| row.text("platform"),
    )
    .await
}

fn read(row: &Row) -> Result<Connection> {
    Ok(Connection {
        id: row.id("id")?,
        platform: row.text("platform")?,
        remote_id: row.text("remote_id")?,
        name: row.text("name")?,
        avatar_url: row.optional_text("avatar_url")?,
        status: row.named("status", ConnectionStatus::parse)?,
        scopes: row.json("scopes")?,
        expires_at: row.optional_instant("expires_at")?,
        refreshable: row.bool("refreshable")?,
        connect_fields: row.json("connect_fields")?,
        generation: row.int("generation")?,
        refresh_lease_until: row.optional_instant("refresh_lease_until")?,
        refresh_failures: row.int("refresh_failures")?,
        last_synced_at: row.optional_instant("last_synced_at")?,
        last_error: read_error(row)?,
        created_at: row.instant("created_at")?,
    })
}

fn read_error(row: &Row) -> Result<Option<LastError>> {
    let Some(code) = row.optional_text("error_code")? else {
        return Ok(None);
    };
    Ok(Some(LastError {
        // A code of a later version, seen after going back to this one.
        code: ErrorCode::parse(&code).unwrap_or(ErrorCode::PlatformRefused),
        detail: row.optional_text("error_detail")?.unwrap_or_default(),
        advice: row.optional_text("error_advice")?.unwrap_or_default(),
    }))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("lists and maps of text are plain JSON")
}
