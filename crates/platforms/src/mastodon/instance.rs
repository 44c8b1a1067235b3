//! The instance: its address as people type it, and the limits it sets.

use std::borrow::Cow;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::manifest::{ContentRules, OptionKind, TextCount};
use fanfare_platform_kit::roles::ConnectFields;
use fanfare_platform_kit::{Advice, PlatformError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::manifest::{IMAGE_TYPES, INSTANCE, VIDEO_TYPES};

/// The instance that a person typed: `mastodon.social`, `https://mastodon.social/@me`, `@me@mastodon.social`.
pub fn instance_of(fields: &ConnectFields) -> Result<Url, PlatformError> {
    let typed = fields.get(INSTANCE).map_or("", Secret::expose).trim();
    if typed.is_empty() {
        return Err(wrong(
            ErrorCode::Required,
            "Write the instance your account is on.",
        ));
    }
    let whole = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{}", host(typed))
    };
    let url = Url::parse(&whole).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https")
            && url
                .host_str()
                .is_some_and(|host| host.contains(['.', ':']) || host == "localhost")
    });
    let mut url = url.ok_or_else(|| {
        wrong(
            ErrorCode::InvalidUrl,
            "This is no instance's address. Write it as mastodon.social.",
        )
    })?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// Without a path behind it and a name before it.
fn host(typed: &str) -> &str {
    let host = typed.split('/').next().unwrap_or(typed);
    host.rsplit('@').next().unwrap_or(host)
}

fn wrong(code: ErrorCode, detail: &str) -> PlatformError {
    let advice = Advice::FixContent {
        field: INSTANCE.into(),
    };
    PlatformError::new(advice, code, detail, format!("{INSTANCE}: {code}"))
}

/// What an instance says about itself, as far as it says it. Stored with the channel.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    pub domain: Option<String>,
    max_characters: Option<u32>,
    url_length: Option<u32>,
    max_media: Option<u32>,
    types: Option<Vec<String>>,
    image_bytes: Option<u64>,
    image_pixels: Option<u64>,
    video_bytes: Option<u64>,
    alt_max: Option<u32>,
}

impl Limits {
    /// From `/api/v2/instance` or `/api/v1/instance`; what is missing or odd is left out.
    pub fn read(answer: &Value) -> Self {
        let statuses = &answer["configuration"]["statuses"];
        let media = &answer["configuration"]["media_attachments"];
        // Pleroma, and Mastodon with a patch, say it outside.
        let outside = answer.get("max_toot_chars").unwrap_or(&Value::Null);
        let types = media["supported_mime_types"].as_array().map(|types| {
            types
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        });
        Self {
            domain: answer["domain"].as_str().map(str::to_owned),
            max_characters: small(&statuses["max_characters"]).or_else(|| small(outside)),
            url_length: small(&statuses["characters_reserved_per_url"]),
            max_media: small(&statuses["max_media_attachments"]),
            types: types.filter(|types| !types.is_empty()),
            image_bytes: media["image_size_limit"].as_u64(),
            image_pixels: media["image_matrix_limit"].as_u64(),
            video_bytes: media["video_size_limit"].as_u64(),
            alt_max: small(&media["description_limit"]),
        }
    }

    /// Mastodon's own rules with what this instance says put in.
    pub fn applied<'a>(&self, ours: &'a ContentRules) -> Cow<'a, ContentRules> {
        if *self == Self::default() {
            return Cow::Borrowed(ours);
        }
        let mut rules = ours.clone();
        replace(&mut rules.text.max, self.max_characters);
        if let Some(url_length) = self.url_length {
            rules.text.count = TextCount::Mastodon { url_length };
        }
        if let Some(max_media) = self.max_media {
            rules.media.max_items = max_media;
        }
        replace(&mut rules.media.alt_max, self.alt_max);
        if let Some(image) = &mut rules.media.image {
            image.max_items = rules.media.max_items;
            replace(&mut image.max_bytes, self.image_bytes);
            replace(&mut image.max_pixels, self.image_pixels);
            image.mimes = self.taken(IMAGE_TYPES);
        }
        if let Some(video) = &mut rules.media.video {
            replace(&mut video.max_bytes, self.video_bytes);
            video.mimes = self.taken(VIDEO_TYPES);
        }
        limit_comment(&mut rules);
        Cow::Owned(rules)
    }

    /// Those of the types that the instance takes.
    fn taken(&self, known: &[&'static str]) -> Vec<&'static str> {
        let Some(types) = &self.types else {
            return known.to_vec();
        };
        known
            .iter()
            .copied()
            .filter(|known| types.iter().any(|one| one == known))
            .collect()
    }
}

/// A first comment is a post like any other, so it may be as long.
pub fn limit_comment(rules: &mut ContentRules) {
    let Some(longest) = rules.text.max else {
        return;
    };
    for spec in &mut rules.options {
        if let OptionKind::LongText { max, count } = &mut spec.kind {
            *max = longest;
            *count = rules.text.count;
        }
    }
}

fn replace<T>(ours: &mut Option<T>, theirs: Option<T>) {
    if theirs.is_some() {
        *ours = theirs;
    }
}

fn small(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}
