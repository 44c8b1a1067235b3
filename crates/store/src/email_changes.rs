//! Addresses that people want, until the old and the new one have both agreed.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, binds, sql};

/// A change that waits to be agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailChange {
    pub user: UserId,
    pub new_email: String,
    pub old_agreed: bool,
    pub new_agreed: bool,
}

/// Begins a change, in the place of one that waited.
pub async fn begin(
    tx: &mut SystemTx,
    user: UserId,
    new_email: &str,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO email_changes (user_id, new_email, old_agreed, new_agreed, expires_at)
             VALUES ($1, $2, FALSE, FALSE, $3)
             ON CONFLICT (user_id) DO UPDATE
             SET new_email = excluded.new_email, old_agreed = FALSE, new_agreed = FALSE, expires_at = excluded.expires_at"
        ),
        binds![user, new_email, expires_at],
    )
    .await?;
    Ok(())
}

/// The change that waits, if one does.
pub async fn of_user(
    tx: &mut SystemTx,
    user: UserId,
    now: Timestamp,
) -> Result<Option<EmailChange>> {
    tx.optional(
        sql!(
            "SELECT user_id, new_email, old_agreed, new_agreed FROM email_changes WHERE user_id = $1 AND expires_at > $2"
        ),
        binds![user, now],
        read,
    )
    .await
}

/// Notes that one side, or both, have agreed; answers how it stands now.
pub async fn agree(
    tx: &mut SystemTx,
    user: UserId,
    old: bool,
    new: bool,
    now: Timestamp,
) -> Result<Option<EmailChange>> {
    tx.optional(
        sql!(
            "UPDATE email_changes SET old_agreed = old_agreed OR $2, new_agreed = new_agreed OR $3
             WHERE user_id = $1 AND expires_at > $4
             RETURNING user_id, new_email, old_agreed, new_agreed"
        ),
        binds![user, old, new, now],
        read,
    )
    .await
}

pub async fn delete(tx: &mut SystemTx, user: UserId) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM email_changes WHERE user_id = $1"),
        binds![user],
    )
    .await?;
    Ok(())
}

fn read(row: &Row) -> Result<EmailChange> {
    Ok(EmailChange {
        user: row.id("user_id")?,
        new_email: row.text("new_email")?,
        old_agreed: row.bool("old_agreed")?,
        new_agreed: row.bool("new_agreed")?,
    })
}
