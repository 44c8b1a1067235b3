//! One request as a pretend platform sees it: real platforms take parameters from the query, a form, a multipart body
//! or JSON, and a token from a parameter or a header, so a call is read the same way whatever its clothes.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, Method, header};
use bytes::Bytes;
use serde_json::Value;
use url::form_urlencoded;

use crate::graph::is_version;

/// The largest body that is read; the largest upload a pretend platform accepts is a 300 MB video.
const BODY_LIMIT: usize = 320 * 1024 * 1024;

/// A request, read whole.
pub struct Call {
    pub method: Method,
    /// The whole path as it was asked for.
    pub address: String,
    /// The path below the platform's base, split at slashes and decoded, without empty ends.
    pub segments: Vec<String>,
    pub params: Params,
    pub files: Vec<File>,
    pub headers: HeaderMap,
    /// The body when it is none of the parameter formats: uploaded bytes.
    pub body: Bytes,
}

/// A file part of a multipart body.
pub struct File {
    pub name: String,
    pub bytes: Bytes,
}

/// The parameters of a call in the order they came, body before query.
#[derive(Default)]
pub struct Params(Vec<(String, String)>);

impl Call {
    /// Reads the request. `base` is the part of the path that belongs to the sandbox, such as `/facebook`.
    ///
    /// A body that cannot be read is answered with the words that say why.
    pub async fn read(request: Request, base: &str) -> Result<Self, String> {
        let (method, headers) = (request.method().clone(), request.headers().clone());
        let path = request.uri().path();
        let segments = segments(path.strip_prefix(base).unwrap_or(path));
        let query = Params::from_form(request.uri().query().unwrap_or("").as_bytes());
        let mut call = Self {
            method,
            address: path.to_owned(),
            segments,
            params: Params::default(),
            files: Vec::new(),
            headers,
            body: Bytes::new(),
        };
        call.read_body(request).await?;
        call.params.0.extend(query.0);
        Ok(call)
    }

    /// The call that is made inside another one, for an edge of a node that it shows.
    pub fn inside(outer: &Self, path: &str, params: Vec<(String, String)>) -> Self {
        let pieces: Vec<&str> = outer
            .address
            .split('/')
            .filter(|piece| !piece.is_empty())
            .collect();
        let versioned = pieces.get(1).is_some_and(|piece| is_version(piece));
        let root = pieces[..pieces.len().min(1 + usize::from(versioned))].join("/");
        Self {
            method: Method::GET,
            address: format!("/{root}/{path}"),
            segments: segments(path),
            params: Params(params),
            files: Vec::new(),
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    async fn read_body(&mut self, request: Request) -> Result<(), String> {
        let kind = text_header(&self.headers, header::CONTENT_TYPE.as_str()).unwrap_or("");
        if kind.starts_with("multipart/form-data") {
            return self.read_multipart(request).await;
        }
        let (json, form) = (
            kind.starts_with("application/json"),
            kind.starts_with("application/x-www-form-urlencoded"),
        );
        let body = to_bytes(request.into_body(), BODY_LIMIT)
            .await
            .map_err(|e| e.to_string())?;
        if json && !body.is_empty() {
            self.params = Params::from_json(&body)?;
        } else if form {
            self.params = Params::from_form(&body);
        } else {
            self.body = body;
        }
        Ok(())
    }

    async fn read_multipart(&mut self, request: Request) -> Result<(), String> {
        let mut parts = Multipart::from_request(request, &())
            .await
            .map_err(|e| e.body_text())?;
        while let Some(part) = parts.next_field().await.map_err(|e| e.body_text())? {
            let name = part.name().unwrap_or("").to_owned();
            if part.file_name().is_some() {
                let bytes = part.bytes().await.map_err(|e| e.body_text())?;
                self.files.push(File { name, bytes });
            } else {
                let text = part.text().await.map_err(|e| e.body_text())?;
                self.params.0.push((name, text));
            }
        }
        Ok(())
    }

    pub fn path(&self) -> Vec<&str> {
        self.segments.iter().map(String::as_str).collect()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        text_header(&self.headers, name)
    }

    /// The access token, from `Authorization: Bearer …` or `OAuth …`, else from the parameter `access_token`.
    pub fn token(&self) -> Option<&str> {
        let header = self.header("authorization").and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            let known =
                scheme.eq_ignore_ascii_case("bearer") || scheme.eq_ignore_ascii_case("oauth");
            known.then(|| token.trim())
        });
        header
            .or_else(|| self.params.get("access_token"))
            .filter(|token| !token.is_empty())
    }

