//! What disconnecting an account would bring with it, told before it is done.

use fanfare_domain::{ChannelId, ConnectionId, ConnectionStatus, PostId};
use fanfare_store::{channels, connections, deliveries, posts};
use jiff::Timestamp;

use super::read::missing;
use crate::{App, Caller, Result};

/// So many posts are named; the others are counted.
const NAMED: usize = 20;
/// So many letters tell which post it is.
const EXCERPT: usize = 120;

/// The consequences.
#[derive(Debug, Clone, Default)]
pub struct Farewell {
    pub channels: Vec<String>,
    /// Deliveries that have not begun.
    pub scheduled_deliveries: usize,
    /// Posts that have some of them.
    pub scheduled_posts: usize,
    /// The first of those posts, the one that is due next first.
    pub posts: Vec<FarewellPost>,
}

/// A post that would not go out as planned.
#[derive(Debug, Clone)]
pub struct FarewellPost {
    pub id: PostId,
    /// The beginning of its text.
    pub text: String,
    pub due_at: Option<Timestamp>,
    pub channels: Vec<String>,
    /// It goes to other channels too.
    pub elsewhere: bool,
}

/// What would become of posts and channels if the connection were given back now.
///
/// # Errors
/// `not_found`.
pub async fn farewell(app: &App, caller: &Caller, id: ConnectionId) -> Result<Farewell> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(|error| missing(error, "connection"))?;
    if connection.status == ConnectionStatus::Disconnected {
        return Ok(Farewell::default());
    }
    let own = channels::of_connection(&mut tx, id).await?;
    let ids: Vec<ChannelId> = own.iter().map(|channel| channel.id).collect();
    let mut waiting = deliveries::waiting_on(&mut tx, &ids).await?;
    waiting.sort_by_key(|delivery| (delivery.due_at, delivery.id));
    let mut affected: Vec<PostId> = Vec::new();
    for delivery in &waiting {
        if !affected.contains(&delivery.post_id) {
            affected.push(delivery.post_id);
        }
    }
    let name_of = |id: ChannelId| {
        let channel = own.iter().find(|channel| channel.id == id);
        channel.map(|channel| channel.name.clone())
    };
    let mut named = Vec::new();
    for post in affected.iter().take(NAMED) {
        let whole = posts::get(&mut tx, *post).await?;
        let all = deliveries::of_posts(&mut tx, &[*post]).await?;
        let here = waiting.iter().filter(|delivery| delivery.post_id == *post);
        named.push(FarewellPost {
            id: *post,
            text: whole.text.chars().take(EXCERPT).collect(),
            due_at: here.clone().filter_map(|delivery| delivery.due_at).min(),
            channels: here
                .filter_map(|delivery| name_of(delivery.channel_id))
                .collect(),
            elsewhere: all
                .iter()
                .any(|delivery| !ids.contains(&delivery.channel_id)),
        });
    }
    Ok(Farewell {
        channels: own.iter().map(|channel| channel.name.clone()).collect(),
        scheduled_deliveries: waiting.len(),
        scheduled_posts: affected.len(),
        posts: named,
    })
}
