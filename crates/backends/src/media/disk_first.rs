//! A bucket, with a folder in front of it in which files from before may still lie.

use std::io;
use std::ops::Range;
use std::path::Path;

use async_trait::async_trait;
use fanfare_domain::Secret;
use fanfare_domain::media_files::{ByteStream, Listed, MediaFiles};
use futures::StreamExt as _;
use futures::stream::BoxStream;

use super::{Bucket, Disk, OpenError};

/// New files go into the bucket. What lies in the folder is read from there, so that a bucket can be taken into use at any time and what was
/// kept before be moved later, while everything runs.
#[derive(Debug, Clone)]
pub struct DiskFirst {
    pub disk: Disk,
    pub bucket: Bucket,
}

impl DiskFirst {
    /// The folder, and the bucket at that address for the installation of that name.
    ///
    /// # Errors
    /// When the folder cannot be made or the address cannot be used.
    pub fn open(folder: &Path, url: &Secret, installation: &str) -> Result<Self, OpenError> {
        Ok(Self {
            disk: Disk::open(folder)?,
            bucket: Bucket::open(url, installation).map_err(OpenError::Url)?,
        })
    }
}

#[async_trait]
impl MediaFiles for DiskFirst {
    async fn keep(&self, file: &Path, key: &str) -> io::Result<()> {
        self.bucket.keep(file, key).await
    }

    async fn length(&self, key: &str) -> io::Result<u64> {
        match self.disk.length(key).await {
            Err(gone) if is_missing(&gone) => {}
            found => return found,
        }
        match self.bucket.length(key).await {
            // Moved back between the two questions.
            Err(gone) if is_missing(&gone) => self.disk.length(key).await,
            found => found,
        }
    }

    async fn read(&self, key: &str, range: Range<u64>) -> io::Result<ByteStream> {
        match self.disk.read(key, range.clone()).await {
            Err(gone) if is_missing(&gone) => {}
            found => return found,
        }
        match self.bucket.read(key, range.clone()).await {
            Err(gone) if is_missing(&gone) => self.disk.read(key, range).await,
            found => found,
        }
    }

    async fn delete(&self, key: &str) -> io::Result<()> {
        self.disk.delete(key).await?;
        self.bucket.delete(key).await
    }

    fn list(&self) -> BoxStream<'static, io::Result<Listed>> {
        self.disk.list().chain(self.bucket.list()).boxed()
    }
}

fn is_missing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}
