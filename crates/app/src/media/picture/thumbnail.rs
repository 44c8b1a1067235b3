//! The small picture that lists show.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, GenericImageView};

use super::{refusal, write};
use crate::error::AppError;
use crate::media::file_type::FileType;

const LONGEST_SIDE: u32 = 480;
const QUALITY: u8 = 80;
/// A larger colour profile would weigh more than the thumbnail.
const LARGEST_PROFILE: usize = 4096;

/// JPEG, or WebP where something shines through.
pub(super) fn make(
    image: &DynamicImage,
    profile: Option<Vec<u8>>,
) -> Result<(Vec<u8>, FileType), AppError> {
    let small = if image.width().max(image.height()) > LONGEST_SIDE {
        image.thumbnail(LONGEST_SIDE, LONGEST_SIDE)
    } else {
        image.clone()
    };
    let profile = profile.filter(|profile| profile.len() <= LARGEST_PROFILE);
    let mut bytes = Vec::new();
    let shines_through =
        small.color().has_alpha() && small.pixels().any(|(_, _, pixel)| pixel[3] < 255);
    if shines_through {
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
