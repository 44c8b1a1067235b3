//! Changing endpoints and deleting them.

use fanfare_domain::WebhookEndpointId;
use fanfare_domain::webhook::DisabledWhy;
use fanfare_store::outgoing;
use fanfare_store::webhook_endpoints::{self, WebhookEndpoint};
use jiff::Timestamp;
use serde_json::json;

use super::endpoints::{EndpointView, lock, record, seal_headers, settings, view};
use super::fan_out;
use super::input::{HeaderInput, check_description, check_headers, check_types, check_url};
use super::request::owner;
use crate::{App, AppError, Caller, Result};

/// What is absent stays.
#[derive(Debug, Clone, Default)]
pub struct EndpointChange {
    pub url: Option<String>,
    pub description: Option<String>,
    pub event_types: Option<Vec<String>>,
    pub headers: Option<Vec<HeaderInput>>,
    pub enabled: Option<bool>,
}

/// Changes it from the next message on. Disabling it gives up what waits; enabling it begins anew.
///
/// # Errors
/// `not_found`; bad input names each field.
pub async fn change_endpoint(
    app: &App,
    caller: &Caller,
    id: WebhookEndpointId,
    change: &EndpointChange,
) -> Result<EndpointView> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut endpoint = lock(&mut tx, id).await?;
    let before = settings(&endpoint);
    apply(app, &mut endpoint, change)?;
    if let Some(enabled) = change.enabled {
        switch(&mut endpoint, enabled, now);
    }
    // It was another address that asked to be left alone, or a person knows better.
    let is_begun_anew = change.url.is_some() || change.enabled == Some(true);
    let was_resting = is_begun_anew && endpoint.resting_until.take().is_some();
    endpoint.updated_at = now;
    webhook_endpoints::update(&mut tx, &endpoint).await?;
    if was_resting {
        fan_out::enqueue(&mut tx, id, now).await?;
    }
    if !endpoint.enabled {
        outgoing::give_up_all(&mut tx, id).await?;
    }
    let detail = json!({ "from": before, "to": settings(&endpoint) });
    record(&mut tx, caller, "webhook.changed", id, detail, now).await?;
    let view = view(&mut tx, endpoint).await?;
    tx.commit().await?;
    Ok(view)
}

fn apply(app: &App, endpoint: &mut WebhookEndpoint, change: &EndpointChange) -> Result<()> {
    let mut wrong = Vec::new();
    if let Some(url) = &change.url {
        endpoint.url = check_url(url, &mut wrong);
    }
    if let Some(description) = &change.description {
        check_description(description, &mut wrong);
        endpoint.description.clone_from(description);
    }
    if let Some(types) = &change.event_types {
        check_types(types, &mut wrong);
        endpoint.event_types.clone_from(types);
    }
    if let Some(headers) = &change.headers {
        check_headers(headers, &endpoint.header_names, &mut wrong);
        if wrong.is_empty() {
            set_headers(app, endpoint, headers)?;
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(wrong))
    }
}

fn set_headers(
    app: &App,
    endpoint: &mut WebhookEndpoint,
    headers: &[HeaderInput],
) -> anyhow::Result<()> {
    let keeps = headers.iter().any(|header| header.value.is_none());
    let mut known: Vec<(String, String)> = Vec::new();
    if let Some(sealed) = endpoint.headers.as_ref().filter(|_| keeps) {
        let opened = app.vault.open(&owner(endpoint.id), sealed)?;
        known = serde_json::from_slice(&opened)?;
    }
    let new: Vec<(String, String)> = headers
        .iter()
        .map(|header| {
            let name = header.name.to_ascii_lowercase();
            let was = known.iter().find(|(known, _)| *known == name);
            let was = was.map(|(_, value)| value.clone());
            (name, header.value.clone().or(was).unwrap_or_default())
        })
        .collect();
    endpoint.header_names = new.iter().map(|(name, _)| name.clone()).collect();
    endpoint.headers = seal_headers(app, endpoint.id, &new);
    Ok(())
}

fn switch(endpoint: &mut WebhookEndpoint, enabled: bool, now: Timestamp) {
    if enabled {
        endpoint.disabled = None;
        if !endpoint.enabled {
            endpoint.failing_since = None;
        }
    } else if endpoint.enabled {
        endpoint.disabled = Some((now, DisabledWhy::Person));
    }
    endpoint.enabled = enabled;
}

/// Deletes it with what waits for it and the log of its attempts.
///
/// # Errors
/// `not_found`.
pub async fn delete_endpoint(app: &App, caller: &Caller, id: WebhookEndpointId) -> Result<()> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let endpoint = lock(&mut tx, id).await?;
    webhook_endpoints::delete(&mut tx, id).await?;
    let detail = json!({ "url": endpoint.url });
    record(&mut tx, caller, "webhook.deleted", id, detail, app.now()).await?;
    Ok(tx.commit().await?)
}
