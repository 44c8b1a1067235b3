//! Accepting an invitation: joining with the account that one has, or with one that is made on the spot.

use fanfare_domain::{ErrorCode, Limit, Secret, UserId, WorkspaceId};
use fanfare_store::invitations::{self, Invitation};
use fanfare_store::users::{self, User};
use fanfare_store::{SystemTx, WorkspaceTx, members, sessions};
use jiff::Timestamp;
use serde_json::json;

use super::link;
use super::look::look;
use crate::accounts::{self, Registration, Visitor, hash};
use crate::idempotency::{StrangersKey, note_made_by_stranger};
use crate::limits::place;
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Person, RefusalKind, Result};

/// What whoever has the link sends.
#[derive(Debug, Clone)]
pub struct Acceptance {
    pub token: Secret,
    /// For an account that is to be made.
    pub name: Option<String>,
    pub password: Option<Secret>,
    /// In which an account that is to be made is written to.
    pub language: String,
    /// The `Idempotency-Key` of the request, if it has one.
    pub request_key: Option<StrangersKey>,
}

/// Who joined which workspace.
#[derive(Debug, Clone)]
pub struct Accepted {
    pub user: User,
    pub workspace: WorkspaceId,
    /// Of the session that was begun for whoever was not signed in.
    pub session: Option<Secret>,
}

/// Joins the workspace, once for each link.
///
/// # Errors
/// `link_invalid`; `other_account` for whoever is signed in with another address; `not_authenticated` where the address has an account that
/// nobody is signed in with; `invalid_input` for a bad name or password of an account to be made; `too_many_requests`.
pub async fn accept(
    app: &App,
    person: Option<&Person>,
    acceptance: Acceptance,
    visitor: &Visitor,
) -> Result<Accepted> {
    app.limit(Limit::Links, &place(&visitor.ip)).await?;
    let looked = look(app, &acceptance.token).await?;
    let invitation = looked.invitation;
    match person {
        Some(person) if person.user.email != invitation.email => {
            Err(other_account(person, &invitation))
        }
        Some(person) => join_signed_in(app, person, &acceptance, invitation).await,
        None if looked.has_account => Err(sign_in_first(&invitation)),
        None => join_anew(app, acceptance, invitation, visitor).await,
    }
}

async fn join_signed_in(
    app: &App,
    person: &Person,
    acceptance: &Acceptance,
    invitation: Invitation,
) -> Result<Accepted> {
    let now = app.now();
    let mut tx = begin(app, &acceptance.token, &invitation).await?;
    let workspace = invitation.workspace;
    let key = acceptance.request_key.as_ref();
    note_made_by_stranger(&mut tx, key, "membership", &workspace.to_string()).await?;
    let own = fanfare_store::workspaces::of_user(&mut tx, person.user.id).await?;
    let is_member = own.iter().any(|one| one.workspace == workspace);
    let mut tx = tx.into_workspace(workspace);
    // Nobody's role changes by a link that was forgotten.
    if !is_member {
        join(&mut tx, &person.user, &invitation, now).await?;
    }
    sessions::set_workspace(&mut tx, person.session, workspace).await?;
    tx.commit().await?;
    Ok(Accepted {
        user: person.user.clone(),
        workspace,
        session: None,
    })
}

