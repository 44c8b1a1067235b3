//! Giving a file to a browser or a platform.

use fanfare_domain::media_files::KeptFile;
use fanfare_domain::{ErrorCode, MediaId};
use fanfare_store::media::{self, Media};

use super::file_type::FileType;
use super::library::get;
use super::links::plain_name;
use crate::error::RefusalKind;
use crate::{App, AppError, Caller, Result};

/// Bytes to send, and what to say of them.
#[derive(Debug, Clone)]
pub struct Served {
    pub file: KeptFile,
    /// As we found it to be; one of the few types that are taken.
    pub mime: String,
    /// Plain ASCII with the right extension.
    pub file_name: String,
    /// Changes when the bytes do.
    pub tag: String,
}

/// A file's content, for a member of its workspace.
///
/// # Errors
/// `not_found`.
pub async fn content(app: &App, caller: &Caller, id: MediaId) -> Result<Served> {
    Ok(served(app, &get(app, caller, id).await?))
}

/// A picture's thumbnail, for a member of its workspace. Videos have none.
///
/// # Errors
/// `not_found`.
pub async fn thumbnail(app: &App, caller: &Caller, id: MediaId) -> Result<Served> {
    let media = get(app, caller, id).await?;
    let nothing = || AppError::not_found("thumbnail");
    let key = media.thumbnail_key.as_deref().ok_or_else(nothing)?;
    let file_type = FileType::of_key(key).ok_or_else(nothing)?;
    Ok(Served {
        file: app.media_file(key),
        mime: file_type.mime().to_owned(),
        file_name: format!("thumbnail.{}", file_type.extension()),
        tag: format!("{}-thumbnail", media.sha256),
    })
}

/// A file's content, for whoever has its link.
///
/// # Errors
/// `not_found`, whatever is wrong with the link.
pub async fn public_content(
    app: &App,
    id: &str,
    expires: &str,
    signature: &str,
    file_name: &str,
) -> Result<Served> {
    let nothing = || {
        AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::NotFound,
            "There is nothing at this address, or no longer.",
        )
    };
    let id: MediaId = id.parse().map_err(|_| nothing())?;
    let expires: i64 = expires.parse().map_err(|_| nothing())?;
    if !app.media_links.holds(id, expires, signature, app.now()) {
        return Err(nothing());
    }
    let mut tx = app
        .store
        .as_system("a signed link names no workspace")
        .read()
        .await?;
    let media = media::find_anywhere(&mut tx, id)
        .await?
        .ok_or_else(nothing)?;
    let served = served(app, &media);
    if served.file_name == file_name {
        Ok(served)
    } else {
        Err(nothing())
    }
}

fn served(app: &App, media: &Media) -> Served {
    Served {
        file: app.media_file(&media.storage_key),
        mime: media.mime.clone(),
        file_name: plain_name(media),
        tag: media.sha256.clone(),
    }
}
