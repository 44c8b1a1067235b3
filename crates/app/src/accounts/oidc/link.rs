//! Linking an account with a sign-in at the provider, and unlinking it.

use fanfare_domain::{ErrorCode, Secret, UserId};
use fanfare_store::oidc::{self, Identity};
use jiff::Timestamp;
use serde_json::json;

use super::complete::{Entered, Proved};
use super::enter::link_taken;
use crate::accounts::audit::record_everywhere;
use crate::accounts::fresh::prove_again;
use crate::accounts::session::Visitor;
use crate::accounts::{alerts, ways_in};
use crate::{App, AppError, Person, Result};

/// A sign-in at a provider that leads into an account.
#[derive(Debug, Clone)]
pub struct LinkedIdentity {
    pub identity: Identity,
    /// As the log-in page calls the provider; absent for one that is no longer set up.
    pub name: Option<String>,
}

/// The sign-ins that lead into the person's account.
pub async fn linked(app: &App, person: &Person) -> Result<Vec<LinkedIdentity>> {
    let mut tx = app.store.as_system("a person's sign-ins").read().await?;
    let own = oidc::of_user(&mut tx, person.user.id).await?;
    let provider = app.oidc.as_ref().map(|provider| &provider.settings);
    let is_of = |issuer: &str, identity: &Identity| {
        issuer.trim_end_matches('/') == identity.issuer.trim_end_matches('/')
    };
    Ok(own
        .into_iter()
        .map(|identity| LinkedIdentity {
            name: provider
                .filter(|settings| is_of(settings.issuer.as_str(), &identity))
                .map(|settings| settings.name.clone()),
            identity,
        })
        .collect())
}

pub(super) async fn link(
    app: &App,
    person: &Person,
    proved: &Proved,
    visitor: &Visitor,
) -> Result<Entered> {
    let now = app.now();
    let user = &person.user;
    let mut tx = app.store.as_system("a sign-in is linked").write().await?;
    if oidc::user_of(&mut tx, &proved.issuer, &proved.claims.sub).await? == Some(user.id) {
        return Ok(Entered::Linked);
    }
    oidc::link(&mut tx, &identity(proved, user.id, now))
        .await
        .map_err(link_taken)?;
    let detail = json!({ "issuer": proved.issuer });
    record_everywhere(&mut tx, user, now, "user.sign_in_linked", detail).await?;
    alerts::send(app, &mut tx, user, visitor, "sign_in_linked").await?;
    tx.commit().await?;
    Ok(Entered::Linked)
}

/// Unlinks the sign-in at that provider.
///
/// # Errors
/// `last_way_in`; `not_found`; `sign_in_again` and `invalid_input` when it is not certain enough that it is they.
pub async fn unlink(
    app: &App,
    person: &Person,
    issuer: &str,
    password: Option<&Secret>,
    visitor: &Visitor,
) -> Result<()> {
    prove_again(app, person, password).await?;
    let now = app.now();
    let user = &person.user;
    let mut tx = app.store.as_system("a sign-in is unlinked").write().await?;
    if !oidc::unlink(&mut tx, user.id, issuer).await? {
        return Err(AppError::refused(
            crate::RefusalKind::NotFound,
            ErrorCode::NotFound,
            "This sign-in is not linked with your account.",
        ));
    }
    ways_in::refuse_none(app, &mut tx, user.id).await?;
    let detail = json!({ "issuer": issuer });
    record_everywhere(&mut tx, user, now, "user.sign_in_unlinked", detail).await?;
    alerts::send(app, &mut tx, user, visitor, "sign_in_unlinked").await?;
    Ok(tx.commit().await?)
}

pub(super) fn identity(proved: &Proved, user: UserId, now: Timestamp) -> Identity {
    Identity {
        issuer: proved.issuer.clone(),
        subject: proved.claims.sub.clone(),
        user,
        email: proved.claims.profile.email.clone().unwrap_or_default(),
        created_at: now,
        last_used_at: Some(now),
    }
}
