//! Publishing on Mastodon: media uploaded and ready, the post announced, then sent once under a key.

use std::borrow::Cow;
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::manifest::{ContentRules, TextCount};
use fanfare_platform_kit::roles::{
    ChannelRef, FIRST_COMMENT, Outgoing, Progress, Publish, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::rules::{self, Finding, count};
use fanfare_platform_kit::{Content, Options, PlatformContext, PlatformError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::api::{Access, Instance, Status, status_body};
use super::instance::{Limits, limit_comment};
use super::manifest::{CONTENT_WARNING, LANGUAGE, VISIBILITY};
use super::recognise::{Found, Wanted, find};
use super::{Mastodon, NAME};

/// How far a delivery has come.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Walk {
    /// The uploads so far, in the post's order.
    media: Vec<Upload>,
    /// How often we asked whether the media is ready.
    polls: u32,
    /// When the post was first about to be sent. Nothing of ours is there from before.
    sent_at: Option<Timestamp>,
    /// The call that sends it is announced and not yet known to have failed.
    announced: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Upload {
    id: String,
    is_ready: bool,
}

#[async_trait]
impl Publish for Mastodon {
    fn rules(&self, channel: &ChannelRef, options: &Options) -> Cow<'_, ContentRules> {
        let limits: Limits = serde_json::from_value(channel.limits.clone()).unwrap_or_default();
        let rules = limits.applied(&self.manifest.content);
        let warning = count(warning(options), &TextCount::Graphemes);
        if warning == 0 {
            return rules;
        }
        // Both together must fit; the first comment stands behind the same warning.
        let mut rules = rules.into_owned();
        rules.text.max = rules.text.max.map(|max| max.saturating_sub(warning));
        limit_comment(&mut rules);
        Cow::Owned(rules)
    }

    fn check(&self, channel: &ChannelRef, content: &Content<'_>) -> Vec<Finding> {
        let mut findings = rules::check(&self.rules(channel, content.options), content);
        let language = content
            .options
            .get(LANGUAGE)
            .and_then(Value::as_str)
            .unwrap_or_default();
        if !language.is_empty() && !is_language(language) {
            let detail = "Write the language by its short name, such as en or es.";
            let field = format!("options.{LANGUAGE}");
            findings.insert(0, Finding::error(ErrorCode::NotAllowed, field, detail));
        }
        let chosen = |name: &str| content.options.get(name).and_then(Value::as_str);
        let has_comment = chosen(FIRST_COMMENT).is_some_and(|text| !text.trim().is_empty());
        if has_comment && chosen(VISIBILITY) == Some("direct") {
            let detail = "Nobody would see a comment below a post that only those it mentions see. Leave it out.";
            let field = format!("options.{FIRST_COMMENT}");
            findings.insert(0, Finding::error(ErrorCode::NotAllowed, field, detail));
        }
        findings
    }

    async fn step(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let access: Access = outgoing.credentials.read(NAME)?;
        let instance = Instance::of_channel(ctx, &access, &outgoing.channel.id);
        let mut walk: Walk = progress.read(NAME)?;
        if let Some(media) = outgoing.media.get(walk.media.len()) {
            let uploaded = instance.upload(media).await?;
            walk.media.push(Upload {
                id: uploaded.id,
                is_ready: uploaded.is_ready,
            });
            return Ok(Step::Checkpoint(Progress::from_value(&walk)));
        }
        if let Some(upload) = walk.media.iter_mut().find(|upload| !upload.is_ready) {
            upload.is_ready = instance.is_ready(&upload.id).await?;
            return Ok(after_poll(walk));
        }
        if !walk.announced {
            walk.announced = true;
            walk.sent_at.get_or_insert(ctx.now());
            return Ok(Step::Intend(Progress::from_value(&walk)));
        }
        let ids: Vec<_> = walk.media.into_iter().map(|upload| upload.id).collect();
        let body = status_body(outgoing, &ids);
        let status = instance.post(&outgoing.delivery_id, &body).await?;
        Ok(Step::Published(receipt(status)))
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let access: Access = outgoing.credentials.read(NAME)?;
        let instance = Instance::of_channel(ctx, &access, &outgoing.channel.id);
        let Ok(walk) = progress.read::<Walk>(NAME) else {
            return Ok(Reconciled::Unknown);
        };
        let wanted = Wanted {
            text: &outgoing.text,
            warning: warning(&outgoing.options),
            media: walk.media.iter().map(|upload| upload.id.as_str()).collect(),
            sent_at: walk.sent_at.unwrap_or(outgoing.began_at),
            taken: &outgoing.taken,
        };
        Ok(match find(&instance, &access.account, &wanted).await? {
            Found::Post(status) => Reconciled::Published(receipt(*status)),
            Found::Nothing => {
                let again = Walk {
                    announced: false,
                    ..walk
                };
                Reconciled::NotPublished(Progress::from_value(&again))
            }
            Found::TooMany => Reconciled::Unknown,
        })
    }
}

/// Pictures take a moment, videos minutes.
fn after_poll(mut walk: Walk) -> Step {
    if walk.media.iter().all(|upload| upload.is_ready) {
        return Step::Checkpoint(Progress::from_value(&walk));
    }
    walk.polls += 1;
    let after = Duration::from_secs(u64::from(walk.polls.clamp(1, 15)));
    Step::Wait {
        progress: Progress::from_value(&walk),
        after,
    }
}

pub(super) fn receipt(status: Status) -> Receipt {
    Receipt {
        raw: status.raw(),
        remote_id: status.id,
        permalink: status.url,
        published_at: status.created_at,
    }
}

pub(super) fn warning(options: &Options) -> &str {
    options
        .get(CONTENT_WARNING)
        .and_then(Value::as_str)
        .unwrap_or_default()
        .trim()
}

/// `en`, `gsw`, `zh-TW`.
fn is_language(tag: &str) -> bool {
    let (language, region) = tag
        .split_once('-')
        .map_or((tag, None), |(one, two)| (one, Some(two)));
    (2..=3).contains(&language.len())
        && language.chars().all(|letter| letter.is_ascii_lowercase())
        && region.is_none_or(|region| {
            (2..=4).contains(&region.len())
                && region.chars().all(|letter| letter.is_ascii_alphanumeric())
        })
}
