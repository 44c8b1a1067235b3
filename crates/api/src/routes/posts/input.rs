//! Posts as clients send them.

use std::collections::BTreeMap;
use std::str::FromStr;

use fanfare_app::composing::{MediaInput, PostChange, PostInput, ScheduleInput, VariantInput};
use fanfare_app::{AppError, FieldError};
use fanfare_domain::{ChannelId, ErrorCode, PostId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::instant::instant;
use crate::problem::Answer;
use crate::routes::repeat::RepeatBody;

/// A whole post.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PostInput)]
pub(crate) struct PostBody {
    #[serde(default)]
    text: String,
    #[serde(default)]
    media: Vec<MediaBody>,
    #[serde(default)]
    channel_ids: Vec<String>,
    /// What differs on single channels, by channel id.
    #[serde(default)]
    variants: BTreeMap<String, VariantBody>,
    schedule: Option<ScheduleBody>,
}

/// A whole post to be checked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PostCheckInput)]
pub(crate) struct CheckBody {
    /// The post that is being edited, which is not in its own way.
    post_id: Option<String>,
    #[serde(default)]
    text: String,
    #[serde(default)]
    media: Vec<MediaBody>,
    #[serde(default)]
    channel_ids: Vec<String>,
    /// What differs on single channels, by channel id.
    #[serde(default)]
    variants: BTreeMap<String, VariantBody>,
    schedule: Option<ScheduleBody>,
}

/// A picture or video of the post.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PostMediaInput)]
pub(crate) struct MediaBody {
    pub id: String,
    /// For this post; the file's own alternative text when absent.
    pub alt: Option<String>,
}

/// What differs on one channel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VariantInput)]
pub(crate) struct VariantBody {
    /// The post's text when absent.
    pub text: Option<String>,
    /// Choices by the names of the platform's options.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub options: Map<String, Value>,
}

/// When the post goes out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ScheduleInput)]
struct ScheduleBody {
    kind: Kind,
    /// For kind `at`: RFC 3339, any offset.
    #[serde(default, deserialize_with = "instant")]
    at: Option<Timestamp>,
    /// The IANA zone in which the person thinks, such as `Europe/Madrid`; `UTC` when absent.
    time_zone: Option<String>,
    /// For kind `at`: how it comes round again. Absent in an edit, the rule stays, and a new time moves this one post only.
    repeat: Option<RepeatBody>,
}

#[derive(Deserialize, ToSchema, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
#[schema(as = ScheduleKind)]
enum Kind {
    Draft,
    Now,
    At,
    Queue,
}

/// An edit: what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PostChange)]
pub(crate) struct PostChangeInput {
    text: Option<String>,
    media: Option<Vec<MediaBody>>,
    channel_ids: Option<Vec<String>>,
    variants: Option<BTreeMap<String, VariantBody>>,
    schedule: Option<ScheduleBody>,
    /// The revision that was edited; when the post has another, nothing is saved (409).
    revision: Option<i64>,
    /// Keep what the post says now as a version of its own, even if it was written a moment ago: for writing over somebody's words.
    #[serde(default)]
    keep_present: bool,
}

/// When to publish.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishInput {
    /// Now when absent.
    schedule: Option<ScheduleBody>,
}

impl PostBody {
    pub(super) fn read(self) -> Answer<PostInput> {
        let mut ids = Ids::default();
        let input = PostInput {
            text: self.text,
            media: ids.media(self.media),
            channels: ids.channels(self.channel_ids),
            variants: ids.variants(self.variants),
            schedule: self.schedule.map(ScheduleBody::read).transpose()?,
        };
        ids.done(input)
    }
}

impl CheckBody {
    pub(super) fn read(self) -> Answer<(PostInput, Option<PostId>)> {
        let post = self
            .post_id
            .map(|id| id.parse().map_err(|_| AppError::not_found("post")));
        let body = PostBody {
            text: self.text,
            media: self.media,
            channel_ids: self.channel_ids,
            variants: self.variants,
            schedule: self.schedule,
        };
        Ok((body.read()?, post.transpose()?))
    }
}

