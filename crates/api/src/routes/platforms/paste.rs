//! Connecting by pasted credentials.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use fanfare_app::App;
use fanfare_app::connections;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::problem::Answer;
use crate::routes::channels::ChannelAnswer;
use crate::routes::connections::ConnectionAnswer;

/// An account that was just connected.
#[derive(Serialize, ToSchema)]
pub(super) struct Connected {
    connection: ConnectionAnswer,
    channels: Vec<ChannelAnswer>,
}

/// Connect an account by pasted credentials
///
/// The body has the fields that the platform's `token` method names. An account that is connected already is given the new
/// credentials.
#[utoipa::path(post, path = "/api/platforms/{platform}/connect", tag = "Connections", params(("platform" = String, Path)), request_body = std::collections::HashMap<String, String>, responses((status = 201, body = Connected)))]
pub(super) async fn connect(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(platform): Path<String>,
    Input(fields): Input<Map<String, Value>>,
) -> Answer<impl IntoResponse> {
    let id = connections::paste(&app, &caller, &platform, &fields).await?;
    let view = connections::read_connection(&app, &caller, id).await?;
    let channels = view.channels.iter().cloned().map(Into::into).collect();
    let connected = Connected {
        connection: view.into(),
        channels,
    };
    Ok((StatusCode::CREATED, Json(connected)))
}
