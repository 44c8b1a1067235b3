//! Telling somebody that they are invited.

use fanfare_store::WorkspaceTx;
use fanfare_store::invitations::Invitation;
use url::Url;

use crate::{App, Result};

/// Sends the link to the address that is invited, in the transaction that makes it. Answers whether a message is on its way; where none can
/// be sent, whoever invites passes the link on.
pub(super) async fn tell_invited(
    _app: &App,
    _tx: &mut WorkspaceTx,
    invitation: &Invitation,
    _link: &Url,
) -> Result<bool> {
    tracing::debug!(invitation = %invitation.id, "no message can be sent: the link is passed on by hand");
    Ok(false)
}
