//! Telling somebody that they are invited.

use fanfare_domain::Limit;
use fanfare_domain::role::Role;
use fanfare_store::invitations::Invitation;
use fanfare_store::{WorkspaceTx, users, workspaces};
use serde_json::json;
use url::Url;

use super::link::DAYS;
use crate::accounts::not_verified;
use crate::mail::{self, Letter};
use crate::{App, Caller, Result};

/// Refuses what would let a stranger send messages to anybody: an invitation by somebody whose own address is not proved, and more of them
/// than a team needs. Where no message arrives, nobody is written to, and everybody may.
///
/// # Errors
/// `email_not_verified`; `too_many_requests`.
pub(super) async fn may_tell(app: &App, caller: &Caller, email: &str) -> Result<()> {
    if !app.mail.arrives() {
        return Ok(());
    }
    if !caller.is_verified {
        return Err(not_verified());
    }
    app.limit(Limit::Invitations, &caller.user.to_string())
        .await?;
    app.limit(Limit::MailToAddress, email).await
}

/// Sends the link to the address that is invited, in the transaction that makes it, in the language of whoever invites. Where
/// none can be sent, whoever invites passes the link on.
pub(super) async fn tell_invited(
    app: &App,
    tx: &mut WorkspaceTx,
    invitation: &Invitation,
    link: &Url,
) -> Result<()> {
    if !app.mail.can_send() {
        return Ok(());
    }
    let language = match invitation.invited_by {
        Some(user) => users::language(tx, user).await?,
        None => "en".to_owned(),
    };
    let letter = Letter {
        unsubscribe: None,
        kind: "invitation",
        to: invitation.email.clone(),
        user: None,
        workspace: Some(tx.workspace()),
        values: json!({
            "inviter": invitation.invited_by_name,
            "workspace": workspaces::name(tx).await?,
            "role": in_words(invitation.role, &language),
            "url": link,
            "days": DAYS,
        }),
        language,
    };
    mail::post(app, tx, letter).await
}

fn in_words(role: Role, language: &str) -> &'static str {
    match (language, role) {
        ("es", Role::Owner) => "propietario",
        ("es", Role::Admin) => "administrador",
        ("es", Role::Editor) => "editor",
        ("es", Role::Contributor) => "colaborador",
        ("es", Role::Assistant) => "asistente",
        ("es", Role::Viewer) => "lector",
        _ => role.as_str(),
    }
}
