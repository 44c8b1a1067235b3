//! The files of a connected account.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::media;
use fanfare_domain::ConnectionId;
use fanfare_platform_kit::roles::{FileQuery, RemoteFile, RemoteFileKind};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::allowed::Allowed;
use crate::page::Page;
use crate::params::Params;
use crate::path::Id;
use crate::problem::Answer;

/// Which files are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Wanted {
    /// A folder's id; the account's top when absent. A search looks everywhere instead.
    folder: Option<String>,
    /// Words of a name.
    search: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// One page of a connected account's files.
#[derive(Serialize, ToSchema)]
pub(crate) struct RemoteFiles {
    items: Vec<RemoteFileAnswer>,
    /// Fetches the next page; absent on the last. A page may be empty and not the last.
    #[schema(required)]
    next_cursor: Option<String>,
    /// The platform did not search everywhere.
    incomplete: bool,
}

/// A folder, picture or video of a connected account.
#[derive(Serialize, ToSchema)]
#[schema(as = RemoteFile)]
pub(crate) struct RemoteFileAnswer {
    id: String,
    name: String,
    /// `folder`, `image` or `video`.
    kind: &'static str,
    mime: String,
    /// Absent for folders, and where the platform does not say.
    #[schema(required)]
    bytes: Option<u64>,
    #[schema(required)]
    modified_at: Option<Timestamp>,
}

/// List the files of a connected account
///
/// Folders first, then pictures and videos; other files are left out. `/api/media/imports` takes one into the library.
#[utoipa::path(get, path = "/api/connections/{id}/files", tag = "Connections", operation_id = "list_remote_files", params(("id" = String, Path), Wanted), responses((status = 200, body = RemoteFiles)))]
pub(super) async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
    Params(wanted): Params<Wanted>,
) -> Answer<Json<RemoteFiles>> {
    let page = Page {
        cursor: wanted.cursor,
        limit: wanted.limit,
    };
    let query = FileQuery {
        limit: page.limit()?,
        folder: wanted.folder.filter(|folder| !folder.is_empty()),
        search: wanted.search.unwrap_or_default().trim().to_owned(),
        cursor: page.cursor,
    };
    let found = media::browse(&app, &caller, id, &query).await?;
    Ok(Json(RemoteFiles {
        items: found.items.into_iter().map(Into::into).collect(),
        next_cursor: found.next,
        incomplete: found.is_incomplete,
    }))
}

impl From<RemoteFile> for RemoteFileAnswer {
    fn from(file: RemoteFile) -> Self {
        Self {
            id: file.id,
            name: file.name,
            kind: match file.kind {
                RemoteFileKind::Folder => "folder",
                RemoteFileKind::Image => "image",
                RemoteFileKind::Video => "video",
            },
            mime: file.mime,
            bytes: file.bytes,
            modified_at: file.modified_at,
        }
    }
}
