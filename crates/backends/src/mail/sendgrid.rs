//! SendGrid's v3 Mail Send API (shared facts: `providers/mail.md`, section 2).

use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::Secret;
use fanfare_domain::mail::{
    MailFailure, MailReport, MailTransport, OutgoingMail, ReportRefused, ReportRequest,
};
use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use url::Url;

use super::sendgrid_events::{self, EventKey};

const TIMEOUT: Duration = Duration::from_secs(30);
/// Of an answer that is no JSON, this much is told.
const EXCERPT: usize = 200;

/// An account at SendGrid, by a key with the permission Mail Send.
pub struct SendGrid {
    client: Client,
    api: Url,
    key: Secret,
    events: Option<EventKey>,
}

impl SendGrid {
    /// `api` is `https://api.sendgrid.com`, `https://api.eu.sendgrid.com`, or a stand-in; `events` verifies what SendGrid tells later.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn new(api: Url, key: Secret, events: Option<EventKey>) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .timeout(TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self {
            client,
            api,
            key,
            events,
        })
    }

    fn at(&self, path: &str) -> Url {
        let mut url = self.api.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        url
    }

    async fn ask(&self, request: RequestBuilder) -> Result<(), MailFailure> {
        let answer = request
            .bearer_auth(self.key.expose())
            .send()
            .await
            .map_err(|error| MailFailure::Later(error.without_url().to_string()))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let body = answer.text().await.unwrap_or_default();
        Err(failure(status, &body))
    }
}

#[async_trait]
impl MailTransport for SendGrid {
    fn name(&self) -> &'static str {
        "sendgrid"
    }

    async fn send(&self, mail: &OutgoingMail) -> Result<(), MailFailure> {
        self.ask(self.client.post(self.at("/v3/mail/send")).json(&body(mail)))
            .await
    }

    async fn check(&self) -> Result<(), MailFailure> {
        self.ask(self.client.get(self.at("/v3/scopes"))).await
    }

    fn reports(&self, told: &ReportRequest<'_>) -> Result<Vec<MailReport>, ReportRefused> {
        let key = self.events.as_ref().ok_or(ReportRefused::NoKey)?;
        sendgrid_events::read(key, told)
    }
}

fn body(mail: &OutgoingMail) -> Value {
    let mut body = json!({
        "personalizations": [{
            "to": [{ "email": mail.to }],
            // Comes back with each event about the message; SendGrid has no other key by which to tell repeats.
            "custom_args": { "fanfare_id": mail.id },
        }],
        "from": { "email": mail.from.address, "name": mail.from.name },
        "subject": mail.subject,
        "content": [
            { "type": "text/plain", "value": mail.text },
            { "type": "text/html", "value": mail.html },
        ],
        // Links that let somebody in are not to lead through a stranger's counter.
        "tracking_settings": {
            "click_tracking": { "enable": false, "enable_text": false },
            "open_tracking": { "enable": false },
        },
    });
    if let Some(url) = &mail.unsubscribe {
        body["headers"] = json!({
            "List-Unsubscribe": format!("<{url}>"),
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        });
    }
    body
}

fn failure(status: StatusCode, body: &str) -> MailFailure {
    let said = message_in(body);
    let told = format!("SendGrid answered {}: {said}", status.as_u16());
    match status.as_u16() {
        401 | 403 => MailFailure::Settings(told),
        408 | 429 | 500..=599 => MailFailure::Later(told),
        _ => MailFailure::Refused(told),
    }
}

fn message_in(body: &str) -> String {
    let parsed: Option<Value> = serde_json::from_str(body).ok();
    let message = parsed
        .as_ref()
        .and_then(|value| value["errors"][0]["message"].as_str());
    match message {
        Some(message) => message.to_owned(),
        None => body.chars().take(EXCERPT).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_says_whether_another_try_may_help() {
        let errors = r#"{"errors":[{"message":"The from address does not match a verified Sender Identity.","field":"from"}]}"#;
        let of = |status: u16, body: &str| failure(StatusCode::from_u16(status).unwrap(), body);
        assert_eq!(
            of(403, errors),
            MailFailure::Settings(
                "SendGrid answered 403: The from address does not match a verified Sender Identity."
                    .to_owned()
            )
        );
        assert!(matches!(of(401, "{}"), MailFailure::Settings(_)));
        assert!(matches!(of(400, errors), MailFailure::Refused(_)));
        assert!(matches!(of(413, ""), MailFailure::Refused(_)));
        for busy in [429, 500, 503] {
            assert!(matches!(of(busy, "<html>"), MailFailure::Later(_)));
        }
    }
}
