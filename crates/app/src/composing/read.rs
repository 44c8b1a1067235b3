//! Reads posts: one with its history, or a page of them.

use fanfare_domain::PostId;
use fanfare_domain::post::PostState;
use fanfare_store::posts::{self, Author, Order, Place, PostFilter};

use super::detail::{PostDetail, load, load_all};
use super::history::{Happening, history};
use crate::{App, AppError, Caller, Result};

/// A page of posts.
#[derive(Debug, Clone)]
pub struct PostPage {
    pub posts: Vec<PostDetail>,
    /// Where the next page begins; absent on the last.
    pub next: Option<Place>,
    /// How many posts match in each state, whatever states were asked for; on the first page only.
    pub counts: Option<Vec<(PostState, i64)>>,
}

/// One post, and everything that happened to it, oldest first.
pub async fn read_post(
    app: &App,
    caller: &Caller,
    id: PostId,
) -> Result<(PostDetail, Vec<Happening>)> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let detail = load(&mut tx, id)
        .await
        .map_err(AppError::or_missing("post"))?;
    let happened = history(&mut tx, &detail).await?;
    Ok((detail, happened))
}

/// A page of at most `limit` posts, going on after `after`.
pub async fn list_posts(
    app: &App,
    caller: &Caller,
    filter: &PostFilter,
    order: Order,
    after: Option<Place>,
    limit: u32,
) -> Result<PostPage> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let mut found = posts::list(&mut tx, filter, order, after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next = found.last().map(|(_, place)| *place).filter(|_| more);
    let found = found.into_iter().map(|(post, _)| post).collect();
    let posts = load_all(&mut tx, found).await?;
    let counts = match after {
        None => Some(posts::counts(&mut tx, filter).await?),
        Some(_) => None,
    };
    Ok(PostPage {
        posts,
        next,
        counts,
    })
}

/// Everybody who composed a post of the workspace.
pub async fn list_authors(app: &App, caller: &Caller) -> Result<Vec<Author>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    Ok(posts::authors(&mut tx).await?)
}
