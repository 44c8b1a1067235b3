//! `/api/auth/sessions`: where a person is signed in.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::accounts::{self, ListedSession};
use fanfare_domain::SessionId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::for_person;
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(for_person(routes!(list, revoke_others)))
        .routes(for_person(routes!(revoke)))
}

/// A browser or device that a person is signed in at.
#[derive(Serialize, ToSchema)]
#[schema(as = Session)]
struct SessionAnswer {
    id: String,
    #[schema(schema_with = words::session_kinds)]
    kind: &'static str,
    /// Browser and system, such as `Firefox, Windows`, or what the device is called. Empty when the browser says nothing of itself.
    name: String,
    /// Where it was used last, as far as it is noted.
    ip: String,
    /// The one that asks.
    is_current: bool,
    created_at: Timestamp,
    /// As far as it is noted: up to an hour late.
    last_used_at: Timestamp,
    /// Unless it is used before.
    expires_at: Timestamp,
}

/// How many sessions ended.
#[derive(Serialize, ToSchema)]
struct SessionsEnded {
    ended: u64,
}

/// List one's sessions
///
/// The one used last first.
#[utoipa::path(get, path = "/api/auth/sessions", tag = "Accounts", operation_id = "list_sessions", params(Page), responses((status = 200, body = List<SessionAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Params(page): Params<Page>,
) -> Answer<Json<List<SessionAnswer>>> {
    let limit = page.limit()?;
    let own = accounts::list_sessions(&app, &person, page.after()?, limit + 1).await?;
    let views = own.into_iter().map(Into::into).collect();
    Ok(List::page(views, limit, |one: &SessionAnswer| {
        format!("{}.{}", one.last_used_at.as_millisecond(), one.id)
    }))
}

/// Sign out everywhere else
#[utoipa::path(delete, path = "/api/auth/sessions", tag = "Accounts", operation_id = "revoke_other_sessions", responses((status = 200, body = SessionsEnded)))]
async fn revoke_others(
    State(app): State<Arc<App>>,
    Person(person): Person,
) -> Answer<Json<SessionsEnded>> {
    let ended = accounts::revoke_other_sessions(&app, &person).await?;
    Ok(Json(SessionsEnded { ended }))
}

/// Sign out one browser or device
#[utoipa::path(delete, path = "/api/auth/sessions/{id}", tag = "Accounts", operation_id = "revoke_session", params(("id" = String, Path)), responses((status = 204)))]
async fn revoke(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Id(id): Id<SessionId>,
) -> Answer<StatusCode> {
    accounts::revoke_session(&app, &person, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<ListedSession> for SessionAnswer {
    fn from(listed: ListedSession) -> Self {
        let session = listed.session;
        Self {
            id: session.id.to_string(),
            kind: words::session_kind(session.device_name.is_some()),
            name: listed.name,
            ip: session.ip,
            is_current: listed.is_current,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
        }
    }
}
