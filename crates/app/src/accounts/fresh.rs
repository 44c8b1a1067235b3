//! Being certain that it is still the person, before something changes that lets people in.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_store::users::{self, User};
use fanfare_store::{SystemTx, sessions};
use jiff::SignedDuration;

use super::not_authenticated;
use super::own::confirmed;
use crate::{App, AppError, Person, RefusalKind, Result};

/// Whoever signed in so lately need not prove it again.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(10);

/// The person, if they signed in lately or give their password.
///
/// # Errors
/// `sign_in_again` without a password; `invalid_input` naming `password` when it is wrong; `too_many_requests`.
pub(super) async fn prove_again(
    app: &App,
    person: &Person,
    password: Option<&Secret>,
) -> Result<User> {
    if let Some(password) = password.filter(|password| !password.expose().is_empty()) {
        return confirmed(app, person, "password", password).await;
    }
    let mut tx = app.store.as_system("is it still they").read().await?;
    if !is_fresh(app, &mut tx, person).await? {
        return Err(sign_in_again());
    }
    let found = users::to_confirm(&mut tx, person.user.id).await?;
    found.map(|(user, _)| user).ok_or_else(not_authenticated)
}

/// Whether the session began a short while ago.
pub(super) async fn is_fresh(app: &App, tx: &mut SystemTx, person: &Person) -> Result<bool> {
    let began = sessions::began_at(tx, person.session).await?;
    Ok(began.is_some_and(|began| began + FRESH_FOR > app.now()))
}

pub(super) fn sign_in_again() -> AppError {
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::SignInAgain,
        "You signed in a while ago, and this changes how one gets into your account. Enter your password, or sign out and in again.",
    )
}
