//! Addresses that told to be left alone, until an administrator tries them again.

use fanfare_domain::mail::Refusal;
use jiff::Timestamp;

use crate::{Result, Row, SystemTx, binds, sql};

/// An address to which less or nothing is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    pub address: String,
    pub refusal: Refusal,
    /// In the words of whoever told it.
    pub reason: String,
    pub at: Timestamp,
}

/// Notes what an address told. One that takes no mail at all stays so, whatever is told of it besides.
pub async fn put(tx: &mut SystemTx, suppression: &Suppression) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO mail_suppressions (address, refusal, reason, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (address) DO UPDATE SET refusal = excluded.refusal, reason = excluded.reason, at = excluded.at
             WHERE mail_suppressions.refusal <> 'bounced' OR excluded.refusal = 'bounced'"
        ),
        binds![
            &suppression.address,
            suppression.refusal.as_str(),
            &suppression.reason,
            suppression.at,
        ],
    )
    .await?;
    Ok(())
}

/// Lets an address be written to again. False when nothing was held back.
pub async fn delete(tx: &mut SystemTx, address: &str) -> Result<bool> {
    let gone = tx
        .execute(
            sql!("DELETE FROM mail_suppressions WHERE address = $1"),
            binds![address],
        )
        .await?;
    Ok(gone == 1)
}

/// What an address told, if it did.
pub async fn find(tx: &mut SystemTx, address: &str) -> Result<Option<Suppression>> {
    tx.optional(
        sql!("SELECT address, refusal, reason, at FROM mail_suppressions WHERE address = $1"),
        binds![address],
        read,
    )
    .await
}

/// Addresses after `after`, by the alphabet.
pub async fn list(tx: &mut SystemTx, after: Option<&str>, limit: u32) -> Result<Vec<Suppression>> {
    tx.all(
        sql!(
            "SELECT address, refusal, reason, at FROM mail_suppressions WHERE address > $1 ORDER BY address LIMIT $2"
        ),
        binds![after.unwrap_or_default(), limit],
        read,
    )
    .await
}

fn read(row: &Row) -> Result<Suppression> {
    Ok(Suppression {
        address: row.text("address")?,
        refusal: row.named("refusal", Refusal::parse)?,
        reason: row.text("reason")?,
        at: row.instant("at")?,
    })
}
