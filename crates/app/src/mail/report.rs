//! What became of messages after they had left, as whoever carries them tells it.

use fanfare_domain::ErrorCode;
use fanfare_domain::mail::{Fate, MailReport, MailStatus, Refusal, ReportRefused, ReportRequest};
use fanfare_store::mail_suppressions::{self, Suppression};
use fanfare_store::{SystemTx, mail_messages};
use jiff::Timestamp;

use super::MailRoute;
use crate::{App, AppError, RefusalKind, Result};

/// Takes down what a request to the carrier's address tells.
///
/// # Errors
/// `not_found` where mail does not leave by that carrier; `signature_invalid`; `malformed_request`.
pub async fn take_reports<'a>(
    app: &App,
    carrier: &str,
    header: &'a (dyn Fn(&str) -> Option<&'a str> + Send + Sync),
    body: &'a [u8],
) -> Result<()> {
    let MailRoute::Transport(transport) = &app.mail.route else {
        return Err(nobody());
    };
    if transport.name() != carrier {
        return Err(nobody());
    }
    let reports = transport
        .reports(&ReportRequest {
            header,
            body,
            now: app.now(),
        })
        .map_err(refused)?;
    let now = app.now();
    let mut tx = app.store.as_system("what became of mail").write().await?;
    for report in &reports {
        take(&mut tx, report, now).await?;
    }
    tx.commit().await?;
    for report in &reports {
        metrics::counter!("fanfare_mail_reports_total", "fate" => name(report.fate)).increment(1);
    }
    Ok(())
}

/// Each may come again, and in any order, so all of it may be done twice.
pub(super) async fn take(tx: &mut SystemTx, report: &MailReport, now: Timestamp) -> Result<()> {
    let words = words(report);
    let id = report.message.as_deref().and_then(|id| id.parse().ok());
    if let Some(id) = id {
        match report.fate {
            Fate::Delivered => mail_messages::note_delivered(tx, id, now).await?,
            Fate::Bounced => {
                mail_messages::note_report(tx, id, Some(MailStatus::Bounced), &words).await?;
            }
            Fate::Blocked => {
                mail_messages::note_report(tx, id, Some(MailStatus::Failed), &words).await?;
            }
            Fate::Dropped => {
                mail_messages::note_report(tx, id, Some(MailStatus::Suppressed), &words).await?;
            }
            Fate::CalledSpam => mail_messages::note_report(tx, id, None, &words).await?,
            Fate::Delayed => {}
        }
    }
    if let Some(refusal) = refusal(report.fate) {
        let told = Suppression {
            address: report.to.to_lowercase(),
            refusal,
            reason: words,
            at: now,
        };
        mail_suppressions::put(tx, &told).await?;
    }
    Ok(())
}

/// What the end of a message tells of its address.
fn refusal(fate: Fate) -> Option<Refusal> {
    match fate {
        Fate::Bounced => Some(Refusal::Bounced),
        // Why the carrier holds it back is not told: it may be a complaint.
        Fate::Dropped | Fate::CalledSpam => Some(Refusal::Unwanted),
        Fate::Delivered | Fate::Blocked | Fate::Delayed => None,
    }
}

fn words(report: &MailReport) -> String {
    match (report.words.as_str(), report.fate) {
        ("", Fate::CalledSpam) => "The message was called spam.".to_owned(),
        ("", _) => "The message was not taken.".to_owned(),
        (words, _) => words.to_owned(),
    }
}

fn name(fate: Fate) -> &'static str {
    match fate {
        Fate::Delivered => "delivered",
        Fate::Bounced => "bounced",
        Fate::Blocked => "blocked",
        Fate::Delayed => "delayed",
        Fate::Dropped => "dropped",
        Fate::CalledSpam => "called_spam",
    }
}

fn nobody() -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        ErrorCode::NotFound,
        "Mail does not leave this installation by that way.",
    )
}

fn refused(why: ReportRefused) -> AppError {
    let unsigned = |detail: &str| {
        AppError::refused(
            RefusalKind::NotAuthenticated,
            ErrorCode::SignatureInvalid,
            detail,
        )
    };
    match why {
        ReportRefused::NotTaken => nobody(),
        ReportRefused::NoKey => unsigned(
            "This installation has no key to verify the request by. Set FANFARE_SENDGRID_WEBHOOK_KEY.",
        ),
        ReportRefused::Signature => {
            unsigned("The signature is missing, or is not of this request.")
        }
        ReportRefused::TooOld => unsigned("The request was signed too long ago."),
        ReportRefused::Unreadable => AppError::refused(
            RefusalKind::Invalid,
            ErrorCode::MalformedRequest,
            "The request could not be read.",
        ),
    }
}
