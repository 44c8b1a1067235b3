//! Texts of public pages that an administrator put in place of Fanfare's own.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// A replaced text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    pub text: String,
    pub updated_at: Timestamp,
    /// Who wrote it; absent once their account is gone.
    pub updated_by: Option<String>,
}

/// The text that stands in for a page's own, if there is one.
pub async fn get(tx: &mut SystemTx, page: &str) -> Result<Option<Replacement>> {
    tx.optional(
        sql!(
            "SELECT p.text, p.updated_at, u.name AS updated_by_name FROM pages p LEFT JOIN users u ON u.id = p.updated_by
             WHERE p.id = $1"
        ),
        binds![page],
        |row| {
            Ok(Replacement {
                text: row.text("text")?,
                updated_at: row.instant("updated_at")?,
                updated_by: row.optional_text("updated_by_name")?,
            })
        },
    )
    .await
}

pub async fn put(
    tx: &mut SystemTx,
    page: &str,
    text: &str,
    updated_by: UserId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO pages (id, text, updated_at, updated_by) VALUES ($1, $2, $3, $4)
             ON CONFLICT (id) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at, updated_by = excluded.updated_by"
        ),
        binds![page, text, now, updated_by],
    )
    .await?;
    Ok(())
}

/// Takes the text away; answers whether there was one.
pub async fn remove(tx: &mut SystemTx, page: &str) -> Result<bool> {
    let removed = tx
        .execute(sql!("DELETE FROM pages WHERE id = $1"), binds![page])
        .await?;
    Ok(removed == 1)
}
