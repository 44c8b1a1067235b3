//! Gives a key another text, while the present one goes on working for a while.

use fanfare_domain::{ApiKeyId, ErrorCode, Secret};
use fanfare_store::api_keys::{self, NewText};
use jiff::SignedDuration;
use serde_json::json;

use super::ApiKey;
use super::change::refuse_revoked;
use super::event::record;
use crate::idempotency::note_made;
use crate::token_text::{self, API_KEY};
use crate::{App, AppError, Caller, Result};

const LONGEST_OVERLAP_MINUTES: u32 = 7 * 24 * 60;

/// The key and its new text. The present text works for so many minutes more; one that was rotated out before stops at once.
///
/// # Errors
/// `not_found`; `not_possible_in_state` once it is revoked; `out_of_range` for an overlap of more than a week.
pub async fn rotate_key(
    app: &App,
    caller: &Caller,
    id: ApiKeyId,
    overlap_minutes: u32,
) -> Result<(ApiKey, Secret)> {
    if overlap_minutes > LONGEST_OVERLAP_MINUTES {
        let detail =
            format!("Both texts work together for at most {LONGEST_OVERLAP_MINUTES} minutes.");
        return Err(AppError::invalid_field(
            "overlap_minutes",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut key = api_keys::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("API key"))?;
    refuse_revoked(&key)?;
    let text = API_KEY.fresh();
    let old_until = now + SignedDuration::from_mins(i64::from(overlap_minutes));
    key.preview = token_text::preview(&text);
    key.old_until = Some(old_until);
    key.rotated_at = Some(now);
    let new = NewText {
        hash: &token_text::hash(&text),
        preview: &key.preview,
        old_until: key.old_until,
    };
    api_keys::rotate(&mut tx, id, new, now).await?;
    let news = json!({ "name": key.name, "old_until": old_until });
    record(&mut tx, caller, "api_key.rotated", id, news, now).await?;
    note_made(&mut tx, caller, "rotated_api_key", &id.to_string()).await?;
    tx.commit().await?;
    Ok((key, text))
}
