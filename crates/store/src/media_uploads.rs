//! Large files that arrive in pieces, until they are whole.

use std::collections::BTreeSet;

use fanfare_domain::{MediaFolderId, MediaId, UserId};
use jiff::Timestamp;

use crate::media::{MANY, padded, signed, unsigned};
use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// A file under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaUpload {
    /// The one the media will have, so that whoever missed the last answer can ask again.
    pub id: MediaId,
    pub file_name: String,
    pub alt: String,
    /// Where it goes when it is whole.
    pub folder_id: Option<MediaFolderId>,
    /// How large the whole file is.
    pub bytes: u64,
    /// How much of it is safe on disk.
    pub received: u64,
    pub created_by: Option<UserId>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Begins an upload.
pub async fn insert(tx: &mut WorkspaceTx, upload: &MediaUpload) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO media_uploads (id, workspace_id, file_name, alt, bytes, received, created_by, created_at,
                 expires_at, folder_id)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        binds![
            upload.id,
            workspace,
            &upload.file_name,
            &upload.alt,
            signed(upload.bytes),
            signed(upload.received),
            upload.created_by,
            upload.created_at,
            upload.expires_at,
            upload.folder_id,
        ],
    )
    .await?;
    Ok(())
}

/// The upload, unless it is gone or has expired.
pub async fn find(
    tx: &mut WorkspaceTx,
    id: MediaId,
    now: Timestamp,
) -> Result<Option<MediaUpload>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT id, file_name, alt, bytes, received, created_by, created_at, expires_at, folder_id
             FROM media_uploads WHERE workspace_id = $1 AND id = $2 AND expires_at > $3"
        ),
        binds![workspace, id, now],
        read,
    )
    .await
}

/// How many uploads the workspace has under way.
pub async fn count(tx: &mut WorkspaceTx, now: Timestamp) -> Result<u64> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT COUNT(*) AS under_way FROM media_uploads WHERE workspace_id = $1 AND expires_at > $2"
        ),
        binds![workspace, now],
        |row| unsigned(row, "under_way"),
    )
    .await
}

/// Records that the file has grown from `from` to `to`. False when it was not at `from` any more.
pub async fn advance(tx: &mut WorkspaceTx, id: MediaId, from: u64, to: u64) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE media_uploads SET received = $4
                 WHERE workspace_id = $1 AND id = $2 AND received = $3"
            ),
            binds![workspace, id, signed(from), signed(to)],
        )
        .await?;
    Ok(rows == 1)
}

/// Forgets the upload. False when it was gone already.
pub async fn delete(tx: &mut WorkspaceTx, id: MediaId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM media_uploads WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

/// Forgets the uploads of all workspaces that nobody finished in time.
pub async fn delete_expired(tx: &mut SystemTx, now: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM media_uploads WHERE expires_at <= $1"),
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
                sql!("SELECT id FROM media_uploads WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"),
                values,
                |row| row.id::<MediaId>("id"),
            )
            .await?,
        );
    }
    Ok(found)
}

fn read(row: &Row) -> Result<MediaUpload> {
    Ok(MediaUpload {
        id: row.id("id")?,
        file_name: row.text("file_name")?,
        alt: row.text("alt")?,
        bytes: unsigned(row, "bytes")?,
        received: unsigned(row, "received")?,
        created_by: row.optional_id("created_by")?,
        created_at: row.instant("created_at")?,
        expires_at: row.instant("expires_at")?,
        folder_id: row.optional_id("folder_id")?,
    })
}
