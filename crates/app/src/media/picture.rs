//! Proves that a picture is one, and makes what is kept of it.
//!
//! Notes (places, cameras, comments) and anything hidden behind the picture are taken out without touching its pixels. Only a
//! picture that its notes say to turn is written anew, upright, because not every platform reads those notes.

mod edit;
mod gif;
mod jpeg;
mod png;
mod square;
mod thumbnail;
mod webp;

use std::io::Cursor;

use fanfare_domain::ErrorCode;
use fanfare_domain::media::MediaKind;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::metadata::Orientation;
use image::{
    AnimationDecoder, DynamicImage, Frames, GenericImageView, ImageDecoder, ImageEncoder,
    ImageError, Limits,
};

pub use edit::Area;
pub(super) use edit::{Edited, convert, crop, still_picture_needed};
pub(super) use square::square;

use super::file_type::FileType;
use crate::error::{AppError, RefusalKind};

/// A file's picture without its notes.
struct Cleaned {
    bytes: Vec<u8>,
    /// The notes that may say how to turn it.
    exif: Option<Vec<u8>>,
    /// How many pictures it shows one after the other.
    pictures: u64,
}

/// A picture that was read to its last pixel.
pub(super) struct Picture {
    pub kind: MediaKind,
    pub width: u32,
    pub height: u32,
    /// Of one round of a moving picture.
    pub duration_millis: Option<u64>,
    /// What is kept.
    pub bytes: Vec<u8>,
    pub thumbnail: Vec<u8>,
    pub thumbnail_type: FileType,
}

/// Pixels on one side, and in all. A camera phone's largest picture has 200 million, which would take a gigabyte to open.
const LONGEST_SIDE: u32 = 30_000;
const MOST_PIXELS: u64 = 100_000_000;
/// Pixels of all pictures of a moving one.
const MOST_MOVING_PIXELS: u64 = 1_000_000_000;
/// Memory that opening one may take.
const MOST_MEMORY: u64 = 1 << 30;
const UPRIGHT_QUALITY: u8 = 95;

/// Reads a picture of that type. Takes as long as its pixels take.
///
/// # Errors
/// `unreadable_file` and `picture_too_large`.
pub(super) fn read(bytes: &[u8], file_type: FileType) -> Result<Picture, AppError> {
    let cleaned = clean(bytes, file_type)?;
    if cleaned.pictures > 1 {
        read_moving(cleaned, file_type)
    } else {
        read_still(cleaned, file_type)
    }
}

fn clean(bytes: &[u8], file_type: FileType) -> Result<Cleaned, AppError> {
    let cleaned = match file_type {
        FileType::Jpeg => jpeg::clean(bytes),
        FileType::Png => png::clean(bytes),
        FileType::Gif => gif::clean(bytes),
        FileType::WebP => webp::clean(bytes),
        FileType::Mp4 | FileType::Mov | FileType::WebM => None,
    };
    cleaned.ok_or_else(|| unreadable("it ends too early or is not put together right"))
}

/// A still picture, opened and upright.
struct Opened {
    image: DynamicImage,
    profile: Option<Vec<u8>>,
    was_turned: bool,
}

fn open_still(cleaned: &Cleaned, file_type: FileType) -> Result<Opened, AppError> {
    let mut decoder = still_decoder(&cleaned.bytes, file_type).map_err(refusal)?;
    limit(decoder.as_mut())?;
    let profile = rgb_profile(decoder.as_mut());
    let mut image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let turn = cleaned
        .exif
        .as_deref()
        .and_then(Orientation::from_exif_chunk)
        .unwrap_or(Orientation::NoTransforms);
    image.apply_orientation(turn);
    Ok(Opened {
        image,
        profile,
        was_turned: turn != Orientation::NoTransforms,
    })
}

fn read_still(cleaned: Cleaned, file_type: FileType) -> Result<Picture, AppError> {
    let opened = open_still(&cleaned, file_type)?;
    let bytes = if opened.was_turned {
        encode(
            &opened.image,
            file_type,
            opened.profile.clone(),
            UPRIGHT_QUALITY,
        )?
    } else {
        cleaned.bytes
    };
    picture(MediaKind::Image, bytes, &opened.image, None, opened.profile)
}

fn read_moving(cleaned: Cleaned, file_type: FileType) -> Result<Picture, AppError> {
    let mut frames = frames(&cleaned, file_type)?;
    let nothing = || unreadable("there is no picture in it");
    let first = frames.next().ok_or_else(nothing)?.map_err(refusal)?;
    let mut millis = delay_millis(&first);
    for frame in frames {
        millis += delay_millis(&frame.map_err(refusal)?);
    }
    let image = DynamicImage::from(first.into_buffer());
    picture(MediaKind::Gif, cleaned.bytes, &image, Some(millis), None)
}

fn picture(
    kind: MediaKind,
    bytes: Vec<u8>,
    image: &DynamicImage,
    duration_millis: Option<u64>,
    profile: Option<Vec<u8>>,
) -> Result<Picture, AppError> {
    let (thumbnail, thumbnail_type) = thumbnail::make(image, profile)?;
    let (width, height) = (image.width(), image.height());
    Ok(Picture {
        kind,
        width,
        height,
        duration_millis,
        bytes,
        thumbnail,
        thumbnail_type,
    })
}

