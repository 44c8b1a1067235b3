//! One's own passkeys.

use fanfare_domain::{ErrorCode, PasskeyId, Secret};
use fanfare_store::passkeys::{self, KeptPasskey};
use serde_json::json;

use crate::accounts::audit::record_everywhere;
use crate::accounts::fresh::prove_again;
use crate::accounts::session::Visitor;
use crate::accounts::{alerts, ways_in};
use crate::workspaces::valid_name;
use crate::{App, AppError, Person, RefusalKind, Result};

/// The person's, the oldest first.
pub async fn list(app: &App, person: &Person) -> Result<Vec<KeptPasskey>> {
    let mut tx = app.store.as_system("a person's passkeys").read().await?;
    Ok(passkeys::of_user(&mut tx, person.user.id).await?)
}

/// Calls one of them otherwise.
///
/// # Errors
/// `not_found`; `invalid_input`.
pub async fn rename(app: &App, person: &Person, id: PasskeyId, name: &str) -> Result<KeptPasskey> {
    let name = valid_name("name", name).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let mut tx = app.store.as_system("a passkey's name").write().await?;
    if !passkeys::rename(&mut tx, person.user.id, id, &name).await? {
        return Err(no_such());
    }
    let own = passkeys::of_user(&mut tx, person.user.id).await?;
    tx.commit().await?;
    let renamed = own.into_iter().find(|one| one.id == id);
    renamed.ok_or_else(no_such)
}

/// Removes one of them; nobody signs in with it any more.
///
/// # Errors
/// `not_found`; `last_way_in`; `sign_in_again` and `invalid_input` when it is not certain enough that it is they.
pub async fn remove(
    app: &App,
    person: &Person,
    id: PasskeyId,
    password: Option<&Secret>,
    visitor: &Visitor,
) -> Result<()> {
    let user = prove_again(app, person, password).await?;
    let now = app.now();
    let mut tx = app.store.as_system("a passkey is removed").write().await?;
    let name = passkeys::delete(&mut tx, user.id, id)
        .await?
        .ok_or_else(no_such)?;
    ways_in::refuse_none(app, &mut tx, user.id).await?;
    let detail = json!({ "passkey": id, "name": name });
    record_everywhere(&mut tx, &user, now, "user.passkey_removed", detail).await?;
    alerts::send(app, &mut tx, &user, visitor, "passkey_removed").await?;
    Ok(tx.commit().await?)
}

fn no_such() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::NotFound,
        "You have no such passkey.",
    )
}
