//! What goes out on a channel when: asked before another post is put beside it.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ChannelId, DeliveryId, PostId, SeriesId};
use jiff::Timestamp;

use crate::{Result, Row, WorkspaceTx, binds, comma_list, sql, sql_in};

/// What does not count around words.
const SPACE: &str = " \t\r\n";

/// One post on a channel: out, or going out.
#[derive(Debug, Clone)]
pub struct Entry {
    pub delivery_id: DeliveryId,
    pub channel_id: ChannelId,
    pub post_id: PostId,
    /// The series that it is one of.
    pub series_id: Option<SeriesId>,
    pub state: DeliveryState,
    pub due_at: Timestamp,
    /// As this channel gets it.
    pub text: String,
}

/// When something is still to go out on the channel, from `from` on. What belongs to `except` does not count.
pub async fn taken(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    from: Timestamp,
    except: Option<PostId>,
) -> Result<Vec<Timestamp>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT due_at FROM deliveries
             WHERE workspace_id = $1 AND channel_id = $2 AND due_at >= $3 AND post_id <> $4
                 AND state IN ('scheduled', 'publishing', 'waiting_approval')
             ORDER BY due_at LIMIT 20000"
        ),
        binds![workspace, channel, from, except_id(except)],
        |row| row.instant("due_at"),
    )
    .await
}

/// Whether something is out or goes out on the channel between two moments, the first included. What belongs to `except` does not count.
pub async fn is_taken(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    from: Timestamp,
    before: Timestamp,
    except: Option<PostId>,
) -> Result<bool> {
    let workspace = tx.workspace();
    let found = tx
        .optional(
            sql!(
                "SELECT due_at FROM deliveries
                 WHERE workspace_id = $1 AND channel_id = $2 AND due_at >= $3 AND due_at < $4 AND post_id <> $5
                     AND state IN ('scheduled', 'publishing', 'published', 'waiting_approval')
                 LIMIT 1"
            ),
            binds![workspace, channel, from, before, except_id(except)],
            |row| row.instant("due_at"),
        )
        .await?;
    Ok(found.is_some())
}

/// When what was due on the channel between two moments, the first included, went out or is to go out, in order. What belongs to
/// `except` does not count.
pub async fn times(
    tx: &mut WorkspaceTx,
    channel: ChannelId,
    due_from: Timestamp,
    due_before: Timestamp,
    except: Option<PostId>,
) -> Result<Vec<Timestamp>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT COALESCE(published_at, due_at) AS at FROM deliveries
             WHERE workspace_id = $1 AND channel_id = $2 AND due_at >= $3 AND due_at < $4 AND post_id <> $5
                 AND state IN ('scheduled', 'publishing', 'published', 'waiting_approval')
             ORDER BY at LIMIT 20000"
        ),
        binds![workspace, channel, due_from, due_before, except_id(except)],
        |row| row.instant("at"),
    )
    .await
}

/// Words that may stand on a channel already.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub channel: ChannelId,
    /// As the channel gets them, without space around.
    pub text: &'a str,
    /// The post they are from.
    pub except: Option<PostId>,
    /// The series whose posts may say the same.
    pub except_series: Option<SeriesId>,
}

/// The first time at which the same words are out or go out on the channel, after `after` and before `before`.
pub async fn says_the_same(
    tx: &mut WorkspaceTx,
    words: Words<'_>,
    after: Timestamp,
    before: Timestamp,
) -> Result<Option<Timestamp>> {
    let workspace = tx.workspace();
    tx.optional(
        sql!(
            "SELECT d.due_at
             FROM deliveries d
             JOIN posts p ON p.id = d.post_id AND p.workspace_id = d.workspace_id
             LEFT JOIN series_posts s ON s.post_id = d.post_id AND s.workspace_id = d.workspace_id
             WHERE d.workspace_id = $1 AND d.channel_id = $2 AND d.due_at > $3 AND d.due_at < $4 AND d.post_id <> $5
                 AND d.state IN ('scheduled', 'publishing', 'published', 'waiting_approval')
                 AND COALESCE(s.series_id, '') <> $6
                 AND trim(COALESCE(d.variant_text, p.text), $7) = $8
             ORDER BY d.due_at LIMIT 1"
        ),
        binds![
            workspace,
            words.channel,
            after,
            before,
            except_id(words.except),
            words.except_series.map_or("none".to_owned(), |id| id.to_string()),
            SPACE,
            words.text
        ],
        |row| row.instant("due_at"),
    )
    .await
}

/// What is still to go out on some channels until then, in order.
pub async fn coming(
    tx: &mut WorkspaceTx,
    channels: &[ChannelId],
    until: Timestamp,
) -> Result<Vec<Entry>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT d.id, d.channel_id, d.post_id, s.series_id, d.state, d.due_at, COALESCE(d.variant_text, p.text) AS text
         FROM deliveries d
         JOIN posts p ON p.id = d.post_id AND p.workspace_id = d.workspace_id
         LEFT JOIN series_posts s ON s.post_id = d.post_id AND s.workspace_id = d.workspace_id
         WHERE d.workspace_id = $1 AND d.due_at IS NOT NULL AND d.due_at <= $3
             AND d.state IN ('scheduled', 'publishing', 'waiting_approval') AND d.channel_id ",
        "$2",
        " ORDER BY d.due_at, d.id LIMIT 2000"
    );
    tx.all(text, binds![workspace, comma_list(channels), until], read)
        .await
}

/// No id is empty.
fn except_id(except: Option<PostId>) -> String {
    except.map(|id| id.to_string()).unwrap_or_default()
}

fn read(row: &Row) -> Result<Entry> {
    Ok(Entry {
        delivery_id: row.id("id")?,
        channel_id: row.id("channel_id")?,
        post_id: row.id("post_id")?,
        series_id: row.optional_id("series_id")?,
        state: row.named("state", DeliveryState::parse)?,
        due_at: row.instant("due_at")?,
        text: row.text("text")?,
    })
}
