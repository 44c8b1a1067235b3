//! `/api/audit`.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use fanfare_app::audit::{self, Acted, AuditFilter, Chain, Chained, Fault, Format, Verdict};
use fanfare_app::{App, AppError};
use fanfare_domain::{Action, ErrorCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::instant::instant;
use crate::page::{List, Page};
use crate::params::Params;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(crate) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(needs(Action::AuditRead, routes!(list)))
        .routes(needs(Action::AuditRead, routes!(export)))
        .routes(needs(Action::AuditRead, routes!(verify)))
}

/// Which events are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AuditQuery {
    /// Only what this person did, or `fanfare` for what Fanfare did by itself.
    actor: Option<String>,
    /// Only this action, such as `post.scheduled`, or all of an area, such as `post`.
    action: Option<String>,
    /// Only what was done to things of this kind, such as `connection`.
    subject_kind: Option<String>,
    /// Only what was done to this thing.
    subject_id: Option<String>,
    /// Only what happened at this time or later.
    #[serde(default, deserialize_with = "instant")]
    from: Option<Timestamp>,
    /// Only what happened before this time.
    #[serde(default, deserialize_with = "instant")]
    to: Option<Timestamp>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// Which events go into the file, and what it is.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ExportQuery {
    /// `csv` when absent.
    #[param(inline)]
    format: Option<ExportFormat>,
    /// As for the list.
    actor: Option<String>,
    /// As for the list.
    action: Option<String>,
    /// As for the list.
    subject_kind: Option<String>,
    /// As for the list.
    subject_id: Option<String>,
    /// As for the list.
    #[serde(default, deserialize_with = "instant")]
    from: Option<Timestamp>,
    /// As for the list.
    #[serde(default, deserialize_with = "instant")]
    to: Option<Timestamp>,
}

/// For spreadsheets (`csv`) or programs (`json`).
#[derive(Deserialize, ToSchema, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(super) enum ExportFormat {
    Csv,
    Json,
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditEvent)]
pub(super) struct EventAnswer {
    id: String,
    at: Timestamp,
    actor: ActorAnswer,
    /// Such as `post.scheduled` or `connection.revoked`.
    action: String,
    /// What kind of thing it was done to.
    subject_kind: String,
    subject_id: String,
    /// The post it belongs to, if any.
    #[schema(required)]
    post_id: Option<String>,
    /// More about it, as the action has it; empty once it was erased.
    #[schema(value_type = Object)]
    detail: Value,
    /// When what it told about a person was erased.
    #[schema(required)]
    erased_at: Option<Timestamp>,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditActor)]
struct ActorAnswer {
    /// Absent when Fanfare did it by itself.
    #[schema(required)]
    id: Option<String>,
    /// The person's name at that time, with the API key they used; empty once it was erased.
    name: String,
}

/// Whether the audit log is as it was written.
#[derive(Serialize, ToSchema)]
pub(super) struct AuditVerdict {
    intact: bool,
    /// How many events were looked at.
    events: u64,
    /// How many events there are from before the log was chained, of which nothing can be said.
    older: u64,
    /// Of how many events only that they happened is left, because they told of people whose accounts are deleted.
    erased: u64,
    /// The first hundred.
    problems: Vec<AuditProblem>,
}

/// One thing that is wrong with the audit log.
#[derive(Serialize, ToSchema)]
struct AuditProblem {
    /// The event, where there is one.
    #[schema(required)]
    id: Option<String>,
    /// `changed`, `missing` or `reordered`.
    kind: &'static str,
    detail: String,
}

/// A file with the events.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only described")]
pub(super) struct AuditFile(Vec<u8>);

/// List what happened
///
/// The newest first: who did what to which thing, and when.
#[utoipa::path(get, path = "/api/audit", tag = "Audit log", operation_id = "list_audit_events", params(AuditQuery), responses((status = 200, body = List<EventAnswer>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<AuditQuery>,
) -> Answer<Json<List<EventAnswer>>> {
    let (filter, page) = query.read()?;
    let limit = page.limit()?;
    let found =
        audit::list_events(&app, caller.workspace, &filter, page.after()?, limit + 1).await?;
    Ok(events(found, limit))
}

