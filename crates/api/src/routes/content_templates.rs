//! `/api/content-templates`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::composing::{
    PostMediaDetail, TemplateChange, TemplateContent, TemplateDetail, VersionMedia, VersionVariant,
    change_content_template, create_content_template, delete_content_template,
    list_content_templates, read_content_template, save_as_content_template,
};
use fanfare_app::{App, AppError, Caller, FieldError};
use fanfare_domain::{Action, ContentTemplateId, ErrorCode, PostId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::posts::{Author, MediaBody, PostMediaAnswer, VariantAnswer, VariantBody};
use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::PostsRead, routes!(list)))
        .routes(needs(Action::PostsWrite, routes!(create)))
        .routes(needs(Action::PostsRead, routes!(read)))
        .routes(needs(Action::PostsWrite, routes!(change, delete)))
        .routes(needs(Action::PostsWrite, routes!(save_post)))
}

/// Content kept to begin posts with.
#[derive(Serialize, ToSchema)]
#[schema(as = ContentTemplate)]
pub(crate) struct TemplateAnswer {
    id: String,
    name: String,
    text: String,
    /// Those of its files that still exist.
    media: Vec<PostMediaAnswer>,
    /// What differs on single platforms, by platform.
    variants: BTreeMap<String, VariantAnswer>,
    #[schema(required)]
    created_by: Option<Author>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContentTemplateInput)]
struct TemplateInput {
    /// Up to 80 characters; no other template has it.
    name: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    media: Vec<MediaBody>,
    /// What differs on single platforms, by platform.
    #[serde(default)]
    variants: BTreeMap<String, VariantBody>,
}

/// What is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContentTemplateChange)]
struct TemplateChangeInput {
    name: Option<String>,
    text: Option<String>,
    media: Option<Vec<MediaBody>>,
    variants: Option<BTreeMap<String, VariantBody>>,
}

/// What the template is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveAsTemplateInput {
    /// Up to 80 characters; no other template has it.
    name: String,
}

/// List content templates
///
/// Newest first.
#[utoipa::path(get, path = "/api/content-templates", tag = "Posts", params(Page), responses((status = 200, body = List<TemplateAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<TemplateAnswer>>> {
    let limit = page.limit()?;
    let found = list_content_templates(&app, &caller, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |template: &TemplateAnswer| {
        template.id.clone()
    }))
}

/// Create a content template
#[utoipa::path(post, path = "/api/content-templates", tag = "Posts", request_body = TemplateInput, responses((status = 201, body = TemplateAnswer)))]
async fn create(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<TemplateInput>,
) -> Answer<(StatusCode, Json<TemplateAnswer>)> {
    let content = TemplateContent {
        text: input.text,
        media: media(input.media)?,
        variants: variants(input.variants),
    };
    let made = create_content_template(&app, &caller, &input.name, &content).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Show a content template
#[utoipa::path(get, path = "/api/content-templates/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 200, body = TemplateAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ContentTemplateId>,
) -> Answer<Json<TemplateAnswer>> {
    Ok(Json(read_content_template(&app, &caller, id).await?.into()))
}

/// Change a content template
///
/// What is left out stays as it is.
#[utoipa::path(patch, path = "/api/content-templates/{id}", tag = "Posts", params(("id" = String, Path)), request_body = TemplateChangeInput, responses((status = 200, body = TemplateAnswer)))]
async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ContentTemplateId>,
    Input(input): Input<TemplateChangeInput>,
) -> Answer<Json<TemplateAnswer>> {
    let change = TemplateChange {
        name: input.name,
        text: input.text,
        media: input.media.map(media).transpose()?,
        variants: input.variants.map(variants),
    };
    let changed = change_content_template(&app, &caller, id, &change).await?;
    Ok(Json(changed.into()))
}

/// Delete a content template
///
/// Posts that began with it stay as they are.
#[utoipa::path(delete, path = "/api/content-templates/{id}", tag = "Posts", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ContentTemplateId>,
) -> Answer<StatusCode> {
    delete_content_template(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Save a post as a content template
///
/// Its text, files and variants; where channels of one platform differ, the first one's.
#[utoipa::path(post, path = "/api/posts/{id}/content-template", tag = "Posts", params(("id" = String, Path)), request_body = SaveAsTemplateInput, responses((status = 201, body = TemplateAnswer)))]
async fn save_post(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<PostId>,
    Input(input): Input<SaveAsTemplateInput>,
) -> Answer<(StatusCode, Json<TemplateAnswer>)> {
    let made = save_as_content_template(&app, &caller, id, &input.name).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// A template as its making answers it.
pub(crate) async fn show_made(
    app: &App,
    caller: &Caller,
    id: &str,
) -> Answer<(StatusCode, Json<TemplateAnswer>)> {
    let id = id
        .parse()
        .map_err(|_| AppError::not_found("content template"))?;
    let template = read_content_template(app, caller, id).await?;
    Ok((StatusCode::CREATED, Json(template.into())))
}

/// Text that is no id names nothing, so it is answered like an id that nothing has.
fn media(given: Vec<MediaBody>) -> Answer<Vec<VersionMedia>> {
    let mut read = Vec::new();
    let mut wrong = Vec::new();
    for (position, item) in given.into_iter().enumerate() {
        match item.id.parse() {
            Ok(id) => read.push(VersionMedia {
                id,
                alt: item.alt.unwrap_or_default(),
            }),
            Err(_) => wrong.push(FieldError::new(
                format!("media.{position}.id"),
                ErrorCode::UnknownMedia,
                "There is no such picture or video in this workspace.",
            )),
        }
    }
    if wrong.is_empty() {
        Ok(read)
    } else {
        Err(AppError::invalid(wrong).into())
    }
}

fn variants(given: BTreeMap<String, VariantBody>) -> BTreeMap<String, VersionVariant> {
    given
        .into_iter()
        .map(|(platform, VariantBody { text, options })| {
            (platform, VersionVariant { text, options })
        })
        .collect()
}

impl From<TemplateDetail> for TemplateAnswer {
    fn from(detail: TemplateDetail) -> Self {
        let TemplateDetail {
            template,
            content,
            media,
        } = detail;
        let files = content.media.into_iter().filter_map(|item| {
            let media = media.get(&item.id)?.clone();
            let alt = if item.alt.is_empty() {
                media.alt.clone()
            } else {
                item.alt
            };
            Some(PostMediaDetail { media, alt }.into())
        });
        Self {
            id: template.id.to_string(),
            name: template.name,
            text: content.text,
            media: files.collect(),
            variants: content
                .variants
                .into_iter()
                .map(|(platform, variant)| (platform, variant.into()))
                .collect(),
            created_by: template.created_by.map(|id| Author {
                id: id.to_string(),
                name: template.created_by_name,
            }),
            created_at: template.created_at,
            updated_at: template.updated_at,
        }
    }
}
