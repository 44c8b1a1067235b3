//! Holds answers against the API's description, so that it cannot lie.

use std::sync::LazyLock;

use reqwest::{Method, StatusCode};
use serde_json::{Map, Value};

static DESCRIPTION: LazyLock<Value> =
    LazyLock::new(|| serde_json::to_value(fanfare_api::openapi()).expect("a description is JSON"));

/// Fails the test when the description does not know the answer's status, or the body lacks what it promises or has what it
/// does not know.
///
/// # Panics
/// When the answer is not as described.
pub fn check(method: &Method, path: &str, status: StatusCode, body: &Value) {
    let path = path.split('?').next().unwrap_or_default();
    let Some(operation) = operation(method, path) else {
        assert!(
            !status.is_success(),
            "{method} {path} is not described and answers {status}"
        );
        return;
    };
    let responses = &operation["responses"];
    let described = responses.get(status.as_str()).or_else(|| {
        (status.is_client_error() || status.is_server_error()).then(|| &responses["default"])
    });
    let Some(described) = described.filter(|found| found.is_object()) else {
        panic!("{method} {path} answers {status}, which is not described: {body:#}");
    };
    let content = described["content"]
        .as_object()
        .and_then(|kinds| kinds.values().next());
    if let Some(schema) = content.map(|content| &content["schema"]) {
        let wrong = mismatch(schema, body, "");
        assert!(
            wrong.is_none(),
            "{method} {path} answers {status}: {}\n{body:#}",
            wrong.unwrap_or_default()
        );
    }
}

/// What is wrong with a body for that call, by the description, if something is.
#[must_use]
pub fn wrong_with(method: &Method, path: &str, body: &Value) -> Option<String> {
    let operation = operation(method, path)?;
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    mismatch(schema, body, "")
}

/// What is wrong with a message of an outgoing webhook, by the description, if something is.
#[must_use]
pub fn wrong_with_message(message: &Value) -> Option<String> {
    let kind = message["type"].as_str().unwrap_or_default();
    let described = &DESCRIPTION["webhooks"][kind]["post"]["requestBody"];
    if !described.is_object() {
        return Some(format!("{kind} is not described"));
    }
    let schema = &described["content"]["application/json"]["schema"];
    mismatch(schema, message, "")
}

fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    let paths = DESCRIPTION["paths"].as_object()?;
    // A literal segment is a better match than a placeholder.
    let mut found: Vec<_> = paths
        .iter()
        .filter(|(template, _)| matches(template, path))
        .collect();
    found.sort_by_key(|(template, _)| template.matches('{').count());
    found.first()?.1.get(method.as_str().to_lowercase())
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(&path)
            .all(|(part, given)| part.starts_with('{') || part == given)
}

fn mismatch(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let schema = resolve(schema);
    for many in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[many].as_array() {
            let fits = choices
                .iter()
                .any(|choice| mismatch(choice, value, at).is_none());
            return (!fits).then(|| format!("{at} fits none of the described kinds"));
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return object_mismatch(&merged(parts), value, at);
    }
    if !kinds(schema).is_empty() && !kinds(schema).iter().any(|kind| is_kind(kind, value)) {
        return Some(format!("{at} is {value}, described as {:?}", kinds(schema)));
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        return values
            .iter()
            .enumerate()
            .find_map(|(n, value)| mismatch(items, value, &format!("{at}.{n}")));
    }
    if schema["properties"].is_object() && value.is_object() {
        return object_mismatch(schema, value, at);
    }
    None
}

fn object_mismatch(schema: &Value, value: &Value, at: &str) -> Option<String> {
    let fields = value.as_object()?;
    let nothing = Map::new();
    let known = schema["properties"].as_object().unwrap_or(&nothing);
    for name in schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
    {
        if !fields.contains_key(name) {
            return Some(format!("{at}.{name} is missing"));
        }
    }
    for (name, value) in fields {
        match known.get(name) {
            Some(schema) => {
                if let Some(wrong) = mismatch(schema, value, &format!("{at}.{name}")) {
                    return Some(wrong);
                }
            }
            None if schema["additionalProperties"].is_object() => {}
            None => return Some(format!("{at}.{name} is not described")),
        }
    }
    None
}

fn merged(parts: &[Value]) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for part in parts {
        let part = resolve(part);
        let inner = part["allOf"].as_array().map(|parts| merged(parts));
        let part = inner.as_ref().unwrap_or(part);
        properties.extend(part["properties"].as_object().cloned().unwrap_or_default());
        required.extend(part["required"].as_array().cloned().unwrap_or_default());
    }
    serde_json::json!({ "properties": properties, "required": required })
}

fn resolve(schema: &Value) -> &Value {
    match schema["$ref"]
        .as_str()
        .and_then(|reference| reference.strip_prefix("#/components/schemas/"))
    {
        Some(name) => resolve_named(name),
        None => schema,
    }
}

fn resolve_named(name: &str) -> &'static Value {
    let found = &DESCRIPTION["components"]["schemas"][name];
    assert!(
        found.is_object(),
        "the description names {name} and does not have it"
    );
    found
}

fn kinds(schema: &Value) -> Vec<String> {
    match &schema["type"] {
        Value::String(kind) => vec![kind.clone()],
        Value::Array(kinds) => kinds
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    }
}
