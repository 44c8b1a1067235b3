//! What mail servers say in messages that they send back.
//!
//! Anybody can write such a message, and nothing in it proves who did. Who knows the Message-ID has seen ours: only of that message, and of
//! the address that it went to, is anything believed.

use fanfare_domain::MailMessageId;
use fanfare_domain::mail::{Fate, MailReport};
use fanfare_store::{Store, SystemTx, mail_messages};
use jiff::Timestamp;

use super::report;
use crate::Result;

/// What was taken down of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenDown {
    /// Whom our message was written to; what the report names, when no message of ours is meant.
    pub to: String,
    /// Absent when no message of ours is meant, or one that the log has forgotten.
    pub fate: Option<Fate>,
    pub words: String,
}

/// Takes down what a message that came back tells. It may come more than once.
///
/// # Errors
/// Of the database; then nothing was taken down.
pub async fn take_returned(
    store: &Store,
    reports: &[MailReport],
    now: Timestamp,
) -> Result<Vec<TakenDown>> {
    let mut tx = store.as_system("mail that came back").write().await?;
    let mut taken = Vec::new();
    for report in reports {
        taken.push(take(&mut tx, report, now).await?);
    }
    tx.commit().await?;
    Ok(taken)
}

async fn take(tx: &mut SystemTx, report: &MailReport, now: Timestamp) -> Result<TakenDown> {
    let id: Option<MailMessageId> = report.message.as_deref().and_then(|id| id.parse().ok());
    let message = match id {
        Some(id) => mail_messages::get(tx, id).await?,
        None => None,
    };
    let Some((message, _)) = message else {
        return Ok(TakenDown {
            to: report.to.clone(),
            fate: None,
            words: report.words.clone(),
        });
    };
    let is_its_address = message.to.eq_ignore_ascii_case(&report.to);
    let believed = MailReport {
        fate: match report.fate {
            // It went on from there to an address that does not exist. The one that we write to does.
            Fate::Bounced if !is_its_address => Fate::Blocked,
            fate => fate,
        },
        to: message.to,
        ..report.clone()
    };
    report::take(tx, &believed, now).await?;
    Ok(TakenDown {
        to: believed.to,
        fate: Some(believed.fate),
        words: believed.words,
    })
}
