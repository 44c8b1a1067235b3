//! The links by which people say, without signing in, that they want no more messages of a kind. What they said is in
//! [`crate::notification_preferences`].

use fanfare_domain::UserId;

use crate::{Result, SystemTx, binds, sql};

/// What is in the links of somebody's messages of this kind; `token` where there is nothing yet.
pub async fn token(tx: &mut SystemTx, user: UserId, kind: &str, token: &str) -> Result<String> {
    tx.execute(
        sql!(
            "INSERT INTO mail_preferences (user_id, kind, token) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, kind) DO NOTHING"
        ),
        binds![user, kind, token],
    )
    .await?;
    tx.one(
        sql!("SELECT token FROM mail_preferences WHERE user_id = $1 AND kind = $2"),
        binds![user, kind],
        |row| row.text("token"),
    )
    .await
}

/// Whose link it is, and about which kind of message.
pub async fn of_token(tx: &mut SystemTx, token: &str) -> Result<Option<(UserId, String)>> {
    tx.optional(
        sql!("SELECT user_id, kind FROM mail_preferences WHERE token = $1"),
        binds![token],
        |row| Ok((row.id("user_id")?, row.text("kind")?)),
    )
    .await
}
