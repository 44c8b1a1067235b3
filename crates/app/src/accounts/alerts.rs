//! Tells people what happened to their account, so that they notice when it was not them.

use fanfare_store::users::User;
use fanfare_store::{SystemTx, known_browsers};
use serde_json::{Value as Json, json};

use super::session::Visitor;
use super::user_agent;
use crate::mail::{self, Letter};
use crate::{App, Result, notifications};

pub(super) async fn password_changed(
    app: &App,
    tx: &mut SystemTx,
    user: &User,
    visitor: &Visitor,
) -> Result<()> {
    send(app, tx, user, visitor, "password_changed").await
}

/// An administrator switched the second step off; who, is in the audit log.
pub(super) async fn two_factor_taken_off(app: &App, tx: &mut SystemTx, user: &User) -> Result<()> {
    let nowhere = Visitor::default();
    send(app, tx, user, &nowhere, "two_factor_taken_off").await
}

/// Notes by which browser or device somebody signed in, and tells them when it is a new one.
pub(super) async fn note_sign_in(
    app: &App,
    tx: &mut SystemTx,
    user: &User,
    visitor: &Visitor,
    device: Option<&str>,
) -> Result<()> {
    let browser = match device {
        Some(name) => name.to_owned(),
        None => user_agent::in_words(&visitor.user_agent),
    };
    let is_new = known_browsers::note(tx, user.id, &browser, app.now()).await?;
    if !is_new {
        return Ok(());
    }
    let browser = match (browser.as_str(), user.language.as_str()) {
        ("", "es") => "un programa desconocido",
        ("", _) => "an unknown program",
        (known, _) => known,
    };
    let values = json!({ "browser": browser });
    send_with(app, tx, user, visitor, "new_sign_in", values).await
}

/// One of the alerts that say when and from where, and where to choose another password.
pub(super) async fn send(
    app: &App,
    tx: &mut SystemTx,
    user: &User,
    visitor: &Visitor,
    kind: &'static str,
) -> Result<()> {
    send_with(app, tx, user, visitor, kind, json!({})).await
}

pub(super) async fn send_with(
    app: &App,
    tx: &mut SystemTx,
    user: &User,
    visitor: &Visitor,
    kind: &'static str,
    mut values: Json,
) -> Result<()> {
    let about = values["browser"].as_str().unwrap_or_default();
    notifications::tell_of_account(app, tx, user.id, kind, about).await?;
    values["at"] = json!(app.now().strftime("%Y-%m-%d %H:%M UTC").to_string());
    values["ip"] = json!(visitor.ip);
    let forgot = fanfare_platform_kit::settings::join(&app.config.public_url, "forgot-password");
    values["url"] = json!(forgot);
    mail::post(app, tx, Letter::to_user(user, kind, values)).await
}
