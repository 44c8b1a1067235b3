//! Ends a key for good.

use fanfare_domain::ApiKeyId;
use fanfare_store::api_keys;
use serde_json::json;

use super::event::record;
use crate::{App, AppError, Caller, Result};

/// From the next call on, neither of the key's texts works. Revoking it twice is no error.
///
/// # Errors
/// `not_found`.
pub async fn revoke_key(app: &App, caller: &Caller, id: ApiKeyId) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let key = api_keys::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("API key"))?;
    if api_keys::revoke(&mut tx, id, now).await? {
        let news = json!({ "name": key.name });
        record(&mut tx, caller, "api_key.revoked", id, news, now).await?;
    }
    Ok(tx.commit().await?)
}
