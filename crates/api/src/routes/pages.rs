//! `/api/pages`: the texts of the public pages.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::pages::{self, Language, Page, PageText};
use fanfare_domain::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::params::Params;
use crate::path::nothing_here;
use crate::permission::needs;
use crate::problem::{Answer, Problem};
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(needs(Action::InstallationManage, routes!(replace)))
        .routes(needs(Action::InstallationManage, routes!(restore)))
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PageQuery {
    /// Of Fanfare's own text: `en` or `es`. A text that an administrator wrote is the same in all languages.
    language: Option<String>,
}

/// A public page.
#[derive(Serialize, ToSchema)]
#[schema(as = Page)]
struct PageAnswer {
    id: String,
    /// Markdown without HTML.
    text: String,
    /// It is Fanfare's own text; nobody replaced it.
    is_default: bool,
    #[schema(required)]
    updated_at: Option<Timestamp>,
    /// The name of whoever replaced it.
    #[schema(required)]
    updated_by: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PageInput {
    /// Markdown; HTML in it is shown as it is written.
    text: String,
}

/// Read a public page
#[utoipa::path(get, path = "/api/pages/{page}", operation_id = "read_page", tag = "Pages", security(()), params(("page" = String, Path, description = "`privacy` or `terms`"), PageQuery), responses((status = 200, body = PageAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Path(page): Path<String>,
    Params(query): Params<PageQuery>,
) -> Answer<Json<PageAnswer>> {
    let language = query.language.as_deref().map(Language::of_tag);
    let text = pages::read(&app, named(&page)?, language.unwrap_or_default()).await?;
    Ok(Json(text.into()))
}

/// Replace a public page's text
///
/// Administrators only.
#[utoipa::path(put, path = "/api/pages/{page}", operation_id = "replace_page", tag = "Pages", params(("page" = String, Path)), request_body = PageInput, responses((status = 200, body = PageAnswer)))]
async fn replace(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(page): Path<String>,
    Input(input): Input<PageInput>,
) -> Answer<Json<PageAnswer>> {
    let text = pages::replace(&app, &caller, named(&page)?, &input.text).await?;
    Ok(Json(text.into()))
}

/// Restore a public page's default text
///
/// Administrators only.
#[utoipa::path(delete, path = "/api/pages/{page}", operation_id = "restore_page", tag = "Pages", params(("page" = String, Path)), responses((status = 204)))]
async fn restore(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(page): Path<String>,
) -> Answer<StatusCode> {
    pages::restore(&app, &caller, named(&page)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn named(page: &str) -> Result<Page, Problem> {
    page.parse().map_err(|()| nothing_here("page"))
}

impl From<PageText> for PageAnswer {
    fn from(page: PageText) -> Self {
        let (updated_at, updated_by) = page.replaced.unzip();
        Self {
            id: page.page.to_string(),
            text: page.text,
            is_default: updated_at.is_none(),
            updated_at,
            updated_by: updated_by.flatten(),
        }
    }
}
