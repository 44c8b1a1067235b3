//! Mastodon's errors: one sentence under `error`.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

#[derive(Debug)]
pub struct MastodonError {
    status: StatusCode,
    error: String,
    description: Option<&'static str>,
}

impl MastodonError {
    pub fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self {
            status,
            error: error.into(),
            description: None,
        }
    }

    pub fn invalid(error: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }

    pub fn unauthorized(error: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, error)
    }

    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Record not found")
    }

    /// An error of the token endpoint, as OAuth names them.
    pub fn oauth(status: StatusCode, error: &str, description: &'static str) -> Self {
        Self {
            status,
            error: error.to_owned(),
            description: Some(description),
        }
    }
}

impl IntoResponse for MastodonError {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error });
        if let Some(description) = self.description {
            body["error_description"] = description.into();
        }
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let told = format!(
                "Bearer realm=\"Doorkeeper\", error=\"invalid_token\", error_description=\"{}\"",
                self.error
            );
            if let Ok(value) = told.parse() {
                response
                    .headers_mut()
                    .insert(header::WWW_AUTHENTICATE, value);
            }
        }
        response
    }
}
