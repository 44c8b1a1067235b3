//! The length of a text, as each platform counts it.

use unicode_segmentation::UnicodeSegmentation;

use super::text::{EntityKind, entities};
use crate::manifest::TextCount;

/// The length of `text` by a platform's way of counting.
#[must_use]
pub fn count(text: &str, by: &TextCount) -> u32 {
    let length = match by {
        TextCount::Graphemes => text.graphemes(true).count(),
        TextCount::Utf16 => text.encode_utf16().count(),
        TextCount::Scalars => text.chars().count(),
        TextCount::Mastodon { url_length } => shortened(text, *url_length).graphemes(true).count(),
    };
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// The text as Mastodon counts it: each link as so many letters, of each mention only the name.
fn shortened(text: &str, url_length: u32) -> String {
    let mut counted = String::with_capacity(text.len());
    let mut behind = 0;
    for entity in entities(text) {
        counted.push_str(&text[behind..entity.start]);
        match entity.kind {
            EntityKind::Url => counted.extend((0..url_length).map(|_| 'x')),
            EntityKind::Mention => {
                counted.push('@');
                counted.extend(entity.name().split('@').next());
            }
            EntityKind::Hashtag => counted.push_str(entity.text),
        }
        behind = entity.end();
    }
    counted.push_str(&text[behind..]);
    counted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MASTODON: TextCount = TextCount::Mastodon { url_length: 23 };

    #[test]
    fn each_way_of_counting() {
        use TextCount::{Graphemes, Scalars, Utf16};
        let family = "👨‍👩‍👧‍👦";
        let table: &[(&str, TextCount, u32)] = &[
            ("", Graphemes, 0),
            ("café", Graphemes, 4),
            ("cafe\u{301}", Graphemes, 4),
            ("cafe\u{301}", Scalars, 5),
            (family, Graphemes, 1),
            (family, Scalars, 7),
            (family, Utf16, 11),
            ("🇪🇸🇫🇷", Graphemes, 2),
            ("a\r\nb", Graphemes, 3),
            (
                "https://example.org/a/very/long/path/indeed?yes",
                MASTODON,
                23,
            ),
            ("https://a.bc", MASTODON, 23),
            ("see https://a.bc.", MASTODON, 28),
            ("@alice@a.very.long.domain.example hi", MASTODON, 9),
            ("@alice hi", MASTODON, 9),
            ("#hashtag", MASTODON, 8),
            ("me@example.org", MASTODON, 14),
            (family, MASTODON, 1),
        ];
        for (text, by, expected) in table {
            assert_eq!(count(text, by), *expected, "{text} by {by:?}");
        }
    }

    proptest! {
        #[test]
        fn wider_units_never_count_more(text in any::<String>()) {
            let graphemes = count(&text, &TextCount::Graphemes);
            let scalars = count(&text, &TextCount::Scalars);
            let utf16 = count(&text, &TextCount::Utf16);
            prop_assert!(graphemes <= scalars && scalars <= utf16 && utf16 as usize <= text.len());
            prop_assert_eq!(graphemes == 0, text.is_empty());
        }

        #[test]
        fn words_add_up(left in "[a-zé日🎉]{0,40}", right in "[a-zé日🎉]{0,40}") {
            for by in [TextCount::Graphemes, TextCount::Scalars, TextCount::Utf16, MASTODON] {
                let whole = count(&format!("{left} {right}"), &by);
                prop_assert_eq!(whole, count(&left, &by) + 1 + count(&right, &by));
            }
        }

        #[test]
        fn mastodon_counts_graphemes_where_nothing_is_linked(text in "[a-zéß日🎉 .,\n]{0,200}") {
            prop_assert_eq!(count(&text, &MASTODON), count(&text, &TextCount::Graphemes));
        }

        #[test]
        fn a_link_counts_the_same_however_long(path in "[a-z/]{0,300}", length in 1_u32..60) {
            let text = format!("a https://example.org/{path} b");
            prop_assert_eq!(count(&text, &TextCount::Mastodon { url_length: length }), length + 4);
        }
    }
}
