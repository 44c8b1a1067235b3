//! From what a request shows of its session to who asks, in which workspace.

use fanfare_domain::{ErrorCode, WorkspaceId};
use fanfare_store::members;
use fanfare_store::sessions::{self, Session};
use fanfare_store::users::User;
use fanfare_store::workspaces::{self, Membership};
use jiff::SignedDuration;

use super::is_verified;
use super::session::{self, SessionToken, Shown, expiry};
use crate::{App, AppError, Caller, Person, RefusalKind, Result, Via};

/// A session's last use is noted no more often than this, so that reading does not mean writing.
const NOTE_USE_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// A workspace that a request names.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub workspace: WorkspaceId,
    /// The session acts there from now on, also for requests that name none. An address that a page merely shows moves nobody.
    pub moves: bool,
}

/// Whose session it is, acting in the `wanted` workspace, or else in the one used last, or else in the first.
///
/// # Errors
/// `not_authenticated`, `access_token_invalid`; `not_found` when the person is not in the wanted workspace; `forbidden` when they are in none.
pub async fn authenticate(app: &App, shown: &Shown, wanted: Option<Wanted>) -> Result<Caller> {
    let (session, user, memberships) = recognise(app, shown).await?;
    let current = choose(&session, &memberships, wanted.map(|one| one.workspace))?;
    let took_two_steps = took_two_steps(&session, &user);
    if current.requires_two_factor && !took_two_steps {
        return Err(two_factor_required());
    }
    let stays = wanted.is_some_and(|one| !one.moves);
    let last = if stays {
        session.workspace
    } else {
        Some(current.workspace)
    };
    note_use(app, &session, last, &shown.ip).await?;
    let is_verified = is_verified(app, &user);
    Ok(Caller {
        user: user.id,
        name: user.name,
        via: Via::Session(session.id),
        workspace: current.workspace,
        role: current.role,
        is_admin: user.is_admin,
        is_verified,
        took_two_steps,
        request_key: None,
    })
}

/// Whose session it is, whether or not they are in any workspace.
///
/// # Errors
/// `not_authenticated`, `access_token_invalid`.
pub async fn authenticate_person(app: &App, shown: &Shown) -> Result<Person> {
    let (session, user, memberships) = recognise(app, shown).await?;
    let current = choose(&session, &memberships, None).ok();
    let workspace = current.map(|one| one.workspace);
    note_use(app, &session, workspace, &shown.ip).await?;
    Ok(Person {
        user,
        session: session.id,
        workspace,
        request_key: None,
    })
}

/// Whether a workspace that asks for two steps may take this session.
pub(super) fn took_two_steps(session: &Session, user: &User) -> bool {
    session.by_passkey || user.two_factor_at.is_some()
}

async fn recognise(app: &App, shown: &Shown) -> Result<(Session, User, Vec<Membership>)> {
    let mut tx = app.store.as_system("whose session is it").read().await?;
    let found = session::find(&mut tx, &shown.token, app.now()).await?;
    let (session, user) = found.ok_or_else(|| nobody(&shown.token))?;
    let memberships = workspaces::of_user(&mut tx, user.id).await?;
    Ok((session, user, memberships))
}

fn nobody(token: &SessionToken) -> AppError {
    match token {
        SessionToken::Browser(_) => not_authenticated(),
        SessionToken::Device(_) => AppError::refused(
            RefusalKind::NotAuthenticated,
            ErrorCode::AccessTokenInvalid,
            "This access token has expired, or its device was signed out. Get a new one with the refresh token, or sign in again.",
        ),
    }
}

/// The workspace that a session acts in.
pub(super) fn choose<'a>(
    session: &Session,
    memberships: &'a [Membership],
    wanted: Option<WorkspaceId>,
) -> Result<&'a Membership> {
    let named = |id: WorkspaceId| memberships.iter().find(|one| one.workspace == id);
    if let Some(wanted) = wanted {
        return named(wanted).ok_or_else(|| {
            AppError::refused(
                RefusalKind::NotFound,
                ErrorCode::NotFound,
                "There is no such workspace, or you are not a member of it.",
            )
        });
    }
    session
        .workspace
        .and_then(named)
        .or(memberships.first())
        .ok_or_else(|| {
            AppError::refused(
                RefusalKind::Forbidden,
                ErrorCode::Forbidden,
                "You are not a member of any workspace. Ask an administrator to add you to one.",
            )
        })
}

pub(super) async fn note_use(
    app: &App,
    session: &Session,
    workspace: Option<WorkspaceId>,
    ip: &str,
) -> Result<()> {
    let now = app.now();
    let is_noted = session.last_used_at + NOTE_USE_EVERY > now;
    // What was read may be older than what another request wrote since: only a move is written.
    let moved_to = workspace.filter(|here| session.workspace != Some(*here));
    if is_noted && moved_to.is_none() {
        return Ok(());
    }
    let mut tx = app
        .store
        .as_system("note that a session was used")
        .write()
        .await?;
    if let Some(workspace) = workspace {
        members::note_seen(&mut tx, workspace, session.user, now).await?;
    }
    // After the member's row: whoever removes a member takes the two in that order, and neither waits for the other for ever.
    sessions::touch(&mut tx, session.id, moved_to, ip, now, expiry(now)).await?;
    Ok(tx.commit().await?)
}

pub(crate) fn two_factor_required() -> AppError {
    AppError::refused(
        RefusalKind::Forbidden,
        ErrorCode::TwoFactorRequired,
        "This workspace asks its members for two-factor authentication. Set it up for your account, then come back.",
    )
}

/// Nobody is signed in.
#[must_use]
pub fn not_authenticated() -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::NotAuthenticated,
        "You are not signed in, or your session has ended. Sign in and try again.",
    )
}
