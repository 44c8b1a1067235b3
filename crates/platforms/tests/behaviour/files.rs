//! Pictures and videos for posts, and a server from which platforms can fetch them.

use std::io::Cursor;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use fanfare_backends::media::Disk;
use fanfare_domain::media_files::KeptFile;
use fanfare_platform_kit::content::{MediaFacts, MediaKind};
use fanfare_platform_kit::roles::OutgoingMedia;
use image::{ImageFormat, Rgb, RgbImage};
use tempfile::TempDir;
use url::Url;

/// A folder of files with an address.
pub struct Files {
    folder: TempDir,
    base: Url,
}

impl Files {
    pub async fn serve() -> Self {
        let folder = TempDir::new().unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let app = Router::new()
            .route("/{name}", get(file))
            .with_state(folder.path().to_owned());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { folder, base }
    }

    /// Where one of them lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A square JPEG of one colour.
    pub fn photo(&self, name: &str, colour: [u8; 3]) -> OutgoingMedia {
        let mut bytes = Cursor::new(Vec::new());
        let picture = RgbImage::from_pixel(640, 640, Rgb(colour));
        picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        self.medium(name, bytes.get_ref(), MediaKind::Image)
    }

    /// The shortest MP4 that says how long and how large it is; it shows nothing.
    pub fn video(&self, name: &str) -> OutgoingMedia {
        self.medium(name, &film(), MediaKind::Video)
    }

    /// The same with five megabytes that mean nothing, so that it is sent in pieces.
    pub fn long_video(&self, name: &str) -> OutgoingMedia {
        let bytes = [film(), boxed(b"free", &vec![0; 5 * 1024 * 1024])].concat();
        self.medium(name, &bytes, MediaKind::Video)
    }

    fn medium(&self, name: &str, bytes: &[u8], kind: MediaKind) -> OutgoingMedia {
        std::fs::write(self.path(name), bytes).unwrap();
        let disk = Disk::open(self.folder.path()).unwrap();
        let is_video = kind == MediaKind::Video;
        OutgoingMedia {
            facts: MediaFacts {
                id: name.into(),
                kind,
                mime: if is_video { "video/mp4" } else { "image/jpeg" }.into(),
                bytes: bytes.len() as u64,
                width: if is_video { 1080 } else { 640 },
                height: if is_video { 1920 } else { 640 },
                duration_millis: is_video.then_some(12_500),
                alt: if is_video {
                    String::new()
                } else {
                    format!("A picture called {name}")
                },
            },
            file_name: name.into(),
            file: KeptFile::new(Arc::new(disk), name),
            public_url: self.base.join(name).unwrap(),
        }
    }
}

async fn file(
    State(folder): State<PathBuf>,
    Path(name): Path<String>,
) -> Result<Vec<u8>, StatusCode> {
    tokio::fs::read(folder.join(name))
        .await
        .map_err(|_| StatusCode::NOT_FOUND)
}

fn film() -> Vec<u8> {
    let mut movie_head = vec![0; 100];
    movie_head[12..16].copy_from_slice(&1000_u32.to_be_bytes());
    movie_head[16..20].copy_from_slice(&12_500_u32.to_be_bytes());
    let mut track_head = vec![0; 84];
    track_head[76..80].copy_from_slice(&(1080_u32 << 16).to_be_bytes());
    track_head[80..84].copy_from_slice(&(1920_u32 << 16).to_be_bytes());
    let track = boxed(b"trak", &boxed(b"tkhd", &track_head));
    let movie = boxed(b"moov", &[boxed(b"mvhd", &movie_head), track].concat());
    [boxed(b"ftyp", b"isom\0\0\0\0isom"), movie].concat()
}

fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [&size, name, body].concat()
}
