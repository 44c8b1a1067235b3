//! `/unsubscribe`: the link in messages that one may have no more of (RFC 8058). It works without signing in.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use fanfare_app::App;
use fanfare_app::mail::{self, MailPreference};
use url::form_urlencoded;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::html;
use crate::path::Word;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(look, unsubscribe))
}

/// See what a link in a message stops
///
/// Looking changes nothing: mailboxes open links to check them.
#[utoipa::path(get, path = "/unsubscribe/{token}", tag = "Mail", operation_id = "see_mail_preference", security(()), params(("token" = String, Path)), responses((status = 200, body = String, content_type = "text/html")))]
async fn look(
    State(app): State<Arc<App>>,
    Word(token): Word,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let found = mail::preference(&app, &token).await?;
    Ok(answer(html::language(&headers), found.as_ref()))
}

/// Have no more messages of a kind
///
/// One call is enough, and a second changes nothing.
#[utoipa::path(post, path = "/unsubscribe/{token}", tag = "Mail", operation_id = "change_mail_preference", security(()), params(("token" = String, Path)), request_body(content = String, content_type = "application/x-www-form-urlencoded"), responses((status = 200, body = String, content_type = "text/html")))]
async fn unsubscribe(
    State(app): State<Arc<App>>,
    Word(token): Word,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<impl IntoResponse> {
    // A mailbox sends `List-Unsubscribe=One-Click`, in one encoding of forms or another; the link alone says all. Our own button may say
    // the opposite.
    let wanted =
        form_urlencoded::parse(&body).any(|(name, value)| name == "wanted" && value == "yes");
    let found = mail::prefer(&app, &token, wanted).await?;
    Ok(answer(html::language(&headers), found.as_ref()))
}

fn answer(language: &str, found: Option<&MailPreference>) -> (StatusCode, Html<String>) {
    let is_spanish = language == "es";
    let Some(found) = found else {
        let (title, words) = if is_spanish {
            (
                "El enlace no sirve",
                "Este enlace no es de ningún mensaje de aquí, o la cuenta ya no existe.",
            )
        } else {
            (
                "The link does not work",
                "This link is of no message from here, or the account is gone.",
            )
        };
        return (
            StatusCode::NOT_FOUND,
            html::page(language, title, &format!("<p>{words}</p>")),
        );
    };
    let is_about_connections = found.kind == "connection_trouble";
    let title = match (is_spanish, found.is_off, is_about_connections) {
        (false, true, _) => "You get no more of them",
        (false, false, true) => "Messages about connections",
        (false, false, false) => "Messages about what happens",
        (true, true, _) => "No recibirás más",
        (true, false, true) => "Mensajes sobre conexiones",
        (true, false, false) => "Mensajes sobre lo que pasa",
    };
    let (button, choice) = match (is_spanish, found.is_off) {
        (false, false) => ("Send me no more of them", "no"),
        (false, true) => ("Send them again", "yes"),
        (true, false) => ("No recibir más", "no"),
        (true, true) => ("Recibirlos de nuevo", "yes"),
    };
    let body = format!(
        "<form method=\"post\"><input type=\"hidden\" name=\"wanted\" value=\"{choice}\"><button>{button}</button></form>"
    );
    (StatusCode::OK, html::page(language, title, &body))
}
