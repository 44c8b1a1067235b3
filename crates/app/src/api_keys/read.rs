//! What there is of keys, and what was done with them.

use fanfare_domain::{ApiKeyCallId, ApiKeyId, named};
use fanfare_store::{api_key_calls, api_keys};
use jiff::{SignedDuration, Timestamp};

use super::calls::{day_of, write_calls};
use super::{ApiKey, KeyCall, KeyDay};
use crate::{App, AppError, Caller, Result};

named! {
    /// Whether a key works, and why not.
    pub enum KeyState {
        Active = "active",
        Expired = "expired",
        Revoked = "revoked",
        /// Whoever made it is no longer a member.
        WithoutOwner = "without_owner",
    }
}

#[must_use]
pub fn state_of(key: &ApiKey, now: Timestamp) -> KeyState {
    if key.revoked_at.is_some() {
        KeyState::Revoked
    } else if key.expires_at.is_some_and(|at| at <= now) {
        KeyState::Expired
    } else if key.role.is_none() {
        KeyState::WithoutOwner
    } else {
        KeyState::Active
    }
}

/// The workspace's keys, the newest first. Revoked and expired ones are there for a while.
pub async fn list_keys(
    app: &App,
    caller: &Caller,
    before: Option<ApiKeyId>,
    limit: u32,
) -> Result<Vec<ApiKey>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(api_keys::list(&mut tx, before, limit).await?)
}

/// One key.
///
/// # Errors
/// `not_found`.
pub async fn read_key(app: &App, caller: &Caller, id: ApiKeyId) -> Result<ApiKey> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    api_keys::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("API key"))
}

/// The figures of those of the last `days` days on which it was used, today's included, oldest first.
///
/// # Errors
/// `not_found`.
pub async fn read_usage(
    app: &App,
    caller: &Caller,
    id: ApiKeyId,
    days: u16,
) -> Result<Vec<KeyDay>> {
    read_key(app, caller, id).await?;
    // What this process has not written yet belongs to the figures.
    write_calls(app).await?;
    let back = SignedDuration::from_hours(24 * (i64::from(days) - 1));
    let from = day_of(app.now() - back);
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(api_key_calls::days(&mut tx, id, &from).await?)
}

/// The last calls with it, the newest first.
///
/// # Errors
/// `not_found`.
pub async fn read_log(
    app: &App,
    caller: &Caller,
    id: ApiKeyId,
    before: Option<ApiKeyCallId>,
    limit: u32,
) -> Result<Vec<KeyCall>> {
    read_key(app, caller, id).await?;
    write_calls(app).await?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(api_key_calls::list(&mut tx, id, before, limit).await?)
}
