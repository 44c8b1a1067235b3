//! Inviting an address.

use fanfare_domain::role::Role;
use fanfare_domain::{ErrorCode, InvitationId};
use fanfare_store::invitations::{self, Invitation};
use fanfare_store::members;
use serde_json::json;
use url::Url;

use super::link;
use super::tell::{may_tell, tell_invited};
use crate::accounts::{checked_email, hash};
use crate::idempotency::note_made;
use crate::members::{acting, refuse_making_owner};
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Caller, Result};

/// More open invitations than this are no team, but a list of addresses.
const MOST_OPEN: i64 = 500;

/// An invitation that was made or renewed.
#[derive(Debug, Clone)]
pub struct Invited {
    pub invitation: Invitation,
    /// To be passed on by hand, where it was not mailed. A link that was is seen in that mailbox only, so it proves the address.
    pub link: Option<Url>,
}

/// Invites an address to the caller's workspace. An invitation that it has already is replaced: the link before works no more.
///
/// # Errors
/// `invalid_input`; `already_member`; `forbidden` for an owner's invitation by somebody else than an owner; `email_not_verified`;
/// `too_many_requests`.
pub async fn invite(app: &App, caller: &Caller, email: &str, role: Role) -> Result<Invited> {
    let email = checked_email("email", email).map_err(|wrong| AppError::invalid(vec![wrong]))?;
    may_tell(app, caller, &email).await?;
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let caller = acting(&mut tx, caller).await?;
    refuse_making_owner(&caller, &[role])?;
    if members::has_email(&mut tx, &email).await? {
        return Err(AppError::conflict(
            ErrorCode::AlreadyMember,
            "Somebody with this e-mail address is a member already. Change their role among the members.",
        ));
    }
    invitations::delete_for(&mut tx, &email).await?;
    if invitations::count(&mut tx).await? >= MOST_OPEN {
        let detail =
            format!("A workspace has up to {MOST_OPEN} open invitations. Withdraw some first.");
        return Err(AppError::invalid_field(
            "email",
            ErrorCode::OutOfRange,
            detail,
        ));
    }
    let invitation = Invitation {
        id: InvitationId::new(now),
        workspace: caller.workspace,
        email,
        role,
        invited_by: Some(caller.user),
        invited_by_name: caller.name.clone(),
        mailed: app.mail.arrives(),
        created_at: now,
        expires_at: link::expiry(now),
    };
    let (link, token) = link::new(app);
    invitations::insert(&mut tx, &invitation, &hash(&token)).await?;
    tell_invited(app, &mut tx, &invitation, &link).await?;
    let mailed = invitation.mailed;
    let id = invitation.id.to_string();
    let happened = Happened {
        action: "invitation.made",
        subject_kind: "invitation",
        subject_id: id.clone(),
        detail: json!({ "email": invitation.email, "role": role, "mailed": mailed }),
    };
    record(&mut tx, caller.actor(), happened, now).await?;
    note_made(&mut tx, &caller, "invitation", &id).await?;
    tx.commit().await?;
    Ok(Invited {
        invitation,
        link: (!mailed).then_some(link),
    })
}
