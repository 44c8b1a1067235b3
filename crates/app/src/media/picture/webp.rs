//! Takes a WebP file apart and keeps only what shows the picture.

use super::Cleaned;

const KEPT: [&[u8; 4]; 7] = [
    b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP",
];
/// The bits of the `VP8X` chunk that promise notes.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;

/// The file without its notes and without anything behind its end. Absent when it is no whole WebP.
pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    const HEADER: usize = 12;
    let size = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let mut rest = bytes.get(HEADER..size.checked_add(8)?)?;
    let mut kept = bytes[..HEADER].to_vec();
    let mut exif = None;
    let mut pictures = 0;
    while !rest.is_empty() {
        let name = rest.get(..4)?;
        let length = usize::try_from(u32::from_le_bytes(*rest.get(4..)?.first_chunk()?)).ok()?;
        let content = rest.get(8..length.checked_add(8)?)?;
        // Chunks begin at even places; some programs forget the last filler.
        let whole = (8 + length + length % 2).min(rest.len());
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            let start = kept.len();
            kept.extend(&rest[..whole]);
            if name == b"VP8X" {
                *kept.get_mut(start + 8)? &= !(HAS_EXIF | HAS_XMP);
            }
            if kept.len() % 2 == 1 {
                kept.push(0);
            }
        }
        match name {
            b"EXIF" => {
                let notes = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                exif = Some(notes.to_vec());
            }
            b"ANMF" => pictures += 1,
            _ => {}
        }
        rest = &rest[whole..];
    }
    let size = u32::try_from(kept.len() - 8).ok()?;
    kept[4..8].copy_from_slice(&size.to_le_bytes());
    (kept.len() > HEADER).then_some(Cleaned {
        bytes: kept,
        exif,
        pictures,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut body = b"WEBP".to_vec();
        for (name, content) in chunks {
            body.extend(*name);
            body.extend(u32::try_from(content.len()).unwrap().to_le_bytes());
            body.extend(*content);
            body.extend(vec![0; content.len() % 2]);
        }
        [
            b"RIFF".as_slice(),
            &u32::try_from(body.len()).unwrap().to_le_bytes(),
            &body,
        ]
        .concat()
    }

    #[test]
    fn only_what_shows_the_picture_stays() {
        let all = file(&[
            (b"VP8X", &[0x2E, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
            (b"ICCP", b"odd"),
            (b"ANIM", b"repeat"),
            (b"ANMF", b"first!"),
            (b"ANMF", b"second"),
            (b"EXIF", b"Exif\0\0II*\0a place"),
            (b"XMP ", b"<gps>"),
            (b"HACK", b"<script>"),
        ]);
        let cleaned = clean(&[all, b"<script>".to_vec()].concat()).unwrap();
        let picture = file(&[
            (b"VP8X", &[0x22, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
            (b"ICCP", b"odd"),
            (b"ANIM", b"repeat"),
            (b"ANMF", b"first!"),
            (b"ANMF", b"second"),
        ]);
        assert_eq!(cleaned.bytes, picture);
        assert_eq!(cleaned.exif.unwrap(), b"II*\0a place");
        assert_eq!(cleaned.pictures, 2);
    }

    #[test]
    fn a_file_cut_anywhere_is_not_taken() {
        let whole = file(&[(b"VP8L", b"pixels")]);
        for length in 0..whole.len() {
            assert!(
                clean(&whole[..length]).is_none(),
                "cut to {length} of {}",
                whole.len()
            );
        }
    }
}
