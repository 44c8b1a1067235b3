//! Sending an invitation again.

use fanfare_domain::InvitationId;
use fanfare_store::invitations::{self, Invitation};
use serde_json::json;

use super::invite::Invited;
use super::link;
use super::list::read;
use super::tell::{may_tell, tell_invited};
use crate::accounts::hash;
use crate::idempotency::note_made;
use crate::members::{acting, refuse_making_owner};
use crate::workspaces::{Happened, record};
use crate::{App, AppError, Caller, Result};

/// Gives an invitation a new link, good for another week. The one before works no more.
///
/// # Errors
/// `not_found`; `forbidden` for an owner's invitation by somebody else than an owner: the link is as good as the role; `email_not_verified`;
/// `too_many_requests`.
pub async fn resend(app: &App, caller: &Caller, id: InvitationId) -> Result<Invited> {
    may_tell(app, caller, &read(app, caller, id).await?.email).await?;
    let now = app.now();
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    let caller = acting(&mut tx, caller).await?;
    let before = invitations::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("invitation"))?;
    refuse_making_owner(&caller, &[before.role])?;
    let invitation = Invitation {
        expires_at: link::expiry(now),
        mailed: app.mail.arrives(),
        ..before
    };
    let (link, token) = link::new(app);
    invitations::renew(&mut tx, &invitation, &hash(&token)).await?;
    tell_invited(app, &mut tx, &invitation, &link).await?;
    let mailed = invitation.mailed;
    let happened = Happened {
        action: "invitation.resent",
        subject_kind: "invitation",
        subject_id: id.to_string(),
        detail: json!({ "email": invitation.email, "mailed": mailed }),
    };
    record(&mut tx, caller.actor(), happened, now).await?;
    note_made(&mut tx, &caller, "resent_invitation", &id.to_string()).await?;
    tx.commit().await?;
    Ok(Invited {
        invitation,
        link: (!mailed).then_some(link),
    })
}
