//! Messages by e-mail: what is to be sent, and what became of it. Bodies are sealed before they come here, and go once they have left.

use fanfare_domain::mail::MailStatus;
use fanfare_domain::{MailMessageId, UserId};
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, Tx, binds, sql};

/// One message, without its bodies.
#[derive(Debug, Clone)]
pub struct MailMessage {
    pub id: MailMessageId,
    pub user: Option<UserId>,
    pub to: String,
    /// The template it was made from.
    pub kind: String,
    pub subject: String,
    pub status: MailStatus,
    pub attempts: i64,
    /// What was said when it was not taken.
    pub error: Option<String>,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// When it arrived, where the other side tells.
    pub delivered_at: Option<Timestamp>,
}

/// How many messages there are of one status.
pub type Count = (MailStatus, i64);

pub async fn insert(tx: &mut Tx, message: &MailMessage, sealed_body: Vec<u8>) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO mail_messages (id, user_id, to_address, kind, subject, sealed_body, status, attempts, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)"
        ),
        binds![
            message.id,
            message.user,
            &message.to,
            &message.kind,
            &message.subject,
            sealed_body,
            message.status,
            message.created_at,
        ],
    )
    .await?;
    Ok(())
}

/// A message with its sealed bodies, if they are still there.
pub async fn get(
    tx: &mut SystemTx,
    id: MailMessageId,
) -> Result<Option<(MailMessage, Option<Vec<u8>>)>> {
    tx.optional(
        sql!(
            "SELECT id, user_id, to_address, kind, subject, status, attempts, error, created_at, sent_at, delivered_at, sealed_body
             FROM mail_messages WHERE id = $1"
        ),
        binds![id],
        |row| Ok((read(row)?, row.optional_bytes("sealed_body")?)),
    )
    .await
}

/// Writes what became of an attempt. The bodies go when there is nothing left to send and `keep_body` does not say otherwise.
pub async fn settle(
    tx: &mut SystemTx,
    id: MailMessageId,
    status: MailStatus,
    error: Option<&str>,
    now: Timestamp,
    keep_body: bool,
) -> Result<()> {
    let sent_at = (status == MailStatus::Sent).then_some(now);
    tx.execute(
        sql!(
            "UPDATE mail_messages
             SET status = $2, error = $3, sent_at = $4, attempts = attempts + 1,
                 sealed_body = CASE WHEN $5 THEN sealed_body ELSE NULL END
             WHERE id = $1"
        ),
        binds![id, status, error, sent_at, keep_body],
    )
    .await?;
    Ok(())
}

/// Notes that a message arrived. What the other side said before that it did not take stays so.
pub async fn note_delivered(tx: &mut SystemTx, id: MailMessageId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE mail_messages SET delivered_at = $2 WHERE id = $1 AND status = 'sent' AND delivered_at IS NULL"
        ),
        binds![id, now],
    )
    .await?;
    Ok(())
}

/// Notes what the other side said later of a message that it had taken; absent leaves the status alone.
pub async fn note_report(
    tx: &mut SystemTx,
    id: MailMessageId,
    status: Option<MailStatus>,
    words: &str,
) -> Result<()> {
    tx.execute(
        sql!("UPDATE mail_messages SET status = COALESCE($2, status), error = $3 WHERE id = $1 AND status <> 'queued'"),
        binds![id, status.map(|status| status.as_str().to_owned()), words],
    )
    .await?;
    Ok(())
}

/// Puts a message that did not leave back among those to be sent; answers whether there was one that still has its bodies.
pub async fn queue_again(tx: &mut SystemTx, id: MailMessageId) -> Result<bool> {
    let changed = tx
        .execute(
            sql!(
                "UPDATE mail_messages SET status = 'queued', error = NULL
                 WHERE id = $1 AND status IN ('failed', 'bounced', 'suppressed') AND sealed_body IS NOT NULL"
            ),
            binds![id],
        )
        .await?;
    Ok(changed == 1)
}

/// The newest before `before` (or of all), newest first; of one status when named.
pub async fn list(
    tx: &mut SystemTx,
    status: Option<MailStatus>,
    before: Option<MailMessageId>,
    limit: u32,
) -> Result<Vec<MailMessage>> {
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, user_id, to_address, kind, subject, status, attempts, error, created_at, sent_at, delivered_at
             FROM mail_messages WHERE id < $1 AND ($2 = '' OR status = $2) ORDER BY id DESC LIMIT $3"
        ),
        binds![before, status.map_or("", MailStatus::as_str), limit],
        read,
    )
    .await
}

pub async fn counts(tx: &mut SystemTx) -> Result<Vec<Count>> {
    tx.all(
        sql!("SELECT status, count(*) AS messages FROM mail_messages GROUP BY status"),
        binds![],
        |row| {
            Ok((
                row.named("status", MailStatus::parse)?,
                row.int("messages")?,
            ))
        },
    )
    .await
}

/// Forgets messages made before `before`; answers how many.
pub async fn delete_older(tx: &mut SystemTx, before: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM mail_messages WHERE created_at < $1 AND status <> 'queued'"),
        binds![before],
    )
    .await
}

/// Forgets what was sent to an address, and what was to be.
pub async fn delete_to(tx: &mut SystemTx, address: &str) -> Result<u64> {
    tx.execute(
        sql!("DELETE FROM mail_messages WHERE to_address = $1"),
        binds![address],
    )
    .await
}

/// Takes away the bodies of what did not leave before `before`: the links in them have ended.
pub async fn forget_bodies(tx: &mut SystemTx, before: Timestamp) -> Result<u64> {
    tx.execute(
        sql!(
            "UPDATE mail_messages SET sealed_body = NULL
             WHERE sealed_body IS NOT NULL AND created_at < $1 AND status <> 'queued'"
        ),
        binds![before],
    )
    .await
}

fn read(row: &Row) -> Result<MailMessage> {
    Ok(MailMessage {
        id: row.id("id")?,
        user: row.optional_id("user_id")?,
        to: row.text("to_address")?,
        kind: row.text("kind")?,
        subject: row.text("subject")?,
        status: row.named("status", MailStatus::parse)?,
        attempts: row.int("attempts")?,
        error: row.optional_text("error")?,
        created_at: row.instant("created_at")?,
        sent_at: row.optional_instant("sent_at")?,
        delivered_at: row.optional_instant("delivered_at")?,
    })
}
