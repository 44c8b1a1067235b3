//! Which parts of a text a platform makes links of, for whoever shows the text.

use fanfare_platform_kit::roles::Publish;
use fanfare_platform_kit::rules::text::{Entity, EntityKind, entities};

/// A part of a text, in UTF-16 code units as browsers count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub kind: EntityKind,
    pub start: usize,
    pub end: usize,
}

/// The links, mentions and hashtags in `text` that the platform shows as such; all of them where none is asked.
pub(super) fn marks(text: &str, publish: Option<&dyn Publish>) -> Vec<Mark> {
    let found = entities(text);
    let shown = found
        .iter()
        .filter(|entity| publish.is_none_or(|publish| publish.links(entity)));
    let (mut bytes, mut units) = (0, 0);
    let mut measure = |entity: &Entity<'_>| {
        units += utf16(&text[bytes..entity.start]);
        let start = units;
        units += utf16(entity.text);
        bytes = entity.end();
        Mark {
            kind: entity.kind,
            start,
            end: units,
        }
    };
    shown.map(&mut measure).collect()
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_as_browsers_count() {
        let text = "👨‍👩‍👧 see https://a.example/é, @bob 🎉 #ñandú";
        let units: Vec<u16> = text.encode_utf16().collect();
        let found: Vec<_> = marks(text, None)
            .into_iter()
            .map(|mark| {
                let part = String::from_utf16(&units[mark.start..mark.end]).unwrap();
                (mark.kind, part)
            })
            .collect();
        assert_eq!(
            found,
            [
                (EntityKind::Url, "https://a.example/é".to_owned()),
                (EntityKind::Mention, "@bob".to_owned()),
                (EntityKind::Hashtag, "#ñandú".to_owned()),
            ]
        );
    }
}
