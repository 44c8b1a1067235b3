//! The Graph API's error envelope and the errors that the sandbox gives, with the documented codes.

use axum::Json;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::Platform;
use crate::tokens::{BadToken, random_text};

/// One Graph error; HTTP status 400 unless it is the platform's own trouble.
#[derive(Debug, Clone)]
pub struct GraphError {
    pub code: i64,
    pub subcode: Option<i64>,
    pub message: String,
    /// What may be shown to people: a title and a sentence.
    pub user: Option<(&'static str, String)>,
    pub transient: bool,
    pub kind: &'static str,
    pub status: StatusCode,
}

impl GraphError {
    /// Marks an error of api.instagram.com's token endpoint, which has an envelope of its own.
    pub const INSTAGRAM_OAUTH: &str = "instagram_oauth";

    pub fn new(code: i64, message: impl Into<String>) -> Self {
        Self {
            code,
            subcode: None,
            message: message.into(),
            user: None,
            transient: false,
            kind: "OAuthException",
            status: StatusCode::BAD_REQUEST,
        }
    }

    #[must_use]
    pub fn sub(self, subcode: i64) -> Self {
        Self {
            subcode: Some(subcode),
            ..self
        }
    }

    #[must_use]
    pub fn tell(self, title: &'static str, message: impl Into<String>) -> Self {
        Self {
            user: Some((title, message.into())),
            ..self
        }
    }

    pub fn parameter(message: impl Into<String>) -> Self {
        Self::new(100, format!("(#100) {}", message.into()))
    }

    pub fn missing(method: &Method, id: &str) -> Self {
        let method = method.as_str().to_lowercase();
        let message = format!(
            "Unsupported {method} request. Object with ID '{id}' does not exist, cannot be loaded due to missing \
             permissions, or does not support this operation. Please read the Graph API documentation at \
             https://developers.facebook.com/docs/graph-api"
        );
        Self {
            kind: "GraphMethodException",
            ..Self::new(100, message).sub(33)
        }
    }

    pub fn unsupported(method: &Method) -> Self {
        let method = method.as_str().to_lowercase();
        Self {
            kind: "GraphMethodException",
            ..Self::new(100, format!("Unsupported {method} request."))
        }
    }

    pub fn permission(message: impl Into<String>) -> Self {
        Self::new(200, format!("(#200) {}", message.into()))
    }

    pub fn no_capability() -> Self {
        Self::new(
            10,
            "(#10) Application does not have permission for this action",
        )
    }

    pub fn token(bad: BadToken) -> Self {
        match bad {
            BadToken::Unknown => Self::new(
                190,
                "Invalid OAuth access token - Cannot parse access token",
            ),
            BadToken::Expired => Self::token_expired(),
            BadToken::Revoked => Self::token_revoked(),
        }
    }

    pub fn token_expired() -> Self {
        let now = jiff::Timestamp::now().strftime("%A, %d-%b-%y %H:%M:%S UTC");
        let message = format!(
            "Error validating access token: Session has expired. The current time is {now}."
        );
        Self::new(190, message).sub(463)
    }

    pub fn token_revoked() -> Self {
        Self::new(
            190,
            "Error validating access token: The user has not authorized application or has removed it.",
        )
        .sub(458)
    }

    pub fn unavailable() -> Self {
        Self {
            transient: true,
            status: StatusCode::INTERNAL_SERVER_ERROR,
            ..Self::new(
                2,
                "An unexpected error has occurred. Please retry your request later.",
            )
        }
    }

    pub fn photo_rejected() -> Self {
        Self::new(324, "(#324) Missing or invalid image file").sub(1366046).tell(
            "Can't Read Files",
            "Your photos couldn't be uploaded. Photos should be smaller than 4 MB and saved as JPG, PNG, GIF, TIFF, HEIF or WebP files.",
        )
    }

    pub fn instagram_format() -> Self {
        Self::new(36001, "The image format is not supported.")
            .sub(2207005)
            .tell(
                "Image format not supported",
                "The image format is not supported. Please check spec for supported format: JPEG.",
            )
    }

    /// Instagram's own host names another type.
    #[must_use]
    pub fn for_base(self, base: Platform) -> Self {
        let own = base == Platform::Instagram && self.kind == "GraphMethodException";
        if own {
            Self {
                kind: "IGApiException",
                ..self
            }
        } else {
            self
        }
    }

    fn body(&self) -> Value {
        if self.kind == Self::INSTAGRAM_OAUTH {
            return json!({"error_type": "OAuthException", "code": self.code, "error_message": self.message});
        }
        let mut error = json!({"message": self.message, "type": self.kind, "code": self.code});
        if let Some(subcode) = self.subcode {
            error["error_subcode"] = subcode.into();
        }
        if let Some((title, message)) = &self.user {
            error["error_user_title"] = (*title).into();
            error["error_user_msg"] = message.as_str().into();
        }
        if self.transient || self.user.is_some() {
            error["is_transient"] = self.transient.into();
        }
        error["fbtrace_id"] = random_text("A", 22).into();
        json!({ "error": error })
    }
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        if self.code == 190 {
            let told = format!(
                "OAuth \"Facebook Platform\" \"invalid_token\" \"{}\"",
                self.message
            );
            if let Ok(value) = told.parse() {
                response.headers_mut().insert("www-authenticate", value);
            }
        }
        response
    }
}
