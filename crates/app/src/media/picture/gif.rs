//! Takes a GIF file apart and keeps only what shows the pictures.

use super::Cleaned;

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2C;
const END: u8 = 0x3B;
const GRAPHIC_CONTROL: u8 = 0xF9;
const APPLICATION: u8 = 0xFF;
/// Bit and size of a colour table in the byte that announces it.
const HAS_TABLE: u8 = 0x80;

/// The file without comments and notes of programs, and without anything behind its end. Absent when it is no whole GIF.
pub(super) fn clean(bytes: &[u8]) -> Option<Cleaned> {
    const HEADER: usize = 13;
    let header = bytes.get(..HEADER)?;
    let opening = HEADER + table_length(header[10]);
    let mut kept = bytes.get(..opening)?.to_vec();
    let mut rest = &bytes[opening..];
    let mut pictures = 0;
    loop {
        let length = match rest.first() {
            Some(&EXTENSION) => 2 + blocks_length(rest.get(2..)?)?,
            Some(&IMAGE) => {
                pictures += 1;
                // Place and size, colour table, one byte of code size, then the coded pixels.
                let head = 10 + table_length(*rest.get(9)?) + 1;
                head + blocks_length(rest.get(head..)?)?
            }
            // Some programs leave the end mark out.
            Some(&END) | None => break,
            Some(_) => return None,
        };
        let (block, after) = rest.split_at(length);
        if shows_a_picture(block) {
            kept.extend(block);
        }
        rest = after;
    }
    kept.push(END);
    (pictures > 0).then_some(Cleaned {
        bytes: kept,
        exif: None,
        pictures,
    })
}

fn table_length(flags: u8) -> usize {
    if flags & HAS_TABLE == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// How long a row of blocks is, the empty one at its end included.
fn blocks_length(bytes: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        let block = usize::from(*bytes.get(length)?);
        length += 1 + block;
        if block == 0 {
            return Some(length);
        }
    }
}

fn shows_a_picture(block: &[u8]) -> bool {
    match block {
        [EXTENSION, GRAPHIC_CONTROL, ..] => true,
        // How often to repeat.
        [EXTENSION, APPLICATION, 11, name @ ..] => {
            name.starts_with(b"NETSCAPE2.0") || name.starts_with(b"ANIMEXTS1.0")
        }
        [EXTENSION, ..] => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &[u8] = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xFF\xFF\xFF";
    const PICTURE: &[u8] = b"\x2C\0\0\0\0\x02\0\x02\0\0\x02\x03abc\0";
    const DELAY: &[u8] = b"\x21\xF9\x04\0\x0A\0\0\0";
    const REPEAT: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";
    const COMMENT: &[u8] = b"\x21\xFE\x08<script>\0";
    const XMP: &[u8] = b"\x21\xFF\x0BXMP DataXMP\x05a gps\0";

    #[test]
    fn only_what_shows_the_pictures_stays() {
        let all = [
            HEADER,
            REPEAT,
            XMP,
            DELAY,
            PICTURE,
            COMMENT,
            DELAY,
            PICTURE,
            b";<script>",
        ]
        .concat();
        let cleaned = clean(&all).unwrap();
        assert_eq!(
            cleaned.bytes,
            [HEADER, REPEAT, DELAY, PICTURE, DELAY, PICTURE, b";"].concat()
        );
        assert_eq!(cleaned.pictures, 2);
        assert_eq!(
            clean(&[HEADER, PICTURE, b";"].concat()).unwrap().pictures,
            1
        );
    }

    #[test]
    fn a_file_cut_inside_its_only_picture_is_not_taken() {
        let whole = [HEADER, DELAY, PICTURE].concat();
        for length in 0..whole.len() {
            assert!(
                clean(&whole[..length]).is_none(),
                "cut to {length} of {}",
                whole.len()
            );
        }
        assert_eq!(
            clean(&whole).unwrap().bytes,
            [&whole, b";".as_slice()].concat()
        );
    }
}
