//! A bucket of a server that speaks S3: Amazon's, or MinIO, Garage, Ceph, Cloudflare R2, Backblaze B2, Hetzner and others.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path as FilePath;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use fanfare_domain::Secret;
use fanfare_domain::media_files::{ByteStream, Listed, MediaFiles, media_of_key};
use futures::future::ready;
use futures::stream::{self, BoxStream};
use futures::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{Error, ObjectMeta, ObjectStore as _, ObjectStoreExt as _, WriteMultipart};
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;
use tokio_util::io::ReaderStream;

use super::{reading, s3_url};

/// Larger files are sent in parts of this size. S3 takes none that is smaller, but the last.
const PART: u64 = 5 * 1024 * 1024;
/// S3 takes 10,000 for one file.
const MOST_PARTS: u64 = 9_999;
const PARTS_AT_ONCE: usize = 2;
const READ_AT_ONCE: usize = 256 * 1024;
/// Says which installation's files lie beside it.
const OWNER: &str = "fanfare-installation";

/// A folder of a bucket, which belongs to one installation.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    writing: Arc<AmazonS3>,
    name: String,
    folder: Path,
    installation: String,
    /// Set once the folder is known to be this installation's.
    claimed: Arc<AtomicBool>,
}

/// Why a bucket is not to be used.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// The server said no: it may not be used at all, or does not exist.
    #[error("{0}")]
    Refused(String),
    /// What lies there belongs to another installation.
    #[error("another installation of Fanfare keeps its files there")]
    OthersFiles,
    /// It does not answer, or has trouble: that may pass.
    #[error("{0}")]
    Away(String),
}

impl Bucket {
    /// The bucket at that address, which need not be reachable yet, for the installation of that name.
    ///
    /// # Errors
    /// When the address cannot be used, in words that do not repeat it.
    pub fn open(url: &Secret, installation: &str) -> Result<Self, String> {
        let place = s3_url::read(url)?;
        Ok(Self {
            store: Arc::new(place.reading),
            writing: Arc::new(place.writing),
            name: place.bucket,
            folder: place.folder,
            installation: installation.to_owned(),
            claimed: Arc::default(),
        })
    }

    /// Claims the folder for this installation, or finds it claimed already. Two must not share one: each would take the other's files for
    /// left-overs and clear them away. Nothing is kept, deleted or listed before this succeeded.
    ///
    /// # Errors
    /// When it belongs to another, or the server refuses or does not answer.
    pub async fn claim(&self) -> Result<(), BucketError> {
        if self.claimed.load(Ordering::Acquire) {
            return Ok(());
        }
        // Several at once do no harm, and nobody has to wait for another's silence.
        self.claim_now().await
    }

    async fn claim_now(&self) -> Result<(), BucketError> {
        let mark = self.at(OWNER);
        let owner = match self.owner(&mark).await? {
            Some(owner) => owner,
            None => {
                let payload = self.installation.clone().into_bytes().into();
                self.store.put(&mark, payload).await?;
                // Of two that found nothing, the later one wrote what counts.
                self.owner(&mark).await?.unwrap_or_default()
            }
        };
        let is_ours = owner == self.installation.as_bytes();
        // Also when it was taken for ours before: nothing more is kept where another clears away.
        self.claimed.store(is_ours, Ordering::Release);
        match is_ours {
            true => Ok(()),
            false => Err(BucketError::OthersFiles),
        }
    }

    /// Writes something, reads, lists and deletes it, for `fanfare doctor`.
    ///
    /// # Errors
    /// When one of them fails.
    pub async fn try_out(&self) -> Result<(), BucketError> {
        let probe = self.at("doctor-was-here");
        let words = b"written by fanfare doctor";
        let payload = words.to_vec().into();
        self.store.put(&probe, payload).await?;
        let found = self.store.get(&probe).await?;
        let read = found.bytes().await?;
        let mut listed = self.store.list(Some(&self.folder));
        listed.try_next().await?;
        self.store.delete(&probe).await?;
        match read == words.as_slice() {
            true => Ok(()),
            false => Err(BucketError::Refused(
                "what was written came back as something else".to_owned(),
            )),
        }
    }

    fn list_all(self) -> BoxStream<'static, io::Result<Listed>> {
        let all = self.store.list(Some(&self.folder));
        all.map_err(|error| io_error(&error))
            .try_filter_map(move |found| ready(Ok(listed(&self.folder, &found))))
            .boxed()
    }

    async fn owner(&self, mark: &Path) -> Result<Option<Vec<u8>>, BucketError> {
        let found = match self.store.get(mark).await {
            Err(Error::NotFound { source, .. }) if !names_no_bucket(&source.to_string()) => {
                return Ok(None);
            }
            other => other?,
        };
        let owner = found.bytes().await?;
        Ok(Some(owner.to_vec()))
    }

    fn at(&self, key: &str) -> Path {
        key.split('/')
            .fold(self.folder.clone(), |folder, part| folder.join(part))
    }

    /// What a missing file means: that it is gone, unless the bucket as a whole is.
    async fn gone(&self, error: Error) -> io::Error {
        if !matches!(error, Error::NotFound { .. }) {
            return io_error(&error);
        }
        match self.claim_now().await {
            Ok(()) => io_error(&error),
            Err(why) => io::Error::other(why),
        }
    }

    /// Puts what is in a file of this machine under the key, whole or not at all.
    pub(super) async fn send(&self, file: &FilePath, key: &str) -> io::Result<()> {
        self.claim().await.map_err(io::Error::other)?;
        let at = self.at(key);
        let mut source = File::open(file).await?;
        let length = source.metadata().await?.len();
        if length <= PART {
            let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
            source.read_to_end(&mut bytes).await?;
            self.writing
                .put(&at, bytes.into())
                .await
                .map_err(|error| io_error(&error))?;
            return Ok(());
        }
        let upload = self
            .writing
            .put_multipart(&at)
            .await
            .map_err(|error| io_error(&error))?;
        let part = usize::try_from(PART.max(length / MOST_PARTS + 1));
        let part = part.expect("a part fits into memory");
        let mut writer = WriteMultipart::new_with_chunk_size(upload, part);
        match send_parts(source, &mut writer).await {
            Ok(()) => writer
                .finish()
                .await
                .map(drop)
                .map_err(|error| io_error(&error))?,
            Err(error) => {
                if let Err(left) = writer.abort().await {
                    tracing::warn!(key, %left, "parts of a file were left in the bucket");
                }
                return Err(error);
            }
        }
        Ok(())
    }
}

