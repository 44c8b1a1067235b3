//! `/data-deletion`: where somebody who asked a platform for it looks what became of it.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use fanfare_app::App;
use fanfare_app::hearing::deletion;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::html;
use crate::path::Word;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(look))
}

/// See what became of a wish to have data deleted
#[utoipa::path(get, path = "/data-deletion/{code}", tag = "Receiving", operation_id = "see_data_deletion", security(()), params(("code" = String, Path)), responses((status = 200, body = String, content_type = "text/html")))]
async fn look(
    State(app): State<Arc<App>>,
    Word(code): Word,
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
            let done = found.done_at.map(at).zip(found.all_gone_at.map(at));
            let words = match (done, is_spanish) {
                (Some((done, gone)), false) => format!(
                    "Asked for on {asked}. Done on {done}: your connection, and what you wrote or did and what was told of it, are deleted. \
                     Copies of what the platform sent may be left where they could not be told apart from those about others, or had not been \
                     looked into yet; they are deleted by {gone}."
                ),
                (Some((done, gone)), true) => format!(
                    "Pedida el {asked}. Hecha el {done}: se han eliminado tu conexión, lo que escribiste o hiciste y lo que se comunicó de \
                     ello. Puede que queden copias de lo que envió la plataforma que no se podían separar de las que tratan de otras \
                     personas, o que aún no se habían leído; se eliminan como muy tarde el {gone}."
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
