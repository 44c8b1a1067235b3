//! What an administrator sees and changes of the mail.

use anyhow::Context as _;
use fanfare_domain::mail::MailStatus;
use fanfare_domain::{ErrorCode, MailMessageId};
use fanfare_store::mail_messages::{self, MailMessage};
use fanfare_store::mail_templates::{self, MailTemplate};
use fanfare_store::{SystemTx, audit};
use serde_json::json;

use super::about::about;
use super::queue::{self, Body, owner};
use super::suppressions::release_in;
use super::template::{self, Rendered};
use super::trial;
use super::words::{self, LANGUAGES, Words};
use crate::audit::event;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// How mail leaves, and what became of it.
#[derive(Debug, Clone)]
pub struct Overview {
    pub transport: &'static str,
    /// Whom messages come from; absent without mail.
    pub from: Option<String>,
    pub counts: Vec<(MailStatus, i64)>,
}

/// A kind of message, for the list.
#[derive(Debug, Clone)]
pub struct TemplateView {
    pub name: &'static str,
    pub about: &'static str,
    pub variables: &'static [&'static str],
    /// An administrator changed it in some language.
    pub is_changed: bool,
}

/// The texts of a kind of message in one language.
#[derive(Debug, Clone)]
pub struct TemplateText {
    pub about: &'static str,
    pub variables: &'static [&'static str],
    pub text: MailTemplate,
    pub is_changed: bool,
}

pub async fn overview(app: &App) -> Result<Overview> {
    let mut tx = app.store.as_system("mail at a glance").read().await?;
    Ok(Overview {
        transport: app.mail.name(),
        from: app.mail.can_send().then(|| app.mail.from.to_string()),
        counts: mail_messages::counts(&mut tx).await?,
    })
}

/// The newest messages before `before`, one more than `limit`.
pub async fn messages(
    app: &App,
    status: Option<MailStatus>,
    before: Option<MailMessageId>,
    limit: u32,
) -> Result<Vec<MailMessage>> {
    let mut tx = app.store.as_system("the log of mail").read().await?;
    Ok(mail_messages::list(&mut tx, status, before, limit + 1).await?)
}

/// One message; with what it says only where mail stays in the interface, because links in it let somebody in.
///
/// # Errors
/// `not_found`.
pub async fn message(app: &App, id: MailMessageId) -> Result<(MailMessage, Option<Rendered>)> {
    let mut tx = app.store.as_system("one message").read().await?;
    let (message, sealed) = mail_messages::get(&mut tx, id).await?.ok_or_else(unknown)?;
    let Some(sealed) = sealed.filter(|_| app.mail.keeps_bodies()) else {
        return Ok((message, None));
    };
    let opened = app
        .vault
        .open(&owner(id), &sealed)
        .map_err(anyhow::Error::from)?;
    let body: Body = serde_json::from_slice(&opened).context("reading the bodies")?;
    let rendered = Rendered {
        subject: message.subject.clone(),
        html: body.html,
        text: body.text,
    };
    Ok((message, Some(rendered)))
}

/// Tries a message again that did not leave, and lets its address be written to again.
///
/// # Errors
/// `not_found`; `conflict` when it has left, waits already, or is too old.
pub async fn retry(app: &App, caller: &Caller, id: MailMessageId) -> Result<MailMessage> {
    let mut tx = app.store.as_system("try a message again").write().await?;
    let (message, _) = mail_messages::get(&mut tx, id).await?.ok_or_else(unknown)?;
    if !mail_messages::queue_again(&mut tx, id).await? {
        return Err(AppError::conflict(
            ErrorCode::Conflict,
            "This message has been sent, is waiting to be sent, or is too old: what it said is no longer here.",
        ));
    }
    release_in(&mut tx, &caller.actor(), &message.to, app.now()).await?;
    queue::enqueue(&mut tx, id, None, app.now()).await?;
    let (message, _) = mail_messages::get(&mut tx, id).await?.ok_or_else(unknown)?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(message)
}

/// Every kind of message.
pub async fn templates(app: &App) -> Result<Vec<TemplateView>> {
    let mut tx = app.store.as_system("the texts of mail").read().await?;
    let changed = mail_templates::all(&mut tx).await?;
    let view = |words: &Words| TemplateView {
        name: words.name,
        about: about(words.name),
        variables: words.variables,
        is_changed: changed.iter().any(|one| one.name == words.name),
    };
    Ok(words::all().map(view).collect())
}

/// The texts of one kind of message in one language: the administrator's, or ours.
///
/// # Errors
/// `not_found` for a kind there is not; `invalid_input` for a language there is not.
pub async fn template(app: &App, name: &str, language: &str) -> Result<TemplateText> {
    let (words, language) = (known(name)?, known_language(language)?);
    let mut tx = app.store.as_system("the texts of mail").read().await?;
    let changed = mail_templates::get(&mut tx, words.name, language).await?;
    Ok(TemplateText {
        about: about(words.name),
        variables: words.variables,
        is_changed: changed.is_some(),
        text: changed.unwrap_or_else(|| template::ours(words, language)),
    })
}

/// Puts an administrator's texts in the place of ours, if they fill in.
///
/// # Errors
/// As [`template()`]; `invalid_input` naming the part that does not fill in.
pub async fn change_template(
    app: &App,
    caller: &Caller,
    text: MailTemplate,
) -> Result<TemplateText> {
    let words = known(&text.name)?;
    known_language(&text.language)?;
    trial::fill(app, words, &text)?;
    let mut tx = app
        .store
        .as_system("change the texts of mail")
        .write()
        .await?;
    mail_templates::put(&mut tx, &text, app.now()).await?;
    record(app, &mut tx, caller, "mail_template.changed", &text).await?;
    tx.commit().await?;
    template(app, words.name, &text.language).await
}

/// Goes back to our own texts.
///
/// # Errors
/// As [`template()`].
pub async fn reset_template(app: &App, caller: &Caller, name: &str, language: &str) -> Result<()> {
    let (words, language) = (known(name)?, known_language(language)?);
    let mut tx = app.store.as_system("our own texts of mail").write().await?;
    if let Some(text) = mail_templates::get(&mut tx, words.name, language).await? {
        mail_templates::delete(&mut tx, words.name, language).await?;
        record(app, &mut tx, caller, "mail_template.reset", &text).await?;
    }
    Ok(tx.commit().await?)
}

/// Who may write what all people read is told in the installation's log.
async fn record(
    app: &App,
    tx: &mut SystemTx,
    caller: &Caller,
    action: &str,
    text: &MailTemplate,
) -> Result<()> {
    let event = event(
        app.now(),
        caller.actor(),
        action,
        ("mail_template", &text.name),
        json!({ "language": text.language }),
    );
    Ok(audit::record_for_installation(tx, &event).await?)
}

pub(super) fn known(name: &str) -> Result<&'static Words> {
    words::named(name).ok_or_else(|| {
        AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            "There is no such kind of message.",
        )
    })
}

pub(super) fn known_language(language: &str) -> Result<&'static str> {
    let found = LANGUAGES.into_iter().find(|one| *one == language);
    found.ok_or_else(|| {
        AppError::invalid_field(
            "language",
            ErrorCode::NotAllowed,
            "Messages are written in en and es.",
        )
    })
}

fn unknown() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::NotFound,
        "There is no such message, or it is older than the log goes back.",
    )
}
