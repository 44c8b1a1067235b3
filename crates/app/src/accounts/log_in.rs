//! Signing in with e-mail address and password: the first step, and where there is no second, a session.

use fanfare_domain::{ErrorCode, Secret};
use fanfare_store::users::User;
use fanfare_store::{users, workspaces};

use super::audit::event;
use super::session::{self, SignedIn, Visitor};
use super::{alerts, email, second_step};
use crate::{App, AppError, RefusalKind, Result};

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
/// `wrong_credentials`, or `too_many_requests` after ten failures for the same address within 15 minutes.
pub async fn log_in(
    app: &App,
    email: &str,
    password: &Secret,
    visitor: &Visitor,
) -> Result<LoggedIn> {
    let user = prove(app, email, password, visitor).await?;
    if user.two_factor_at.is_none() {
        return begin_session(app, user, visitor)
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
    let now = app.now();
    app.login_attempts.begin(&email, now).map_err(too_many)?;
    let found = {
        let mut tx = app.store.as_system("sign in").read().await?;
        users::to_sign_in(&mut tx, &email).await?
    };
    let (user, kept) = found.unzip();
    let is_right = app.passwords.verify(password, kept).await?;
    let Some(user) = user.filter(|_| is_right) else {
        tracing::info!(ip = visitor.ip, "sign-in failed");
        return Err(AppError::refused(
            RefusalKind::NotAuthenticated,
            ErrorCode::WrongCredentials,
            "The e-mail address or the password is not right. Check both and try again.",
        ));
    };
    app.login_attempts.forget(&email);
    Ok(user)
}

pub(super) async fn begin_session(app: &App, user: User, visitor: &Visitor) -> Result<SignedIn> {
    let now = app.now();
    let mut tx = app.store.as_system("a session begins").write().await?;
    let memberships = workspaces::of_user(&mut tx, user.id).await?;
    let current = memberships.first().map(|one| one.workspace);
    let (session, token) = session::begin(&mut tx, user.id, current, visitor, now).await?;
    alerts::note_sign_in(app, &mut tx, &user, visitor, None).await?;
    match current {
        Some(current) => {
            let mut tx = tx.into_workspace(current);
            let event = event(&user, now, "session.begun", "session", &session.to_string());
            fanfare_store::audit::record(&mut tx, &event).await?;
            tx.commit().await?;
        }
        None => tx.commit().await?,
    }
    Ok(SignedIn { user, token })
}

fn too_many(wait_seconds: u64) -> AppError {
    let minutes = wait_seconds.div_ceil(60);
    AppError::refused(
        RefusalKind::TooMany {
            retry_after_seconds: wait_seconds,
        },
        ErrorCode::TooManyRequests,
        format!("Too many attempts to sign in with this address. Try again in {minutes} minutes."),
    )
}
