//! Makes a new picture out of one: a part of it, or the same in another format or smaller.

use fanfare_domain::ErrorCode;
use image::imageops::FilterType;
use image::{DynamicImage, Rgb, RgbImage};

use super::{Opened, clean, encode, open_still, shines_through};
use crate::error::{AppError, RefusalKind};
use crate::media::file_type::FileType;

/// A part of a picture, in its pixels as shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

/// A picture that was made.
#[derive(Debug)]
pub(in crate::media) struct Edited {
    pub bytes: Vec<u8>,
    pub file_type: FileType,
    pub width: u32,
    pub height: u32,
}

/// Nobody sees a difference at this quality.
const FINE: u8 = 92;
/// What is tried before a picture is made smaller. Below the last, faces begin to show squares.
const QUALITIES: [u8; 5] = [FINE, 85, 78, 70, 62];
/// A picture that has to be made smaller keeps this quality.
const QUALITY_WHEN_SMALLER: u8 = 78;
/// Each step makes it at least a bit and never much smaller than needed.
const STEP: std::ops::RangeInclusive<f64> = 0.4..=0.9;

/// The part of the picture, which has to lie in it. Photographs stay JPEG; what was without loss stays so.
///
/// # Errors
/// `still_picture_needed`, and all of [`super::read`].
pub(in crate::media) fn crop(
    bytes: &[u8],
    file_type: FileType,
    area: Area,
) -> Result<Edited, AppError> {
    let opened = open(bytes, file_type)?;
    let part = opened
        .image
        .crop_imm(area.x, area.y, area.width, area.height);
    let to = match file_type {
        // Written without loss, a photograph would be many times its size.
        FileType::WebP if !shines_through(&part) => FileType::Jpeg,
        // Its 256 colours would have to be chosen anew.
        FileType::Gif => FileType::Png,
        other => other,
    };
    let part = Opened {
        image: part,
        ..opened
    };
    write(&part, to, FINE)
}

/// The same picture as a file of that type, of at most `max_bytes`: first coarser, then smaller, never larger.
///
/// # Errors
/// `still_picture_needed`, `out_of_range` on `max_bytes` when no picture is that small, and all of [`super::read`].
pub(in crate::media) fn convert(
    bytes: &[u8],
    file_type: FileType,
    to: FileType,
    max_bytes: Option<u64>,
) -> Result<Edited, AppError> {
    let opened = open(bytes, file_type)?;
    let fits = |bytes: &[u8]| max_bytes.is_none_or(|most| bytes.len() as u64 <= most);
    if file_type == to && !opened.was_turned && fits(bytes) {
        // Writing it anew could only take something away.
        return Ok(Edited {
            bytes: bytes.to_vec(),
            file_type,
            width: opened.image.width(),
            height: opened.image.height(),
        });
    }
    let qualities = if to == FileType::Jpeg {
        &QUALITIES[..]
    } else {
        &QUALITIES[..1]
    };
    let mut last = None;
    for quality in qualities {
        let edited = write(&opened, to, *quality)?;
        if fits(&edited.bytes) {
            return Ok(edited);
        }
        last = Some(edited.bytes.len());
    }
    smaller(
        opened,
        to,
        last.unwrap_or_default(),
        max_bytes.unwrap_or(u64::MAX),
    )
}

fn smaller(
    mut opened: Opened,
    to: FileType,
    mut bytes: usize,
    max_bytes: u64,
) -> Result<Edited, AppError> {
    loop {
        let factor = (max_bytes as f64 / bytes.max(1) as f64).sqrt() * 0.97;
        let factor = factor.clamp(*STEP.start(), *STEP.end());
        let scaled = |side: u32| ((f64::from(side) * factor) as u32).max(1);
        let (width, height) = (scaled(opened.image.width()), scaled(opened.image.height()));
        if (width, height) == (opened.image.width(), opened.image.height()) {
            return Err(AppError::invalid_field(
                "max_bytes",
                ErrorCode::OutOfRange,
                "No picture is that small. Allow more bytes.",
            ));
        }
        opened.image = opened
            .image
            .resize_exact(width, height, FilterType::CatmullRom);
        let edited = write(&opened, to, QUALITY_WHEN_SMALLER)?;
        if edited.bytes.len() as u64 <= max_bytes {
            return Ok(edited);
        }
        bytes = edited.bytes.len();
    }
}

fn open(bytes: &[u8], file_type: FileType) -> Result<Opened, AppError> {
    let cleaned = clean(bytes, file_type)?;
    if cleaned.pictures > 1 {
        return Err(still_picture_needed());
    }
    open_still(&cleaned, file_type)
}

/// Moving pictures and videos are refused.
pub(in crate::media) fn still_picture_needed() -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::StillPictureNeeded,
        "This file moves: it is a video or an animated picture, and only pictures that stand still can be cropped or converted.",
    )
}

fn write(opened: &Opened, to: FileType, quality: u8) -> Result<Edited, AppError> {
    let profile = opened.profile.clone();
    let bytes = match to {
        FileType::Jpeg => encode(&flat(&opened.image), to, profile, quality)?,
        // The encoder knows eight bits only.
        FileType::WebP if opened.image.color().has_alpha() => {
            encode(&opened.image.to_rgba8().into(), to, profile, quality)?
        }
        FileType::WebP => encode(&opened.image.to_rgb8().into(), to, profile, quality)?,
        _ => encode(&opened.image, to, profile, quality)?,
    };
    Ok(Edited {
        bytes,
        file_type: to,
        width: opened.image.width(),
        height: opened.image.height(),
    })
}

/// On white, where something shines through: JPEG knows no glass.
fn flat(image: &DynamicImage) -> DynamicImage {
    if !image.color().has_alpha() {
        return image.to_rgb8().into();
    }
    let image = image.to_rgba8();
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0;
        let on_white = |colour: u8| {
            let mixed = u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha));
            u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([on_white(red), on_white(green), on_white(blue)])
    })
    .into()
}

#[cfg(test)]
mod tests;
