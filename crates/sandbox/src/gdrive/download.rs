//! The bytes of a file, all of them or from a place on.

use std::future::ready;
use std::io;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use futures::{StreamExt, stream};

use super::error::GoogleError;
use crate::faults::FaultRule;
use crate::line::Scissors;

/// A file or a part of it.
pub struct Piece {
    mime: &'static str,
    bytes: Bytes,
    /// Where in the file it lies, for a part.
    range: Option<String>,
}

impl Piece {
    /// What of a file the header `Range` asks for. One that makes no sense is passed over.
    pub fn of(mime: &'static str, whole: &Bytes, range: Option<&str>) -> Result<Self, GoogleError> {
        let size = whole.len();
        let Some((first, last)) = range.and_then(read) else {
            return Ok(Self {
                mime,
                bytes: whole.clone(),
                range: None,
            });
        };
        if first >= size {
            return Err(GoogleError::range_not_satisfiable(size));
        }
        let last = last.map_or(size - 1, |last| last.min(size - 1));
        Ok(Self {
            mime,
            bytes: whole.slice(first..=last),
            range: Some(format!("bytes {first}-{last}/{size}")),
        })
    }

    pub fn into_response(self) -> Response {
        self.respond(Body::from(self.bytes.clone()))
    }

    /// Sends the first half, and cuts the connection after as long as the fault takes.
    pub fn cut_half_way(self, rule: FaultRule, scissors: Scissors) -> Response {
        let half = self.bytes.slice(..self.bytes.len() / 2);
        let cut = async move {
            rule.wait().await;
            scissors.cut();
            Err(io::Error::from(io::ErrorKind::ConnectionReset))
        };
        let sent = stream::once(ready(Ok(half))).chain(stream::once(cut));
        self.respond(Body::from_stream(sent))
    }

    fn respond(&self, body: Body) -> Response {
        let mut response = Response::new(body);
        let range = self.range.as_deref().map(HeaderValue::from_str);
        if let Some(Ok(range)) = range {
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            response.headers_mut().insert(header::CONTENT_RANGE, range);
        }
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.mime));
        headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(self.bytes.len()));
        response
    }
}

/// `bytes=3-` or `bytes=3-9`.
fn read(range: &str) -> Option<(usize, Option<usize>)> {
    let (first, last) = range.strip_prefix("bytes=")?.split_once('-')?;
    let first = first.parse().ok()?;
    if last.is_empty() {
        return Some((first, None));
    }
    let last = last.parse().ok().filter(|last| *last >= first)?;
    Some((first, Some(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(range: Option<&str>) -> Option<(Bytes, Option<String>)> {
        let whole = Bytes::from_static(b"0123456789");
        let piece = Piece::of("image/png", &whole, range).ok()?;
        Some((piece.bytes, piece.range))
    }

    #[test]
    fn a_range_is_kept_to_as_far_as_the_file_goes() {
        let part = |bytes: &'static [u8], range: &str| {
            Some((Bytes::from_static(bytes), Some(range.to_owned())))
        };
        assert_eq!(piece(Some("bytes=7-")), part(b"789", "bytes 7-9/10"));
        assert_eq!(piece(Some("bytes=2-4")), part(b"234", "bytes 2-4/10"));
        assert_eq!(piece(Some("bytes=8-99")), part(b"89", "bytes 8-9/10"));
        assert_eq!(piece(Some("bytes=10-")), None);
        let whole = Some((Bytes::from_static(b"0123456789"), None));
        for range in [None, Some("bytes=4-2"), Some("lines=1-"), Some("bytes=-3")] {
            assert_eq!(piece(range), whole, "{range:?}");
        }
    }
}
