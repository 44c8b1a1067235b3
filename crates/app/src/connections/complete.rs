//! A person comes back from consenting.

use std::collections::BTreeMap;

use fanfare_domain::{Action, ConnectionId, ErrorCode};
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::roles::CallbackAnswer;
use fanfare_store::oauth_states::{self, UsedState};
use fanfare_store::workspaces;

use super::state::{self, Kept};
use super::{begin, keep, return_path};
use crate::{App, AppError, Caller, RefusalKind, Result};

/// Where the person lands, and with what.
#[derive(Debug)]
pub struct Landing {
    /// A path of this site.
    pub return_to: String,
    pub outcome: Result<ConnectionId>,
}

/// Uses up the state, exchanges the platform's answer for a grant and keeps it.
///
/// `caller` is whoever the browser is signed in as; the state says in which workspace they began. A consent that was denied,
/// came too late, twice or from another browser is an outcome like any other: the person always lands on a page.
pub async fn complete(
    app: &App,
    caller: Option<&Caller>,
    platform: &str,
    mut query: BTreeMap<String, String>,
) -> Landing {
    let given = query.remove("state").unwrap_or_default();
    let used = match use_up(app, caller, platform, &given).await {
        Ok(used) => used,
        Err(error) => {
            return Landing {
                return_to: return_path::DEFAULT.to_owned(),
                outcome: Err(error),
            };
        }
    };
    let outcome = exchange(app, &used, query).await;
    Landing {
        return_to: used.state.return_to,
        outcome,
    }
}

/// A state that held, and who it held for.
struct Used<'a> {
    state: UsedState,
    hash: String,
    platform: &'a dyn Platform,
    /// In the workspace in which they began.
    caller: Caller,
}

async fn use_up<'a>(
    app: &'a App,
    caller: Option<&Caller>,
    platform: &str,
    given: &str,
) -> Result<Used<'a>> {
    let platform = app.platform(platform)?.as_ref();
    let caller = caller.ok_or_else(not_signed_in)?;
    let session = caller.session().ok_or_else(not_signed_in)?;
    let hash = state::hash(given);
    let mut tx = app
        .store
        .as_system("only the state knows the workspace")
        .write()
        .await?;
    let state = oauth_states::consume(&mut tx, &hash, session, platform.manifest().id).await?;
    let memberships = workspaces::of_user(&mut tx, caller.user).await?;
    tx.commit().await?;

    let state = state
        .filter(|state| state.expires_at > app.now())
        .ok_or_else(state_invalid)?;
    let membership = memberships
        .iter()
        .find(|one| one.workspace == state.workspace)
        .ok_or_else(state_invalid)?;
    // In the workspace where it began, whichever was used since.
    let caller = caller.there(membership)?;
    caller.require(Action::ConnectionsConnect)?;
    Ok(Used {
        state,
        hash,
        platform,
        caller,
    })
}

async fn exchange(
    app: &App,
    used: &Used<'_>,
    query: BTreeMap<String, String>,
) -> Result<ConnectionId> {
    let kept = Kept::open(&app.vault, &used.hash, &used.state.kept)?;
    let ctx = app.platform_context(used.platform.manifest().id);
    let answer = CallbackAnswer {
        query,
        kept: kept.platform,
    };
    let grant = begin::role(used.platform)?.exchange(&ctx, answer).await?;
    keep::grant(app, &used.caller, used.platform, &grant, &kept.fields).await
}

fn not_signed_in() -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::NotAuthenticated,
        "You are not signed in in this browser, so nothing is connected. Sign in and connect once more.",
    )
}

fn state_invalid() -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::StateInvalid,
        "This sign-in took too long, was used already, or began in another browser, so nothing is connected. Connect once more.",
    )
}
