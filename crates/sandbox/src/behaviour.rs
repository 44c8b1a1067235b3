//! What can be changed about the pretend platforms while they run.

use serde::{Deserialize, Serialize};

/// How the pretend platforms behave; every field has the documented platform's ordinary behaviour as default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    /// Facebook and Instagram refuse calls without a proof ("Require App Secret" of a real app).
    pub require_appsecret_proof: bool,
    /// How many polls answer "in progress" before media is ready. Unset: none for pictures, two for videos.
    pub processing_polls: Option<u32>,
    /// How long new long-lived tokens live, and those of Google Drive. Unset: 60 days, on Google Drive an hour; Page and Mastodon
    /// tokens for ever.
    pub token_lifetime_seconds: Option<i64>,
    /// How long new short-lived tokens live.
    pub short_token_lifetime_seconds: i64,
    /// Calls that one token may make per window (an hour; five minutes on Mastodon, a minute on Google Drive). Unset: no limit.
    pub call_limit: Option<u64>,
    /// What Instagram says one account may publish in 24 hours, and enforces.
    pub instagram_daily_posts: u64,
    /// Facebook refuses the same text twice in a row on one Page (error 506).
    pub refuse_duplicates: bool,
    /// The character limit that the Mastodon instance announces and enforces.
    pub mastodon_max_characters: usize,
    /// Instagram fetches pictures after answering, as it always does with videos.
    pub instagram_fetches_pictures_later: bool,
    /// How long things gather before they are told in one request.
    pub webhook_gather_ms: u64,
    /// How much faster than Meta's the hours pass in which an untaken webhook is sent again: 60 makes 36 minutes of 36 hours.
    pub webhook_time_scale: u64,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            require_appsecret_proof: false,
            processing_polls: None,
            token_lifetime_seconds: None,
            short_token_lifetime_seconds: 2 * 60 * 60,
            call_limit: None,
            instagram_daily_posts: 100,
            refuse_duplicates: false,
            mastodon_max_characters: 500,
            instagram_fetches_pictures_later: false,
            webhook_gather_ms: 100,
            webhook_time_scale: 60,
        }
    }
}

impl Behaviour {
    /// How many polls answer "in progress" for media of this sort.
    pub fn polls_for(&self, video: bool) -> u32 {
        self.processing_polls.unwrap_or(if video { 2 } else { 0 })
    }
}
