//! What calls send and answers hold.

use fanfare_platform_kit::roles::Outgoing;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use crate::mastodon::manifest::{CONTENT_WARNING, LANGUAGE, SENSITIVE, VISIBILITY};

/// How we are called at every instance.
pub const CLIENT_NAME: &str = "Fanfare";

/// Our registration at an instance.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Registration {
    pub client_id: String,
    pub client_secret: String,
    /// What it was made for; a registration for another address or other scopes is of no use.
    pub redirect_uri: String,
    pub scopes: String,
}

/// Stored credentials.
#[derive(Serialize, Deserialize)]
pub struct Access {
    pub instance: Url,
    pub registration: Registration,
    pub token: String,
    /// The account's id on its instance.
    pub account: String,
}

#[derive(Deserialize)]
pub struct Token {
    pub access_token: String,
    #[serde(default)]
    pub scope: String,
}

#[derive(Deserialize)]
pub struct Account {
    pub id: String,
    pub username: String,
    pub url: Option<String>,
    pub avatar: Option<String>,
}

/// A post as the instance shows it.
#[derive(Debug, Deserialize)]
pub struct Status {
    pub id: String,
    pub url: Option<String>,
    pub created_at: Timestamp,
    /// HTML.
    #[serde(default)]
    pub content: String,
    #[serde(default)]
    pub spoiler_text: String,
    #[serde(default)]
    pub visibility: String,
    #[serde(default)]
    pub media_attachments: Vec<Attachment>,
    #[serde(default)]
    reblog: Value,
    #[serde(default)]
    application: Option<Application>,
}

#[derive(Debug, Deserialize)]
pub struct Attachment {
    pub id: String,
}

#[derive(Debug, Deserialize)]
struct Application {
    name: String,
}

/// A post as it was written.
#[derive(Deserialize)]
pub struct Source {
    pub text: String,
    #[serde(default)]
    pub spoiler_text: String,
}

/// An upload, and whether it can be shown yet.
pub struct Uploaded {
    pub id: String,
    pub is_ready: bool,
}

impl Status {
    /// Whether it can be a post of ours: not a repost, and not written with another program.
    pub fn may_be_ours(&self) -> bool {
        let by_other = self
            .application
            .as_ref()
            .is_some_and(|by| by.name != CLIENT_NAME);
        self.reblog.is_null() && !by_other
    }

    /// For the receipt.
    pub fn raw(&self) -> Value {
        json!({
            "id": self.id,
            "url": self.url,
            "created_at": self.created_at,
            "visibility": self.visibility,
        })
    }
}

/// What goes into the call that publishes.
pub fn status_body(outgoing: &Outgoing, media: &[String]) -> Value {
    let text = |name: &str| {
        let value = outgoing
            .options
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim();
        Some(value).filter(|value| !value.is_empty())
    };
    let mut body = json!({
        "status": outgoing.text,
        "visibility": text(VISIBILITY).unwrap_or("public"),
    });
    if !media.is_empty() {
        body["media_ids"] = media.into();
    }
    if let Some(warning) = text(CONTENT_WARNING) {
        body["spoiler_text"] = warning.into();
    }
    if let Some(language) = text(LANGUAGE) {
        body["language"] = language.into();
    }
    if outgoing.options.get(SENSITIVE).and_then(Value::as_bool) == Some(true) {
        body["sensitive"] = true.into();
    }
    body
}
