//! Looking through an account's files, and taking some from there into the library.

use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::BoxStream;
use jiff::Timestamp;

use crate::context::PlatformContext;
use crate::credentials::Credentials;
use crate::error::PlatformError;

/// The role of a place where people keep pictures and videos.
#[async_trait]
pub trait Files: Send + Sync {
    /// One page of the folders, pictures and videos that `wanted` asks for, folders first. Other files are left out.
    ///
    /// # Errors
    /// `remote_file_not_found` when the folder is not there, or not for us.
    async fn list(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        wanted: &FileQuery,
    ) -> Result<FilePage, PlatformError>;

    /// One file, as it is now.
    ///
    /// # Errors
    /// `remote_file_not_found` when it is not there, or not for us.
    async fn describe(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        id: &str,
    ) -> Result<RemoteFile, PlatformError>;

    /// The bytes of a file from `from` on. Failures on the way come out of the stream.
    ///
    /// # Errors
    /// `remote_file_not_found` when it is not there, or not for us; `remote_file_refused` when the platform keeps it from being
    /// downloaded.
    async fn open(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        id: &str,
        from: u64,
    ) -> Result<FileContent, PlatformError>;
}

/// What a page of files is asked for.
#[derive(Debug, Clone, Default)]
pub struct FileQuery {
    /// The account's top where absent. A search looks everywhere instead.
    pub folder: Option<String>,
    /// Words of a name; empty where nothing is searched.
    pub search: String,
    /// [`FilePage::next`] of the page before.
    pub cursor: Option<String>,
    /// At most so many, 1 to 200.
    pub limit: u32,
}

/// Files, and where it goes on.
#[derive(Debug, Clone, Default)]
pub struct FilePage {
    pub items: Vec<RemoteFile>,
    pub next: Option<String>,
    /// A search that the platform did not carry through everywhere.
    pub is_incomplete: bool,
}

/// A file or folder at the platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteFile {
    pub id: String,
    pub name: String,
    pub kind: RemoteFileKind,
    /// As the platform calls it: the bytes say what it is.
    pub mime: String,
    /// Absent for folders, and where the platform does not say.
    pub bytes: Option<u64>,
    pub modified_at: Option<Timestamp>,
    /// MD5 of the content in lower-case hexadecimal, where the platform knows it.
    pub md5: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoteFileKind {
    Folder,
    Image,
    Video,
}

/// A file on its way.
pub struct FileContent {
    /// Where in the file it begins: not where it was asked to, if the platform gives files only whole.
    pub from: u64,
    pub bytes: BoxStream<'static, std::io::Result<Bytes>>,
}
