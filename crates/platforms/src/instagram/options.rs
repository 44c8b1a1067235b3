//! What the formats make of the options, and what is wrong with a choice.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::FIRST_COMMENT;
use fanfare_platform_kit::rules::Finding;
use fanfare_platform_kit::{Content, MediaKind};
use serde_json::Value;

use super::form::{collaborators, cover_millis, format, place};
use super::manifest::{COLLABORATORS, COVER, LOCATION, SHARE_TO_FEED, STORY};

/// Longer than any user name there.
const NAME_MAX: usize = 30;

/// Findings that the option's kind alone does not tell.
pub fn check(content: &Content<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if format(content.options) == STORY {
        findings.extend(of_story(content));
    }
    findings.extend(of_reel(content));
    let wrong = collaborators(content.options)
        .into_iter()
        .find(|name| !is_user_name(name));
    findings.extend(wrong.map(|name| {
        let detail = format!("“{name}” is no user name. Write it as on Instagram: letters, digits, dots and underscores.");
        error(COLLABORATORS, ErrorCode::NotAllowed, detail)
    }));
    let is_number = |text: &str| text.bytes().all(|letter| letter.is_ascii_digit());
    if place(content.options).is_some_and(|place| !is_number(place)) {
        let detail = "A place is the number of its Facebook Page, such as 106377336067638.";
        findings.push(error(LOCATION, ErrorCode::NotAllowed, detail));
    }
    findings
}

fn of_story(content: &Content<'_>) -> Vec<Finding> {
    let is_used = |name: &str| match content.options.get(name) {
        Some(Value::String(text)) => !text.trim().is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        _ => false,
    };
    let table = [
        (
            FIRST_COMMENT,
            "A story takes no comments. Leave the first comment out.",
        ),
        (
            COLLABORATORS,
            "A story takes no collaborators. Leave them out.",
        ),
        (LOCATION, "A story takes no place. Leave it out."),
    ];
    let used = table.into_iter().filter(|(name, _)| is_used(name));
    used.map(|(name, detail)| error(name, ErrorCode::NotAllowed, detail))
        .collect()
}

/// A video alone is a reel, whether it is called one or not.
fn of_reel(content: &Content<'_>) -> Vec<Finding> {
    let video = match content.media {
        [one] if one.kind == MediaKind::Video && format(content.options) != STORY => Some(one),
        _ => None,
    };
    let cover = cover_millis(content.options);
    let kept_back = content.options.get(SHARE_TO_FEED).and_then(Value::as_bool) == Some(false);
    let Some(video) = video else {
        let used = [(COVER, cover.is_some()), (SHARE_TO_FEED, kept_back)];
        return used
            .into_iter()
            .filter(|(_, is_used)| *is_used)
            .map(|(name, _)| {
                let detail = "Only reels have this, so it is left out here.";
                Finding::warning(ErrorCode::NotAllowed, field(name), detail)
            })
            .collect();
    };
    let is_past_end = cover
        .zip(video.duration_millis)
        .is_some_and(|(cover, length)| cover >= length);
    let detail = "The video is over by then. Choose an earlier moment for the cover.";
    let late = is_past_end.then(|| error(COVER, ErrorCode::OutOfRange, detail));
    late.into_iter().collect()
}

fn is_user_name(name: &str) -> bool {
    let good = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '_';
    !name.is_empty() && name.len() <= NAME_MAX && name.chars().all(good)
}

fn field(name: &str) -> String {
    format!("options.{name}")
}

fn error(name: &str, code: ErrorCode, detail: impl Into<String>) -> Finding {
    Finding::error(code, field(name), detail)
}