impl PostChangeInput {
    pub(super) fn read(self) -> Answer<PostChange> {
        let mut ids = Ids::default();
        let change = PostChange {
            text: self.text,
            media: self.media.map(|media| ids.media(media)),
            channels: self.channel_ids.map(|channels| ids.channels(channels)),
            variants: self.variants.map(|variants| ids.variants(variants)),
            schedule: self.schedule.map(ScheduleBody::read).transpose()?,
            revision: self.revision,
            keeps_present: self.keep_present,
        };
        ids.done(change)
    }
}

impl PublishInput {
    pub(super) fn read(self) -> Answer<Option<ScheduleInput>> {
        self.schedule.map(ScheduleBody::read).transpose()
    }
}

impl ScheduleBody {
    fn read(self) -> Answer<ScheduleInput> {
        let time_zone = self.time_zone;
        let refuse = |field: &str, code, detail: &str| {
            Err(AppError::invalid_field(field, code, detail).into())
        };
        match (self.kind, self.at, self.repeat) {
            (Kind::At, Some(at), repeat) => {
                let repeat = repeat
                    .map(|rule| rule.read("schedule.repeat"))
                    .transpose()?;
                Ok(ScheduleInput::At {
                    at,
                    time_zone,
                    repeat,
                })
            }
            (Kind::At, None, _) => {
                let detail = "Say when: kind `at` needs a time.";
                refuse("schedule.at", ErrorCode::Required, detail)
            }
            (_, Some(_), _) => {
                let detail = "A time goes with kind `at` only.";
                refuse("schedule.at", ErrorCode::NotAllowed, detail)
            }
            (_, None, Some(_)) => {
                let detail = "Repeating goes with kind `at` only.";
                refuse("schedule.repeat", ErrorCode::NotAllowed, detail)
            }
            (Kind::Draft, None, None) => Ok(ScheduleInput::Draft { time_zone }),
            (Kind::Now, None, None) => Ok(ScheduleInput::Now { time_zone }),
            (Kind::Queue, None, None) => Ok(ScheduleInput::Queue { time_zone }),
        }
    }
}

/// Reads ids. Text that is no id names nothing, so it is answered like an id that nothing has.
#[derive(Default)]
struct Ids {
    wrong: Vec<FieldError>,
}

impl Ids {
    fn media(&mut self, media: Vec<MediaBody>) -> Vec<MediaInput> {
        let mut read = Vec::new();
        for (position, item) in media.into_iter().enumerate() {
            let field = format!("media.{position}.id");
            let detail = "There is no such picture or video in this workspace.";
            if let Some(id) = self.parse(&item.id, field, ErrorCode::UnknownMedia, detail) {
                read.push(MediaInput { id, alt: item.alt });
            }
        }
        read
    }

    fn channels(&mut self, ids: Vec<String>) -> Vec<ChannelId> {
        let mut read = Vec::new();
        for (position, id) in ids.into_iter().enumerate() {
            read.extend(self.channel(&id, format!("channel_ids.{position}")));
        }
        read
    }

    fn variants(
        &mut self,
        variants: BTreeMap<String, VariantBody>,
    ) -> BTreeMap<ChannelId, VariantInput> {
        let mut read = BTreeMap::new();
        for (id, variant) in variants {
            if let Some(id) = self.channel(&id, format!("variants.{id}")) {
                let VariantBody { text, options } = variant;
                read.insert(id, VariantInput { text, options });
            }
        }
        read
    }

    fn channel(&mut self, id: &str, field: String) -> Option<ChannelId> {
        let detail = "There is no such channel in this workspace; it may have been disconnected.";
        self.parse(id, field, ErrorCode::UnknownChannel, detail)
    }

    fn parse<T: FromStr>(
        &mut self,
        id: &str,
        field: String,
        code: ErrorCode,
        detail: &str,
    ) -> Option<T> {
        let parsed = id.parse().ok();
        if parsed.is_none() {
            self.wrong.push(FieldError::new(field, code, detail));
        }
        parsed
    }

    fn done<T>(self, read: T) -> Answer<T> {
        if self.wrong.is_empty() {
            Ok(read)
        } else {
            Err(AppError::invalid(self.wrong).into())
        }
    }
}
