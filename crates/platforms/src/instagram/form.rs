//! What a container is made of.

use std::borrow::Cow;
use std::time::Duration;

use fanfare_platform_kit::roles::{Outgoing, OutgoingMedia};
use fanfare_platform_kit::{MediaKind, Options};
use serde_json::Value;

use super::manifest::{COLLABORATORS, COVER, FORMAT, LOCATION, POST, REEL, SHARE_TO_FEED, STORY};

/// The fields of a call, by name.
pub type Form<'a> = Vec<(&'static str, Cow<'a, str>)>;

/// The only container of a post.
pub fn single<'a>(outgoing: &'a Outgoing, media: &'a OutgoingMedia) -> Form<'a> {
    let is_story = format(&outgoing.options) == STORY;
    let mut form = vec![source(media)];
    match (is_story, is_video(media)) {
        (true, _) => form.push(("media_type", "STORIES".into())),
        (false, true) => {
            form.push(("media_type", "REELS".into()));
            form.extend(of_reel(&outgoing.options));
        }
        (false, false) => form.extend(alt_text(media)),
    }
    if !is_story {
        form.extend(of_post(outgoing));
    }
    form
}

/// One item of a carousel.
pub fn item(media: &OutgoingMedia) -> Form<'_> {
    let mut form = vec![source(media), ("is_carousel_item", "true".into())];
    if is_video(media) {
        form.push(("media_type", "VIDEO".into()));
    } else {
        form.extend(alt_text(media));
    }
    form
}

/// The carousel itself, of `children` that are ready; a comma list of their ids.
pub fn carousel<'a>(outgoing: &'a Outgoing, children: &'a str) -> Form<'a> {
    let mut form: Form<'_> = vec![
        ("media_type", "CAROUSEL".into()),
        ("children", children.into()),
    ];
    form.extend(of_post(outgoing));
    form
}

/// What belongs to whatever people see as one post; items of a carousel take none of it.
fn of_post(outgoing: &Outgoing) -> Form<'_> {
    let mut form = Form::new();
    if !outgoing.text.is_empty() {
        form.push(("caption", outgoing.text.as_str().into()));
    }
    let names = collaborators(&outgoing.options);
    if !names.is_empty() {
        form.push(("collaborators", Value::from(names).to_string().into()));
    }
    form.extend(place(&outgoing.options).map(|place| (LOCATION, place.into())));
    form
}

/// What only reels have.
fn of_reel(options: &Options) -> Form<'static> {
    let mut form = Form::new();
    if options.get(SHARE_TO_FEED).and_then(Value::as_bool) == Some(false) {
        form.push((SHARE_TO_FEED, "false".into()));
    }
    let cover = cover_millis(options).map(|millis| ("thumb_offset", millis.to_string().into()));
    form.extend(cover);
    form
}

/// The names as Instagram wants them, without an `@`.
pub fn collaborators(options: &Options) -> Vec<&str> {
    let names = options.get(COLLABORATORS).and_then(Value::as_array);
    names
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(|name| name.trim().trim_start_matches('@'))
        .collect()
}

pub fn place(options: &Options) -> Option<&str> {
    let place = options.get(LOCATION)?.as_str()?.trim();
    (!place.is_empty()).then_some(place)
}

/// Where the cover lies in the video.
pub fn cover_millis(options: &Options) -> Option<u64> {
    let seconds = options.get(COVER)?.as_f64().filter(|at| *at >= 0.0)?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .and_then(|at| u64::try_from(at.as_millis()).ok())
}

fn source(media: &OutgoingMedia) -> (&'static str, Cow<'_, str>) {
    let name = if is_video(media) {
        "video_url"
    } else {
        "image_url"
    };
    (name, media.public_url.as_str().into())
}

fn alt_text(media: &OutgoingMedia) -> Option<(&'static str, Cow<'_, str>)> {
    (!media.facts.alt.is_empty()).then_some(("alt_text", media.facts.alt.as_str().into()))
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
