//! Files on their way from a connected account into the library. One that has arrived is in the library under the same id, and here
//! no more.

use std::collections::BTreeSet;

use fanfare_domain::{ConnectionId, ErrorCode, MediaFolderId, MediaId, UserId, named};
use jiff::Timestamp;

use crate::media::{MANY, padded, signed, unsigned};
use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// As what open pages hear that one is not as it was.
const SUBJECT: &str = "media_import";

named! {
    /// How an import stands.
    pub enum ImportState {
        /// It has its turn soon, or is tried again.
        Waiting = "waiting",
        Fetching = "fetching",
        /// It was given up, until somebody tries again.
        Failed = "failed",
    }
}

/// One file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaImport {
    /// The one that the file will have in the library.
    pub id: MediaId,
    pub connection_id: ConnectionId,
    /// What the platform calls it.
    pub remote_id: String,
    pub file_name: String,
    pub alt: String,
    pub folder_id: Option<MediaFolderId>,
    pub state: ImportState,
    /// Of the whole file, where the platform says.
    pub bytes: Option<u64>,
    pub received: u64,
    /// Which content that is a part of: what the platform says of it that changes when the content does.
    pub version: Option<String>,
    /// All of that came, and is what the platform described.
    pub checked: bool,
    /// Runs that failed since something of it came.
    pub failures: u32,
    /// Runs after which that content was not what the platform described.
    pub spoilt: u32,
    /// Why it failed, or waits.
    pub error: Option<ImportError>,
    pub created_by: Option<UserId>,
    /// As the audit log names them.
    pub created_by_name: String,
    pub created_at: Timestamp,
    /// Forgotten then, if it failed.
    pub expires_at: Timestamp,
}

/// What went wrong, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    pub code: ErrorCode,
    pub detail: String,
}

pub async fn insert(tx: &mut WorkspaceTx, import: &MediaImport) -> Result<()> {
    let workspace = tx.workspace();
    tx.note_change(SUBJECT);
    tx.execute(
        sql!(
            "INSERT INTO media_imports (id, workspace_id, connection_id, remote_id, file_name, alt, folder_id, state, bytes, received,
                 created_by, created_by_name, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        binds![
            import.id,
            workspace,
            import.connection_id,
            &import.remote_id,
            &import.file_name,
            &import.alt,
            import.folder_id,
            import.state,
            import.bytes.map(signed),
            signed(import.received),
            import.created_by,
            &import.created_by_name,
            import.created_at,
            import.expires_at,
        ],
    )
    .await?;
    Ok(())
}

/// The import, unless it is over.
pub async fn find(tx: &mut WorkspaceTx, id: MediaId) -> Result<Option<MediaImport>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT id, connection_id, remote_id, file_name, alt, folder_id, state, bytes, received, version, checked,
                 failures, spoilt, error_code, error_detail, created_by, created_by_name, created_at, expires_at
             FROM media_imports WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// The newest before `before`.
pub async fn list(
    tx: &mut WorkspaceTx,
    before: Option<MediaId>,
    limit: u32,
) -> Result<Vec<MediaImport>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, connection_id, remote_id, file_name, alt, folder_id, state, bytes, received, version, checked,
                 failures, spoilt, error_code, error_detail, created_by, created_by_name, created_at, expires_at
             FROM media_imports WHERE workspace_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3"
        ),
        binds![workspace, before, limit],
        read,
    )
    .await
}

/// How many the workspace has under way.
pub async fn count_under_way(tx: &mut WorkspaceTx) -> Result<u64> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT COUNT(*) AS under_way FROM media_imports WHERE workspace_id = $1 AND state <> 'failed'"
        ),
        binds![workspace],
        |row| unsigned(row, "under_way"),
    )
    .await
}