    /// Whether a person's browser is asking for a page.
    pub fn wants_html(&self) -> bool {
        self.header("accept")
            .is_some_and(|accept| accept.contains("text/html"))
    }
}

impl Params {
    fn from_form(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    fn from_json(bytes: &[u8]) -> Result<Self, String> {
        let value: Value =
            serde_json::from_slice(bytes).map_err(|e| format!("The body is not JSON: {e}"))?;
        let Value::Object(fields) = value else {
            return Err("The JSON body is not an object.".to_owned());
        };
        let present = fields.into_iter().filter(|(_, value)| !value.is_null());
        Ok(Self(
            present
                .map(|(name, value)| (name, as_text(value)))
                .collect(),
        ))
    }

    /// The first value that is not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self
            .0
            .iter()
            .find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    pub fn flag(&self, name: &str) -> Option<bool> {
        Some(matches!(self.get(name)?, "true" | "1" | "on" | "True"))
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The values of a list, written as `name[]=`, `name[0]=`, a JSON array or a comma list.
    pub fn list(&self, name: &str) -> Vec<String> {
        let mut indexed: Vec<(usize, &str)> = Vec::new();
        for (position, (key, value)) in self.0.iter().enumerate() {
            let Some(rest) = key.strip_prefix(name) else {
                continue;
            };
            if let Some(index) = rest
                .strip_prefix('[')
                .and_then(|rest| rest.strip_suffix(']'))
            {
                indexed.push((index.parse().unwrap_or(position), value));
            }
        }
        if !indexed.is_empty() {
            indexed.sort_by_key(|(index, _)| *index);
            return indexed
                .into_iter()
                .map(|(_, value)| value.to_owned())
                .collect();
        }
        match self.get(name) {
            None => Vec::new(),
            Some(value) => match serde_json::from_str(value) {
                Ok(Value::Array(items)) => items.into_iter().map(as_text).collect(),
                _ => value
                    .split(',')
                    .map(|item| item.trim().to_owned())
                    .collect(),
            },
        }
    }
}

fn as_text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn segments(path: &str) -> Vec<String> {
    let pieces = path.split('/').filter(|piece| !piece.is_empty());
    pieces.map(decode).collect()
}

/// Undoes percent-encoding; a plus sign in a path is itself.
fn decode(piece: &str) -> String {
    let encoded = format!(
        "x={}",
        piece
            .replace('+', "%2B")
            .replace('&', "%26")
            .replace('=', "%3D")
    );
    let decoded = form_urlencoded::parse(encoded.as_bytes()).next();
    decoded
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn text_header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::{Params, segments};

    #[test]
    fn a_list_is_the_same_in_every_spelling() {
        let indexed = Params::from_form(b"ids[1]=b&ids[0]=a");
        let bracketed = Params::from_form(b"ids[]=a&ids[]=b");
        let comma = Params::from_form(b"ids=a,b");
        let json = Params::from_json(br#"{"ids": ["a", "b"]}"#).unwrap();
        for params in [indexed, bracketed, comma, json] {
            assert_eq!(params.list("ids"), ["a", "b"]);
        }
    }

    #[test]
    fn objects_in_lists_stay_json() {
        let form = Params::from_form(br#"attached_media[0]={"media_fbid":"7"}"#);
        let json = Params::from_json(br#"{"attached_media": [{"media_fbid": "7"}]}"#).unwrap();
        assert_eq!(form.list("attached_media"), [r#"{"media_fbid":"7"}"#]);
        assert_eq!(json.list("attached_media"), [r#"{"media_fbid":"7"}"#]);
    }

    #[test]
    fn paths_are_split_and_decoded() {
        assert_eq!(segments("/v26.0//12%5F3/feed/"), ["v26.0", "12_3", "feed"]);
    }
}
