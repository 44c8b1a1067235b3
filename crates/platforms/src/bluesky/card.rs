//! The card below a link: what the page says of itself. Bluesky's servers do not fetch it.

use std::time::Duration;

use fanfare_platform_kit::PlatformContext;
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::{Method, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

use super::api::{Access, Server};

mod html;

/// `app.bsky.embed.external#external`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub uri: String,
    pub title: String,
    pub description: String,
    /// The page's picture, as the server answered when it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumb: Option<Value>,
}

/// A page says who it is near its top.
const READ_MAX: usize = 512 * 1024;
/// The lexicon's limit for `thumb`.
const PICTURE_MAX: usize = 1_000_000;
const HOPS_MAX: usize = 3;
const WITHIN: Duration = Duration::from_secs(10);
const TITLE_MAX: usize = 300;
const DESCRIPTION_MAX: usize = 1_000;

/// The card for `link`, or none: whatever goes wrong with a page, the post goes out. A picture that cannot be had is left out.
pub async fn card(
    ctx: &PlatformContext,
    server: &Server<'_>,
    access: &Access,
    link: &str,
) -> Option<Card> {
    let uri = Url::parse(link).ok()?;
    let read = tokio::time::timeout(WITHIN, page(ctx, uri.clone())).await;
    let Some((at, about)) = read
        .ok()
        .flatten()
        .filter(|(_, about)| !about.title.is_empty())
    else {
        tracing::debug!(
            host = uri.host_str(),
            "no card: the page says nothing of itself"
        );
        return None;
    };
    let thumb = match tokio::time::timeout(WITHIN, picture(ctx, &at, &about.picture)).await {
        Ok(Some((mime, bytes))) => server.upload_bytes(access, mime, bytes).await.ok(),
        _ => None,
    };
    Some(Card {
        uri: uri.into(),
        title: shortened(&about.title, TITLE_MAX),
        description: shortened(&about.description, DESCRIPTION_MAX),
        thumb,
    })
}

/// What the page says of itself, and the address it was found at in the end.
async fn page(ctx: &PlatformContext, url: Url) -> Option<(Url, html::About)> {
    let (at, mut answer) = follow(ctx, url, "text/html").await?;
    let kind = answer.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    if !kind.contains("html") {
        return None;
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() >= READ_MAX {
            break;
        }
    }
    Some((at, html::read(&String::from_utf8_lossy(&bytes))))
}

/// The page's picture with its type, if it is one that Bluesky shows.
async fn picture(
    ctx: &PlatformContext,
    page: &Url,
    address: &str,
) -> Option<(&'static str, Vec<u8>)> {
    if address.is_empty() {
        return None;
    }
    let (_, mut answer) = follow(ctx, page.join(address).ok()?, "image/*").await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > PICTURE_MAX {
            return None;
        }
    }
    Some((type_of(&bytes)?, bytes))
}

/// By the first bytes: what servers say of a picture's type is often wrong.
fn type_of(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

/// What lies at an address, after as few redirects as real sites need. Each hop passes the guard anew.
async fn follow(ctx: &PlatformContext, mut url: Url, accept: &str) -> Option<(Url, Response)> {
    for _ in 0..=HOPS_MAX {
        let request = ctx.http.guarded(Method::GET, url.clone()).ok()?;
        let answer = request.header(ACCEPT, accept).send().await.ok()?;
        if !answer.status().is_redirection() {
            return answer.status().is_success().then_some((url, answer));
        }
        let to = answer.headers().get(LOCATION)?.to_str().ok()?;
        url = url.join(to).ok()?;
    }
    None
}

fn shortened(text: &str, max: usize) -> String {
    let mut graphemes = text.graphemes(true);
    let start: String = graphemes.by_ref().take(max - 1).collect();
    match graphemes.next() {
        None => start,
        Some(last) if graphemes.next().is_none() => start + last,
        Some(_) => start + "…",
    }
}
