//! The part of a file that is here already, and what is added to it.
//!
//! Only one run at a time writes to it, and only what belongs to one and the same content: a file may change at the platform between two
//! runs.

use std::fs::TryLockError;
use std::io::{self, Read, SeekFrom};
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use fanfare_platform_kit::roles::{FileContent, RemoteFile};
use futures::StreamExt;
use futures::stream::BoxStream;
use md5::{Digest, Md5};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use crate::media::local_files::blocking;

/// A connection that brings nothing for so long is given up, and another one opened.
const SILENCE: Duration = Duration::from_secs(30);

/// What is here of a file, held by this run alone.
pub(super) struct Part {
    file: File,
    pub len: u64,
}

/// What came of waiting for more.
pub(super) enum More {
    Chunk(Bytes),
    End,
    BrokenOff(io::Error),
}

impl Part {
    /// Opens what is here, or begins. Absent while another run has it.
    pub(super) fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = std::fs::OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
        let len = file.metadata()?.len();
        let file = File::from_std(file);
        Ok(Some(Self { file, len }))
    }

    /// Keeps the first `len` bytes, and goes on from there.
    pub(super) async fn keep(&mut self, len: u64) -> io::Result<()> {
        self.file.set_len(len).await?;
        self.file.seek(SeekFrom::Start(len)).await?;
        self.len = len;
        Ok(())
    }

    pub(super) async fn write(&mut self, chunk: &[u8]) -> io::Result<()> {
        self.file.write_all(chunk).await?;
        self.len += chunk.len() as u64;
        Ok(())
    }

    /// When it returns, a power cut takes none of it away.
    pub(super) async fn flush(&mut self) -> io::Result<()> {
        self.file.flush().await?;
        self.file.sync_data().await
    }
}

/// What comes next.
pub(super) async fn next(bytes: &mut BoxStream<'static, io::Result<Bytes>>) -> More {
    match tokio::time::timeout(SILENCE, bytes.next()).await {
        Ok(Some(Ok(chunk))) => More::Chunk(chunk),
        Ok(Some(Err(error))) => More::BrokenOff(error),
        Ok(None) => More::End,
        Err(_) => More::BrokenOff(io::Error::other("nothing came for half a minute")),
    }
}

/// Where content goes on that begins at `content.from`: there, if all before it is here.
pub(super) fn goes_on_at(content: &FileContent, len: u64) -> Option<u64> {
    (content.from <= len).then_some(content.from)
}

/// What tells one content of a file from the next. Absent when the platform says neither checksum nor time: then none of it can be used
/// again.
pub(super) fn version_of(file: &RemoteFile) -> Option<String> {
    let changed = || file.modified_at.map(|at| at.to_string());
    file.md5.clone().or_else(changed)
}

/// Whether what lies at `path` is what the platform describes, as far as it says.
pub(super) async fn is_whole(path: &Path, described: &RemoteFile) -> io::Result<bool> {
    let (path, bytes, md5) = (path.to_owned(), described.bytes, described.md5.clone());
    blocking(move || {
        let mut file = std::fs::File::open(path)?;
        let len = file.metadata()?.len();
        if bytes.is_some_and(|bytes| bytes != len) {
            return Ok(false);
        }
        let Some(md5) = md5 else { return Ok(true) };
        Ok(md5_of(&mut file)? == md5)
    })
    .await
}

fn md5_of(file: &mut std::fs::File) -> io::Result<String> {
    let mut digest = Md5::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex::encode(digest.finalize())),
            read => digest.update(&buffer[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use fanfare_platform_kit::roles::RemoteFileKind;

    use super::*;

    fn described(bytes: Option<u64>, md5: Option<&str>) -> RemoteFile {
        RemoteFile {
            id: "1".to_owned(),
            name: "Loaf.jpg".to_owned(),
            kind: RemoteFileKind::Image,
            mime: "image/jpeg".to_owned(),
            bytes,
            modified_at: None,
            md5: md5.map(str::to_owned),
        }
    }

    #[tokio::test]
    async fn one_run_at_a_time_has_it_and_what_it_wrote_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        let mut part = Part::open(&path).unwrap().unwrap();
        assert!(Part::open(&path).unwrap().is_none(), "somebody has it");
        part.write(b"loaf of bread").await.unwrap();
        part.flush().await.unwrap();
        drop(part);
        let mut again = Part::open(&path).unwrap().unwrap();
        assert_eq!(again.len, 13);
        again.keep(5).await.unwrap();
        again.write(b"rye").await.unwrap();
        again.flush().await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"loaf rye");
    }

    #[tokio::test]
    async fn it_is_whole_when_length_and_checksum_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("part");
        std::fs::write(&path, b"hello").unwrap();
        let right = "5d41402abc4b2a76b9719d911017c592";
        for (bytes, md5, whole) in [
            (None, None, true),
            (Some(5), None, true),
            (Some(6), None, false),
            (Some(5), Some(right), true),
            (None, Some("00000000000000000000000000000000"), false),
        ] {
            let answer = is_whole(&path, &described(bytes, md5)).await.unwrap();
            assert_eq!(answer, whole, "{bytes:?} {md5:?}");
        }
    }

    #[test]
    fn what_begins_behind_the_end_leaves_a_hole() {
        let content = |from| FileContent {
            from,
            bytes: futures::stream::empty().boxed(),
        };
        assert_eq!(goes_on_at(&content(0), 7), Some(0));
        assert_eq!(goes_on_at(&content(7), 7), Some(7));
        assert_eq!(goes_on_at(&content(8), 7), None);
    }
}
