//! Checks a post before anything is stored or sent: that what it names exists, and each channel's own rules.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fanfare_domain::{ChannelId, ErrorCode, MediaId};
use fanfare_platform_kit::manifest::ContentRules;
use fanfare_platform_kit::rules::{self, Finding, Level};
use fanfare_platform_kit::{Content, MediaFacts, Options};
use fanfare_store::channels::Channel;
use fanfare_store::media::Media;
use fanfare_store::{WorkspaceTx, channels, media};

use super::input::{PostInput, VariantInput};
use super::marks::{Mark, marks};
use super::permissions::{Granted, granted_to, missing_for_options};
use crate::connections::channel_ref;
use crate::error::FieldError;
use crate::{App, AppError, Result, publishing};

/// What is wrong or remarkable about a post on one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelFinding {
    pub channel: ChannelId,
    pub channel_name: String,
    pub finding: Finding,
}

/// How long a text is on one channel, as its platform counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextCount {
    pub channel: ChannelId,
    pub used: u32,
    /// Absent where the platform sets no limit.
    pub max: Option<u32>,
}

/// What is a link, a mention or a hashtag in the text of one channel, or in the text for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextMarks {
    /// Absent for the text for all.
    pub channel: Option<ChannelId>,
    pub marks: Vec<Mark>,
}

/// What a post names, looked up.
pub(super) struct Named {
    /// In the post's order.
    pub channels: Vec<Channel>,
    /// What was granted to each channel's connection.
    pub granted: Granted,
    /// In the post's order.
    pub media: Vec<MediaFacts>,
}

/// Longer than any platform takes.
pub(super) const TEXT_LIMIT: usize = 100_000;
const CHANNEL_LIMIT: usize = 100;
pub(super) const MEDIA_LIMIT: usize = 50;

/// Finds everything the post names, or says what does not exist.
pub(super) async fn look_up(tx: &mut WorkspaceTx, input: &PostInput) -> Result<Named> {
    let mut wrong = sizes(input);
    if !wrong.is_empty() {
        return Err(AppError::invalid(wrong));
    }
    let channels = look_up_channels(tx, input, &mut wrong).await?;
    let media = look_up_media(tx, input, &mut wrong).await?;
    if wrong.is_empty() {
        let granted = granted_to(tx, input, &channels).await?;
        Ok(Named {
            channels,
            granted,
            media,
        })
    } else {
        Err(AppError::invalid(wrong))
    }
}

fn sizes(input: &PostInput) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    let too_long = |field: String, what: &str, limit: usize| {
        FieldError::new(
            field,
            ErrorCode::TooLong,
            format!("At most {limit} {what} are taken here."),
        )
    };
    if input.text.len() > TEXT_LIMIT {
        wrong.push(too_long("text".into(), "bytes of text", TEXT_LIMIT));
    }
    if input.channels.len() > CHANNEL_LIMIT {
        wrong.push(too_long("channel_ids".into(), "channels", CHANNEL_LIMIT));
    }
    if input.media.len() > MEDIA_LIMIT {
        wrong.push(too_long("media".into(), "pictures and videos", MEDIA_LIMIT));
    }
    for (channel, variant) in &input.variants {
        if variant
            .text
            .as_ref()
            .is_some_and(|text| text.len() > TEXT_LIMIT)
        {
            wrong.push(too_long(
                format!("variants.{channel}.text"),
                "bytes of text",
                TEXT_LIMIT,
            ));
        }
    }
    wrong
}

async fn look_up_channels(
    tx: &mut WorkspaceTx,
    input: &PostInput,
    wrong: &mut Vec<FieldError>,
) -> Result<Vec<Channel>> {
    let known: BTreeMap<ChannelId, Channel> = channels::many(tx, &input.channels)
        .await?
        .into_iter()
        .filter(|channel| channel.removed_at.is_none())
        .map(|channel| (channel.id, channel))
        .collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (position, id) in input.channels.iter().enumerate() {
        let field = format!("channel_ids.{position}");
        if !seen.insert(id) {
            wrong.push(FieldError::new(
                field,
                ErrorCode::Duplicate,
                "This channel is named twice.",
            ));
        } else if let Some(channel) = known.get(id) {
            found.push(channel.clone());
        } else {
            wrong.push(FieldError::new(
                field,
                ErrorCode::UnknownChannel,
                "There is no such channel in this workspace; it may have been disconnected.",
            ));
        }
    }
    for id in input.variants.keys().filter(|id| !seen.contains(id)) {
        wrong.push(FieldError::new(
            format!("variants.{id}"),
            ErrorCode::UnknownChannel,
            "This variant is for a channel that the post does not go to.",
        ));
    }
    Ok(found)
}

async fn look_up_media(
    tx: &mut WorkspaceTx,
    input: &PostInput,
    wrong: &mut Vec<FieldError>,
) -> Result<Vec<MediaFacts>> {
    let ids: Vec<MediaId> = input.media.iter().map(|item| item.id).collect();
    let known: BTreeMap<MediaId, Media> = media::many(tx, &ids)
        .await?
        .into_iter()
        .map(|media| (media.id, media))
        .collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (position, item) in input.media.iter().enumerate() {
        let field = format!("media.{position}.id");
        if !seen.insert(item.id) {
            wrong.push(FieldError::new(
                field,
                ErrorCode::Duplicate,
                "This file is named twice.",
            ));
        } else if let Some(media) = known.get(&item.id) {
            found.push(crate::media::facts(media, item.alt.as_deref()));
        } else {
            wrong.push(FieldError::new(
                field,
                ErrorCode::UnknownMedia,
                "There is no such picture or video in this workspace.",
            ));
        }
    }
    Ok(found)
}