async fn send_parts(source: File, writer: &mut WriteMultipart) -> io::Result<()> {
    let mut content = ReaderStream::with_capacity(source, READ_AT_ONCE);
    while let Some(bytes) = content.try_next().await? {
        writer
            .wait_for_capacity(PARTS_AT_ONCE)
            .await
            .map_err(|error| io_error(&error))?;
        writer.put(bytes);
    }
    writer
        .wait_for_capacity(1)
        .await
        .map_err(|error| io_error(&error))
}

#[async_trait]
impl MediaFiles for Bucket {
    async fn keep(&self, file: &FilePath, key: &str) -> io::Result<()> {
        let (bucket, file, key) = (self.clone(), file.to_owned(), key.to_owned());
        // A task of its own, which goes on when whoever waits hangs up: nobody would clear away half an upload.
        let sending = tokio::spawn(async move { bucket.send(&file, &key).await });
        sending.await.map_err(io::Error::other)?
    }

    async fn length(&self, key: &str) -> io::Result<u64> {
        match self.store.head(&self.at(key)).await {
            Ok(found) => Ok(found.size),
            Err(error) => Err(self.gone(error).await),
        }
    }

    async fn read(&self, key: &str, range: Range<u64>) -> io::Result<ByteStream> {
        if range.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let store = Arc::clone(&self.store);
        match reading::read(store, self.at(key), range).await {
            Ok(content) => Ok(content),
            Err(error) => Err(self.gone(error).await),
        }
    }

    async fn delete(&self, key: &str) -> io::Result<()> {
        self.claim().await.map_err(io::Error::other)?;
        match self.store.delete(&self.at(key)).await {
            Err(Error::NotFound { .. }) => Ok(()),
            result => result.map_err(|error| io_error(&error)),
        }
    }

    fn list(&self) -> BoxStream<'static, io::Result<Listed>> {
        let bucket = self.clone();
        // Asked anew each time: whoever lists may delete, and of two that claimed in the same moment one was wrong.
        let claimed = async move {
            let claimed = bucket.claim_now().await;
            claimed.map(|()| bucket).map_err(io::Error::other)
        };
        stream::once(claimed)
            .map_ok(Self::list_all)
            .try_flatten()
            .boxed()
    }
}

fn listed(folder: &Path, found: &ObjectMeta) -> Option<Listed> {
    let parts: Vec<_> = found.location.prefix_match(folder)?.collect();
    let key = parts
        .iter()
        .map(AsRef::as_ref)
        .collect::<Vec<&str>>()
        .join("/");
    Some(Listed {
        media: media_of_key(&key)?,
        key,
        bytes: found.size,
        changed_at: Timestamp::from_millisecond(found.last_modified.timestamp_millis())
            .unwrap_or(Timestamp::MAX),
    })
}

impl From<Error> for BucketError {
    fn from(error: Error) -> Self {
        let words = error.to_string();
        let said = in_words(&words).unwrap_or_else(|| words.clone());
        match error {
            Error::PermissionDenied { .. }
            | Error::Unauthenticated { .. }
            | Error::NotFound { .. } => BucketError::Refused(said),
            // A wrong region or a key of another shape; the library tells that apart from silence in words alone.
            _ if ["status code: 400", "configured region"]
                .iter()
                .any(|sign| words.contains(sign)) =>
            {
                BucketError::Refused(said)
            }
            _ => BucketError::Away(said),
        }
    }
}

/// The kind, and what the server says itself: the rest of its answers may repeat what was sent, which has no place in a log.
pub(super) fn io_error(error: &Error) -> io::Error {
    let kind = match error {
        Error::NotFound { .. } => io::ErrorKind::NotFound,
        _ => io::ErrorKind::Other,
    };
    let words = error.to_string();
    io::Error::new(kind, in_words(&words).unwrap_or(words))
}

/// What the server says itself, if it does; its answers are XML.
fn in_words(error: &str) -> Option<String> {
    let said = |name: &str| {
        let (_, rest) = error.split_once(&format!("<{name}>"))?;
        Some(rest.split_once("</")?.0)
    };
    Some(format!("{}: {}", said("Code")?, said("Message")?))
}

/// S3 answers 404 for a missing object and for a missing bucket, with a code in the body.
fn names_no_bucket(answer: &str) -> bool {
    answer.contains("NoSuchBucket")
}

/// Without the keys, which the client knows.
impl fmt::Debug for Bucket {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Bucket");
        shown
            .field("name", &self.name)
            .field("folder", &self.folder);
        shown.finish()
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.folder.as_ref() {
            "" => write!(formatter, "the bucket {}", self.name),
            folder => write!(formatter, "{folder} in the bucket {}", self.name),
        }
    }
}
