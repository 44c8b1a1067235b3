//! What each route needs: said where it is routed, shown in the description, and enforced by what the description says.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::MatchedPath;
use axum::http::Method;
use axum::http::request::Parts;
use fanfare_domain::Action;
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Operation;
use utoipa_axum::router::UtoipaMethodRouter;

use crate::description::{self, operations};
use crate::state::ApiState;

/// Where the description of a call says what it needs.
const EXTENSION: &str = "x-permission";

type Needs = HashMap<(Method, String), Action>;

/// Routes whose callers must be allowed to do `action`.
pub(crate) fn needs(
    action: Action,
    mut routes: UtoipaMethodRouter<ApiState>,
) -> UtoipaMethodRouter<ApiState> {
    for item in routes.1.paths.values_mut() {
        for (_, operation) in operations(item) {
            let said = Extensions::builder().add(EXTENSION, action.as_str());
            operation
                .extensions
                .get_or_insert_default()
                .merge(said.build());
        }
    }
    routes
}

/// What the route that a request has come to needs. None where nobody said it, and then nobody is allowed.
pub(crate) fn needed(parts: &Parts) -> Option<Action> {
    static NEEDS: LazyLock<Needs> = LazyLock::new(|| all_of(&description::openapi()));
    let path = parts.extensions.get::<MatchedPath>()?;
    // What answers GET answers HEAD.
    let method = match &parts.method {
        &Method::HEAD => Method::GET,
        other => other.clone(),
    };
    NEEDS.get(&(method, path.as_str().to_owned())).copied()
}

/// What the description of a call says.
pub(crate) fn said_of(operation: &Operation) -> Option<Action> {
    let said = operation.extensions.as_ref()?.get(EXTENSION);
    said.and_then(Value::as_str).and_then(Action::parse)
}

fn all_of(openapi: &OpenApi) -> Needs {
    let mut needs = Needs::new();
    for (path, item) in &openapi.paths.paths {
        for (method, operation) in operations(&mut item.clone()) {
            if let Some(action) = said_of(operation) {
                needs.insert((method, path.clone()), action);
            }
        }
    }
    needs
}
