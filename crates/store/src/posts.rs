//! Posts and the media they carry.

use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{ChannelId, MediaId, PostId, UserId};
use jiff::Timestamp;

use crate::{Result, Row, WorkspaceTx, binds, comma_list, sql, sql_in};

/// What is composed once.
#[derive(Debug, Clone)]
pub struct Post {
    pub id: PostId,
    pub author_id: Option<UserId>,
    /// The author's name now; empty when the account is gone.
    pub author_name: String,
    pub state: PostState,
    pub text: String,
    pub schedule: Schedule,
    /// Counts edits.
    pub revision: i64,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// One picture or video of a post, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostMedia {
    pub media_id: MediaId,
    /// For this post; the file's own alternative text where empty.
    pub alt: String,
}

/// Which posts a list shows. Empty filters show all.
#[derive(Debug, Clone, Default)]
pub struct PostFilter {
    pub states: Vec<PostState>,
    pub channel: Option<ChannelId>,
    /// Somewhere in the text, whatever the case.
    pub search: String,
    /// Only posts older than this one.
    pub before: Option<PostId>,
}

pub async fn insert(tx: &mut WorkspaceTx, post: &Post) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO posts (id, workspace_id, author_id, state, text, schedule_kind, due_at, time_zone, revision, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        ),
        binds![
            post.id,
            workspace,
            post.author_id,
            post.state,
            &post.text,
            post.schedule.kind,
            post.schedule.at,
            &post.schedule.time_zone,
            post.revision,
            post.created_at,
            post.updated_at,
        ],
    )
    .await?;
    Ok(())
}

pub async fn get(tx: &mut WorkspaceTx, id: PostId) -> Result<Post> {
    let workspace = tx.workspace();
    tx.one(
        sql!(
            "SELECT p.id, p.author_id, COALESCE(u.name, '') AS author_name, p.state, p.text, p.schedule_kind, p.due_at,
                 p.time_zone, p.revision, p.created_at, p.updated_at
             FROM posts p LEFT JOIN users u ON u.id = p.author_id
             WHERE p.workspace_id = $1 AND p.id = $2"
        ),
        binds![workspace, id],
        read,
    )
    .await
}

/// Makes all others who change this post or its deliveries wait until this transaction ends. Taken first, always, so that the sum of the
/// deliveries' states is never computed from half the truth and nobody waits in a circle.
pub async fn lock(tx: &mut WorkspaceTx, id: PostId) -> Result<()> {
    let workspace = tx.workspace();
    let rows = tx
        .execute(
            sql!("UPDATE posts SET revision = revision WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
        )
        .await?;
    if rows == 1 {
        Ok(())
    } else {
        Err(crate::StoreError::NotFound)
    }
}

/// Saves text, schedule and revision.
pub async fn update(tx: &mut WorkspaceTx, post: &Post) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE posts SET text = $3, schedule_kind = $4, due_at = $5, time_zone = $6, revision = $7, updated_at = $8
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            post.id,
            &post.text,
            post.schedule.kind,
            post.schedule.at,
            &post.schedule.time_zone,
            post.revision,
            post.updated_at,
        ],
    )
    .await?;
    Ok(())
}

pub async fn set_state(
    tx: &mut WorkspaceTx,
    id: PostId,
    state: PostState,
    now: Timestamp,
) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE posts SET state = $3, updated_at = $4 WHERE workspace_id = $1 AND id = $2 AND state <> $3"
        ),
        binds![workspace, id, state, now],
    )
    .await?;
    Ok(())
}

/// Deletes the post with its deliveries.
pub async fn delete(tx: &mut WorkspaceTx, id: PostId) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM posts WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id],
    )
    .await?;
    Ok(())
}

/// Newest first, at most `limit`.
pub async fn list(tx: &mut WorkspaceTx, filter: &PostFilter, limit: u32) -> Result<Vec<Post>> {
    let workspace = tx.workspace();
    let states = comma_list(&filter.states);
    let channel = filter.channel.map(|id| id.to_string()).unwrap_or_default();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = filter
        .before
        .map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT p.id, p.author_id, COALESCE(u.name, '') AS author_name, p.state, p.text, p.schedule_kind, p.due_at,
                 p.time_zone, p.revision, p.created_at, p.updated_at
             FROM posts p LEFT JOIN users u ON u.id = p.author_id
             WHERE p.workspace_id = $1 AND p.id < $2
                 AND ($3 = '' OR ',' || $3 || ',' LIKE '%,' || p.state || ',%')
                 AND ($4 = '' OR EXISTS (SELECT 1 FROM deliveries d WHERE d.post_id = p.id AND d.channel_id = $4))
                 AND ($5 = '' OR lower(p.text) LIKE $5 ESCAPE '!')
             ORDER BY p.id DESC LIMIT $6"
        ),
        binds![workspace, before, states, channel, like_pattern(&filter.search), limit],
        read,
    )
    .await
}

/// How many posts are in each state; states without posts are left out.
pub async fn counts(tx: &mut WorkspaceTx) -> Result<Vec<(PostState, i64)>> {
    let workspace = tx.workspace();
    tx.all(
        sql!("SELECT state, COUNT(*) AS posts FROM posts WHERE workspace_id = $1 GROUP BY state"),
        binds![workspace],
        |row| Ok((row.named("state", PostState::parse)?, row.int("posts")?)),
    )
    .await
}

/// Replaces the media of a post, in the given order.
pub async fn set_media(tx: &mut WorkspaceTx, post: PostId, media: &[PostMedia]) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("DELETE FROM post_media WHERE workspace_id = $1 AND post_id = $2"),
        binds![workspace, post],
    )
    .await?;
    for (position, item) in (0_i64..).zip(media) {
        tx.execute(
            sql!(
                "INSERT INTO post_media (workspace_id, post_id, media_id, position, alt) VALUES ($1, $2, $3, $4, $5)"
            ),
            binds![workspace, post, item.media_id, position, &item.alt],
        )
        .await?;
    }
    Ok(())
}

/// The media of several posts, each post's in order.
pub async fn media_of(tx: &mut WorkspaceTx, posts: &[PostId]) -> Result<Vec<(PostId, PostMedia)>> {
    let workspace = tx.workspace();
    let text = sql_in!(
        tx,
        "SELECT post_id, media_id, alt FROM post_media WHERE workspace_id = $1 AND post_id ",
        "$2",
        " ORDER BY post_id, position"
    );
    tx.all(text, binds![workspace, comma_list(posts)], |row| {
        let item = PostMedia {
            media_id: row.id("media_id")?,
            alt: row.text("alt")?,
        };
        Ok((row.id("post_id")?, item))
    })
    .await
}

fn read(row: &Row) -> Result<Post> {
    Ok(Post {
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
        revision: row.int("revision")?,
        created_at: row.instant("created_at")?,
        updated_at: row.instant("updated_at")?,
    })
}

/// `search` as a pattern for `LIKE … ESCAPE '!'`; empty stays empty.
pub(crate) fn like_pattern(search: &str) -> String {
    let search = search.trim();
    if search.is_empty() {
        return String::new();
    }
    let escaped: String = search
        .to_lowercase()
        .chars()
        .flat_map(|c| {
            if matches!(c, '%' | '_' | '!') {
                vec!['!', c]
            } else {
                vec![c]
            }
        })
        .collect();
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    use super::like_pattern;

    #[test]
    fn searching_for_wildcards_finds_them_literally() {
        assert_eq!(like_pattern(" 50% Off_ "), "%50!% off!_%");
        assert_eq!(like_pattern("  "), "");
    }
}