/// Notes that it is being fetched: how large the platform says it is, how much of it is here, and of which content. False when nobody
/// wants it any more.
pub async fn note_progress(tx: &mut WorkspaceTx, import: &MediaImport) -> Result<bool> {
    let workspace = tx.workspace();
    tx.note_change(SUBJECT);
    let rows = tx
        .execute(
            sql!(
                "UPDATE media_imports
                 SET state = 'fetching', bytes = $3, received = $4, version = $5, checked = $6, spoilt = $7, error_code = NULL,
                     error_detail = NULL
                 WHERE workspace_id = $1 AND id = $2"
            ),
            binds![
                workspace,
                import.id,
                import.bytes.map(signed),
                signed(import.received),
                import.version.as_deref(),
                import.checked,
                i64::from(import.spoilt),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Notes why it waits, what failed so far, how much of it is kept, and when it is forgotten if it was given up. False when nobody wants it any more.
pub async fn note_error(
    tx: &mut WorkspaceTx,
    import: &MediaImport,
    state: ImportState,
    error: &ImportError,
) -> Result<bool> {
    let workspace = tx.workspace();
    tx.note_change(SUBJECT);
    let rows = tx
        .execute(
            sql!(
                "UPDATE media_imports
                 SET state = $3, received = $4, checked = $5, failures = $6, spoilt = $7, expires_at = $8, error_code = $9,
                     error_detail = $10
                 WHERE workspace_id = $1 AND id = $2"
            ),
            binds![
                workspace,
                import.id,
                state,
                signed(import.received),
                import.checked,
                i64::from(import.failures),
                i64::from(import.spoilt),
                import.expires_at,
                error.code.as_str(),
                &error.detail
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Lets one that was given up be tried again. False when it is not given up.
pub async fn restart(tx: &mut WorkspaceTx, id: MediaId) -> Result<bool> {
    let workspace = tx.workspace();
    tx.note_change(SUBJECT);
    let rows = tx
        .execute(
            sql!(
                "UPDATE media_imports SET state = 'waiting', failures = 0, spoilt = 0, error_code = NULL, error_detail = NULL
                 WHERE workspace_id = $1 AND id = $2 AND state = 'failed'"
            ),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Forgets it. False when it was over already.
pub async fn delete(tx: &mut WorkspaceTx, id: MediaId) -> Result<bool> {
    let workspace = tx.workspace();
    tx.note_change(SUBJECT);
    let rows = tx
        .execute(
            sql!("DELETE FROM media_imports WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Forgets those of all workspaces that failed and that nobody looked after in time.
pub async fn delete_expired(tx: &mut SystemTx, now: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM media_imports WHERE state = 'failed' AND expires_at <= $1"),
        binds![now],
    )
    .await
}

/// Those of `ids` that are under way in any workspace.
pub async fn existing(tx: &mut SystemTx, ids: &[MediaId]) -> Result<BTreeSet<MediaId>> {
    let mut found = BTreeSet::new();
    for chunk in ids.chunks(MANY) {
        let values = padded(chunk).map(crate::Value::Text).collect();
        found.extend(
            tx.all(
                sql!("SELECT id FROM media_imports WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                values,
                |row| row.id::<MediaId>("id"),
            )
            .await?,
        );
    }
    Ok(found)
}

fn count(row: &Row, name: &str) -> Result<u32> {
    Ok(u32::try_from(row.int(name)?).unwrap_or(u32::MAX))
}

fn read(row: &Row) -> Result<MediaImport> {
    let code = row.optional_text("error_code")?;
    let detail = row.optional_text("error_detail")?;
    Ok(MediaImport {
        id: row.id("id")?,
        connection_id: row.id("connection_id")?,
        remote_id: row.text("remote_id")?,
        file_name: row.text("file_name")?,
        alt: row.text("alt")?,
        folder_id: row.optional_id("folder_id")?,
        state: row.named("state", ImportState::parse)?,
        bytes: row
            .optional_int("bytes")?
            .and_then(|bytes| u64::try_from(bytes).ok()),
        received: unsigned(row, "received")?,
        version: row.optional_text("version")?,
        checked: row.bool("checked")?,
        failures: count(row, "failures")?,
        spoilt: count(row, "spoilt")?,
        error: code
            .as_deref()
            .and_then(ErrorCode::parse)
            .zip(detail)
            .map(|(code, detail)| ImportError { code, detail }),
        created_by: row.optional_id("created_by")?,
        created_by_name: row.text("created_by_name")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
    })
}
