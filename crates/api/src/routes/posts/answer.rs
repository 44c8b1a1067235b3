//! Posts as clients see them.

use std::collections::BTreeMap;

use fanfare_app::composing::{self, Happening, Media, PostDetail, PostMediaDetail, VersionVariant};
use fanfare_app::publishing::Delivery;
use fanfare_app::scheduling::Place;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::delivery_answer::DeliveryAnswer;
use super::validation_answer::FindingAnswer;
use crate::routes::repeat::RepeatAnswer;
use crate::words;

/// What was composed once, with everything it became.
#[derive(Serialize, ToSchema)]
#[schema(as = Post)]
pub(crate) struct PostAnswer {
    id: String,
    /// The sum of the deliveries.
    #[schema(schema_with = words::post_states)]
    state: String,
    text: String,
    media: Vec<PostMediaAnswer>,
    schedule: ScheduleAnswer,
    /// The series of which it is one; absent for posts that do not come round again.
    #[schema(required)]
    series: Option<SeriesAnswer>,
    channel_ids: Vec<String>,
    /// What differs on single channels, by channel id.
    variants: BTreeMap<String, VariantAnswer>,
    deliveries: Vec<DeliveryAnswer>,
    #[schema(required)]
    author: Option<Author>,
    /// Since when nothing of it begins, because somebody paused it.
    #[schema(required)]
    paused_at: Option<Timestamp>,
    /// Counts edits; send it back when editing to notice others.
    revision: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// What is remarkable about what was just decided, such as the same text on the same day. Empty when the post is only read.
    warnings: Vec<FindingAnswer>,
}

/// A post and what happened to it.
#[derive(Serialize, ToSchema)]
pub(super) struct PostWithTimeline {
    #[serde(flatten)]
    post: PostAnswer,
    /// Oldest first.
    timeline: Vec<TimelineEntry>,
}

/// A picture or video of a post.
#[derive(Serialize, ToSchema)]
#[schema(as = PostMedia)]
pub(crate) struct PostMediaAnswer {
    id: String,
    alt: String,
    #[schema(schema_with = words::media_kinds)]
    kind: String,
    mime: String,
    bytes: u64,
    width: u32,
    height: u32,
    #[schema(required)]
    duration_ms: Option<u64>,
    file_name: String,
    url: String,
    #[schema(required)]
    thumbnail_url: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Schedule)]
struct ScheduleAnswer {
    #[schema(schema_with = words::schedule_kinds)]
    kind: String,
    /// The earliest of the deliveries' times.
    #[schema(required)]
    at: Option<Timestamp>,
    time_zone: String,
    /// How it comes round again; absent unless others follow this one.
    #[schema(required)]
    repeat: Option<RepeatAnswer>,
}

/// A post's place among those that come of one rule.
#[derive(Serialize, ToSchema)]
#[schema(as = Series)]
struct SeriesAnswer {
    id: String,
    /// Counts up from 1.
    number: i64,
    rule: RepeatAnswer,
    /// The zone whose clocks the rule is read by.
    time_zone: String,
    /// Nothing follows any more.
    ended: bool,
    /// The post that is next to go out, or was the last.
    latest_post_id: String,
    /// In words, what keeps the next post from being as the one before.
    #[schema(required)]
    problem: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Variant)]
pub(crate) struct VariantAnswer {
    /// The post's text where absent.
    #[schema(required)]
    text: Option<String>,
    #[schema(value_type = Object)]
    options: Map<String, Value>,
}

