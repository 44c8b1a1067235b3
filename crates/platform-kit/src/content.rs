//! What a post is to a platform: plain facts, so that rules can be checked anywhere.

pub use fanfare_domain::media::MediaKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A person's choices for one channel, by the names of the manifest's options.
pub type Options = Map<String, Value>;

/// The content of one delivery, as rules see it.
#[derive(Debug, Clone, Copy)]
pub struct Content<'a> {
    pub text: &'a str,
    pub media: &'a [MediaFacts],
    pub options: &'a Options,
}

/// What is known of a stored picture or video.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MediaFacts {
    pub id: String,
    pub kind: MediaKind,
    pub mime: String,
    pub bytes: u64,
    /// In pixels; 0 when it could not be told.
    pub width: u32,
    pub height: u32,
    /// Absent for still pictures, and when it could not be told.
    pub duration_millis: Option<u64>,
    /// What people who cannot see it are told; empty when nobody wrote any.
    pub alt: String,
}
