//! Giving a file to a platform.

use fanfare_platform_kit::roles::OutgoingMedia;
use fanfare_store::media::Media;

use super::facts::facts;
use super::links::{plain_name, public_url};
use crate::App;

/// The file's facts, its bytes for platforms that are sent them, and its link for those that fetch them.
/// `alt_override` is what one post says of it instead.
#[must_use]
pub fn outgoing(app: &App, media: &Media, alt_override: Option<&str>) -> OutgoingMedia {
    OutgoingMedia {
        facts: facts(media, alt_override),
        file_name: plain_name(media),
        file: app.media_file(&media.storage_key),
        public_url: public_url(app, media, app.now()),
    }
}
