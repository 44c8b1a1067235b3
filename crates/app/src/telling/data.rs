//! What a message says: a full picture, so that nobody has to ask again, and never larger than twenty thousand bytes.

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::webhook::{MessageStep, RemoteChange};
use fanfare_domain::{ChannelId, ConnectionId, PostId};
use fanfare_store::deliveries::Delivery;
use fanfare_store::engagement::Engagement;
use fanfare_store::inbound_messages::InboundMessage;
use fanfare_store::posts::Post;
use fanfare_store::{Result, WorkspaceTx, channels, connections, deliveries, posts};
use serde_json::{Value as Json, json};

use crate::news::{ChangedThere, ConnectionNews, News};

/// Characters of a text; the whole is at the API.
const LONGEST_TEXT: usize = 2_500;
const LONGEST_WORDS: usize = 150;
/// Deliveries of a post that are told with it.
const MOST_DELIVERIES: usize = 20;

/// Under which name it is told; nothing for what programs are not told of.
pub(super) fn event_type(news: &News<'_>) -> Option<&'static str> {
    Some(match news {
        News::Post(_, PostState::Scheduled) => "post.scheduled",
        News::Post(_, PostState::Published) => "post.published",
        News::Post(_, PostState::PartlyPublished) => "post.partly_published",
        News::Post(_, PostState::Failed) => "post.failed",
        News::Post(_, PostState::Cancelled) => "post.cancelled",
        News::Post(..) => return None,
        News::PostDeleted(_) => "post.deleted",
        News::Delivery(delivery) => match delivery.state {
            DeliveryState::Published => "delivery.published",
            DeliveryState::Failed => "delivery.failed",
            DeliveryState::NeedsAttention => "delivery.needs_attention",
            DeliveryState::Missed => "delivery.missed",
            _ => return None,
        },
        News::ChangedThere(_, ChangedThere::Edited, _) => "delivery.edited_there",
        News::ChangedThere(_, ChangedThere::Removed, _) => "delivery.removed_there",
        News::Engagement(engagement) => match engagement.change {
            RemoteChange::Added => "engagement.added",
            RemoteChange::Edited => "engagement.edited",
            RemoteChange::Removed => "engagement.removed",
        },
        News::Message(_, MessageStep::Written | MessageStep::Other) => "message.received",
        News::Message(_, MessageStep::Echoed | MessageStep::StatusChanged) => {
            "message.status_changed"
        }
        News::Connection(_, ConnectionNews::Connected) => "connection.connected",
        News::Connection(_, ConnectionNews::Disconnected) => "connection.disconnected",
        News::Connection(_, ConnectionNews::NeedsAttention) => "connection.needs_attention",
        News::Connection(_, ConnectionNews::Restored) => "connection.restored",
    })
}

/// The `data` of the message.
pub(super) async fn of(tx: &mut WorkspaceTx, news: &News<'_>) -> Result<Json> {
    Ok(match news {
        News::Post(id, _) | News::PostDeleted(id) => whole_post(tx, *id).await?,
        News::Delivery(delivery) => whole_delivery(tx, delivery).await?,
        News::ChangedThere(delivery, _, at) => {
            let mut data = whole_delivery(tx, delivery).await?;
            data["changed_there_at"] = json!(at);
            data
        }
        News::Engagement(engagement) => engaged(tx, engagement).await?,
        News::Message(message, _) => written(tx, message).await?,
        News::Connection(id, _) => connection(tx, *id).await?,
    })
}

async fn whole_post(tx: &mut WorkspaceTx, id: PostId) -> Result<Json> {
    let post = posts::get(tx, id).await?;
    let all = deliveries::of_posts(tx, &[id]).await?;
    let mut told = Vec::new();
    for delivery in all.iter().take(MOST_DELIVERIES) {
        told.push(delivered(tx, delivery).await?);
    }
    Ok(json!({ "post": posted(&post), "deliveries": told }))
}

async fn whole_delivery(tx: &mut WorkspaceTx, delivery: &Delivery) -> Result<Json> {
    let post = posts::get(tx, delivery.post_id).await?;
    Ok(json!({ "delivery": delivered(tx, delivery).await?, "post": posted(&post) }))
}

fn posted(post: &Post) -> Json {
    json!({
        "id": post.id,
        "state": post.state,
        "text": cut(&post.text, LONGEST_TEXT),
        "scheduled_at": post.schedule.at,
        "time_zone": post.schedule.time_zone,
        "author": post.author_id.map(|id| json!({ "id": id, "name": post.author_name })),
        "created_at": post.created_at,
    })
}

async fn delivered(tx: &mut WorkspaceTx, delivery: &Delivery) -> Result<Json> {
    let error = delivery.error.as_ref().map(|error| {
        json!({ "code": error.code, "detail": cut(&error.detail, LONGEST_WORDS), "advice": error.advice })
    });
    Ok(json!({
        "id": delivery.id,
        "post_id": delivery.post_id,
        "channel": channel(tx, delivery.channel_id).await?,
        "state": delivery.state,
        "due_at": delivery.due_at,
        "attempts": delivery.attempts,
        "published_at": delivery.published_at,
        "remote_id": delivery.remote_id,
        "permalink": delivery.permalink,
        "error": error,
    }))
}

async fn channel(tx: &mut WorkspaceTx, id: ChannelId) -> Result<Json> {
    let channel = channels::get(tx, id).await?;
    Ok(
        json!({ "id": channel.id, "platform": channel.platform, "name": cut(&channel.name, LONGEST_WORDS) }),
    )
}

async fn engaged(tx: &mut WorkspaceTx, new: &Engagement) -> Result<Json> {
    Ok(json!({ "engagement": {
        "channel": channel(tx, new.channel).await?,
        "delivery_id": new.delivery,
        "kind": new.kind,
        "remote_id": new.remote_id,
        "post_remote_id": new.post_remote_id,
        "parent_remote_id": new.parent_remote_id,
        "actor": { "id": new.actor_id, "name": new.actor_name },
        "text": new.text.as_deref().map(|text| cut(text, LONGEST_TEXT)),
        "at": new.at,
    } }))
}

async fn written(tx: &mut WorkspaceTx, new: &InboundMessage) -> Result<Json> {
    Ok(json!({ "message": {
        "id": new.id,
        "channel": channel(tx, new.channel).await?,
        "kind": new.kind,
        "remote_id": new.remote_id,
        "contact": new.contact,
        "text": new.text.as_deref().map(|text| cut(text, LONGEST_TEXT)),
        "at": new.at,
    } }))
}

async fn connection(tx: &mut WorkspaceTx, id: ConnectionId) -> Result<Json> {
    let connection = connections::get(tx, id).await?;
    let error = connection.last_error.as_ref().map(|error| {
        json!({ "code": error.code, "detail": cut(&error.detail, LONGEST_WORDS), "advice": error.advice })
    });
    Ok(json!({ "connection": {
        "id": connection.id,
        "platform": connection.platform,
        "name": connection.name,
        "status": connection.status,
        "expires_at": connection.expires_at,
        "error": error,
    } }))
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    let cut: String = text.chars().take(longest - 1).collect();
    format!("{cut}…")
}
