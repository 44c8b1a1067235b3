//! Reads posts: one with its history, or a page of them.

use fanfare_domain::PostId;
use fanfare_domain::post::PostState;
use fanfare_store::audit::{self, AuditEvent};
use fanfare_store::posts::{self, PostFilter};

use super::detail::{PostDetail, load, load_all};
use crate::{App, AppError, Caller, Result};

/// A page of posts, newest first.
#[derive(Debug, Clone)]
pub struct PostPage {
    pub posts: Vec<PostDetail>,
    /// Where the next page begins; absent on the last.
    pub next: Option<PostId>,
    /// How many posts of the workspace are in each state, whatever the filter.
    pub counts: Vec<(PostState, i64)>,
}

/// One post, and everything that happened to it, oldest first.
pub async fn read_post(
    app: &App,
    caller: &Caller,
    id: PostId,
) -> Result<(PostDetail, Vec<AuditEvent>)> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let detail = load(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let timeline = audit::of_post(&mut tx, id).await?;
    Ok((detail, timeline))
}

/// A page of at most `limit` posts.
pub async fn list_posts(
    app: &App,
    caller: &Caller,
    filter: &PostFilter,
    limit: u32,
) -> Result<PostPage> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let mut found = posts::list(&mut tx, filter, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().map(|post| post.id).filter(|_| more);
    let posts = load_all(&mut tx, found).await?;
    let counts = posts::counts(&mut tx).await?;
    Ok(PostPage {
        posts,
        next,
        counts,
    })
}
