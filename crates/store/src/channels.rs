//! What a connection lets us publish to.

mod order;

use fanfare_domain::{ChannelId, ConnectionId, WorkspaceId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, comma_list, sql, sql_in};

pub use order::{in_order, place};

/// One page, account or profile, without its tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    pub id: ChannelId,
    pub connection_id: ConnectionId,
    pub platform: String,
    pub remote_id: String,
    /// The platform's, or the one a person gave it.
    pub name: String,
    pub kind: String,
    pub avatar_url: Option<String>,
    pub url: Option<String>,
    /// What differs from server to server or account to account, in the platform's own terms.
    pub limits: Json,
    /// In words, what is missing before publishing works.
    pub problem: Option<String>,
    pub enabled: bool,
    pub paused: bool,
    /// The platform takes nothing more before then.
    pub limited_until: Option<Timestamp>,
    /// Its connection was given back; the row stays for the posts that point at it.
    pub removed_at: Option<Timestamp>,
    /// Where it stands among the workspace's channels.
    pub position: i64,
    pub created_at: Timestamp,
}

/// A channel as the platform lists it now.
#[derive(Debug, Clone)]
pub struct ListedChannel<'a> {
    /// Used unless the channel is known already.
    pub id: ChannelId,
    pub connection_id: ConnectionId,
    pub platform: &'a str,
    pub remote_id: &'a str,
    pub name: &'a str,
    pub kind: &'a str,
    pub avatar_url: Option<&'a str>,
    pub url: Option<&'a str>,
    pub limits: &'a Json,
    pub problem: Option<&'a str>,
}

/// What a person changes; absent stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ChannelChange {
    pub name: Option<String>,
    pub enabled: Option<bool>,
    pub paused: Option<bool>,
}

/// Adds a channel or brings the known one up to date; name, switch and pause that a person chose stay. Answers the id it has;
/// its tokens follow, sealed for that id.
///
/// Two connections may list the same channel. It follows the one that a person consented to last (`consented`); a renewal
/// takes it only from a connection that was given back, and answers nothing otherwise.
pub async fn upsert(
    tx: &mut WorkspaceTx,
    listed: &ListedChannel<'_>,
    consented: bool,
    now: Timestamp,
) -> Result<Option<ChannelId>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "INSERT INTO channels (id, workspace_id, connection_id, platform, remote_id, name, kind, avatar_url, url, renamed,
                 limits, problem, enabled, paused, position, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, FALSE, $10, $11, TRUE, FALSE,
                 (SELECT COALESCE(MAX(last.position) + 1, 0) FROM channels AS last WHERE last.workspace_id = $2), $13, $13)
             ON CONFLICT (workspace_id, platform, remote_id) DO UPDATE
             SET connection_id = excluded.connection_id,
                 name = CASE WHEN channels.renamed THEN channels.name ELSE excluded.name END,
                 kind = excluded.kind, avatar_url = excluded.avatar_url, url = excluded.url, limits = excluded.limits,
                 problem = excluded.problem, removed_at = NULL, updated_at = excluded.updated_at
             WHERE $12 OR channels.connection_id = excluded.connection_id OR channels.removed_at IS NOT NULL
             RETURNING id"
        ),
        binds![
            listed.id,
            workspace,
            listed.connection_id,
            listed.platform,
            listed.remote_id,
            listed.name,
            listed.kind,
            listed.avatar_url,
            listed.url,
            listed.limits,
            listed.problem,
            consented,
            now,
        ],
        |row| row.id("id"),
    )
    .await
}

/// Puts the channel's own sealed tokens in place; absent where it uses its connection's.
pub async fn set_credentials(
    tx: &mut WorkspaceTx,
    id: ChannelId,
    sealed: Option<Vec<u8>>,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE channels SET credentials = $3 WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id, sealed],
    )
    .await?;
    Ok(())
}

/// The channel's own sealed tokens; absent where it uses its connection's.
pub async fn sealed_credentials(tx: &mut WorkspaceTx, id: ChannelId) -> Result<Option<Vec<u8>>> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT credentials FROM channels WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
        |row| row.optional_bytes("credentials"),
    )
    .await
}

/// One channel, removed or not, or `NotFound`.
pub async fn get(tx: &mut WorkspaceTx, id: ChannelId) -> Result<Channel> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT id, connection_id, platform, remote_id, name, kind, avatar_url, url, limits, problem, enabled, paused,
                 limited_until, removed_at, position, created_at
             FROM channels WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// The one that the platform calls so, unless it was removed.
pub async fn by_remote_id(
    tx: &mut WorkspaceTx,
    platform: &str,
    remote_id: &str,
) -> Result<Option<Channel>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT id, connection_id, platform, remote_id, name, kind, avatar_url, url, limits, problem, enabled, paused,
                 limited_until, removed_at, position, created_at
             FROM channels WHERE workspace_id = $1 AND platform = $2 AND remote_id = $3 AND removed_at IS NULL"
        ),
        binds![workspace, platform, remote_id],
        read,
    )
    .await
}

