//! Looking through a Drive, and taking files from it.

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{
    FileContent, FilePage, FileQuery, Files, RemoteFile, RemoteFileKind,
};
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};

use super::api::{Access, Drive, File};
use super::errors::no_such_file;
use super::query::{self, FOLDER};
use super::{GoogleDrive, NAME};

/// The most that one page is asked for.
const MOST: u32 = 200;

#[async_trait]
impl Files for GoogleDrive {
    async fn list(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        wanted: &FileQuery,
    ) -> Result<FilePage, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let drive = Drive::new(ctx, &access.access_token);
        let limit = wanted.limit.clamp(1, MOST);
        let listing = drive
            .files(
                &query::of(wanted),
                !wanted.search.is_empty(),
                limit,
                wanted.cursor.as_deref(),
            )
            .await?;
        Ok(FilePage {
            items: listing.files.into_iter().filter_map(shown).collect(),
            next: listing.next_page_token,
            is_incomplete: listing.incomplete_search,
        })
    }

    async fn describe(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        id: &str,
    ) -> Result<RemoteFile, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let drive = Drive::new(ctx, &access.access_token);
        let mut file = drive.file(id).await?;
        // Of a shortcut, Drive tells neither size nor checksum.
        if let Some(target) = target_of(&file) {
            file = drive.file(&target).await?;
        }
        if file.trashed {
            return Err(no_such_file("it is in the trash"));
        }
        shown(file).ok_or_else(other_kind)
    }

    async fn open(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
        id: &str,
        from: u64,
    ) -> Result<FileContent, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let drive = Drive::new(ctx, &access.access_token);
        drive.content(id, from).await
    }
}

fn target_of(file: &File) -> Option<String> {
    file.shortcut_details.as_ref()?.target_id.clone()
}

/// A folder, picture or video; a shortcut as what it leads to, under its own name. Nothing else is shown.
fn shown(file: File) -> Option<RemoteFile> {
    let (bytes, modified_at) = (file.bytes(), file.modified_at());
    let (id, mime) = match file.shortcut_details {
        Some(shortcut) => (shortcut.target_id?, shortcut.target_mime_type),
        None => (file.id, file.mime_type),
    };
    Some(RemoteFile {
        id,
        name: file.name,
        kind: kind_of(&mime)?,
        mime,
        bytes,
        modified_at,
        md5: file.md5_checksum.map(|sum| sum.to_lowercase()),
    })
}

fn kind_of(mime: &str) -> Option<RemoteFileKind> {
    if mime == FOLDER {
        Some(RemoteFileKind::Folder)
    } else if mime.starts_with("image/") {
        Some(RemoteFileKind::Image)
    } else if mime.starts_with("video/") {
        Some(RemoteFileKind::Video)
    } else {
        None
    }
}

fn other_kind() -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::RemoteFileRefused,
        "Google Drive says that this is neither a picture nor a video. Choose another.",
        "neither folder, image nor video",
    )
}
