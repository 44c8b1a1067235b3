//! Signing in with e-mail address and password: the first step, and where there is no second, a session.

use fanfare_domain::{ErrorCode, Limit, Secret};
use fanfare_store::users::User;
use fanfare_store::{sessions, users, workspaces};

use super::audit::{event, record_where_they_act};
use super::session::{self, SignedIn, Visitor};
use super::{alerts, email, second_step};
use crate::limits::place;
use crate::{App, AppError, RefusalKind, Result};

/// What somebody proved themselves by, as the audit log says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Password,
    /// A right password and a code.
    SecondStep,
    Recovery,
    /// Another provider, whose word is taken.
    Provider,
    #[cfg(feature = "passkeys")]
    Passkey,
}

impl By {
    fn is_passkey(&self) -> bool {
        #[cfg(feature = "passkeys")]
        return matches!(self, Self::Passkey);
        #[cfg(not(feature = "passkeys"))]
        return false;
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::SecondStep => "second_step",
            Self::Recovery => "recovery",
            Self::Provider => "provider",
            #[cfg(feature = "passkeys")]
            Self::Passkey => "passkey",
        }
    }
}

/// How far a right password leads.
#[derive(Debug, Clone)]
pub enum LoggedIn {
    Session(SignedIn),
    /// The second step is to be taken, with this ticket.
    SecondStep(Secret),
}

/// Begins a session, or asks for the second step.
///
/// An unknown address takes the same way and the same time as a wrong password, and is answered the same.
///
/// # Errors
/// `wrong_credentials`, or `too_many_requests` after ten failures for the same address from the same place within 15 minutes.
pub async fn log_in(
    app: &App,
    email: &str,
    password: &Secret,
    visitor: &Visitor,
) -> Result<LoggedIn> {
    let user = prove(app, email, password, visitor).await?;
    if user.two_factor_at.is_none() {
        return begin_session(app, user, By::Password, visitor)
            .await
            .map(LoggedIn::Session);
    }
    let mut tx = app
        .store
        .as_system("the first step was taken")
        .write()
        .await?;
    let ticket = second_step::ticket(&mut tx, &user, app.now()).await?;
    tx.commit().await?;
    Ok(LoggedIn::SecondStep(ticket))
}

/// Whose address and password these are.
pub(super) async fn prove(
    app: &App,
    email: &str,
    password: &Secret,
    visitor: &Visitor,
) -> Result<User> {
    let email = email::normal(email);
    let place = place(&visitor.ip);
    // Counted from its beginning, so that many at the same time do not slip through; one that succeeds takes back what was counted.
    let pair = format!("{email} {place}");
    app.limit(Limit::SignIn, &pair).await?;
    app.limit(Limit::SignInPlace, &place).await?;
    let (found, is_known_place) = {
        let mut tx = app.store.as_system("sign in").read().await?;
        let found = users::to_sign_in(&mut tx, &email).await?;
        let is_known = sessions::is_known_place(&mut tx, &email, &visitor.ip, app.now()).await?;
        (found, is_known)
    };
    // Where its owner is signed in, nobody's guessing elsewhere is in their way.
    if !is_known_place {
        app.limit(Limit::SignInAddress, &email).await?;
    }
    let (user, kept) = found.unzip();
    let is_right = app.passwords.verify(password, kept).await?;
    let account = user.as_ref().map(|user| user.id.to_string());
    let Some(user) = user.filter(|_| is_right) else {
        tracing::info!(ip = visitor.ip, account, "sign-in failed");
        return Err(AppError::refused(
            RefusalKind::NotAuthenticated,
            ErrorCode::WrongCredentials,
            "The e-mail address or the password is not right. Check both and try again.",
        ));
    };
    app.unlimit(Limit::SignIn, &pair).await;
    app.uncount(Limit::SignInPlace, &place).await;
    Ok(user)
}

pub(super) async fn begin_session(
    app: &App,
    user: User,
    by: By,
    visitor: &Visitor,
) -> Result<SignedIn> {
    let now = app.now();
    let mut tx = app.store.as_system("a session begins").write().await?;
    let memberships = workspaces::of_user(&mut tx, user.id).await?;
    let current = memberships.first().map(|one| one.workspace);
    let (session, token) =
        session::begin(&mut tx, user.id, current, by.is_passkey(), visitor, now).await?;
    alerts::note_sign_in(app, &mut tx, &user, visitor, None).await?;
    let mut event = event(&user, now, "session.begun", "session", &session.to_string());
    event.detail = serde_json::json!({ "by": by.as_str() });
    record_where_they_act(&mut tx, current, &event).await?;
    tx.commit().await?;
    Ok(SignedIn { user, token })
}
