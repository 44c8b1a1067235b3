//! Posts and the media they carry.

mod deleted;
mod list;

use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{MediaId, PostId, UserId};
use jiff::Timestamp;

use crate::{Result, Row, WorkspaceTx, binds, comma_list, sql, sql_in};

pub use deleted::{bring_back, delete, sweep};
pub use list::{Author, Order, Place, PostFilter, authors, counts, list};

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
    /// Since when nothing of it begins, because a person paused it.
    pub paused_at: Option<Timestamp>,
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

pub async fn insert(tx: &mut WorkspaceTx, post: &Post) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO posts (id, workspace_id, author_id, state, text, schedule_kind, due_at, time_zone, paused_at, revision, created_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
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
            post.paused_at,
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
                 p.time_zone, p.paused_at, p.revision, p.created_at, p.updated_at
             FROM posts p LEFT JOIN users u ON u.id = p.author_id
             WHERE p.workspace_id = $1 AND p.id = $2 AND p.deleted_at IS NULL"
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
            sql!(
                "UPDATE posts SET revision = revision WHERE workspace_id = $1 AND id = $2 AND deleted_at IS NULL"
            ),
            binds![workspace, id],
        )
        .await?;
    if rows == 1 {
        Ok(())
    } else {
        Err(crate::StoreError::NotFound)
    }
}

/// Saves text, schedule, revision, and whether it is paused.
pub async fn update(tx: &mut WorkspaceTx, post: &Post) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "UPDATE posts SET text = $3, schedule_kind = $4, due_at = $5, time_zone = $6, paused_at = $7, revision = $8, updated_at = $9
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![
            workspace,
            post.id,
            &post.text,
            post.schedule.kind,
            post.schedule.at,
            &post.schedule.time_zone,
            post.paused_at,
            post.revision,
            post.updated_at,
        ],
    )
    .await?;
    Ok(())
}

/// Saves the sum of the deliveries' states, and with it the moment that lists show: when it went out, or else when it is due. Answers
/// what the state was.
pub async fn set_state(
    tx: &mut WorkspaceTx,
    id: PostId,
    state: PostState,
    now: Timestamp,
) -> Result<PostState> {
    let workspace = tx.workspace();
    // The caller holds the lock, so nobody changes it in between.
    let was = tx
        .one(
            sql!("SELECT state FROM posts WHERE workspace_id = $1 AND id = $2"),
            binds![workspace, id],
            |row| row.named("state", PostState::parse),
        )
        .await?;
    tx.execute(
        sql!(
            "UPDATE posts SET state = $3, updated_at = CASE WHEN state = $3 THEN updated_at ELSE $4 END,
                 happens_at = COALESCE(
                     CASE WHEN $3 = 'published' THEN (SELECT MAX(d.published_at) FROM deliveries d
                         WHERE d.workspace_id = $1 AND d.post_id = posts.id) END,
                     due_at, 9223372036854775807)
             WHERE workspace_id = $1 AND id = $2"
        ),
        binds![workspace, id, state, now],
    )
    .await?;
    Ok(was)
}

/// Saves what the search reads: all texts of the post, whatever their channel.
pub async fn set_search_text(tx: &mut WorkspaceTx, id: PostId, texts: &[&str]) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!("UPDATE posts SET search_text = $3 WHERE workspace_id = $1 AND id = $2"),
        binds![workspace, id, texts.join("\n").to_lowercase()],
    )
    .await?;
    Ok(())
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
        paused_at: row.optional_instant("paused_at")?,
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
