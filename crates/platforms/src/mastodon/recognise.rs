//! Finding a post of ours among the account's posts.

use fanfare_platform_kit::PlatformError;
use fanfare_platform_kit::http::Answer;
use fanfare_platform_kit::rules::text::{EntityKind, entities};
use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};

use super::api::{Instance, Status};

/// What the post looks like that we look for.
pub struct Wanted<'a> {
    pub text: &'a str,
    pub warning: &'a str,
    pub media: Vec<&'a str>,
    /// By our clock.
    pub sent_at: Timestamp,
    /// Statuses that other deliveries account for.
    pub taken: &'a [String],
}

/// What looking came to.
pub enum Found {
    Post(Box<Status>),
    Nothing,
    /// There are more posts since then than we read.
    TooMany,
}

/// A `Date` is in whole seconds, and a server's parts need not agree to the second.
const TOLERANCE: SignedDuration = SignedDuration::from_secs(30);
const PAGES_MAX: usize = 5;

/// Looks through the account's posts, newest first, back to when ours was sent.
pub async fn find(
    instance: &Instance<'_>,
    account: &str,
    wanted: &Wanted<'_>,
) -> Result<Found, PlatformError> {
    let mut before: Option<String> = None;
    for _ in 0..PAGES_MAX {
        let (posts, answer) = instance.posts(account, before.as_deref()).await?;
        let earliest = earliest(wanted.sent_at, instance.now(), &answer);
        let Some(last) = posts.last().map(|post| post.id.clone()) else {
            return Ok(Found::Nothing);
        };
        for post in posts {
            if post.created_at < earliest {
                return Ok(Found::Nothing);
            }
            let free = post.may_be_ours() && !wanted.taken.contains(&post.id);
            if free && is_wanted(instance, &post, wanted).await? {
                return Ok(Found::Post(Box::new(post)));
            }
        }
        before = Some(last);
    }
    Ok(Found::TooMany)
}

/// When ours can have appeared at the earliest, by the instance's clock: the answer's `Date` tells how far ours is off.
fn earliest(sent_at: Timestamp, now: Timestamp, answer: &Answer) -> Timestamp {
    let date = answer
        .header("date")
        .and_then(|date| rfc2822::parse(date).ok());
    let ahead = date.map_or(SignedDuration::ZERO, |date| {
        now.duration_until(date.timestamp())
    });
    sent_at.saturating_add(ahead - TOLERANCE).unwrap_or(sent_at)
}

/// Uploads belong to one post, so they prove it; else text and warning must be as they were written.
pub async fn is_wanted(
    instance: &Instance<'_>,
    post: &Status,
    wanted: &Wanted<'_>,
) -> Result<bool, PlatformError> {
    let shows: Vec<_> = post
        .media_attachments
        .iter()
        .map(|media| media.id.as_str())
        .collect();
    if !wanted.media.is_empty() || !shows.is_empty() {
        return Ok(shows == wanted.media);
    }
    if !same(&post.spoiler_text, wanted.warning) {
        return Ok(false);
    }
    if same(&plain(&post.content), &shown(wanted.text)) {
        return Ok(true);
    }
    // The HTML of some servers differs from what we expect; what was written does not.
    let source = instance.source(&post.id).await?;
    Ok(source.is_some_and(|source| {
        same(&source.text, wanted.text) && same(&source.spoiler_text, wanted.warning)
    }))
}

/// The same but for white space, which servers trim and fold.
fn same(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// The text as instances show it: of `@name@server`, only `@name`.
fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut behind = 0;
    for entity in entities(text) {
        shown.push_str(&text[behind..entity.start]);
        behind = entity.end();
        match entity.kind {
            EntityKind::Mention => {
                let name = entity.name();
                shown.push('@');
                shown.push_str(name.split('@').next().unwrap_or(name));
            }
            EntityKind::Url | EntityKind::Hashtag => shown.push_str(entity.text),
        }
    }
    shown.push_str(&text[behind..]);
    shown
}

/// A status's HTML as text. Instances write only these five references.
fn plain(html: &str) -> String {
    let spaced = html.replace("<br", "\n<br").replace("</p>", "\n</p>");
    let mut text = String::with_capacity(spaced.len());
    let mut rest = spaced.as_str();
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, behind)| behind);
    }
    text.push_str(rest);
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (reference, letter)| {
        text.replace(reference, letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_it_was_written() {
        let table = [
            ("<p>Plain</p>", "Plain"),
            ("<p>One<br />two</p><p>three</p>", "One\ntwo\n\nthree"),
            (
                "<p>a &lt;b&gt; &amp;amp; &quot;c&quot; &#39;d&#39;</p>",
                "a <b> &amp; \"c\" 'd'",
            ),
            (
                r#"<p>See <a href="https://example.org/a/long/way" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">example.org/a/lo</span><span class="invisible">ng/way</span></a> now</p>"#,
                "See https://example.org/a/long/way now",
            ),
            (
                r#"<p><span class="h-card"><a href="https://floss.town/@ines" class="u-url mention">@<span>ines</span></a></span> <a href="https://floss.town/tags/bread" rel="tag">#<span>bread</span></a></p>"#,
                "@ines@floss.town #bread",
            ),
        ];
        for (html, written) in table {
            assert!(
                same(&plain(html), &shown(written)),
                "{} | {written}",
                plain(html)
            );
        }
    }

    #[test]
    fn other_texts_are_not_the_same() {
        assert!(!same(&plain("<p>One two</p>"), &shown("One two three")));
        assert!(!same(&plain("<p>Onetwo</p>"), &shown("One two")));
    }

    #[test]
    fn the_instances_clock_counts() {
        let at = |second: i64| Timestamp::from_second(1_700_000_000 + second).unwrap();
        let mut answer = Answer {
            status: reqwest::StatusCode::OK,
            headers: reqwest::header::HeaderMap::new(),
            body: bytes::Bytes::new(),
        };
        assert_eq!(earliest(at(0), at(30), &answer), at(-30));
        // The instance is ten minutes ahead: 1,700,000,630.
        answer
            .headers
            .insert("date", "Tue, 14 Nov 2023 22:23:50 GMT".parse().unwrap());
        assert_eq!(earliest(at(0), at(30), &answer), at(570));
    }
}
