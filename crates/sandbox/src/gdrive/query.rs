//! The parameter `q`: of Drive's language, the two sentences that Fanfare says.

/// What is looked for.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// What lies in a folder.
    In(String),
    /// Words of names, wherever it lies.
    Named(String),
}

/// What both end with: folders, pictures, videos, and shortcuts to whatever.
const REST: &str = " and trashed = false and (mimeType = 'application/vnd.google-apps.folder' or mimeType contains 'image/' or mimeType contains 'video/' or mimeType = 'application/vnd.google-apps.shortcut')";

/// Reads a query; nothing when it says something else.
pub fn read(query: &str) -> Option<Wanted> {
    let place = query.strip_suffix(REST)?;
    if let Some(quoted) = place.strip_suffix(" in parents") {
        return value(quoted).map(Wanted::In);
    }
    value(place.strip_prefix("name contains ")?).map(Wanted::Named)
}

/// What stands between two quotes; `\` marks those inside.
fn value(quoted: &str) -> Option<String> {
    let inside = quoted.strip_prefix('\'')?.strip_suffix('\'')?;
    let mut value = String::new();
    let mut letters = inside.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => value.push(letters.next()?),
            '\'' => return None,
            _ => value.push(letter),
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::{REST, Wanted, read};

    #[test]
    fn both_sentences_are_understood_and_no_others() {
        let folder = read(&format!("'1AbC' in parents{REST}"));
        assert_eq!(folder, Some(Wanted::In("1AbC".to_owned())));
        let search = read(&format!(r"name contains 'Ann\'s \\ cake'{REST}"));
        assert_eq!(search, Some(Wanted::Named(r"Ann's \ cake".to_owned())));
        for wrong in [
            "'1AbC' in parents".to_owned(),
            format!("'1' in parents or '2' in parents{REST}"),
            format!("name contains 'Ann's'{REST}"),
            format!(r"name contains 'Ann\'{REST}"),
            format!("name = 'Ann'{REST}"),
        ] {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }
}
