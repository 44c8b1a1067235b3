//! What a post said before: each edit is kept, a person's stream of small ones as one, and any can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ChannelId, MediaId, PostId};
use fanfare_store::deliveries::Delivery;
use fanfare_store::media::Media;
use fanfare_store::post_versions::{self, PostVersion};
use fanfare_store::posts::{Post, PostMedia};
use fanfare_store::{WorkspaceTx, channels, media, posts};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::detail::PostDetail;
use super::edit::{Origin, apply};
use super::input::{MediaInput, PostChange, VariantInput};
use crate::{App, AppError, Caller, Result};

/// One person's edits within so long are one version.
const ONE_SITTING: SignedDuration = SignedDuration::from_mins(5);
/// So many are kept of each post; the oldest go first.
pub(super) const KEPT: i64 = 50;
/// A text of fewer letters is not worth a version of its own when it is written over.
const WORTH_KEEPING: usize = 24;

/// What is said of a post at one time. Its schedule is no part of it: taking back words moves no post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionContent {
    pub text: String,
    pub media: Vec<VersionMedia>,
    /// In the post's order.
    pub channel_ids: Vec<ChannelId>,
    pub variants: BTreeMap<String, VersionVariant>,
}

/// A file of the post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VersionMedia {
    pub id: MediaId,
    /// Empty where the file's own applies.
    pub alt: String,
}

/// What differs on one channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct VersionVariant {
    pub text: Option<String>,
    pub options: Map<String, Json>,
}

/// A version as a person looks at it.
#[derive(Debug, Clone)]
pub struct VersionDetail {
    pub version: PostVersion,
    pub content: VersionContent,
    /// Those of its files that still exist.
    pub media: BTreeMap<MediaId, Media>,
    /// It is what the post says now.
    pub current: bool,
}

/// Up to `limit` versions below `before`, newest first.
pub async fn list_versions(
    app: &App,
    caller: &Caller,
    post: PostId,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<VersionDetail>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    posts::get(&mut tx, post)
        .await
        .map_err(AppError::or_missing("post"))?;
    let versions = post_versions::list(&mut tx, post, before, limit).await?;
    let mut read = Vec::new();
    for version in versions {
        read.push((content_of(&version)?, version));
    }
    let ids: BTreeSet<MediaId> = read
        .iter()
        .flat_map(|(content, _)| content.media.iter().map(|item| item.id))
        .collect();
    let files = existing(&mut tx, ids).await?;
    let newest = read.first().map(|(_, version)| version.number);
    Ok(read
        .into_iter()
        .map(|(content, version)| VersionDetail {
            current: before.is_none() && newest == Some(version.number),
            media: content
                .media
                .iter()
                .filter_map(|item| Some((item.id, files.get(&item.id)?.clone())))
                .collect(),
            content,
            version,
        })
        .collect())
}

/// Makes the post say again what it said in that version: an edit like any other, so it can be taken back too. Files and channels
/// that are gone stay gone.
///
/// # Errors
/// As in editing; `not_found` when there is no such version.
pub async fn restore_version(
    app: &App,
    caller: &Caller,
    post: PostId,
    number: i64,
    revision: Option<i64>,
) -> Result<PostDetail> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    posts::get(&mut tx, post)
        .await
        .map_err(AppError::or_missing("post"))?;
    let version = post_versions::get(&mut tx, post, number)
        .await
        .map_err(AppError::or_missing("version of the post"))?;
    let content = content_of(&version)?;
    let files = existing(&mut tx, content.media.iter().map(|item| item.id).collect()).await?;
    let reachable: BTreeSet<ChannelId> = channels::many(&mut tx, &content.channel_ids)
        .await?
        .into_iter()
        .filter(|channel| channel.removed_at.is_none())
        .map(|channel| channel.id)
        .collect();
    drop(tx);
    let change = change_to(content, &files, &reachable, revision);
    apply(app, caller, post, &change, Origin::Restored(number)).await
}

fn change_to(
    content: VersionContent,
    files: &BTreeMap<MediaId, Media>,
    reachable: &BTreeSet<ChannelId>,
    revision: Option<i64>,
) -> PostChange {
    let media = content
        .media
        .into_iter()
        .filter(|item| files.contains_key(&item.id))
        .map(|item| MediaInput {
            id: item.id,
            alt: Some(item.alt).filter(|alt| !alt.is_empty()),
        });
    let mut variants = BTreeMap::new();
    let mut chosen = content.channel_ids;
    chosen.retain(|channel| reachable.contains(channel));
    for channel in &chosen {
        if let Some(variant) = content.variants.get(&channel.to_string()) {
            let VersionVariant { text, options } = variant.clone();
            variants.insert(*channel, VariantInput { text, options });
        }
    }
    PostChange {
        text: Some(content.text),
        media: Some(media.collect()),
        channels: Some(chosen),
        variants: Some(variants),
        schedule: None,
        revision,
        keeps_present: true,
    }
}