/// Who composed it.
#[derive(Serialize, ToSchema)]
pub(crate) struct Author {
    pub id: String,
    pub name: String,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct TimelineEntry {
    at: Timestamp,
    /// Who did it; “Fanfare” when nobody did.
    actor: String,
    /// Such as `post.scheduled` or `delivery.published`.
    action: String,
    subject_id: String,
    #[schema(value_type = Object)]
    detail: Value,
}

impl From<PostDetail> for PostAnswer {
    fn from(detail: PostDetail) -> Self {
        let PostDetail {
            post,
            media,
            deliveries,
            mut first_comments,
            channels,
            place,
            warnings,
        } = detail;
        let upcoming = place.as_ref().filter(|place| place.is_upcoming());
        Self {
            id: post.id.to_string(),
            state: post.state.to_string(),
            text: post.text,
            media: media.into_iter().map(Into::into).collect(),
            schedule: ScheduleAnswer {
                kind: post.schedule.kind.to_string(),
                at: post.schedule.at,
                time_zone: post.schedule.time_zone,
                repeat: upcoming.map(|place| (&place.series.rule).into()),
            },
            series: place.map(Into::into),
            channel_ids: deliveries
                .iter()
                .map(|delivery| delivery.channel_id.to_string())
                .collect(),
            variants: variants(&deliveries),
            deliveries: deliveries
                .into_iter()
                .map(|delivery| {
                    let channel = channels.get(&delivery.channel_id);
                    let comment = first_comments.remove(&delivery.id);
                    DeliveryAnswer::new(delivery, comment, channel)
                })
                .collect(),
            author: post.author_id.map(|id| Author {
                id: id.to_string(),
                name: post.author_name,
            }),
            paused_at: post.paused_at,
            revision: post.revision,
            created_at: post.created_at,
            updated_at: post.updated_at,
            warnings: warnings.into_iter().map(Into::into).collect(),
        }
    }
}

fn variants(deliveries: &[Delivery]) -> BTreeMap<String, VariantAnswer> {
    let mut variants = BTreeMap::new();
    for delivery in deliveries {
        let options = delivery.options.as_object().cloned().unwrap_or_default();
        if delivery.variant_text.is_some() || !options.is_empty() {
            let text = delivery.variant_text.clone();
            variants.insert(
                delivery.channel_id.to_string(),
                VariantAnswer { text, options },
            );
        }
    }
    variants
}

impl From<VersionVariant> for VariantAnswer {
    fn from(variant: VersionVariant) -> Self {
        let VersionVariant { text, options } = variant;
        Self { text, options }
    }
}

impl PostWithTimeline {
    pub(super) fn new(detail: PostDetail, timeline: Vec<Happening>) -> Self {
        Self {
            post: detail.into(),
            timeline: timeline.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<PostMediaDetail> for PostMediaAnswer {
    fn from(item: PostMediaDetail) -> Self {
        let PostMediaDetail { media, alt } = item;
        let Media {
            id, thumbnail_key, ..
        } = &media;
        Self {
            url: format!("/api/media/{id}/content"),
            thumbnail_url: thumbnail_key
                .as_ref()
                .map(|_| format!("/api/media/{id}/thumbnail")),
            id: id.to_string(),
            alt,
            kind: media.kind.to_string(),
            mime: media.mime,
            bytes: media.bytes,
            width: media.width,
            height: media.height,
            duration_ms: media.duration_millis,
            file_name: media.file_name,
        }
    }
}

impl From<composing::Author> for Author {
    fn from(author: composing::Author) -> Self {
        Self {
            id: author.id.to_string(),
            name: author.name,
        }
    }
}

impl From<Happening> for TimelineEntry {
    fn from(event: Happening) -> Self {
        Self {
            at: event.at,
            actor: event.actor.name,
            action: event.action,
            subject_id: event.subject_id,
            detail: event.detail,
        }
    }
}

impl From<Place> for SeriesAnswer {
    fn from(place: Place) -> Self {
        let series = place.series;
        Self {
            id: series.id.to_string(),
            number: place.number,
            rule: (&series.rule).into(),
            time_zone: series.time_zone,
            ended: series.ended_at.is_some(),
            latest_post_id: place.latest_post_id.to_string(),
            problem: series.problem,
        }
    }
}