/// The id and name of the one that the platform calls so, removed or not.
pub async fn named(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    platform: &str,
    remote_id: &str,
) -> Result<Option<(ChannelId, String)>> {
    tx.optional(
        sql!(
            "SELECT id, name FROM channels WHERE workspace_id = $1 AND platform = $2 AND remote_id = $3"
        ),
        binds![workspace, platform, remote_id],
        |row| Ok((row.id("id")?, row.text("name")?)),
    )
    .await
}

/// Those of `ids` that there are, removed or not, in the order they were made.
pub async fn many(tx: &mut WorkspaceTx, ids: &[ChannelId]) -> Result<Vec<Channel>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT id, connection_id, platform, remote_id, name, kind, avatar_url, url, limits, problem, enabled, paused,
             limited_until, removed_at, position, created_at
         FROM channels WHERE workspace_id = $1 AND id ",
        "$2",
        " ORDER BY id"
    );
    tx.all(text, binds![workspace, comma_list(ids)], read).await
}

/// Channels that are not removed, in the workspace's order, from after `after`.
pub async fn list(
    tx: &mut WorkspaceTx,
    after: Option<ChannelId>,
    limit: u32,
) -> Result<Vec<Channel>> {
    let workspace = tx.workspace();
    let after = after.map_or_else(String::new, |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, connection_id, platform, remote_id, name, kind, avatar_url, url, limits, problem, enabled, paused,
                 limited_until, removed_at, position, created_at
             FROM channels WHERE workspace_id = $1 AND removed_at IS NULL AND ($2 = '' OR (position, id) >
                 ((SELECT before.position FROM channels AS before WHERE before.workspace_id = $1 AND before.id = $2), $2))
             ORDER BY position, id LIMIT $3"
        ),
        binds![workspace, after, limit],
        read,
    )
    .await
}

/// The channels of one connection that are not removed, in the workspace's order.
pub async fn of_connection(tx: &mut WorkspaceTx, connection: ConnectionId) -> Result<Vec<Channel>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, connection_id, platform, remote_id, name, kind, avatar_url, url, limits, problem, enabled, paused,
                 limited_until, removed_at, position, created_at
             FROM channels WHERE workspace_id = $1 AND connection_id = $2 AND removed_at IS NULL
             ORDER BY position, id"
        ),
        binds![workspace, connection],
        read,
    )
    .await
}

/// Makes a person's changes. A name they gave outlives later syncs.
pub async fn change(
    tx: &mut WorkspaceTx,
    id: ChannelId,
    change: &ChannelChange,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    let flag = |flag: Option<bool>| flag.map(i64::from);
    tx.execute(
        sql!(
            "UPDATE channels
             SET name = COALESCE($3, name), renamed = (renamed OR $3 IS NOT NULL),
                 enabled = (COALESCE($4, CASE WHEN enabled THEN 1 ELSE 0 END) = 1),
                 paused = (COALESCE($5, CASE WHEN paused THEN 1 ELSE 0 END) = 1), updated_at = $6
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            id,
            change.name.clone(),
            flag(change.enabled),
            flag(change.paused),
            now
        ],
    )
    .await?;
    Ok(())
}

/// Notes until when the platform takes nothing more.
pub async fn set_limited_until(
    tx: &mut WorkspaceTx,
    id: ChannelId,
    until: Option<Timestamp>,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE channels SET limited_until = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id, until, now],
    )
    .await?;
    Ok(())
}

/// Notes, in words, what is missing before publishing works; absent when nothing is.
pub async fn set_problem(
    tx: &mut WorkspaceTx,
    id: ChannelId,
    problem: Option<&str>,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channels SET problem = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, problem, now],
    )
    .await?;
    Ok(())
}

/// Removes the channels of a connection that is given back, and forgets their tokens.
pub async fn remove_of_connection(
    tx: &mut WorkspaceTx,
    connection: ConnectionId,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE channels SET removed_at = $3, credentials = NULL, updated_at = $3
             WHERE workspace_id = $1 AND connection_id = $2 AND removed_at IS NULL"
        ),
        binds![workspace, connection, now],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<Channel> {
    Ok(Channel {
        id: row.id("id")?,
        connection_id: row.id("connection_id")?,
        platform: row.text("platform")?,
        remote_id: row.text("remote_id")?,
        name: row.text("name")?,
        kind: row.text("kind")?,
        avatar_url: row.optional_text("avatar_url")?,
        url: row.optional_text("url")?,
        limits: row.json("limits")?,
        problem: row.optional_text("problem")?,
        enabled: row.bool("enabled")?,
        paused: row.bool("paused")?,
        limited_until: row.optional_instant("limited_until")?,
        removed_at: row.optional_instant("removed_at")?,
        position: row.int("position")?,
        created_at: row.instant("created_at")?,
    })
}
