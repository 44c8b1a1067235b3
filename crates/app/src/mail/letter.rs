//! What somebody is to be told.

use fanfare_domain::{UserId, WorkspaceId};
use fanfare_store::users::User;
use serde_json::{Value as Json, json};
use url::Url;

/// A message to be made from a template.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The template's name.
    pub kind: &'static str,
    pub to: String,
    /// Whose account it is about, if it is about one.
    pub user: Option<UserId>,
    /// The workspace it is sent for, if it is sent in that workspace's transaction.
    pub workspace: Option<WorkspaceId>,
    pub language: String,
    /// What the template's variables stand for.
    pub values: Json,
    /// Where they say that they want no more of its kind, if they are asked.
    pub unsubscribe: Option<Url>,
}

impl Letter {
    /// To somebody with an account, at the account's address. Their name is always among the values.
    pub(crate) fn to_user(user: &User, kind: &'static str, mut values: Json) -> Self {
        values["name"] = json!(user.name);
        Self {
            kind,
            to: user.email.clone(),
            user: Some(user.id),
            workspace: None,
            language: user.language.clone(),
            values,
            unsubscribe: None,
        }
    }
}
