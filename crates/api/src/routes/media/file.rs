//! Sends a file of a library, whole or in part, so that a browser shows it as what we found it to be and never runs it.

use std::io::{self, ErrorKind};

use axum::body::Body;
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use fanfare_app::AppError;
use fanfare_app::media::Served;

use super::range::{Part, part};
use crate::path::nothing_here;
use crate::problem::{Answer, Problem};

/// Even opened by itself, nothing in the file may run or load anything.
pub(in crate::routes) const POLICY: &str = "sandbox; default-src 'none'";
/// In the browser that fetched it, for an hour. The tag says afterwards that it is still the same.
pub(in crate::routes) const KEPT: &str = "private, max-age=3600";

/// The file, or the part of it that was asked for.
pub(super) async fn answer(served: &Served, request: &HeaderMap) -> Answer<Response> {
    let tag = format!("\"{}\"", served.tag);
    if is_known(request, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, about(served, &tag)?).into_response());
    }
    let length = served
        .file
        .length()
        .await
        .map_err(|error| unreadable(&error))?;
    let (status, range) = match part(request, &tag, length) {
        Part::Whole => (StatusCode::OK, 0..length),
        Part::Some(range) => (StatusCode::PARTIAL_CONTENT, range),
        Part::Nothing => return nothing_there(length),
    };
    let mut headers = about(served, &tag)?;
    headers.insert(CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    if status == StatusCode::PARTIAL_CONTENT {
        headers.insert(
            CONTENT_RANGE,
            value(&format!("bytes {}-{}/{length}", range.start, range.end - 1))?,
        );
    }
    let content = served
        .file
        .read(range)
        .await
        .map_err(|error| unreadable(&error))?;
    Ok((status, headers, Body::from_stream(content)).into_response())
}

fn unreadable(error: &io::Error) -> Problem {
    match error.kind() {
        ErrorKind::NotFound => nothing_here("file"),
        _ => AppError::media_unavailable(error).into(),
    }
}

fn about(served: &Served, tag: &str) -> Answer<HeaderMap> {
    let disposition = format!("inline; filename=\"{}\"", served.file_name);
    Ok(HeaderMap::from_iter([
        (CONTENT_TYPE, value(&served.mime)?),
        (CONTENT_DISPOSITION, value(&disposition)?),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        ),
        (CACHE_CONTROL, HeaderValue::from_static(KEPT)),
        (ACCEPT_RANGES, HeaderValue::from_static("bytes")),
        (ETAG, value(tag)?),
    ]))
}

fn nothing_there(length: u64) -> Answer<Response> {
    let total = value(&format!("bytes */{length}"))?;
    Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(CONTENT_RANGE, total)]).into_response())
}

/// The asker has these very bytes already.
pub(in crate::routes) fn is_known(request: &HeaderMap, tag: &str) -> bool {
    let known = request
        .get(IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    known.is_some_and(|known| {
        let strong = |one: &str| one.trim().trim_start_matches("W/").to_owned();
        known
            .split(',')
            .map(strong)
            .any(|one| one == tag || one == "*")
    })
}

fn value(text: &str) -> Answer<HeaderValue> {
    HeaderValue::from_str(text).map_err(|error| Problem::broken(error.to_string()))
}
