//! Looking through the library, and changing what is said of a file.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::media::{
    self, InFolder, LibraryQuery, MediaChange, MediaOrder, MediaUse, is_over,
};
use fanfare_app::{App, AppError};
use fanfare_domain::media::MediaKind;
use fanfare_domain::{Action, ErrorCode, MediaId};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{MediaAnswer, folder_id};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{ByName, ByNumber, List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::MediaRead, routes!(list)))
        .routes(needs(Action::MediaRead, routes!(tags)))
        .routes(needs(Action::MediaRead, routes!(get)))
        .routes(needs(Action::MediaWrite, routes!(change, delete)))
        .routes(needs(Action::MediaRead, routes!(usage)))
}

/// Which files are wanted, and in which order.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LibraryParams {
    /// `next_cursor` of the page before, with the same `sort`.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// Only what lies in this folder, or in no folder: `none`. With `q` or `tag` the folders below it count too.
    folder_id: Option<String>,
    /// Only files with this tag.
    tag: Option<String>,
    /// `image`, `gif` or `video`.
    kind: Option<String>,
    /// Words that are all in the name, the alternative text or the tags.
    q: Option<String>,
    /// `newest` (when absent), `oldest`, `name` or `largest`.
    #[param(inline)]
    sort: Option<Sort>,
    /// Only files that no post shows.
    unused: Option<bool>,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Sort {
    #[default]
    Newest,
    Oldest,
    Name,
    Largest,
}

/// What to change. What is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MediaChangeInput {
    /// What people who cannot see it are told; up to 1,500 characters. Posts that have a text of their own for it keep that.
    alt: Option<String>,
    /// Up to 255 characters.
    file_name: Option<String>,
    /// `null` takes it out of its folder.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    folder_id: Option<Option<String>>,
    /// All of its tags, up to 30 of up to 40 characters; they are kept in small letters.
    tags: Option<Vec<String>>,
    /// Tags that it has from now on, besides those it has.
    #[serde(default)]
    add_tags: Vec<String>,
    /// Tags that it has no longer.
    #[serde(default)]
    remove_tags: Vec<String>,
}

/// A tag that is in use.
#[derive(Serialize, ToSchema)]
#[schema(as = MediaTag)]
struct TagAnswer {
    tag: String,
    /// How many files carry it.
    files: i64,
}

/// A post that shows a file.
#[derive(Serialize, ToSchema)]
#[schema(as = MediaUse)]
struct UseAnswer {
    post_id: String,
    /// The post's.
    text: String,
    /// The post's.
    state: String,
    #[schema(required)]
    due_at: Option<Timestamp>,
    updated_at: Timestamp,
    /// Which of the post's files it is, from 1.
    position: i64,
    /// What this post says of it instead of the file's own text, if anything.
    #[schema(required)]
    alt: Option<String>,
    /// The file cannot be deleted while this post is in this state.
    keeps_file: bool,
}

/// List files
#[utoipa::path(get, path = "/api/media", tag = "Media", params(LibraryParams), responses((status = 200, body = List<MediaAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(params): Params<LibraryParams>,
) -> Answer<Json<List<MediaAnswer>>> {
    let page = Page {
        cursor: params.cursor.clone(),
        limit: params.limit,
    };
    let limit = page.limit()?;
    let sort = params.sort.unwrap_or_default();
    let order = order(sort, &page)?;
    let found = media::list(&app, &caller, &query(params)?, &order, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |media| cursor(sort, media)))
}

/// List tags
#[utoipa::path(get, path = "/api/media/tags", tag = "Media", params(Page), responses((status = 200, body = List<TagAnswer>)))]
async fn tags(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<TagAnswer>>> {
    let limit = page.limit()?;
    let after: Option<String> = page.after()?;
    let found = media::tags(&app, &caller, after.as_deref(), limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |one: &TagAnswer| one.tag.clone()))
}

impl From<media::TagCount> for TagAnswer {
    fn from(count: media::TagCount) -> Self {
        Self {
            tag: count.tag,
            files: count.files,
        }
    }
}

