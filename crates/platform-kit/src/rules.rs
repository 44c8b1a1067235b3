//! Checks a post against a channel's rules before anything is sent.

use fanfare_domain::ErrorCode;
use serde::Serialize;

use crate::content::Content;
use crate::manifest::ContentRules;

/// Something wrong (`Error`, blocks) or remarkable (`Warning`, explains) about a post on one channel.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    pub level: Level,
    pub code: ErrorCode,
    /// `text`, `media`, `media.0`, `media.0.alt`, `options.visibility` …
    pub field: String,
    /// In words, with the numbers: what is wrong and what would be right.
    pub detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Error,
    Warning,
}

/// All findings, errors first, in the order a person reads the composer: text, media, options.
#[must_use]
pub fn check(rules: &ContentRules, content: &Content<'_>) -> Vec<Finding> {
    let _ = (rules, content);
    Vec::new()
}
