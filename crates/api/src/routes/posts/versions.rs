//! `/api/posts/{id}/versions`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::composing::{self, PostMediaDetail, VersionDetail, list_versions};
use fanfare_domain::{Action, PostId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answer::{Author, PostAnswer, PostMediaAnswer, VariantAnswer};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::{Answer, Problem};
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::PostsRead, routes!(versions)))
        .routes(needs(Action::PostsWrite, routes!(restore_version)))
}

/// What a post said for a time. Its schedule is no part of it.
#[derive(Serialize, ToSchema)]
#[schema(as = PostVersion)]
struct VersionAnswer {
    /// Counts from 1.
    number: i64,
    /// It is what the post says now.
    current: bool,
    #[schema(required)]
    author: Option<Author>,
    /// The version whose content was taken back, if it began so.
    #[schema(required)]
    restored_from: Option<i64>,
    text: String,
    /// Those of its files that still exist.
    media: Vec<PostMediaAnswer>,
    /// How many of its files were deleted since.
    media_gone: usize,
    channel_ids: Vec<String>,
    /// What differs on single channels, by channel id.
    variants: BTreeMap<String, VariantAnswer>,
    created_at: Timestamp,
    /// When it last changed.
    updated_at: Timestamp,
}

/// Which state of the post the person sees.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RestoreInput {
    /// The revision that was looked at; when the post has another, nothing is restored (409).
    revision: Option<i64>,
}

/// List a post's versions
///
/// Newest first. What one person changes within five minutes is one version; the newest fifty are kept.
#[utoipa::path(get, path = "/api/posts/{id}/versions", tag = "Posts", params(("id" = String, Path), Page), responses((status = 200, body = List<VersionAnswer>)))]
async fn versions(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
    Params(page): Params<Page>,
) -> Answer<Json<List<VersionAnswer>>> {
    let limit = page.limit()?;
    let found = list_versions(&app, &caller, id, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |version: &VersionAnswer| {
        version.number.to_string()
    }))
}

/// Restore a version
///
/// The post says again what it said then. That is an edit like any other, a new version, and can be taken back too. Files and
/// channels that are gone stay gone; the schedule stays as it is.
#[utoipa::path(post, path = "/api/posts/{id}/versions/{number}/restore", tag = "Posts", params(("id" = String, Path), ("number" = i64, Path)), request_body = Option<RestoreInput>, responses((status = 200, body = PostAnswer)))]
async fn restore_version(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path((id, number)): Path<(String, String)>,
    input: Option<Input<RestoreInput>>,
) -> Answer<Json<PostAnswer>> {
    let nothing = || Problem::of_status(StatusCode::NOT_FOUND);
    let id: PostId = id.parse().map_err(|_| nothing())?;
    let number: i64 = number.parse().map_err(|_| nothing())?;
    let revision = input.and_then(|Input(input)| input.revision);
    let restored = composing::restore_version(&app, &caller, id, number, revision).await?;
    Ok(Json(restored.into()))
}

impl From<VersionDetail> for VersionAnswer {
    fn from(detail: VersionDetail) -> Self {
        let VersionDetail {
            version,
            content,
            mut media,
            current,
        } = detail;
        let named = content.media.len();
        let files: Vec<PostMediaAnswer> = content
            .media
            .into_iter()
            .filter_map(|item| {
                let media = media.remove(&item.id)?;
                let alt = if item.alt.is_empty() {
                    media.alt.clone()
                } else {
                    item.alt
                };
                Some(PostMediaDetail { media, alt }.into())
            })
            .collect();
        Self {
            number: version.number,
            current,
            author: version.author_id.map(|id| Author {
                id: id.to_string(),
                name: version.author_name,
            }),
            restored_from: version.restored_from,
            text: content.text,
            media_gone: named - files.len(),
            media: files,
            channel_ids: content
                .channel_ids
                .iter()
                .map(ToString::to_string)
                .collect(),
            variants: content
                .variants
                .into_iter()
                .map(|(channel, variant)| (channel, variant.into()))
                .collect(),
            created_at: version.created_at,
            updated_at: version.updated_at,
        }
    }
}
