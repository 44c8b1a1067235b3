//! Limits hold for anything, not just for what somebody thought of.

use super::*;
use proptest::prelude::*;

fn any_count() -> impl Strategy<Value = TextCount> {
    prop_oneof![
        Just(TextCount::Graphemes),
        Just(TextCount::Utf16),
        Just(TextCount::Scalars),
        (1_u32..50).prop_map(|url_length| TextCount::Mastodon { url_length }),
    ]
}

proptest! {
    #[test]
    fn a_text_is_too_long_exactly_when_it_counts_more(
        text in "(.|https://a\\.bc/[a-z]{0,30} |@x@y\\.z |🎉|é){1,60}", by in any_count(), slack in -1_i64..=1,
    ) {
        prop_assume!(!text.trim().is_empty());
        let length = count(&text, &by);
        let Ok(limit) = u32::try_from(i64::from(length) + slack) else { return Ok(()) };
        let mut rules = rules();
        (rules.hashtags_max, rules.mentions_max) = (None, None);
        rules.text = TextRule { max: Some(limit), count: by, max_bytes: None, required_without_media: true };
        let found = of_text(&rules, &text);
        prop_assert_eq!(found.is_empty(), length <= limit, "{:?}", found);
    }

    #[test]
    fn bytes_are_too_many_exactly_above_the_limit(text in "[a-zé日🎉]{1,60}", slack in -1_i64..=1) {
        let mut rules = rules();
        rules.text.max = None;
        rules.text.max_bytes = Some(u32::try_from(text.len() as i64 + slack).unwrap());
        prop_assert_eq!(of_text(&rules, &text).is_empty(), slack >= 0);
    }

    #[test]
    fn a_file_is_too_large_exactly_above_the_limit(bytes in 1_u64..20_000_000) {
        let found = of_media(&[MediaFacts { bytes, ..picture() }]);
        prop_assert_eq!(found.is_empty(), bytes <= 8_000_000);
    }

    #[test]
    fn a_shape_is_wrong_exactly_outside_its_bounds(width in 320_u32..3000, height in 100_u32..3000) {
        let ratio = f64::from(width) / f64::from(height);
        let found = of_media(&[MediaFacts { width, height, ..picture() }]);
        prop_assert_eq!(found.is_empty(), (0.8..=1.91).contains(&ratio));
    }

    #[test]
    fn checking_never_panics(text in any::<String>(), alt in any::<String>(), width: u32, height: u32, bytes: u64) {
        let facts = MediaFacts { alt, width, height, bytes, mime: text.clone(), ..picture() };
        let _ = findings(&rules(), &text, &[facts], json!({ &text: &text }));
    }
}
