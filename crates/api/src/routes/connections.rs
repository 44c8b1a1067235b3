//! `/api/connections`.

mod check;
mod farewell;
mod files;
mod history;
mod settings;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::connections::refresh::refresh_connection;
use fanfare_app::connections::{self, ConnectionView};
use fanfare_app::{App, AppError};
use fanfare_domain::{Action, ConnectionId};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::channels::ChannelAnswer;
use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::ConnectionsRead, routes!(list)))
        .routes(needs(Action::ConnectionsRead, routes!(read)))
        .routes(needs(Action::ConnectionsWrite, routes!(refresh)))
        .routes(needs(Action::ConnectionsWrite, routes!(check::check)))
        .routes(needs(Action::ConnectionsRead, routes!(check::checks)))
        .routes(needs(Action::ConnectionsWrite, routes!(check::sync)))
        .routes(needs(
            Action::ConnectionsRead,
            routes!(history::refresh_log),
        ))
        .routes(needs(Action::MediaWrite, routes!(files::list)))
        .routes(needs(Action::ConnectionsRead, routes!(settings::show)))
        .routes(needs(Action::ConnectionsWrite, routes!(settings::change)))
        .routes(needs(Action::ConnectionsRead, routes!(farewell::preview)))
}

/// One account on a platform, as it was granted. Its tokens are never shown.
#[derive(Serialize, ToSchema)]
#[schema(as = Connection)]
pub(crate) struct ConnectionAnswer {
    id: String,
    platform: String,
    remote_id: String,
    name: String,
    /// The picture's address at the platform. Small, and from here, it is at `/api/connections/{id}/avatar`.
    #[schema(required)]
    avatar_url: Option<String>,
    #[schema(schema_with = words::connection_statuses)]
    status: String,
    scopes: Vec<String>,
    /// Permissions that publishing needs and that were not given.
    missing_scopes: Vec<String>,
    /// What was granted against what is asked for, what is missing first.
    permissions: Vec<PermissionAnswer>,
    /// Whether the access is renewed without the person.
    refreshable: bool,
    /// When the access ends, unless it is renewed before.
    #[schema(required)]
    expires_at: Option<Timestamp>,
    #[schema(required)]
    last_synced_at: Option<Timestamp>,
    #[schema(required)]
    last_error: Option<LastErrorAnswer>,
    /// The latest check of its health that is finished.
    #[schema(required)]
    last_check: Option<LastCheckAnswer>,
    created_at: Timestamp,
    /// In the workspace's order.
    channels: Vec<ChannelAnswer>,
}

/// One permission, granted or asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = Permission)]
struct PermissionAnswer {
    name: String,
    /// Why it is asked for; empty for one that came along unasked.
    why: String,
    /// Publishing does not work without it.
    required: bool,
    granted: bool,
}

/// When its health was looked at last, and how it was.
#[derive(Serialize, ToSchema)]
#[schema(as = LastCheck)]
struct LastCheckAnswer {
    at: Timestamp,
    /// `ok`, `warning` or `failed`.
    state: String,
}

/// What last went wrong.
#[derive(Serialize, ToSchema)]
#[schema(as = LastError)]
struct LastErrorAnswer {
    code: String,
    /// In words.
    detail: String,
    /// What to do: `retry`, `wait`, `reconnect`, `grant_permission` or `none`.
    advice: String,
}

/// List connections
///
/// Those that were given back are listed too, as `disconnected`.
#[utoipa::path(get, path = "/api/connections", tag = "Connections", params(Page), responses((status = 200, body = List<ConnectionAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<ConnectionAnswer>>> {
    let limit = page.limit()?;
    let after = page.after()?;
    let found = connections::list_connections(&app, &caller, None, after, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |connection: &ConnectionAnswer| {
        connection.id.clone()
    }))
}

/// Show a connection
#[utoipa::path(get, path = "/api/connections/{id}", tag = "Connections", params(("id" = String, Path)), responses((status = 200, body = ConnectionAnswer)))]
async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
) -> Answer<Json<ConnectionAnswer>> {
    Ok(Json(
        connections::read_connection(&app, &caller, id)
            .await?
            .into(),
    ))
}

/// Renew a connection now
///
/// Also brings its name, picture and channels up to date.
#[utoipa::path(post, path = "/api/connections/{id}/refresh", tag = "Connections", params(("id" = String, Path)), responses((status = 200, body = ConnectionAnswer)))]
async fn refresh(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
) -> Answer<Json<ConnectionAnswer>> {
    refresh_connection(&app, caller.workspace, id, true)
        .await
        .map_err(AppError::from)?;
    Ok(Json(
        connections::read_connection(&app, &caller, id)
            .await?
            .into(),
    ))
}

impl From<ConnectionView> for ConnectionAnswer {
    fn from(view: ConnectionView) -> Self {
        let ConnectionView {
            connection,
            status,
            missing_scopes,
            permissions,
            last_check,
            channels,
        } = view;
        Self {
            id: connection.id.to_string(),
            platform: connection.platform,
            remote_id: connection.remote_id,
            name: connection.name,
            avatar_url: connection.avatar_url,
            status: status.to_string(),
            scopes: connection.scopes,
            missing_scopes,
            permissions: permissions
                .into_iter()
                .map(|one| PermissionAnswer {
                    name: one.name,
                    why: one.why,
                    required: one.required,
                    granted: one.granted,
                })
                .collect(),
            last_check: last_check.and_then(|check| {
                Some(LastCheckAnswer {
                    at: check.finished_at?,
                    state: check.state?,
                })
            }),
            refreshable: connection.refreshable,
            expires_at: connection.expires_at,
            last_synced_at: connection.last_synced_at,
            last_error: connection.last_error.map(|error| LastErrorAnswer {
                code: error.code.to_string(),
                detail: error.detail,
                advice: error.advice,
            }),
            created_at: connection.created_at,
            channels: channels.into_iter().map(Into::into).collect(),
        }
    }
}
