//! The card below a link: what the page says of itself. Bluesky's servers do not fetch it.

use std::time::Duration;

use fanfare_platform_kit::PlatformContext;
use reqwest::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use reqwest::{Method, Response};
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;
use url::Url;

mod html;

/// `app.bsky.embed.external#external`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub uri: String,
    pub title: String,
    pub description: String,
}

/// A page says who it is near its top.
const READ_MAX: usize = 512 * 1024;
const HOPS_MAX: usize = 3;
const WITHIN: Duration = Duration::from_secs(10);
const TITLE_MAX: usize = 300;
const DESCRIPTION_MAX: usize = 1_000;

/// The card for `link`, or none: whatever goes wrong with a page, the post goes out.
pub async fn card(ctx: &PlatformContext, link: &str) -> Option<Card> {
    let uri = Url::parse(link).ok()?;
    let page = tokio::time::timeout(WITHIN, page(ctx, uri.clone())).await;
    let page = page.ok().flatten().map(|text| html::read(&text));
    let Some(about) = page.filter(|about| !about.title.is_empty()) else {
        tracing::debug!(
            host = uri.host_str(),
            "no card: the page says nothing of itself"
        );
        return None;
    };
    Some(Card {
        uri: uri.into(),
        title: shortened(&about.title, TITLE_MAX),
        description: shortened(&about.description, DESCRIPTION_MAX),
    })
}

/// The top of the page, after as few redirects as real sites need. Each hop passes the guard anew.
async fn page(ctx: &PlatformContext, mut url: Url) -> Option<String> {
    for _ in 0..=HOPS_MAX {
        let request = ctx.http.guarded(Method::GET, url.clone()).ok()?;
        let answer = request.header(ACCEPT, "text/html").send().await.ok()?;
        if answer.status().is_redirection() {
            let to = answer.headers().get(LOCATION)?.to_str().ok()?;
            url = url.join(to).ok()?;
            continue;
        }
        let is_page = answer.status().is_success()
            && answer
                .headers()
                .get(CONTENT_TYPE)?
                .to_str()
                .ok()?
                .contains("html");
        return if is_page { top_of(answer).await } else { None };
    }
    None
}

async fn top_of(mut answer: Response) -> Option<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.ok()? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() >= READ_MAX {
            break;
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
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
