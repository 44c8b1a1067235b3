//! Posting on an account: prepare, wait until Instagram is ready, publish, look at it.
//!
//! What is prepared is a container, which can be published only once and tells for ever whether it was: so a lost answer is
//! always settled by its id.

use std::borrow::Cow;
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::manifest::ContentRules;
use fanfare_platform_kit::roles::{
    ChannelRef, Outgoing, Progress, Publish, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::rules::text::{Entity, EntityKind};
use fanfare_platform_kit::rules::{self, Finding, Level};
use fanfare_platform_kit::{Advice, Content, Options, PlatformContext, PlatformError, RateScope};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::api::{AccountCalls, Container, Seen};
use super::errors::is_container_gone;
use super::form::{self, format};
use super::manifest::{self, POST, STORY};
use super::options;
use super::{Instagram, NAME};
use crate::meta_graph::same_text;

mod anew;

use anew::{anew, anew_if_gone, anew_if_it_may_help, expired, ours_or};

/// An announcement older than this is made anew, after looking whether the container is still good.
const ANNOUNCEMENT_FRESH: SignedDuration = SignedDuration::from_secs(5);
/// The list of posts may lag behind the container's status.
const LIST_LAG: SignedDuration = SignedDuration::from_mins(2);
/// There may be room again at any time, for the limit is over the last 24 hours.
const DAILY_LIMIT_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// Seconds before each poll, the last one again and again.
const POLL_SECONDS: [u64; 6] = [2, 3, 5, 10, 15, 30];
/// After about half an hour of polling the engine's own patience decides.
const POLLS_MAX: usize = 60;

/// How far the delivery has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
enum Walk {
    /// Preparing a carousel's items one by one, or the only container.
    Preparing { items: Vec<String>, round: u32 },
    /// Waiting for the items, in their order.
    Gathering {
        items: Vec<String>,
        ready: usize,
        polls: usize,
        round: u32,
    },
    /// Waiting for the container that will be published.
    Processing {
        container: String,
        polls: usize,
        round: u32,
    },
    /// About to publish it.
    Announced {
        container: String,
        at: Timestamp,
        round: u32,
    },
    /// It is live; where to look at it is asked next.
    Posted { container: String, post: String },
}

impl Default for Walk {
    fn default() -> Self {
        Self::Preparing {
            items: Vec::new(),
            round: 0,
        }
    }
}

impl Walk {
    fn round(&self) -> u32 {
        match self {
            Self::Preparing { round, .. }
            | Self::Gathering { round, .. }
            | Self::Processing { round, .. }
            | Self::Announced { round, .. } => *round,
            Self::Posted { .. } => 0,
        }
    }
}

#[async_trait]
impl Publish for Instagram {
    fn rules(&self, _channel: &ChannelRef, options: &Options) -> Cow<'_, ContentRules> {
        match format(options) {
            POST => Cow::Borrowed(&self.manifest.content),
            format => Cow::Owned(manifest::rules(format)),
        }
    }

    fn check(&self, channel: &ChannelRef, content: &Content<'_>) -> Vec<Finding> {
        let mut findings = rules::check(&self.rules(channel, content.options), content);
        if format(content.options) == STORY && !content.text.trim().is_empty() {
            let detail = "A story shows no text, so this text is left out.";
            findings.push(Finding::warning(ErrorCode::TextNotShown, "text", detail));
        }
        findings.extend(options::check(content));
        findings.sort_by_key(|finding| finding.level == Level::Warning);
        findings
    }

    fn links(&self, part: &Entity<'_>) -> bool {
        match part.kind {
            EntityKind::Url => false,
            EntityKind::Hashtag => true,
            EntityKind::Mention => !part.name().contains('@'),
        }
    }

    async fn step(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let account = AccountCalls::of(ctx, outgoing)?;
        let walk: Walk = progress.read(NAME)?;
        let round = walk.round();
        let step = match walk {
            Walk::Preparing { items, .. } => prepare(&account, outgoing, items, round).await,
            Walk::Gathering {
                items,
                ready,
                polls,
                ..
            } => gather(&account, outgoing, items, ready, polls, round).await,
            Walk::Processing {
                container, polls, ..
            } => await_container(ctx, &account, outgoing, container, polls, round).await,
            Walk::Announced { container, at, .. } if at + ANNOUNCEMENT_FRESH < ctx.now() => {
                await_container(ctx, &account, outgoing, container, 0, round).await
            }
            Walk::Announced { container, .. } => publish(&account, container).await,
            Walk::Posted { container, post } => {
                let seen = account.read_post(&post).await;
                Ok(Step::Published(receipt(
                    ctx,
                    &container,
                    post,
                    seen.ok().as_ref(),
                )))
            }
        };
        step.or_else(|error| anew_if_gone(error, round))
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let Walk::Announced {
            container,
            at,
            round,
        } = progress.read(NAME)?
        else {
            return Ok(Reconciled::NotPublished(progress.clone()));
        };
        let account = AccountCalls::of(ctx, outgoing)?;
        let not_published = |walk: Walk| Ok(Reconciled::NotPublished(Progress::from_value(&walk)));
        match account.container(&container).await {
            Ok(Container::Published) => {
                let receipt = receipt_of(ctx, &account, outgoing, &container, at).await?;
                Ok(receipt.map_or(Reconciled::Unknown, Reconciled::Published))
            }
            // Publishing it twice is impossible, so it may be tried again even while the lost call is still at work.
            Ok(Container::Finished) => not_published(Walk::Processing {
                container,
                polls: 0,
                round,
            }),
            Ok(Container::InProgress) => Ok(Reconciled::Unknown),
            Ok(Container::Expired | Container::Failed(_)) => not_published(Walk::Preparing {
                items: Vec::new(),
                round: round + 1,
            }),
            Err(error) if is_container_gone(&error) => Ok(Reconciled::Unknown),
            Err(error) => Err(error),
        }
    }
}

