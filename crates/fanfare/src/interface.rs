//! The built web interface, inside the program.

use std::collections::HashMap;

use axum::Router;
use axum::http::header::{
    ACCEPT_ENCODING, ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Built;

const INDEX: &str = "index.html";
/// Files in here carry a hash in their name: under one name there is only ever one content.
const HASHED: &str = "assets/";
/// Compressed when the interface was built, the better kind first.
const COMPRESSED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// What each page and each language needs first, as tags: made by `web/first-files.ts`.
const FIRST_FILES: &str = "first-files.json";

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Fanfare</title>\
    <h1>The interface is not in this program</h1>\
    <p>It was built without it. <code>cargo x run</code> builds both and serves them; <code>cargo x build</code> leaves a \
    program with the interface inside. The API works all the same: see <a href=\"/openapi.json\">its description</a>.</p></html>";

/// Answers whatever the API does not.
pub fn router() -> Router {
    Router::new().fallback(get(serve))
}

async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    match Built::get(path) {
        Some(file) if path != INDEX => serve_file(path, file, &headers),
        // Only pages of the interface have addresses without a dot; a missing file is missing.
        _ if is_file(path) => StatusCode::NOT_FOUND.into_response(),
        _ => serve_index(path, &headers),
    }
}

fn serve_index(path: &str, headers: &HeaderMap) -> Response {
    let about = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (VARY, HeaderValue::from_static("accept-language")),
    ];
    let Some(file) = Built::get(INDEX) else {
        return (StatusCode::SERVICE_UNAVAILABLE, about, Html(NOT_BUILT)).into_response();
    };
    let page = String::from_utf8_lossy(&file.data);
    let tags = FirstFiles::built().tags(path, headers);
    (about, Html(page.replace(HEAD_ENDS, &tags))).into_response()
}

const HEAD_ENDS: &str = "</head>";

/// The tags by which a page names the files that it needs first, so that a browser fetches them at once and not one after the other.
#[derive(Default, Deserialize)]
struct FirstFiles {
    /// By the first segment of a page's address.
    pages: HashMap<String, String>,
    /// By the code of the language.
    words: HashMap<String, String>,
}

impl FirstFiles {
    fn built() -> Self {
        let file = Built::get(FIRST_FILES);
        file.and_then(|file| serde_json::from_slice(&file.data).ok())
            .unwrap_or_default()
    }

    /// The end of the head, with the tags for the page at `path` in the reader's language before it.
    fn tags(&self, path: &str, headers: &HeaderMap) -> String {
        let segment = path.split('/').next().unwrap_or_default();
        let page = self.pages.get(segment).map_or("", String::as_str);
        let words = self.words_for(headers).unwrap_or_default();
        format!("{words}{page}{HEAD_ENDS}")
    }

    fn words_for(&self, headers: &HeaderMap) -> Option<&str> {
        let wanted = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        wanted
            .unwrap_or_default()
            .split(',')
            .filter_map(|tag| tag.trim().split(['-', ';']).next())
            .find_map(|code| self.words.get(&code.to_ascii_lowercase()))
            .or_else(|| self.words.get("en"))
            .map(String::as_str)
    }
}

fn serve_file(path: &str, file: EmbeddedFile, headers: &HeaderMap) -> Response {
    let etag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..16]));
    let is_known = headers
        .get(IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let caching = if path.starts_with(HASHED) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let content_type = match mime.type_() {
        mime_guess::mime::TEXT => format!("{mime}; charset=utf-8"),
        _ => mime.to_string(),
    };
    let about = [
        (CACHE_CONTROL, caching.to_owned()),
        (ETAG, etag),
        (VARY, ACCEPT_ENCODING.to_string()),
        (CONTENT_TYPE, content_type),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    match compressed(path, headers) {
        Some((encoding, smaller)) => {
            (about, [(CONTENT_ENCODING, encoding)], smaller.data).into_response()
        }
        None => (about, file.data).into_response(),
    }
}

fn compressed(path: &str, headers: &HeaderMap) -> Option<(&'static str, EmbeddedFile)> {
    let accepted = headers.get(ACCEPT_ENCODING)?.to_str().ok()?;
    let is_accepted = |encoding: &str| {
        accepted.split(',').any(|one| {
            one.split(';')
                .next()
                .is_some_and(|name| name.trim() == encoding)
        })
    };
    COMPRESSED
        .into_iter()
        .filter(|(encoding, _)| is_accepted(encoding))
        .find_map(|(encoding, ending)| Some((encoding, Built::get(&format!("{path}{ending}"))?)))
}

fn is_file(path: &str) -> bool {
    path.rsplit('/')
        .next()
        .is_some_and(|name| name.contains('.'))
        && path != INDEX
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pages_get_the_index_and_missing_files_are_missing() {
        let status = async |path: &'static str| {
            serve(Uri::from_static(path), HeaderMap::new())
                .await
                .status()
        };
        let index = status("/").await;
        assert_eq!(status("/posts/123").await, index);
        assert_eq!(status("/index.html").await, index);
        assert_eq!(status("/assets/gone-1a2b.js").await, StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_page_names_its_own_files_and_the_reader_s_words() {
        let map = |entries: &[(&str, &str)]| {
            let owned = entries
                .iter()
                .map(|(key, tag)| ((*key).to_owned(), (*tag).to_owned()));
            owned.collect()
        };
        let first = FirstFiles {
            pages: map(&[("", "<home>"), ("posts", "<posts>")]),
            words: map(&[("en", "<en>"), ("es", "<es>")]),
        };
        let tags = |path: &str, languages: &str| {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, languages.parse().unwrap())]);
            first.tags(path, &headers)
        };
        assert_eq!(tags("", "en-GB,en;q=0.9"), "<en><home></head>");
        assert_eq!(
            tags("posts/1", "fr, ES-mx;q=0.8, en;q=0.5"),
            "<es><posts></head>"
        );
        assert_eq!(tags("elsewhere", "de"), "<en></head>");
        assert_eq!(first.tags("posts", &HeaderMap::new()), "<en><posts></head>");
    }

    #[tokio::test]
    async fn the_index_is_not_kept() {
        let answer = serve(Uri::from_static("/"), HeaderMap::new()).await;
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store");
    }
}
