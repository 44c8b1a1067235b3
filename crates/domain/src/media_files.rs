//! Where the bytes of pictures and videos are kept, once they are whole.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use futures::TryStreamExt as _;
use futures::stream::BoxStream;
use jiff::Timestamp;

use crate::MediaId;

/// Bytes as they come.
pub type ByteStream = BoxStream<'static, io::Result<Bytes>>;

/// Keeps files, each under a key that [`content_key`] or [`thumbnail_key`] made. What a key leads to never changes.
///
/// Errors are [`io::ErrorKind::NotFound`] when there is no such file, and anything else when that is not known or cannot be done now.
#[async_trait]
pub trait MediaFiles: fmt::Debug + Send + Sync {
    /// Takes a file of this machine in, which may then no longer be where it was. When it returns, the file is kept whole and a power cut
    /// cannot take it away; before that, nobody finds it under its key.
    async fn keep(&self, file: &Path, key: &str) -> io::Result<()>;

    /// How many bytes it has.
    async fn length(&self, key: &str) -> io::Result<u64>;

    /// The bytes from the range's start to before its end, which lies in the file.
    async fn read(&self, key: &str, range: Range<u64>) -> io::Result<ByteStream>;

    /// Deletes it. One that is gone already is no error.
    async fn delete(&self, key: &str) -> io::Result<()>;

    /// Everything that is kept, in no order. What has no key of ours is passed over.
    fn list(&self) -> BoxStream<'static, io::Result<Listed>>;
}

/// A file that was found where files are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    pub key: String,
    /// The media that its key names.
    pub media: MediaId,
    pub bytes: u64,
    /// When it was written, by the clock of whoever keeps it.
    pub changed_at: Timestamp,
}

/// One file of those, for whoever is to read it.
#[derive(Debug, Clone)]
pub struct KeptFile {
    files: Arc<dyn MediaFiles>,
    key: String,
}

impl KeptFile {
    #[must_use]
    pub fn new(files: Arc<dyn MediaFiles>, key: impl Into<String>) -> Self {
        Self {
            files,
            key: key.into(),
        }
    }

    /// As [`MediaFiles::length`].
    ///
    /// # Errors
    /// As there.
    pub async fn length(&self) -> io::Result<u64> {
        self.files.length(&self.key).await
    }

    /// As [`MediaFiles::read`].
    ///
    /// # Errors
    /// As there.
    pub async fn read(&self, range: Range<u64>) -> io::Result<ByteStream> {
        self.files.read(&self.key, range).await
    }

    /// All its bytes at once, for a file that may be held in memory.
    ///
    /// # Errors
    /// As of [`MediaFiles::read`].
    pub async fn read_whole(&self) -> io::Result<Vec<u8>> {
        let length = self.length().await?;
        let mut content = self.read(0..length).await?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        while let Some(more) = content.try_next().await? {
            bytes.extend_from_slice(&more);
        }
        Ok(bytes)
    }
}

/// The key of a file's content. Ids begin with the time, so the folder is taken from their random end.
#[must_use]
pub fn content_key(id: MediaId, extension: &str) -> String {
    format!("{}/{id}.{extension}", folder_of(id))
}

/// The key of its thumbnail.
#[must_use]
pub fn thumbnail_key(id: MediaId, extension: &str) -> String {
    format!("{}/{id}.thumbnail.{extension}", folder_of(id))
}

/// The media that a key names; nothing when it is no key of ours.
#[must_use]
pub fn media_of_key(key: &str) -> Option<MediaId> {
    let (folder, name) = key.split_once('/')?;
    let (id, _) = name.split_once('.')?;
    let id = id.parse().ok()?;
    (folder == folder_of(id)).then_some(id)
}

fn folder_of(id: MediaId) -> String {
    let id = id.to_string();
    id[id.len() - 2..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_its_media_and_nothing_else_is_a_key() {
        let id: MediaId = "01890a5d-ac96-774b-bcce-b302099a80a7".parse().unwrap();
        let (content, thumbnail) = (content_key(id, "jpg"), thumbnail_key(id, "webp"));
        assert_eq!(content, "a7/01890a5d-ac96-774b-bcce-b302099a80a7.jpg");
        assert_eq!(media_of_key(&content), Some(id));
        assert_eq!(media_of_key(&thumbnail), Some(id));
        for other in [
            "",
            "a7/",
            "a7/notes.txt",
            "a7/01890a5d-ac96-774b-bcce-b302099a80a7",
            "a8/01890a5d-ac96-774b-bcce-b302099a80a7.jpg",
            "01890a5d-ac96-774b-bcce-b302099a80a7.jpg",
            "backup/a7/01890a5d-ac96-774b-bcce-b302099a80a7.jpg",
        ] {
            assert_eq!(media_of_key(other), None, "{other}");
        }
    }
}
