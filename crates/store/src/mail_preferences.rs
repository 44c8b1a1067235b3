//! Which kinds of messages somebody wants no more of.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, binds, sql};

/// What somebody said about one kind of message, or said nothing yet.
#[derive(Debug, Clone)]
pub struct MailPreference {
    pub user: UserId,
    pub kind: String,
    /// In the links of its messages.
    pub token: String,
    /// Since when none are wanted.
    pub off_at: Option<Timestamp>,
}

/// What stands about this kind; `token` is used where nothing stands yet.
pub async fn get_or_make(
    tx: &mut SystemTx,
    user: UserId,
    kind: &str,
    token: &str,
) -> Result<MailPreference> {
    tx.execute(
        sql!(
            "INSERT INTO mail_preferences (user_id, kind, token) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, kind) DO NOTHING"
        ),
        binds![user, kind, token],
    )
    .await?;
    tx.one(
        sql!("SELECT user_id, kind, token, off_at FROM mail_preferences WHERE user_id = $1 AND kind = $2"),
        binds![user, kind],
        read,
    )
    .await
}

/// Which one a link is about.
pub async fn of_token(tx: &mut SystemTx, token: &str) -> Result<Option<MailPreference>> {
    tx.optional(
        sql!("SELECT user_id, kind, token, off_at FROM mail_preferences WHERE token = $1"),
        binds![token],
        read,
    )
    .await
}

/// Switches a kind off, or on again by `None`.
pub async fn set(tx: &mut SystemTx, token: &str, off_at: Option<Timestamp>) -> Result<()> {
    tx.execute(
        sql!("UPDATE mail_preferences SET off_at = $2 WHERE token = $1"),
        binds![token, off_at],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<MailPreference> {
    Ok(MailPreference {
        user: row.id("user_id")?,
        kind: row.text("kind")?,
        token: row.text("token")?,
        off_at: row.optional_instant("off_at")?,
    })
}
