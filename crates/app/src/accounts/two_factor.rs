//! Switching the second step of signing in on and off, and its codes.

use anyhow::Context as _;
use fanfare_domain::{ErrorCode, Limit, Secret, UserId};
use fanfare_store::users::User;
use fanfare_store::{SystemTx, two_factor, users};
use serde_json::json;

use super::audit::record_everywhere;
use super::codes::{self, NewSecret};
use super::fresh::prove_again;
use super::own::confirmed;
use super::session::Visitor;
use super::{alerts, not_authenticated, tokens};
use crate::{App, AppError, Person, Result};

/// How a person got past the second step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    ByDevice,
    /// So many backup codes are left.
    ByBackupCode {
        left: usize,
    },
}

/// Makes a secret to be put into a device. Nothing is switched on before a code proves that it is there.
///
/// Whoever only found a browser open may not: a second step of theirs would shut the owner out.
///
/// # Errors
/// `conflict` while the second step is on; `sign_in_again`, or `invalid_input` naming `password`; `too_many_requests`.
pub async fn begin_two_factor(
    app: &App,
    person: &Person,
    password: Option<&Secret>,
) -> Result<NewSecret> {
    let id = prove_again(app, person, password).await?.id;
    let now = app.now();
    let mut tx = app
        .store
        .as_system("a secret for the second step")
        .write()
        .await?;
    let (user, _) = users::to_confirm(&mut tx, id)
        .await?
        .ok_or_else(not_authenticated)?;
    if user.two_factor_at.is_some() {
        return Err(AppError::conflict(
            ErrorCode::TwoFactorOn,
            "Two-factor authentication is on already. Switch it off first to set it up with another device.",
        ));
    }
    let new = codes::new_secret(&user.email)?;
    let sealed = app.vault.seal(&owner(id), &new.secret);
    two_factor::begin(&mut tx, id, sealed, now).await?;
    tx.commit().await?;
    Ok(new)
}

/// Switches the second step on once a code proves that the secret is in a device; answers ten backup codes.
///
/// # Errors
/// `code_invalid`; `conflict` when it is on already or was not begun; `too_many_requests`.
pub async fn verify_two_factor(
    app: &App,
    id: UserId,
    code: &str,
    visitor: &Visitor,
) -> Result<Vec<String>> {
    app.limit(Limit::SecondStep, &id.to_string()).await?;
    let now = app.now();
    let (backup, hashes) = new_codes(app).await?;
    let mut tx = app.store.as_system("the second step is on").write().await?;
    if !use_device_code(app, &mut tx, id, code).await? {
        return Err(code_invalid());
    }
    if !two_factor::switch_on(&mut tx, id, now).await? {
        return Err(AppError::conflict(
            ErrorCode::TwoFactorOn,
            "Two-factor authentication is on already.",
        ));
    }
    two_factor::replace_codes(&mut tx, id, &hashes).await?;
    let user = told(&mut tx, id).await?;
    record_everywhere(&mut tx, &user, now, "user.two_factor_on", json!({})).await?;
    alerts::send(app, &mut tx, &user, visitor, "two_factor_on").await?;
    tx.commit().await?;
    app.unlimit(Limit::SecondStep, &id.to_string()).await;
    Ok(backup)
}

/// Switches the second step off.
///
/// # Errors
/// `invalid_input` when the password is wrong; `code_invalid`; `too_many_requests`.
pub async fn disable_two_factor(
    app: &App,
    person: &Person,
    password: &Secret,
    code: &str,
    visitor: &Visitor,
) -> Result<()> {
    let user = confirmed(app, person, "password", password).await?;
    pass(app, user.id, code).await?;
    let mut tx = app
        .store
        .as_system("the second step is off")
        .write()
        .await?;
    switch_off(app, &mut tx, &user, visitor).await?;
    Ok(tx.commit().await?)
}

