//! What platforms' rules see of a file.

use fanfare_platform_kit::MediaFacts;
use fanfare_store::media::Media;

/// The file's facts; `alt_override` is what one post says of it instead.
#[must_use]
pub fn facts(media: &Media, alt_override: Option<&str>) -> MediaFacts {
    MediaFacts {
        id: media.id.to_string(),
        kind: media.kind,
        mime: media.mime.clone(),
        bytes: media.bytes,
        width: media.width,
        height: media.height,
        duration_millis: media.duration_millis,
        alt: alt_override.unwrap_or(&media.alt).to_owned(),
    }
}
