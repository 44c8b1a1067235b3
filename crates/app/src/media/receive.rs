//! Bytes on their way to the disk. A file is never held in memory whole.

use std::io;
use std::pin::pin;

use bytes::Bytes;
use fanfare_domain::ErrorCode;
use futures::{Stream, StreamExt};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::local_files::Incoming;
use super::pace::keep_pace;
use super::sizes;
use crate::error::RefusalKind;
use crate::{App, AppError, Caller, Result};

/// Takes a file in, up to the installation's limit. It is gone again unless it is added.
///
/// # Errors
/// `too_many_requests`, `file_too_large`, `empty_file`, and `malformed_request` when the sender stops half-way.
pub async fn receive(
    app: &App,
    caller: &Caller,
    content: impl Stream<Item = io::Result<Bytes>>,
) -> Result<Incoming> {
    keep_pace(app, caller).await?;
    match into_file(app, content).await? {
        Received::Whole(file) => Ok(file),
        Received::BrokenOff(error) => Err(broken_off(&error)),
    }
}

/// A file that came in, or its beginning's end.
pub(super) enum Received {
    Whole(Incoming),
    /// The stream failed.
    BrokenOff(io::Error),
}

/// The same as [`receive`], for whoever has words of their own for a stream that fails.
pub(super) async fn into_file(
    app: &App,
    content: impl Stream<Item = io::Result<Bytes>>,
) -> Result<Received> {
    let limit = app.config.upload_limit;
    let incoming = app.local_files.incoming();
    let mut file = File::create(incoming.path())
        .await
        .map_err(anyhow::Error::from)?;
    match write(&mut file, content, limit).await? {
        Written::TooMuch => Err(sizes::too_large("The file", limit)),
        Written::BrokenOff(error) => Ok(Received::BrokenOff(error)),
        Written::All(0) => Err(sizes::empty()),
        Written::All(_) => Ok(Received::Whole(incoming)),
    }
}

pub(super) enum Written {
    All(u64),
    /// More came than was allowed.
    TooMuch,
    /// The stream failed.
    BrokenOff(io::Error),
}

/// Writes what comes, up to `limit` bytes.
pub(super) async fn write(
    file: &mut File,
    content: impl Stream<Item = io::Result<Bytes>>,
    limit: u64,
) -> Result<Written> {
    let mut content = pin!(content);
    let mut written = 0;
    while let Some(bytes) = content.next().await {
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => return Ok(Written::BrokenOff(error)),
        };
        written += bytes.len() as u64;
        if written > limit {
            return Ok(Written::TooMuch);
        }
        file.write_all(&bytes).await.map_err(anyhow::Error::from)?;
    }
    file.flush().await.map_err(anyhow::Error::from)?;
    Ok(Written::All(written))
}

pub(super) fn broken_off(error: &io::Error) -> AppError {
    AppError::refused(
        RefusalKind::Invalid,
        ErrorCode::MalformedRequest,
        format!("The upload broke off ({error}). Nothing of it was kept; send it again."),
    )
}
