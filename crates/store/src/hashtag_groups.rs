//! Hashtag groups: hashtags kept to be used together.

use fanfare_domain::{HashtagGroupId, UserId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// Hashtags that are used together.
#[derive(Debug, Clone, PartialEq)]
pub struct HashtagGroup {
    pub id: HashtagGroupId,
    pub name: String,
    /// A list of texts, each with its `#`.
    pub hashtags: Json,
    pub created_by: Option<UserId>,
    /// The maker's name now; empty when the account is gone.
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// Adds it. `name_key` is the name as names are told apart.
///
/// # Errors
/// `Conflict` when another has that name.
pub async fn insert(tx: &mut WorkspaceTx, group: &HashtagGroup, name_key: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO hashtag_groups (id, workspace_id, name, name_key, hashtags, created_by, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        binds![
            group.id,
            workspace,
            &group.name,
            name_key,
            &group.hashtags,
            group.created_by,
            group.created_at,
            group.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// Saves name and hashtags.
///
/// # Errors
/// `Conflict` when another has that name.
pub async fn update(tx: &mut WorkspaceTx, group: &HashtagGroup, name_key: &str) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE hashtag_groups SET name = $3, name_key = $4, hashtags = $5, updated_at = $6
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            group.id,
            &group.name,
            name_key,
            &group.hashtags,
            group.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// Which one has that name.
pub async fn named(tx: &mut WorkspaceTx, name_key: &str) -> Result<Option<HashtagGroupId>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!("SELECT id FROM hashtag_groups WHERE workspace_id = $1 AND name_key = $2"),
        binds![workspace, name_key],
        |row| row.id("id"),
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, id: HashtagGroupId) -> Result<HashtagGroup> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT t.id, t.name, t.hashtags, t.created_by, COALESCE(u.name, '') AS created_by_name, t.created_at,
                 t.updated_at
             FROM hashtag_groups t LEFT JOIN users u ON u.id = t.created_by
             WHERE t.workspace_id = $1 AND t.id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// Newest first, at most `limit`, older than `before`.
pub async fn list(
    tx: &mut WorkspaceTx,
    before: Option<HashtagGroupId>,
    limit: u32,
) -> Result<Vec<HashtagGroup>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT t.id, t.name, t.hashtags, t.created_by, COALESCE(u.name, '') AS created_by_name, t.created_at,
                 t.updated_at
             FROM hashtag_groups t LEFT JOIN users u ON u.id = t.created_by
             WHERE t.workspace_id = $1 AND t.id < $2
             ORDER BY t.id DESC LIMIT $3"
        ),
        binds![workspace, before, limit],
        read,
    )
    .await
}

pub async fn delete(tx: &mut WorkspaceTx, id: HashtagGroupId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM hashtag_groups WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<HashtagGroup> {
    Ok(HashtagGroup {
        id: row.id("id")?,
        name: row.text("name")?,
        hashtags: row.json("hashtags")?,
        created_by: row.optional_id("created_by")?,
        created_by_name: row.text("created_by_name")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
