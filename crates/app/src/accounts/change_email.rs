//! Another e-mail address for an account. Both addresses have to agree: the old one, so that nobody takes an account away from its
//! owner; the new one, so that it exists and is theirs.

use fanfare_domain::{Limit, Secret, UserId};
use fanfare_store::account_tokens::TokenPurpose;
use fanfare_store::users::User;
use fanfare_store::{StoreError, SystemTx, account_tokens, email_changes, users};
use jiff::SignedDuration;
use serde_json::json;
use url::Url;

use super::audit::record_everywhere;
use super::email::checked_email;
use super::own::confirmed;
use super::register::taken;
use super::session::{Visitor, hash};
use super::tokens;
use crate::limits::place;
use crate::mail::{self, Letter};
use crate::{App, AppError, Person, Result};

const WORKS_FOR: SignedDuration = SignedDuration::from_hours(24);

/// A change that has begun.
#[derive(Debug, Clone)]
pub struct PendingEmail {
    pub new_email: String,
    /// Where no mail can be sent: the address that each link would have gone to, and the link.
    pub links: Option<Vec<(String, Url)>>,
}

/// How a change stands after a link was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    Done,
    WaitsForOld,
    WaitsForNew,
}

/// Begins a change: sends a link to each of the two addresses.
///
/// # Errors
/// `invalid_input` when the password is wrong or the address is none; `email_taken`; `too_many_requests`.
pub async fn change_email(
    app: &App,
    person: &Person,
    address: &str,
    password: &Secret,
) -> Result<PendingEmail> {
    let new_email =
        checked_email("email", address).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    let user = confirmed(app, person, "password", password).await?;
    let id = user.id;
    app.limit(Limit::MailToAddress, &new_email).await?;
    let now = app.now();
    let mut tx = app
        .store
        .as_system("another e-mail address")
        .write()
        .await?;
    if users::is_taken(&mut tx, &new_email).await? {
        return Err(taken());
    }
    email_changes::begin(&mut tx, id, &new_email, now + WORKS_FOR).await?;
    let (old, new) = (TokenPurpose::AgreeByOldEmail, TokenPurpose::AgreeByNewEmail);
    let old_link = link(app, &mut tx, id, old).await?;
    let new_link = link(app, &mut tx, id, new).await?;
    let hours = WORKS_FOR.as_hours();
    let values = json!({ "url": old_link, "hours": hours, "new_email": new_email });
    let to_old = Letter::to_user(&user, "confirm_old_email", values);
    mail::post(app, &mut tx, to_old).await?;
    let values = json!({ "url": new_link, "hours": hours });
    let to_new = Letter {
        to: new_email.clone(),
        ..Letter::to_user(&user, "confirm_new_email", values)
    };
    mail::post(app, &mut tx, to_new).await?;
    tx.commit().await?;
    let links = vec![(user.email, old_link), (new_email.clone(), new_link)];
    Ok(PendingEmail {
        new_email,
        links: (!app.mail.can_send()).then_some(links),
    })
}

async fn link(app: &App, tx: &mut SystemTx, user: UserId, purpose: TokenPurpose) -> Result<Url> {
    let token = tokens::make_only(tx, user, purpose, WORKS_FOR, app.now()).await?;
    Ok(app.link("confirm-email", "token", &token))
}

/// Calls a change off. None that waits is as good.
pub async fn cancel_email_change(app: &App, id: UserId) -> Result<()> {
    let mut tx = app.store.as_system("the address stays").write().await?;
    end(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// Forgets a change that waits, and its links.
pub(super) async fn end(tx: &mut SystemTx, id: UserId) -> Result<()> {
    account_tokens::withdraw(tx, id, TokenPurpose::AgreeByOldEmail).await?;
    account_tokens::withdraw(tx, id, TokenPurpose::AgreeByNewEmail).await?;
    Ok(email_changes::delete(tx, id).await?)
}

/// Takes a link's token as the agreement of the address that it was sent to; makes the change once both have agreed.
///
/// # Errors
/// `link_invalid`; `email_taken` when somebody else got the address in the meantime.
pub async fn confirm_email(app: &App, token: &Secret, visitor: &Visitor) -> Result<Agreement> {
    app.limit(Limit::Links, &place(&visitor.ip)).await?;
    let now = app.now();
    let mut tx = app.store.as_system("an address agrees").write().await?;
    let hash = hash(token);
    let by_old = TokenPurpose::AgreeByOldEmail;
    let (id, is_old) = match account_tokens::take(&mut tx, &hash, by_old, now).await? {
        Some(id) => (id, true),
        None => {
            let by_new = TokenPurpose::AgreeByNewEmail;
            (tokens::take(&mut tx, token, by_new, now).await?, false)
        }
    };
    let change = email_changes::agree(&mut tx, id, is_old, !is_old, now)
        .await?
        .ok_or_else(tokens::link_invalid)?;
    let agreement = match (change.old_agreed, change.new_agreed) {
        (true, true) => Agreement::Done,
        (false, _) => Agreement::WaitsForOld,
        (_, false) => Agreement::WaitsForNew,
    };
    if agreement == Agreement::Done {
        let (user, _) = users::to_confirm(&mut tx, id)
            .await?
            .ok_or_else(tokens::link_invalid)?;
        make(app, &mut tx, &user, &change.new_email).await?;
    }
    tx.commit().await?;
    Ok(agreement)
}

async fn make(app: &App, tx: &mut SystemTx, user: &User, new_email: &str) -> Result<()> {
    let now = app.now();
    // Where no mail can be sent, both links were shown to the person, and prove nothing.
    let verified_at = app.mail.can_send().then_some(now);
    users::set_email(tx, user.id, new_email, verified_at)
        .await
        .map_err(|error| match error {
            StoreError::Conflict(_) => taken(),
            other => other.into(),
        })?;
    // Links that went to the old address lead nowhere any more.
    tokens::withdraw_ways_in(tx, user.id).await?;
    account_tokens::withdraw(tx, user.id, TokenPurpose::VerifyEmail).await?;
    let detail = json!({ "from": user.email, "to": new_email });
    record_everywhere(tx, user, now, "user.email_changed", detail).await?;
    let told = Letter::to_user(user, "email_changed", json!({ "new_email": new_email }));
    mail::post(app, tx, told).await
}
