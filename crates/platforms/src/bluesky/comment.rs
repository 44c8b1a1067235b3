//! The first comment on Bluesky: a reply to our own post, under a key of our own.
//!
//! As with posts, every step may run twice: the key is chosen from the comment, its content does not change, and where
//! something else lies under the key the server refuses it.

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{
    Comment, FIRST_COMMENT, OutgoingComment, Progress, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::rules::Finding;
use fanfare_platform_kit::{Advice, Content, PlatformContext, PlatformError};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::api::{Access, Server, Stored, Written};
use super::facets::Mentions;
use super::manifest::TEXT_BYTES;
use super::publish::mentioned;
use super::record::{Parts, PostRef, created_at, key, key_of, next_key, permalink, reply, time_of};
use super::{Bluesky, NAME};

/// How far a comment has come.
#[derive(Debug, Serialize, Deserialize)]
struct Walk {
    key: String,
    created_at: String,
    mentions: Mentions,
    post: PostRef,
}

#[async_trait]
impl Comment for Bluesky {
    async fn step(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        let access: Access = comment.credentials.read(NAME)?;
        let server = Server::of_channel(ctx, &access.data_server, &comment.channel.id);
        match progress.read(NAME)? {
            Some(walk) => write(ctx, &server, &access, comment, walk).await,
            None => {
                let walk = begin(&server, &access, comment).await?;
                Ok(Step::Checkpoint(Progress::from_value(&walk)))
            }
        }
    }

    async fn reconcile(
        &self,
        ctx: &PlatformContext,
        comment: &OutgoingComment,
        progress: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        let access: Access = comment.credentials.read(NAME)?;
        let server = Server::of_channel(ctx, &access.data_server, &comment.channel.id);
        // Progress that cannot be read is none: the key does not depend on it.
        let walk = match progress.read(NAME).unwrap_or_default() {
            Some(walk) => walk,
            None => begin(&server, &access, comment).await?,
        };
        Ok(match server.get(&access.did, &walk.key).await? {
            Some(stored) if is_ours(&stored, comment, &walk) => {
                Reconciled::Published(receipt_of(ctx, &access, &walk.key, stored))
            }
            Some(_) => Reconciled::NotPublished(under_next_key(walk)),
            None => Reconciled::NotPublished(Progress::from_value(&walk)),
        })
    }
}

/// What the comment's text must be besides short enough.
pub fn check(content: &Content<'_>) -> Option<Finding> {
    let text = content.options.get(FIRST_COMMENT)?.as_str()?;
    (text.len() > TEXT_BYTES as usize).then(|| {
        let detail = "Bluesky takes fewer of these characters. Shorten it.";
        Finding::error(
            ErrorCode::TooLong,
            format!("options.{FIRST_COMMENT}"),
            detail,
        )
    })
}

/// Chooses key and time, finds the post, and looks up who is mentioned.
async fn begin(
    server: &Server<'_>,
    access: &Access,
    comment: &OutgoingComment,
) -> Result<Walk, PlatformError> {
    Ok(Walk {
        key: key(&comment.key, comment.began_at),
        created_at: created_at(comment.began_at),
        mentions: mentioned(server, &comment.text).await?,
        post: post_of(server, access, comment).await?,
    })
}

/// The post with its content id: from the receipt, or from the server where the receipt lacks it.
async fn post_of(
    server: &Server<'_>,
    access: &Access,
    comment: &OutgoingComment,
) -> Result<PostRef, PlatformError> {
    let uri = comment.post.remote_id.clone();
    let known = comment.post.raw["cid"].as_str().map(str::to_owned);
    let cid = match known {
        Some(cid) => Some(cid),
        None => {
            let stored = server.get(&access.did, key_of(&uri)).await?;
            stored.and_then(|stored| stored.cid)
        }
    };
    let cid = cid.ok_or_else(|| {
        PlatformError::new(
            Advice::Permanent,
            ErrorCode::PlatformRefused,
            "The post is no longer on Bluesky, so nothing can be written below it.",
            format!("{uri} has no content id"),
        )
    })?;
    Ok(PostRef { uri, cid })
}

async fn write(
    ctx: &PlatformContext,
    server: &Server<'_>,
    access: &Access,
    comment: &OutgoingComment,
    walk: Walk,
) -> Result<Step, PlatformError> {
    let parts = Parts {
        created_at: &walk.created_at,
        mentions: &walk.mentions,
        blobs: &[],
        card: None,
    };
    match server
        .put(access, &walk.key, &reply(comment, &parts, &walk.post))
        .await?
    {
        Written::As { uri, cid } => Ok(Step::Published(Receipt {
            raw: json!({ "uri": uri, "cid": cid }),
            remote_id: uri,
            permalink: Some(permalink(&access.did, &walk.key)),
            published_at: ctx.now(),
        })),
        Written::KeyTaken => match server.get(&access.did, &walk.key).await? {
            Some(stored) if is_ours(&stored, comment, &walk) => {
                Ok(Step::Published(receipt_of(ctx, access, &walk.key, stored)))
            }
            _ => Ok(Step::Checkpoint(under_next_key(walk))),
        },
        Written::BlobLost => Err(PlatformError::not_understood(
            NAME,
            "pictures are lost, and there are none",
        )),
    }
}

/// Whether a record is this comment: nobody else writes this text at this millisecond below this post.
fn is_ours(stored: &Stored, comment: &OutgoingComment, walk: &Walk) -> bool {
    let value = &stored.value;
    value["text"] == comment.text
        && value["createdAt"] == walk.created_at
        && value["reply"]["parent"]["uri"] == walk.post.uri
}

fn under_next_key(walk: Walk) -> Progress {
    Progress::from_value(&Walk {
        key: next_key(&walk.key),
        ..walk
    })
}

fn receipt_of(ctx: &PlatformContext, access: &Access, key: &str, stored: Stored) -> Receipt {
    Receipt {
        published_at: time_of(&stored.value).unwrap_or_else(|| ctx.now()),
        permalink: Some(permalink(&access.did, key)),
        raw: json!({ "uri": stored.uri, "cid": stored.cid }),
        remote_id: stored.uri,
    }
}
