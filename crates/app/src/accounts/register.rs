//! Making an account: the first one sets the installation up.

use fanfare_domain::role::Role;
use fanfare_domain::{ErrorCode, Limit, Secret, UserId, WorkspaceId};
use fanfare_store::users::User;
use fanfare_store::workspaces::Membership;
use fanfare_store::{StoreError, installation_facts, users, workspaces};
use jiff::Timestamp;

use super::audit::event;
use super::log_in::{LoggedIn, log_in};
use super::session::{self, SignedIn, Visitor};
use super::{alerts, email, password, verify};
use crate::idempotency::{StrangersKey, note_made_by_stranger};
use crate::limits::place;
use crate::workspaces::valid_name;
use crate::{App, AppError, FieldError, RefusalKind, Result};

/// Says that an administrator was made. Of two who register first at once, one writes it.
const SET_UP: &str = "set_up";

/// Who wants an account.
#[derive(Debug, Clone)]
pub struct Registration {
    pub email: String,
    pub password: Secret,
    pub name: String,
    /// In which they are written to: `en` or `es`.
    pub language: String,
    /// The `Idempotency-Key` of the request, if it has one.
    pub request_key: Option<StrangersKey>,
}

/// Makes the account with a workspace of its own, and begins a session.
///
/// The first account of an installation is its administrator's and counts as verified. After that, registration is closed unless
/// the operator opened it.
///
/// # Errors
/// `registration_closed`, `email_taken`, `too_many_requests`, or `invalid_input` naming each field that is wrong.
pub async fn register(
    app: &App,
    registration: Registration,
    visitor: &Visitor,
) -> Result<SignedIn> {
    refuse_when_closed(app).await?;
    let Registration {
        email,
        password,
        name,
        language,
        request_key,
    } = checked(registration)?;
    app.limit(Limit::Register, &place(&visitor.ip)).await?;
    refuse_when_taken(app, &email).await?;
    let password_hash = app.passwords.hash(&password).await?;
    let now = app.now();

    let mut tx = app.store.as_system("somebody registers").write().await?;
    let is_first = installation_facts::put_if_absent(&mut tx, SET_UP, &[]).await?;
    if !is_first && !app.config.registration_open {
        return Err(closed());
    }
    let user = User {
        id: UserId::new(now),
        email,
        name,
        is_admin: is_first,
        email_verified_at: is_first.then_some(now),
        two_factor_at: None,
        language,
        created_at: now,
    };
    users::insert(&mut tx, &user, &password_hash)
        .await
        .map_err(taken_or_broken)?;
    let own = own_workspace(&user, now);
    workspaces::insert(&mut tx, &own, user.id, now).await?;
    verify::send_link(app, &mut tx, &user).await?;
    let (_, token) =
        session::begin(&mut tx, user.id, Some(own.workspace), false, visitor, now).await?;
    alerts::note_sign_in(app, &mut tx, &user, visitor, None).await?;
    let id = user.id.to_string();
    note_made_by_stranger(&mut tx, request_key.as_ref(), "account", &id).await?;
    let mut tx = tx.into_workspace(own.workspace);
    let event = event(&user, now, "user.registered", "user", &user.id.to_string());
    fanfare_store::audit::record(&mut tx, &event).await?;
    tx.commit().await?;
    Ok(SignedIn { user, token })
}

/// Signs in to the account that a request made whose answer was lost, with the password that both hold.
///
/// # Errors
/// As [`log_in`], and `email_taken` where the account takes a second step by now.
pub async fn enter_made(
    app: &App,
    made: UserId,
    password: &Secret,
    visitor: &Visitor,
) -> Result<SignedIn> {
    let found = {
        let mut tx = app.store.as_system("an account just made").read().await?;
        users::working(&mut tx, made).await?
    };
    let user = found.ok_or_else(taken)?;
    match log_in(app, &user.email, password, visitor).await? {
        LoggedIn::Session(signed_in) => Ok(signed_in),
        LoggedIn::SecondStep(_) => Err(taken()),
    }
}

/// The registration in the form in which it is kept, if nothing is wrong with it.
///
/// # Errors
/// `invalid_input` naming each field that is wrong.
pub(crate) fn checked(registration: Registration) -> Result<Registration> {
    let mut wrong = Vec::new();
    let email = email::normal(&registration.email);
    if email.is_empty() {
        wrong.push(FieldError::new(
            "email",
            ErrorCode::Required,
            "Enter your e-mail address.",
        ));
    } else if !email::is_valid(&email) {
        wrong.push(email::invalid("email"));
    }
    let name = valid_name("name", &registration.name);
    let context = [email.as_str(), registration.name.as_str()];
    wrong.extend(password::weakness(&registration.password, &context));
    match (name, wrong.is_empty()) {
        (Ok(name), true) => Ok(Registration {
            email,
            name,
            password: registration.password,
            language: registration.language,
            request_key: registration.request_key,
        }),
        (name, _) => {
            wrong.extend(name.err());
            Err(AppError::invalid(wrong))
        }
    }
}

/// The name, or where it is none, what stands before the `@`.
pub(super) fn name_or_part_of(name: &str, email: &str) -> String {
    let part = email.split('@').next().unwrap_or(email);
    valid_name("name", name)
        .or_else(|_| valid_name("name", part))
        .unwrap_or_else(|_| "?".to_owned())
}

async fn refuse_when_closed(app: &App) -> Result<()> {
    let mut tx = app.store.as_system("is registration open").read().await?;
    if !app.config.registration_open && users::has_administrator(&mut tx).await? {
        return Err(closed());
    }
    Ok(())
}

async fn refuse_when_taken(app: &App, email: &str) -> Result<()> {
    let mut tx = app.store.as_system("is the address taken").read().await?;
    if users::is_taken(&mut tx, email).await? {
        Err(taken())
    } else {
        Ok(())
    }
}

pub(super) fn own_workspace(user: &User, now: Timestamp) -> Membership {
    Membership {
        workspace: WorkspaceId::new(now),
        name: format!("{}'s workspace", user.name),
        role: Role::Owner,
        requires_two_factor: false,
    }
}

pub(super) fn closed() -> AppError {
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::RegistrationClosed,
        "New accounts are by invitation only here. Ask an administrator of this installation.",
    )
}

pub(super) fn taken() -> AppError {
    AppError::conflict(
        ErrorCode::EmailTaken,
        "An account with this e-mail address exists already. Sign in with it instead.",
    )
}

pub(crate) fn taken_or_broken(error: StoreError) -> AppError {
    match error {
        StoreError::Conflict(_) => taken(),
        other => other.into(),
    }
}
