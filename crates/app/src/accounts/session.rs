//! What a signed-in browser or device holds, and what we keep of it.

use fanfare_domain::{Secret, SessionId, UserId, WorkspaceId};
use fanfare_store::sessions::{self, Session};
use fanfare_store::users::User;
use fanfare_store::{SystemTx, members};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use super::log_out;
use crate::Result;

/// A session ends this long after it was last used.
pub const SESSION_DAYS: i64 = 30;

const TOKEN_BYTES: usize = 32;
const LONGEST_USER_AGENT: usize = 300;

/// Where a request to sign in came from, for the list of one's sessions.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    pub ip: String,
    pub user_agent: String,
    /// Of the session that the browser has already: the one that begins takes its place.
    pub shown: Option<Secret>,
}

/// What a request shows of its session.
#[derive(Debug, Clone)]
pub enum SessionToken {
    /// A browser's cookie.
    Browser(Secret),
    /// A device's access token.
    Device(Secret),
}

/// A request by a session.
#[derive(Debug, Clone)]
pub struct Shown {
    pub token: SessionToken,
    /// Where it comes from; empty when nobody knows.
    pub ip: String,
}

/// Somebody who has just signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub user: User,
    /// Goes to the browser and nowhere else.
    pub token: Secret,
}

/// Begins a session; answers its token, which is not kept here.
pub(crate) async fn begin(
    tx: &mut SystemTx,
    user: UserId,
    workspace: Option<WorkspaceId>,
    by_passkey: bool,
    visitor: &Visitor,
    now: Timestamp,
) -> Result<(SessionId, Secret)> {
    end_shown(tx, visitor, now).await?;
    let token = new_token();
    let session = Session {
        by_passkey,
        ..new_session(user, workspace, None, visitor, now)
    };
    sessions::insert(tx, &session, &hash(&token)).await?;
    if let Some(workspace) = workspace {
        members::note_seen(tx, workspace, user, now).await?;
    }
    Ok((session.id, token))
}

/// Ends the session before in the same browser, which nobody can use any more: its cookie is overwritten.
async fn end_shown(tx: &mut SystemTx, visitor: &Visitor, now: Timestamp) -> Result<()> {
    let Some(shown) = &visitor.shown else {
        return Ok(());
    };
    let Some((session, user)) = sessions::of_token(tx, &hash(shown), now).await? else {
        return Ok(());
    };
    log_out::end(tx, &session, &user, now).await
}

/// One that begins now. Only a device has a name.
pub(super) fn new_session(
    user: UserId,
    workspace: Option<WorkspaceId>,
    device_name: Option<String>,
    visitor: &Visitor,
    now: Timestamp,
) -> Session {
    Session {
        id: SessionId::new(now),
        user,
        workspace,
        device_name,
        by_passkey: false,
        user_agent: kept_user_agent(visitor),
        ip: visitor.ip.clone(),
        created_at: now,
        last_used_at: now,
        expires_at: expiry(now),
    }
}

pub(super) fn kept_user_agent(visitor: &Visitor) -> String {
    let user_agent = visitor.user_agent.chars();
    user_agent.take(LONGEST_USER_AGENT).collect()
}

/// The session that a request shows, while it lasts, and its person.
pub(super) async fn find(
    tx: &mut SystemTx,
    token: &SessionToken,
    now: Timestamp,
) -> Result<Option<(Session, User)>> {
    Ok(match token {
        SessionToken::Browser(token) => sessions::of_token(tx, &hash(token), now).await?,
        SessionToken::Device(token) => {
            sessions::of_access_token(tx, &hash(token), now, now).await?
        }
    })
}

/// The same for a session that is to end: a device may say so with an access token that has expired, as it is the last it was given.
pub(super) async fn find_to_end(
    tx: &mut SystemTx,
    token: &SessionToken,
    now: Timestamp,
) -> Result<Option<(Session, User)>> {
    Ok(match token {
        SessionToken::Browser(token) => sessions::of_token(tx, &hash(token), now).await?,
        SessionToken::Device(token) => {
            sessions::of_access_token(tx, &hash(token), Timestamp::UNIX_EPOCH, now).await?
        }
    })
}

pub(super) fn expiry(now: Timestamp) -> Timestamp {
    now + SignedDuration::from_hours(24 * SESSION_DAYS)
}

/// A token has 256 random bits, so a fast hash keeps it as well as a slow one would.
pub(crate) fn hash(token: &Secret) -> String {
    hex::encode(Sha256::digest(token.expose().as_bytes()))
}

pub(crate) fn new_token() -> Secret {
    let mut token = [0; TOKEN_BYTES];
    getrandom::fill(&mut token).expect("the operating system gives randomness");
    Secret::new(hex::encode(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_their_hash_does_not_show_them() {
        let (one, other) = (new_token(), new_token());
        assert_ne!(one.expose(), other.expose());
        assert_eq!(one.expose().len(), 64);
        assert_ne!(hash(&one), one.expose());
        assert_eq!(hash(&one), hash(&one.clone()));
    }
}
