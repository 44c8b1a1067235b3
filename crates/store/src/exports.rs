//! Archives of whole workspaces: which there are, and how far they are. Their bytes lie beside the media.

use fanfare_domain::{ExportId, UserId, WorkspaceId, named};
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

named! {
    /// How an archive stands.
    pub enum ExportState {
        /// It waits, or is being made.
        Making = "making",
        Ready = "ready",
        Failed = "failed",
    }
}

/// One archive.
#[derive(Debug, Clone)]
pub struct Export {
    pub id: ExportId,
    pub asked_by: Option<UserId>,
    pub asked_by_name: String,
    pub state: ExportState,
    /// How many files it is to hold; 0 before anybody counted.
    pub files: i64,
    pub files_done: i64,
    pub bytes: i64,
    pub created_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    /// It is deleted then.
    pub expires_at: Timestamp,
}

pub async fn insert(tx: &mut WorkspaceTx, export: &Export) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO workspace_exports
                 (id, workspace_id, asked_by, state, files, files_done, bytes, created_at, finished_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        binds![
            export.id,
            workspace,
            export.asked_by,
            export.state,
            export.files,
            export.files_done,
            export.bytes,
            export.created_at,
            export.finished_at,
            export.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// The newest before `before`.
pub async fn list(
    tx: &mut WorkspaceTx,
    before: Option<ExportId>,
    limit: u32,
) -> Result<Vec<Export>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT e.id, e.asked_by, u.name AS asked_by_name, e.state, e.files, e.files_done, e.bytes, e.created_at, e.finished_at,
                    e.expires_at
             FROM workspace_exports e LEFT JOIN users u ON u.id = e.asked_by
             WHERE e.workspace_id = $1 AND e.id < $2 ORDER BY e.id DESC LIMIT $3"
        ),
        binds![workspace, before, limit],
        read,
    )
    .await
}

pub async fn find(tx: &mut WorkspaceTx, id: ExportId) -> Result<Option<Export>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT e.id, e.asked_by, u.name AS asked_by_name, e.state, e.files, e.files_done, e.bytes, e.created_at, e.finished_at,
                    e.expires_at
             FROM workspace_exports e LEFT JOIN users u ON u.id = e.asked_by
             WHERE e.workspace_id = $1 AND e.id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// Notes how far it is. False when it is gone.
pub async fn note_progress(
    tx: &mut WorkspaceTx,
    id: ExportId,
    files: i64,
    files_done: i64,
) -> Result<bool> {
    let workspace = tx.workspace();
    let changed = tx
        .execute(
            sql!(
                "UPDATE workspace_exports SET files = $3, files_done = $4 WHERE workspace_id = $1 AND id = $2"
            ),
            binds![workspace, id, files, files_done],
        )
        .await?;
    Ok(changed == 1)
}

/// Notes that it is there, or that it could not be made. False when it is gone.
pub async fn finish(
    tx: &mut WorkspaceTx,
    id: ExportId,
    state: ExportState,
    bytes: i64,
    now: Timestamp,
) -> Result<bool> {
    let workspace = tx.workspace();
    let changed = tx
        .execute(
            sql!(
                "UPDATE workspace_exports SET state = $3, bytes = $4, finished_at = $5 WHERE workspace_id = $1 AND id = $2"
            ),
            binds![workspace, id, state, bytes, now],
        )
        .await?;
    Ok(changed == 1)
}

/// False when it was gone already.
pub async fn delete(tx: &mut WorkspaceTx, id: ExportId) -> Result<bool> {
    let workspace = tx.workspace();
    let removed = tx
        .execute(
            sql!("DELETE FROM workspace_exports WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(removed == 1)
}

/// Forgets those of all workspaces that have had their time; answers which.
pub async fn delete_expired(tx: &mut SystemTx, now: Timestamp) -> Result<Vec<ExportId>> {
    tx.all(
        sql!("DELETE FROM workspace_exports WHERE expires_at <= $1 RETURNING id"),
        binds![now],
        |row| row.id("id"),
    )
    .await
}

/// Every archive that there is, with whose it is.
pub async fn everywhere(tx: &mut SystemTx) -> Result<Vec<(ExportId, WorkspaceId)>> {
    tx.all(
        sql!("SELECT id, workspace_id FROM workspace_exports"),
        binds![],
        |row| Ok((row.id("id")?, row.id("workspace_id")?)),
    )
    .await
}

fn read(row: &Row) -> Result<Export> {
    Ok(Export {
        id: row.id("id")?,
        asked_by: row.optional_id("asked_by")?,
        asked_by_name: row.optional_text("asked_by_name")?.unwrap_or_default(),
        state: row.named("state", ExportState::parse)?,
        files: row.int("files")?,
        files_done: row.int("files_done")?,
        bytes: row.int("bytes")?,
        created_at: row.instant("created_at")?,
        finished_at: row.optional_instant("finished_at")?,
        expires_at: row.instant("expires_at")?,
    })
}