/// Makes the next container.
async fn prepare(
    account: &AccountCalls<'_>,
    outgoing: &Outgoing,
    mut items: Vec<String>,
    round: u32,
) -> Result<Step, PlatformError> {
    let (form, media) = match outgoing.media.as_slice() {
        [] => return Err(without_media()),
        [media] => (form::single(outgoing, media), media),
        media => (form::item(&media[items.len()]), &media[items.len()]),
    };
    // Instagram fetches it by its link, and would only say that it could not.
    media.length().await?;
    let container = match account.create_container(&form).await {
        Err(error) => return Err(ours_or(error, outgoing).await),
        made => made?,
    };
    if outgoing.media.len() == 1 {
        return checkpoint(&Walk::Processing {
            container,
            polls: 0,
            round,
        });
    }
    items.push(container);
    if items.len() < outgoing.media.len() {
        return checkpoint(&Walk::Preparing { items, round });
    }
    checkpoint(&Walk::Gathering {
        items,
        ready: 0,
        polls: 0,
        round,
    })
}

/// Waits for a carousel's items and then makes the carousel.
async fn gather(
    account: &AccountCalls<'_>,
    outgoing: &Outgoing,
    items: Vec<String>,
    ready: usize,
    polls: usize,
    round: u32,
) -> Result<Step, PlatformError> {
    if ready == items.len() {
        let children = items.join(",");
        let container = account
            .create_container(&form::carousel(outgoing, &children))
            .await?;
        return checkpoint(&Walk::Processing {
            container,
            polls: 0,
            round,
        });
    }
    match account.container(&items[ready]).await? {
        Container::InProgress => wait(polls, |polls| Walk::Gathering {
            items,
            ready,
            polls,
            round,
        }),
        Container::Finished | Container::Published => checkpoint(&Walk::Gathering {
            items,
            ready: ready + 1,
            polls: 0,
            round,
        }),
        Container::Expired => anew(round, expired()),
        Container::Failed(error) => anew_if_it_may_help(round, ours_or(error, outgoing).await),
    }
}

/// Waits for the container, sees that the account may post today, and announces the publishing.
async fn await_container(
    ctx: &PlatformContext,
    account: &AccountCalls<'_>,
    outgoing: &Outgoing,
    container: String,
    polls: usize,
    round: u32,
) -> Result<Step, PlatformError> {
    match account.container(&container).await? {
        Container::InProgress => wait(polls, |polls| Walk::Processing {
            container,
            polls,
            round,
        }),
        Container::Finished => {
            mind_daily_limit(ctx, account).await?;
            let walk = Walk::Announced {
                container,
                at: ctx.now(),
                round,
            };
            Ok(Step::Intend(Progress::from_value(&walk)))
        }
        // Only we know the container, so it was us, and the answer was lost.
        Container::Published => {
            let receipt = receipt_of(ctx, account, outgoing, &container, outgoing.began_at).await?;
            match receipt {
                Some(receipt) => Ok(Step::Published(receipt)),
                None => wait(polls, |polls| Walk::Processing {
                    container,
                    polls,
                    round,
                }),
            }
        }
        Container::Expired => anew(round, expired()),
        Container::Failed(error) => anew_if_it_may_help(round, ours_or(error, outgoing).await),
    }
}

