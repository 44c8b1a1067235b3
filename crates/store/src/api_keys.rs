//! Keys by which programs call the API. The table holds the hash of a key's text, never the text.

use fanfare_domain::role::Role;
use fanfare_domain::{Action, ApiKeyId, UserId, WorkspaceId};
use jiff::Timestamp;
use serde_json::json;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// One key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    pub id: ApiKeyId,
    /// Who made it.
    pub user: UserId,
    pub user_name: String,
    /// What they are in the workspace; absent when they left it, or may no longer sign in.
    pub role: Option<Role>,
    pub name: String,
    pub scopes: Vec<Action>,
    /// Networks it may be used from; none means anywhere.
    pub allowed_ips: Vec<String>,
    pub rate_per_minute: u32,
    /// What people know it by.
    pub preview: String,
    /// Until when the text before the last rotation works.
    pub old_until: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub rotated_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
}

/// A key that somebody shows, with what its workspace asks of them.
#[derive(Debug, Clone)]
pub struct ShownKey {
    pub key: ApiKey,
    pub workspace: WorkspaceId,
    /// The workspace asks its members for a second step, and whoever made the key has neither that nor a passkey.
    pub lacks_second_step: bool,
}

/// What a rotation puts in place of a key's text.
#[derive(Debug, Clone)]
pub struct NewText<'a> {
    pub hash: &'a str,
    pub preview: &'a str,
    /// Until when the present text works too, if at all.
    pub old_until: Option<Timestamp>,
}

pub async fn insert(tx: &mut WorkspaceTx, key: &ApiKey, hash: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO api_keys
                 (id, workspace_id, user_id, name, scopes, allowed_ips, rate_per_minute, hash, preview, expires_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        binds![
            key.id,
            workspace,
            key.user,
            &key.name,
            &json!(key.scopes),
            &json!(key.allowed_ips),
            key.rate_per_minute,
            hash,
            &key.preview,
            key.expires_at,
            key.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// The workspace's keys, the newest first; those made before `before` only.
pub async fn list(
    tx: &mut WorkspaceTx,
    before: Option<ApiKeyId>,
    limit: u32,
) -> Result<Vec<ApiKey>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT k.id, k.user_id, u.name AS user_name, u.disabled_at, m.role, k.name, k.scopes, k.allowed_ips, k.rate_per_minute,
                    k.preview, k.old_until, k.expires_at, k.created_at, k.rotated_at, k.last_used_at, k.revoked_at
             FROM api_keys k JOIN users u ON u.id = k.user_id
                  LEFT JOIN members m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id
             WHERE k.workspace_id = $1 AND k.id < $2 ORDER BY k.id DESC LIMIT $3"
        ),
        binds![workspace, before, limit],
        read,
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, id: ApiKeyId) -> Result<ApiKey> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT k.id, k.user_id, u.name AS user_name, u.disabled_at, m.role, k.name, k.scopes, k.allowed_ips, k.rate_per_minute,
                    k.preview, k.old_until, k.expires_at, k.created_at, k.rotated_at, k.last_used_at, k.revoked_at
             FROM api_keys k JOIN users u ON u.id = k.user_id
                  LEFT JOIN members m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id
             WHERE k.workspace_id = $1 AND k.id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// The key with that text, or with that text before its last rotation while that still works.
pub async fn of_hash(tx: &mut SystemTx, hash: &str, now: Timestamp) -> Result<Option<ShownKey>> {
    tx.optional(
        sql!(
            "SELECT k.id, k.workspace_id, k.user_id, u.name AS user_name, u.disabled_at, m.role, k.name, k.scopes, k.allowed_ips,
                    k.rate_per_minute, k.preview, k.old_until, k.expires_at, k.created_at, k.rotated_at, k.last_used_at, k.revoked_at,
                    w.requires_two_factor AND u.two_factor_at IS NULL
                        AND NOT EXISTS (SELECT 1 FROM passkeys p WHERE p.user_id = u.id) AS lacks_second_step
             FROM api_keys k JOIN users u ON u.id = k.user_id JOIN workspaces w ON w.id = k.workspace_id
                  LEFT JOIN members m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id
             WHERE k.hash = $1 OR (k.old_hash = $1 AND k.old_until > $2)"
        ),
        binds![hash, now],
        |row| {
            Ok(ShownKey {
                key: read(row)?,
                workspace: row.id("workspace_id")?,
                lacks_second_step: row.bool("lacks_second_step")?,
            })
        },
    )
    .await
}

/// Saves what people can change: name, scopes, networks, rate and expiry.
pub async fn update(tx: &mut WorkspaceTx, key: &ApiKey) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE api_keys SET name = $3, scopes = $4, allowed_ips = $5, rate_per_minute = $6, expires_at = $7
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            key.id,
            &key.name,
            &json!(key.scopes),
            &json!(key.allowed_ips),
            key.rate_per_minute,
            key.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// Gives it another text. The present one becomes the old one; the one before that is forgotten.
pub async fn rotate(
    tx: &mut WorkspaceTx,
    id: ApiKeyId,
    text: NewText<'_>,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE api_keys SET old_hash = hash, old_until = $5, hash = $3, preview = $4, rotated_at = $6
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, text.hash, text.preview, text.old_until, now],
    )
    .await?;
    Ok(())
}

/// False when it was revoked before.
pub async fn revoke(tx: &mut WorkspaceTx, id: ApiKeyId, now: Timestamp) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE api_keys SET revoked_at = $3
                 WHERE workspace_id = $1 AND id = $2 AND revoked_at IS NULL"
            ),
            binds![workspace, id, now],
        )
        .await?;
    Ok(rows == 1)
}

/// Forgets keys that were revoked, or have expired, before `age`; answers how many.
pub async fn delete_dead(tx: &mut SystemTx, age: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM api_keys WHERE revoked_at < $1 OR expires_at < $1"),
        binds![age],
    )
    .await
}

fn read(row: &Row) -> Result<ApiKey> {
    let role = row.optional_text("role")?;
    let is_disabled = row.optional_int("disabled_at")?.is_some();
    let scopes: Vec<String> = row.json("scopes")?;
    Ok(ApiKey {
        id: row.id("id")?,
        user: row.id("user_id")?,
        user_name: row.text("user_name")?,
        role: role
            .filter(|_| !is_disabled)
            .and_then(|role| Role::parse(&role)),
        name: row.text("name")?,
        // One that a newer version knew allows nothing here.
        scopes: scopes
            .iter()
            .filter_map(|scope| Action::parse(scope))
            .collect(),
        allowed_ips: row.json("allowed_ips")?,
        rate_per_minute: u32::try_from(row.int("rate_per_minute")?).unwrap_or(0),
        preview: row.text("preview")?,
        old_until: row.optional_instant("old_until")?,
        expires_at: row.optional_instant("expires_at")?,
        created_at: row.instant("created_at")?,
        rotated_at: row.optional_instant("rotated_at")?,
        last_used_at: row.optional_instant("last_used_at")?,
        revoked_at: row.optional_instant("revoked_at")?,
    })
}