/// A page of events.
pub(super) fn events(found: Vec<Chained>, limit: u32) -> Json<List<EventAnswer>> {
    let items = found.into_iter().map(Into::into).collect();
    List::page(items, limit, |event: &EventAnswer| event.id.clone())
}

impl AuditQuery {
    pub(super) fn read(self) -> Answer<(AuditFilter, Page)> {
        let page = Page {
            cursor: self.cursor,
            limit: self.limit,
        };
        let filter = AuditFilter {
            actor: actor(self.actor.as_deref())?,
            action: self.action,
            subject_kind: self.subject_kind,
            subject_id: self.subject_id,
            from: self.from,
            to: self.to,
        };
        Ok((filter, page))
    }
}

/// Take the audit log along
///
/// All events that the filters leave, the newest first, with their places in the chain and their hashes.
#[utoipa::path(get, path = "/api/audit/export", tag = "Audit log", operation_id = "export_audit_events", params(ExportQuery), responses((status = 200, content((AuditFile = "text/csv"), (AuditFile = "application/json")))))]
async fn export(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<ExportQuery>,
) -> Answer<Response> {
    let chain = Chain::Workspace(caller.workspace);
    as_file(app, chain, "audit-log", query)
}

/// The log as a file of that name, with the day.
pub(super) fn as_file(
    app: Arc<App>,
    chain: Chain,
    name: &str,
    query: ExportQuery,
) -> Answer<Response> {
    let filter = AuditFilter {
        actor: actor(query.actor.as_deref())?,
        action: query.action,
        subject_kind: query.subject_kind,
        subject_id: query.subject_id,
        from: query.from,
        to: query.to,
    };
    let (format, ending, kind) = match query.format {
        None | Some(ExportFormat::Csv) => (Format::Csv, "csv", "text/csv; charset=utf-8"),
        Some(ExportFormat::Json) => (Format::Json, "json", "application/json"),
    };
    let day = app.now().strftime("%Y-%m-%d");
    let disposition = format!("attachment; filename=\"{name}-{day}.{ending}\"");
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (
            CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).expect("a date is plain text"),
        ),
    ];
    let events = audit::export(app, chain, filter, format);
    Ok((headers, Body::from_stream(events)).into_response())
}

/// Verify the audit log
///
/// Walks along the whole chain and says whether an event was changed, is missing, or was moved.
#[utoipa::path(get, path = "/api/audit/verify", tag = "Audit log", operation_id = "verify_audit_log", responses((status = 200, body = AuditVerdict)))]
async fn verify(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
) -> Answer<Json<AuditVerdict>> {
    Ok(Json(audit::verify(&app, &caller).await?.into()))
}

fn actor(given: Option<&str>) -> Answer<Option<Acted>> {
    match given {
        None | Some("") => Ok(None),
        Some("fanfare") => Ok(Some(Acted::Fanfare)),
        Some(id) => id.parse().map(|id| Some(Acted::Person(id))).map_err(|_| {
            let detail = "Give a person's id, or fanfare for what Fanfare did by itself.";
            AppError::invalid_field("actor", ErrorCode::NotAllowed, detail).into()
        }),
    }
}

impl From<Chained> for EventAnswer {
    fn from(chained: Chained) -> Self {
        let event = chained.event;
        Self {
            id: event.id.to_string(),
            at: event.at,
            actor: ActorAnswer {
                id: event.actor.id.map(|id| id.to_string()),
                name: event.actor.name,
            },
            action: event.action,
            subject_kind: event.subject_kind,
            subject_id: event.subject_id,
            post_id: event.post_id.map(|id| id.to_string()),
            detail: event.detail,
            erased_at: chained.erased_at,
        }
    }
}

impl From<Verdict> for AuditVerdict {
    fn from(verdict: Verdict) -> Self {
        Self {
            intact: verdict.is_intact(),
            events: verdict.events,
            older: verdict.older,
            erased: verdict.erased,
            problems: verdict.faults.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Fault> for AuditProblem {
    fn from(fault: Fault) -> Self {
        Self {
            id: fault.id,
            kind: fault.kind.as_str(),
            detail: fault.detail,
        }
    }
}
