//! The folders of the library. They lie in one another; a file lies in one of them or in none.

use fanfare_domain::{MediaFolderId, UserId};
use jiff::Timestamp;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// A folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFolder {
    pub id: MediaFolderId,
    /// Absent at the top.
    pub parent_id: Option<MediaFolderId>,
    pub name: String,
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    /// Files that lie in it, not in folders below. [`insert`] does not look at it.
    pub files: i64,
}

/// Adds a folder. A name that is there already is a `Conflict`.
pub async fn insert(tx: &mut WorkspaceTx, folder: &MediaFolder) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO media_folders (id, workspace_id, parent_id, name, name_key, created_by, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        binds![
            folder.id,
            workspace,
            folder.parent_id,
            &folder.name,
            folder.name.to_lowercase(),
            folder.created_by,
            folder.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// The folder, if it exists.
pub async fn find(tx: &mut WorkspaceTx, id: MediaFolderId) -> Result<Option<MediaFolder>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT id, parent_id, name, created_by, created_at,
                 (SELECT COUNT(*) FROM media m
                  WHERE m.workspace_id = media_folders.workspace_id AND m.folder_id = media_folders.id) AS files
             FROM media_folders WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// All folders in order of their names, at most `limit`.
pub async fn all(tx: &mut WorkspaceTx, limit: u32) -> Result<Vec<MediaFolder>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, parent_id, name, created_by, created_at,
                 (SELECT COUNT(*) FROM media m
                  WHERE m.workspace_id = media_folders.workspace_id AND m.folder_id = media_folders.id) AS files
             FROM media_folders WHERE workspace_id = $1 ORDER BY name_key, id LIMIT $2"
        ),
        binds![workspace, limit],
        read,
    )
    .await
}

/// Makes all others who change this folder, or put something into it, wait until this transaction ends. False when it is gone.
pub async fn lock(tx: &mut WorkspaceTx, id: MediaFolderId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("UPDATE media_folders SET name = name WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Saves name and place. A name that is there already is a `Conflict`.
pub async fn update(tx: &mut WorkspaceTx, folder: &MediaFolder) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE media_folders SET parent_id = $3, name = $4, name_key = $5 WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            folder.id,
            folder.parent_id,
            &folder.name,
            folder.name.to_lowercase(),
        ],
    )
    .await?;
    Ok(())
}

/// Moves the files and folders that lie in `from` to `to`. A folder's name that is there already is a `Conflict`.
pub async fn move_content(
    tx: &mut WorkspaceTx,
    from: MediaFolderId,
    to: Option<MediaFolderId>,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE media SET folder_id = $3 WHERE workspace_id = $1 AND folder_id = $2"),
        binds![workspace, from, to],
    )
    .await?;
    tx.execute(
        sql!("UPDATE media_uploads SET folder_id = $3 WHERE workspace_id = $1 AND folder_id = $2"),
        binds![workspace, from, to],
    )
    .await?;
    tx.execute(
        sql!("UPDATE media_folders SET parent_id = $3 WHERE workspace_id = $1 AND parent_id = $2"),
        binds![workspace, from, to],
    )
    .await?;
    Ok(())
}

/// Deletes an empty folder.
pub async fn delete(tx: &mut WorkspaceTx, id: MediaFolderId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM media_folders WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<MediaFolder> {
    Ok(MediaFolder {
        id: row.id("id")?,
        parent_id: row.optional_id("parent_id")?,
        name: row.text("name")?,
        created_by: row.optional_id("created_by")?,
        created_at: row.instant("created_at")?,
        files: row.int("files")?,
    })
}
