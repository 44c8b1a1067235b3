//! `/data-deletion`: where somebody who asked a platform for it looks what became of it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use fanfare_app::App;
use fanfare_app::hearing::deletion;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::html;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(look))
}

/// See what became of a wish to have data deleted
#[utoipa::path(get, path = "/data-deletion/{code}", tag = "Receiving", operation_id = "see_data_deletion", security(()), params(("code" = String, Path)), responses((status = 200, body = String, content_type = "text/html")))]
async fn look(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let found = deletion(&app, &code).await?;
    let language = html::language(&headers);
    let is_spanish = language == "es";
    let title = if is_spanish {
        "Eliminación de tus datos"
    } else {
        "Deletion of your data"
    };
    let at = |at: jiff::Timestamp| at.strftime("%Y-%m-%d %H:%M UTC").to_string();
    let (status, words) = match found {
        None if is_spanish => (
            StatusCode::NOT_FOUND,
            "No hay ninguna petición con este código.".to_owned(),
        ),
        None => (
            StatusCode::NOT_FOUND,
            "There is no request with this code.".to_owned(),
        ),
        Some(found) => {
            let asked = at(found.requested_at);
            let words = match (found.done_at.map(at), is_spanish) {
                (Some(done), false) => format!(
                    "Asked for on {asked}. Done on {done}: your connection and what was known of you are deleted."
                ),
                (Some(done), true) => format!(
                    "Pedida el {asked}. Hecha el {done}: se han eliminado tu conexión y lo que se sabía de ti."
                ),
                (None, false) => format!("Asked for on {asked}. It is under way."),
                (None, true) => format!("Pedida el {asked}. Está en curso."),
            };
            (StatusCode::OK, words)
        }
    };
    let body = format!("<p>{}</p>", html::escaped(&words));
    Ok((status, html::page(language, title, &body)))
}
