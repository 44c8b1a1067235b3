//! Links, mentions and hashtags in a text, as people write them and platforms recognise them.

use unicode_segmentation::UnicodeSegmentation;
use url::Url;

/// A part of a text that means more than its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entity<'a> {
    pub kind: EntityKind,
    /// In bytes from the beginning of the text.
    pub start: usize,
    /// As written, with `@` or `#`.
    pub text: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntityKind {
    /// With `http://` or `https://` and a host that has a dot.
    Url,
    /// `@name`, `@name.example.org` or `@name@example.org`.
    Mention,
    Hashtag,
}

impl<'a> Entity<'a> {
    /// In bytes; the first byte behind it.
    #[must_use]
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Without the leading `@` or `#`; a link whole.
    #[must_use]
    pub fn name(&self) -> &'a str {
        match self.kind {
            EntityKind::Url => self.text,
            EntityKind::Mention | EntityKind::Hashtag => {
                let mut letters = self.text.chars();
                letters.next();
                letters.as_str()
            }
        }
    }
}

/// All of them in reading order; none overlaps another.
#[must_use]
pub fn entities(text: &str) -> Vec<Entity<'_>> {
    let mut found: Vec<Entity<'_>> = Vec::new();
    let mut before = None;
    for (start, letter) in text.char_indices() {
        let inside = found.last().is_some_and(|last| start < last.end());
        if !inside && let Some((kind, length)) = entity_at(&text[start..], letter, before) {
            found.push(Entity {
                kind,
                start,
                text: &text[start..start + length],
            });
        }
        before = Some(letter);
    }
    found
}

/// The first link, which is the one platforms make a card of.
#[must_use]
pub fn first_url(text: &str) -> Option<&str> {
    entities(text)
        .into_iter()
        .find(|entity| entity.kind == EntityKind::Url)
        .map(|url| url.text)
}

/// How many of a kind there are.
#[must_use]
pub fn count_of(kind: EntityKind, text: &str) -> u32 {
    let found = entities(text)
        .into_iter()
        .filter(|entity| entity.kind == kind)
        .count();
    u32::try_from(found).unwrap_or(u32::MAX)
}

fn entity_at(rest: &str, letter: char, before: Option<char>) -> Option<(EntityKind, usize)> {
    let follows_word = before.is_some_and(is_word);
    let follows = |signs: &str| before.is_some_and(|before| signs.contains(before));
    let (kind, length) = match letter {
        'h' | 'H' if !follows_word && !follows("@") => (EntityKind::Url, url_length(rest)),
        '@' if !follows_word && !follows("/=") => (EntityKind::Mention, mention_length(rest)),
        '#' | '＃' if !follows_word && !follows("/=)&") => {
            (EntityKind::Hashtag, hashtag_length(rest, letter.len_utf8()))
        }
        _ => return None,
    };
    (length > 0).then_some((kind, length))
}