async fn existing(
    tx: &mut WorkspaceTx,
    ids: BTreeSet<MediaId>,
) -> Result<BTreeMap<MediaId, Media>> {
    let ids: Vec<MediaId> = ids.into_iter().collect();
    let found = media::many(tx, &ids).await?;
    Ok(found.into_iter().map(|file| (file.id, file)).collect())
}

fn content_of(version: &PostVersion) -> Result<VersionContent> {
    serde_json::from_value(version.content.clone())
        .map_err(|error| AppError::Broken(anyhow::anyhow!("a version of a post: {error}")))
}

/// What a post with these files and deliveries says.
pub(super) fn content(text: &str, media: &[PostMedia], deliveries: &[Delivery]) -> VersionContent {
    let going: Vec<&Delivery> = deliveries
        .iter()
        .filter(|delivery| delivery.state != DeliveryState::Cancelled)
        .collect();
    let variants = going.iter().filter_map(|delivery| {
        let options = delivery.options.as_object().cloned().unwrap_or_default();
        let variant = VersionVariant {
            text: delivery.variant_text.clone(),
            options,
        };
        (variant != VersionVariant::default()).then(|| (delivery.channel_id.to_string(), variant))
    });
    VersionContent {
        text: text.to_owned(),
        media: media
            .iter()
            .map(|item| VersionMedia {
                id: item.media_id,
                alt: item.alt.clone(),
            })
            .collect(),
        channel_ids: going.iter().map(|delivery| delivery.channel_id).collect(),
        variants: variants.collect(),
    }
}

/// Whose change it is, and when.
pub(super) struct Hand<'a> {
    pub caller: &'a Caller,
    pub now: Timestamp,
    /// The version taken back, if that is what the change does.
    pub restored_from: Option<i64>,
    /// What was said until now stays a version, whatever the time.
    pub keeps_present: bool,
}

/// Keeps what the post says now. `before` is what it said until now: posts from before versions were kept begin with that.
pub(super) async fn keep(
    tx: &mut WorkspaceTx,
    post: &Post,
    before: Option<(VersionContent, Timestamp)>,
    now_says: &VersionContent,
    hand: Hand<'_>,
) -> Result<()> {
    let mut latest = post_versions::list(tx, post.id, None, 1).await?.pop();
    if latest.is_none()
        && let Some((content, since)) = before
    {
        let first = PostVersion {
            number: 1,
            author_id: post.author_id,
            author_name: String::new(),
            restored_from: None,
            content: json(&content),
            created_at: since,
            updated_at: since,
        };
        post_versions::insert(tx, post.id, &first).await?;
        latest = Some(first);
    }
    let content = json(now_says);
    if let Some(latest) = &latest {
        if latest.content == content {
            return Ok(());
        }
        if !hand.keeps_present && goes_on(latest, now_says, &hand)? {
            let replaced = post_versions::replace(tx, post.id, latest.number, &content, hand.now);
            return Ok(replaced.await?);
        }
    }
    let version = PostVersion {
        number: latest.map_or(1, |latest| latest.number + 1),
        author_id: Some(hand.caller.user),
        author_name: String::new(),
        restored_from: hand.restored_from,
        content,
        created_at: hand.now,
        updated_at: hand.now,
    };
    post_versions::insert(tx, post.id, &version).await?;
    Ok(post_versions::forget(tx, post.id, version.number - KEPT).await?)
}

/// Whether the change belongs to the sitting in which the latest version was written.
fn goes_on(latest: &PostVersion, now_says: &VersionContent, hand: &Hand<'_>) -> Result<bool> {
    if latest.author_id != Some(hand.caller.user)
        || latest.restored_from.is_some()
        || hand.now >= latest.created_at + ONE_SITTING
    {
        return Ok(false);
    }
    let before = content_of(latest)?;
    Ok(!gives_up(&before.text, &now_says.text))
}

/// The text was taken away or written over, rather than gone on with: what it was stays a version of its own.
fn gives_up(before: &str, after: &str) -> bool {
    let kept = before
        .chars()
        .zip(after.chars())
        .take_while(|(a, b)| a == b)
        .count();
    let kept_behind = before
        .chars()
        .rev()
        .zip(after.chars().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let length = before.chars().count();
    length >= WORTH_KEEPING && (kept + kept_behind) * 2 < length
}

fn json(content: &VersionContent) -> Json {
    serde_json::to_value(content).expect("texts, lists and maps are JSON")
}

#[cfg(test)]
mod tests {
    use super::gives_up;

    #[test]
    fn writing_on_is_told_from_writing_over() {
        let text = "Friday is panettone day at the harbour";
        let table = [
            ("Fri", "Friday", false),
            ("short", "", false),
            (
                text,
                "Friday is panettone day at the harbour, from nine",
                false,
            ),
            (text, "Friday is bread day at the harbour", false),
            (text, "", true),
            (text, "Closed on Sunday", true),
            (text, "Friday", true),
        ];
        for (before, after, expected) in table {
            assert_eq!(gives_up(before, after), expected, "{before} → {after}");
        }
    }
}
