//! Google's errors: one envelope for the API, another one for tokens.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

#[derive(Debug)]
pub struct GoogleError {
    status: u16,
    body: Value,
    /// In seconds.
    retry_after: Option<u64>,
    content_range: Option<String>,
}

impl GoogleError {
    /// An error of the API.
    pub fn new(status: u16, reason: &str, message: &str) -> Self {
        Self::of(&json!({
            "code": status, "message": message,
            "errors": [{ "message": message, "domain": domain(reason), "reason": reason }],
        }))
    }

    fn of(error: &Value) -> Self {
        Self {
            status: error["code"]
                .as_u64()
                .and_then(|code| code.try_into().ok())
                .unwrap_or(500),
            body: json!({ "error": error }),
            retry_after: None,
            content_range: None,
        }
    }

    /// Names the parameter that the error is about.
    pub fn about(mut self, parameter: &str) -> Self {
        let first = &mut self.body["error"]["errors"][0];
        first["location"] = parameter.into();
        first["locationType"] = "parameter".into();
        self
    }

    pub fn invalid(parameter: &str) -> Self {
        Self::new(400, "invalid", "Invalid Value").about(parameter)
    }

    pub fn file_not_found(id: &str) -> Self {
        Self::new(404, "notFound", &format!("File not found: {id}.")).about("fileId")
    }

    pub fn not_downloadable() -> Self {
        let message =
            "Only files with binary content can be downloaded. Use Export with Docs Editors files.";
        Self::new(403, "fileNotDownloadable", message).about("alt")
    }

    pub fn range_not_satisfiable(whole: usize) -> Self {
        Self {
            content_range: Some(format!("bytes */{whole}")),
            ..Self::new(
                416,
                "requestedRangeNotSatisfiable",
                "Request range not satisfiable",
            )
        }
    }

    /// No token, or none that opens anything.
    pub fn credentials() -> Self {
        let message = "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid \
                       authentication credential.";
        Self::of(&json!({
            "code": 401, "message": message, "status": "UNAUTHENTICATED",
            "errors": [{
                "message": "Invalid Credentials", "domain": "global", "reason": "authError",
                "location": "Authorization", "locationType": "header",
            }],
        }))
    }

    pub fn scope_missing() -> Self {
        Self::of(&json!({
            "code": 403, "message": "Request had insufficient authentication scopes.", "status": "PERMISSION_DENIED",
            "errors": [{ "message": "Insufficient Permission", "domain": "global", "reason": "insufficientPermissions" }],
            "details": [{
                "@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
            }],
        }))
    }

    /// `wait` is in milliseconds; Google seldom says it.
    pub fn rate_limit(wait: Option<u64>) -> Self {
        Self {
            retry_after: wait.map(|millis| millis.div_ceil(1_000)),
            ..Self::new(403, "userRateLimitExceeded", "User Rate Limit Exceeded")
        }
    }

    pub fn backend() -> Self {
        Self::new(503, "backendError", "Backend Error")
    }

    /// An error of the token endpoint, as OAuth names them.
    pub fn oauth(status: u16, error: &str, description: &str) -> Self {
        Self {
            status,
            body: json!({ "error": error, "error_description": description }),
            retry_after: None,
            content_range: None,
        }
    }

    /// What renewed the access does so no more.
    pub fn grant_over() -> Self {
        Self::oauth(400, "invalid_grant", "Token has been expired or revoked.")
    }
}

fn domain(reason: &str) -> &'static str {
    if reason.ends_with("LimitExceeded") {
        "usageLimits"
    } else {
        "global"
    }
}

impl IntoResponse for GoogleError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.body)).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        let range = self.content_range.map(HeaderValue::try_from);
        if let Some(Ok(range)) = range {
            headers.insert(header::CONTENT_RANGE, range);
        }
        response
    }
}
