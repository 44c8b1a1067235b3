//! What happened to a person's own account. Everybody is told of it, by mail as well; that mail is written by whoever tells it.

use fanfare_domain::{NotificationId, NotificationKind, UserId};
use fanfare_store::notifications::{self, Notice, Reader};
use fanfare_store::{SystemTx, Tx, WorkspaceTx, workspaces};
use jiff::Timestamp;

use crate::{App, Result};

/// `what` is the alert's name; `about` is the browser, where it is about one.
pub(crate) async fn tell_of_account(
    app: &App,
    tx: &mut SystemTx,
    user: UserId,
    what: &str,
    about: &str,
) -> Result<()> {
    tell(tx, user, what, about, app.now()).await?;
    for membership in workspaces::of_user(tx, user).await? {
        tx.notified(membership.workspace, user);
    }
    Ok(())
}

/// A key was made that acts in their name.
pub(crate) async fn tell_of_key(
    tx: &mut WorkspaceTx,
    user: UserId,
    key: &str,
    now: Timestamp,
) -> Result<()> {
    tell(tx, user, "api_key_made", key, now).await?;
    tx.notified(user);
    Ok(())
}

async fn tell(tx: &mut Tx, user: UserId, what: &str, about: &str, now: Timestamp) -> Result<()> {
    let reader = Reader {
        user,
        in_app: true,
        email: true,
    };
    let notice = Notice {
        kind: NotificationKind::SecurityAlert,
        // Each is one of its own: none may hide behind another.
        subject: NotificationId::new(now).to_string(),
        post: None,
        title: about,
        what: Some(what),
        platform: None,
        account: None,
    };
    Ok(notifications::tell(tx, None, reader, &notice, false, now).await?)
}
