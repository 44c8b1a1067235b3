//! What a calendar shows: every post of a range of time in a few statements, each with just enough to draw it.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{ChannelId, MediaId, PostId, UserId};
use jiff::Timestamp;

use crate::{Result, Row, WorkspaceTx, binds, comma_list, sql, sql_in};

/// Which posts are wanted. Empty filters let all through.
#[derive(Debug, Clone)]
pub struct CalendarFilter {
    pub from: Timestamp,
    /// Not included.
    pub to: Timestamp,
    pub states: Vec<PostState>,
    pub channels: Vec<ChannelId>,
    pub authors: Vec<UserId>,
}

/// A post without most of its text.
#[derive(Debug, Clone)]
pub struct CalendarPost {
    pub id: PostId,
    pub author_id: Option<UserId>,
    /// The author's name now; empty when the account is gone.
    pub author_name: String,
    pub state: PostState,
    /// The first 200 characters.
    pub text: String,
    pub schedule: Schedule,
    pub paused_at: Option<Timestamp>,
    pub revision: i64,
}

/// A delivery without its checkpoints.
#[derive(Debug, Clone)]
pub struct CalendarDelivery {
    pub post_id: PostId,
    pub channel_id: ChannelId,
    pub platform: String,
    pub state: DeliveryState,
    pub permalink: Option<String>,
    pub published_at: Option<Timestamp>,
    /// The first 200 characters of the channel's own text.
    pub variant_text: Option<String>,
}

/// One picture or video of a post.
#[derive(Debug, Clone)]
pub struct CalendarMedia {
    pub post_id: PostId,
    pub media_id: MediaId,
    pub has_thumbnail: bool,
}

/// Posts that are due in the range or went out in it somewhere, at most `limit`, earliest due first.
pub async fn posts(
    tx: &mut WorkspaceTx,
    filter: &CalendarFilter,
    limit: u32,
) -> Result<Vec<CalendarPost>> {
    let workspace = tx.workspace();
    tx.all(
        // The union keeps both halves on their indexes, which an OR over two tables would not.
        sql!(
            "SELECT p.id, p.author_id, COALESCE(u.name, '') AS author_name, p.state, substr(p.text, 1, 200) AS text,
                 p.schedule_kind, p.due_at, p.time_zone, p.paused_at, p.revision
             FROM posts p LEFT JOIN users u ON u.id = p.author_id
             WHERE p.workspace_id = $1 AND p.deleted_at IS NULL
                 AND p.id IN (
                     SELECT id FROM posts WHERE workspace_id = $1 AND due_at >= $2 AND due_at < $3
                     UNION
                     SELECT post_id FROM deliveries WHERE workspace_id = $1 AND published_at >= $2 AND published_at < $3)
                 AND ($4 = '' OR ',' || $4 || ',' LIKE '%,' || p.state || ',%')
                 AND ($5 = '' OR EXISTS (
                     SELECT 1 FROM deliveries d
                     WHERE d.workspace_id = $1 AND d.post_id = p.id AND ',' || $5 || ',' LIKE '%,' || d.channel_id || ',%'))
                 AND ($6 = '' OR ',' || $6 || ',' LIKE '%,' || p.author_id || ',%')
             ORDER BY p.due_at, p.id LIMIT $7"
        ),
        binds![
            workspace,
            filter.from,
            filter.to,
            comma_list(&filter.states),
            comma_list(&filter.channels),
            comma_list(&filter.authors),
            limit,
        ],
        read_post,
    )
    .await
}

/// The deliveries of several posts, each post's in order.
pub async fn deliveries(tx: &mut WorkspaceTx, posts: &[PostId]) -> Result<Vec<CalendarDelivery>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT post_id, channel_id, platform, state, permalink, published_at, substr(variant_text, 1, 200) AS variant_text
         FROM deliveries WHERE workspace_id = $1 AND post_id ",
        "$2",
        " ORDER BY post_id, position, id"
    );
    tx.all(text, binds![workspace, comma_list(posts)], |row| {
        Ok(CalendarDelivery {
            post_id: row.id("post_id")?,
            channel_id: row.id("channel_id")?,
            platform: row.text("platform")?,
            state: row.named("state", DeliveryState::parse)?,
            permalink: row.optional_text("permalink")?,
            published_at: row.optional_instant("published_at")?,
            variant_text: row.optional_text("variant_text")?,
        })
    })
    .await
}

/// The media of several posts, each post's in order. Files that were deleted meanwhile are left out.
pub async fn media(tx: &mut WorkspaceTx, posts: &[PostId]) -> Result<Vec<CalendarMedia>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT i.post_id, i.media_id, m.thumbnail_key IS NOT NULL AS has_thumbnail
         FROM post_media i JOIN media m ON m.id = i.media_id AND m.workspace_id = i.workspace_id
         WHERE i.workspace_id = $1 AND i.post_id ",
        "$2",
        " ORDER BY i.post_id, i.position"
    );
    tx.all(text, binds![workspace, comma_list(posts)], |row| {
        Ok(CalendarMedia {
            post_id: row.id("post_id")?,
            media_id: row.id("media_id")?,
            has_thumbnail: row.bool("has_thumbnail")?,
        })
    })
    .await
}

/// The people of the workspace, by name.
pub async fn authors(tx: &mut WorkspaceTx) -> Result<Vec<(UserId, String)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT u.id, u.name FROM members m JOIN users u ON u.id = m.user_id
             WHERE m.workspace_id = $1 ORDER BY lower(u.name), u.id LIMIT 1000"
        ),
        binds![workspace],
        |row| Ok((row.id("id")?, row.text("name")?)),
    )
    .await
}

fn read_post(row: &Row) -> Result<CalendarPost> {
    Ok(CalendarPost {
        id: row.id("id")?,
        author_id: row.optional_id("author_id")?,
        author_name: row.text("author_name")?,
        state: row.named("state", PostState::parse)?,
        text: row.text("text")?,
        schedule: Schedule {
            kind: row.named("schedule_kind", ScheduleKind::parse)?,
            at: row.optional_instant("due_at")?,
            time_zone: row.text("time_zone")?,
        },
        paused_at: row.optional_instant("paused_at")?,
        revision: row.int("revision")?,
    })
}
