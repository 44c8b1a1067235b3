//! Counts and shows a status's text as Mastodon does.

use unicode_segmentation::UnicodeSegmentation;

use super::instance::URL_LENGTH;

/// The length that counts: graphemes, every link as 23, and of `@name@domain` only `@name`.
pub fn length(text: &str) -> usize {
    words(text)
        .map(|word| match word {
            Word::Link(_) => URL_LENGTH,
            Word::Mention(name) => name.graphemes(true).count(),
            Word::Plain(text) => text.graphemes(true).count(),
        })
        .sum()
}

/// The HTML of a status.
pub fn html(text: &str) -> String {
    let escape = crate::pages::html::escape;
    let paragraphs = text.split("\n\n").map(|paragraph| {
        let shown = words(paragraph).map(|word| match word {
            Word::Link(link) => {
                let link = escape(link);
                format!("<a href=\"{link}\" rel=\"nofollow noopener\" target=\"_blank\">{link}</a>")
            }
            Word::Mention(text) | Word::Plain(text) => escape(text).replace('\n', "<br />"),
        });
        format!("<p>{}</p>", shown.collect::<String>())
    });
    paragraphs.collect()
}

enum Word<'a> {
    Link(&'a str),
    /// `@name` of a longer `@name@domain`.
    Mention(&'a str),
    Plain(&'a str),
}

/// The text cut where words end, with the white space kept.
fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.split_inclusive(char::is_whitespace).flat_map(|piece| {
        let word = piece.trim_end_matches(char::is_whitespace);
        let space = &piece[word.len()..];
        classify(word).into_iter().chain([Word::Plain(space)])
    })
}

fn classify(word: &str) -> [Word<'_>; 3] {
    let nothing = Word::Plain("");
    if let Some((before, link, after)) = find_link(word) {
        return [Word::Plain(before), Word::Link(link), Word::Plain(after)];
    }
    let mention = word.strip_prefix('@').and_then(|rest| rest.split_once('@'));
    match mention {
        Some((name, domain)) if !name.is_empty() && domain.contains('.') => {
            // The domain ends where a sentence goes on.
            let end = domain
                .trim_end_matches(|letter: char| !letter.is_alphanumeric())
                .len();
            [
                Word::Mention(&word[..=name.len()]),
                Word::Plain(&domain[end..]),
                nothing,
            ]
        }
        _ => [Word::Plain(word), nothing, Word::Plain("")],
    }
}

/// A link inside a word, without the brackets and stops around it.
fn find_link(word: &str) -> Option<(&str, &str, &str)> {
    let start = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| word.find(scheme))
        .min()?;
    let (before, rest) = word.split_at(start);
    if before.ends_with(char::is_alphanumeric) {
        return None;
    }
    let end = rest
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '>'])
        .len();
    let (link, after) = rest.split_at(end);
    let host = link.split_once("://").map_or("", |(_, rest)| {
        rest.split(['/', '?', '#']).next().unwrap_or("")
    });
    host.contains('.').then_some((before, link, after))
}

#[cfg(test)]
mod tests {
    use super::{html, length};

    #[test]
    fn counts_as_the_documentation_says() {
        assert_eq!(length("bread"), 5);
        assert_eq!(length("👩‍🍳"), 1);
        assert_eq!(
            length("see https://example.org/a/very/long/address/indeed now"),
            4 + 23 + 4
        );
        assert_eq!(length("(https://example.org/a)."), 1 + 23 + 2);
        assert_eq!(length("@ines@harbour.example hi"), 5 + 3);
        assert_eq!(length("http://"), 7);
    }

    #[test]
    fn the_html_is_escaped() {
        assert_eq!(html("a <b>\nc\n\nd"), "<p>a &lt;b&gt;<br />c</p><p>d</p>");
    }
}
