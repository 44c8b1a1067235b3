//! The API described by OpenAPI 3.1: what the routes say of themselves, and what is true of all of them.

mod messages;
mod webhooks;

use std::collections::BTreeMap;

use axum::http::Method;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    ComponentsBuilder, ContentBuilder, InfoBuilder, ObjectBuilder, OpenApi, OpenApiBuilder,
    PathItem, Ref, RefOr, Required, ResponseBuilder, Type,
};
use utoipa::{PartialSchema, ToSchema};

use crate::examples;
use crate::idempotency::MADE_BY_STRANGERS;
use crate::permission::{Need, said_of};
use crate::problem::{FieldProblem, ProblemBody};
use crate::routes;

const SESSION: &str = "session";
const ACCESS_TOKEN: &str = "access_token";
const API_KEY: &str = "api_key";
const IDEMPOTENCY_KEY: &str = "Chosen by the caller; a request repeated under the same key within a day is answered, not done again.";

/// The description, as `/openapi.json` shows it.
#[must_use]
pub fn openapi() -> OpenApi {
    let mut openapi = frame();
    openapi.merge(routes::described().into_openapi());
    for (path, item) in &mut openapi.paths.paths {
        for (method, operation) in operations(item) {
            add_what_all_have(operation);
            if method == Method::POST && takes_key(path, operation) {
                let parameters = operation.parameters.get_or_insert_default();
                parameters.push(header("Idempotency-Key", IDEMPOTENCY_KEY));
            }
        }
    }
    tell_apart(&mut openapi);
    examples::add(&mut openapi);
    webhooks::add(&mut openapi);
    openapi
}

/// Adds the area to the ids that several areas use, such as `list`: generators of clients need each id once.
fn tell_apart(openapi: &mut OpenApi) {
    let paths = &mut openapi.paths.paths;
    let mut uses = BTreeMap::<String, usize>::new();
    for (_, operation) in paths.values_mut().flat_map(operations) {
        *uses
            .entry(operation.operation_id.clone().unwrap_or_default())
            .or_default() += 1;
    }
    for (path, item) in paths.iter_mut() {
        let area = path.trim_start_matches("/api/").split('/').next();
        for (_, operation) in operations(item) {
            if let (Some(id), Some(area)) = (&mut operation.operation_id, area)
                && uses[id.as_str()] > 1
            {
                *id = format!("{id}_{area}");
            }
        }
    }
}

fn frame() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Fanfare")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Compose once, publish everywhere. Errors are problem documents (RFC 9457) with stable codes; lists come in pages; \
             a POST with an `Idempotency-Key` is done once.",
        ));
    let session = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
        "fanfare_session",
        "Set by signing in; called `__Host-fanfare_session` where the installation is reached by https.",
    )));
    let access_token = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "A device's access token, `ffa_…`, from `POST /api/auth/token`. It stands for a session: it acts as its person.",
        ));
    let key = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some(
            "An API key, `ff_…`. It acts in its own workspace, with the scopes it was given, and never beyond the role of whoever made \
             it.",
        ));
    let components = ComponentsBuilder::new()
        .security_scheme(SESSION, session)
        .security_scheme(ACCESS_TOKEN, SecurityScheme::Http(access_token.build()))
        .security_scheme(API_KEY, SecurityScheme::Http(key.build()))
        .schema(ProblemBody::name(), ProblemBody::schema())
        .schema(FieldProblem::name(), FieldProblem::schema());
    OpenApiBuilder::new()
        .info(info)
        .components(Some(components.build()))
        .build()
}

/// What is done at an address, by method.
pub(crate) fn operations(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let PathItem {
        get,
        put,
        post,
        patch,
        delete,
        ..
    } = item;
    let all = [
        (Method::GET, get),
        (Method::PUT, put),
        (Method::POST, post),
        (Method::PATCH, patch),
        (Method::DELETE, delete),
    ];
    all.into_iter()
        .filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}

/// OpenAPI wants words for every answer, though status and shape say it all.
fn meaning(status: &str) -> &'static str {
    match status {
        "201" => "It was made.",
        "204" => "It is done.",
        "206" => "The part that was asked for.",
        "303" => "Onward to a page of the interface.",
        "304" => "It is as you know it.",
        _ => "What was asked for.",
    }
}

fn add_what_all_have(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            meaning(status).clone_into(&mut response.description);
        }
    }
    let problem = ResponseBuilder::new()
        .description("Why it was not done.")
        .content(
            "application/problem+json",
            ContentBuilder::new()
                .schema(Some(Ref::from_schema_name(ProblemBody::name())))
                .build(),
        )
        .build();
    operation
        .responses
        .responses
        .insert("default".to_owned(), problem.into());
    let is_open = operation.security.is_some();
    if is_open {
        return;
    }
    operation.security = Some(ways_in(operation));
    let is_about_a_person = said_of(operation) == Some(Need::Person);
    let parameters = operation.parameters.get_or_insert_default();
    if !is_about_a_person {
        parameters.push(header(
            "Fanfare-Workspace",
            "The workspace to act in; without it, the one used last. A key acts in its own only.",
        ));
    }
}

/// What strangers send says nothing of who they are, so it takes a key only where it makes something.
fn takes_key(path: &str, operation: &Operation) -> bool {
    said_of(operation).is_some() || MADE_BY_STRANGERS.contains(&path)
}

/// A session of a browser or device, or else a key with the scope that the route needs; what is about a person, no key does.
fn ways_in(operation: &Operation) -> Vec<SecurityRequirement> {
    let without_scopes = |way| SecurityRequirement::new::<_, [&str; 0], &str>(way, []);
    let key = match said_of(operation) {
        Some(Need::Action(action)) if action.rule().for_keys => {
            Some(SecurityRequirement::new(API_KEY, [action.as_str()]))
        }
        _ => None,
    };
    let sessions = [SESSION, ACCESS_TOKEN].map(without_scopes);
    sessions.into_iter().chain(key).collect()
}

fn header(name: &str, description: &str) -> RefOr<Parameter> {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build();
    parameter.into()
}
