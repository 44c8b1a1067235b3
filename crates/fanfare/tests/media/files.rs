//! Files to upload, made here.

use std::io::Cursor;

pub use fanfare_testkit::PLACE;
use fanfare_testkit::film;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

pub fn drawing(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([(x * 3) as u8, (y * 5) as u8, 90])
    })
    .into()
}

pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    drawing(width, height).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    picture(width, height, ImageFormat::Jpeg)
}

/// A JPEG that says where it was taken.
pub fn jpeg_with_place() -> Vec<u8> {
    let plain = jpeg(40, 20);
    // One entry: a picture description that stands for any note.
    let mut notes = b"Exif\0\0II*\0\x08\0\0\0\x01\0".to_vec();
    notes.extend([0x0E, 0x01, 2, 0, 20, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
    notes.extend(PLACE);
    let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
    [&plain[..2], &[0xFF, 0xE1], &length, &notes, &plain[2..]].concat()
}

/// A film of `bytes` bytes, 640 × 360, 12.5 seconds.
pub fn mp4(bytes: usize) -> Vec<u8> {
    film(640, 360, bytes)
}

pub fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
