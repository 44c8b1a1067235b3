//! Takes a JPEG file apart and keeps only what shows the picture.

use super::Cleaned;

const START: [u8; 2] = [0xFF, 0xD8];
const END: u8 = 0xD9;
const START_OF_SCAN: u8 = 0xDA;

/// The file without its notes (place, camera, comments, embedded previews) and without anything behind its end.
/// Absent when it is no whole JPEG.
pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut kept = START.to_vec();
    let mut exif = None;
    let mut rest = bytes.strip_prefix(&START)?;
    let mut has_scan = false;
    loop {
        let (marker, after) = next_marker(rest)?;
        rest = after;
        match marker {
            END if has_scan => break,
            // Nothing belongs to these.
            0x01 | 0xD0..=0xD7 => kept.extend([0xFF, marker]),
            0x00 | 0xD8 | END => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes(*rest.first_chunk()?));
                let segment = rest.get(2..length)?;
                if marker == 0xE1 && exif.is_none() {
                    exif = segment.strip_prefix(b"Exif\0\0").map(<[u8]>::to_vec);
                }
                if shows_the_picture(marker, segment) {
                    kept.extend([0xFF, marker]);
                    kept.extend(&rest[..length]);
                }
                rest = &rest[length..];
                if marker == START_OF_SCAN {
                    has_scan = true;
                    let (scan, after) = rest.split_at(scan_length(rest)?);
                    kept.extend(scan);
                    rest = after;
                }
            }
        }
    }
    kept.extend([0xFF, END]);
    Some(Cleaned {
        bytes: kept,
        exif,
        pictures: 1,
    })
}

/// The marker at the beginning of `rest`, and what follows. Any number of fill bytes may stand before it.
fn next_marker(rest: &[u8]) -> Option<(u8, &[u8])> {
    let fill = rest.iter().take_while(|byte| **byte == 0xFF).count();
    let marker = *rest.get(fill)?;
    (fill > 0).then(|| (marker, &rest[fill + 1..]))
}

fn shows_the_picture(marker: u8, segment: &[u8]) -> bool {
    match marker {
        0xE0 => segment.starts_with(b"JFIF\0"),
        0xE2 => segment.starts_with(b"ICC_PROFILE\0"),
        0xEE => segment.starts_with(b"Adobe"),
        0xE1..=0xEF | 0xFE => false,
        _ => true,
    }
}

/// How long the coded pixels are: up to a marker that is not part of them.
fn scan_length(rest: &[u8]) -> Option<usize> {
    rest.windows(2)
        .position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7 | 0xFF))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of those segments, each a marker and its content, with a scan at the end.
    fn file(segments: &[(u8, &[u8])]) -> Vec<u8> {
        let mut bytes = START.to_vec();
        for (marker, content) in segments
            .iter()
            .chain(&[(START_OF_SCAN, b"\x01".as_slice())])
        {
            bytes.extend([0xFF, *marker]);
            bytes.extend((u16::try_from(content.len()).unwrap() + 2).to_be_bytes());
            bytes.extend(*content);
        }
        bytes.extend(b"pixels\xFF\x00more\xFF\xD0last");
        bytes.extend([0xFF, END]);
        bytes
    }

    #[test]
    fn only_what_shows_the_picture_stays() {
        let picture: &[(u8, &[u8])] = &[
            (0xE0, b"JFIF\0..."),
            (0xE2, b"ICC_PROFILE\0..."),
            (0xDB, b"tables"),
            (0xEE, b"Adobe"),
        ];
        let notes: &[(u8, &[u8])] = &[
            (0xE1, b"Exif\0\0II*\0 a place"),
            (0xE1, b"http://ns.adobe.com/xap/1.0/\0<gps>"),
            (0xE2, b"MPF\0another picture"),
            (0xED, b"Photoshop 3.0\0"),
            (0xFE, b"<script>alert(1)</script>"),
        ];
        let cleaned = clean(&file(&[notes, picture].concat())).unwrap();
        assert_eq!(cleaned.bytes, file(picture));
        assert_eq!(cleaned.exif.unwrap(), b"II*\0 a place");
    }

    #[test]
    fn what_stands_behind_the_end_goes() {
        let whole = file(&[]);
        let mut with_tail = whole.clone();
        with_tail.extend(b"<html><script>alert(1)</script></html>");
        assert_eq!(clean(&with_tail).unwrap().bytes, whole);
    }

    #[test]
    fn a_file_cut_anywhere_is_not_taken() {
        let whole = file(&[(0xE0, b"JFIF\0..."), (0xDB, b"tables")]);
        for length in 0..whole.len() {
            assert!(
                clean(&whole[..length]).is_none(),
                "cut to {length} of {}",
                whole.len()
            );
        }
    }
}
