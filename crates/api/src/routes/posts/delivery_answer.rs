//! Deliveries as clients see them.

use fanfare_app::connections::Channel;
use fanfare_app::publishing::{
    Delivery, DeliveryError, FirstComment, can_cancel, can_cancel_comment, planned_comment,
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::words;

/// One post going to one channel.
#[derive(Serialize, ToSchema)]
#[schema(as = Delivery)]
pub(crate) struct DeliveryAnswer {
    id: String,
    post_id: String,
    channel_id: String,
    channel_name: String,
    platform: String,
    #[schema(schema_with = words::delivery_states)]
    state: String,
    #[schema(required)]
    due_at: Option<Timestamp>,
    attempts: i64,
    #[schema(required)]
    next_attempt_at: Option<Timestamp>,
    #[schema(required)]
    remote_id: Option<String>,
    /// Where it can be seen.
    #[schema(required)]
    permalink: Option<String>,
    #[schema(required)]
    published_at: Option<Timestamp>,
    /// How long after its time it went out, in milliseconds.
    #[schema(required)]
    late_by_ms: Option<i64>,
    /// How it last changed at the platform, as far as the platform tells.
    #[schema(required)]
    at_platform: Option<RemoteAnswer>,
    #[schema(required)]
    error: Option<DeliveryErrorAnswer>,
    can_retry: bool,
    can_cancel: bool,
    /// What is written below the post once it is live; null where nothing is.
    #[schema(required)]
    first_comment: Option<FirstCommentAnswer>,
}

/// How a post last changed at its platform.
#[derive(Serialize, ToSchema)]
#[schema(as = RemoteState)]
struct RemoteAnswer {
    /// `added`, `edited` or `removed`.
    change: &'static str,
    at: Timestamp,
}

/// The first comment below a post. Whatever its state, the post's own is not touched by it.
#[derive(Serialize, ToSchema)]
#[schema(as = FirstComment)]
struct FirstCommentAnswer {
    text: String,
    /// `scheduled`, `publishing`, `published`, `failed`, `needs_attention` or `cancelled`.
    state: String,
    attempts: i64,
    #[schema(required)]
    next_attempt_at: Option<Timestamp>,
    #[schema(required)]
    remote_id: Option<String>,
    /// Where it can be seen, if the platform gives comments an address.
    #[schema(required)]
    permalink: Option<String>,
    #[schema(required)]
    published_at: Option<Timestamp>,
    #[schema(required)]
    error: Option<DeliveryErrorAnswer>,
    can_retry: bool,
    can_cancel: bool,
}

/// Why it failed or waits.
#[derive(Serialize, ToSchema)]
#[schema(as = DeliveryError)]
struct DeliveryErrorAnswer {
    code: String,
    /// In words: what happened and what it means.
    detail: String,
    /// What to do.
    #[schema(schema_with = words::advice)]
    advice: String,
}

impl DeliveryAnswer {
    /// A delivery whose channel's row is gone keeps its platform's name.
    pub(crate) fn new(
        delivery: Delivery,
        comment: Option<FirstComment>,
        channel: Option<&Channel>,
    ) -> Self {
        let planned = planned_comment(&delivery).map(FirstCommentAnswer::planned);
        let late = delivery.published_at.zip(delivery.due_at);
        Self {
            channel_name: channel
                .map_or_else(|| delivery.platform.clone(), |channel| channel.name.clone()),
            can_retry: delivery.state.can_retry(),
            can_cancel: can_cancel(delivery.state),
            late_by_ms: late.map(|(out, due)| (out.as_millisecond() - due.as_millisecond()).max(0)),
            id: delivery.id.to_string(),
            post_id: delivery.post_id.to_string(),
            channel_id: delivery.channel_id.to_string(),
            platform: delivery.platform,
            state: delivery.state.to_string(),
            due_at: delivery.due_at,
            attempts: delivery.attempts,
            next_attempt_at: delivery.next_attempt_at,
            remote_id: delivery.remote_id,
            permalink: delivery.permalink,
            published_at: delivery.published_at,
            at_platform: delivery.at_platform.map(|(change, at)| RemoteAnswer {
                change: change.as_str(),
                at,
            }),
            error: delivery.error.map(Into::into),
            first_comment: comment.map(Into::into).or(planned),
        }
    }
}

impl From<DeliveryError> for DeliveryErrorAnswer {
    fn from(error: DeliveryError) -> Self {
        Self {
            code: error.code.to_string(),
            detail: error.detail,
            advice: error.advice,
        }
    }
}

impl FirstCommentAnswer {
    /// One that the post still waits for: it goes with the post, so there is nothing to do about it alone.
    fn planned(comment: FirstComment) -> Self {
        Self {
            can_cancel: false,
            ..comment.into()
        }
    }
}

impl From<FirstComment> for FirstCommentAnswer {
    fn from(comment: FirstComment) -> Self {
        Self {
            can_retry: comment.state.can_retry(),
            can_cancel: can_cancel_comment(&comment),
            text: comment.text,
            state: comment.state.to_string(),
            attempts: comment.attempts,
            next_attempt_at: comment.next_attempt_at,
            remote_id: comment.remote_id,
            permalink: comment.permalink,
            published_at: comment.published_at,
            error: comment.error.map(Into::into),
        }
    }
}
