//! Somebody comes back from the provider.

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Limit, Secret};
use fanfare_store::oidc::{self, UsedState};

use super::begin::{derived, failed, provider, redirect};
use super::id_token::{Claims, Expected, Unverified};
use super::{Oidc, enter, link};
use crate::accounts::session::{SignedIn, Visitor, hash};
use crate::limits::place;
use crate::{App, AppError, Person, RefusalKind, Result};

/// Where the person lands, and with what.
#[derive(Debug)]
pub struct Landing {
    /// A path of this site.
    pub return_to: String,
    pub outcome: Result<Entered>,
    /// They were signed in, and wanted to link.
    pub is_link: bool,
}

/// How far it led.
#[derive(Debug, Clone)]
pub enum Entered {
    SignedIn(SignedIn),
    /// The second step is to be taken, with this ticket.
    SecondStep(Secret),
    Linked,
}

/// Who somebody is at the provider: the state was theirs, and the token holds.
pub(super) struct Proved {
    pub issuer: String,
    pub claims: Claims,
}

/// Uses the state up and believes the provider, or says why not. `browser` is what the browser held, `person` whoever is signed in there.
/// `language` is the one in which an account that is made is written to.
pub async fn complete(
    app: &App,
    mut query: BTreeMap<String, String>,
    browser: Option<Secret>,
    person: Option<&Person>,
    visitor: &Visitor,
    language: &str,
) -> Landing {
    let state = Secret::new(query.remove("state").unwrap_or_default());
    let browser = browser.unwrap_or_else(|| Secret::new(""));
    let used = match use_up(app, &state, &browser, visitor).await {
        Ok(used) => used,
        Err(error) => {
            return Landing {
                return_to: "/".to_owned(),
                outcome: Err(error),
                is_link: false,
            };
        }
    };
    let outcome = async {
        let proved = prove(app, &query, &browser, &state).await?;
        match used.session {
            Some(session) => {
                let person = person.filter(|person| person.session == session);
                link::link(app, person.ok_or_else(state_invalid)?, &proved, visitor).await
            }
            None => enter::enter(app, &proved, visitor, language).await,
        }
    };
    Landing {
        outcome: outcome.await,
        return_to: used.return_to,
        is_link: used.session.is_some(),
    }
}

async fn use_up(
    app: &App,
    state: &Secret,
    browser: &Secret,
    visitor: &Visitor,
) -> Result<UsedState> {
    app.limit(Limit::SignInElsewhere, &place(&visitor.ip))
        .await?;
    let mut tx = app.store.as_system("somebody comes back").write().await?;
    let used = oidc::consume_state(&mut tx, &hash(state), &hash(browser)).await?;
    tx.commit().await?;
    used.filter(|state| state.expires_at > app.now())
        .ok_or_else(state_invalid)
}

async fn prove(
    app: &App,
    query: &BTreeMap<String, String>,
    browser: &Secret,
    state: &Secret,
) -> Result<Proved> {
    let provider = provider(app)?;
    if let Some(error) = query.get("error") {
        return Err(denied(error, query.get("error_description")));
    }
    let known = provider.known(app).await.map_err(failed)?;
    let issuer = known.metadata.issuer.clone();
    // RFC 9207: an answer by another provider is not taken to this one.
    if query.get("iss").is_some_and(|iss| *iss != issuer) {
        return Err(failed("the answer is by another issuer".to_owned()));
    }
    let code = query.get("code").filter(|code| !code.is_empty());
    let code = code.ok_or_else(|| failed("it sent nobody's code".to_owned()))?;
    let verifier = Secret::new(derived("verifier", browser, state));
    let metadata = &known.metadata;
    let grant = metadata
        .grant(app, &provider.settings, &redirect(app), code, &verifier)
        .await
        .map_err(failed)?;
    let nonce = derived("nonce", browser, state);
    let mut claims = believe(app, provider, &grant.id_token, &nonce)
        .await
        .map_err(failed)?;
    if claims.profile.email.is_none() {
        let more = metadata.more(app, &grant, &claims.sub).await;
        claims.profile = more.map_err(failed)?;
    }
    Ok(Proved { issuer, claims })
}

async fn believe(
    app: &App,
    provider: &Oidc,
    token: &str,
    nonce: &str,
) -> std::result::Result<Claims, String> {
    let token = Unverified::read(token)?;
    let mut known = provider.known(app).await?;
    if !known.keys.has(token.algorithm, token.kid.as_deref()) {
        known = provider.newer_keys(app, known).await?;
    }
    let expected = Expected {
        issuer: &known.metadata.issuer,
        client_id: &provider.settings.client_id,
        nonce,
        now: app.now(),
    };
    token.verify(&known.keys, expected)
}

pub(super) fn state_invalid() -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::StateInvalid,
        "Signing in took too long, was done already, or began in another browser. Begin again.",
    )
}

/// The provider's own words are for the log: whoever makes a link could put any words there.
fn denied(error: &str, description: Option<&String>) -> AppError {
    let short = |text: &str| text.chars().take(200).collect::<String>();
    let description = description.map(|text| short(text)).unwrap_or_default();
    tracing::warn!(
        error = short(error),
        description,
        "the sign-in provider let nobody in"
    );
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::SignInElsewhereDenied,
        "The provider says that you did not agree, or that you may not sign in here. Ask whoever runs it, or sign in with your password.",
    )
}
