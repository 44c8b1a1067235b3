//! What stands after the `?`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fanfare_app::AppError;
use serde::de::DeserializeOwned;

use crate::input::field_error;
use crate::nul::nul_in;
use crate::problem::Problem;
use crate::state::ApiState;

/// The query, read into `T`. Types say `deny_unknown_fields`, so that a misspelt filter is not taken for none.
pub(crate) struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<ApiState> for Params<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let unfit: Vec<_> = form_pairs(query)
            .filter_map(|(name, value)| nul_in(&name, &value))
            .collect();
        if !unfit.is_empty() {
            return Err(AppError::invalid(unfit).into());
        }
        let pairs = serde_urlencoded::Deserializer::new(form_pairs(query));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| {
                let path = error.path().to_string();
                let wrong = field_error(&path, &error.into_inner().to_string());
                AppError::invalid(vec![wrong]).into()
            })
    }
}

fn form_pairs(query: &str) -> url::form_urlencoded::Parse<'_> {
    url::form_urlencoded::parse(query.as_bytes())
}
