//! Posts as clients see them.

use std::collections::BTreeMap;

use fanfare_app::composing::{
    self, ChannelFinding, Happening, Media, PostDetail, PostMediaDetail, TextMarks, Validation,
    VersionVariant,
};
use fanfare_app::connections::Channel;
use fanfare_app::publishing::{
    Delivery, DeliveryError, FirstComment, can_cancel, can_cancel_comment, planned_comment,
};
use fanfare_app::scheduling::Place;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::rules::text::EntityKind;
use fanfare_platform_kit::rules::{Finding, Fix, Level};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

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
    #[schema(required)]
    error: Option<DeliveryErrorAnswer>,
    can_retry: bool,
    can_cancel: bool,
    /// What is written below the post once it is live; null where nothing is.
    #[schema(required)]
    first_comment: Option<FirstCommentAnswer>,
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

/// What each channel would make of a post.
#[derive(Serialize, ToSchema)]
#[schema(as = Validation)]
pub(super) struct ValidationAnswer {
    findings: Vec<FindingAnswer>,
    counts: Vec<CountAnswer>,
    /// What becomes a link in the text for all, and in each channel's as its platform reads it.
    entities: Vec<TextEntitiesAnswer>,
}

/// Something wrong (`error`, blocks) or remarkable (`warning`, explains).
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
struct FindingAnswer {
    /// Absent where it is about the post as a whole, such as its time.
    #[schema(required)]
    channel_id: Option<String>,
    #[schema(schema_with = words::levels)]
    level: String,
    code: String,
    field: String,
    detail: String,
    /// What mends it, where that can be done at once.
    #[schema(required)]
    fix: Option<FixAnswer>,
}

/// What mends a finding.
#[derive(Serialize, ToSchema)]
#[schema(as = Fix)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum FixAnswer {
    /// Make the channel's text no longer than `max`, as the channel counts.
    Shorten { max: u32 },
    /// Cut the picture to a shape within these ratios of width to height.
    Crop {
        media_id: String,
        #[schema(required)]
        min_ratio: Option<f64>,
        #[schema(required)]
        max_ratio: Option<f64>,
    },
    /// Write the picture anew as this type, no larger than that.
    Convert {
        media_id: String,
        mime: String,
        #[schema(required)]
        max_bytes: Option<u64>,
    },
}

/// Links, mentions and hashtags of one text.
#[derive(Serialize, ToSchema)]
#[schema(as = TextEntities)]
struct TextEntitiesAnswer {
    /// Absent for the text for all channels.
    #[schema(required)]
    channel_id: Option<String>,
    ranges: Vec<EntityAnswer>,
}

/// A part of a text, in UTF-16 code units, as JavaScript counts.
#[derive(Serialize, ToSchema)]
#[schema(as = TextEntity)]
struct EntityAnswer {
    /// `url`, `mention` or `hashtag`.
    kind: &'static str,
    start: usize,
    end: usize,
}

/// The length of the text on one channel, as its platform counts.
#[derive(Serialize, ToSchema)]
#[schema(as = CountedText)]
struct CountAnswer {
    channel_id: String,
    used: u32,
    #[schema(required)]
    max: Option<u32>,
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

impl FindingAnswer {
    fn new(channel_id: Option<String>, finding: Finding) -> Self {
        Self {
            channel_id,
            level: level(finding.level).to_owned(),
            code: ErrorCode::as_str(finding.code).to_owned(),
            field: finding.field,
            detail: finding.detail,
            fix: finding.fix.map(Into::into),
        }
    }
}

impl From<ChannelFinding> for FindingAnswer {
    fn from(found: ChannelFinding) -> Self {
        Self::new(Some(found.channel.to_string()), found.finding)
    }
}

impl From<Validation> for ValidationAnswer {
    fn from(validation: Validation) -> Self {
        let about_time = validation.about_time.into_iter();
        let findings = about_time
            .map(|finding| FindingAnswer::new(None, finding))
            .chain(validation.findings.into_iter().map(Into::into));
        let counts = validation.counts.into_iter().map(|count| CountAnswer {
            channel_id: count.channel.to_string(),
            used: count.used,
            max: count.max,
        });
        Self {
            findings: findings.collect(),
            counts: counts.collect(),
            entities: validation.marks.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Fix> for FixAnswer {
    fn from(fix: Fix) -> Self {
        match fix {
            Fix::Shorten { max } => Self::Shorten { max },
            Fix::Crop {
                media_id,
                min_ratio,
                max_ratio,
            } => Self::Crop {
                media_id,
                min_ratio,
                max_ratio,
            },
            Fix::Convert {
                media_id,
                mime,
                max_bytes,
            } => Self::Convert {
                media_id,
                mime,
                max_bytes,
            },
        }
    }
}

impl From<TextMarks> for TextEntitiesAnswer {
    fn from(text: TextMarks) -> Self {
        let ranges = text.marks.iter().map(|mark| EntityAnswer {
            kind: match mark.kind {
                EntityKind::Url => "url",
                EntityKind::Mention => "mention",
                EntityKind::Hashtag => "hashtag",
            },
            start: mark.start,
            end: mark.end,
        });
        Self {
            channel_id: text.channel.map(|id| id.to_string()),
            ranges: ranges.collect(),
        }
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}
