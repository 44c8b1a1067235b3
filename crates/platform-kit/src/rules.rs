//! Checks a post against a channel's rules before anything is sent.

mod amounts;
mod count;
mod media;
mod options;
pub mod text;
mod wording;

use fanfare_domain::ErrorCode;
use serde::Serialize;

use crate::content::Content;
use crate::manifest::ContentRules;

pub use count::count;
pub use options::check as check_options;

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

impl Finding {
    pub fn error(code: ErrorCode, field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            code,
            field: field.into(),
            detail: detail.into(),
        }
    }

    pub fn warning(code: ErrorCode, field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            code,
            field: field.into(),
            detail: detail.into(),
        }
    }
}

/// All findings, errors first, in the order a person reads the composer: text, media, options.
#[must_use]
pub fn check(rules: &ContentRules, content: &Content<'_>) -> Vec<Finding> {
    let mut findings = wording::check(rules, content);
    findings.extend(media::check(&rules.media, content.media));
    findings.extend(options::check(&rules.options, content.options));
    findings.sort_by_key(|finding| finding.level == Level::Warning);
    findings
}

#[cfg(test)]
mod tests;
