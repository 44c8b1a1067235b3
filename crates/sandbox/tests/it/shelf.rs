//! Pictures and videos, and a small server to fetch them from.

use std::collections::HashMap;
use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use image::{DynamicImage, ImageFormat};
use tokio::net::TcpListener;

pub fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height)
        .write_to(&mut bytes, format)
        .unwrap();
    bytes.into_inner()
}

pub fn jpeg() -> Vec<u8> {
    picture(600, 600, ImageFormat::Jpeg)
}

/// A video file that says how long it is, and holds no film.
pub fn video(seconds: u32) -> Vec<u8> {
    let mut head = vec![0; 100];
    head[12..16].copy_from_slice(&1_u32.to_be_bytes());
    head[16..20].copy_from_slice(&seconds.to_be_bytes());
    let movie = boxed(b"moov", &boxed(b"mvhd", &head));
    [boxed(b"ftyp", b"isom\0\0\x02\0isomiso2mp41"), movie].concat()
}

fn boxed(name: &[u8], body: &[u8]) -> Vec<u8> {
    let size = u32::try_from(body.len() + 8).unwrap().to_be_bytes();
    [&size, name, body].concat()
}

type Files = Arc<HashMap<&'static str, Vec<u8>>>;

/// Serves files by name, all under a type that says nothing.
pub async fn serve(files: impl IntoIterator<Item = (&'static str, Vec<u8>)>) -> SocketAddr {
    let files: Files = Arc::new(files.into_iter().collect());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/{name}", get(file)).with_state(files);
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn file(State(files): State<Files>, Path(name): Path<String>) -> Response {
    match files.get(name.as_str()) {
        Some(bytes) => bytes.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
