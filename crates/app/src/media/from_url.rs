//! Adding a file that lies somewhere on the internet.

use std::time::Duration;

use fanfare_domain::{ErrorCode, MediaFolderId};
use fanfare_platform_kit::http::{FetchError, Fetched};
use fanfare_store::media::Media;
use url::Url;

use super::add::{About, add_new};
use super::pace::keep_pace;
use super::receive::{self, Received};
use super::{alt, folders, sizes};
use crate::{App, AppError, Caller, Result};

/// What to fetch, and what to say of it.
#[derive(Debug, Clone)]
pub struct RemoteFile {
    pub url: String,
    pub alt: String,
    pub folder: Option<MediaFolderId>,
}

/// For all of it. Somebody waits for the answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Fetches the file and adds it.
///
/// # Errors
/// `invalid_url`, `address_not_allowed` and `address_unreachable` on the field `url`; `unknown_folder`; `too_many_requests`; and all of [`super::add()`].
pub async fn add_from_url(app: &App, caller: &Caller, remote: RemoteFile) -> Result<Media> {
    let alt = alt::checked(&remote.alt)?;
    let url = Url::parse(remote.url.trim()).map_err(|_| {
        wrong(
            ErrorCode::InvalidUrl,
            "This is not an address. It begins with https:// and leads to a picture or a video.",
        )
    })?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    folders::require(&mut tx, "folder_id", remote.folder).await?;
    drop(tx);
    keep_pace(app, caller).await?;

    let Fetched {
        url,
        bytes,
        content,
    } = app
        .http
        .fetch(url, PATIENCE)
        .await
        .map_err(|error| refusal(&error))?;
    let limit = app.config.upload_limit;
    if bytes.is_some_and(|bytes| bytes > limit) {
        return Err(sizes::too_large("The file", limit));
    }
    let file = match receive::into_file(app, content).await? {
        Received::Whole(file) => file,
        Received::BrokenOff(error) => {
            tracing::info!(%error, "fetching a file by its address broke off");
            return Err(wrong(
                ErrorCode::AddressUnreachable,
                "The file did not come to its end within a minute, or the server broke off. Download it and upload it here.",
            ));
        }
    };
    let about = About {
        folder: remote.folder,
        source: Some(without_query(&url)),
        ..About::new("media.fetched", name_of(&url), alt)
    };
    add_new(app, caller, file.path(), about).await
}

fn refusal(error: &FetchError) -> AppError {
    let code = match error {
        FetchError::NotAllowed(_) => ErrorCode::AddressNotAllowed,
        FetchError::NoServer(_) => ErrorCode::InvalidUrl,
        FetchError::Unreachable(log) => {
            tracing::info!(log, "an address that somebody typed was not reached");
            ErrorCode::AddressUnreachable
        }
        FetchError::TooSlow | FetchError::Status(_) | FetchError::Redirects => {
            ErrorCode::AddressUnreachable
        }
    };
    wrong(code, error.to_string())
}

fn wrong(code: ErrorCode, detail: impl Into<String>) -> AppError {
    AppError::invalid_field("url", code, detail)
}

/// What may stand in the audit log: a query may carry a key.
fn without_query(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.to_string()
}

/// The last part of the path, as people would read it.
fn name_of(url: &Url) -> String {
    let last = url
        .path_segments()
        .and_then(|mut parts| parts.rfind(|part| !part.is_empty()))
        .unwrap_or_else(|| url.host_str().unwrap_or_default());
    // Decodes `%20` and the like, and leaves what is no UTF-8 as it stands.
    let pair = format!("n={}", last.replace('+', "%2B").replace('&', "%26"));
    let decoded = url::form_urlencoded::parse(pair.as_bytes()).next();
    decoded.map_or_else(|| last.to_owned(), |(_, name)| name.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_paths_last_part() {
        for (url, name) in [
            (
                "https://a.example/b/sour%20dough.jpg?size=large#x",
                "sour dough.jpg",
            ),
            ("https://a.example/ma%C3%B1ana+2.png", "mañana+2.png"),
            ("https://a.example/b/", "b"),
            ("https://a.example", "a.example"),
            ("https://a.example/a%26b=c.gif", "a&b=c.gif"),
        ] {
            assert_eq!(name_of(&Url::parse(url).unwrap()), name);
        }
    }

    #[test]
    fn the_log_sees_no_keys() {
        let url = Url::parse("https://a.example/b.jpg?token=secret#secret").unwrap();
        assert_eq!(without_query(&url), "https://a.example/b.jpg");
    }
}
