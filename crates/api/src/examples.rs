//! What bodies look like: an example for each call that takes JSON, shown with its description and on the page `/docs`.

use std::collections::BTreeMap;

use axum::http::Method;
use serde_json::Value;
use utoipa::openapi::{OpenApi, RefOr};

use crate::description::operations;

/// By method and path, as `POST /api/posts`.
const EXAMPLES: &str = include_str!("examples.json");

/// Puts the examples where they belong.
///
/// # Panics
/// When one belongs nowhere, which a test notices first.
pub(crate) fn add(openapi: &mut OpenApi) {
    let mut examples: BTreeMap<String, Value> =
        serde_json::from_str(EXAMPLES).expect("the examples are JSON");
    if cfg!(not(feature = "passkeys")) {
        examples.retain(|call, _| !call.contains("/api/auth/passkeys"));
    }
    for (path, item) in &mut openapi.paths.paths {
        for (method, operation) in operations(item) {
            let name = name(&method, path);
            if let Some(RefOr::T(body)) = &mut operation.request_body
                && let Some(RefOr::T(json)) = body.content.get_mut("application/json")
            {
                json.example = examples.remove(&name);
            }
        }
    }
    assert!(examples.is_empty(), "no call takes these: {examples:?}");
}

fn name(method: &Method, path: &str) -> String {
    format!("{method} {path}")
}
