//! Posting on a Page, one call at a time.
//!
//! Pictures are uploaded unpublished, one checkpoint each, and then shown by one post, also when it is only one: so there
//! is a single call that must not run twice, and a post can be recognised by the ids of its pictures. A video is sent in
//! pieces under an id that is known from the start.

mod video;

use std::borrow::Cow;

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::manifest::ContentRules;
use fanfare_platform_kit::roles::{
    ChannelRef, Outgoing, OutgoingMedia, Progress, Publish, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::rules::text::{Entity, EntityKind, count_of, first_url};
use fanfare_platform_kit::rules::{self, Finding};
use fanfare_platform_kit::{Content, MediaKind, Options, PlatformContext, PlatformError};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;

use super::api::{PageCalls, Seen};
use super::manifest::LINK;
use super::video::Upload;
use super::{Facebook, NAME};
use crate::meta_graph::same_text;

/// Facebook forgets unpublished pictures after 24 hours.
const PHOTOS_KEEP: SignedDuration = SignedDuration::from_hours(20);
/// An announcement older than this is made anew, so that its instant is near that of the call.
const ANNOUNCEMENT_FRESH: SignedDuration = SignedDuration::from_secs(5);
/// By then a call is over: the age of its announcement, the time we wait for its answer, and some for what goes on unseen.
const SETTLED_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// How far the delivery has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
enum Walk {
    Uploading {
        photos: Vec<Photo>,
        /// Whether a call to post was made before whose answer was lost.
        #[serde(default)]
        asked: bool,
    },
    /// About to post.
    Announced {
        photos: Vec<Photo>,
        at: Timestamp,
        #[serde(default)]
        asked: bool,
    },
    /// Sending a video.
    Sending { upload: Upload, round: u32 },
    /// About to show the video.
    Finishing {
        upload: Upload,
        round: u32,
        at: Timestamp,
    },
    /// The video is being processed.
    Processing {
        video: String,
        polls: u32,
        /// Whether Facebook answered that it will be shown. After a lost answer only the video itself can tell.
        #[serde(default)]
        accepted: bool,
    },
    /// It is live; where to look at it is asked next.
    Posted { post: String },
}

/// An uploaded picture, not yet shown by any post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Photo {
    id: String,
    at: Timestamp,
}

impl Default for Walk {
    fn default() -> Self {
        Self::Uploading {
            photos: Vec::new(),
            asked: false,
        }
    }
}

#[async_trait]
impl Publish for Facebook {
    fn rules(&self, _channel: &ChannelRef, _options: &Options) -> Cow<'_, ContentRules> {
        Cow::Borrowed(&self.manifest.content)
    }

    fn check(&self, channel: &ChannelRef, content: &Content<'_>) -> Vec<Finding> {
        let rules = self.rules(channel, content.options);
        let mut findings = rules::check(&rules, content);
        if let Some(link) = link_option(content.options) {
            findings.extend(check_link(link, content));
        }
        findings
    }

    /// Facebook links people only where they were chosen from a list, which the API does not offer.
    fn links(&self, part: &Entity<'_>) -> bool {
        part.kind != EntityKind::Mention
    }

    async fn step(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let page = PageCalls::of(ctx, outgoing)?;
        match progress.read(NAME)? {
            Walk::Uploading { photos, asked } => match video_of(outgoing) {
                Some(video) => video::start(&page, video, 0).await,
                None => upload_or_announce(ctx, &page, outgoing, photos, asked).await,
            },
            Walk::Announced { photos, at, asked } if is_stale(ctx, at) => {
                upload_or_announce(ctx, &page, outgoing, photos, asked).await
            }
            Walk::Announced { photos, at, asked } => {
                post(ctx, &page, outgoing, &photos, at, asked).await
            }
            Walk::Sending { upload, round } => {
                video::send(ctx, &page, outgoing, upload, round).await
            }
            Walk::Finishing { upload, round, at } if is_stale(ctx, at) => {
                video::send(ctx, &page, outgoing, upload, round).await
            }
            Walk::Finishing { upload, .. } => {
                page.finish_video(&upload, &outgoing.text).await?;
                checkpoint(&Walk::Processing {
                    video: upload.video,
                    polls: 0,
                    accepted: true,
                })
            }
            Walk::Processing {
                video,
                polls,
                accepted,
            } => video::wait(ctx, &page, video, polls, accepted).await,
            Walk::Posted { post } => {
                let seen = page.read_post(&post).await;
                Ok(Step::Published(receipt(ctx, post, seen.ok().as_ref())))
            }
        }
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let page = PageCalls::of(ctx, outgoing)?;
        match progress.read(NAME)? {
            Walk::Announced { photos, at, .. } => {
                what_became_of_post(ctx, &page, outgoing, photos, at).await
            }
            Walk::Finishing { upload, round, .. } => {
                let seen = page.read_video(&upload.video).await?;
                Ok(Reconciled::NotPublished(Progress::from_value(
                    &video::after_finishing(&seen, upload, round),
                )))
            }
            Walk::Processing {
                video,
                accepted: false,
                ..
            } => video::is_shown(ctx, &page, video).await,
            _ => Ok(Reconciled::NotPublished(progress.clone())),
        }
    }
}

