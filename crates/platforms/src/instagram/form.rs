//! What a container is made of.

use fanfare_platform_kit::roles::{Outgoing, OutgoingMedia};
use fanfare_platform_kit::{MediaKind, Options};

use super::manifest::{FORMAT, POST, REEL, STORY};

/// The fields of a call, by name.
pub type Form<'a> = Vec<(&'static str, &'a str)>;

/// The only container of a post.
pub fn single<'a>(outgoing: &'a Outgoing, media: &'a OutgoingMedia) -> Form<'a> {
    let is_story = format(&outgoing.options) == STORY;
    let mut form = vec![source(media)];
    match (is_story, is_video(media)) {
        (true, _) => form.push(("media_type", "STORIES")),
        (false, true) => form.push(("media_type", "REELS")),
        (false, false) => form.extend(alt_text(media)),
    }
    if !is_story && !outgoing.text.is_empty() {
        form.push(("caption", &outgoing.text));
    }
    form
}

/// One item of a carousel.
pub fn item(media: &OutgoingMedia) -> Form<'_> {
    let mut form = vec![source(media), ("is_carousel_item", "true")];
    if is_video(media) {
        form.push(("media_type", "VIDEO"));
    } else {
        form.extend(alt_text(media));
    }
    form
}

/// The carousel itself, of `children` that are ready; a comma list of their ids.
pub fn carousel<'a>(outgoing: &'a Outgoing, children: &'a str) -> Form<'a> {
    let mut form = vec![("media_type", "CAROUSEL"), ("children", children)];
    if !outgoing.text.is_empty() {
        form.push(("caption", &outgoing.text));
    }
    form
}

fn source(media: &OutgoingMedia) -> (&'static str, &str) {
    let name = if is_video(media) {
        "video_url"
    } else {
        "image_url"
    };
    (name, media.public_url.as_str())
}

fn alt_text(media: &OutgoingMedia) -> Option<(&'static str, &str)> {
    (!media.facts.alt.is_empty()).then_some(("alt_text", media.facts.alt.as_str()))
}

fn is_video(media: &OutgoingMedia) -> bool {
    media.facts.kind == MediaKind::Video
}

/// What the person chose to make of the post.
pub fn format(options: &Options) -> &'static str {
    match options.get(FORMAT).and_then(|value| value.as_str()) {
        Some(REEL) => REEL,
        Some(STORY) => STORY,
        _ => POST,
    }
}
