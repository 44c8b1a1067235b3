//! Pictures for tests.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

/// A JPEG of that size, of one warm colour.
///
/// # Panics
/// If it cannot be encoded, which no size that fits into memory causes.
#[must_use]
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, image::Rgb([196, 120, 58]))
        .write_to(&mut bytes, ImageFormat::Jpeg)
        .expect("a picture of one colour");
    bytes.into_inner()
}
