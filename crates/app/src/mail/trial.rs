//! Trying mail out: what a message would look like, and one that is really sent to see it arrive.

use fanfare_domain::ErrorCode;
use fanfare_store::mail_messages::MailMessage;
use fanfare_store::mail_templates::MailTemplate;
use fanfare_store::users;
use serde_json::{Value as Json, json};

use super::Letter;
use super::administer::{known, known_language};
use super::queue::{self, place};
use super::template::{self, Rendered};
use super::words::Words;
use crate::accounts::{checked_email, not_authenticated};
use crate::{App, AppError, Caller, Result};

/// Sends a message that says only that mail arrives.
///
/// # Errors
/// `invalid_input`; `mail_not_configured`.
pub async fn send_test(
    app: &App,
    caller: &Caller,
    to: &str,
    language: &str,
) -> Result<MailMessage> {
    require_mail(app)?;
    let letter = Letter {
        unsubscribe: None,
        kind: "test",
        to: checked_email("to", to).map_err(|wrong| AppError::invalid(vec![wrong]))?,
        user: None,
        workspace: None,
        language: known_language(language)?.to_owned(),
        values: json!({ "sender": caller.name }),
    };
    let mut tx = app.store.as_system("send a test message").write().await?;
    let message = queue::put(app, &mut tx, letter).await?;
    tx.commit().await?;
    Ok(message)
}

/// What a message would look like with these texts.
///
/// # Errors
/// As [`super::administer::change_template`].
pub fn preview(app: &App, text: &MailTemplate) -> Result<Rendered> {
    let words = known(&text.name)?;
    known_language(&text.language)?;
    fill(app, words, text)
}

/// Sends a message with these texts, which need not be kept yet, to whoever asks: the way and the log are those of every message.
///
/// # Errors
/// As [`preview`]; `mail_not_configured`.
pub async fn send_template(app: &App, caller: &Caller, text: &MailTemplate) -> Result<MailMessage> {
    require_mail(app)?;
    let words = known(&text.name)?;
    let rendered = preview(app, text)?;
    let mut tx = app
        .store
        .as_system("send a trial of a message")
        .write()
        .await?;
    let asking = users::working(&mut tx, caller.user).await?;
    let asking = asking.ok_or_else(not_authenticated)?;
    let letter = Letter {
        language: text.language.clone(),
        ..Letter::to_user(&asking, words.name, examples(app, words))
    };
    let message = queue::put_rendered(app, &mut tx, letter, rendered).await?;
    tx.commit().await?;
    Ok(message)
}

fn require_mail(app: &App) -> Result<()> {
    if app.mail.can_send() {
        return Ok(());
    }
    Err(AppError::conflict(
        ErrorCode::MailNotConfigured,
        "No mail can be sent yet. Set FANFARE_SMTP_URL or FANFARE_SENDGRID_API_KEY and restart Fanfare.",
    ))
}

pub(super) fn fill(app: &App, words: &Words, text: &MailTemplate) -> Result<Rendered> {
    template::render(text, &examples(app, words), &place(app))
        .map_err(|wrong| AppError::invalid(vec![wrong]))
}

/// Something to stand for each variable while nobody is written to.
fn examples(app: &App, words: &Words) -> Json {
    let url = app.config.public_url.as_str();
    let example = |name: &str| match name {
        "name" | "sender" => "Ada Moreno",
        "inviter" => "Grace Okafor",
        "workspace" => "Harbour Coffee",
        "role" => "editor",
        "url" | "stop_url" | "unsubscribe_url" => url,
        "new_email" => "ada@new.example",
        "hours" => "24",
        "minutes" => "30",
        "days" => "7",
        "left" => "9",
        "account" => "Harbour Coffee Roasters",
        "platform" => "Facebook",
        "problem" => "The platform no longer accepts its access.",
        "browser" => "Firefox, Windows",
        "key" => "Reporting",
        "ip" => "203.0.113.7",
        _ => "26 November 2026, 09:30 UTC",
    };
    let value = |name: &str| match name {
        "lines" => {
            json!([{ "text": "Harbour Coffee Roasters", "url": url }])
        }
        "count" => json!(1),
        name => json!(example(name)),
    };
    let pairs = words
        .variables
        .iter()
        .map(|name| ((*name).to_owned(), value(name)));
    Json::Object(pairs.collect())
}
