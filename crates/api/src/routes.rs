//! Which address is answered by what, and what a request passes on its way there.

mod account;
mod admin;
pub(crate) mod api_keys;
mod audit;
pub(crate) mod auth;
mod avatars;
mod best_times;
mod calendar;
pub(crate) mod channel_groups;
mod channels;
mod connections;
pub(crate) mod content_templates;
mod deliveries;
mod device_tokens;
pub(crate) mod exports;
mod first_run;
pub(crate) mod hashtag_groups;
mod hooks;
pub(crate) mod invitations;
mod live;
pub(crate) mod media;
mod members;
mod notifications;
mod pages;
pub(crate) mod platforms;
pub(crate) mod posts;
mod queue;
mod repeat;
mod retention;
pub(crate) mod saved_filters;
mod sessions;
mod unsubscribe;
mod webhook_events;
pub(crate) mod webhooks;
pub(crate) mod workspaces;

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{any, get};
use fanfare_app::App;
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{And, DefaultPredicate, NotForContentType, Predicate};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::timeout::{RequestBodyTimeoutLayer, TimeoutLayer};
use utoipa_axum::router::OpenApiRouter;

use crate::problem::Problem;
use crate::state::{ApiSettings, ApiState};
use crate::{api_key, cross_site, description, frame, health, idempotency, metrics};

/// Bodies larger than this are refused, except where files are taken.
const LARGEST_BODY: usize = 1024 * 1024;
/// A request that is not answered by then is given up.
const PATIENCE: Duration = Duration::from_secs(60);
/// A file may take as long as it needs, but something of it must arrive this often.
const PATIENCE_WITH_FILES: Duration = Duration::from_secs(60);

/// What machines ask for: a page of the interface would look to them as if all were well.
const NOT_OF_THE_INTERFACE: &[&str] = &[
    "/api",
    "/api/",
    "/api/{*rest}",
    "/hooks",
    "/hooks/",
    "/hooks/{platform}/{*rest}",
    "/health/{*rest}",
];

/// Everything a server answers. `interface` is asked for whatever else is asked for.
pub fn router(app: Arc<App>, settings: ApiSettings, interface: Router) -> Router {
    let state = ApiState {
        app,
        settings: Arc::new(settings),
    };
    let (api, _) = asked().split_for_parts();
    let (hooks, _) = told().split_for_parts();
    let api = NOT_OF_THE_INTERFACE
        .iter()
        .fold(api, |api, path| api.route(path, any(nothing)))
        .layer(from_fn_with_state(state.clone(), idempotency::once))
        .layer(from_fn_with_state(state.clone(), cross_site::refuse))
        .layer(from_fn_with_state(state.clone(), api_key::admit));
    Router::new()
        .merge(api)
        .merge(hooks)
        .route("/openapi.json", get(show_description))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(metrics::page))
        .fallback_service(interface)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(frame::panicked))
        .layer(compression())
        .layer(from_fn_with_state(state.clone(), frame::frame))
        .with_state(state)
}

/// All routes with their descriptions.
pub(crate) fn described() -> OpenApiRouter<ApiState> {
    asked().merge(told())
}

/// Where platforms tell us things, by the thousand: they have neither session nor key, and what they send is known by its signature.
fn told() -> OpenApiRouter<ApiState> {
    hooks::router().layer(TimeoutLayer::with_status_code(
        StatusCode::SERVICE_UNAVAILABLE,
        PATIENCE,
    ))
}

/// What people and programs ask.
fn asked() -> OpenApiRouter<ApiState> {
    let ordinary = OpenApiRouter::default()
        .merge(auth::router())
        .merge(account::router())
        .merge(admin::router())
        .merge(device_tokens::router())
        .merge(sessions::router())
        .merge(workspaces::router())
        .merge(members::router())
        .merge(invitations::router())
        .merge(api_keys::router())
        .merge(audit::router())
        .merge(retention::router())
        .merge(exports::router())
        .merge(first_run::router())
        .merge(pages::router())
        .merge(platforms::router())
        .merge(connections::router())
        .merge(channels::router())
        .merge(avatars::router())
        .merge(channel_groups::router())
        .merge(posts::router())
        .merge(content_templates::router())
        .merge(hashtag_groups::router())
        .merge(repeat::router())
        .merge(queue::router())
        .merge(best_times::router())
        .merge(calendar::router())
        .merge(live::router())
        .merge(deliveries::router())
        .merge(saved_filters::router())
        .merge(notifications::router())
        .merge(unsubscribe::router())
        .merge(webhook_events::router())
        .merge(webhooks::router())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            PATIENCE,
        ));
    let with_files = media::router().layer(
        ServiceBuilder::new()
            .layer(RequestBodyTimeoutLayer::new(PATIENCE_WITH_FILES))
            .map_request(|request: Request<_>| request.map(Body::new)),
    );
    ordinary.merge(with_files)
}

/// Pictures and videos are as small as they get, and a video's length must stay known for playing from anywhere.
fn compression() -> CompressionLayer<And<DefaultPredicate, NotForContentType>> {
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(NotForContentType::const_new("video/")))
}

async fn nothing() -> Problem {
    Problem::of_status(StatusCode::NOT_FOUND)
}

async fn show_description() -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        description::openapi()
            .to_json()
            .expect("a description is made of what JSON can say")
    });
    ([(CONTENT_TYPE, "application/json")], TEXT.as_str())
}
