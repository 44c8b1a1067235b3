//! From a key's text to who asks, in its workspace.

use std::net::IpAddr;

use fanfare_domain::{ErrorCode, Secret, WorkspaceId};
use fanfare_store::api_keys::{self, ApiKey};
use ipnet::IpNet;

use super::read::{KeyState, state_of};
use crate::token_text::{self, API_KEY};
use crate::{App, AppError, Caller, KeyInHand, RefusalKind, Result, Via};

/// A key that works, and who asks by it.
#[derive(Debug, Clone)]
pub struct Admitted {
    pub key: ApiKey,
    pub caller: Caller,
}

/// Whose key it is. They ask with the role that they have now.
///
/// # Errors
/// `api_key_invalid`, `api_key_revoked`, `api_key_expired`, `api_key_without_owner`, `two_factor_required`.
pub async fn find_key(app: &App, text: &Secret) -> Result<Admitted> {
    if !API_KEY.is_well_formed(text) {
        return Err(invalid());
    }
    let now = app.now();
    let mut tx = app.store.as_system("whose key is it").read().await?;
    let found = api_keys::of_hash(&mut tx, &token_text::hash(text), now).await?;
    let found = found.ok_or_else(invalid)?;
    let (key, workspace) = (found.key, found.workspace);
    drop(tx);
    match (state_of(&key, now), key.role) {
        (KeyState::Active, Some(_)) if found.lacks_second_step => Err(AppError::refused(
            RefusalKind::Forbidden,
            ErrorCode::TwoFactorRequired,
            "This workspace asks its members for two-factor authentication, and whoever made this API key has none. Have them set it up, \
             or use a key of somebody who has it.",
        )),
        (KeyState::Active, Some(role)) => {
            let caller = Caller {
                user: key.user,
                name: key.user_name.clone(),
                via: Via::Key(KeyInHand {
                    id: key.id,
                    name: key.name.clone(),
                    scopes: key.scopes.clone(),
                }),
                workspace,
                role,
                is_admin: false,
                // Only who is verified makes keys.
                is_verified: true,
                took_two_steps: true,
                request_key: None,
            };
            Ok(Admitted { key, caller })
        }
        (KeyState::Revoked, _) => Err(ended(
            ErrorCode::ApiKeyRevoked,
            "This API key was revoked. Make a new one and use that.",
        )),
        (KeyState::Expired, _) => Err(ended(
            ErrorCode::ApiKeyExpired,
            "This API key has expired. Give it a later date, or make a new one.",
        )),
        (KeyState::WithoutOwner | KeyState::Active, _) => Err(ended(
            ErrorCode::ApiKeyWithoutOwner,
            "Whoever made this API key is no longer a member of its workspace, so it may do nothing. Have a member make a new one.",
        )),
    }
}

/// Refuses calls from where the key may not be used, and those that name another workspace than the key's.
///
/// # Errors
/// `api_key_wrong_address`, `forbidden`.
pub fn refuse_elsewhere(
    admitted: &Admitted,
    from: Option<IpAddr>,
    wanted: Option<WorkspaceId>,
) -> Result<()> {
    if !is_allowed(&admitted.key.allowed_ips, from) {
        return Err(AppError::refused(
            RefusalKind::Forbidden,
            ErrorCode::ApiKeyWrongAddress,
            "This API key may not be used from your address. Add the address to those the key allows, or call from one of them.",
        ));
    }
    if wanted.is_some_and(|wanted| wanted != admitted.caller.workspace) {
        return Err(AppError::refused(
            RefusalKind::Forbidden,
            ErrorCode::Forbidden,
            "An API key acts in its own workspace only. Leave out the header Fanfare-Workspace, or use a key of that workspace.",
        ));
    }
    Ok(())
}

/// A network that cannot be read lets nobody in.
fn is_allowed(networks: &[String], from: Option<IpAddr>) -> bool {
    let holds = |network: &String, from: &IpAddr| {
        network
            .parse::<IpNet>()
            .is_ok_and(|network| network.contains(from))
    };
    networks.is_empty()
        || from.is_some_and(|from| networks.iter().any(|network| holds(network, &from)))
}

fn invalid() -> AppError {
    ended(
        ErrorCode::ApiKeyInvalid,
        "This is not a key of this installation. Send it whole, as “Authorization: Bearer ff_…”.",
    )
}

fn ended(code: ErrorCode, detail: &str) -> AppError {
    AppError::refused(RefusalKind::NotAuthenticated, code, detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_works_from_its_networks_only() {
        let networks = ["203.0.113.0/24".to_owned(), "2001:db8::/64".to_owned()];
        let allowed = |from: &str| is_allowed(&networks, from.parse().ok());
        assert!(allowed("203.0.113.200"));
        assert!(allowed("2001:db8::7"));
        assert!(!allowed("203.0.114.1"));
        assert!(!allowed("2001:db8:0:1::7"));
        assert!(!allowed("nobody knows"));
        assert!(is_allowed(&[], None));
        assert!(!is_allowed(
            &["unreadable".to_owned()],
            "203.0.113.1".parse().ok()
        ));
    }
}
