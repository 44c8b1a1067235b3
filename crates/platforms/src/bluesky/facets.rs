//! Which bytes of a text are links, mentions and hashtags; Bluesky's servers do not look for themselves.

use std::collections::BTreeMap;

use fanfare_platform_kit::rules::text::{Entity, EntityKind, entities};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

/// Longer tags are refused.
const TAG_GRAPHEMES_MAX: usize = 64;
const TAG_BYTES_MAX: usize = 640;

/// Who was found for each handle that the text mentions, by the handle in lower case.
pub type Mentions = BTreeMap<String, String>;

/// The text's facets. A mention of somebody who is not among `mentions` stays plain text.
pub fn facets(text: &str, mentions: &Mentions) -> Vec<Value> {
    entities(text)
        .iter()
        .filter_map(|entity| {
            let feature = feature(entity, mentions)?;
            let index = json!({ "byteStart": entity.start, "byteEnd": entity.end() });
            Some(json!({ "index": index, "features": [feature] }))
        })
        .collect()
}

/// The handles that a text mentions, in lower case, each once.
pub fn handles(text: &str) -> Vec<String> {
    let mut handles: Vec<_> = entities(text).iter().filter_map(handle).collect();
    handles.sort();
    handles.dedup();
    handles
}

fn feature(entity: &Entity<'_>, mentions: &Mentions) -> Option<Value> {
    match entity.kind {
        EntityKind::Url => {
            // Written out, as the lexicon wants plain ASCII.
            let uri = Url::parse(entity.text).ok()?;
            Some(json!({ "$type": "app.bsky.richtext.facet#link", "uri": uri }))
        }
        EntityKind::Mention => {
            let did = mentions.get(&handle(entity)?)?;
            Some(json!({ "$type": "app.bsky.richtext.facet#mention", "did": did }))
        }
        EntityKind::Hashtag => {
            let tag = entity.name();
            fits(tag).then(|| json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag }))
        }
    }
}

/// Whether it becomes a link, as far as can be told without asking who is mentioned.
pub fn may_link(entity: &Entity<'_>) -> bool {
    match entity.kind {
        EntityKind::Url => true,
        EntityKind::Mention => handle(entity).is_some(),
        EntityKind::Hashtag => fits(entity.name()),
    }
}

fn fits(tag: &str) -> bool {
    tag.len() <= TAG_BYTES_MAX && tag.graphemes(true).count() <= TAG_GRAPHEMES_MAX
}

/// A handle is a domain name; `@name` alone and `@name@server` are not handles.
fn handle(entity: &Entity<'_>) -> Option<String> {
    let name = entity.name();
    let is_handle = entity.kind == EntityKind::Mention
        && name.contains('.')
        && name.len() <= 253
        && name.split('.').all(is_label);
    is_handle.then(|| name.to_ascii_lowercase())
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}
