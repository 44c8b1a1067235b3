//! Making endpoints and looking at them.

use std::collections::HashMap;

use fanfare_domain::webhook::DisabledWhy;
use fanfare_domain::{ErrorCode, Secret, WebhookEndpointId};
use fanfare_store::webhook_endpoints::{self, WebhookEndpoint};
use fanfare_store::{WorkspaceTx, audit, outgoing};
use jiff::Timestamp;
use serde_json::{Value as Json, json};

use super::input::{EndpointInput, check_description, check_headers, check_types, check_url};
use super::request::owner;
use super::{KIND, sign};
use crate::audit::event;
use crate::idempotency::note_made;
use crate::{App, AppError, Caller, Result};

const MOST: usize = 20;

/// An endpoint and how much waits for it.
#[derive(Debug, Clone)]
pub struct EndpointView {
    pub endpoint: WebhookEndpoint,
    pub waiting: i64,
}

/// All endpoints of the caller's workspace, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn list_endpoints(app: &App, caller: &Caller) -> Result<Vec<EndpointView>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let waiting: HashMap<_, _> = outgoing::waiting(&mut tx).await?.into_iter().collect();
    let all = webhook_endpoints::all(&mut tx).await?;
    let view = |endpoint: WebhookEndpoint| EndpointView {
        waiting: waiting.get(&endpoint.id).copied().unwrap_or_default(),
        endpoint,
    };
    Ok(all.into_iter().map(view).collect())
}

/// One endpoint.
///
/// # Errors
/// `not_found`.
pub async fn read_endpoint(
    app: &App,
    caller: &Caller,
    id: WebhookEndpointId,
) -> Result<EndpointView> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let endpoint = get(&mut tx, id).await?;
    view(&mut tx, endpoint).await
}

pub(super) async fn get(tx: &mut WorkspaceTx, id: WebhookEndpointId) -> Result<WebhookEndpoint> {
    webhook_endpoints::get(tx, id)
        .await
        .map_err(AppError::or_missing("webhook"))
}

/// The same, for whoever changes it or what waits for it.
pub(super) async fn lock(tx: &mut WorkspaceTx, id: WebhookEndpointId) -> Result<WebhookEndpoint> {
    webhook_endpoints::lock(tx, id)
        .await
        .map_err(AppError::or_missing("webhook"))
}

pub(super) async fn view(tx: &mut WorkspaceTx, endpoint: WebhookEndpoint) -> Result<EndpointView> {
    let waiting = outgoing::waiting(tx).await?;
    let waiting = waiting.iter().find(|(id, _)| *id == endpoint.id);
    Ok(EndpointView {
        waiting: waiting.map_or(0, |(_, waiting)| *waiting),
        endpoint,
    })
}

/// Makes an endpoint. Its secret is answered here and never again.
///
/// # Errors
/// Bad input names each field; `conflict` when the workspace has as many as it may.
pub async fn create_endpoint(
    app: &App,
    caller: &Caller,
    input: &EndpointInput,
) -> Result<(EndpointView, Secret)> {
    let now = app.now();
    let mut wrong = Vec::new();
    let url = check_url(&input.url, &mut wrong);
    check_description(&input.description, &mut wrong);
    check_types(&input.event_types, &mut wrong);
    check_headers(&input.headers, &[], &mut wrong);
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let (id, secret) = (WebhookEndpointId::new(now), sign::fresh());
    let headers: Vec<(String, String)> = input
        .headers
        .iter()
        .map(|header| {
            (
                header.name.to_ascii_lowercase(),
                header.value.clone().unwrap_or_default(),
            )
        })
        .collect();
    let endpoint = WebhookEndpoint {
        id,
        url,
        description: input.description.clone(),
        event_types: input.event_types.clone(),
        enabled: input.enabled,
        disabled: (!input.enabled).then_some((now, DisabledWhy::Person)),
        secret: Some(app.vault.seal(&owner(id), &secret)),
        previous_secret: None,
        previous_until: None,
        header_names: headers.iter().map(|(name, _)| name.clone()).collect(),
        headers: seal_headers(app, id, &headers),
        failing_since: None,
        last_success_at: None,
        resting_until: None,
        last_failure: None,
        created_at: now,
        updated_at: now,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    if webhook_endpoints::all(&mut tx).await?.len() >= MOST {
        let detail = "A workspace has 20 webhooks at most. Delete one that is not needed any more.";
        return Err(AppError::conflict(ErrorCode::Conflict, detail));
    }
    webhook_endpoints::insert(&mut tx, &endpoint).await?;
    record(
        &mut tx,
        caller,
        "webhook.created",
        id,
        settings(&endpoint),
        now,
    )
    .await?;
    note_made(&mut tx, caller, KIND, &id.to_string()).await?;
    tx.commit().await?;
    let view = EndpointView {
        endpoint,
        waiting: 0,
    };
    Ok((view, sign::in_text(&secret)))
}

pub(super) fn seal_headers(
    app: &App,
    id: WebhookEndpointId,
    headers: &[(String, String)],
) -> Option<Vec<u8>> {
    let json = json!(headers).to_string();
    (!headers.is_empty()).then(|| app.vault.seal(&owner(id), json.as_bytes()))
}

/// What can be chosen about an endpoint, without what is secret.
pub(super) fn settings(endpoint: &WebhookEndpoint) -> Json {
    json!({
        "url": endpoint.url,
        "description": endpoint.description,
        "event_types": endpoint.event_types,
        "headers": endpoint.header_names,
        "enabled": endpoint.enabled,
    })
}

/// A line of the audit log.
pub(super) async fn record(
    tx: &mut WorkspaceTx,
    caller: &Caller,
    action: &str,
    id: WebhookEndpointId,
    detail: Json,
    now: Timestamp,
) -> Result<()> {
    let event = event(now, caller.actor(), action, (KIND, id), detail);
    Ok(audit::record(tx, &event).await?)
}