/// 0 when no link begins here.
fn url_length(rest: &str) -> usize {
    let has_scheme = ["http://", "https://"].iter().any(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    if !has_scheme {
        return 0;
    }
    let run = rest.find(ends_url).map_or(rest, |end| &rest[..end]);
    let url = without_punctuation(run);
    let is_url = Url::parse(url).is_ok_and(|url| {
        url.host_str()
            .is_some_and(|host| host.trim_matches('.').contains('.'))
    });
    if is_url { url.len() } else { 0 }
}

fn ends_url(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '<' | '>' | '"' | '«' | '»' | '“' | '”' | '„' | '「' | '」' | '『' | '』')
        // Invisible: zero-width space and joiners, direction marks, byte order mark.
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A link at the end of a sentence or within brackets does not include what closes those.
fn without_punctuation(mut url: &str) -> &str {
    let count = |sign| url.matches(sign).count();
    // How many more of each kind are closed than opened; counted once, so that no text takes long.
    let mut unopened = [('(', ')'), ('[', ']'), ('{', '}')]
        .map(|(open, close)| (close, count(close).saturating_sub(count(open))));
    while let Some(last) = url.chars().next_back() {
        let bracket = unopened.iter_mut().find(|(close, _)| *close == last);
        match bracket {
            Some((_, 0)) => return url,
            Some((_, more)) => *more -= 1,
            None if !ends_sentence(last) => return url,
            None => {}
        }
        url = &url[..url.len() - last.len_utf8()];
    }
    url
}

fn ends_sentence(letter: char) -> bool {
    matches!(
        letter,
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '…' | '’'
    ) || matches!(
        letter,
        '。' | '、' | '，' | '！' | '？' | '：' | '；' | '）' | '】'
    )
}

/// 0 when nobody is mentioned here.
fn mention_length(rest: &str) -> usize {
    let name = dotted_length(&rest[1..], |letter| {
        letter.is_ascii_alphanumeric() || letter == '_'
    });
    if name == 0 {
        return 0;
    }
    let local = 1 + name;
    match rest[local..]
        .strip_prefix('@')
        .map(|domain| dotted_length(domain, is_word))
    {
        None | Some(0) => local,
        Some(domain) => local + 1 + domain,
    }
}

/// The length of `word(.word)*`, where `-` joins as well as `.`, and several of them too.
fn dotted_length(rest: &str, is_part: impl Fn(char) -> bool) -> usize {
    let run = rest
        .find(|letter| !is_part(letter) && letter != '.' && letter != '-')
        .map_or(rest, |end| &rest[..end]);
    if !run.starts_with(&is_part) {
        return 0;
    }
    run.trim_end_matches(['.', '-']).len()
}

/// 0 when no hashtag begins here. A tag of digits alone is a number, not a tag.
fn hashtag_length(rest: &str, sign: usize) -> usize {
    let mut length = sign;
    let mut pending = 0;
    let mut has_letter = false;
    // By graphemes, so that marks stay with the letter they stand on.
    for grapheme in rest[sign..].graphemes(true) {
        let first = grapheme.chars().next().expect("a grapheme is not empty");
        if is_word(first) {
            length += pending + grapheme.len();
            pending = 0;
            has_letter |= first.is_alphabetic();
        } else if matches!(first, '·' | '・') && length > sign {
            // Within a word (Catalan, Japanese), but not at its end.
            pending += grapheme.len();
        } else {
            break;
        }
    }
    if has_letter { length } else { 0 }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str) -> Vec<&str> {
        entities(text).iter().map(|entity| entity.text).collect()
    }

    #[test]
    fn what_is_a_link() {
        let table: &[(&str, &[&str])] = &[
            ("https://example.org", &["https://example.org"]),
            ("see HTTPS://Example.org/A.", &["HTTPS://Example.org/A"]),
            ("(https://example.org/a)", &["https://example.org/a"]),
            (
                "https://en.wikipedia.org/wiki/Rust_(language)!",
                &["https://en.wikipedia.org/wiki/Rust_(language)"],
            ),
            (
                "“https://example.org/?a=1&b=2#c”…",
                &["https://example.org/?a=1&b=2#c"],
            ),
            (
                "a https://b.example, c http://d.example; e",
                &["https://b.example", "http://d.example"],
            ),
            (
                "https://es.wikipedia.org/wiki/España",
                &["https://es.wikipedia.org/wiki/España"],
            ),
            ("https://例え.jp/道。", &["https://例え.jp/道"]),
            (
                "https://example.org/#tag/@name",
                &["https://example.org/#tag/@name"],
            ),
            ("https://example.org\u{200b}more", &["https://example.org"]),
            ("xhttps://example.org", &[]),
            ("https://", &[]),
            ("https://nodots/", &[]),
            ("https://.", &[]),
            ("example.org", &[]),
            ("ftp://example.org", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), *expected, "{text}");
        }
        assert_eq!(
            first_url("@a.b #c https://d.example https://e.example"),
            Some("https://d.example")
        );
    }

    #[test]
    fn what_is_a_mention() {
        let table: &[(&str, &[&str])] = &[
            ("@alice hello", &["@alice"]),
            ("hello @alice.bsky.social.", &["@alice.bsky.social"]),
            ("(@alice@floss.town)", &["@alice@floss.town"]),
            (
                "@alice_1@floss.town, @bob!",
                &["@alice_1@floss.town", "@bob"],
            ),
            ("@a-b.c- x", &["@a-b.c"]),
            ("me@example.org", &[]),
            ("https://floss.town/@alice", &["https://floss.town/@alice"]),
            ("/@alice", &[]),
            ("@", &[]),
            ("@ alice", &[]),
            ("@.alice", &[]),
            ("@alice@", &["@alice"]),
            ("¡@alice!", &["@alice"]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), *expected, "{text}");
        }
    }

    #[test]
    fn what_is_a_hashtag() {
        let table: &[(&str, &[&str])] = &[
            ("#rust", &["#rust"]),
            ("a #rust, #Bread!", &["#rust", "#Bread"]),
            ("#2026goals #2026", &["#2026goals"]),
            ("＃日本語 です", &["＃日本語"]),
            ("#हिन्दी में", &["#हिन्दी"]),
            ("#l·l ends", &["#l·l"]),
            ("#dot·", &["#dot"]),
            ("#snake_case-kebab", &["#snake_case"]),
            ("a#b", &[]),
            ("#", &[]),
            ("# b", &[]),
            ("#️⃣", &[]),
            ("##two", &["#two"]),
            ("&#39;", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), *expected, "{text}");
        }
        assert_eq!(entities("＃日本語")[0].name(), "日本語");
    }

    proptest! {
        #[test]
        fn entities_lie_where_they_say_and_never_overlap(text in "([@#＃a-z0-9. :/é日🎉()\u{200d}]|https://a\\.bc|@x@y)*") {
            let mut behind = 0;
            for entity in entities(&text) {
                prop_assert!(entity.start >= behind);
                prop_assert_eq!(&text[entity.start..entity.end()], entity.text);
                prop_assert!(!entity.name().is_empty());
                behind = entity.end();
            }
        }

        #[test]
        fn an_entity_between_words_is_found_alone(
            word in "[a-z]{1,9}", name in "[a-z]{1,9}", domain in "[a-z]{1,9}\\.[a-z]{2,5}",
        ) {
            for entity in [
                format!("https://{domain}/{name}"), format!("@{name}@{domain}"), format!("@{domain}"), format!("#{name}"),
            ] {
                for text in [format!("{word} {entity} {word}"), format!("({entity})"), format!("{entity}!")] {
                    prop_assert_eq!(found(&text), [entity.as_str()], "{}", text);
                }
            }
        }
    }
}
