//! Checks a post against a channel's rules before anything is sent.

mod amounts;
mod count;
mod media;
mod options;
pub mod text;
mod wording;

use fanfare_domain::ErrorCode;
use jiff::Timestamp;
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
    /// What would mend it, where that can be done at once.
    pub fix: Option<Fix>,
}

/// What mends a finding, with what it takes to do it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fix {
    /// Make this channel's text no longer than `max`, as the channel counts.
    Shorten { max: u32 },
    /// Cut the picture to a shape within these ratios of width to height.
    Crop {
        media_id: String,
        min_ratio: Option<f64>,
        max_ratio: Option<f64>,
    },
    /// Write the picture anew as this type, no larger than that.
    Convert {
        media_id: String,
        mime: String,
        max_bytes: Option<u64>,
    },
    /// Have the post go out at that time.
    Move { at: Timestamp },
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
            fix: None,
        }
    }

    pub fn warning(code: ErrorCode, field: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            level: Level::Warning,
            code,
            field: field.into(),
            detail: detail.into(),
            fix: None,
        }
    }

    /// The same, with what mends it.
    #[must_use]
    pub fn mended_by(self, fix: Option<Fix>) -> Self {
        Self { fix, ..self }
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
