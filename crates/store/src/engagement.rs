//! What people did with what was published: comments, reactions, mentions, shares.

use fanfare_domain::best_times::Figure;
use fanfare_domain::webhook::{EngagementKind, RemoteChange};
use fanfare_domain::{ChannelId, DeliveryId, EngagementId, WebhookEventId};
use jiff::Timestamp;

use crate::{Result, WorkspaceTx, binds, comma_list, sql, sql_in};

/// One thing that somebody did, as the last event about it tells.
#[derive(Debug, Clone)]
pub struct Engagement {
    pub id: EngagementId,
    pub channel: ChannelId,
    pub delivery: Option<DeliveryId>,
    pub kind: EngagementKind,
    pub remote_id: String,
    pub post_remote_id: Option<String>,
    pub parent_remote_id: Option<String>,
    pub actor_id: Option<String>,
    pub actor_name: Option<String>,
    pub text: Option<String>,
    pub change: RemoteChange,
    pub at: Timestamp,
    pub event: WebhookEventId,
}

/// Keeps what an event says, unless something later is known already. Answers whether anything changed.
///
/// Later is what happened later, and of one instant what was received later. So the same event changes nothing a second time, and events
/// that come in the wrong order end where they would have in the right one.
pub async fn keep(tx: &mut WorkspaceTx, new: &Engagement, now: Timestamp) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "INSERT INTO engagement (id, workspace_id, channel_id, delivery_id, kind, remote_id, post_remote_id, parent_remote_id,
                     actor_id, actor_name, text, change, at, event_id, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                 ON CONFLICT (channel_id, kind, remote_id) DO UPDATE
                 SET delivery_id = COALESCE(excluded.delivery_id, engagement.delivery_id),
                     post_remote_id = COALESCE(excluded.post_remote_id, engagement.post_remote_id),
                     parent_remote_id = COALESCE(excluded.parent_remote_id, engagement.parent_remote_id),
                     actor_id = COALESCE(excluded.actor_id, engagement.actor_id),
                     actor_name = COALESCE(excluded.actor_name, engagement.actor_name),
                     text = CASE WHEN excluded.change = 'removed' THEN NULL ELSE COALESCE(excluded.text, engagement.text) END,
                     change = excluded.change, at = excluded.at, event_id = excluded.event_id
                 WHERE (engagement.at, engagement.event_id) < (excluded.at, excluded.event_id)"
            ),
            binds![
                new.id,
                workspace,
                new.channel,
                new.delivery,
                new.kind,
                &new.remote_id,
                new.post_remote_id.clone(),
                new.parent_remote_id.clone(),
                new.actor_id.clone(),
                new.actor_name.clone(),
                new.text.clone(),
                new.change,
                new.at,
                new.event,
                now,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives a delivery what was done with its post before its id was known.
pub async fn adopt(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    delivery: DeliveryId,
    post: &str,
) -> Result<u64> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE engagement SET delivery_id = $3
             WHERE workspace_id = $1 AND channel_id = $2 AND post_remote_id = $4 AND delivery_id IS NULL"
        ),
        binds![workspace, channel, delivery, post],
    )
    .await
}

/// How much of each kind a delivery has that was not taken back.
pub async fn counts(
    tx: &mut WorkspaceTx,
    delivery: DeliveryId,
) -> Result<Vec<(EngagementKind, i64)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT kind, COUNT(*) AS found FROM engagement
             WHERE workspace_id = $1 AND delivery_id = $2 AND change <> 'removed' GROUP BY kind"
        ),
        binds![workspace, delivery],
        |row| Ok((row.named("kind", EngagementKind::parse)?, row.int("found")?)),
    )
    .await
}

/// What went out on some channels between two moments, the latest first, and how often others commented, reacted or shared. Of one post
/// at most a thousand are counted, so that counting ends.
pub async fn of_published(
    tx: &mut WorkspaceTx,
    channels: &[ChannelId],
    from: Timestamp,
    before: Timestamp,
    limit: u32,
) -> Result<Vec<Figure>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT d.post_id, d.channel_id, d.published_at,
             (SELECT COUNT(*) FROM (
                 SELECT 1 FROM engagement e
                 WHERE e.workspace_id = $1 AND e.delivery_id = d.id AND e.kind IN ('comment', 'reaction', 'share')
                     AND e.change <> 'removed' AND COALESCE(e.actor_id, '') <> c.remote_id
                 LIMIT 1000) counted) AS found
         FROM deliveries d JOIN channels c ON c.id = d.channel_id AND c.workspace_id = d.workspace_id
         WHERE d.workspace_id = $1 AND d.published_at >= $3 AND d.published_at < $4 AND d.channel_id ",
        "$2",
        " ORDER BY d.published_at DESC LIMIT $5"
    );
    tx.all(
        text,
        binds![workspace, comma_list(channels), from, before, limit],
        |row| {
            Ok(Figure {
                post: row.id("post_id")?,
                channel: row.id("channel_id")?,
                at: row.instant("published_at")?,
                engagement: row.int("found")?,
            })
        },
    )
    .await
}

/// Something that somebody did, as people look at it.
#[derive(Debug, Clone)]
pub struct Said {
    pub id: EngagementId,
    pub kind: EngagementKind,
    pub remote_id: String,
    pub parent_remote_id: Option<String>,
    pub actor_name: Option<String>,
    pub text: Option<String>,
    pub is_edited: bool,
    pub at: Timestamp,
}

/// What people did with a delivery and did not take back, the latest first, from before `before`. All kinds when `kind` is empty.
pub async fn latest(
    tx: &mut WorkspaceTx,
    delivery: DeliveryId,
    kind: Option<EngagementKind>,
    before: Option<EngagementId>,
    limit: u32,
) -> Result<Vec<Said>> {
    let workspace = tx.workspace();
    let kind = kind.map_or("", EngagementKind::as_str);
    let before = before.map_or_else(String::new, |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, kind, remote_id, parent_remote_id, actor_name, text, change, at FROM engagement
             WHERE workspace_id = $1 AND delivery_id = $2 AND change <> 'removed' AND ($3 = '' OR kind = $3)
                 AND ($4 = '' OR (at, id) < ((SELECT e.at FROM engagement e WHERE e.workspace_id = $1 AND e.id = $4), $4))
             ORDER BY at DESC, id DESC LIMIT $5"
        ),
        binds![workspace, delivery, kind, before, limit],
        |row| {
            let change = row.named("change", RemoteChange::parse)?;
            Ok(Said {
                id: row.id("id")?,
                kind: row.named("kind", EngagementKind::parse)?,
                remote_id: row.text("remote_id")?,
                parent_remote_id: row.optional_text("parent_remote_id")?,
                actor_name: row.optional_text("actor_name")?,
                text: row.optional_text("text")?,
                is_edited: change == RemoteChange::Edited,
                at: row.instant("at")?,
            })
        },
    )
    .await
}
