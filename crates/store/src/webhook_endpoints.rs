//! Programs outside that want to know what happens. Secrets and header values are sealed before they come here.

use fanfare_domain::WebhookEndpointId;
use fanfare_domain::webhook::DisabledWhy;
use jiff::Timestamp;
use serde_json::json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// One address to which a workspace has things told.
#[derive(Debug, Clone)]
pub struct WebhookEndpoint {
    pub id: WebhookEndpointId,
    pub url: String,
    pub description: String,
    /// None means all.
    pub event_types: Vec<String>,
    pub enabled: bool,
    pub disabled: Option<(Timestamp, DisabledWhy)>,
    /// Absent when the key that sealed it was lost.
    pub secret: Option<Vec<u8>>,
    pub previous_secret: Option<Vec<u8>>,
    pub previous_until: Option<Timestamp>,
    pub header_names: Vec<String>,
    pub headers: Option<Vec<u8>>,
    /// Since when nothing but failures came; absent while it works.
    pub failing_since: Option<Timestamp>,
    pub last_success_at: Option<Timestamp>,
    /// It asked to be told nothing before.
    pub resting_until: Option<Timestamp>,
    pub last_failure: Option<LastFailure>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// What went wrong the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastFailure {
    pub at: Timestamp,
    pub status: Option<i64>,
    pub error: String,
}

pub async fn insert(tx: &mut WorkspaceTx, new: &WebhookEndpoint) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO webhook_endpoints (id, workspace_id, url, description, event_types, enabled, secret, header_names, headers,
                 created_at, updated_at, disabled_at, disabled_why)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)"
        ),
        binds![
            new.id,
            workspace,
            &new.url,
            &new.description,
            json!(new.event_types).to_string(),
            new.enabled,
            new.secret.clone(),
            json!(new.header_names).to_string(),
            new.headers.clone(),
            new.created_at,
            new.disabled.map(|(at, _)| at),
            new.disabled.map(|(_, why)| why),
        ],
    )
    .await?;
    Ok(())
}

/// Saves what a person decides: everything but how it went.
pub async fn update(tx: &mut WorkspaceTx, endpoint: &WebhookEndpoint) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE webhook_endpoints
             SET url = $3, description = $4, event_types = $5, enabled = $6, disabled_at = $7, disabled_why = $8, secret = $9,
                 previous_secret = $10, previous_until = $11, header_names = $12, headers = $13, failing_since = $14, updated_at = $15,
                 resting_until = $16
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            endpoint.id,
            &endpoint.url,
            &endpoint.description,
            json!(endpoint.event_types).to_string(),
            endpoint.enabled,
            endpoint.disabled.map(|(at, _)| at),
            endpoint.disabled.map(|(_, why)| why),
            endpoint.secret.clone(),
            endpoint.previous_secret.clone(),
            endpoint.previous_until,
            json!(endpoint.header_names).to_string(),
            endpoint.headers.clone(),
            endpoint.failing_since,
            endpoint.updated_at,
            endpoint.resting_until,
        ],
    )
    .await?;
    Ok(())
}

/// Keeps how it went last.
pub async fn save_health(tx: &mut WorkspaceTx, endpoint: &WebhookEndpoint) -> Result<()> {
    let workspace = tx.workspace();
    let failure = endpoint.last_failure.as_ref();
    tx.execute(
        sql!(
            "UPDATE webhook_endpoints
             SET failing_since = $3, last_success_at = $4, last_failure_at = $5, last_failure_status = $6, last_failure_error = $7,
                 enabled = $8, disabled_at = $9, disabled_why = $10, resting_until = $11
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            endpoint.id,
            endpoint.failing_since,
            endpoint.last_success_at,
            failure.map(|failure| failure.at),
            failure.and_then(|failure| failure.status),
            failure.map(|failure| failure.error.clone()),
            endpoint.enabled,
            endpoint.disabled.map(|(at, _)| at),
            endpoint.disabled.map(|(_, why)| why),
            endpoint.resting_until,
        ],
    )
    .await?;
    Ok(())
}

/// The endpoint, which nobody else changes until this transaction ends. Taken before its job and its messages, always, so that nobody
/// waits in a circle.
pub async fn lock(tx: &mut WorkspaceTx, id: WebhookEndpointId) -> Result<WebhookEndpoint> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "UPDATE webhook_endpoints SET updated_at = updated_at WHERE workspace_id = $1 AND id = $2 RETURNING *"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

pub async fn get(tx: &mut WorkspaceTx, id: WebhookEndpointId) -> Result<WebhookEndpoint> {
    let workspace = tx.workspace();
    tx.one(
        sql!("SELECT * FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
        read,
    )
    .await
}

/// All of a workspace, oldest first: there are never many.
pub async fn all(tx: &mut WorkspaceTx) -> Result<Vec<WebhookEndpoint>> {
    let workspace = tx.workspace();
    tx.all(
        sql!("SELECT * FROM webhook_endpoints WHERE workspace_id = $1 ORDER BY id LIMIT 100"),
        binds![workspace],
        read,
    )
    .await
}

/// Those that hear of things, and of which.
pub async fn listening(tx: &mut WorkspaceTx) -> Result<Vec<(WebhookEndpointId, Vec<String>)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, event_types FROM webhook_endpoints WHERE workspace_id = $1 AND enabled ORDER BY id LIMIT 100"
        ),
        binds![workspace],
        |row| Ok((row.id("id")?, row.json("event_types")?)),
    )
    .await
}

/// False when there is none.
pub async fn delete(tx: &mut WorkspaceTx, id: WebhookEndpointId) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("DELETE FROM webhook_endpoints WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    Ok(rows == 1)
}

fn read(row: &Row) -> Result<WebhookEndpoint> {
    let why = row.optional_text("disabled_why")?;
    let why = why.and_then(|why| DisabledWhy::parse(&why));
    let error = row.optional_text("last_failure_error")?;
    let status = row.optional_int("last_failure_status")?;
    Ok(WebhookEndpoint {
        id: row.id("id")?,
        url: row.text("url")?,
        description: row.text("description")?,
        event_types: row.json("event_types")?,
        enabled: row.bool("enabled")?,
        disabled: row.optional_instant("disabled_at")?.zip(why),
        secret: row.optional_bytes("secret")?,
        previous_secret: row.optional_bytes("previous_secret")?,
        previous_until: row.optional_instant("previous_until")?,
        header_names: row.json("header_names")?,
        headers: row.optional_bytes("headers")?,
        failing_since: row.optional_instant("failing_since")?,
        last_success_at: row.optional_instant("last_success_at")?,
        resting_until: row.optional_instant("resting_until")?,
        last_failure: row
            .optional_instant("last_failure_at")?
            .zip(error)
            .map(|(at, error)| LastFailure { at, status, error }),
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}
