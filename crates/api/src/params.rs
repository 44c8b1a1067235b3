//! What stands after the `?`.

use std::borrow::Cow;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use fanfare_app::AppError;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use crate::input::field_error;
use crate::nul::nul_in;
use crate::problem::Problem;
use crate::state::ApiState;

/// Programs and forms send these even when they have nothing to put in them, which means the same as to leave them out.
const ABSENT_WHEN_EMPTY: [&str; 4] = ["cursor", "limit", "from", "to"];

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
        let said = without_empty(query);
        let pairs = serde_urlencoded::Deserializer::new(form_pairs(&said));
        serde_path_to_error::deserialize(pairs)
            .map(Self)
            .map_err(|error| {
                let path = error.path().to_string();
                let wrong = field_error(&path, &error.into_inner().to_string());
                AppError::invalid(vec![wrong]).into()
            })
    }
}

fn without_empty(query: &str) -> String {
    let is_said = |(name, value): &(Cow<'_, str>, Cow<'_, str>)| {
        !(value.is_empty() && ABSENT_WHEN_EMPTY.contains(&name.as_ref()))
    };
    let mut said = form_urlencoded::Serializer::new(String::new());
    said.extend_pairs(form_pairs(query).filter(is_said));
    said.finish()
}

fn form_pairs(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_bound_is_none_and_an_empty_word_stays() {
        let said = without_empty("status=failed&cursor=&from=&to=&limit=&q=&kind=a%20b&to=1");
        assert_eq!(said, "status=failed&q=&kind=a+b&to=1");
    }
}
