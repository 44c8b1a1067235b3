//! Deleting a file.

use fanfare_domain::{AuditEventId, ErrorCode, MediaId};
use fanfare_store::audit::{self, AuditEvent};
use fanfare_store::media::{self, Media};
use serde_json::json;

use crate::{App, AppError, Caller, Result};

/// Deletes a file that no unfinished post needs. Posts that are out keep their receipts; a retry of a failed one says that the
/// file is missing.
///
/// # Errors
/// `not_found`, and `media_in_use` with how many posts need it.
pub async fn delete(app: &App, caller: &Caller, id: MediaId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let found = media::find(&mut tx, id).await?;
    let media = found.ok_or_else(|| AppError::not_found("picture or video"))?;
    let usage = media::usage(&mut tx, id).await?;
    if usage.unfinished > 0 {
        return Err(in_use(usage.unfinished));
    }
    media::delete(&mut tx, id).await?;
    let event = AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor: caller.actor(),
        action: "media.deleted".to_owned(),
        subject_kind: "media".to_owned(),
        subject_id: id.to_string(),
        post_id: None,
        detail: json!({ "file_name": media.file_name, "sha256": media.sha256 }),
    };
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    delete_bytes(app, &media).await;
    Ok(())
}

/// The row is gone for good by now; what cannot be deleted is left to the sweep.
async fn delete_bytes(app: &App, media: &Media) {
    for key in std::iter::once(&media.storage_key).chain(&media.thumbnail_key) {
        if let Err(error) = app.blobs.delete(key).await {
            tracing::warn!(key, %error, "a deleted file's bytes could not be removed");
        }
    }
}

fn in_use(posts: u64) -> AppError {
    let who = match posts {
        1 => "A post that is not out yet uses".to_owned(),
        several => format!("{several} posts that are not out yet use"),
    };
    AppError::conflict(
        ErrorCode::MediaInUse,
        format!("{who} this file. Take it out there, or delete it once they are published."),
    )
}
