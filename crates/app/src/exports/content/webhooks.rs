//! What an archive says of the programs outside that are told things: where they are, and each attempt. Their secrets and the values of their
//! headers are sealed, and stay where they are.

use std::path::Path;

use fanfare_domain::{WebhookEndpointId, WorkspaceId};
use fanfare_store::outgoing::{self, Attempt, AttemptFilter};
use fanfare_store::webhook_endpoints::{self, WebhookEndpoint};
use serde_json::{Value as Json, json};

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

pub(super) async fn write(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let endpoints = webhook_endpoints::all(&mut tx).await?;
    drop(tx);
    let mut file = ListFile::create(folder, "webhooks.json").await?;
    for endpoint in &endpoints {
        file.add(&endpoint_item(endpoint)).await?;
    }
    file.finish().await?;
    let mut file = ListFile::create(folder, "webhook-attempts.json").await?;
    for endpoint in &endpoints {
        write_attempts(app, workspace, endpoint.id, &mut file).await?;
    }
    Ok(file.finish().await?)
}

async fn write_attempts(
    app: &App,
    workspace: WorkspaceId,
    endpoint: WebhookEndpointId,
    file: &mut ListFile,
) -> anyhow::Result<()> {
    let (all, mut before) = (AttemptFilter::default(), None);
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = outgoing::attempts(&mut tx, endpoint, &all, before, PAGE).await?;
        drop(tx);
        let Some(last) = page.last() else {
            return Ok(());
        };
        before = Some(last.id);
        for attempt in &page {
            file.add(&attempt_item(endpoint, attempt)).await?;
        }
    }
}

fn endpoint_item(endpoint: &WebhookEndpoint) -> Json {
    json!({
        "id": endpoint.id,
        "url": endpoint.url,
        "description": endpoint.description,
        "event_types": endpoint.event_types,
        "enabled": endpoint.enabled,
        "disabled": endpoint.disabled.map(|(at, why)| json!({ "at": at, "why": why.as_str() })),
        "headers": endpoint.header_names,
        "failing_since": endpoint.failing_since,
        "last_success_at": endpoint.last_success_at,
        "last_failure": endpoint.last_failure.as_ref().map(|last| json!({
            "at": last.at,
            "status": last.status,
            "error": last.error,
        })),
        "created_at": endpoint.created_at,
        "updated_at": endpoint.updated_at,
    })
}

fn attempt_item(endpoint: WebhookEndpointId, attempt: &Attempt) -> Json {
    // What was sent is kept as text, as it was signed.
    let body = serde_json::from_str::<Json>(&attempt.body)
        .unwrap_or_else(|_| Json::String(attempt.body.clone()));
    let headers: serde_json::Map<String, Json> = attempt
        .headers
        .iter()
        .map(|(name, value)| (name.clone(), json!(value)))
        .collect();
    json!({
        "id": attempt.id,
        "webhook_id": endpoint,
        "message_id": attempt.message,
        "event_type": attempt.event_type,
        "number": attempt.number,
        "at": attempt.at,
        "duration_ms": attempt.duration_ms,
        "outcome": attempt.outcome,
        "status": attempt.status,
        "response": attempt.response,
        "error": attempt.error,
        "request": { "url": attempt.url, "headers": headers, "body": body },
    })
}
