//! Pictures of accounts, as platforms keep them: anything may come from there.

use bytes::Bytes;

use super::file_type::{FileType, HEAD, sniff};
use super::inspect::at_workbench;
use super::picture::{square, still_picture_needed};
use crate::Result;

/// The picture as a small square, and the type that this has.
///
/// # Errors
/// `unsupported_file`, `still_picture_needed`, `unreadable_file` and `picture_too_large`.
pub(crate) async fn account_picture(original: Bytes) -> Result<(Vec<u8>, &'static str)> {
    at_workbench(move || {
        let file_type = sniff(&original[..original.len().min(HEAD)])?;
        if let FileType::Mp4 | FileType::Mov | FileType::WebM = file_type {
            return Err(still_picture_needed());
        }
        let (small, file_type) = square(&original, file_type)?;
        Ok((small, file_type.mime()))
    })
    .await
}
