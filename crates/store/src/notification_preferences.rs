//! Of what people want to be told, and by which ways. What nobody said goes by the kind.

use fanfare_domain::{NotificationChannel, NotificationKind, UserId};
use jiff::Timestamp;

use crate::{Result, Tx, binds, sql};

/// What somebody said about one kind and one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    pub kind: NotificationKind,
    pub channel: NotificationChannel,
    pub wanted: bool,
}

/// All that somebody said.
pub async fn of_user(tx: &mut Tx, user: UserId) -> Result<Vec<Said>> {
    // Kinds of a newer version are none of ours.
    let rows = tx
        .all(
            sql!("SELECT kind, channel, wanted FROM notification_preferences WHERE user_id = $1 ORDER BY kind, channel LIMIT 200"),
            binds![user],
            |row| Ok((row.text("kind")?, row.text("channel")?, row.bool("wanted")?)),
        )
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(kind, channel, wanted)| {
            Some(Said {
                kind: NotificationKind::parse(&kind)?,
                channel: NotificationChannel::parse(&channel)?,
                wanted,
            })
        })
        .collect())
}

/// Whether somebody wants to be told of this kind this way.
pub async fn wants(
    tx: &mut Tx,
    user: UserId,
    kind: NotificationKind,
    channel: NotificationChannel,
) -> Result<bool> {
    let said = tx
        .optional(
            sql!("SELECT wanted FROM notification_preferences WHERE user_id = $1 AND kind = $2 AND channel = $3"),
            binds![user, kind, channel],
            |row| row.bool("wanted"),
        )
        .await?;
    Ok(said.unwrap_or_else(|| kind.by_default(channel)))
}

pub async fn set(tx: &mut Tx, user: UserId, said: Said, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "INSERT INTO notification_preferences (user_id, kind, channel, wanted, changed_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (user_id, kind, channel) DO UPDATE SET wanted = excluded.wanted, changed_at = excluded.changed_at"
        ),
        binds![user, said.kind, said.channel, said.wanted, now],
    )
    .await?;
    Ok(())
}
