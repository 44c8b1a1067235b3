//! `/api/platforms`: what can be connected, and connecting it.

mod callback;
mod consent;
mod disconnect;
mod paste;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use fanfare_app::App;
use fanfare_app::connections::{self, PlatformStatus, PlatformView};
use fanfare_domain::Action;
use fanfare_platform_kit::manifest::{
    Budget, ConnectField, ConnectKind, ConnectMethod, ContentRules, ScopeSpec,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::connections::ConnectionAnswer;
use crate::allowed::Allowed;
use crate::page::List;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) use paste::show_made;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::ConnectionsRead, routes!(list)))
        .routes(needs(Action::ConnectionsRead, routes!(status)))
        .routes(needs(
            Action::ConnectionsConnect,
            routes!(consent::auth_url),
        ))
        .routes(needs(
            Action::ConnectionsConnect,
            routes!(consent::reconnect),
        ))
        .routes(routes!(callback::callback))
        .routes(needs(Action::ConnectionsConnect, routes!(paste::connect)))
        .routes(needs(
            Action::ConnectionsWrite,
            routes!(disconnect::disconnect),
        ))
}

/// A third-party network or service.
#[derive(Serialize, ToSchema)]
#[schema(as = Platform)]
struct PlatformAnswer {
    id: &'static str,
    name: &'static str,
    /// What can be done with it here.
    summary: &'static str,
    roles: Vec<&'static str>,
    /// Accounts can be connected.
    configured: bool,
    /// A pretend platform answers, not the real one.
    sandbox: bool,
    /// The first of `connect_methods`.
    #[schema(required)]
    connect: Option<ConnectKind>,
    /// What the first of `connect_methods` asks for.
    connect_fields: Vec<ConnectField>,
    connect_methods: Vec<ConnectMethodAnswer>,
    /// What applies when nothing about the channel is known yet; each channel has its own.
    rules: ContentRules,
    budgets: Vec<Budget>,
    documentation_url: &'static str,
    /// To be entered at the platform as the redirect address.
    callback_url: String,
    /// The environment variables that configure it.
    variables: Vec<String>,
    /// What whoever runs the installation does at the platform to get credentials, one step each.
    setup_steps: Vec<&'static str>,
    /// How many accounts the workspace has connected.
    accounts: i64,
}

/// One way to connect an account.
#[derive(Serialize, ToSchema)]
#[schema(as = ConnectMethod)]
struct ConnectMethodAnswer {
    kind: ConnectKind,
    /// Asked before the person is sent away (`oauth`), or all there is (`token`).
    fields: Vec<ConnectField>,
    /// Permissions asked for, each with its reason.
    scopes: Vec<ScopeSpec>,
}

/// A platform and the accounts connected to it.
#[derive(Serialize, ToSchema)]
#[schema(as = PlatformStatus)]
struct StatusAnswer {
    platform: &'static str,
    configured: bool,
    connections: Vec<ConnectionAnswer>,
}

/// List platforms
#[utoipa::path(get, path = "/api/platforms", tag = "Connections", responses((status = 200, body = List<PlatformAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
) -> Answer<Json<List<PlatformAnswer>>> {
    let platforms = connections::list_platforms(&app, &caller).await?;
    Ok(List::whole(platforms.into_iter().map(Into::into).collect()))
}

/// Show the accounts of a platform
#[utoipa::path(get, path = "/api/platforms/{platform}/status", tag = "Connections", params(("platform" = String, Path)), responses((status = 200, body = StatusAnswer)))]
async fn status(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(platform): Path<String>,
) -> Answer<Json<StatusAnswer>> {
    let PlatformStatus {
        id,
        configured,
        connections,
    } = connections::platform_status(&app, &caller, &platform).await?;
    let connections = connections.into_iter().map(Into::into).collect();
    Ok(Json(StatusAnswer {
        platform: id,
        configured,
        connections,
    }))
}

impl From<PlatformView<'_>> for PlatformAnswer {
    fn from(view: PlatformView<'_>) -> Self {
        let manifest = view.manifest;
        let first = manifest.connect.first();
        Self {
            id: manifest.id,
            name: manifest.name,
            summary: manifest.summary,
            roles: view.roles,
            configured: view.configured,
            sandbox: view.sandbox,
            connect: first.map(|method| method.kind),
            connect_fields: first
                .map(|method| method.fields.clone())
                .unwrap_or_default(),
            connect_methods: manifest.connect.iter().map(Into::into).collect(),
            rules: manifest.content.clone(),
            budgets: manifest.budgets.clone(),
            documentation_url: manifest.documentation_url,
            callback_url: view.callback_url.to_string(),
            variables: view.variables,
            setup_steps: manifest.setup_steps.clone(),
            accounts: view.accounts,
        }
    }
}

impl From<&ConnectMethod> for ConnectMethodAnswer {
    fn from(method: &ConnectMethod) -> Self {
        Self {
            kind: method.kind,
            fields: method.fields.clone(),
            scopes: method.scopes.clone(),
        }
    }
}
