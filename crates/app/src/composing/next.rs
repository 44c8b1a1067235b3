//! The content of the next post of a series: that of the newest, as far as it still exists.

use std::collections::BTreeMap;

use fanfare_domain::{PostId, UserId};
use fanfare_platform_kit::rules::Level;
use fanfare_store::channels::Channel;
use fanfare_store::posts::Post;
use fanfare_store::{WorkspaceTx, media, posts};

use super::check::{Named, findings};
use super::detail::load;
use super::duplicate::copy_of;
use super::input::{MediaInput, PostInput};
use super::permissions::granted_to;
use super::record;
use crate::scheduling::DueTimes;
use crate::{App, Result};

/// What the next post is made of.
pub(crate) struct NextPost {
    pub author_id: Option<UserId>,
    pub input: PostInput,
    pub channels: Vec<Channel>,
    /// The names of channels that are gone.
    pub left_out: Vec<String>,
    /// In words, what keeps it from being as the one before, or from going out at all.
    pub problem: Option<String>,
}

/// Takes the content from the post. Channels that were disconnected are left out; a file that is gone is not, so that the post does not
/// go out without its picture.
pub(crate) async fn next_from(app: &App, tx: &mut WorkspaceTx, id: PostId) -> Result<NextPost> {
    let newest = load(tx, id).await?;
    let mut input = copy_of(&newest);
    let items = posts::media_of(tx, &[id]).await?;
    let missing = items.len().saturating_sub(newest.media.len());
    input.media = items
        .into_iter()
        .map(|(_, item)| MediaInput {
            id: item.media_id,
            alt: Some(item.alt).filter(|alt| !alt.is_empty()),
        })
        .collect();
    let left_out: Vec<String> = newest
        .channels
        .values()
        .filter(|channel| channel.removed_at.is_some())
        .map(|channel| channel.name.clone())
        .collect();
    let channels: Vec<Channel> = input
        .channels
        .iter()
        .filter_map(|id| newest.channels.get(id).cloned())
        .collect();
    let refusals = refusals(app, tx, &input, &channels).await?;
    Ok(NextPost {
        author_id: newest.post.author_id,
        problem: in_words(&channels, &left_out, missing, &refusals),
        input,
        channels,
        left_out,
    })
}

/// Writes the post with its media, deliveries and their jobs.
pub(crate) async fn write_post(
    app: &App,
    tx: &mut WorkspaceTx,
    post: &Post,
    next: &NextPost,
    due: &DueTimes,
) -> Result<()> {
    record::insert_post(tx, post, &next.input.media).await?;
    record::deliveries_of(app, tx, post, &next.input, &next.channels, Vec::new(), due).await
}

/// Why channels would refuse it as things are now.
async fn refusals(
    app: &App,
    tx: &mut WorkspaceTx,
    input: &PostInput,
    channels: &[Channel],
) -> Result<Vec<String>> {
    let ids: Vec<_> = input.media.iter().map(|item| item.id).collect();
    let files: BTreeMap<_, _> = media::many(tx, &ids)
        .await?
        .into_iter()
        .map(|file| (file.id, file))
        .collect();
    let named = Named {
        channels: channels.to_vec(),
        granted: granted_to(tx, input, channels).await?,
        media: input
            .media
            .iter()
            .filter_map(|item| {
                let file = files.get(&item.id)?;
                Some(crate::media::facts(file, item.alt.as_deref()))
            })
            .collect(),
    };
    Ok(findings(app, input, &named)?
        .into_iter()
        .filter(|found| found.finding.level == Level::Error)
        .map(|found| format!("{}: {}", found.channel_name, found.finding.detail))
        .collect())
}

fn in_words(
    channels: &[Channel],
    left_out: &[String],
    missing: usize,
    refusals: &[String],
) -> Option<String> {
    let mut sentences = Vec::new();
    if channels.is_empty() {
        sentences.push(
            "All its channels were disconnected, so it is kept as a draft and repeats no more. Connect a channel, then schedule it anew."
                .to_owned(),
        );
    } else if !left_out.is_empty() {
        sentences.push(format!(
            "It no longer goes to {}, which was disconnected.",
            left_out.join(", ")
        ));
    }
    match missing {
        0 => {}
        1 => sentences.push(
            "One of its pictures or videos was deleted, so it cannot go out. Choose another, or take it off."
                .to_owned(),
        ),
        several => sentences.push(format!(
            "{several} of its pictures and videos were deleted, so it cannot go out. Choose others, or take them off."
        )),
    }
    if missing == 0 {
        sentences.extend(refusals.iter().take(3).cloned());
    }
    (!sentences.is_empty()).then(|| sentences.join(" "))
}
