//! Adding a passkey to one's account.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_domain::{ErrorCode, PasskeyId, Secret};
use fanfare_store::StoreError;
use fanfare_store::passkeys::{self, KeptPasskey};
use serde_json::{Value as Json, json};
use webauthn_rs::prelude::{PasskeyRegistration, RegisterPublicKeyCredential, Uuid};

use anyhow::Context as _;

use super::challenge::{Asked, answered, ask};
use super::webauthn;
use crate::accounts::alerts;
use crate::accounts::audit::record_everywhere;
use crate::accounts::fresh::prove_again;
use crate::accounts::session::Visitor;
use crate::accounts::user_agent::in_words;
use crate::idempotency::note_made_by_person;
use crate::workspaces::valid_name;
use crate::{App, AppError, Person, Result};

/// More than anybody has devices.
const MOST: usize = 30;

/// What the authenticator answered.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    pub challenge: String,
    pub credential: Json,
    /// What its person calls it; after the browser when absent.
    pub name: Option<String>,
}

/// Asks an authenticator to make a passkey.
///
/// # Errors
/// `not_found` where there are none; `sign_in_again` and `invalid_input` when it is not certain enough that it is they.
pub async fn begin_adding(
    app: &App,
    person: &Person,
    password: Option<&Secret>,
    browser: Option<Secret>,
) -> Result<Asked> {
    let webauthn = webauthn(app)?;
    let user = prove_again(app, person, password).await?;
    let mut tx = app.store.as_system("a person's passkeys").read().await?;
    let own = passkeys::of_user(&mut tx, user.id).await?;
    drop(tx);
    if own.len() >= MOST {
        let detail = format!("An account has up to {MOST} passkeys. Remove one first.");
        return Err(AppError::conflict(ErrorCode::OutOfRange, detail));
    }
    let known = own
        .iter()
        .filter_map(|passkey| URL_SAFE_NO_PAD.decode(&passkey.credential_id).ok())
        .collect();
    let id: Uuid = user.id.to_string().parse().context("an id is a UUID")?;
    let (options, kept) = webauthn
        .start_passkey_registration(id, &user.email, &user.name, Some(known))
        .context("asking for a passkey")?;
    let mut options = serde_json::to_value(options).context("writing options down")?;
    // The library leaves it to the authenticator whether it remembers the passkey; ours must, for signing in without a name.
    let selection = &mut options["publicKey"]["authenticatorSelection"];
    selection["residentKey"] = json!("required");
    selection["requireResidentKey"] = json!(true);
    ask(app, options, &kept, Some(person.session), browser).await
}

/// Keeps the passkey that an authenticator made.
///
/// # Errors
/// `state_invalid`; `passkey_invalid`; `invalid_input` for its name.
pub async fn add(
    app: &App,
    person: &Person,
    new: NewPasskey,
    browser: Option<&Secret>,
    visitor: &Visitor,
) -> Result<KeptPasskey> {
    let name = new.name.filter(|name| !name.trim().is_empty());
    let name = name.unwrap_or_else(|| in_words(&visitor.user_agent));
    let name = valid_name("name", &name).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let kept: PasskeyRegistration =
        answered(app, &new.challenge, Some(person.session), browser).await?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_value(new.credential).map_err(|error| invalid(&error))?;
    let made = webauthn(app)?
        .finish_passkey_registration(&answer, &kept)
        .map_err(|error| invalid(&error))?;
    let now = app.now();
    let user = &person.user;
    let passkey = KeptPasskey {
        id: PasskeyId::new(now),
        user: user.id,
        credential_id: URL_SAFE_NO_PAD.encode(made.cred_id()),
        credential: serde_json::to_string(&made).context("writing a passkey down")?,
        name,
        created_at: now,
        last_used_at: None,
    };
    let mut tx = app.store.as_system("a passkey is added").write().await?;
    passkeys::insert(&mut tx, &passkey)
        .await
        .map_err(|error| match error {
            StoreError::Conflict(_) => invalid(&"it is known already"),
            other => other.into(),
        })?;
    let detail = json!({ "passkey": passkey.id, "name": passkey.name });
    record_everywhere(&mut tx, user, now, "user.passkey_added", detail).await?;
    alerts::send(app, &mut tx, user, visitor, "passkey_added").await?;
    note_made_by_person(&mut tx, person, "passkey", &passkey.id.to_string()).await?;
    tx.commit().await?;
    Ok(passkey)
}

/// The authenticator's answer does not hold.
pub(super) fn invalid(why: &dyn std::fmt::Display) -> AppError {
    tracing::info!(%why, "an authenticator's answer does not hold");
    AppError::refused(
        crate::RefusalKind::NotAuthenticated,
        ErrorCode::PasskeyInvalid,
        "This passkey is not known here, or its answer does not hold. Try again, or sign in with your password.",
    )
}
