//! What a post said before: its earlier contents, numbered from 1.

use fanfare_domain::{PostId, UserId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// The content of a post for a time.
#[derive(Debug, Clone, PartialEq)]
pub struct PostVersion {
    pub number: i64,
    pub author_id: Option<UserId>,
    /// The author's name now; empty when the account is gone.
    pub author_name: String,
    /// The version whose content was taken back, if it began so.
    pub restored_from: Option<i64>,
    pub content: Json,
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

pub async fn insert(tx: &mut WorkspaceTx, post: PostId, version: &PostVersion) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO post_versions (workspace_id, post_id, number, author_id, restored_from, content, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        binds![
            workspace,
            post,
            version.number,
            version.author_id,
            version.restored_from,
            &version.content,
            version.created_at,
            version.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// Lets the version go on with new content.
pub async fn replace(
    tx: &mut WorkspaceTx,
    post: PostId,
    number: i64,
    content: &Json,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE post_versions SET content = $4, updated_at = $5
             WHERE workspace_id = $1 AND post_id = $2 AND number = $3"
        ),
        binds![workspace, post, number, content, now],
    )
    .await?;
    Ok(())
}

/// Forgets all up to and including `number`.
pub async fn forget(tx: &mut WorkspaceTx, post: PostId, number: i64) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM post_versions WHERE workspace_id = $1 AND post_id = $2 AND number <= $3"),
        binds![workspace, post, number],
    )
    .await?;
    Ok(())
}

/// The newest first, at most `limit`, below `before`.
pub async fn list(
    tx: &mut WorkspaceTx,
    post: PostId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<PostVersion>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT v.number, v.author_id, COALESCE(u.name, '') AS author_name, v.restored_from, v.content, v.created_at,
                 v.updated_at
             FROM post_versions v LEFT JOIN users u ON u.id = v.author_id
             WHERE v.workspace_id = $1 AND v.post_id = $2 AND v.number < $3
             ORDER BY v.number DESC LIMIT $4"
        ),
        binds![workspace, post, before.unwrap_or(i64::MAX), limit],
        read,
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, post: PostId, number: i64) -> Result<PostVersion> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT v.number, v.author_id, COALESCE(u.name, '') AS author_name, v.restored_from, v.content, v.created_at,
                 v.updated_at
             FROM post_versions v LEFT JOIN users u ON u.id = v.author_id
             WHERE v.workspace_id = $1 AND v.post_id = $2 AND v.number = $3"
        ),
        binds![workspace, post, number],
        read,
    )
    .await
}

fn read(row: &Row) -> Result<PostVersion> {
    Ok(PostVersion {
        number: row.int("number")?,
        author_id: row.optional_id("author_id")?,
        author_name: row.text("author_name")?,
        restored_from: row.optional_int("restored_from")?,
        content: row.json("content")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