/// Show a file's facts
#[utoipa::path(get, path = "/api/media/{id}", tag = "Media", params(("id" = String, Path)), responses((status = 200, body = MediaAnswer)))]
async fn get(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<Json<MediaAnswer>> {
    Ok(Json(media::get(&app, &caller, id).await?.into()))
}

/// Change a file's name, alternative text, folder or tags
#[utoipa::path(patch, path = "/api/media/{id}", tag = "Media", params(("id" = String, Path)), request_body = MediaChangeInput, responses((status = 200, body = MediaAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    Input(input): Input<MediaChangeInput>,
) -> Answer<Json<MediaAnswer>> {
    let change = MediaChange {
        alt: input.alt,
        file_name: input.file_name,
        folder: match input.folder_id {
            None => None,
            Some(folder) => Some(folder_id("folder_id", folder.as_deref())?),
        },
        tags: input.tags,
        add_tags: input.add_tags,
        remove_tags: input.remove_tags,
    };
    Ok(Json(media::change(&app, &caller, id, change).await?.into()))
}

/// Delete a file
///
/// Refused while a post that is not out yet uses it; `errors` names such posts, as `posts.<id>`.
#[utoipa::path(delete, path = "/api/media/{id}", tag = "Media", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
) -> Answer<StatusCode> {
    media::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// List the posts that show a file, newest first
#[utoipa::path(get, path = "/api/media/{id}/usage", tag = "Media", params(("id" = String, Path), Page), responses((status = 200, body = List<UseAnswer>)))]
async fn usage(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<MediaId>,
    Params(page): Params<Page>,
) -> Answer<Json<List<UseAnswer>>> {
    let limit = page.limit()?;
    let found = media::usage(&app, &caller, id, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |each: &UseAnswer| {
        each.post_id.clone()
    }))
}

fn query(params: LibraryParams) -> Answer<LibraryQuery> {
    let kind = match params.kind.as_deref() {
        None => None,
        Some(word) => Some(MediaKind::parse(word).ok_or_else(|| {
            let detail = format!("“{word}” is not a kind of file. Expected: image, gif or video.");
            AppError::invalid_field("kind", ErrorCode::NotAllowed, detail)
        })?),
    };
    let folder = match params.folder_id.as_deref() {
        None => InFolder::Anywhere,
        Some("none") => InFolder::Top,
        some => folder_id("folder_id", some)?.map_or(InFolder::Top, InFolder::In),
    };
    Ok(LibraryQuery {
        folder,
        kind,
        tag: params.tag.unwrap_or_default(),
        search: params.q.unwrap_or_default(),
        unused: params.unused.unwrap_or_default(),
    })
}

/// Where an item stands in the order: its id, and before that whatever it is sorted by.
fn cursor(sort: Sort, media: &MediaAnswer) -> String {
    match sort {
        Sort::Newest | Sort::Oldest => media.id.clone(),
        Sort::Name => ByName::new(&media.file_name, &media.id).to_string(),
        Sort::Largest => ByNumber(media.bytes, &media.id).to_string(),
    }
}

fn order(sort: Sort, page: &Page) -> Answer<MediaOrder> {
    Ok(match sort {
        Sort::Newest => MediaOrder::Newest(page.after()?),
        Sort::Oldest => MediaOrder::Oldest(page.after()?),
        Sort::Name => MediaOrder::Name(page.after()?.map(|ByName(name, id)| (name, id))),
        Sort::Largest => MediaOrder::Largest(page.after()?.map(|ByNumber(bytes, id)| (bytes, id))),
    })
}

/// Tells `null` from a field that is left out.
pub(super) fn present<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

impl From<MediaUse> for UseAnswer {
    fn from(media_use: MediaUse) -> Self {
        Self {
            post_id: media_use.post.to_string(),
            text: media_use.text,
            state: media_use.state.to_string(),
            due_at: media_use.due_at,
            updated_at: media_use.updated_at,
            position: media_use.position + 1,
            alt: Some(media_use.alt).filter(|alt| !alt.is_empty()),
            keeps_file: !is_over(media_use.state),
        }
    }
}