fn still_decoder<'a>(
    bytes: &'a [u8],
    file_type: FileType,
) -> Result<Box<dyn ImageDecoder + 'a>, ImageError> {
    let bytes = Cursor::new(bytes);
    Ok(match file_type {
        FileType::Png => Box::new(PngDecoder::with_limits(bytes, limits())?),
        FileType::Gif => Box::new(GifDecoder::new(bytes)?),
        FileType::WebP => Box::new(WebPDecoder::new(bytes)?),
        _ => Box::new(JpegDecoder::new(bytes)?),
    })
}

fn frames(cleaned: &Cleaned, file_type: FileType) -> Result<Frames<'_>, AppError> {
    let bytes = Cursor::new(cleaned.bytes.as_slice());
    Ok(match file_type {
        FileType::Png => {
            let mut decoder = PngDecoder::with_limits(bytes, limits()).map_err(refusal)?;
            limit_all(&mut decoder, cleaned.pictures)?;
            decoder.apng().map_err(refusal)?.into_frames()
        }
        FileType::WebP => {
            let mut decoder = WebPDecoder::new(bytes).map_err(refusal)?;
            limit_all(&mut decoder, cleaned.pictures)?;
            decoder.into_frames()
        }
        _ => {
            let mut decoder = GifDecoder::new(bytes).map_err(refusal)?;
            limit_all(&mut decoder, cleaned.pictures)?;
            decoder.into_frames()
        }
    })
}

fn limit_all(decoder: &mut dyn ImageDecoder, pictures: u64) -> Result<(), AppError> {
    limit(decoder)?;
    let all = pixels(decoder.dimensions()).saturating_mul(pictures);
    if all <= MOST_MOVING_PIXELS {
        return Ok(());
    }
    Err(too_large(&format!(
        "Its {pictures} pictures have {} million pixels together; at most {} million are taken.",
        all / 1_000_000,
        MOST_MOVING_PIXELS / 1_000_000,
    )))
}

/// Looks at the size before any pixel is read: a few bytes may promise gigabytes.
fn limit(decoder: &mut dyn ImageDecoder) -> Result<(), AppError> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(unreadable("it has no size"));
    }
    if width.max(height) > LONGEST_SIDE || pixels((width, height)) > MOST_PIXELS {
        return Err(too_large(&format!(
            "It is {width} × {height}; at most {LONGEST_SIDE} pixels on a side and {} million in all are taken.",
            MOST_PIXELS / 1_000_000,
        )));
    }
    decoder.set_limits(limits()).map_err(refusal)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// The colour profile, if it fits the pixels as they are decoded: they are red, green and blue whatever they were.
fn rgb_profile(decoder: &mut dyn ImageDecoder) -> Option<Vec<u8>> {
    let profile = decoder.icc_profile().ok()??;
    (profile.get(16..20)? == b"RGB ").then_some(profile)
}

fn encode(
    image: &DynamicImage,
    file_type: FileType,
    profile: Option<Vec<u8>>,
    quality: u8,
) -> Result<Vec<u8>, AppError> {
    let mut bytes = Vec::new();
    let written = match file_type {
        FileType::Jpeg => write(
            image,
            JpegEncoder::new_with_quality(&mut bytes, quality),
            profile,
        ),
        FileType::WebP => write(image, WebPEncoder::new_lossless(&mut bytes), profile),
        _ => write(image, PngEncoder::new(&mut bytes), profile),
    };
    written.map_err(refusal)?;
    Ok(bytes)
}

fn write(
    image: &DynamicImage,
    mut encoder: impl ImageEncoder,
    profile: Option<Vec<u8>>,
) -> Result<(), ImageError> {
    if let Some(profile) = profile {
        // A format without profiles shows the same pixels in its usual colours.
        let _ = encoder.set_icc_profile(profile);
    }
    image.write_with_encoder(encoder)
}

fn shines_through(image: &DynamicImage) -> bool {
    image.color().has_alpha() && image.pixels().any(|(_, _, pixel)| pixel[3] < 255)
}

fn pixels((width, height): (u32, u32)) -> u64 {
    u64::from(width) * u64::from(height)
}

fn delay_millis(frame: &image::Frame) -> u64 {
    let (numerator, denominator) = frame.delay().numer_denom_ms();
    u64::from(numerator) / u64::from(denominator.max(1))
}

fn refusal(error: ImageError) -> AppError {
    match error {
        ImageError::Limits(_) => too_large("Opening it takes more memory than is allowed."),
        other => unreadable(&other.to_string()),
    }
}

fn too_large(why: &str) -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::PictureTooLarge,
        format!("The picture is too large. {why} Make it smaller and upload it again."),
    )
}

pub(super) fn unreadable(why: &str) -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::UnreadableFile,
        format!("The file is damaged and cannot be used: {why}. Save it anew and upload that."),
    )
}

#[cfg(test)]
mod tests;
