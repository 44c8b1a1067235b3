//! Looking at what is there.

use fanfare_domain::media::MediaKind;
use fanfare_domain::{MediaFolderId, MediaId, PostId};
use fanfare_store::media::{self, Media};
use fanfare_store::media_list::{self, MediaFilter, MediaOrder, MediaUse, Place};

use super::{folders, tags};
use crate::{App, AppError, Caller, Result};

/// Where to look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InFolder {
    #[default]
    Anywhere,
    /// What lies in no folder.
    Top,
    /// Words and tags are looked for in the folders below it too.
    In(MediaFolderId),
}

/// Which files are wanted. Empty filters want all.
#[derive(Debug, Clone, Default)]
pub struct LibraryQuery {
    pub folder: InFolder,
    pub kind: Option<MediaKind>,
    pub tag: String,
    /// Words that are all in name, alternative text or tags.
    pub search: String,
    /// Only files that no post shows.
    pub unused: bool,
}

/// One file.
///
/// # Errors
/// `not_found`.
pub async fn get(app: &App, caller: &Caller, id: MediaId) -> Result<Media> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    media::find(&mut tx, id)
        .await?
        .ok_or_else(|| AppError::not_found("picture or video"))
}

/// The files that are wanted, in that order.
///
/// # Errors
/// `unknown_folder`.
pub async fn list(
    app: &App,
    caller: &Caller,
    query: &LibraryQuery,
    order: &MediaOrder,
    limit: u32,
) -> Result<Vec<Media>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let tag = tags::normal(&query.tag);
    let place = match query.folder {
        InFolder::Anywhere => Place::Anywhere,
        InFolder::Top => Place::Top,
        InFolder::In(id) => {
            folders::require(&mut tx, "folder_id", Some(id)).await?;
            if query.search.trim().is_empty() && tag.is_empty() {
                Place::Folders(vec![id])
            } else {
                Place::Folders(folders::with_those_below(&mut tx, id).await?)
            }
        }
    };
    let filter = MediaFilter {
        place,
        kind: query.kind,
        tag,
        search: query.search.clone(),
        unused: query.unused,
    };
    Ok(media_list::list(&mut tx, &filter, order, limit).await?)
}

/// The newest posts that show the file, of those before `before`.
///
/// # Errors
/// `not_found`.
pub async fn usage(
    app: &App,
    caller: &Caller,
    id: MediaId,
    before: Option<PostId>,
    limit: u32,
) -> Result<Vec<MediaUse>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    if media::find(&mut tx, id).await?.is_none() {
        return Err(AppError::not_found("picture or video"));
    }
    Ok(media_list::uses(&mut tx, id, before, limit).await?)
}
