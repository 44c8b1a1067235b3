//! The small square by which lists show an account.

use super::thumbnail::pack;
use super::{clean, open_still, pixels, refusal, still_decoder, too_large};
use crate::error::AppError;
use crate::media::file_type::FileType;

/// The largest place for one is 36 pixels wide, and has more than twice as many on a fine screen.
const SIDE: u32 = 96;
/// Nobody's face needs more, and whoever sends one of these can be a stranger: they take far less memory than what members upload.
const MOST_PIXELS: u64 = 16_000_000;

/// The middle of a picture, small; of a moving one the first picture.
///
/// # Errors
/// `unreadable_file` and `picture_too_large`.
pub(in crate::media) fn square(
    bytes: &[u8],
    file_type: FileType,
) -> Result<(Vec<u8>, FileType), AppError> {
    let cleaned = clean(bytes, file_type)?;
    let decoder = still_decoder(&cleaned.bytes, file_type).map_err(refusal)?;
    if pixels(decoder.dimensions()) > MOST_PIXELS {
        return Err(too_large("Opening it takes more memory than is allowed."));
    }
    let opened = open_still(&cleaned, file_type)?;
    let (width, height) = (opened.image.width(), opened.image.height());
    let side = width.min(height);
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    let middle = opened.image.crop_imm(left, top, side, side);
    let small = if side > SIDE {
        middle.thumbnail_exact(SIDE, SIDE)
    } else {
        middle
    };
    pack(&small, opened.profile)
}
