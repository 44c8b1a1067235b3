//! Trying out whether a platform is heard: a request as it would make one, marked as a test.
//!
//! It comes the whole way of a real one, by its signature, the disk, the reading and the lane, and is an event of its own kind in the end,
//! `test.…`, that changes nothing.

use std::borrow::Cow;
use std::time::Duration;

use fanfare_domain::webhook::TestKind;
use fanfare_domain::{ChannelId, ErrorCode, Secret, WebhookReceiptId, WorkspaceId};
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::roles::{Received, Webhooks, Wish};
use fanfare_store::channels::Channel;
use fanfare_store::webhook_receipts::Receipt;
use fanfare_store::{audit, webhook_events};
use jiff::Timestamp;
use serde_json::json;
use url::Url;

use super::read::read_some;
use super::receive::{heard, receive, receiver};
use super::subscriptions::load;
use super::view::{EventView, Sight, event};
use crate::audit::event as audit_event;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// The header that says of a request that it is a test: the id of the workspace that is to see it, or another word for each that has the
/// account. It is no secret and needs no signature: a test can do nothing.
pub(super) const MARK: &str = "fanfare-test";
const FOR_ALL: &str = "all";
const PREFIX: &str = "test.";
/// How often it is looked whether the request was read, and how long it is waited before each look.
const LOOKS: u32 = 50;
const BETWEEN: Duration = Duration::from_millis(100);

/// A signed test that goes to `to`, for one workspace or for each that has the account. Without a kind it is the platform's most ordinary.
///
/// # Errors
/// `not_allowed` when the platform does not tell that.
pub fn test_request(
    platform: &dyn Platform,
    secret: &Secret,
    account: &str,
    kind: Option<TestKind>,
    workspace: Option<WorkspaceId>,
    to: &Url,
    now: Timestamp,
) -> Result<Received> {
    let webhooks = platform.webhooks();
    let sample = webhooks.and_then(|webhooks| {
        let kind = kind.or_else(|| webhooks.test_kinds().first().copied())?;
        let wish = Wish {
            kind,
            account,
            uri: to.as_str(),
            at: now,
        };
        webhooks.sample(secret, &wish)
    });
    let sample = sample.ok_or_else(|| not_told(platform, webhooks))?;
    let mark = workspace.map_or_else(|| FOR_ALL.to_owned(), |id| id.to_string());
    let headers = sample.headers.into_iter().chain([(MARK, mark)]);
    Ok(Received {
        method: "POST".to_owned(),
        uri: to.to_string(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body: sample.body,
        at: now,
    })
}

fn not_told(platform: &dyn Platform, webhooks: Option<&dyn Webhooks>) -> AppError {
    let kinds = webhooks.map(Webhooks::test_kinds).unwrap_or_default();
    let names: Vec<&str> = kinds.into_iter().map(TestKind::as_str).collect();
    let detail = format!(
        "{} tells nothing of that kind. Choose one of these: {}.",
        platform.manifest().name,
        names.join(", ")
    );
    AppError::invalid_field("kind", ErrorCode::NotAllowed, detail)
}

/// Sends a test about one of the workspace's channels, and answers the event that it became.
///
/// # Errors
/// `not_found`; `not_allowed`; `platform_not_configured` without a secret; `unavailable` when it is not read for a while.
pub async fn send_test(
    app: &App,
    caller: &Caller,
    channel: ChannelId,
    kind: TestKind,
) -> Result<EventView> {
    let channel = load(app, caller.workspace, channel).await?;
    let (platform, _) = heard(app, &channel.platform)?;
    let manifest = platform.manifest();
    // Without one, it is not believed, and says so itself.
    let secret = app.settings.webhook_secrets(manifest).into_iter().next();
    let request = test_request(
        platform,
        &secret.unwrap_or_else(|| Secret::new("")),
        &channel.remote_id,
        Some(kind),
        Some(caller.workspace),
        &receiver(&app.config.public_url, manifest.id),
        app.now(),
    )?;
    let receipt = receive(app, manifest.id, request).await?;
    record(app, caller, &channel, kind).await?;
    became(app, caller, receipt).await
}

async fn record(app: &App, caller: &Caller, channel: &Channel, kind: TestKind) -> Result<()> {
    let detail = json!({ "name": channel.name, "kind": kind });
    let event = audit_event(
        app.now(),
        caller.actor(),
        "channel.test_event_sent",
        ("channel", channel.id),
        detail,
    );
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    audit::record(&mut tx, &event).await?;
    Ok(tx.commit().await?)
}

/// Waits until the request was read; whoever comes first reads it.
async fn became(app: &App, caller: &Caller, receipt: WebhookReceiptId) -> Result<EventView> {
    for _ in 0..LOOKS {
        read_some(app).await?;
        let mut tx = app.store.as_system("find a test").read().await?;
        let found = webhook_events::of_receipt(&mut tx, caller.workspace, receipt).await?;
        drop(tx);
        if let Some(id) = found {
            return Ok(event(app, caller, Sight::Own, id).await?.view);
        }
        tokio::time::sleep(BETWEEN).await;
    }
    Err(AppError::refused(
        RefusalKind::Unavailable,
        ErrorCode::Unavailable,
        "The test is on disk, and much else is read before it. It will show in the list.",
    ))
}

/// The kind under which something that a request tells is an event.
pub(super) fn kind<'a>(receipt: &Receipt, told: &'a str) -> Cow<'a, str> {
    match mark(receipt) {
        Some(_) => format!("{PREFIX}{told}").into(),
        None => told.into(),
    }
}

/// Those of the workspaces that have an account to which a request is to be told.
pub(super) fn meant(
    receipt: &Receipt,
    workspaces: &[WorkspaceId],
) -> impl Iterator<Item = WorkspaceId> {
    let only: Option<WorkspaceId> = mark(receipt).and_then(|mark| mark.parse().ok());
    let is_meant = move |one: &WorkspaceId| only.is_none_or(|only| only == *one);
    workspaces.iter().copied().filter(is_meant)
}

/// Whether events of this kind are tests.
pub(super) fn is_test(kind: &str) -> bool {
    kind.starts_with(PREFIX)
}

fn mark(receipt: &Receipt) -> Option<&str> {
    receipt.headers.get(MARK)?.as_str()
}
