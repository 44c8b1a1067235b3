//! Giving a file to a platform.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::OutgoingMedia;
use fanfare_store::media::Media;

use super::facts::facts;
use super::links::{plain_name, public_url};
use crate::{App, AppError, Result};

/// The file's facts, its bytes on this machine for platforms that are sent them, and its link for those that fetch them.
/// `alt_override` is what one post says of it instead.
///
/// # Errors
/// `media_missing` when the bytes are gone.
pub async fn outgoing(
    app: &App,
    media: &Media,
    alt_override: Option<&str>,
) -> Result<OutgoingMedia> {
    let path = app.blobs.path(&media.storage_key);
    if !tokio::fs::try_exists(&path)
        .await
        .map_err(anyhow::Error::from)?
    {
        return Err(AppError::conflict(
            ErrorCode::MediaMissing,
            format!(
                "The bytes of “{}” are gone. Upload it again and edit the post.",
                media.file_name
            ),
        ));
    }
    Ok(OutgoingMedia {
        facts: facts(media, alt_override),
        file_name: plain_name(media),
        path,
        public_url: public_url(app, media, app.now()),
    })
}
