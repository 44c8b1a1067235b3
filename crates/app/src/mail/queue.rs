//! Puts a message among those to be sent, in the transaction of what it tells of.

use anyhow::Context as _;
use fanfare_domain::mail::MailStatus;
use fanfare_domain::{JobId, MailMessageId, WorkspaceId};
use fanfare_store::jobs::NewJob;
use fanfare_store::mail_messages::{self, MailMessage};
use fanfare_store::mail_templates::{self, MailTemplate};
use fanfare_store::{Tx, jobs};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::template::{self, Rendered};
use super::words::{self, Words};
use super::{Letter, send};
use crate::{App, AppError, Result};

/// What did not leave can be tried again for this long; no link in it works longer.
const BODIES_KEPT: SignedDuration = SignedDuration::from_hours(24 * 7);

/// The parts of a message that lie sealed.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    pub html: String,
    pub text: String,
    #[serde(default)]
    pub unsubscribe: Option<String>,
}

/// Queues one message. Without mail it does nothing: whoever needs the link is shown it.
pub(crate) async fn post(app: &App, tx: &mut Tx, letter: Letter) -> Result<()> {
    if app.mail.can_send() {
        put(app, tx, letter).await?;
    }
    Ok(())
}

/// The same, and answers the message.
pub(super) async fn put(app: &App, tx: &mut Tx, letter: Letter) -> Result<MailMessage> {
    let rendered = rendered(app, tx, &letter).await?;
    put_rendered(app, tx, letter, rendered).await
}

/// The same for a letter whose texts are made already.
pub(super) async fn put_rendered(
    app: &App,
    tx: &mut Tx,
    letter: Letter,
    rendered: Rendered,
) -> Result<MailMessage> {
    let now = app.now();
    let Rendered {
        subject,
        html,
        text,
    } = rendered;
    let message = MailMessage {
        id: MailMessageId::new(now),
        user: letter.user,
        to: letter.to,
        kind: letter.kind.to_owned(),
        subject,
        status: MailStatus::Queued,
        attempts: 0,
        error: None,
        created_at: now,
        sent_at: None,
        delivered_at: None,
    };
    let body = serde_json::to_vec(&Body {
        html,
        text,
        unsubscribe: letter.unsubscribe.map(String::from),
    })
    .context("writing the bodies down")?;
    let sealed = app.vault.seal(&owner(message.id), &body);
    mail_messages::insert(tx, &message, sealed).await?;
    enqueue(tx, message.id, letter.workspace, now).await?;
    app.jobs.ring();
    Ok(message)
}

pub(super) async fn enqueue(
    tx: &mut Tx,
    id: MailMessageId,
    workspace: Option<WorkspaceId>,
    now: Timestamp,
) -> Result<()> {
    let job = NewJob {
        id: JobId::new(now),
        workspace,
        kind: send::SEND_MAIL,
        payload: serde_json::json!({ "message": id }).to_string(),
        key: Some(format!("{}:{id}", send::SEND_MAIL)),
        due_at: now,
    };
    Ok(jobs::enqueue(tx, job, now).await?)
}

/// For whom the vault seals a message's bodies.
pub(super) fn owner(id: MailMessageId) -> String {
    format!("mail/{id}")
}

/// In the administrator's words, or, where those do not fill in, in ours: somebody waits for this message.
async fn rendered(app: &App, tx: &mut Tx, letter: &Letter) -> Result<Rendered> {
    let words = words::named(letter.kind)
        .with_context(|| format!("there is no message named {}", letter.kind))?;
    let place = place(app);
    if let Some(changed) = mail_templates::get(tx, words.name, &letter.language).await? {
        match template::render(&changed, &letter.values, &place) {
            Ok(rendered) => return Ok(rendered),
            Err(wrong) => tracing::warn!(
                template = words.name,
                language = letter.language,
                field = wrong.field,
                why = wrong.detail,
                "a changed message does not fill in, so ours is sent"
            ),
        }
    }
    render_ours(words, letter, &place)
}

fn render_ours(words: &Words, letter: &Letter, place: &str) -> Result<Rendered> {
    let ours: MailTemplate = template::ours(words, &letter.language);
    template::render(&ours, &letter.values, place).map_err(|wrong| {
        let (kind, why) = (letter.kind, wrong.detail);
        AppError::from(anyhow::anyhow!(
            "our own message {kind} does not fill in: {why}"
        ))
    })
}

/// Where a message says that it comes from.
pub(super) fn place(app: &App) -> String {
    let url = &app.config.public_url;
    url.host_str().unwrap_or("localhost").to_owned()
}

/// Forgets what old messages said: no link in them works any more. The log itself goes by what the administrator wants.
pub(crate) async fn forget_bodies(app: &App) -> anyhow::Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("forget old mail").write().await?;
    mail_messages::forget_bodies(&mut tx, now - BODIES_KEPT).await?;
    Ok(tx.commit().await?)
}