/// Makes ten new backup codes; the old ones work no more.
///
/// # Errors
/// `code_invalid`; `too_many_requests`.
pub async fn new_backup_codes(
    app: &App,
    id: UserId,
    code: &str,
    visitor: &Visitor,
) -> Result<Vec<String>> {
    pass(app, id, code).await?;
    let now = app.now();
    let (backup, hashes) = new_codes(app).await?;
    let mut tx = app.store.as_system("new backup codes").write().await?;
    two_factor::replace_codes(&mut tx, id, &hashes).await?;
    let user = told(&mut tx, id).await?;
    record_everywhere(&mut tx, &user, now, "user.backup_codes_made", json!({})).await?;
    alerts::send(app, &mut tx, &user, visitor, "backup_codes_made").await?;
    tx.commit().await?;
    Ok(backup)
}

pub(super) async fn switch_off(
    app: &App,
    tx: &mut SystemTx,
    user: &User,
    visitor: &Visitor,
) -> Result<()> {
    if two_factor::switch_off(tx, user.id).await? {
        // A link around this step must not lead around one that is switched on later.
        tokens::withdraw_recovery(tx, user.id).await?;
        record_everywhere(tx, user, app.now(), "user.two_factor_off", json!({})).await?;
        alerts::send(app, tx, user, visitor, "two_factor_off").await?;
    }
    Ok(())
}

/// Uses a code up, of the device or a backup code.
///
/// # Errors
/// `code_invalid`; `too_many_requests`.
pub(super) async fn pass(app: &App, id: UserId, code: &str) -> Result<Step> {
    app.limit(Limit::SecondStep, &id.to_string()).await?;
    let step = match codes::normal_backup_code(code) {
        Some(code) => by_backup_code(app, id, &code).await?,
        None => by_device(app, id, code).await?,
    };
    let Some(step) = step else {
        tracing::info!(user = %id, "a code of the second step was wrong");
        return Err(code_invalid());
    };
    app.unlimit(Limit::SecondStep, &id.to_string()).await;
    Ok(step)
}

async fn by_device(app: &App, id: UserId, code: &str) -> Result<Option<Step>> {
    let mut tx = app.store.as_system("use a code").write().await?;
    let is_right = use_device_code(app, &mut tx, id, code).await?;
    tx.commit().await?;
    Ok(is_right.then_some(Step::ByDevice))
}

/// Whether the code is right and was not used before.
async fn use_device_code(app: &App, tx: &mut SystemTx, id: UserId, code: &str) -> Result<bool> {
    let Some(sealed) = two_factor::sealed_secret(tx, id).await? else {
        return Ok(false);
    };
    let secret = app
        .vault
        .open(&owner(id), &sealed)
        .context("opening a secret of the second step")?;
    match codes::step_of(&secret, code, app.now())? {
        Some(step) => Ok(two_factor::use_step(tx, id, step).await?),
        None => Ok(false),
    }
}

async fn by_backup_code(app: &App, id: UserId, code: &str) -> Result<Option<Step>> {
    let hashes = {
        let mut tx = app.store.as_system("look at backup codes").read().await?;
        two_factor::code_hashes(&mut tx, id).await?
    };
    let code = Secret::new(code);
    for hash in &hashes {
        if app.passwords.verify(&code, Some(hash.clone())).await? {
            let mut tx = app.store.as_system("use a backup code").write().await?;
            let is_used = two_factor::use_code(&mut tx, id, hash).await?;
            tx.commit().await?;
            let left = hashes.len() - 1;
            return Ok(is_used.then_some(Step::ByBackupCode { left }));
        }
    }
    Ok(None)
}

async fn new_codes(app: &App) -> Result<(Vec<String>, Vec<String>)> {
    let backup = codes::backup_codes();
    let mut hashes = Vec::with_capacity(backup.len());
    for code in &backup {
        let normal = codes::normal_backup_code(code).context("a new backup code is none")?;
        hashes.push(app.passwords.hash(&Secret::new(normal)).await?);
    }
    Ok((backup, hashes))
}

async fn told(tx: &mut SystemTx, id: UserId) -> Result<User> {
    let found = users::to_confirm(tx, id).await?;
    found.map(|(user, _)| user).ok_or_else(not_authenticated)
}

/// For whom the vault seals a secret.
fn owner(id: UserId) -> String {
    format!("two-factor/{id}")
}

fn code_invalid() -> AppError {
    AppError::refused(
        crate::RefusalKind::NotAuthenticated,
        ErrorCode::CodeInvalid,
        "This code is not right, or was used already. Wait for the next one, or check that your device's clock is right.",
    )
}
