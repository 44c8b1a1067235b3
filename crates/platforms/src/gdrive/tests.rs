//! Google Drive, call by call, against scripted answers.

mod connect;
mod files;

use fanfare_platform_kit::Credentials;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::api::Access;
use super::errors::refusal;
use super::manifest::READ_FILES;
use super::{GoogleDrive, ID};
use crate::meta_graph::refusal_table;
use crate::meta_graph::scripted::{NOW, Reply, Scripted, at, ok, reply};

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(include_str!("fixtures/refusals.json"), refusal);
}

/// What was kept at connecting, an hour ago.
fn credentials(refresh_token: Option<&str>) -> Credentials {
    Credentials::from_value(&Access {
        access_token: "ya29.old".to_owned(),
        refresh_token: refresh_token.map(str::to_owned),
        ends: at(NOW) - SignedDuration::from_secs(1),
        scopes: vec!["openid".to_owned(), READ_FILES.to_owned()],
    })
}

/// A refusal of the API.
fn refused(status: u16, reason: &str) -> Reply {
    let error = json!({ "code": status, "message": "No", "errors": [{ "domain": "global", "reason": reason }] });
    reply(status, json!({ "error": error }))
}

fn user() -> Value {
    json!({ "user": {
        "displayName": "Ines Moreno", "emailAddress": "ines@harbour.example",
        "permissionId": "07482155390246813207", "photoLink": "https://lh3.example/ines",
    } })
}
