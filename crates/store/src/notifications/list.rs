//! One person's notifications, the newest first.

use fanfare_domain::{NotificationId, NotificationKind, PostId, UserId, WorkspaceId};
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

/// One thing that somebody was told.
#[derive(Debug, Clone)]
pub struct Notification {
    pub id: NotificationId,
    /// Absent where it is about the person's own account.
    pub workspace: Option<WorkspaceId>,
    pub kind: NotificationKind,
    /// What it is about: an id, as far as it has one.
    pub subject: String,
    pub post: Option<PostId>,
    pub title: String,
    pub what: Option<String>,
    pub platform: Option<String>,
    pub account: Option<String>,
    /// How often it happened before it was read.
    pub count: i64,
    pub created_at: Timestamp,
    /// When it happened last.
    pub at: Timestamp,
    pub read_at: Option<Timestamp>,
    pub in_app: bool,
    pub email: bool,
}

/// Which ones are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    pub kind: Option<NotificationKind>,
    /// Only the unread, or only the read.
    pub unread: Option<bool>,
    /// Also those that were told by mail alone.
    pub with_mailed: bool,
}

/// Where one stands in the list.
pub type Place = crate::place::Place<NotificationId>;

/// What the person was told about the transaction's workspace and about their own account.
pub async fn list(
    tx: &mut WorkspaceTx,
    user: UserId,
    filter: Filter,
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<Notification>> {
    let workspace = tx.workspace();
    let kind = filter.kind.map_or("", NotificationKind::as_str);
    let unread = match filter.unread {
        None => "",
        Some(true) => "unread",
        Some(false) => "read",
    };
    // Ids are hexadecimal: `g` sorts after all of them.
    let (at, id) = after.map_or((i64::MAX, "g".to_owned()), |place| {
        (place.at.as_millisecond(), place.id.to_string())
    });
    tx.all(
        sql!(
            "SELECT id, workspace_id, kind, subject, post_id, title, what, platform, account, count, created_at, at, read_at, in_app, email
             FROM notifications
             WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND ($3 = '' OR kind = $3)
                 AND ($4 = '' OR ($4 = 'unread' AND read_at IS NULL) OR ($4 = 'read' AND read_at IS NOT NULL))
                 AND (in_app OR $5) AND (at, id) < ($6, $7)
             ORDER BY at DESC, id DESC LIMIT $8"
        ),
        binds![user, workspace, kind, unread, filter.with_mailed, at, id, limit],
        read,
    )
    .await
}

/// One of the person's own, or `NotFound`.
pub async fn get(tx: &mut WorkspaceTx, user: UserId, id: NotificationId) -> Result<Notification> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT id, workspace_id, kind, subject, post_id, title, what, platform, account, count, created_at, at, read_at, in_app, email
             FROM notifications WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND id = $3"
        ),
        binds![user, workspace, id],
        read,
    )
    .await
}

/// How many the person has not read.
pub async fn count_unread(tx: &mut WorkspaceTx, user: UserId) -> Result<i64> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT COUNT(*) AS found FROM notifications
             WHERE user_id = $1 AND (workspace_id = $2 OR workspace_id IS NULL) AND read_at IS NULL AND in_app"
        ),
        binds![user, workspace],
        |row| row.int("found"),
    )
    .await
}

/// Everything that somebody was told, in all workspaces, for them to take along.
pub async fn of_user(tx: &mut SystemTx, user: UserId, limit: u32) -> Result<Vec<Notification>> {
    tx.all(
        sql!(
            "SELECT id, workspace_id, kind, subject, post_id, title, what, platform, account, count, created_at, at, read_at, in_app, email
             FROM notifications WHERE user_id = $1 ORDER BY at DESC, id DESC LIMIT $2"
        ),
        binds![user, limit],
        read,
    )
    .await
}

pub(super) fn read(row: &Row) -> Result<Notification> {
    Ok(Notification {
        id: row.id("id")?,
        workspace: row.optional_id("workspace_id")?,
        kind: row.named("kind", NotificationKind::parse)?,
        subject: row.text("subject")?,
        post: row.optional_id("post_id")?,
        title: row.text("title")?,
        what: row.optional_text("what")?,
        platform: row.optional_text("platform")?,
        account: row.optional_text("account")?,
        count: row.int("count")?,
        created_at: row.instant("created_at")?,
        at: row.instant("at")?,
        read_at: row.optional_instant("read_at")?,
        in_app: row.bool("in_app")?,
        email: row.bool("email")?,
    })
}
