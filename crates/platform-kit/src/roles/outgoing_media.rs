//! A picture or video on its way to a platform.

use std::io;
use std::ops::Range;

use fanfare_domain::ErrorCode;
use fanfare_domain::media_files::{ByteStream, KeptFile};
use url::Url;

use crate::content::MediaFacts;
use crate::error::{Advice, PlatformError};

/// A picture or video to publish.
#[derive(Debug, Clone)]
pub struct OutgoingMedia {
    pub facts: MediaFacts,
    pub file_name: String,
    /// The bytes, for platforms that are sent them.
    pub file: KeptFile,
    /// A signed link under which the platform can fetch the bytes; valid for a day.
    pub public_url: Url,
}

impl OutgoingMedia {
    /// How many bytes there are to send.
    ///
    /// # Errors
    /// `media_missing` when the file is gone; to be tried again when it cannot be read now.
    pub async fn length(&self) -> Result<u64, PlatformError> {
        let length = self.file.length().await;
        length.map_err(|error| self.unreadable(&error))
    }

    /// A part of the bytes, read as it is sent.
    ///
    /// # Errors
    /// As of [`Self::length`].
    pub async fn read(&self, range: Range<u64>) -> Result<ByteStream, PlatformError> {
        let content = self.file.read(range).await;
        content.map_err(|error| self.unreadable(&error))
    }

    /// All bytes at once, for what is small enough to be held in memory.
    ///
    /// # Errors
    /// As of [`Self::length`].
    pub async fn read_whole(&self) -> Result<Vec<u8>, PlatformError> {
        let bytes = self.file.read_whole().await;
        bytes.map_err(|error| self.unreadable(&error))
    }

    fn unreadable(&self, error: &io::Error) -> PlatformError {
        let log = format!("media {} cannot be read: {error}", self.facts.id);
        let name = &self.file_name;
        if error.kind() == io::ErrorKind::NotFound {
            let field = "media".to_owned();
            return PlatformError::new(
                Advice::FixContent { field },
                ErrorCode::MediaMissing,
                format!("The file {name} is gone from this installation. Upload it again."),
                log,
            );
        }
        PlatformError::new(
            Advice::Retry { after: None },
            ErrorCode::MediaUnavailable,
            format!(
                "The file {name} cannot be read right now, so nothing was posted. It is tried again by itself."
            ),
            log,
        )
    }
}
