//! What each route needs: said where it is routed, shown in the description, and enforced by what the description says.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::MatchedPath;
use axum::http::Method;
use axum::http::request::Parts;
use fanfare_domain::Action;
use utoipa::openapi::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Operation;
use utoipa_axum::router::UtoipaMethodRouter;

use crate::description::{self, operations};
use crate::state::ApiState;

/// Where the description of a call says what it needs.
const EXTENSION: &str = "x-permission";
/// What it says where a person does something with what is their own.
const SELF: &str = "self";

/// What a route asks of its callers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// To be allowed to do it in the workspace they act in.
    Action(Action),
    /// To be a person who has signed in; it is about them, not about a workspace.
    Person,
}

type Needs = HashMap<(Method, String), Need>;

/// Routes whose callers must be allowed to do `action`.
pub(crate) fn needs(
    action: Action,
    routes: UtoipaMethodRouter<ApiState>,
) -> UtoipaMethodRouter<ApiState> {
    say(action.as_str(), routes)
}

/// Routes for whoever has signed in, about themselves: their account, and the workspaces they make, join and leave.
pub(crate) fn for_person(routes: UtoipaMethodRouter<ApiState>) -> UtoipaMethodRouter<ApiState> {
    say(SELF, routes)
}

fn say(need: &str, mut routes: UtoipaMethodRouter<ApiState>) -> UtoipaMethodRouter<ApiState> {
    for item in routes.1.paths.values_mut() {
        for (_, operation) in operations(item) {
            let said = Extensions::builder().add(EXTENSION, need);
            operation
                .extensions
                .get_or_insert_default()
                .merge(said.build());
        }
    }
    routes
}

/// What the route that a request has come to needs. None where nobody said it, and then nobody is allowed.
pub(crate) fn needed(parts: &Parts) -> Option<Need> {
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
pub(crate) fn said_of(operation: &Operation) -> Option<Need> {
    match operation.extensions.as_ref()?.get(EXTENSION)?.as_str()? {
        SELF => Some(Need::Person),
        action => Action::parse(action).map(Need::Action),
    }
}

fn all_of(openapi: &OpenApi) -> Needs {
    let mut needs = Needs::new();
    for (path, item) in &openapi.paths.paths {
        for (method, operation) in operations(&mut item.clone()) {
            if let Some(need) = said_of(operation) {
                needs.insert((method, path.clone()), need);
            }
        }
    }
    needs
}
