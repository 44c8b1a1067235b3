//! Keys as the API shows them.

use fanfare_app::api_keys::{ApiKey, state_of};
use fanfare_domain::Secret;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::words;

/// An API key, without its text.
#[derive(Serialize, ToSchema)]
#[schema(as = ApiKey)]
pub(super) struct ApiKeyAnswer {
    id: String,
    name: String,
    /// The first and the last characters of its text.
    preview: String,
    #[schema(schema_with = words::key_states)]
    state: &'static str,
    #[schema(schema_with = words::scopes)]
    scopes: Vec<&'static str>,
    /// Networks (CIDR) it may be used from; none means anywhere.
    allowed_ips: Vec<String>,
    rate_per_minute: u32,
    #[schema(required)]
    expires_at: Option<Timestamp>,
    created_at: Timestamp,
    /// The name of whoever made it, whose role it never exceeds.
    created_by: String,
    created_by_id: String,
    #[schema(required)]
    rotated_at: Option<Timestamp>,
    /// Until when the text before the last rotation works.
    #[schema(required)]
    old_until: Option<Timestamp>,
    /// As far as it is noted: some seconds late.
    #[schema(required)]
    last_used_at: Option<Timestamp>,
    #[schema(required)]
    revoked_at: Option<Timestamp>,
}

/// An API key with its text, which is not shown again.
#[derive(Serialize, ToSchema)]
pub(crate) struct ApiKeyWithText {
    api_key: ApiKeyAnswer,
    /// Sent as `Authorization: Bearer …`. Null when this repeats an answer that has shown it.
    #[schema(required)]
    text: Option<String>,
}

impl ApiKeyAnswer {
    pub(super) fn new(key: ApiKey, now: Timestamp) -> Self {
        Self {
            state: state_of(&key, now).as_str(),
            id: key.id.to_string(),
            name: key.name,
            preview: key.preview,
            scopes: key.scopes.iter().map(|scope| scope.as_str()).collect(),
            allowed_ips: key.allowed_ips,
            rate_per_minute: key.rate_per_minute,
            expires_at: key.expires_at,
            created_at: key.created_at,
            created_by: key.user_name,
            created_by_id: key.user.to_string(),
            rotated_at: key.rotated_at,
            old_until: key.old_until.filter(|until| *until > now),
            last_used_at: key.last_used_at,
            revoked_at: key.revoked_at,
        }
    }

    pub(super) fn cursor(&self) -> String {
        self.id.clone()
    }
}

impl ApiKeyWithText {
    pub(super) fn new(key: ApiKey, text: Option<&Secret>, now: Timestamp) -> Self {
        Self {
            api_key: ApiKeyAnswer::new(key, now),
            text: text.map(|text| text.expose().to_owned()),
        }
    }
}
