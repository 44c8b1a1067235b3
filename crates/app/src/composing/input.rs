//! What clients send, as plain values.

use std::collections::BTreeMap;

use fanfare_domain::{ChannelId, MediaId};
use fanfare_platform_kit::Options;
use jiff::Timestamp;

use crate::scheduling::Repetition;

/// A whole post.
#[derive(Debug, Clone, Default)]
pub struct PostInput {
    pub text: String,
    pub media: Vec<MediaInput>,
    pub channels: Vec<ChannelId>,
    /// What differs on single channels.
    pub variants: BTreeMap<ChannelId, VariantInput>,
    /// Absent in an edit that leaves the time alone.
    pub schedule: Option<ScheduleInput>,
}

/// A picture or video of the post. Without `alt`, the file's own alternative text applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaInput {
    pub id: MediaId,
    pub alt: Option<String>,
}

/// What differs on one channel. Without `text`, the post's applies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct VariantInput {
    pub text: Option<String>,
    pub options: Options,
}

/// When the post goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScheduleInput {
    Draft {
        time_zone: Option<String>,
    },
    Now {
        time_zone: Option<String>,
    },
    At {
        at: Timestamp,
        time_zone: Option<String>,
        /// Absent where it stays as it is: not repeating, or moved alone out of its rule.
        repeat: Option<Repetition>,
    },
    /// Each channel's next free slot.
    Queue {
        time_zone: Option<String>,
    },
}

impl ScheduleInput {
    pub(super) fn time_zone(&self) -> Option<&str> {
        match self {
            Self::Draft { time_zone }
            | Self::Now { time_zone }
            | Self::At { time_zone, .. }
            | Self::Queue { time_zone } => time_zone.as_deref(),
        }
    }
}

/// An edit: what is absent stays.
#[derive(Debug, Clone, Default)]
pub struct PostChange {
    pub text: Option<String>,
    pub media: Option<Vec<MediaInput>>,
    pub channels: Option<Vec<ChannelId>>,
    pub variants: Option<BTreeMap<ChannelId, VariantInput>>,
    pub schedule: Option<ScheduleInput>,
    /// The revision that the editor saw; when the post has another, somebody else edited it and nothing is saved.
    pub revision: Option<i64>,
    /// What the post says now is kept as a version, however short the time since it was said.
    pub keeps_present: bool,
}
