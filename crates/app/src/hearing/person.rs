//! Somebody took their consent back at the platform, or wants what we have of them deleted.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::SignedWord;
use fanfare_platform_kit::settings::join;
use fanfare_platform_kit::{Advice, Manifest, PlatformError};
use fanfare_store::data_deletions::Consent;
use fanfare_store::{connections, data_deletions};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::forget::KEPT;
use super::receive::heard;
use crate::accounts::new_token;
use crate::connections::{end_by_platform, record_failure};
use crate::{App, AppError, RefusalKind, Result};

/// Platforms tell again for up to a week what they were not sure to have told, and then it is kept as long as all the rest; what is no longer
/// kept goes within the hour, or a little later.
const UNTIL_FORGOTTEN: SignedDuration = SignedDuration::from_hours(24 * 8);
/// The platform's clock and ours.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(1);
/// What was signed so long after now was signed by a clock that nothing can be said of.
const TOO_EARLY: SignedDuration = SignedDuration::from_hours(1);

/// What became of a wish to have everything deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deletion {
    pub requested_at: Timestamp,
    pub done_at: Option<Timestamp>,
    /// By then the last of it is gone: what the platform sent and could not be told apart from what it sent of others.
    pub all_gone_at: Option<Timestamp>,
}

/// Ends the person's connections in every workspace: the platform accepts them no longer.
///
/// # Errors
/// `platform_unknown`; `signature_invalid`.
pub async fn deauthorize(app: &App, platform: &str, signed_request: &str) -> Result<()> {
    let (manifest, word) = person_of(app, platform, signed_request)?;
    revoke(app, manifest, &word).await
}

/// Ends the connections to which the person had consented by then, and deletes what is known of them; answers the code by which they look what became of it, and where.
///
/// # Errors
/// `platform_unknown`; `signature_invalid`.
pub async fn delete_data(app: &App, platform: &str, signed_request: &str) -> Result<(String, Url)> {
    let (manifest, word) = person_of(app, platform, signed_request)?;
    let code = new_token();
    let mut tx = app
        .store
        .as_system("somebody wants data deleted")
        .write()
        .await?;
    data_deletions::insert(&mut tx, code.expose(), manifest.id, app.now()).await?;
    tx.commit().await?;
    for consent in connections_of(app, manifest, &word.person).await? {
        if was_given_since(&consent, &word) {
            continue;
        }
        end_by_platform(app, consent.workspace, consent.connection).await?;
    }
    let mut tx = app
        .store
        .as_system("delete what is known of somebody")
        .write()
        .await?;
    for platform in of_application(app, manifest) {
        for name in data_deletions::names_of(&mut tx, platform, &word.person).await? {
            data_deletions::forget_person(&mut tx, platform, &name).await?;
        }
    }
    data_deletions::mark_done(&mut tx, code.expose(), app.now()).await?;
    tx.commit().await?;
    let code = code.expose().to_owned();
    let url = join(&app.config.public_url, &format!("data-deletion/{code}"));
    Ok((code, url))
}

/// What became of a wish; absent when there is none by that code.
pub async fn deletion(app: &App, code: &str) -> Result<Option<Deletion>> {
    let mut tx = app
        .store
        .as_system("what became of a deletion")
        .read()
        .await?;
    let found = data_deletions::get(&mut tx, code).await?;
    Ok(found.map(|(requested_at, done_at)| Deletion {
        requested_at,
        done_at,
        all_gone_at: done_at.map(|done| done + KEPT + UNTIL_FORGOTTEN),
    }))
}

/// The platform, and whom it means.
///
/// # Errors
/// `signature_invalid` for what it did not sign, and for what it signed for another time than now.
fn person_of<'a>(
    app: &'a App,
    platform: &str,
    signed_request: &str,
) -> Result<(&'a Manifest, SignedWord)> {
    let (platform, webhooks) = heard(app, platform)?;
    let secrets = app.settings.webhook_secrets(platform.manifest());
    let word = webhooks
        .person_of(&secrets, signed_request)
        .ok_or_else(|| not_believed("The signature is missing, or is not of this request."))?;
    let now = app.now();
    if word.expires_at.is_some_and(|end| end < now - CLOCKS_DIFFER) {
        return Err(not_believed(
            "This was signed for a time that is over, so nothing was done. The platform has to sign it anew.",
        ));
    }
    if word.issued_at.is_some_and(|at| at > now + TOO_EARLY) {
        return Err(not_believed(
            "This was signed in the future, so nothing was done. Look whether the clock of this server is right.",
        ));
    }
    Ok((platform.manifest(), word))
}

fn not_believed(why: &str) -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::SignatureInvalid,
        why,
    )
}

/// The platform and those that share its application: consent is given to an application.
fn of_application<'a>(app: &'a App, manifest: &Manifest) -> Vec<&'a str> {
    let shares = |other: &Manifest| {
        other.id == manifest.id || other.settings.shares_app_of == Some(manifest.id)
    };
    let all = app.platforms.values().map(|platform| platform.manifest());
    all.filter(|other| shares(other))
        .map(|other| other.id)
        .collect()
}

async fn connections_of(app: &App, manifest: &Manifest, person: &str) -> Result<Vec<Consent>> {
    let mut tx = app.store.as_system("whose consent is gone").read().await?;
    let mut found = Vec::new();
    for platform in of_application(app, manifest) {
        found.extend(data_deletions::connections_of(&mut tx, platform, person).await?);
    }
    Ok(found)
}

async fn revoke(app: &App, manifest: &Manifest, word: &SignedWord) -> Result<()> {
    let name = manifest.name;
    for consent in connections_of(app, manifest, &word.person).await? {
        let id = consent.connection;
        if is_over(&consent, word) {
            tracing::info!(connection = %id, platform = manifest.id, "the platform says once more that a consent ended which is over; the present one is another");
            continue;
        }
        let mut tx = app.store.in_workspace(consent.workspace).write().await?;
        let found = connections::get(&mut tx, id).await?;
        let error = PlatformError::new(
            Advice::Reconnect,
            ErrorCode::ConnectionExpired,
            format!(
                "Whoever connected this account took the access back on {name}. Connect it again to go on."
            ),
            "the platform says that the person removed the application",
        );
        record_failure(&mut tx, &found, &error, app.now()).await?;
        if let Some(at) = word.issued_at {
            connections::note_deauthorized(&mut tx, id, at).await?;
        }
        tx.commit().await?;
    }
    app.jobs.ring();
    Ok(())
}

/// The consent that the word ended was an earlier one: it was heard before, or said before the present one was given.
fn is_over(consent: &Consent, word: &SignedWord) -> bool {
    let last = consent.deauthorized_at;
    let was_heard = word
        .issued_at
        .zip(last)
        .is_some_and(|(at, last)| at <= last);
    was_heard || was_given_since(consent, word)
}

fn was_given_since(consent: &Consent, word: &SignedWord) -> bool {
    word.issued_at
        .is_some_and(|at| at < consent.granted_at - CLOCKS_DIFFER)
}
