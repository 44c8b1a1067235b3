//! Deleting a file.

use fanfare_domain::post::PostState;
use fanfare_domain::{ErrorCode, MediaId};
use fanfare_store::audit;
use fanfare_store::media::{self, Media};
use fanfare_store::media_list::{self, MediaUse};
use serde_json::json;

use crate::audit::event;
use crate::{App, AppError, Caller, FieldError, Refusal, RefusalKind, Result};

/// Posts that a refusal names, and among how many they are looked for.
const MOST_NAMED: usize = 5;
const MOST_LOOKED_AT: u32 = 500;
const LONGEST_TITLE: usize = 60;

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
        let uses = media_list::uses(&mut tx, id, None, MOST_LOOKED_AT).await?;
        return Err(in_use(usage.unfinished, &uses));
    }
    media::delete(&mut tx, id).await?;
    let event = event(
        now,
        caller.actor(),
        "media.deleted",
        ("media", id),
        json!({ "file_name": media.file_name, "sha256": media.sha256 }),
    );
    audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    delete_bytes(app, &media).await;
    Ok(())
}

/// The row is gone for good by now; what cannot be deleted is left to the sweep.
async fn delete_bytes(app: &App, media: &Media) {
    for key in std::iter::once(&media.storage_key).chain(&media.thumbnail_key) {
        if let Err(error) = app.media_files.delete(key).await {
            tracing::warn!(key, %error, "a deleted file's bytes could not be removed");
        }
    }
}

/// Names the posts, so that whoever is refused can go there.
fn in_use(posts: u64, uses: &[MediaUse]) -> AppError {
    let who = match posts {
        1 => "A post that is not out yet uses".to_owned(),
        several => format!("{several} posts that are not out yet use"),
    };
    let fields = uses
        .iter()
        .filter(|media_use| !is_over(media_use.state))
        .take(MOST_NAMED)
        .map(|media_use| {
            FieldError::new(
                format!("posts.{}", media_use.post),
                ErrorCode::MediaInUse,
                in_words(media_use),
            )
        })
        .collect();
    AppError::Refused(Box::new(Refusal {
        kind: RefusalKind::Conflict,
        code: ErrorCode::MediaInUse,
        detail: format!(
            "{who} this file. Take it out there, or delete it once they are published."
        ),
        fields,
        log: None,
    }))
}

/// Whether a post in that state needs its files no more.
#[must_use]
pub fn is_over(state: PostState) -> bool {
    matches!(
        state,
        PostState::Published
            | PostState::PartlyPublished
            | PostState::Failed
            | PostState::Cancelled
            | PostState::Missed
    )
}

fn in_words(media_use: &MediaUse) -> String {
    let first: String = media_use
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let mut title: String = first.chars().take(LONGEST_TITLE).collect();
    if title.len() < first.len() {
        title.push('…');
    }
    let title = if title.is_empty() {
        "A post without text".to_owned()
    } else {
        format!("“{title}”")
    };
    let state = match media_use.state {
        PostState::Draft => "is a draft",
        PostState::WaitingApproval => "waits for approval",
        PostState::Publishing => "is being published",
        PostState::NeedsAttention => "needs attention",
        _ => "is scheduled",
    };
    format!("{title} {state}.")
}
