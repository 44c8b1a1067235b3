//! One's own notifications: reading, marking, throwing away.

use fanfare_domain::NotificationId;
use fanfare_store::notifications::{self, Filter, Marked, Notification, Place};
use fanfare_store::{StoreError, WorkspaceTx};
use jiff::Timestamp;

use crate::{App, AppError, Caller, Result};

/// How often something about the same may come just when it is taken back.
const TRIES: usize = 5;

/// Up to one more than `limit`, the newest first.
pub async fn list(
    app: &App,
    caller: &Caller,
    filter: Filter,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<Notification>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(notifications::list(&mut tx, caller.user, filter, after, limit + 1).await?)
}

pub async fn count_unread(app: &App, caller: &Caller) -> Result<i64> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(notifications::count_unread(&mut tx, caller.user).await?)
}

/// Marks one as read; saying it twice changes nothing.
///
/// # Errors
/// `not_found`.
pub async fn mark_read(app: &App, caller: &Caller, id: NotificationId) -> Result<Notification> {
    let now = app.now();
    let mut tx = begin(app, caller).await?;
    notifications::mark_read(&mut tx, caller.user, id, now).await?;
    finish(tx, caller, id).await
}

/// Marks one as unread again. Where another about the same has come meanwhile it stays read.
///
/// # Errors
/// `not_found`.
pub async fn mark_unread(app: &App, caller: &Caller, id: NotificationId) -> Result<Notification> {
    let mut tx = begin(app, caller).await?;
    match notifications::mark_unread(&mut tx, caller.user, id).await {
        // That one counts for it, and nothing is left of this transaction.
        Err(StoreError::Conflict(_)) => tx = begin(app, caller).await?,
        marked => drop(marked?),
    }
    finish(tx, caller, id).await
}

/// Marks all as read, or those that are as old as `last` or older.
///
/// # Errors
/// `not_found` when there is no `last`.
pub async fn mark_all_read(
    app: &App,
    caller: &Caller,
    last: Option<NotificationId>,
) -> Result<Marked> {
    let now = app.now();
    let mut tx = begin(app, caller).await?;
    let last = match last {
        Some(id) => {
            let found = one(&mut tx, caller, id).await?;
            Some(Place { at: found.at, id })
        }
        None => None,
    };
    let marked = notifications::mark_read_up_to(&mut tx, caller.user, last, now).await?;
    tx.commit().await?;
    Ok(marked)
}

/// Takes back what was marked as read at that instant; answers how many.
pub async fn take_back(app: &App, caller: &Caller, read_at: Timestamp) -> Result<u64> {
    let mut tries = TRIES;
    loop {
        let mut tx = begin(app, caller).await?;
        tries -= 1;
        match notifications::mark_unread_since(&mut tx, caller.user, read_at).await {
            Err(StoreError::Conflict(_) | StoreError::GivenUp(_)) if tries > 0 => {}
            count => {
                let count = count?;
                tx.commit().await?;
                return Ok(count);
            }
        }
    }
}

/// Throws one away.
///
/// # Errors
/// `not_found`.
pub async fn delete(app: &App, caller: &Caller, id: NotificationId) -> Result<()> {
    let mut tx = begin(app, caller).await?;
    if !notifications::delete(&mut tx, caller.user, id).await? {
        return Err(AppError::not_found("notification"));
    }
    Ok(tx.commit().await?)
}

/// Other pages of the person are told that something changes.
async fn begin(app: &App, caller: &Caller) -> Result<WorkspaceTx> {
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    tx.notified(caller.user);
    Ok(tx)
}

async fn finish(mut tx: WorkspaceTx, caller: &Caller, id: NotificationId) -> Result<Notification> {
    let found = one(&mut tx, caller, id).await?;
    tx.commit().await?;
    Ok(found)
}

async fn one(tx: &mut WorkspaceTx, caller: &Caller, id: NotificationId) -> Result<Notification> {
    match notifications::get(tx, caller.user, id).await {
        Err(StoreError::NotFound) => Err(AppError::not_found("notification")),
        found => Ok(found?),
    }
}
