//! Facebook, call by call, against scripted answers.

mod connect;
mod limits;
mod listening;
mod looking;
mod lost_answers;
mod posts;
mod videos;
mod webhooks;

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::http::BudgetKey;
use fanfare_platform_kit::roles::{
    AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, Outgoing, OutgoingMedia,
    Progress, Publish, Reconciled, Step,
};
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_platform_kit::{Advice, Content, Credentials, MediaFacts, Platform};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::api::Access;
use super::{Facebook, ID};
use crate::meta_graph::Token;
use crate::meta_graph::refusal_table;
use crate::meta_graph::scripted::{
    APP_ID, APP_SECRET, NOW, Reply, Scripted, at, channel, facts, lost, medium, ok, outgoing,
    refused, reply,
};

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

fn page_credentials() -> Credentials {
    let token = Token::ours("EAAPpage1122");
    Credentials::from_value(&Access {
        token,
        is_page: true,
        ends: None,
    })
}

fn delivery(text: &str, media: Vec<OutgoingMedia>) -> Outgoing {
    outgoing(page_credentials(), text, media)
}

async fn step(graph: &Scripted, outgoing: &Outgoing, progress: &Progress) -> Step {
    Facebook::new()
        .step(&graph.ctx, outgoing, progress)
        .await
        .unwrap()
}

async fn announce(graph: &Scripted, outgoing: &Outgoing, from: &Progress) -> Progress {
    match step(graph, outgoing, from).await {
        Step::Intend(progress) => progress,
        other => panic!("expected an announcement, not {other:?}"),
    }
}

async fn reconcile(graph: &Scripted, outgoing: &Outgoing, progress: &Progress) -> Reconciled {
    Facebook::new()
        .reconcile(&graph.ctx, outgoing, progress)
        .await
        .unwrap()
}

fn two_photos(folder: &TempDir) -> Vec<OutgoingMedia> {
    vec![
        medium(folder.path(), "oven.jpg", "image/jpeg", "A red oven"),
        medium(folder.path(), "loaf.jpg", "image/jpeg", ""),
    ]
}

async fn upload_both(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    let mut progress = Progress::start();
    for _ in 0..2 {
        let Step::Checkpoint(next) = step(graph, outgoing, &progress).await else {
            panic!()
        };
        progress = next;
    }
    progress
}
