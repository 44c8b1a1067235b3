//! What people were told of: in the interface, by mail, or both.
//!
//! One row for each person. While it is unread, the same happening again makes it count instead of another row.

mod list;
mod marks;
mod sweep;

use fanfare_domain::{
    NotificationChannel, NotificationId, NotificationKind, PostId, Role, UserId, WorkspaceId,
};
use jiff::Timestamp;

use crate::{DatabaseKind, Result, SystemTx, Tx, WorkspaceTx, binds, dialect, sql};

pub use list::{Filter, Notification, Place, count_unread, get, list, of_user};
pub use marks::{Marked, delete, mark_read, mark_read_up_to, mark_unread, mark_unread_since};
pub use sweep::{delete_beyond, delete_older};

/// More roles than this no kind names.
const ROLES: usize = 6;
/// People of one workspace who are told of one thing.
const MOST_PEOPLE: u32 = 500;

/// Who is told, and by which ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    pub user: UserId,
    pub in_app: bool,
    pub email: bool,
}

/// What they are told.
#[derive(Debug, Clone)]
pub struct Notice<'a> {
    pub kind: NotificationKind,
    /// Unread ones about the same are one.
    pub subject: String,
    pub post: Option<PostId>,
    /// What it is about, in the words of whoever named it.
    pub title: &'a str,
    /// How exactly, in a word of ours.
    pub what: Option<&'a str>,
    pub platform: Option<&'a str>,
    pub account: Option<&'a str>,
}

/// Members who may do something about it, and `author` if they belong to the workspace still, as far as they want to know.
pub async fn readers(
    tx: &mut WorkspaceTx,
    kind: NotificationKind,
    author: Option<UserId>,
) -> Result<Vec<Reader>> {
    let workspace = tx.workspace();
    let mut roles: [&str; ROLES] = [""; ROLES];
    for (place, role) in roles.iter_mut().zip(kind.roles()) {
        *place = Role::as_str(*role);
    }
    let [a, b, c, d, e, f] = roles;
    let in_app = kind.by_default(NotificationChannel::InApp);
    let email = kind.by_default(NotificationChannel::Email);
    let author = author.map(|user| user.to_string()).unwrap_or_default();
    let found = tx
        .all(
            sql!(
                "SELECT m.user_id, COALESCE(shown.wanted, $9) AS in_app,
                     CASE WHEN $11 AND m.user_id <> $2 THEN FALSE ELSE COALESCE(mailed.wanted, $10) END AS email
                 FROM members m JOIN users u ON u.id = m.user_id
                 LEFT JOIN notification_preferences shown
                     ON shown.user_id = m.user_id AND shown.kind = $12 AND shown.channel = 'in_app'
                 LEFT JOIN notification_preferences mailed
                     ON mailed.user_id = m.user_id AND mailed.kind = $12 AND mailed.channel = 'email'
                 WHERE m.workspace_id = $1 AND (m.user_id = $2 OR m.role IN ($3, $4, $5, $6, $7, $8)) AND u.disabled_at IS NULL
                 ORDER BY m.user_id LIMIT $13"
            ),
            binds![
                workspace,
                author,
                a,
                b,
                c,
                d,
                e,
                f,
                in_app,
                email,
                kind.mails_authors_only(),
                kind,
                MOST_PEOPLE
            ],
            |row| {
                Ok(Reader {
                    user: row.id("user_id")?,
                    in_app: row.bool("in_app")?,
                    email: row.bool("email")?,
                })
            },
        )
        .await?;
    Ok(found
        .into_iter()
        .filter(|reader| reader.in_app || reader.email)
        .collect())
}

/// Writes down that somebody is told. `mail_waits` says whether a message about it is still to be written.
pub async fn tell(
    tx: &mut Tx,
    workspace: Option<WorkspaceId>,
    reader: Reader,
    notice: &Notice<'_>,
    mail_waits: bool,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO notifications (id, user_id, workspace_id, kind, subject, post_id, title, what, platform, account, count,
                 created_at, at, in_app, email, mail_waits)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11, $11, $12, $13, $14)
             ON CONFLICT (workspace_id, user_id, kind, subject) WHERE read_at IS NULL DO UPDATE
             SET count = notifications.count + 1, title = excluded.title, what = excluded.what, platform = excluded.platform,
                 account = excluded.account, at = excluded.at, in_app = excluded.in_app, email = excluded.email,
                 mail_waits = notifications.mail_waits OR excluded.mail_waits"
        ),
        binds![
            NotificationId::new(now),
            reader.user,
            workspace,
            notice.kind,
            &notice.subject,
            notice.post,
            notice.title,
            notice.what.map(str::to_owned),
            notice.platform.map(str::to_owned),
            notice.account.map(str::to_owned),
            now,
            reader.in_app,
            reader.email,
            mail_waits,
        ],
    )
    .await?;
    Ok(())
}

/// What somebody is still to be written to about one workspace, oldest first; from here on it is written about. What they have read
/// meanwhile is left out.
pub async fn take_waiting(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    user: UserId,
) -> Result<Vec<Notification>> {
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::TAKE_WAITING,
        DatabaseKind::Sqlite => dialect::sqlite::TAKE_WAITING,
    };
    let mut waiting = tx.all(text, binds![workspace, user], list::read).await?;
    waiting.retain(|one| one.read_at.is_none());
    // `RETURNING` promises no order.
    waiting.sort_by_key(|one| (one.at, one.id));
    Ok(waiting)
}
