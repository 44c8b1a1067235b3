//! Makes a key. Its text is answered once and kept nowhere.

use fanfare_domain::{ApiKeyId, Secret};
use fanfare_platform_kit::settings::join;
use fanfare_store::{WorkspaceTx, api_keys, users, workspaces};
use serde_json::json;

use super::ApiKey;
use super::event::{record, settings};
use super::input::{KeyInput, check};
use crate::idempotency::note_made;
use crate::mail::{self, Letter};
use crate::token_text::{self, API_KEY};
use crate::{App, Caller, Result, notifications};

/// A new key of the caller's own workspace, and its text.
///
/// # Errors
/// Bad input names each field.
pub async fn create_key(app: &App, caller: &Caller, input: &KeyInput) -> Result<(ApiKey, Secret)> {
    let now = app.now();
    let chosen = check(caller, input, Some(now))?;
    let text = API_KEY.fresh();
    let key = ApiKey {
        id: ApiKeyId::new(now),
        user: caller.user,
        user_name: caller.name.clone(),
        role: Some(caller.role),
        name: chosen.name,
        scopes: chosen.scopes,
        allowed_ips: chosen.allowed_ips,
        rate_per_minute: chosen.rate_per_minute,
        preview: token_text::preview(&text),
        old_until: None,
        expires_at: chosen.expires_at,
        created_at: now,
        rotated_at: None,
        last_used_at: None,
        revoked_at: None,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    api_keys::insert(&mut tx, &key, &token_text::hash(&text)).await?;
    record(
        &mut tx,
        caller,
        "api_key.created",
        key.id,
        settings(&key),
        now,
    )
    .await?;
    tell(app, &mut tx, caller, &key).await?;
    note_made(&mut tx, caller, "api_key", &key.id.to_string()).await?;
    tx.commit().await?;
    Ok((key, text))
}

/// Tells whoever's name it acts in, so that they notice a key that they did not make.
async fn tell(app: &App, tx: &mut WorkspaceTx, caller: &Caller, key: &ApiKey) -> Result<()> {
    let Some(user) = users::working(tx, caller.user).await? else {
        return Ok(());
    };
    notifications::tell_of_key(tx, user.id, &key.name, app.now()).await?;
    let values = json!({
        "key": key.name,
        "workspace": workspaces::name(tx).await?,
        "at": app.now().strftime("%Y-%m-%d %H:%M UTC").to_string(),
        "url": join(&app.config.public_url, "settings/api-keys"),
    });
    let letter = Letter {
        workspace: Some(tx.workspace()),
        ..Letter::to_user(&user, "api_key_made", values)
    };
    mail::post(app, tx, letter).await
}
