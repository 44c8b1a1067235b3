//! One attempt to tell an endpoint one message.

use std::time::{Duration, Instant};

use fanfare_domain::{WebhookEndpointId, WebhookMessageId};
use fanfare_platform_kit::http::{Acknowledged, NotifyError};
use fanfare_store::webhook_endpoints::WebhookEndpoint;
use jiff::Timestamp;
use serde_json::json;
use url::Url;

use super::sign::signatures;
use crate::App;

/// A message that is not taken by then counts as failed.
const PATIENCE: Duration = Duration::from_secs(20);
/// Stands for values that are nobody's business.
pub(super) const HIDDEN: &str = "•••";

/// An endpoint with its secrets opened.
pub(super) struct Target {
    url: String,
    secrets: Vec<Vec<u8>>,
    headers: Vec<(String, String)>,
    /// As they are in the database.
    sealed: [Option<Vec<u8>>; 3],
}

/// How an attempt ended.
pub(super) struct Tried {
    pub at: Timestamp,
    pub duration_ms: i64,
    pub url: String,
    pub answer: Result<Acknowledged, String>,
    /// As sent, values of the endpoint's own headers hidden; a JSON list.
    pub headers: String,
}

/// For whom secrets and headers are sealed.
pub(super) fn owner(id: WebhookEndpointId) -> String {
    format!("webhook/{id}")
}

impl Target {
    pub(super) fn open(app: &App, endpoint: &WebhookEndpoint, now: Timestamp) -> Self {
        let owner = owner(endpoint.id);
        let earlier = endpoint.previous_until.is_some_and(|until| until > now);
        let earlier = endpoint.previous_secret.as_ref().filter(|_| earlier);
        let sealed = endpoint.secret.iter().chain(earlier);
        let open = |sealed: &Vec<u8>| {
            let opened = app.vault.open(&owner, sealed);
            opened
                .inspect_err(|error| tracing::error!(owner, %error, "a secret does not open"))
                .ok()
        };
        let headers = endpoint.headers.as_ref().and_then(open);
        Self {
            url: endpoint.url.clone(),
            secrets: sealed.filter_map(open).collect(),
            headers: headers
                .and_then(|json| serde_json::from_slice(&json).ok())
                .unwrap_or_default(),
            sealed: sealed_of(endpoint),
        }
    }

    /// Whether the endpoint still wants to be told, there and with these signatures and headers.
    pub(super) fn is_still(&self, endpoint: &WebhookEndpoint) -> bool {
        endpoint.enabled && endpoint.url == self.url && sealed_of(endpoint) == self.sealed
    }

    /// Sends it once. Nothing is written down.
    pub(super) async fn send(&self, app: &App, id: WebhookMessageId, body: &str) -> Tried {
        let (at, begun) = (app.now(), Instant::now());
        let signature = signatures(&self.secrets, &id.to_string(), at.as_second(), body);
        let ours = [
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id.to_string()),
            ("webhook-timestamp", at.as_second().to_string()),
            ("webhook-signature", signature),
        ];
        let mut headers: Vec<(String, String)> =
            ours.map(|(name, value)| (name.to_owned(), value)).to_vec();
        let mut shown = headers.clone();
        headers.extend(self.headers.iter().cloned());
        let own = self.headers.iter();
        shown.extend(own.map(|(name, _)| (name.clone(), HIDDEN.to_owned())));
        let answer = self.post(app, &headers, body).await;
        let took = begun.elapsed();
        metrics::histogram!("fanfare_outgoing_webhook_seconds").record(took.as_secs_f64());
        Tried {
            at,
            url: self.url.clone(),
            duration_ms: i64::try_from(took.as_millis()).unwrap_or(i64::MAX),
            answer,
            headers: json!(shown).to_string(),
        }
    }

    async fn post(
        &self,
        app: &App,
        headers: &[(String, String)],
        body: &str,
    ) -> Result<Acknowledged, String> {
        if self.secrets.is_empty() {
            return Err("The secret cannot be read with this installation's keys, so nothing can be signed. Make a new secret.".to_owned());
        }
        let url = Url::parse(&self.url).map_err(|error| error.to_string())?;
        let answered = app.http.notify(url, headers, body.to_owned(), PATIENCE);
        answered
            .await
            .map_err(|error: NotifyError| error.to_string())
    }
}

fn sealed_of(endpoint: &WebhookEndpoint) -> [Option<Vec<u8>>; 3] {
    [
        &endpoint.secret,
        &endpoint.previous_secret,
        &endpoint.headers,
    ]
    .map(Clone::clone)
}

impl Tried {
    /// Only 2xx says that the message was taken.
    pub(super) fn is_success(&self) -> bool {
        matches!(&self.answer, Ok(answer) if (200..300).contains(&answer.status))
    }

    pub(super) fn status(&self) -> Option<u16> {
        self.answer.as_ref().ok().map(|answer| answer.status)
    }

    /// The server says that there will never be anything at this address again.
    pub(super) fn is_gone(&self) -> bool {
        self.status() == Some(410)
    }

    /// What went wrong and what to do about it; nothing when it went well.
    pub(super) fn error(&self) -> Option<String> {
        let answer = match &self.answer {
            Err(words) => return Some(words.clone()),
            Ok(_) if self.is_success() => return None,
            Ok(answer) => answer,
        };
        let status = answer.status;
        let words = match status {
            300..=399 => "Redirects are not followed. Enter the address that it leads to.",
            401 | 403 => "The server does not let us in. Check the headers of this webhook.",
            404 | 405 => "There is nothing at this address that takes messages. Check the address.",
            410 => {
                "The server says that this address is gone for good, so nothing more is sent to it."
            }
            429 => "The server wants fewer messages. It is tried again later.",
            500.. => "The server failed. Look into its log.",
            _ => {
                "The server did not take the message. Only a status from 200 to 299 says that it did."
            }
        };
        Some(format!("HTTP status {status}. {words}"))
    }
}
