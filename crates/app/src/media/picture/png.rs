//! Takes a PNG file apart and keeps only what shows the picture.

use super::Cleaned;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1A\n";

/// Pixels, colours and animation. All else is notes: texts, times, EXIF, private chunks.
const KEPT: [&[u8; 4]; 18] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
    b"cICP", b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

/// The file without its notes and without anything behind its end. Absent when it is no whole PNG.
pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let mut kept = SIGNATURE.to_vec();
    let mut exif = None;
    let mut pictures = 0;
    let mut rest = bytes.strip_prefix(&SIGNATURE)?;
    loop {
        let length = usize::try_from(u32::from_be_bytes(*rest.first_chunk()?)).ok()?;
        let whole = length.checked_add(12)?;
        let chunk = rest.get(..whole)?;
        let (name, content) = (&chunk[4..8], &chunk[8..8 + length]);
        if KEPT.iter().any(|kept| kept.as_slice() == name) {
            kept.extend(chunk);
        }
        match name {
            b"eXIf" => exif = Some(content.to_vec()),
            b"fcTL" => pictures += 1,
            b"IEND" => {
                return Some(Cleaned {
                    bytes: kept,
                    exif,
                    pictures,
                });
            }
            _ => {}
        }
        rest = &rest[whole..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut bytes = SIGNATURE.to_vec();
        for (name, content) in chunks {
            bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            bytes.extend(*name);
            bytes.extend(*content);
            bytes.extend(b"crc!");
        }
        bytes
    }

    #[test]
    fn only_what_shows_the_picture_stays() {
        let all = file(&[
            (b"IHDR", b"size"),
            (b"tEXt", b"Comment\0a place"),
            (b"iTXt", b"XML:com.adobe.xmp\0"),
            (b"zTXt", b"secret"),
            (b"eXIf", b"MM\0*gps"),
            (b"iCCP", b"colours"),
            (b"IDAT", b"pixels"),
            (b"tIME", b"1234567"),
            (b"IEND", b""),
        ]);
        let picture = file(&[
            (b"IHDR", b"size"),
            (b"iCCP", b"colours"),
            (b"IDAT", b"pixels"),
            (b"IEND", b""),
        ]);
        let cleaned = clean(&[all, b"<script>".to_vec()].concat()).unwrap();
        assert_eq!(cleaned.bytes, picture);
        assert_eq!(cleaned.exif.unwrap(), b"MM\0*gps");
        assert_eq!(cleaned.pictures, 0, "of an animation");
    }

    #[test]
    fn an_animation_is_noticed() {
        let file = file(&[
            (b"IHDR", b"size"),
            (b"acTL", b"2 frames"),
            (b"fcTL", b"1"),
            (b"fcTL", b"2"),
            (b"IEND", b""),
        ]);
        assert_eq!(clean(&file).unwrap().pictures, 2);
    }

    #[test]
    fn a_file_cut_anywhere_is_not_taken() {
        let whole = file(&[(b"IHDR", b"size"), (b"IDAT", b"pixels"), (b"IEND", b"")]);
        for length in 0..whole.len() {
            assert!(
                clean(&whole[..length]).is_none(),
                "cut to {length} of {}",
                whole.len()
            );
        }
    }
}
