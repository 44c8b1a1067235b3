//! Drive's calls, and the shapes of their answers.

use std::time::Duration;

use fanfare_platform_kit::http::{Answer, Effect, Opened};
use fanfare_platform_kit::roles::FileContent;
use fanfare_platform_kit::{PlatformContext, PlatformError};
use jiff::Timestamp;
use reqwest::header::{ACCEPT_ENCODING, CONTENT_RANGE, HeaderMap, RANGE};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::NAME;
use super::errors::{no_such_file, refusal};

/// What is asked of a file: Drive tells next to nothing unless it is named.
const FILE_FIELDS: &str = "id,name,mimeType,size,md5Checksum,modifiedTime,trashed,shortcutDetails(targetId,targetMimeType)";
/// Until the bytes of a file begin to come.
const PATIENCE: Duration = Duration::from_secs(60);
/// Until they have all come. What is cut off then goes on from where it stopped.
const DOWNLOAD_TIME: Duration = Duration::from_secs(60 * 60);

/// Stored credentials.
#[derive(Serialize, Deserialize)]
pub struct Access {
    pub access_token: String,
    /// Absent if Google gave none, and then the access cannot be renewed.
    pub refresh_token: Option<String>,
    pub ends: Timestamp,
    pub scopes: Vec<String>,
}

/// Whose Drive it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub display_name: Option<String>,
    pub email_address: Option<String>,
    /// The account's lasting id.
    pub permission_id: String,
    pub photo_link: Option<String>,
}

/// One page of files.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listing {
    #[serde(default)]
    pub files: Vec<File>,
    pub next_page_token: Option<String>,
    #[serde(default)]
    pub incomplete_search: bool,
}

/// A file as Drive describes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub mime_type: String,
    #[serde(default)]
    size: Value,
    pub md5_checksum: Option<String>,
    modified_time: Option<String>,
    #[serde(default)]
    pub trashed: bool,
    pub shortcut_details: Option<ShortcutDetails>,
}

/// What a shortcut leads to.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ShortcutDetails {
    pub target_id: Option<String>,
    #[serde(default)]
    pub target_mime_type: String,
}

impl File {
    /// Drive writes it as text, so that no digit is lost.
    pub fn bytes(&self) -> Option<u64> {
        let as_text = self.size.as_str().and_then(|size| size.parse().ok());
        as_text.or_else(|| self.size.as_u64())
    }

    pub fn modified_at(&self) -> Option<Timestamp> {
        self.modified_time.as_deref()?.parse().ok()
    }
}

/// The Drive of one account.
pub struct Drive<'a> {
    ctx: &'a PlatformContext,
    token: &'a str,
}

impl<'a> Drive<'a> {
    pub fn new(ctx: &'a PlatformContext, token: &'a str) -> Self {
        Self { ctx, token }
    }

    pub async fn user(&self) -> Result<User, PlatformError> {
        #[derive(Deserialize)]
        struct About {
            user: User,
        }
        let fields = "user(displayName,emailAddress,permissionId,photoLink)";
        let request = self.get("about").query(&[("fields", fields)]);
        let About { user } = self.understood(request).await?;
        Ok(user)
    }

    /// The page of files that `query` asks for, folders first, in the order of their names. A search looks through shared drives too.
    pub async fn files(
        &self,
        query: &str,
        is_search: bool,
        limit: u32,
        cursor: Option<&str>,
    ) -> Result<Listing, PlatformError> {
        let fields = format!("nextPageToken,incompleteSearch,files({FILE_FIELDS})");
        let limit = limit.to_string();
        let mut request = self.get("files").query(&[
            ("q", query),
            ("pageSize", limit.as_str()),
            ("orderBy", "folder,name_natural"),
            ("fields", fields.as_str()),
            // Drives that several people share too, which are left out otherwise.
            ("includeItemsFromAllDrives", "true"),
            ("supportsAllDrives", "true"),
        ]);
        if is_search {
            request = request.query(&[("corpora", "allDrives")]);
        }
        if let Some(cursor) = cursor {
            request = request.query(&[("pageToken", cursor)]);
        }
        self.understood(request).await
    }

    pub async fn file(&self, id: &str) -> Result<File, PlatformError> {
        let request = self.get(&path_of(id)?);
        let request = request.query(&[("fields", FILE_FIELDS), ("supportsAllDrives", "true")]);
        self.understood(request).await
    }

    /// The bytes of a file from `from` on, or from its beginning when it is not that long any more.
    pub async fn content(&self, id: &str, from: u64) -> Result<FileContent, PlatformError> {
        let opened = match self.open(id, from).await? {
            Opened::Refused(answer)
                if from > 0 && answer.status == StatusCode::RANGE_NOT_SATISFIABLE =>
            {
                self.open(id, 0).await?
            }
            opened => opened,
        };
        match opened {
            Opened::File {
                status,
                headers,
                bytes,
            } => Ok(FileContent {
                from: beginning(status, &headers, from),
                bytes,
            }),
            Opened::Refused(answer) => Err(refusal(&answer, Effect::Repeatable, self.ctx.now())),
        }
    }

    async fn open(&self, id: &str, from: u64) -> Result<Opened, PlatformError> {
        let request = self
            .get(&path_of(id)?)
            .query(&[("alt", "media"), ("supportsAllDrives", "true")])
            // Places are counted in the file as it is, not as it would be packed on the way.
            .header(ACCEPT_ENCODING, "identity")
            .timeout(DOWNLOAD_TIME);
        let request = if from > 0 {
            request.header(RANGE, format!("bytes={from}-"))
        } else {
            request
        };
        let opening = self.ctx.http.open(NAME, &[], request);
        tokio::time::timeout(PATIENCE, opening)
            .await
            .unwrap_or_else(|_| {
                let log = "the bytes of a file did not begin to come";
                Err(PlatformError::unavailable(NAME, log))
            })
    }

    fn get(&self, path: &str) -> RequestBuilder {
        let url = self.ctx.settings().api(&format!("drive/v3/{path}"));
        let request = self.ctx.http.request(Method::GET, url);
        request.bearer_auth(self.token)
    }

    async fn understood<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, PlatformError> {
        let http = &self.ctx.http;
        let answer = http.send(NAME, &[], Effect::Repeatable, request).await?;
        understand(self.ctx, &answer)
    }
}

/// The answer to a call that may be repeated, as `T`.
pub fn understand<T: DeserializeOwned>(
    ctx: &PlatformContext,
    answer: &Answer,
) -> Result<T, PlatformError> {
    if !answer.status.is_success() {
        return Err(refusal(answer, Effect::Repeatable, ctx.now()));
    }
    answer.json().map_err(|error| {
        PlatformError::not_understood(NAME, format!("answer of another shape: {error}"))
    })
}

/// Ids come from whoever asks us, and are part of an address: what is none must not lead anywhere else.
fn path_of(id: &str) -> Result<String, PlatformError> {
    let is_id = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
    if id.is_empty() || !id.chars().all(is_id) {
        return Err(no_such_file("no id of a file"));
    }
    Ok(format!("files/{id}"))
}

/// Where in the file the bytes begin that an answer brings.
fn beginning(status: StatusCode, headers: &HeaderMap, asked: u64) -> u64 {
    if status != StatusCode::PARTIAL_CONTENT {
        return 0;
    }
    let range = headers.get(CONTENT_RANGE);
    let told = range.and_then(|range| range.to_str().ok()?.strip_prefix("bytes ")?.split_once('-'));
    told.and_then(|(first, _)| first.trim().parse().ok())
        .unwrap_or(asked)
}
