//! What people who cannot see a picture are told.

use fanfare_domain::AuditEventId;
use fanfare_domain::{ErrorCode, MediaId};
use fanfare_store::audit::{self, AuditEvent};
use fanfare_store::media::{self, Media};
use serde_json::json;

use crate::{App, AppError, Caller, Result};

/// As long as the most generous platform takes.
const LONGEST: usize = 1_500;

/// Changes a file's alternative text. Posts that have their own keep it.
///
/// # Errors
/// `not_found`, and `too_long` above 1,500 characters.
pub async fn describe(app: &App, caller: &Caller, id: MediaId, alt: &str) -> Result<Media> {
    let alt = checked(alt)?;
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if !media::set_alt(&mut tx, id, &alt).await? {
        return Err(AppError::not_found("picture or video"));
    }
    let event = AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor: caller.actor(),
        action: "media.described".to_owned(),
        subject_kind: "media".to_owned(),
        subject_id: id.to_string(),
        post_id: None,
        detail: json!({ "alt": alt }),
    };
    audit::record(&mut tx, &event).await?;
    let media = media::get(&mut tx, id).await?;
    tx.commit().await?;
    Ok(media)
}

/// The text as it is kept.
pub(super) fn checked(alt: &str) -> Result<String> {
    let alt = alt.trim();
    let length = alt.chars().count();
    if length > LONGEST {
        return Err(AppError::invalid_field(
            "alt",
            ErrorCode::TooLong,
            format!("The alternative text has {length} characters; at most {LONGEST} are taken."),
        ));
    }
    Ok(alt.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_taken_up_to_the_limit_and_counted_in_characters() {
        assert_eq!(
            checked(&format!(" {} ", "ñ".repeat(LONGEST))).unwrap(),
            "ñ".repeat(LONGEST)
        );
        assert!(
            checked(&"ñ".repeat(LONGEST + 1))
                .unwrap_err()
                .to_string()
                .contains("1501")
        );
    }
}
