//! Every refusal and failure as `application/problem+json` (RFC 9457).
//!
//! Code below answers with a [`Problem`]; its body is written by the frame, which knows the request's id.

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use fanfare_app::{AppError, FieldError, Refusal, RefusalKind};
use fanfare_domain::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What every handler answers: what was asked for, or a problem.
pub(crate) type Answer<T> = Result<T, Problem>;

/// Why a request was not done.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    pub status: StatusCode,
    pub code: ErrorCode,
    pub detail: String,
    pub fields: Vec<FieldError>,
    pub retry_after_seconds: Option<u64>,
    /// For the log only.
    pub cause: Option<String>,
}

/// Why a request was not done.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// Names the kind of problem, as `urn:fanfare:error:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// What this code always means.
    pub title: String,
    pub status: u16,
    /// Stable; see the list of error codes.
    pub code: String,
    /// What happened this time, and what to do.
    pub detail: String,
    /// Quote it when asking for help.
    pub request_id: String,
    /// What is wrong with each field, for bad input.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct FieldProblem {
    /// As it stands in the request: `email`, `media.0.alt`, `schedule.at`.
    pub field: String,
    pub code: String,
    pub detail: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: ErrorCode, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after_seconds: None,
            cause: None,
        }
    }

    /// Something broke; `cause` goes to the log and nowhere else.
    pub(crate) fn broken(cause: impl Into<String>) -> Self {
        let detail = "Something went wrong on our side. Try again; if it stays, tell the \
                      administrator the request id.";
        Self {
            cause: Some(cause.into()),
            ..Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                ErrorCode::Internal,
                detail,
            )
        }
    }

    /// What axum and its layers answer by themselves, in words.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let (code, detail) = match status {
            StatusCode::NOT_FOUND => (ErrorCode::NotFound, "There is nothing at this address."),
            StatusCode::METHOD_NOT_ALLOWED => (
                ErrorCode::MethodNotAllowed,
                "This address does not take that method. `Allow` names those it takes.",
            ),
            StatusCode::PAYLOAD_TOO_LARGE => (
                ErrorCode::PayloadTooLarge,
                "What was sent is larger than is taken here.",
            ),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => (
                ErrorCode::UnsupportedMediaType,
                "What was sent is not of a type that is taken here.",
            ),
            StatusCode::REQUEST_TIMEOUT => (
                ErrorCode::MalformedRequest,
                "The request did not arrive in time. Send it again.",
            ),
            other if other.is_server_error() => {
                return Self {
                    status,
                    ..Self::broken(format!("answered a bare {other}"))
                };
            }
            _ => (
                ErrorCode::MalformedRequest,
                "The request could not be read.",
            ),
        };
        Self::new(status, code, detail)
    }

    /// The whole answer.
    pub(crate) fn render(self, request_id: &str) -> Response {
        let body = ProblemBody {
            kind: format!("urn:fanfare:error:{}", self.code),
            title: self.code.meaning().to_owned(),
            status: self.status.as_u16(),
            code: self.code.to_string(),
            detail: self.detail,
            request_id: request_id.to_owned(),
            errors: self.fields.into_iter().map(Into::into).collect(),
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for Problem {
    /// An answer without a body, which the frame writes.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(refusal) => (*refusal).into(),
            // With the whole chain of causes.
            AppError::Broken(error) => Self::broken(format!("{error:#}")),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let retry_after_seconds = match refusal.kind {
            RefusalKind::TooMany {
                retry_after_seconds,
            } => Some(retry_after_seconds),
            RefusalKind::Unavailable => Some(5),
            RefusalKind::GivenUp => Some(1),
            _ => None,
        };
        Self {
            fields: refusal.fields,
            retry_after_seconds,
            cause: refusal.log,
            ..Self::new(status(refusal.kind), refusal.code, refusal.detail)
        }
    }
}

fn status(kind: RefusalKind) -> StatusCode {
    match kind {
        RefusalKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        RefusalKind::NotAuthenticated => StatusCode::UNAUTHORIZED,
        RefusalKind::Forbidden => StatusCode::FORBIDDEN,
        RefusalKind::NotFound => StatusCode::NOT_FOUND,
        RefusalKind::Conflict => StatusCode::CONFLICT,
        RefusalKind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        RefusalKind::UnsupportedType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        RefusalKind::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        RefusalKind::Unavailable | RefusalKind::GivenUp => StatusCode::SERVICE_UNAVAILABLE,
        // Not 502: nothing of ours is broken, and proxies in front like to replace a gateway error's body with a page of theirs.
        RefusalKind::Platform => StatusCode::FAILED_DEPENDENCY,
    }
}

impl From<FieldError> for FieldProblem {
    fn from(error: FieldError) -> Self {
        Self {
            field: error.field,
            code: error.code.to_string(),
            detail: error.detail,
        }
    }
}
