//! Every post, and how each of its deliveries went.

use std::collections::HashMap;
use std::path::Path;

use fanfare_domain::WorkspaceId;
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::posts::{self, Order, Post, PostFilter, PostMedia};
use serde_json::{Value as Json, json};

use super::PAGE;
use super::list_file::ListFile;
use crate::App;

pub(super) async fn write(app: &App, workspace: WorkspaceId, folder: &Path) -> anyhow::Result<()> {
    let mut file = ListFile::create(folder, "posts.json").await?;
    let mut after = None;
    loop {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let page = posts::list(&mut tx, &PostFilter::default(), Order::Newest, after, PAGE).await?;
        let ids: Vec<_> = page.iter().map(|(post, _)| post.id).collect();
        let Some((_, last)) = page.last() else {
            return Ok(file.finish().await?);
        };
        after = Some(*last);
        let mut sent: HashMap<_, Vec<Delivery>> = HashMap::new();
        for delivery in deliveries::of_posts(&mut tx, &ids).await? {
            sent.entry(delivery.post_id).or_default().push(delivery);
        }
        let mut shown: HashMap<_, Vec<PostMedia>> = HashMap::new();
        for (post, media) in posts::media_of(&mut tx, &ids).await? {
            shown.entry(post).or_default().push(media);
        }
        drop(tx);
        for (post, _) in &page {
            let media = shown.remove(&post.id).unwrap_or_default();
            let deliveries = sent.remove(&post.id).unwrap_or_default();
            file.add(&post_item(post, &media, &deliveries)).await?;
        }
    }
}

fn post_item(post: &Post, media: &[PostMedia], deliveries: &[Delivery]) -> Json {
    json!({
        "id": post.id,
        "author_id": post.author_id,
        "author_name": post.author_name,
        "state": post.state,
        "text": post.text,
        "schedule": {
            "kind": post.schedule.kind,
            "at": post.schedule.at,
            "time_zone": post.schedule.time_zone,
        },
        "paused_at": post.paused_at,
        "created_at": post.created_at,
        "updated_at": post.updated_at,
        "media": media
            .iter()
            .map(|one| json!({ "media_id": one.media_id, "alt": one.alt }))
            .collect::<Vec<Json>>(),
        "deliveries": deliveries.iter().map(delivery_item).collect::<Vec<Json>>(),
    })
}

fn delivery_item(delivery: &Delivery) -> Json {
    // A receipt is kept as text; one that is no JSON is told as text.
    let receipt = delivery.receipt.as_ref().map(|text| {
        serde_json::from_str::<Json>(text).unwrap_or_else(|_| Json::String(text.clone()))
    });
    json!({
        "id": delivery.id,
        "channel_id": delivery.channel_id,
        "platform": delivery.platform,
        "state": delivery.state,
        "text": delivery.variant_text,
        "options": delivery.options,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "remote_id": delivery.remote_id,
        "permalink": delivery.permalink,
        "published_at": delivery.published_at,
        "receipt": receipt,
        "error": delivery.error.as_ref().map(|error| json!({
            "code": error.code,
            "detail": error.detail,
        })),
    })
}
