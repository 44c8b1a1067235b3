//! How somebody gets into their account: nobody may take their last way away.

use fanfare_domain::{ErrorCode, UserId};
use fanfare_store::{SystemTx, oidc, passkeys, users};

use crate::{App, AppError, Result};

/// Refuses a change after which nothing leads into the account.
///
/// # Errors
/// `last_way_in`.
pub(super) async fn refuse_none(app: &App, tx: &mut SystemTx, user: UserId) -> Result<()> {
    if users::has_password(tx, user).await?
        || has_sign_in(app, tx, user).await?
        || (app.takes_passkeys() && !passkeys::of_user(tx, user).await?.is_empty())
    {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::LastWayIn,
        "This is the only way into your account. Choose a password first: ask for a link to do so on the page for forgotten passwords.",
    ))
}

/// Whether a provider that is set up leads in.
async fn has_sign_in(app: &App, tx: &mut SystemTx, user: UserId) -> Result<bool> {
    let Some(provider) = &app.oidc else {
        return Ok(false);
    };
    let issuer = provider.settings.issuer.as_str().trim_end_matches('/');
    let own = oidc::of_user(tx, user).await?;
    Ok(own
        .iter()
        .any(|identity| identity.issuer.trim_end_matches('/') == issuer))
}
