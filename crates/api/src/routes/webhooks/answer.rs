//! Webhooks as the API shows them.

use fanfare_app::telling::{Attempt, EndpointView, EventType, Rotated};
use fanfare_domain::Secret;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A webhook, without its secret and the values of its headers.
#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(crate) struct EndpointAnswer {
    id: String,
    url: String,
    description: String,
    /// None means all.
    event_types: Vec<String>,
    enabled: bool,
    #[schema(required)]
    disabled: Option<Disabled>,
    headers: Vec<HeaderName>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// Since when nothing but failures came.
    #[schema(required)]
    failing_since: Option<Timestamp>,
    #[schema(required)]
    last_success_at: Option<Timestamp>,
    #[schema(required)]
    last_failure: Option<LastFailureAnswer>,
    #[schema(required)]
    previous_secret_until: Option<Timestamp>,
    /// Messages that it does not have yet.
    waiting: i64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookDisabled)]
struct Disabled {
    at: Timestamp,
    /// `failing`, `gone` or `person`.
    why: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookHeaderName)]
struct HeaderName {
    name: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookLastFailure)]
struct LastFailureAnswer {
    at: Timestamp,
    #[schema(required)]
    status: Option<i64>,
    error: String,
}

/// A webhook with its secret, which is not shown again.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookWithSecret)]
pub(crate) struct EndpointWithSecret {
    #[serde(flatten)]
    webhook: EndpointAnswer,
    /// `whsec_…`. Null when this repeats an answer that has shown it.
    #[schema(required)]
    secret: Option<String>,
}

/// A new secret.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookSecret)]
pub(crate) struct SecretAnswer {
    /// `whsec_…`. Null when this repeats an answer that has shown it.
    #[schema(required)]
    secret: Option<String>,
    /// Until when the secret before signs too.
    #[schema(required)]
    previous_secret_until: Option<Timestamp>,
}

/// One attempt to deliver a message.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookAttempt)]
pub(super) struct AttemptAnswer {
    id: String,
    /// The same in each attempt: `webhook-id`.
    message_id: String,
    event_type: String,
    /// From 1.
    number: i64,
    at: Timestamp,
    duration_ms: i64,
    /// `succeeded` or `failed`.
    outcome: String,
    #[schema(required)]
    response: Option<ResponseAnswer>,
    /// In words, with advice.
    #[schema(required)]
    error: Option<String>,
    request: RequestAnswer,
    message: MessageAnswer,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookAttemptResponse)]
struct ResponseAnswer {
    status: i64,
    /// The first 2,048 bytes.
    body: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookAttemptRequest)]
struct RequestAnswer {
    url: String,
    /// Values of the webhook's own headers are hidden.
    headers: Vec<SentHeader>,
    body: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = WebhookAttemptHeader)]
struct SentHeader {
    name: String,
    value: String,
}

/// How the message stands now.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookMessageStatus)]
struct MessageAnswer {
    /// `pending`, `delivered` or `failed`.
    status: &'static str,
    #[schema(required)]
    next_attempt_at: Option<Timestamp>,
}

/// One thing that webhooks can be told.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEventType)]
pub(super) struct EventTypeAnswer {
    r#type: &'static str,
    description: &'static str,
    /// A whole message.
    #[schema(value_type = Object)]
    example: Value,
}

/// How many messages are sent again, or would be.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookReplayed)]
pub(super) struct ReplayedAnswer {
    pub messages: u64,
    pub dry_run: bool,
}

impl EndpointAnswer {
    pub(super) fn new(view: EndpointView, now: Timestamp) -> Self {
        let EndpointView { endpoint, waiting } = view;
        Self {
            id: endpoint.id.to_string(),
            url: endpoint.url,
            description: endpoint.description,
            event_types: endpoint.event_types,
            enabled: endpoint.enabled,
            disabled: endpoint.disabled.map(|(at, why)| Disabled {
                at,
                why: why.as_str(),
            }),
            headers: endpoint
                .header_names
                .into_iter()
                .map(|name| HeaderName { name })
                .collect(),
            created_at: endpoint.created_at,
            updated_at: endpoint.updated_at,
            failing_since: endpoint.failing_since,
            last_success_at: endpoint.last_success_at,
            last_failure: endpoint.last_failure.map(|last| LastFailureAnswer {
                at: last.at,
                status: last.status,
                error: last.error,
            }),
            previous_secret_until: endpoint.previous_until.filter(|until| *until > now),
            waiting,
        }
    }

    pub(super) fn cursor(&self) -> String {
        self.id.clone()
    }
}

impl EndpointWithSecret {
    pub(super) fn new(view: EndpointView, secret: Option<&Secret>, now: Timestamp) -> Self {
        Self {
            webhook: EndpointAnswer::new(view, now),
            secret: secret.map(|secret| secret.expose().to_owned()),
        }
    }
}

impl SecretAnswer {
    pub(super) fn new(rotated: &Rotated) -> Self {
        Self {
            secret: Some(rotated.secret.expose().to_owned()),
            previous_secret_until: rotated.previous_until,
        }
    }

    pub(super) fn again(view: &EndpointView) -> Self {
        Self {
            secret: None,
            previous_secret_until: view.endpoint.previous_until,
        }
    }
}

impl AttemptAnswer {
    pub(super) fn new(attempt: Attempt) -> Self {
        let body = attempt.response.unwrap_or_default();
        let headers = attempt.headers.into_iter();
        Self {
            id: attempt.id.to_string(),
            message_id: attempt.message.to_string(),
            event_type: attempt.event_type,
            number: attempt.number,
            at: attempt.at,
            duration_ms: attempt.duration_ms,
            outcome: attempt.outcome,
            response: attempt.status.map(|status| ResponseAnswer { status, body }),
            error: attempt.error,
            request: RequestAnswer {
                url: attempt.url,
                headers: headers
                    .map(|(name, value)| SentHeader { name, value })
                    .collect(),
                body: attempt.body,
            },
            message: MessageAnswer {
                status: attempt.send.as_str(),
                next_attempt_at: attempt.next_at,
            },
        }
    }

    pub(super) fn cursor(&self) -> String {
        self.id.clone()
    }
}

impl EventTypeAnswer {
    pub(super) fn new(kind: &EventType) -> Self {
        Self {
            r#type: kind.name,
            description: kind.about,
            example: kind.example(),
        }
    }
}
