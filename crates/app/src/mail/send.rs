//! Carries messages away.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::MailMessageId;
use fanfare_domain::mail::{MailFailure, MailStatus, OutgoingMail, Refusal};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::mail_messages::{self, MailMessage};
use fanfare_store::mail_suppressions::{self, Suppression};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::queue::{Body, owner};
use super::{MailRoute, words};
use crate::App;

/// The kind of the job that sends one message.
pub(super) const SEND_MAIL: &str = "mail.send";

/// How long after each attempt that failed the next one is made; after the last there is none.
const WAITS: [SignedDuration; 6] = [
    SignedDuration::from_mins(1),
    SignedDuration::from_mins(5),
    SignedDuration::from_mins(15),
    SignedDuration::from_hours(1),
    SignedDuration::from_hours(4),
    SignedDuration::from_hours(12),
];

#[derive(Deserialize)]
struct Ids {
    message: MailMessageId,
}

/// Sends messages, one job each.
pub(crate) struct SendMail {
    app: Arc<App>,
    pace: Pace,
}

impl SendMail {
    pub(crate) fn new(app: Arc<App>) -> Self {
        let pace = Pace::of(app.mail.per_minute);
        Self { app, pace }
    }
}

#[async_trait]
impl Handler for SendMail {
    fn kind(&self) -> &'static str {
        SEND_MAIL
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Ids { message: id } = job.ids()?;
        let Some((message, body)) = waiting(&self.app, id).await? else {
            return Ok(Outcome::Done);
        };
        if let Err(at) = self.pace.take(self.app.now()) {
            return Ok(Outcome::Again { at });
        }
        match hand_over(&self.app, &message, body).await {
            Ok(status) => settle(&self.app, &message, status, None).await,
            Err(failure) => give_up_or_wait(&self.app, &message, &failure).await,
        }
    }
}

/// The message, if it is still to be sent.
async fn waiting(app: &App, id: MailMessageId) -> anyhow::Result<Option<(MailMessage, Body)>> {
    let mut tx = app.store.as_system("send a message").read().await?;
    let found = mail_messages::get(&mut tx, id).await?;
    let Some((message, sealed)) = found.filter(|(one, _)| one.status == MailStatus::Queued) else {
        return Ok(None);
    };
    let sealed = sealed.context("a message to be sent has no bodies")?;
    let opened = app.vault.open(&owner(id), &sealed)?;
    let body = serde_json::from_slice(&opened).context("reading the bodies")?;
    Ok(Some((message, body)))
}

/// Sends it, unless the address has told to be left alone.
async fn hand_over(
    app: &App,
    message: &MailMessage,
    body: Body,
) -> Result<MailStatus, MailFailure> {
    let told = {
        let later = |error: fanfare_store::StoreError| MailFailure::Later(error.to_string());
        let mut tx = app
            .store
            .as_system("may this address be written to")
            .read()
            .await
            .map_err(later)?;
        let told = mail_suppressions::find(&mut tx, &message.to).await;
        told.map_err(later)?
    };
    if told.is_some_and(|told| holds_back(told.refusal, &message.kind)) {
        return Ok(MailStatus::Suppressed);
    }
    if let MailRoute::Transport(transport) = &app.mail.route {
        let mail = OutgoingMail {
            id: message.id.to_string(),
            from: app.mail.from.clone(),
            to: message.to.clone(),
            subject: message.subject.clone(),
            html: body.html,
            text: body.text,
            unsubscribe: body.unsubscribe,
        };
        transport.send(&mail).await?;
    }
    Ok(MailStatus::Sent)
}

/// Whoever called a message spam still gets the link by which they get into their account, and is told who else does.
fn holds_back(refusal: Refusal, kind: &str) -> bool {
    match refusal {
        Refusal::Bounced => true,
        Refusal::Unwanted => !words::is_about_security(kind),
    }
}

async fn give_up_or_wait(
    app: &App,
    message: &MailMessage,
    failure: &MailFailure,
) -> anyhow::Result<Outcome> {
    let tried = usize::try_from(message.attempts).unwrap_or(usize::MAX);
    match (failure, WAITS.get(tried)) {
        (MailFailure::Bounced(why), _) => {
            settle(app, message, MailStatus::Bounced, Some(why)).await
        }
        (MailFailure::Later(why) | MailFailure::Settings(why), Some(wait)) => {
            tracing::warn!(
                kind = message.kind,
                why,
                "a message did not leave; it is tried again"
            );
            settle(app, message, MailStatus::Queued, Some(why)).await?;
            Ok(Outcome::Again {
                at: app.now() + *wait,
            })
        }
        (failure, _) => {
            tracing::error!(kind = message.kind, %failure, "a message did not leave");
            settle(app, message, MailStatus::Failed, Some(&failure.to_string())).await
        }
    }
}

async fn settle(
    app: &App,
    message: &MailMessage,
    status: MailStatus,
    error: Option<&str>,
) -> anyhow::Result<Outcome> {
    let now = app.now();
    // What did not leave can be tried again.
    let keep_body = status != MailStatus::Sent || app.mail.keeps_bodies();
    let mut tx = app
        .store
        .as_system("what became of a message")
        .write()
        .await?;
    if status == MailStatus::Bounced {
        let told = Suppression {
            address: message.to.clone(),
            refusal: Refusal::Bounced,
            reason: error.unwrap_or_default().to_owned(),
            at: now,
        };
        mail_suppressions::put(&mut tx, &told).await?;
    }
    mail_messages::settle(&mut tx, message.id, status, error, now, keep_body).await?;
    tx.commit().await?;
    metrics::counter!("fanfare_mail_total", "status" => status.as_str()).increment(1);
    Ok(Outcome::Done)
}

/// So many a minute, evenly: a burst makes servers take us for a spammer.
struct Pace {
    gap: SignedDuration,
    next: Mutex<Timestamp>,
}

impl Pace {
    fn of(per_minute: u32) -> Self {
        let gap =
            SignedDuration::from_mins(1) / i32::try_from(per_minute.max(1)).unwrap_or(i32::MAX);
        Self {
            gap,
            next: Mutex::new(Timestamp::UNIX_EPOCH),
        }
    }

    /// Takes the next place, or says when it will be free. A pause lets a few go at once.
    fn take(&self, now: Timestamp) -> Result<(), Timestamp> {
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let earliest = now - self.gap * 10;
        if *next > now {
            return Err(*next);
        }
        *next = (*next).max(earliest) + self.gap;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_go_at_once_and_then_they_go_evenly() {
        let pace = Pace::of(60);
        let now = Timestamp::from_second(1_000).unwrap();
        let at_once = (0..100).take_while(|_| pace.take(now).is_ok()).count();
        assert_eq!(at_once, 11);
        let next = pace.take(now).unwrap_err();
        assert_eq!(next, now + SignedDuration::from_secs(1));
        assert!(pace.take(next).is_ok());
        assert!(pace.take(next).is_err());
    }
}
