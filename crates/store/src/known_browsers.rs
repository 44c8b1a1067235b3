//! Browsers and devices by which somebody has signed in, as far as they can be told apart.

use fanfare_domain::UserId;
use jiff::Timestamp;

use crate::{Result, SystemTx, binds, sql};

/// Notes one; answers whether it is new among others. The first of all is not: there is nothing to tell it from.
pub async fn note(tx: &mut SystemTx, user: UserId, browser: &str, now: Timestamp) -> Result<bool> {
    let known = tx
        .one(
            sql!("SELECT COUNT(*) AS known FROM known_browsers WHERE user_id = $1"),
            binds![user],
            |row| row.int("known"),
        )
        .await?;
    let added = tx
        .execute(
            sql!(
                "INSERT INTO known_browsers (user_id, browser, first_seen_at) VALUES ($1, $2, $3)
                 ON CONFLICT (user_id, browser) DO NOTHING"
            ),
            binds![user, browser, now],
        )
        .await?;
    Ok(added == 1 && known > 0)
}
