//! Filters of lists that a person keeps under a name.

use fanfare_domain::{SavedFilterId, UserId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// One kept filter of one page. Only its owner sees it.
#[derive(Debug, Clone)]
pub struct SavedFilter {
    pub id: SavedFilterId,
    pub user: UserId,
    /// `posts`, `calendar` or `library`.
    pub page: String,
    pub name: String,
    /// A JSON object: what the page's address says.
    pub query: Json,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

pub async fn insert(tx: &mut WorkspaceTx, filter: &SavedFilter) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO saved_filters (id, workspace_id, user_id, page, name, query, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        binds![
            filter.id,
            workspace,
            filter.user,
            &filter.page,
            &filter.name,
            &filter.query,
            filter.created_at,
            filter.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// The person's filters, oldest first.
pub async fn of_user(tx: &mut WorkspaceTx, user: UserId) -> Result<Vec<SavedFilter>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, user_id, page, name, query, created_at, updated_at FROM saved_filters
             WHERE workspace_id = $1 AND user_id = $2 ORDER BY id LIMIT 1000"
        ),
        binds![workspace, user],
        read,
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, user: UserId, id: SavedFilterId) -> Result<SavedFilter> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT id, user_id, page, name, query, created_at, updated_at FROM saved_filters
             WHERE workspace_id = $1 AND user_id = $2 AND id = $3"
        ),
        binds![workspace, user, id],
        read,
    )
    .await
}

/// Saves name and query.
pub async fn update(tx: &mut WorkspaceTx, filter: &SavedFilter) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE saved_filters SET name = $4, query = $5, updated_at = $6
             WHERE workspace_id = $1 AND user_id = $2 AND id = $3"
        ),
        binds![
            workspace,
            filter.user,
            filter.id,
            &filter.name,
            &filter.query,
            filter.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// False when the person has no such filter.
pub async fn delete(tx: &mut WorkspaceTx, user: UserId, id: SavedFilterId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM saved_filters WHERE workspace_id = $1 AND user_id = $2 AND id = $3"),
            binds![workspace, user, id],
        )
        .await?;
    Ok(rows == 1)
}

fn read(row: &Row) -> Result<SavedFilter> {
    Ok(SavedFilter {
        id: row.id("id")?,
        user: row.id("user_id")?,
        page: row.text("page")?,
        name: row.text("name")?,
        query: row.json("query")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