async fn publish(account: &AccountCalls<'_>, container: String) -> Result<Step, PlatformError> {
    match account.publish(&container).await {
        Ok(post) => checkpoint(&Walk::Posted { container, post }),
        // Instagram says the same of a container that is published already, perhaps by a call of ours that we gave up.
        Err(error) if is_container_gone(&error) => {
            Err(PlatformError::outcome_unknown(NAME, error.log))
        }
        Err(error) => Err(error),
    }
}

async fn mind_daily_limit(
    ctx: &PlatformContext,
    account: &AccountCalls<'_>,
) -> Result<(), PlatformError> {
    let quota = match account.quota().await {
        Ok(quota) => quota,
        // Not being told is no reason not to post.
        Err(error) if matches!(error.advice, Advice::Permanent | Advice::NeedsPermission) => None,
        Err(error) => return Err(error),
    };
    match quota {
        Some((used, total)) if used >= total => Err(PlatformError::new(
            Advice::RateLimited {
                until: ctx.now() + DAILY_LIMIT_PAUSE,
                scope: RateScope::Channel,
            },
            ErrorCode::DailyLimitReached,
            format!(
                "Instagram takes {total} posts in 24 hours from this account, and all are used. It goes on by itself when \
                 there is room."
            ),
            format!("{used} of {total} posts used"),
        )),
        _ => Ok(()),
    }
}

/// The receipt of a container that is known to be published; absent while the list of posts lags behind.
async fn receipt_of(
    ctx: &PlatformContext,
    account: &AccountCalls<'_>,
    outgoing: &Outgoing,
    container: &str,
    at: Timestamp,
) -> Result<Option<Receipt>, PlatformError> {
    let is_story = format(&outgoing.options) == STORY;
    let posts = account
        .recent(if is_story { "stories" } else { "media" }, at)
        .await?;
    let is_ours = |seen: &Seen| {
        !outgoing.taken.contains(&seen.id)
            && (is_story || same_text(seen.caption(), &outgoing.text))
    };
    if let Some(seen) = posts.into_iter().find(is_ours) {
        return Ok(Some(receipt(ctx, container, seen.id.clone(), Some(&seen))));
    }
    // After that it stays unknown where to look at it, but it is out for certain.
    let lags = ctx.now() < at + LIST_LAG;
    Ok((!lags).then(|| receipt(ctx, container, container.to_owned(), None)))
}

fn receipt(ctx: &PlatformContext, container: &str, post: String, seen: Option<&Seen>) -> Receipt {
    Receipt {
        permalink: seen.and_then(|seen| seen.permalink.clone()),
        published_at: seen
            .and_then(Seen::published_at)
            .unwrap_or_else(|| ctx.now()),
        raw: seen.map_or_else(
            || json!({ "id": post, "container": container }),
            |seen| seen.raw(container),
        ),
        remote_id: post,
    }
}

fn checkpoint(walk: &Walk) -> Result<Step, PlatformError> {
    Ok(Step::Checkpoint(Progress::from_value(walk)))
}

fn wait(polls: usize, next: impl FnOnce(usize) -> Walk) -> Result<Step, PlatformError> {
    if polls >= POLLS_MAX {
        return Err(PlatformError::new(
            Advice::Retry { after: None },
            ErrorCode::PlatformUnavailable,
            "Instagram is taking unusually long to process the media. It is asked again by itself.",
            format!("still in progress after {polls} polls"),
        ));
    }
    let seconds = POLL_SECONDS[polls.min(POLL_SECONDS.len() - 1)];
    let progress = Progress::from_value(&next(polls + 1));
    Ok(Step::Wait {
        progress,
        after: Duration::from_secs(seconds),
    })
}

fn without_media() -> PlatformError {
    PlatformError::new(
        Advice::FixContent {
            field: "media".into(),
        },
        ErrorCode::MediaRequired,
        "Instagram takes no post without a picture or a video.",
        "no media",
    )
}
