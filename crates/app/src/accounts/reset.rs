//! A new password for somebody who has forgotten theirs.

use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::{JobId, Limit, Secret};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::account_tokens::TokenPurpose;
use fanfare_store::jobs::NewJob;
use fanfare_store::users::User;
use fanfare_store::{SystemTx, jobs, sessions, users};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::audit::record_everywhere;
use super::session::Visitor;
use super::{alerts, email, password, tokens};
use crate::limits::place;
use crate::mail::{self, Letter};
use crate::{App, AppError, Result};

const WORKS_FOR: SignedDuration = SignedDuration::from_mins(30);

/// Has a link sent by which a new password can be chosen, if there is an account with that address.
///
/// Whoever asks learns nothing of it, nor from how long the answer takes: known and unknown addresses go the same way and count against the
/// same limits. Only the job looks who it is.
///
/// # Errors
/// `too_many_requests`.
pub async fn forgot_password(app: &App, address: &str, visitor: &Visitor) -> Result<()> {
    let email = email::normal(address);
    app.limit(Limit::MailFromPlace, &place(&visitor.ip)).await?;
    app.limit(Limit::MailToAddress, &email).await?;
    if !app.mail.can_send() {
        return Ok(());
    }
    let now = app.now();
    let job = NewJob {
        id: JobId::new(now),
        workspace: None,
        kind: FORGOT_PASSWORD,
        payload: serde_json::to_string(&Forgotten { email }).context("writing a job down")?,
        key: None,
        due_at: now,
    };
    let mut tx = app
        .store
        .as_system("a password was forgotten")
        .write()
        .await?;
    jobs::enqueue(&mut tx, job, now).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(())
}

/// The kind of the job that sends the link.
const FORGOT_PASSWORD: &str = "password.forgot";

/// What the job carries. There is no id to carry: whether anybody has this address is what nobody may notice.
#[derive(Serialize, Deserialize)]
struct Forgotten {
    email: String,
}

/// Sends links to those who have forgotten their passwords.
pub(crate) struct SendResetLink {
    app: Arc<App>,
}

impl SendResetLink {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for SendResetLink {
    fn kind(&self) -> &'static str {
        FORGOT_PASSWORD
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Forgotten { email } = job.ids()?;
        let mut tx = self
            .app
            .store
            .as_system("who has forgotten a password")
            .write()
            .await?;
        if let Some((user, _)) = users::to_sign_in(&mut tx, &email).await? {
            send_link(&self.app, &mut tx, &user).await?;
        }
        tx.commit().await?;
        Ok(Outcome::Done)
    }
}

/// Sends the link, or answers it where no mail can be sent.
pub(super) async fn send_link(app: &App, tx: &mut SystemTx, user: &User) -> Result<Url> {
    let purpose = TokenPurpose::ResetPassword;
    let token = tokens::make_only(tx, user.id, purpose, WORKS_FOR, app.now()).await?;
    let link = app.link("reset-password", "token", &token);
    let values = json!({ "url": link, "minutes": WORKS_FOR.as_mins() });
    mail::post(app, tx, Letter::to_user(user, "reset_password", values)).await?;
    Ok(link)
}

/// Puts a new password in the place of the forgotten one and ends all sessions. The second step stays as it is.
///
/// # Errors
/// `link_invalid`, or `invalid_input` when the password is too easy to guess; the link then still works.
pub async fn reset_password(
    app: &App,
    token: &Secret,
    new: &Secret,
    visitor: &Visitor,
) -> Result<()> {
    app.limit(Limit::Links, &place(&visitor.ip)).await?;
    let now = app.now();
    // Looked at before anything is used up: a weak password must not cost the link.
    let user = owner(app, token).await?;
    refuse_weak(new, &user)?;
    let hash = app.passwords.hash(new).await?;
    let mut tx = app.store.as_system("a new password").write().await?;
    let id = tokens::take(&mut tx, token, TokenPurpose::ResetPassword, now).await?;
    users::set_password(&mut tx, id, &hash).await?;
    // The link came to the address, so it is theirs; unless an administrator handed it over.
    if app.mail.can_send() {
        users::verify(&mut tx, id, now).await?;
    }
    sessions::delete_of_user(&mut tx, id, None).await?;
    // Nor does the old password lead on to the second step, or around it.
    tokens::withdraw_ways_in(&mut tx, id).await?;
    record_everywhere(&mut tx, &user, now, "user.password_reset", json!({})).await?;
    alerts::password_changed(app, &mut tx, &user, visitor).await?;
    Ok(tx.commit().await?)
}

async fn owner(app: &App, token: &Secret) -> Result<User> {
    let mut tx = app.store.as_system("whose link is it").read().await?;
    let found = tokens::look(&mut tx, token, TokenPurpose::ResetPassword, app.now()).await?;
    let Some((id, _)) = found else {
        return Err(tokens::link_invalid());
    };
    let found = users::to_confirm(&mut tx, id).await?;
    found.map(|(user, _)| user).ok_or_else(tokens::link_invalid)
}

pub(super) fn refuse_weak(password: &Secret, user: &User) -> Result<()> {
    match password::weakness(password, &[&user.email, &user.name]) {
        Some(wrong) => Err(AppError::invalid(vec![wrong])),
        None => Ok(()),
    }
}
