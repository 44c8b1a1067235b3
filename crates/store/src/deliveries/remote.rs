//! What became of a post at the platform after it went out, as the platform tells it.

use std::iter;

use fanfare_domain::webhook::RemoteChange;
use fanfare_domain::{ChannelId, DeliveryId, WebhookEventId};
use jiff::Timestamp;

use super::{Delivery, read};
use crate::{Result, Row, WorkspaceTx, binds, sql};

/// What an event says of a post.
#[derive(Debug, Clone, Copy)]
pub struct RemoteState<'a> {
    pub change: RemoteChange,
    pub permalink: Option<&'a str>,
    pub at: Timestamp,
    pub event: WebhookEventId,
}

/// The delivery that the platform calls so, or else by one of the other ids, the first that is known.
pub async fn by_remote_id(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    remote_id: &str,
    other_ids: &[String],
) -> Result<Option<Delivery>> {
    let workspace = tx.workspace();
    for id in iter::once(remote_id).chain(other_ids.iter().map(String::as_str)) {
        let found = tx
            .optional(
                sql!(
                    "SELECT * FROM deliveries WHERE workspace_id = $1 AND channel_id = $2 AND remote_id = $3 ORDER BY id LIMIT 1"
                ),
                binds![workspace, channel, id],
                read,
            )
            .await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

pub(super) fn read_change(row: &Row) -> Result<Option<(RemoteChange, Timestamp)>> {
    let Some(at) = row.optional_instant("remote_changed_at")? else {
        return Ok(None);
    };
    Ok(Some((row.named("remote_change", RemoteChange::parse)?, at)))
}

/// Keeps what an event says, unless something later is known already. Answers whether anything changed.
pub async fn keep_remote_state(
    tx: &mut WorkspaceTx,
    id: DeliveryId,
    state: &RemoteState<'_>,
) -> Result<bool> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!(
                "UPDATE deliveries
                 SET remote_change = $3, remote_changed_at = $4, remote_event = $5, permalink = COALESCE(permalink, $6)
                 WHERE workspace_id = $1 AND id = $2
                     AND (remote_changed_at IS NULL OR (remote_changed_at, remote_event) < ($4, $5))"
            ),
            binds![
                workspace,
                id,
                state.change,
                state.at,
                state.event,
                state.permalink,
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// When a post last went out on each channel since `from`, and when one last did that is no younger than `aged`.
pub async fn last_published(
    tx: &mut WorkspaceTx,
    from: Timestamp,
    aged: Timestamp,
) -> Result<Vec<(ChannelId, Timestamp, Option<Timestamp>)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT channel_id, MAX(published_at) AS last, MAX(CASE WHEN published_at <= $3 THEN published_at END) AS aged
             FROM deliveries WHERE workspace_id = $1 AND published_at >= $2 GROUP BY channel_id LIMIT 5000"
        ),
        binds![workspace, from, aged],
        |row| {
            Ok((
                row.id("channel_id")?,
                row.instant("last")?,
                row.optional_instant("aged")?,
            ))
        },
    )
    .await
}
