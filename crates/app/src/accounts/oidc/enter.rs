//! Whom somebody who signed in at the provider is here: whoever is linked, an account with the same proved address, or a new one.

use fanfare_domain::{ErrorCode, UserId};
use fanfare_store::oidc;
use fanfare_store::users::User;
use fanfare_store::{SystemTx, invitations, users, workspaces};
use serde_json::json;

use super::NewAccounts;
use super::begin::provider;
use super::complete::{Entered, Proved};
use super::link::identity;
use crate::accounts::audit::{event, record_everywhere};
use crate::accounts::log_in::{By, begin_session};
use crate::accounts::session::Visitor;
use crate::accounts::{alerts, email, register, second_step};
use crate::invitations::join;
use crate::{App, AppError, RefusalKind, Result};

pub(super) async fn enter(
    app: &App,
    proved: &Proved,
    visitor: &Visitor,
    language: &str,
) -> Result<Entered> {
    let mut tx = app
        .store
        .as_system("who signed in elsewhere")
        .write()
        .await?;
    let linked = oidc::user_of(&mut tx, &proved.issuer, &proved.claims.sub).await?;
    let id = match linked {
        Some(id) => {
            let email = proved.claims.profile.email.as_deref().unwrap_or_default();
            oidc::note_use(
                &mut tx,
                &proved.issuer,
                &proved.claims.sub,
                email,
                app.now(),
            )
            .await?;
            tx.commit().await?;
            id
        }
        None => known_by_address(app, tx, proved, visitor, language).await?,
    };
    let mut tx = app
        .store
        .as_system("the first step was taken elsewhere")
        .write()
        .await?;
    let (user, _) = users::to_confirm(&mut tx, id).await?.ok_or_else(shut_out)?;
    if user.two_factor_at.is_none() {
        drop(tx);
        let signed_in = begin_session(app, user, By::Provider, visitor).await?;
        return Ok(Entered::SignedIn(signed_in));
    }
    let ticket = second_step::ticket(&mut tx, &user, app.now()).await?;
    tx.commit().await?;
    Ok(Entered::SecondStep(ticket))
}

/// Somebody who was never here by this provider. Links them on the way.
async fn known_by_address(
    app: &App,
    mut tx: SystemTx,
    proved: &Proved,
    visitor: &Visitor,
    language: &str,
) -> Result<UserId> {
    let address = email::normal(proved.claims.profile.email.as_deref().unwrap_or_default());
    if !email::is_valid(&address) || !proved.claims.profile.is_email_verified() {
        return Err(address_not_proved());
    }
    let Some(id) = users::with_email(&mut tx, &address).await? else {
        return make(app, tx, &address, proved, language).await;
    };
    let (user, _) = users::to_confirm(&mut tx, id).await?.ok_or_else(shut_out)?;
    if user.email_verified_at.is_none() {
        return Err(link_first());
    }
    let now = app.now();
    oidc::link(&mut tx, &identity(proved, id, now))
        .await
        .map_err(link_taken)?;
    let detail = json!({ "issuer": proved.issuer });
    record_everywhere(&mut tx, &user, now, "user.sign_in_linked", detail).await?;
    alerts::send(app, &mut tx, &user, visitor, "sign_in_linked").await?;
    tx.commit().await?;
    Ok(id)
}

async fn make(
    app: &App,
    mut tx: SystemTx,
    address: &str,
    proved: &Proved,
    language: &str,
) -> Result<UserId> {
    let now = app.now();
    let accounts = provider(app)?.settings.accounts;
    let invitation = match accounts {
        NewAccounts::Never => None,
        _ => invitations::newest_for(&mut tx, address, now).await?,
    };
    let is_open = match accounts {
        NewAccounts::Always => true,
        NewAccounts::AsRegistration => app.config.registration_open,
        NewAccounts::Never => false,
    };
    // Whoever sets the installation up does so by its own form.
    if !users::has_administrator(&mut tx).await? || (!is_open && invitation.is_none()) {
        return Err(register::closed());
    }
    let name = proved.claims.profile.name.as_deref().unwrap_or_default();
    let user = User {
        id: UserId::new(now),
        email: address.to_owned(),
        name: register::name_or_part_of(name, address),
        is_admin: false,
        email_verified_at: Some(now),
        two_factor_at: None,
        language: language.to_owned(),
        created_at: now,
    };
    users::insert(&mut tx, &user, users::NO_PASSWORD)
        .await
        .map_err(register::taken_or_broken)?;
    oidc::link(&mut tx, &identity(proved, user.id, now))
        .await
        .map_err(link_taken)?;
    let workspace = match &invitation {
        Some(invitation) => {
            if !invitations::withdraw(&mut tx, invitation.id).await? {
                return Err(register::closed());
            }
            invitation.workspace
        }
        None => {
            let own = register::own_workspace(&user, now);
            workspaces::insert(&mut tx, &own, user.id, now).await?;
            own.workspace
        }
    };
    let mut tx = tx.into_workspace(workspace);
    let mut registered = event(&user, now, "user.registered", "user", &user.id.to_string());
    registered.detail = json!({ "issuer": proved.issuer });
    fanfare_store::audit::record(&mut tx, &registered).await?;
    if let Some(invitation) = &invitation {
        join(&mut tx, &user, invitation, now).await?;
    }
    tx.commit().await?;
    Ok(user.id)
}

pub(super) fn link_taken(error: fanfare_store::StoreError) -> AppError {
    match error {
        fanfare_store::StoreError::Conflict(_) => AppError::conflict(
            ErrorCode::SignInLinkTaken,
            "This sign-in is linked with another account here, or your account with another sign-in there. Unlink that one first.",
        ),
        other => other.into(),
    }
}

fn address_not_proved() -> AppError {
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::ProviderAddressNotProved,
        "The provider does not say that your e-mail address is proved, so it cannot be taken as yours. Prove it there, then try again.",
    )
}

/// Somebody else may have registered the address, and would be let into what is now theirs both.
fn link_first() -> AppError {
    AppError::conflict(
        ErrorCode::SignInNotLinked,
        "There is an account with your address, but nobody has proved the address here. Sign in with the password, then link this sign-in in the security settings.",
    )
}

fn shut_out() -> AppError {
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::Forbidden,
        "This account is shut out. Ask an administrator of this installation.",
    )
}
