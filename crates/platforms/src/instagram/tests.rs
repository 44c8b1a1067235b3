//! Instagram, call by call, against scripted answers.

mod connect;
mod listening;
mod looking;
mod lost_answers;
mod posts;
mod rules;
mod webhooks;

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, Outgoing,
    OutgoingMedia, Progress, Publish, Reconciled, Step,
};
use fanfare_platform_kit::rules::Level;
use fanfare_platform_kit::{
    Advice, Content, Credentials, MediaFacts, Options, Platform, PlatformError,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::api::{Access, Login};
use super::sign_in::Exchanged;
use super::{ID, Instagram};
use crate::meta_graph::scripted::{
    APP_ID, APP_SECRET, NOW, Reply, Scripted, at, channel, facts, lost, medium, ok, outgoing,
    refused,
};
use crate::meta_graph::{Token, refusal_table};

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(
        include_str!("fixtures/refusals.json"),
        super::errors::refusal,
    );
}

fn own_credentials(issued_at: Timestamp) -> Credentials {
    let ends = Some(issued_at + SignedDuration::from_hours(60 * 24));
    let token = Token::ours("IGAAlong");
    Credentials::from_value(&Access {
        login: Login::Instagram,
        token,
        issued_at: Some(issued_at),
        ends,
        granted: None,
    })
}

fn delivery(text: &str, media: Vec<OutgoingMedia>) -> Outgoing {
    outgoing(own_credentials(at(NOW)), text, media)
}

fn of_format(format: &str, outgoing: Outgoing) -> Outgoing {
    let options = Options::from_iter([("format".to_owned(), Value::from(format))]);
    Outgoing {
        options,
        ..outgoing
    }
}

fn photo(folder: &TempDir, name: &str) -> OutgoingMedia {
    medium(folder.path(), name, "image/jpeg", "A red oven")
}

fn film(folder: &TempDir, name: &str) -> OutgoingMedia {
    medium(folder.path(), name, "video/mp4", "")
}

fn id(id: &str) -> Reply {
    ok(json!({ "id": id }))
}

fn status(code: &str) -> Reply {
    ok(json!({"status_code": code, "status": code, "id": "17900"}))
}

fn quota(used: u64, total: u64) -> Reply {
    ok(
        json!({"data": [{"quota_usage": used, "config": {"quota_total": total, "quota_duration": 86_400}}]}),
    )
}

async fn step(
    graph: &Scripted,
    outgoing: &Outgoing,
    progress: &Progress,
) -> Result<Step, PlatformError> {
    Instagram::new().step(&graph.ctx, outgoing, progress).await
}

/// Walks on over checkpoints and waits until something else happens.
async fn walk(
    graph: &Scripted,
    outgoing: &Outgoing,
    from: &Progress,
) -> Result<Step, PlatformError> {
    let mut progress = from.clone();
    loop {
        match step(graph, outgoing, &progress).await? {
            Step::Checkpoint(next) | Step::Wait { progress: next, .. } => progress = next,
            other => return Ok(other),
        }
    }
}

async fn announce(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    match walk(graph, outgoing, &Progress::start()).await.unwrap() {
        Step::Intend(progress) => progress,
        other => panic!("expected an announcement, not {other:?}"),
    }
}

async fn announced_photo(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    graph.will_answer(vec![id("17900"), status("FINISHED"), quota(3, 100)]);
    let intended = announce(graph, outgoing).await;
    graph.asked();
    intended
}
