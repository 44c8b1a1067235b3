//! Publishing on Bluesky: mentions looked up, pictures handed over, then one write under a key of our own.
//!
//! Every step may run twice. The write is made under a key chosen from the delivery with content that does not change,
//! so repeating it gives the same record, and where something else lies under the key the server refuses it.

use std::borrow::Cow;

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::manifest::ContentRules;
use fanfare_platform_kit::roles::{
    ChannelRef, Outgoing, Progress, Publish, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::rules::{self, Finding, text};
use fanfare_platform_kit::{Content, Options, PlatformContext, PlatformError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::api::{Access, Server, Stored, Written};
use super::card::{Card, card};
use super::comment;
use super::facets::{Mentions, handles, may_link};
use super::manifest::{LANGUAGES, LANGUAGES_MAX};
use super::record::{Parts, created_at, key, languages, next_key, permalink, record, time_of};
use super::{Bluesky, NAME};

/// How far a delivery has come.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Walk {
    key: String,
    created_at: String,
    mentions: Mentions,
    /// Of the pictures handed over so far, in the post's order.
    blobs: Vec<Value>,
    card: Option<Card>,
    card_done: bool,
    /// Pictures were handed over a second time, because the server had forgotten them.
    #[serde(default)]
    renewed: bool,
}

#[async_trait]
impl Publish for Bluesky {
    fn rules(&self, _channel: &ChannelRef, _options: &Options) -> Cow<'_, ContentRules> {
        Cow::Borrowed(&self.manifest.content)
    }

    fn check(&self, channel: &ChannelRef, content: &Content<'_>) -> Vec<Finding> {
        let mut findings = rules::check(&self.rules(channel, content.options), content);
        if languages(content.options).is_none() {
            let detail = format!(
                "Write up to {LANGUAGES_MAX} languages by their short names, such as en, es."
            );
            let field = format!("options.{LANGUAGES}");
            findings.insert(0, Finding::error(ErrorCode::NotAllowed, field, detail));
        }
        findings.extend(comment::check(content));
        findings
    }

    fn links(&self, part: &text::Entity<'_>) -> bool {
        may_link(part)
    }

    async fn step(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let access: Access = outgoing.credentials.read(NAME)?;
        let server = Server::of_channel(ctx, &access.data_server, &outgoing.channel.id);
        let mut walk: Walk = progress.read(NAME)?;
        if progress.is_start() {
            walk = begin(&server, outgoing).await?;
        } else if let Some(media) = outgoing.media.get(walk.blobs.len()) {
            walk.blobs.push(server.upload(&access, media).await?);
        } else if let Some(link) = link_to_show(outgoing, &walk) {
            walk.card = card(ctx, &server, &access, link).await;
            walk.card_done = true;
        } else {
            return write(ctx, &server, &access, outgoing, walk).await;
        }
        Ok(Step::Checkpoint(Progress::from_value(&walk)))
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let access: Access = outgoing.credentials.read(NAME)?;
        let server = Server::of_channel(ctx, &access.data_server, &outgoing.channel.id);
        // Progress that cannot be read is none: the key does not depend on it.
        let walk: Walk = progress.read(NAME).unwrap_or_default();
        let walk = if walk.key.is_empty() {
            begin(&server, outgoing).await?
        } else {
            walk
        };
        Ok(match server.get(&access.did, &walk.key).await? {
            Some(stored) if is_ours(&stored, outgoing, &walk) => {
                Reconciled::Published(receipt_of(ctx, &access, &walk.key, stored))
            }
            Some(_) => Reconciled::NotPublished(under_next_key(walk)),
            None => Reconciled::NotPublished(Progress::from_value(&walk)),
        })
    }
}

/// Chooses key and time, and looks up who is mentioned.
async fn begin(server: &Server<'_>, outgoing: &Outgoing) -> Result<Walk, PlatformError> {
    Ok(Walk {
        key: key(&outgoing.delivery_id, outgoing.began_at),
        created_at: created_at(outgoing.began_at),
        mentions: mentioned(server, &outgoing.text).await?,
        ..Walk::default()
    })
}

/// Who is mentioned in a text, by handle.
pub(super) async fn mentioned(server: &Server<'_>, text: &str) -> Result<Mentions, PlatformError> {
    let mut mentions = Mentions::new();
    for handle in handles(text) {
        if let Some(did) = server.resolve(&handle).await? {
            mentions.insert(handle, did);
        }
    }
    Ok(mentions)
}

fn link_to_show<'a>(outgoing: &'a Outgoing, walk: &Walk) -> Option<&'a str> {
    if walk.card_done || !outgoing.media.is_empty() {
        return None;
    }
    text::first_url(&outgoing.text)
}

async fn write(
    ctx: &PlatformContext,
    server: &Server<'_>,
    access: &Access,
    outgoing: &Outgoing,
    walk: Walk,
) -> Result<Step, PlatformError> {
    let parts = Parts {
        created_at: &walk.created_at,
        mentions: &walk.mentions,
        blobs: &walk.blobs,
        card: walk.card.as_ref(),
    };
    let record = record(outgoing, &parts);
    match server.put(access, &walk.key, &record).await? {
        Written::As { uri, cid } => {
            let raw = json!({ "uri": uri, "cid": cid });
            let published_at = ctx.now();
            let permalink = Some(permalink(&access.did, &walk.key));
            Ok(Step::Published(Receipt {
                remote_id: uri,
                permalink,
                published_at,
                raw,
            }))
        }
        Written::KeyTaken => match server.get(&access.did, &walk.key).await? {
            Some(stored) if is_ours(&stored, outgoing, &walk) => {
                Ok(Step::Published(receipt_of(ctx, access, &walk.key, stored)))
            }
            _ => Ok(Step::Checkpoint(under_next_key(walk))),
        },
        Written::BlobLost if !walk.renewed => {
            let again = Walk {
                blobs: Vec::new(),
                card: None,
                card_done: false,
                renewed: true,
                ..walk
            };
            Ok(Step::Checkpoint(Progress::from_value(&again)))
        }
        Written::BlobLost => Err(PlatformError::not_understood(
            NAME,
            "pictures are lost as soon as they are taken",
        )),
    }
}

/// Whether a record is this delivery's: nobody else writes this text at this millisecond under this key.
fn is_ours(stored: &Stored, outgoing: &Outgoing, walk: &Walk) -> bool {
    let text = |name: &str| stored.value[name].as_str().unwrap_or_default();
    text("text") == outgoing.text && text("createdAt") == walk.created_at
}

fn under_next_key(walk: Walk) -> Progress {
    Progress::from_value(&Walk {
        key: next_key(&walk.key),
        ..walk
    })
}

/// For a post that was written earlier than now, by a call whose answer was lost.
fn receipt_of(ctx: &PlatformContext, access: &Access, key: &str, stored: Stored) -> Receipt {
    Receipt {
        published_at: time_of(&stored.value).unwrap_or_else(|| ctx.now()),
        permalink: Some(permalink(&access.did, key)),
        raw: json!({ "uri": stored.uri, "cid": stored.cid }),
        remote_id: stored.uri,
    }
}
