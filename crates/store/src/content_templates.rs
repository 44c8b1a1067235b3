//! Content templates: posts kept to be begun again.

use fanfare_domain::{ContentTemplateId, UserId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// Content that is kept to begin posts with.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentTemplate {
    pub id: ContentTemplateId,
    pub name: String,
    /// Text, media and what differs by platform.
    pub content: Json,
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
pub async fn insert(
    tx: &mut WorkspaceTx,
    template: &ContentTemplate,
    name_key: &str,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO content_templates (id, workspace_id, name, name_key, content, created_by, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        binds![
            template.id,
            workspace,
            &template.name,
            name_key,
            &template.content,
            template.created_by,
            template.created_at,
            template.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// Saves name and content.
///
/// # Errors
/// `Conflict` when another has that name.
pub async fn update(
    tx: &mut WorkspaceTx,
    template: &ContentTemplate,
    name_key: &str,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE content_templates SET name = $3, name_key = $4, content = $5, updated_at = $6
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            template.id,
            &template.name,
            name_key,
            &template.content,
            template.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// Which one has that name.
pub async fn named(tx: &mut WorkspaceTx, name_key: &str) -> Result<Option<ContentTemplateId>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!("SELECT id FROM content_templates WHERE workspace_id = $1 AND name_key = $2"),
        binds![workspace, name_key],
        |row| row.id("id"),
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, id: ContentTemplateId) -> Result<ContentTemplate> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT t.id, t.name, t.content, t.created_by, COALESCE(u.name, '') AS created_by_name, t.created_at,
                 t.updated_at
             FROM content_templates t LEFT JOIN users u ON u.id = t.created_by
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
    before: Option<ContentTemplateId>,
    limit: u32,
) -> Result<Vec<ContentTemplate>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT t.id, t.name, t.content, t.created_by, COALESCE(u.name, '') AS created_by_name, t.created_at,
                 t.updated_at
             FROM content_templates t LEFT JOIN users u ON u.id = t.created_by
             WHERE t.workspace_id = $1 AND t.id < $2
             ORDER BY t.id DESC LIMIT $3"
        ),
        binds![workspace, before, limit],
        read,
    )
    .await
}

pub async fn delete(tx: &mut WorkspaceTx, id: ContentTemplateId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM content_templates WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<ContentTemplate> {
    Ok(ContentTemplate {
        id: row.id("id")?,
        name: row.text("name")?,
        content: row.json("content")?,
        created_by: row.optional_id("created_by")?,
        created_by_name: row.text("created_by_name")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
