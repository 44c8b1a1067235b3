//! What outgoing webhooks say, for the description's `webhooks`. `fanfare-app` writes the messages (`telling/data.rs`); a test there and
//! those of `telling` hold them against this.

#![expect(dead_code, reason = "these are only described")]

use jiff::Timestamp;
use utoipa::ToSchema;

/// A post as it now stands, and what becomes of it in each place.
#[derive(ToSchema)]
#[schema(as = WebhookPostData)]
pub(super) struct PostData {
    post: Post,
    /// Twenty at most.
    deliveries: Vec<Delivery>,
}

/// What became of a post in one place.
#[derive(ToSchema)]
#[schema(as = WebhookDeliveryData)]
pub(super) struct DeliveryData {
    delivery: Delivery,
    post: Post,
}

/// What was done at the platform to what went out.
#[derive(ToSchema)]
#[schema(as = WebhookChangedThereData)]
pub(super) struct ChangedThereData {
    delivery: Delivery,
    post: Post,
    changed_there_at: Timestamp,
}

#[derive(ToSchema)]
#[schema(as = WebhookEngagementData)]
pub(super) struct EngagementData {
    engagement: Engagement,
}

#[derive(ToSchema)]
#[schema(as = WebhookMessageData)]
pub(super) struct MessageData {
    message: Message,
}

#[derive(ToSchema)]
#[schema(as = WebhookConnectionData)]
pub(super) struct ConnectionData {
    connection: Connection,
}

#[derive(ToSchema)]
#[schema(as = WebhookTestData)]
pub(super) struct TestData {
    text: String,
}

#[derive(ToSchema)]
#[schema(as = WebhookPost)]
struct Post {
    id: String,
    state: String,
    /// Cut after 2,500 characters; the whole is at the API.
    text: String,
    #[schema(required)]
    scheduled_at: Option<Timestamp>,
    #[schema(required)]
    time_zone: Option<String>,
    #[schema(required)]
    author: Option<Author>,
    created_at: Timestamp,
}

#[derive(ToSchema)]
#[schema(as = WebhookAuthor)]
struct Author {
    id: String,
    #[schema(required)]
    name: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = WebhookDelivery)]
struct Delivery {
    id: String,
    post_id: String,
    channel: Channel,
    state: String,
    #[schema(required)]
    due_at: Option<Timestamp>,
    /// Tries so far.
    attempts: i64,
    #[schema(required)]
    published_at: Option<Timestamp>,
    /// What the platform calls the post.
    #[schema(required)]
    remote_id: Option<String>,
    #[schema(required)]
    permalink: Option<String>,
    #[schema(required)]
    error: Option<Trouble>,
}

#[derive(ToSchema)]
#[schema(as = WebhookChannel)]
struct Channel {
    id: String,
    platform: String,
    name: String,
}

/// Why it did not work, and what to do.
#[derive(ToSchema)]
#[schema(as = WebhookTrouble)]
struct Trouble {
    code: String,
    detail: String,
    #[schema(required)]
    advice: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = WebhookEngagement)]
struct Engagement {
    channel: Channel,
    /// Absent when it is about a post that was not made here.
    #[schema(required)]
    delivery_id: Option<String>,
    /// `comment`, `reaction`, `mention` or `share`.
    kind: String,
    remote_id: String,
    #[schema(required)]
    post_remote_id: Option<String>,
    /// The comment that it answers.
    #[schema(required)]
    parent_remote_id: Option<String>,
    actor: Actor,
    #[schema(required)]
    text: Option<String>,
    at: Timestamp,
}

/// Who did it, as far as the platform says.
#[derive(ToSchema)]
#[schema(as = WebhookActor)]
struct Actor {
    #[schema(required)]
    id: Option<String>,
    #[schema(required)]
    name: Option<String>,
}

#[derive(ToSchema)]
#[schema(as = WebhookMessage)]
struct Message {
    id: String,
    channel: Channel,
    /// As the platform calls it.
    kind: String,
    remote_id: String,
    /// Whom the conversation is with, as the platform calls them.
    contact: String,
    #[schema(required)]
    text: Option<String>,
    at: Timestamp,
}

#[derive(ToSchema)]
#[schema(as = WebhookConnection)]
struct Connection {
    id: String,
    platform: String,
    name: String,
    status: String,
    #[schema(required)]
    expires_at: Option<Timestamp>,
    #[schema(required)]
    error: Option<Trouble>,
}
