//! What rules say about the text.

use fanfare_domain::ErrorCode;

use super::amounts::{counted, number};
use super::text::{EntityKind, count_of, first_url};
use super::{Finding, Fix, count};
use crate::content::Content;
use crate::manifest::{ContentRules, MediaRule, TextCount, TextRule};

pub(super) fn check(rules: &ContentRules, content: &Content<'_>) -> Vec<Finding> {
    let text = content.text;
    [
        missing(rules, content),
        too_long(&rules.text, text),
        too_many_bytes(&rules.text, text),
        too_many(
            (
                rules.hashtags_max,
                EntityKind::Hashtag,
                ErrorCode::TooManyHashtags,
                "hashtags",
            ),
            text,
        ),
        too_many(
            (
                rules.mentions_max,
                EntityKind::Mention,
                ErrorCode::TooManyMentions,
                "mentions",
            ),
            text,
        ),
        dead_link(rules, text),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn missing(rules: &ContentRules, content: &Content<'_>) -> Option<Finding> {
    let has_link = content
        .options
        .get("link")
        .and_then(|link| link.as_str())
        .is_some_and(|link| !link.is_empty());
    let is_needed = rules.text.required_without_media && !rules.media.required;
    if !is_needed || has_link || !content.media.is_empty() || !content.text.trim().is_empty() {
        return None;
    }
    let detail = match media_words(&rules.media) {
        Some(media) => format!("Write a text, or add {media}."),
        None => "Write a text.".to_owned(),
    };
    Some(Finding::error(ErrorCode::TextRequired, "text", detail))
}

/// What can be added to a post: `a picture or a video`.
pub(super) fn media_words(rule: &MediaRule) -> Option<&'static str> {
    match (rule.max_items, &rule.image, &rule.video) {
        (0, _, _) | (_, None, None) => None,
        (_, Some(_), None) => Some("a picture"),
        (_, None, Some(_)) => Some("a video"),
        (_, Some(_), Some(_)) => Some("a picture or a video"),
    }
}

fn too_long(rule: &TextRule, text: &str) -> Option<Finding> {
    let limit = rule.max?;
    let over = count(text, &rule.count)
        .checked_sub(limit)
        .filter(|over| *over > 0)?;
    let how = match rule.count {
        TextCount::Graphemes | TextCount::Scalars => String::new(),
        TextCount::Utf16 => " Most emoji count as two.".to_owned(),
        TextCount::Mastodon { url_length } => format!(" Each link counts as {url_length}."),
    };
    let detail = format!(
        "{} over the limit of {}.{how}",
        counted(over.into(), "character", "characters"),
        number(limit.into()),
    );
    let fix = Fix::Shorten { max: limit };
    Some(Finding::error(ErrorCode::TextTooLong, "text", detail).mended_by(Some(fix)))
}

fn too_many_bytes(rule: &TextRule, text: &str) -> Option<Finding> {
    let limit = u64::from(rule.max_bytes?);
    let over = (text.len() as u64)
        .checked_sub(limit)
        .filter(|over| *over > 0)?;
    let detail = format!(
        "{} over the limit of {}. Emoji and letters with accents take several bytes each.",
        counted(over, "byte", "bytes"),
        number(limit),
    );
    Some(Finding::error(ErrorCode::TextTooLong, "text", detail))
}

fn too_many(
    (limit, kind, code, word): (Option<u32>, EntityKind, ErrorCode, &str),
    text: &str,
) -> Option<Finding> {
    let limit = limit?;
    let found = count_of(kind, text);
    let detail = || format!("{found} {word}; this channel takes at most {limit}.");
    (found > limit).then(|| Finding::error(code, "text", detail()))
}

fn dead_link(rules: &ContentRules, text: &str) -> Option<Finding> {
    let link = first_url(text).filter(|_| !rules.links_clickable)?;
    let detail = format!("Nobody can follow {link} there: this channel shows links as plain text.");
    Some(Finding::warning(
        ErrorCode::LinkNotClickable,
        "text",
        detail,
    ))
}
