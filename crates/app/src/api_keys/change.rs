//! Changes what a key may do, from where, how often and until when.

use fanfare_domain::{ApiKeyId, ErrorCode};
use fanfare_store::api_keys;
use jiff::Timestamp;
use serde_json::json;

use super::ApiKey;
use super::event::{record, settings};
use super::input::{KeyInput, check};
use crate::{App, AppError, Caller, Result};

/// What is absent stays.
#[derive(Debug, Clone, Default)]
pub struct KeyChange {
    pub name: Option<String>,
    pub scopes: Option<Vec<String>>,
    pub allowed_ips: Option<Vec<String>>,
    pub rate_per_minute: Option<u32>,
    pub expires_at: Option<Option<Timestamp>>,
}

/// Changes a key; the next call with it is bound by it.
///
/// # Errors
/// `not_found`; `not_possible_in_state` once it is revoked; bad input names each field.
pub async fn change_key(
    app: &App,
    caller: &Caller,
    id: ApiKeyId,
    change: KeyChange,
) -> Result<ApiKey> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let mut key = api_keys::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("API key"))?;
    refuse_revoked(&key)?;
    let before = settings(&key);
    let must_be_later = change.expires_at.is_some().then_some(now);
    let names = || key.scopes.iter().map(ToString::to_string).collect();
    let wanted = KeyInput {
        name: change.name.unwrap_or_else(|| key.name.clone()),
        scopes: change.scopes.unwrap_or_else(names),
        allowed_ips: change
            .allowed_ips
            .unwrap_or_else(|| key.allowed_ips.clone()),
        rate_per_minute: change.rate_per_minute.unwrap_or(key.rate_per_minute),
        expires_at: change.expires_at.unwrap_or(key.expires_at),
    };
    let chosen = check(caller, &wanted, must_be_later)?;
    key.name = chosen.name;
    key.scopes = chosen.scopes;
    key.allowed_ips = chosen.allowed_ips;
    key.rate_per_minute = chosen.rate_per_minute;
    key.expires_at = chosen.expires_at;
    api_keys::update(&mut tx, &key).await?;
    let news = json!({ "from": before, "to": settings(&key) });
    record(&mut tx, caller, "api_key.changed", id, news, now).await?;
    tx.commit().await?;
    Ok(key)
}

pub(super) fn refuse_revoked(key: &ApiKey) -> Result<()> {
    if key.revoked_at.is_none() {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::NotPossibleInState,
        "This key was revoked, which is for good. Make a new one.",
    ))
}