/// Everything each channel has to say about the post, in the order of its channels.
pub(super) fn findings(app: &App, input: &PostInput, named: &Named) -> Result<Vec<ChannelFinding>> {
    let mut found = Vec::new();
    let nothing = VariantInput::default();
    for channel in &named.channels {
        let variant = input.variants.get(&channel.id).unwrap_or(&nothing);
        let content = content_of(
            &input.text,
            variant.text.as_deref(),
            &variant.options,
            &named.media,
        );
        let mut on_channel = channel_findings(app, channel, &content)?;
        let platform = app.platform(&channel.platform)?.manifest();
        on_channel.extend(missing_for_options(
            platform,
            channel,
            &named.granted,
            &content,
        ));
        found.extend(on_channel.into_iter().map(|finding| ChannelFinding {
            channel: channel.id,
            channel_name: channel.name.clone(),
            finding,
        }));
    }
    Ok(found)
}

fn channel_findings(app: &App, channel: &Channel, content: &Content<'_>) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    if !channel.enabled {
        found.push(Finding::error(
            ErrorCode::ChannelDisabled,
            "channel_ids",
            "The channel is switched off. Switch it on under Connections, or take it off this post.",
        ));
    }
    if let Some(problem) = &channel.problem {
        found.push(Finding::error(
            ErrorCode::PermissionMissing,
            "channel_ids",
            problem.clone(),
        ));
    }
    let platform = app.platform(&channel.platform)?;
    if let Some(publish) = platform.publish() {
        found.extend(publish.check(&channel_ref(channel), content));
    }
    if publishing::is_paused(channel) {
        found.push(Finding::warning(
            ErrorCode::ChannelPaused,
            "channel_ids",
            "The post will wait until you resume the channel under Connections.",
        ));
    }
    Ok(found)
}

/// What the channel takes from the post; absent where nothing can be published.
pub(super) fn rules_for<'a>(
    app: &'a App,
    input: &PostInput,
    channel: &Channel,
) -> Result<Option<Cow<'a, ContentRules>>> {
    let nothing = Options::new();
    let own = input.variants.get(&channel.id);
    let options = own.map_or(&nothing, |variant| &variant.options);
    let publish = app.platform(&channel.platform)?.publish();
    Ok(publish.map(|publish| publish.rules(&channel_ref(channel), options)))
}

/// How long the text is on each channel.
pub(super) fn counts(app: &App, input: &PostInput, named: &Named) -> Result<Vec<TextCount>> {
    let mut counts = Vec::new();
    for channel in &named.channels {
        let Some(rules) = rules_for(app, input, channel)? else {
            continue;
        };
        let own = input.variants.get(&channel.id);
        let text = own.and_then(|variant| variant.text.as_deref());
        counts.push(TextCount {
            channel: channel.id,
            used: rules::count(text.unwrap_or(&input.text), &rules.text.count),
            max: rules.text.max,
        });
    }
    Ok(counts)
}

/// The text for all as most platforms read it, and each channel's as its own does.
pub(super) fn text_marks(app: &App, input: &PostInput, named: &Named) -> Result<Vec<TextMarks>> {
    let mut found = vec![TextMarks {
        channel: None,
        marks: marks(&input.text, None),
    }];
    for channel in &named.channels {
        let own = input.variants.get(&channel.id);
        let text = own.and_then(|variant| variant.text.as_deref());
        found.push(TextMarks {
            channel: Some(channel.id),
            marks: marks(
                text.unwrap_or(&input.text),
                app.platform(&channel.platform)?.publish(),
            ),
        });
    }
    Ok(found)
}

/// The content as one channel gets it.
fn content_of<'a>(
    text: &'a str,
    variant_text: Option<&'a str>,
    options: &'a Options,
    media: &'a [MediaFacts],
) -> Content<'a> {
    Content {
        text: variant_text.unwrap_or(text),
        media,
        options,
    }
}

/// Refuses a post that a channel would refuse, naming every reason.
pub(super) fn refuse_errors(findings: &[ChannelFinding]) -> Result<()> {
    let wrong: Vec<FieldError> = findings
        .iter()
        .filter(|found| found.finding.level == Level::Error)
        .map(|found| {
            let detail = format!("{}: {}", found.channel_name, found.finding.detail);
            FieldError::new(found.finding.field.clone(), found.finding.code, detail)
        })
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(wrong))
    }
}

/// A post that goes out needs somewhere to go.
pub(super) fn require_channels(input: &PostInput) -> Result<()> {
    if input.channels.is_empty() {
        return Err(AppError::invalid_field(
            "channel_ids",
            ErrorCode::Required,
            "Choose at least one channel, or save the post as a draft.",
        ));
    }
    Ok(())
}