/// The post is on the Page, or it is not and the call must be over.
async fn what_became_of_post(
    ctx: &PlatformContext,
    page: &PageCalls<'_>,
    outgoing: &Outgoing,
    photos: Vec<Photo>,
    at: Timestamp,
) -> Result<Reconciled, PlatformError> {
    if let Some(seen) = find(page, outgoing, &photos, at).await? {
        return Ok(Reconciled::Published(receipt(
            ctx,
            seen.id.clone(),
            Some(&seen),
        )));
    }
    if ctx.now() < at + SETTLED_AFTER {
        return Ok(Reconciled::Unknown);
    }
    Ok(Reconciled::NotPublished(Progress::from_value(
        &Walk::Uploading {
            photos,
            asked: true,
        },
    )))
}

fn is_stale(ctx: &PlatformContext, announced_at: Timestamp) -> bool {
    announced_at + ANNOUNCEMENT_FRESH < ctx.now()
}

fn checkpoint(walk: &Walk) -> Result<Step, PlatformError> {
    Ok(Step::Checkpoint(Progress::from_value(walk)))
}

async fn upload_or_announce(
    ctx: &PlatformContext,
    page: &PageCalls<'_>,
    outgoing: &Outgoing,
    mut photos: Vec<Photo>,
    asked: bool,
) -> Result<Step, PlatformError> {
    let now = ctx.now();
    if photos.iter().any(|photo| photo.at + PHOTOS_KEEP < now) {
        photos.clear();
    }
    if photos.len() < outgoing.media.len() {
        let id = page.upload_photo(&outgoing.media[photos.len()]).await?;
        photos.push(Photo { id, at: now });
        return Ok(Step::Checkpoint(Progress::from_value(&Walk::Uploading {
            photos,
            asked,
        })));
    }
    Ok(Step::Intend(Progress::from_value(&Walk::Announced {
        photos,
        at: now,
        asked,
    })))
}

async fn post(
    ctx: &PlatformContext,
    page: &PageCalls<'_>,
    outgoing: &Outgoing,
    photos: &[Photo],
    at: Timestamp,
    asked: bool,
) -> Result<Step, PlatformError> {
    let link = outgoing.media.is_empty().then(|| link(outgoing)).flatten();
    let ids: Vec<_> = photos.iter().map(|photo| photo.id.as_str()).collect();
    match page.post(&outgoing.text, link, &ids).await {
        Ok(created) => Ok(Step::Checkpoint(Progress::from_value(&Walk::Posted {
            post: created.id,
        }))),
        // "The same was posted before" may speak of a call of ours whose answer was lost. Of a first call it cannot.
        Err(error) if error.code == ErrorCode::DuplicateContent && asked => {
            let found = find(page, outgoing, photos, at).await.map_err(|failure| {
                PlatformError::outcome_unknown(NAME, format!("{}; then {}", error.log, failure.log))
            })?;
            found
                .map(|seen| Step::Published(receipt(ctx, seen.id.clone(), Some(&seen))))
                .ok_or(error)
        }
        Err(error) => Err(error),
    }
}

/// The post on the Page that came from our call, if it is there.
async fn find(
    page: &PageCalls<'_>,
    outgoing: &Outgoing,
    photos: &[Photo],
    sent_at: Timestamp,
) -> Result<Option<Seen>, PlatformError> {
    let posts = page.posts_since(sent_at).await?;
    Ok(posts
        .into_iter()
        .filter(|seen| !outgoing.taken.contains(&seen.id))
        .find(|seen| is_ours(seen, &outgoing.text, photos)))
}

/// By the pictures' ids where Facebook gives them; else by text and number of pictures.
fn is_ours(seen: &Seen, text: &str, photos: &[Photo]) -> bool {
    let shown = seen.photos();
    if shown.iter().any(Option::is_some) {
        return shown
            .iter()
            .flatten()
            .any(|id| photos.iter().any(|photo| photo.id == **id));
    }
    shown.len() == photos.len() && same_text(seen.text(), text)
}

fn receipt(ctx: &PlatformContext, remote_id: String, seen: Option<&Seen>) -> Receipt {
    let given = seen.and_then(|seen| seen.permalink(ctx));
    let settings = ctx.settings();
    let constructed = || (!settings.api_url_is_custom).then(|| settings.auth(&remote_id).into());
    Receipt {
        permalink: given.or_else(constructed),
        published_at: seen.and_then(Seen::created_at).unwrap_or_else(|| ctx.now()),
        raw: seen.map_or_else(|| serde_json::json!({ "id": remote_id }), Seen::raw),
        remote_id,
    }
}

fn video_of(outgoing: &Outgoing) -> Option<&OutgoingMedia> {
    outgoing
        .media
        .iter()
        .find(|media| media.facts.kind == MediaKind::Video)
}

fn link_option(options: &Options) -> Option<&str> {
    options
        .get(LINK)?
        .as_str()
        .map(str::trim)
        .filter(|link| !link.is_empty())
}

/// The card below the text: the one chosen, else the only address in the text.
fn link(outgoing: &Outgoing) -> Option<&str> {
    let only = || match count_of(EntityKind::Url, &outgoing.text) {
        1 => first_url(&outgoing.text),
        _ => None,
    };
    link_option(&outgoing.options).or_else(only)
}

fn is_web_address(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn check_link(link: &str, content: &Content<'_>) -> Option<Finding> {
    let (code, detail) = if !is_web_address(link) {
        (
            ErrorCode::InvalidUrl,
            "The link is not an address. It begins with https://.",
        )
    } else if !content.media.is_empty() {
        let detail = "Facebook shows either pictures or a link card. Put the link into the text, or remove the pictures.";
        (ErrorCode::NotAllowed, detail)
    } else {
        return None;
    };
    Some(Finding::error(code, format!("options.{LINK}"), detail))
}
