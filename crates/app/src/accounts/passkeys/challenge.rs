//! What an authenticator is asked to sign: kept here, good for one answer, from the browser that asked, within five minutes.

use anyhow::Context as _;
use fanfare_domain::{ErrorCode, Secret, SessionId};
use fanfare_store::passkeys::{self, NewChallenge, UsedChallenge};
use jiff::SignedDuration;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::accounts::session::{hash, new_token};
use crate::{App, AppError, RefusalKind, Result};

const LIFETIME: SignedDuration = SignedDuration::from_mins(5);

/// What to hand to the browser's authenticators.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Goes with the answer.
    pub id: String,
    /// As `navigator.credentials` takes it, bytes in base64url.
    pub options: Json,
    /// What the browser has to hold until then.
    pub browser: Secret,
}

pub(super) async fn ask(
    app: &App,
    options: Json,
    kept: &impl Serialize,
    session: Option<SessionId>,
    browser: Option<Secret>,
) -> Result<Asked> {
    let browser = browser.unwrap_or_else(new_token);
    let id = new_token().expose().to_owned();
    let kept = serde_json::to_string(kept).context("writing a challenge down")?;
    let mut tx = app
        .store
        .as_system("an authenticator is asked")
        .write()
        .await?;
    let challenge = NewChallenge {
        id: &id,
        browser_hash: &hash(&browser),
        session,
        kept: &kept,
        expires_at: app.now() + LIFETIME,
    };
    passkeys::insert_challenge(&mut tx, challenge).await?;
    tx.commit().await?;
    Ok(Asked {
        id,
        options,
        browser,
    })
}

/// Uses a challenge up, for the session that it was for.
///
/// # Errors
/// `state_invalid`.
pub(super) async fn answered<T: DeserializeOwned>(
    app: &App,
    id: &str,
    session: Option<SessionId>,
    browser: Option<&Secret>,
) -> Result<T> {
    let browser = browser.ok_or_else(over)?;
    let mut tx = app
        .store
        .as_system("an authenticator answered")
        .write()
        .await?;
    let used = passkeys::consume_challenge(&mut tx, id, &hash(browser)).await?;
    tx.commit().await?;
    let holds = |used: &UsedChallenge| used.expires_at > app.now() && used.session == session;
    let used = used.filter(holds).ok_or_else(over)?;
    Ok(serde_json::from_str(&used.kept).context("reading a challenge")?)
}

fn over() -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::StateInvalid,
        "That took too long, was answered already, or began in another browser. Try again.",
    )
}
