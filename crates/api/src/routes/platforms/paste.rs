//! Connecting by pasted credentials.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_app::connections;
use fanfare_app::{App, AppError, Caller};
use fanfare_domain::ConnectionId;
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
) -> Answer<(StatusCode, Json<Connected>)> {
    let id = connections::paste(&app, &caller, &platform, &fields).await?;
    connected(&app, &caller, id).await
}

/// A connection as its making answers.
pub(crate) async fn show_made(app: &App, caller: &Caller, id: &str) -> Answer<Response> {
    let id = id.parse().map_err(|_| AppError::not_found("connection"))?;
    Ok(connected(app, caller, id).await?.into_response())
}

async fn connected(
    app: &App,
    caller: &Caller,
    id: ConnectionId,
) -> Answer<(StatusCode, Json<Connected>)> {
    let view = connections::read_connection(app, caller, id).await?;
    let channels = view.channels.iter().cloned().map(Into::into).collect();
    let connected = Connected {
        connection: view.into(),
        channels,
    };
    Ok((StatusCode::CREATED, Json(connected)))
}
