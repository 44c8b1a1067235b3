//! File names: as people gave them, and as they can stand in an address or a header.

use super::file_type::FileType;

const LONGEST: usize = 255;
const LONGEST_PLAIN: usize = 60;

/// The last part of what the browser sent, without characters that do not show.
pub(super) fn shown(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST)
        .collect();
    match name.trim() {
        "" => "untitled".to_owned(),
        name => name.to_owned(),
    }
}

/// ASCII letters, digits, `-` and `_`, with the extension of what the file really is.
pub(super) fn plain(name: &str, file_type: FileType) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut plain = String::new();
    for c in stem.chars() {
        if plain.len() == LONGEST_PLAIN {
            break;
        }
        if c.is_ascii_alphanumeric() || c == '_' {
            plain.push(c);
        } else if !plain.ends_with('-') {
            plain.push('-');
        }
    }
    let plain = plain.trim_matches('-');
    let plain = if plain.is_empty() { "media" } else { plain };
    format!("{plain}.{}", file_type.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_folders_and_what_does_not_show() {
        for (sent, name) in [
            ("photo.jpg", "photo.jpg"),
            ("C:\\fakepath\\Foto de mañana.jpg", "Foto de mañana.jpg"),
            ("../../etc/passwd", "passwd"),
            ("a\r\nb\0.png", "ab.png"),
            ("", "untitled"),
            ("folder/", "untitled"),
        ] {
            assert_eq!(shown(sent), name);
        }
        assert_eq!(shown(&"x".repeat(300)).len(), 255);
    }

    #[test]
    fn plain_names_carry_the_true_extension() {
        for (name, plain_name) in [
            ("photo.png", "photo.jpg"),
            ("Foto de mañana (1).html", "Foto-de-ma-ana-1.jpg"),
            ("日本.png", "media.jpg"),
            ("\"; filename=evil.exe", "filename-evil.jpg"),
            (".htaccess", "media.jpg"),
        ] {
            assert_eq!(plain(name, FileType::Jpeg), plain_name);
        }
        assert_eq!(plain(&"x".repeat(300), FileType::WebM).len(), 65);
    }
}
