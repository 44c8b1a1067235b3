//! A post with everything a person looks at: media, deliveries, channels.

use std::collections::BTreeMap;

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ChannelId, DeliveryId, MediaId, PostId};
use fanfare_store::channels::Channel;
use fanfare_store::deliveries::Delivery;
use fanfare_store::first_comments::FirstComment;
use fanfare_store::media::Media;
use fanfare_store::posts::{Post, PostMedia};
use fanfare_store::series::Place;
use fanfare_store::{
    Result, WorkspaceTx, channels, deliveries, first_comments, media, posts, series,
};

use super::check::ChannelFinding;

/// A post and what belongs to it.
#[derive(Debug, Clone)]
pub struct PostDetail {
    pub post: Post,
    pub media: Vec<PostMediaDetail>,
    pub deliveries: Vec<Delivery>,
    /// Those of deliveries that are out and asked for one.
    pub first_comments: BTreeMap<DeliveryId, FirstComment>,
    /// The channels of the deliveries, removed ones included.
    pub channels: BTreeMap<ChannelId, Channel>,
    /// Its place in a series, if it is one of one.
    pub place: Option<Place>,
    /// What is remarkable about what was just decided; empty when it is only read.
    pub warnings: Vec<ChannelFinding>,
}

/// A file of the post, with the alternative text that applies to this post.
#[derive(Debug, Clone)]
pub struct PostMediaDetail {
    pub media: Media,
    pub alt: String,
}

/// One post.
pub(crate) async fn load(tx: &mut WorkspaceTx, id: PostId) -> Result<PostDetail> {
    let post = posts::get(tx, id).await?;
    let mut details = load_all(tx, vec![post]).await?;
    Ok(details.remove(0))
}

/// Several posts, in the given order, in a fixed number of statements.
pub(super) async fn load_all(tx: &mut WorkspaceTx, posts: Vec<Post>) -> Result<Vec<PostDetail>> {
    let ids: Vec<PostId> = posts.iter().map(|post| post.id).collect();
    let items = posts::media_of(tx, &ids).await?;
    let files = files_of(tx, &items).await?;
    let all_deliveries = deliveries::of_posts(tx, &ids).await?;
    let channels = channels_of(tx, &all_deliveries).await?;
    let mut comments = comments_of(tx, &all_deliveries).await?;

    let mut details: BTreeMap<PostId, PostDetail> = posts
        .into_iter()
        .map(|post| {
            let empty = PostDetail {
                post,
                media: Vec::new(),
                deliveries: Vec::new(),
                first_comments: BTreeMap::new(),
                channels: BTreeMap::new(),
                place: None,
                warnings: Vec::new(),
            };
            (empty.post.id, empty)
        })
        .collect();
    for place in series::places(tx, &ids).await? {
        if let Some(detail) = details.get_mut(&place.post_id) {
            detail.place = Some(place);
        }
    }
    for (post, item) in items {
        if let (Some(detail), Some(file)) = (details.get_mut(&post), files.get(&item.media_id)) {
            let alt = if item.alt.is_empty() {
                file.alt.clone()
            } else {
                item.alt
            };
            detail.media.push(PostMediaDetail {
                media: file.clone(),
                alt,
            });
        }
    }
    for delivery in all_deliveries {
        let Some(detail) = details.get_mut(&delivery.post_id) else {
            continue;
        };
        if let Some(channel) = channels.get(&delivery.channel_id) {
            detail.channels.insert(channel.id, channel.clone());
        }
        if let Some(comment) = comments.remove(&delivery.id) {
            detail.first_comments.insert(delivery.id, comment);
        }
        detail.deliveries.push(delivery);
    }
    Ok(ids.iter().filter_map(|id| details.remove(id)).collect())
}

async fn files_of(
    tx: &mut WorkspaceTx,
    items: &[(PostId, PostMedia)],
) -> Result<BTreeMap<MediaId, Media>> {
    let mut ids: Vec<MediaId> = items.iter().map(|(_, item)| item.media_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(media::many(tx, &ids)
        .await?
        .into_iter()
        .map(|file| (file.id, file))
        .collect())
}

async fn comments_of(
    tx: &mut WorkspaceTx,
    all: &[Delivery],
) -> Result<BTreeMap<DeliveryId, FirstComment>> {
    let out = all
        .iter()
        .filter(|delivery| delivery.state == DeliveryState::Published);
    let ids: Vec<DeliveryId> = out.map(|delivery| delivery.id).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(first_comments::of_deliveries(tx, &ids)
        .await?
        .into_iter()
        .map(|comment| (comment.delivery_id, comment))
        .collect())
}

async fn channels_of(
    tx: &mut WorkspaceTx,
    all: &[Delivery],
) -> Result<BTreeMap<ChannelId, Channel>> {
    let mut ids: Vec<ChannelId> = all.iter().map(|delivery| delivery.channel_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(channels::many(tx, &ids)
        .await?
        .into_iter()
        .map(|channel| (channel.id, channel))
        .collect())
}
