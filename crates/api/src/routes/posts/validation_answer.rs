//! What each channel would make of a post, as clients see it.

use fanfare_app::composing::{ChannelFinding, TextMarks, Validation};
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::rules::text::EntityKind;
use fanfare_platform_kit::rules::{Finding, Fix, Level};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::words;

/// What each channel would make of a post.
#[derive(Serialize, ToSchema)]
#[schema(as = Validation)]
pub(super) struct ValidationAnswer {
    findings: Vec<FindingAnswer>,
    counts: Vec<CountAnswer>,
    /// What becomes a link in the text for all, and in each channel's as its platform reads it.
    entities: Vec<TextEntitiesAnswer>,
}

/// Something wrong (`error`, blocks) or remarkable (`warning`, explains).
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub(super) struct FindingAnswer {
    /// Absent where it is about the post as a whole, such as its time.
    #[schema(required)]
    channel_id: Option<String>,
    #[schema(schema_with = words::levels)]
    level: String,
    code: String,
    field: String,
    detail: String,
    /// What mends it, where that can be done at once.
    #[schema(required)]
    fix: Option<FixAnswer>,
}

/// What mends a finding.
#[derive(Serialize, ToSchema)]
#[schema(as = Fix)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum FixAnswer {
    /// Make the channel's text no longer than `max`, as the channel counts.
    Shorten { max: u32 },
    /// Cut the picture to a shape within these ratios of width to height.
    Crop {
        media_id: String,
        #[schema(required)]
        min_ratio: Option<f64>,
        #[schema(required)]
        max_ratio: Option<f64>,
    },
    /// Write the picture anew as this type, no larger than that.
    Convert {
        media_id: String,
        mime: String,
        #[schema(required)]
        max_bytes: Option<u64>,
    },
    /// Have the post go out at that time.
    Move { at: Timestamp },
}

/// Links, mentions and hashtags of one text.
#[derive(Serialize, ToSchema)]
#[schema(as = TextEntities)]
struct TextEntitiesAnswer {
    /// Absent for the text for all channels.
    #[schema(required)]
    channel_id: Option<String>,
    ranges: Vec<EntityAnswer>,
}

/// A part of a text, in UTF-16 code units, as JavaScript counts.
#[derive(Serialize, ToSchema)]
#[schema(as = TextEntity)]
struct EntityAnswer {
    /// `url`, `mention` or `hashtag`.
    kind: &'static str,
    start: usize,
    end: usize,
}

/// The length of the text on one channel, as its platform counts.
#[derive(Serialize, ToSchema)]
#[schema(as = CountedText)]
struct CountAnswer {
    channel_id: String,
    used: u32,
    #[schema(required)]
    max: Option<u32>,
}

impl FindingAnswer {
    fn new(channel_id: Option<String>, finding: Finding) -> Self {
        Self {
            channel_id,
            level: level(finding.level).to_owned(),
            code: ErrorCode::as_str(finding.code).to_owned(),
            field: finding.field,
            detail: finding.detail,
            fix: finding.fix.map(Into::into),
        }
    }
}

impl From<ChannelFinding> for FindingAnswer {
    fn from(found: ChannelFinding) -> Self {
        Self::new(Some(found.channel.to_string()), found.finding)
    }
}

impl From<Validation> for ValidationAnswer {
    fn from(validation: Validation) -> Self {
        let about_time = validation.about_time.into_iter();
        let findings = about_time
            .map(|finding| FindingAnswer::new(None, finding))
            .chain(validation.findings.into_iter().map(Into::into));
        let counts = validation.counts.into_iter().map(|count| CountAnswer {
            channel_id: count.channel.to_string(),
            used: count.used,
            max: count.max,
        });
        Self {
            findings: findings.collect(),
            counts: counts.collect(),
            entities: validation.marks.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Fix> for FixAnswer {
    fn from(fix: Fix) -> Self {
        match fix {
            Fix::Shorten { max } => Self::Shorten { max },
            Fix::Crop {
                media_id,
                min_ratio,
                max_ratio,
            } => Self::Crop {
                media_id,
                min_ratio,
                max_ratio,
            },
            Fix::Convert {
                media_id,
                mime,
                max_bytes,
            } => Self::Convert {
                media_id,
                mime,
                max_bytes,
            },
            Fix::Move { at } => Self::Move { at },
        }
    }
}

impl From<TextMarks> for TextEntitiesAnswer {
    fn from(text: TextMarks) -> Self {
        let ranges = text.marks.iter().map(|mark| EntityAnswer {
            kind: match mark.kind {
                EntityKind::Url => "url",
                EntityKind::Mention => "mention",
                EntityKind::Hashtag => "hashtag",
            },
            start: mark.start,
            end: mark.end,
        });
        Self {
            channel_id: text.channel.map(|id| id.to_string()),
            ranges: ranges.collect(),
        }
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}
