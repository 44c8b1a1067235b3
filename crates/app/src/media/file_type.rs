//! What a file is, told from its first bytes. Its name and what the browser says it is are never asked.

use fanfare_domain::ErrorCode;

use crate::error::{AppError, RefusalKind};

/// The types that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileType {
    Jpeg,
    Png,
    Gif,
    WebP,
    Mp4,
    Mov,
    WebM,
}

/// How many of a file's first bytes tell what it is.
pub(super) const HEAD: usize = 4096;

impl FileType {
    pub(super) fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
            Self::Mp4 => "video/mp4",
            Self::Mov => "video/quicktime",
            Self::WebM => "video/webm",
        }
    }

    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
            Self::Mp4 => "mp4",
            Self::Mov => "mov",
            Self::WebM => "webm",
        }
    }

    const ALL: [Self; 7] = [
        Self::Jpeg,
        Self::Png,
        Self::Gif,
        Self::WebP,
        Self::Mp4,
        Self::Mov,
        Self::WebM,
    ];

    pub(super) fn of_mime(mime: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|file_type| file_type.mime() == mime)
    }

    /// By a key's extension, which we chose ourselves.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        let extension = key.rsplit('.').next()?;
        Self::ALL
            .into_iter()
            .find(|file_type| file_type.extension() == extension)
    }
}

/// The type of a file that begins with `head`.
///
/// # Errors
/// `unsupported_file`, naming what it is instead when that can be told.
pub(super) fn sniff(head: &[u8]) -> Result<FileType, AppError> {
    recognise(head).ok_or_else(|| unsupported(head))
}

fn recognise(head: &[u8]) -> Option<FileType> {
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some(FileType::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some(FileType::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(FileType::Gif),
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
        ] => Some(FileType::WebP),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => is_webm(head).then_some(FileType::WebM),
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] => of_brand(brand.get(..4)?),
        // QuickTime files from before there were brands.
        [_, _, _, _, kind @ ..] => {
            let kind = kind.get(..4)?;
            let first = [b"moov", b"mdat", b"wide"];
            first
                .iter()
                .any(|name| name.as_slice() == kind)
                .then_some(FileType::Mov)
        }
        _ => None,
    }
}

/// The brands that cameras, phones, browsers and editors write into films. Stills (HEIC, AVIF) and sound alone have others.
fn of_brand(brand: &[u8]) -> Option<FileType> {
    match brand {
        b"qt  " => Some(FileType::Mov),
        b"mp41" | b"mp42" | b"mp71" | b"avc1" | b"M4V " | b"M4VH" | b"M4VP" | b"MSNV" | b"dash"
        | b"cmfc" | b"cmf2" | b"XAVC" | b"f4v " | b"hvc1" | b"av01" => Some(FileType::Mp4),
        [b'i', b's', b'o', b'm' | b'0'..=b'9' | b'a'..=b'c'] => Some(FileType::Mp4),
        [b'3', b'g', b'p' | b'g' | b'r' | b's', _] => Some(FileType::Mp4),
        _ => None,
    }
}

/// Matroska says in its header which of its kinds it is; only WebM is for browsers.
fn is_webm(head: &[u8]) -> bool {
    const DOC_TYPE_WEBM: &[u8] = &[0x42, 0x82, 0x84, b'w', b'e', b'b', b'm'];
    let header = &head[..head.len().min(128)];
    header
        .windows(DOC_TYPE_WEBM.len())
        .any(|window| window == DOC_TYPE_WEBM)
}

fn unsupported(head: &[u8]) -> AppError {
    let what = if looks_like_svg(head) {
        "This file is a drawing (SVG).".to_owned()
    } else if let Some(found) = infer::get(head) {
        format!("This file is of the type {}.", found.mime_type())
    } else {
        "This file is neither a picture nor a video that is known here.".to_owned()
    };
    AppError::refused(
        RefusalKind::UnsupportedType,
        ErrorCode::UnsupportedFile,
        format!("{what} {}", ErrorCode::UnsupportedFile.meaning()),
    )
}

fn looks_like_svg(head: &[u8]) -> bool {
    String::from_utf8_lossy(head)
        .to_ascii_lowercase()
        .contains("<svg")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_by_their_first_bytes() {
        let table: &[(&[u8], Option<FileType>)] = &[
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", Some(FileType::Jpeg)),
            (b"\x89PNG\r\n\x1A\n", Some(FileType::Png)),
            (b"GIF89a", Some(FileType::Gif)),
            (b"GIF87a", Some(FileType::Gif)),
            (b"GIF88a", None),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(FileType::WebP)),
            (b"RIFF\0\0\0\0WAVEfmt ", None),
            (b"\0\0\0\x18ftypisom", Some(FileType::Mp4)),
            (b"\0\0\0\x18ftypiso6", Some(FileType::Mp4)),
            (b"\0\0\0\x14ftypqt  ", Some(FileType::Mov)),
            (b"\0\0\0\x08wide\0\0\0\x10mdat", Some(FileType::Mov)),
            (b"\0\0\0\x18ftypheic", None),
            (b"\0\0\0\x18ftypavif", None),
            (b"\0\0\0\x18ftypM4A ", None),
            (b"\0\0\0\x18fty", None),
            (
                b"\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm",
                Some(FileType::WebM),
            ),
            (
                b"\x1A\x45\xDF\xA3\xA3\x42\x86\x81\x01\x42\x82\x88matroska",
                None,
            ),
            (b"<!doctype html><script>", None),
            (b"<svg xmlns='http://www.w3.org/2000/svg'>", None),
            (b"%PDF-1.7", None),
            (b"", None),
            (b"x", None),
        ];
        for (head, expected) in table {
            assert_eq!(recognise(head), *expected, "{}", head.escape_ascii());
        }
    }

    #[test]
    fn a_refused_type_is_named() {
        for (head, name) in [
            (b"%PDF-1.7".as_slice(), "application/pdf"),
            (b"<?xml version='1.0'?><svg>", "SVG"),
            (b"just words", "neither"),
        ] {
            let error = sniff(head).unwrap_err().to_string();
            assert!(
                error.starts_with("unsupported_file") && error.contains(name),
                "{error}"
            );
        }
    }

    #[test]
    fn every_type_is_found_by_its_mime_and_its_extension() {
        for file_type in FileType::ALL {
            assert_eq!(FileType::of_mime(file_type.mime()), Some(file_type));
            let key = format!("a7/id.thumbnail.{}", file_type.extension());
            assert_eq!(FileType::of_key(&key), Some(file_type));
        }
    }
}
