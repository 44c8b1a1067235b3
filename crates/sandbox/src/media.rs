//! Pictures and videos that were uploaded or fetched: looked at by their bytes, kept once per content.

mod fetch;
mod mp4;

use std::collections::{HashMap, VecDeque};
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Mutex;

use bytes::Bytes;
use image::ImageReader;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use fetch::fetch;

/// How many bytes are kept in memory; beyond it the oldest are let go and read from disk, if there is a folder.
const MEMORY: usize = 128 * 1024 * 1024;

/// A picture or video of a post. The bytes lie on the [`MediaShelf`] under `hash`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Medium {
    pub hash: String,
    #[serde(flatten)]
    pub facts: Facts,
    pub alt: Option<String>,
    /// Under which the platform knows it, where it was uploaded as a thing of its own.
    pub id: Option<String>,
}

/// What the bytes say about themselves, whatever their name or announced type says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    pub mime: String,
    pub size: usize,
    pub width: u32,
    pub height: u32,
    pub seconds: Option<f64>,
}

impl Facts {
    pub fn is_video(&self) -> bool {
        self.mime.starts_with("video/")
    }

    pub fn is_image(&self) -> bool {
        self.mime.starts_with("image/")
    }

    pub fn ratio(&self) -> f64 {
        f64::from(self.width) / f64::from(self.height.max(1))
    }
}

/// Looks at bytes; nothing when they are no picture, video or sound, or a picture that cannot be read.
pub fn examine(bytes: &[u8]) -> Option<Facts> {
    let mime = infer::get(bytes)?.mime_type();
    let size = bytes.len();
    let (width, height, seconds) = if mime.starts_with("image/") {
        let reader = ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .ok()?;
        let (width, height) = reader.into_dimensions().ok()?;
        (width, height, None)
    } else if mime.starts_with("video/") {
        let film = mp4::read(bytes);
        (film.width, film.height, film.seconds)
    } else if mime.starts_with("audio/") {
        (0, 0, None)
    } else {
        return None;
    };
    Some(Facts {
        mime: mime.to_owned(),
        size,
        width,
        height,
        seconds,
    })
}

/// Keeps bytes by their hash: the same picture posted a thousand times is kept once.
pub struct MediaShelf {
    folder: Option<PathBuf>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    by_hash: HashMap<String, Bytes>,
    oldest_first: VecDeque<String>,
    size: usize,
}

impl MediaShelf {
    /// With a folder, bytes outlive the process.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            folder,
            kept: Mutex::default(),
        }
    }

    pub async fn keep(&self, bytes: Bytes, facts: Facts, alt: Option<String>) -> Medium {
        let hash = hex::encode(Sha256::digest(&bytes));
        if self.lock().put(&hash, &bytes) {
            self.write(&hash, &bytes).await;
        }
        Medium {
            hash,
            facts,
            alt,
            id: None,
        }
    }

    pub async fn find(&self, hash: &str) -> Option<Bytes> {
        if let Some(bytes) = self.lock().by_hash.get(hash) {
            return Some(bytes.clone());
        }
        let is_hash = hash.len() == 64 && hash.bytes().all(|letter| letter.is_ascii_hexdigit());
        let folder = self.folder.as_ref().filter(|_| is_hash)?;
        tokio::fs::read(folder.join(hash))
            .await
            .ok()
            .map(Bytes::from)
    }

    async fn write(&self, hash: &str, bytes: &[u8]) {
        let Some(folder) = &self.folder else { return };
        let written = async {
            tokio::fs::create_dir_all(folder).await?;
            tokio::fs::write(folder.join(hash), bytes).await
        };
        if let Err(error) = written.await {
            tracing::warn!(%error, "the sandbox could not keep a picture on disk");
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Kept {
    /// Says whether the bytes were new.
    fn put(&mut self, hash: &str, bytes: &Bytes) -> bool {
        if self.by_hash.contains_key(hash) {
            return false;
        }
        self.size += bytes.len();
        self.by_hash.insert(hash.to_owned(), bytes.clone());
        self.oldest_first.push_back(hash.to_owned());
        while self.size > MEMORY && self.oldest_first.len() > 1 {
            let Some(gone) = self
                .oldest_first
                .pop_front()
                .and_then(|hash| self.by_hash.remove(&hash))
            else {
                break;
            };
            self.size -= gone.len();
        }
        true
    }
}
