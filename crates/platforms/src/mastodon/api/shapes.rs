//! What calls send and answers hold.

use fanfare_platform_kit::Options;
use fanfare_platform_kit::roles::{Outgoing, OutgoingComment};
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
    #[serde(default)]
    pub edited_at: Option<Timestamp>,
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
    #[serde(default)]
    account: Author,
    #[serde(default)]
    in_reply_to_id: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Author {
    id: String,
}

/// What stands around a post.
#[derive(Deserialize)]
pub struct Context {
    pub descendants: Vec<Status>,
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

    /// Whether it answers that post directly, by the account itself.
    pub fn is_reply_to(&self, post: &str, account: &str) -> bool {
        self.in_reply_to_id.as_deref() == Some(post) && self.account.id == account
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
    let mut body = words(&outgoing.text, &outgoing.options);
    if !media.is_empty() {
        body["media_ids"] = media.into();
    }
    if outgoing.options.get(SENSITIVE).and_then(Value::as_bool) == Some(true) {
        body["sensitive"] = true.into();
    }
    body
}

/// What goes into the call that replies: seen by whom the post is seen, behind the same warning.
pub fn reply_body(comment: &OutgoingComment) -> Value {
    let mut body = words(&comment.text, &comment.options);
    body["in_reply_to_id"] = comment.post.remote_id.clone().into();
    body
}

fn words(status: &str, options: &Options) -> Value {
    let text = |name: &str| {
        let value = options
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .trim();
        Some(value).filter(|value| !value.is_empty())
    };
    let mut body = json!({
        "status": status,
        "visibility": text(VISIBILITY).unwrap_or("public"),
    });
    if let Some(warning) = text(CONTENT_WARNING) {
        body["spoiler_text"] = warning.into();
    }
    if let Some(language) = text(LANGUAGE) {
        body["language"] = language.into();
    }
    body
}