async fn join_anew(
    app: &App,
    acceptance: Acceptance,
    invitation: Invitation,
    visitor: &Visitor,
) -> Result<Accepted> {
    let wanted = accounts::checked(Registration {
        email: invitation.email.clone(),
        password: acceptance.password.unwrap_or_else(|| Secret::new("")),
        name: acceptance.name.unwrap_or_default(),
        language: acceptance.language,
        request_key: acceptance.request_key,
    })?;
    let password_hash = app.passwords.hash(&wanted.password).await?;
    let now = app.now();
    let user = User {
        id: UserId::new(now),
        email: wanted.email,
        name: wanted.name,
        is_admin: false,
        email_verified_at: verified_at(&invitation, now),
        two_factor_at: None,
        language: wanted.language,
        created_at: now,
    };
    let mut tx = begin(app, &acceptance.token, &invitation).await?;
    let workspace = invitation.workspace;
    users::insert(&mut tx, &user, &password_hash)
        .await
        .map_err(accounts::taken_or_broken)?;
    accounts::send_link(app, &mut tx, &user).await?;
    let (_, session) =
        accounts::begin(&mut tx, user.id, Some(workspace), false, visitor, now).await?;
    let (key, id) = (wanted.request_key.as_ref(), user.id.to_string());
    note_made_by_stranger(&mut tx, key, "joined_account", &id).await?;
    let mut tx = tx.into_workspace(workspace);
    let happened = Happened {
        action: "user.registered",
        subject_kind: "user",
        subject_id: user.id.to_string(),
        detail: json!({ "invitation": invitation.id }),
    };
    record(&mut tx, actor(&user), happened, now).await?;
    join(&mut tx, &user, &invitation, now).await?;
    tx.commit().await?;
    Ok(Accepted {
        user,
        workspace,
        session: Some(session),
    })
}

/// What joining with a new account answered whose answer was lost, to whoever has the password that was chosen with it.
///
/// # Errors
/// As [`accounts::enter_made`]; `link_invalid` when they are in no workspace any more.
pub async fn enter_joined(
    app: &App,
    made: UserId,
    password: &Secret,
    visitor: &Visitor,
) -> Result<Accepted> {
    let entered = accounts::enter_made(app, made, password, visitor).await?;
    let mut tx = app.store.as_system("who just joined").read().await?;
    let own = fanfare_store::workspaces::of_user(&mut tx, made).await?;
    let joined = own.first().ok_or_else(link::invalid)?;
    Ok(Accepted {
        user: entered.user,
        workspace: joined.workspace,
        session: Some(entered.token),
    })
}

/// A link that was mailed was seen in that mailbox only, so whoever has it has the address. One that was passed on by hand proves nothing:
/// somebody else may have chosen the password, and must not be joined by whoever proves the address elsewhere.
fn verified_at(invitation: &Invitation, now: Timestamp) -> Option<Timestamp> {
    invitation.mailed.then_some(now)
}

/// Begins the transaction that joins, by using the link up: of two who accept at once, one joins.
async fn begin(app: &App, token: &Secret, invitation: &Invitation) -> Result<SystemTx> {
    let mut tx = app
        .store
        .as_system("somebody joins by an invitation")
        .write()
        .await?;
    if invitations::consume(&mut tx, invitation.id, &hash(token)).await? {
        Ok(tx)
    } else {
        Err(link::invalid())
    }
}

pub(crate) async fn join(
    tx: &mut WorkspaceTx,
    user: &User,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<()> {
    members::add(tx, user.id, invitation.role, now).await?;
    members::note_seen(tx, invitation.workspace, user.id, now).await?;
    let happened = Happened {
        action: "member.joined",
        subject_kind: "user",
        subject_id: user.id.to_string(),
        detail: json!({
            "email": user.email,
            "role": invitation.role,
            "invitation": invitation.id,
            "invited_by": invitation.invited_by,
        }),
    };
    record(tx, actor(user), happened, now).await
}

fn actor(user: &User) -> fanfare_store::audit::Actor {
    fanfare_store::audit::Actor {
        id: Some(user.id),
        name: user.name.clone(),
    }
}

fn other_account(person: &Person, invitation: &Invitation) -> AppError {
    let (own, invited) = (&person.user.email, &invitation.email);
    AppError::conflict(
        ErrorCode::OtherAccount,
        format!(
            "You are signed in as {own}, and this invitation is for {invited}. Sign out, then open the link again."
        ),
    )
}

fn sign_in_first(invitation: &Invitation) -> AppError {
    AppError::refused(
        RefusalKind::NotAuthenticated,
        ErrorCode::NotAuthenticated,
        format!(
            "There is an account for {} already. Sign in with it, then open the link again.",
            invitation.email
        ),
    )
}
