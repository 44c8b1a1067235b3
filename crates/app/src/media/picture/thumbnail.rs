//! The small picture that lists show.

use image::DynamicImage;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;

use super::{refusal, shines_through, write};
use crate::error::AppError;
use crate::media::file_type::FileType;

/// A list's tile is 220 pixels wide on the page, covered by the picture, and twice that on a fine screen.
const SHORTEST_SIDE: u32 = 440;
/// Of very long pictures the middle is shown a little less finely.
const LONGEST_SIDE: u32 = 960;
const QUALITY: u8 = 80;
/// A larger colour profile would weigh more than the thumbnail.
const LARGEST_PROFILE: usize = 4096;

/// The picture, no larger than lists show it.
pub(super) fn make(
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<(Vec<u8>, FileType), AppError> {
    let (width, height) = size(image.width(), image.height());
    let small = if width < image.width() {
        image.thumbnail_exact(width, height)
    } else {
        image.clone()
    };
    pack(&small, profile)
}

/// In few bytes: JPEG, or WebP where something shines through.
pub(super) fn pack(
    small: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<(Vec<u8>, FileType), AppError> {
    let profile = profile.filter(|profile| profile.len() <= LARGEST_PROFILE);
    let mut bytes = Vec::new();
    if shines_through(small) {
        let small = DynamicImage::from(small.to_rgba8());
        write(&small, WebPEncoder::new_lossless(&mut bytes), profile).map_err(refusal)?;
        Ok((bytes, FileType::WebP))
    } else {
        let small = DynamicImage::from(small.to_rgb8());
        write(
            &small,
            JpegEncoder::new_with_quality(&mut bytes, QUALITY),
            profile,
        )
        .map_err(refusal)?;
        Ok((bytes, FileType::Jpeg))
    }
}

/// How large the thumbnail of a picture of that size is; never larger than the picture.
fn size(width: u32, height: u32) -> (u32, u32) {
    let (shorter, longer) = (width.min(height), width.max(height));
    let scale = f64::max(
        f64::from(shorter) / f64::from(SHORTEST_SIDE),
        f64::from(longer) / f64::from(LONGEST_SIDE),
    );
    if scale <= 1.0 {
        return (width, height);
    }
    let scaled = |side: u32| (f64::from(side) / scale).round().max(1.0) as u32;
    (scaled(width), scaled(height))
}
