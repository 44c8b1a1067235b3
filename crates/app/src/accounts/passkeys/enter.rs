//! Signing in with a passkey.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_domain::{ErrorCode, Limit, Secret};
use fanfare_store::passkeys::{self, KeptPasskey};
use fanfare_store::users;
use serde_json::{Value as Json, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PublicKeyCredential, WebauthnError,
};

use super::add::invalid;
use super::challenge::{Asked, answered, ask};
use super::webauthn;
use crate::accounts::alerts;
use crate::accounts::audit::record_everywhere;
use crate::accounts::log_in::{By, begin_session};
use crate::accounts::session::{SignedIn, Visitor};
use crate::limits::place;
use crate::{App, AppError, RefusalKind, Result};

/// Asks any authenticator for a passkey of this installation.
///
/// # Errors
/// `not_found` where there are none; `too_many_requests`.
pub async fn begin_sign_in(app: &App, browser: Option<Secret>, visitor: &Visitor) -> Result<Asked> {
    app.limit(Limit::Passkeys, &place(&visitor.ip)).await?;
    let (options, kept) = webauthn(app)?
        .start_discoverable_authentication()
        .context("asking for a passkey")?;
    let options = serde_json::to_value(options).context("writing options down")?;
    ask(app, options, &kept, None, browser).await
}

/// Begins a session for whoever's passkey it is. No second step is asked for.
///
/// # Errors
/// `state_invalid`; `passkey_invalid`; `passkey_copied`, which the person is told.
pub async fn sign_in(
    app: &App,
    challenge: &str,
    credential: Json,
    browser: Option<&Secret>,
    visitor: &Visitor,
) -> Result<SignedIn> {
    app.limit(Limit::Passkeys, &place(&visitor.ip)).await?;
    let webauthn = webauthn(app)?;
    let kept: DiscoverableAuthentication = answered(app, challenge, None, browser).await?;
    let answer: PublicKeyCredential =
        serde_json::from_value(credential).map_err(|error| invalid(&error))?;
    let (owner, id) = webauthn
        .identify_discoverable_authentication(&answer)
        .map_err(|error| invalid(&error))?;
    let mut tx = app.store.as_system("whose passkey is it").write().await?;
    let found = passkeys::locked(&mut tx, &URL_SAFE_NO_PAD.encode(id)).await?;
    let known = found.filter(|known| known.user.to_string() == owner.to_string());
    let known = known.ok_or_else(|| invalid(&"nobody's here"))?;
    let mut passkey: Passkey =
        serde_json::from_str(&known.credential).context("reading a passkey")?;
    let (user, _) = users::to_confirm(&mut tx, known.user)
        .await?
        .ok_or_else(|| invalid(&"its person is shut out"))?;
    match webauthn.finish_discoverable_authentication_v2(&answer, kept, &passkey) {
        Ok(result) => {
            passkey.update_credential(&result);
            let credential = serde_json::to_string(&passkey).context("writing a passkey down")?;
            passkeys::note_use(&mut tx, known.id, &credential, app.now()).await?;
            tx.commit().await?;
            begin_session(app, user, By::Passkey, visitor).await
        }
        // Two authenticators count for themselves: the one that is behind holds a copy, or the original.
        Err(WebauthnError::CredentialPossibleCompromise) => {
            let KeptPasskey { id, name, .. } = known;
            let detail = json!({ "passkey": id, "name": name });
            record_everywhere(&mut tx, &user, app.now(), "user.passkey_refused", detail).await?;
            alerts::send(app, &mut tx, &user, visitor, "passkey_refused").await?;
            tx.commit().await?;
            tracing::warn!(passkey = %id, ip = visitor.ip, "a passkey looks copied");
            Err(copied())
        }
        Err(error) => Err(invalid(&error)),
    }
}

fn copied() -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::PasskeyCopied,
        "This passkey looks copied, so it opens nothing. Sign in in another way, remove it in the security settings and make a new one.",
    )
}
