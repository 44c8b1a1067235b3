//! What Instagram takes, and the documented errors for what it does not.

use serde::{Deserialize, Serialize};

use super::container::Shape;
use crate::graph::error::GraphError;
use crate::media::{Facts, examine};

const IMAGE_LIMIT: usize = 8 * 1024 * 1024;
const REEL_LIMIT: usize = 300 * 1024 * 1024;
const STORY_LIMIT: usize = 100 * 1024 * 1024;

/// Why media was not taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    NotFetched,
    TooLarge { video: bool },
    NotJpeg,
    Ratio { ratio: f64 },
    VideoFormat,
}

impl Trouble {
    /// The error of a call that fetches at once.
    pub fn error(&self) -> GraphError {
        match self {
            Self::NotFetched => GraphError::new(9004, "Only photo or video can be accepted as media type.").sub(2207052).tell(
                "Media download has failed. The media URI doesn't meet our requirements.",
                "The media could not be fetched from this URI. Please check the URI and try again.",
            ),
            Self::TooLarge { video: true } | Self::VideoFormat => {
                GraphError::new(352, "The video format is not supported.").sub(2207026).tell(
                    "Unsupported video format",
                    "The video format is not supported. Please check the specs for supported formats: MOV or MP4.",
                )
            }
            Self::TooLarge { video: false } => GraphError::new(36000, "The image size is too large.").sub(2207004).tell(
                "Image size too large",
                "The image is too large to download. It should be less than 8 MiB.",
            ),
            Self::NotJpeg => GraphError::instagram_format(),
            Self::Ratio { ratio } => GraphError::new(36003, "The aspect ratio is not supported.").sub(2207009).tell(
                "Aspect ratio not supported",
                format!(
                    "The submitted image with aspect ratio ('{ratio:.2}',) cannot be published. Please submit an image \
                     with a valid aspect ratio."
                ),
            ),
        }
    }

    /// The `status` of a container that failed later.
    pub fn status(&self) -> String {
        let subcode = self.error().subcode.unwrap_or_default();
        format!("Error: Media upload has failed with error code {subcode}")
    }
}

pub fn size_limit(shape: Shape, video: bool) -> usize {
    match (shape, video) {
        (_, false) => IMAGE_LIMIT,
        (Shape::Story, true) => STORY_LIMIT,
        (_, true) => REEL_LIMIT,
    }
}

/// Looks at the bytes; their own type counts, not what a server called them.
pub fn media(bytes: &[u8], shape: Shape, video: bool) -> Result<Facts, Trouble> {
    if bytes.len() > size_limit(shape, video) {
        return Err(Trouble::TooLarge { video });
    }
    let facts = examine(bytes);
    if video {
        video_facts(facts, shape)
    } else {
        image_facts(facts, shape)
    }
}

fn image_facts(facts: Option<Facts>, shape: Shape) -> Result<Facts, Trouble> {
    let facts = facts
        .filter(|facts| facts.mime == "image/jpeg")
        .ok_or(Trouble::NotJpeg)?;
    let ratio = facts.ratio();
    // Pictures are measured in whole pixels, so a hair outside 4:5 to 1.91:1 is inside.
    let fits = (0.795..=1.915).contains(&ratio);
    if shape != Shape::Story && !fits {
        return Err(Trouble::Ratio { ratio });
    }
    Ok(facts)
}

fn video_facts(facts: Option<Facts>, shape: Shape) -> Result<Facts, Trouble> {
    let known = |facts: &Facts| {
        matches!(
            facts.mime.as_str(),
            "video/mp4" | "video/quicktime" | "video/x-m4v"
        )
    };
    let facts = facts.filter(known).ok_or(Trouble::VideoFormat)?;
    let longest = if shape == Shape::Story {
        60.0
    } else {
        15.0 * 60.0
    };
    let fits = facts
        .seconds
        .is_none_or(|seconds| (3.0..=longest + 0.5).contains(&seconds));
    if fits {
        Ok(facts)
    } else {
        Err(Trouble::VideoFormat)
    }
}

pub fn unknown_type(kind: &str) -> GraphError {
    GraphError::new(100, format!("Unknown media type: {kind}"))
        .sub(2207023)
        .tell(
            "Unknown media type",
            format!("The media type {kind} is unknown."),
        )
}

pub fn caption_too_long() -> GraphError {
    GraphError::new(36004, "The caption was too long.")
        .sub(2207010)
        .tell(
            "Caption too long",
            "The caption is too long: at most 2,200 characters, 30 hashtags and 20 @ tags.",
        )
}

pub fn bad_username(name: &str) -> GraphError {
    GraphError::new(110, "Invalid user id").sub(2207018).tell(
        "Cannot tag user",
        format!("The user {name} cannot be tagged."),
    )
}

pub fn carousel_size() -> GraphError {
    GraphError::new(100, "Invalid number of carousel items.").sub(2207028).tell(
        "Carousel validation failed",
        "Your post won't work as a carousel. Carousels need at least 2 and at most 10 photos or videos.",
    )
}

pub fn no_container(id: &str) -> GraphError {
    GraphError::new(24, "The requested resource does not exist")
        .sub(2207008)
        .tell(
            "Media builder not found",
            format!(
                "The media builder with creation id = {id} does not exist or has been expired."
            ),
        )
}

pub fn already_published(id: &str) -> GraphError {
    GraphError::new(24, "The requested resource does not exist")
        .sub(2207006)
        .tell(
            "Media not found",
            format!("The media with {id} cannot be found: it has been published already."),
        )
}

pub fn not_ready() -> GraphError {
    GraphError::new(9007, "Media ID is not available")
        .sub(2207027)
        .tell(
            "Media not ready",
            "The media is not ready for publishing, please wait for a moment.",
        )
}

pub fn quota_used_up() -> GraphError {
    GraphError::new(9, "Application request limit reached").sub(2207042).tell(
        "Reached max posts",
        "You reached the maximum number of posts that may be published through the API in 24 hours.",
    )
}
