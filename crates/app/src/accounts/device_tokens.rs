//! Signing in without a browser: a mobile app or an assistant gets an access token for a quarter of an hour, and a refresh token for the next.
//!
//! A refresh token is good for one use. Using it gives two new tokens; using an old one again revokes the whole family, that is, signs the
//! device out, because then two hold what one was given and nobody can tell which is the thief. That is strict on purpose: a device whose
//! answer was lost on the way, and which asks again with the token it still has, is signed out as well and signs in again. A time of grace
//! would be one for the thief too.

use fanfare_domain::{ErrorCode, Limit, Secret};
use fanfare_store::sessions::{self, DeviceTokens, Session};
use fanfare_store::users::User;
use fanfare_store::{SystemTx, members, workspaces};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::alerts;
use super::audit::{event, record_where_they_act};
use super::authenticate::choose;
use super::log_in::prove;
use super::session::{Visitor, expiry, kept_user_agent, new_session};
use super::two_factor;
use crate::limits::place;
use crate::token_text::{ACCESS, REFRESH, hash};
use crate::workspaces::valid_name;
use crate::{App, AppError, RefusalKind, Result};

const ACCESS_FOR: SignedDuration = SignedDuration::from_mins(15);

/// What a device sends to be signed in.
#[derive(Debug, Clone)]
pub struct DeviceSigningIn {
    pub email: String,
    pub password: Secret,
    /// What its person calls it.
    pub device_name: String,
    /// Of the second step, where the account has one.
    pub code: Option<Secret>,
}

/// What a device is given. None of it is kept here but as a hash.
#[derive(Debug, Clone)]
pub struct DeviceSignedIn {
    pub access_token: Secret,
    pub refresh_token: Secret,
    pub expires_in_seconds: i64,
}

/// Whether it means to be an access token, and no API key.
#[must_use]
pub fn is_access_token(text: &Secret) -> bool {
    ACCESS.is_meant(text)
}

/// Begins a device's session. The limits of signing in at a browser hold here too.
///
/// # Errors
/// As [`log_in`](super::log_in()); `invalid_input` for a bad name of the device.
pub async fn sign_in_device(
    app: &App,
    device: DeviceSigningIn,
    visitor: &Visitor,
) -> Result<DeviceSignedIn> {
    let name = valid_name("device_name", &device.device_name)
        .map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let user = prove(app, &device.email, &device.password, visitor).await?;
    prove_second_factor(app, &user, device.code.as_ref()).await?;
    let now = app.now();
    let mut tx = app.store.as_system("a device signs in").write().await?;
    let memberships = workspaces::of_user(&mut tx, user.id).await?;
    let current = memberships.first().map(|one| one.workspace);
    let session = new_session(user.id, current, Some(name), visitor, now);
    let (given, kept) = tokens(REFRESH.fresh(), now);
    sessions::insert_device(&mut tx, &session, &kept).await?;
    let device = session.device_name.as_deref();
    alerts::note_sign_in(app, &mut tx, &user, visitor, device).await?;
    if let Some(workspace) = current {
        members::note_seen(&mut tx, workspace, user.id, now).await?;
    }
    tell(tx, &session, &user, "session.begun", now).await?;
    Ok(given)
}

/// Asks for the second step of signing in where the account has one.
///
/// # Errors
/// `invalid_input` naming `code` where it is missing; `code_invalid`; `too_many_requests`.
async fn prove_second_factor(app: &App, user: &User, code: Option<&Secret>) -> Result<()> {
    if user.two_factor_at.is_none() {
        return Ok(());
    }
    let code = code.ok_or_else(|| {
        let detail = "This account has two-factor authentication: send a code of the device, or a backup code, too.";
        AppError::invalid_field("code", ErrorCode::Required, detail)
    })?;
    two_factor::pass(app, user.id, code.expose()).await?;
    Ok(())
}

/// Gives a device new tokens for its refresh token, which is used up by it.
///
/// # Errors
/// `refresh_token_invalid`, and nothing but signing in again helps; `too_many_requests`.
pub async fn refresh_device(
    app: &App,
    refresh_token: &Secret,
    visitor: &Visitor,
) -> Result<DeviceSignedIn> {
    app.limit(Limit::DeviceToken, &place(&visitor.ip)).await?;
    if !REFRESH.is_well_formed(refresh_token) {
        return Err(invalid());
    }
    let now = app.now();
    let family = REFRESH.hash_of_first_half(refresh_token);
    let mut tx = app.store.as_system("a device goes on").write().await?;
    let found = sessions::of_family(&mut tx, &family, now).await?;
    let (session, user) = found.ok_or_else(invalid)?;
    let session = Session {
        ip: visitor.ip.clone(),
        user_agent: kept_user_agent(visitor),
        last_used_at: now,
        expires_at: expiry(now),
        ..session
    };
    let (given, kept) = tokens(REFRESH.renewed(refresh_token), now);
    // In one statement: of two that ask with one token, one is refused.
    if sessions::rotate(&mut tx, &session, &hash(refresh_token), &kept).await? {
        tx.commit().await?;
        return Ok(given);
    }
    if !sessions::delete_of(&mut tx, user.id, session.id).await? {
        return Err(invalid());
    }
    tracing::warn!(session = %session.id, user = %user.id, ip = visitor.ip, "a refresh token was used again, so its device is signed out");
    tell(tx, &session, &user, "session.refresh_token_reused", now).await?;
    Err(invalid())
}

fn tokens(refresh_token: Secret, now: Timestamp) -> (DeviceSignedIn, DeviceTokens) {
    let access_token = ACCESS.fresh();
    let kept = DeviceTokens {
        access_hash: hash(&access_token),
        access_until: now + ACCESS_FOR,
        family_hash: REFRESH.hash_of_first_half(&refresh_token),
        refresh_hash: hash(&refresh_token),
    };
    let given = DeviceSignedIn {
        access_token,
        refresh_token,
        expires_in_seconds: ACCESS_FOR.as_secs(),
    };
    (given, kept)
}

/// Ends the transaction, with a line in the audit log.
async fn tell(
    mut tx: SystemTx,
    session: &Session,
    user: &User,
    action: &str,
    now: Timestamp,
) -> Result<()> {
    let memberships = workspaces::of_user(&mut tx, user.id).await?;
    let current = choose(session, &memberships, None).ok();
    let mut event = event(user, now, action, "session", &session.id.to_string());
    event.detail = json!({ "device_name": session.device_name, "ip": session.ip });
    record_where_they_act(&mut tx, current.map(|one| one.workspace), &event).await?;
    Ok(tx.commit().await?)
}

fn invalid() -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::RefreshTokenInvalid,
        "This refresh token does not work: it was used before, or the device was signed out. Sign in again.",
    )
}
