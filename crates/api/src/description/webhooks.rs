//! The description's `webhooks`: each kind of message that programs outside can be told, with its shape and an example.

use fanfare_app::telling::{EVENT_TYPES, EventType};
use serde_json::{Map, Value as Json, json};
use utoipa::ToSchema;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::{OpenApi, RefOr, Schema};

use super::messages::{
    ChangedThereData, ConnectionData, DeliveryData, EngagementData, MessageData, PostData, TestData,
};

type Named = (String, RefOr<Schema>);

/// Adds them. The library that makes the description knows no `webhooks`, so they stand beside what it knows.
pub(super) fn add(openapi: &mut OpenApi) {
    let mut schemas = Vec::new();
    let mut webhooks = Map::new();
    for kind in EVENT_TYPES {
        let data = data_of(kind, &mut schemas);
        webhooks.insert(kind.name.to_owned(), json!({ "post": told(kind, &data) }));
    }
    let components = openapi.components.get_or_insert_default();
    components.schemas.extend(schemas);
    let besides = openapi.extensions.get_or_insert_default();
    besides.merge(Extensions::from_iter([("webhooks", Json::from(webhooks))]));
}

/// The name of what a message's `data` is, which is put to the schemas with all that it is made of.
fn data_of(kind: &EventType, schemas: &mut Vec<Named>) -> String {
    let (thing, what) = kind.name.split_once('.').unwrap_or((kind.name, ""));
    match (thing, what) {
        ("post", _) => named::<PostData>(schemas),
        ("delivery", "edited_there" | "removed_there") => named::<ChangedThereData>(schemas),
        ("delivery", _) => named::<DeliveryData>(schemas),
        ("engagement", _) => named::<EngagementData>(schemas),
        ("message", _) => named::<MessageData>(schemas),
        ("connection", _) => named::<ConnectionData>(schemas),
        _ => named::<TestData>(schemas),
    }
}

fn named<T: ToSchema>(schemas: &mut Vec<Named>) -> String {
    let name = T::name().into_owned();
    T::schemas(schemas);
    schemas.push((name.clone(), T::schema()));
    name
}

fn told(kind: &EventType, data: &str) -> Json {
    json!({
        "tags": ["Webhooks"],
        "operationId": format!("told_{}", kind.name.replace('.', "_")),
        "summary": kind.about,
        "parameters": [
            header("webhook-id", "The same each time this message is sent: what was taken before is not taken again."),
            header("webhook-timestamp", "When it is sent, in seconds since 1970. Refuse what is more than five minutes off."),
            header("webhook-signature", "One or more of `v1,` and base64 of HMAC-SHA256 over `{id}.{timestamp}.{body}`, with spaces between."),
        ],
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": {
                "type": "object",
                "required": ["type", "timestamp", "data"],
                "properties": {
                    "type": { "type": "string", "const": kind.name },
                    "timestamp": { "type": "string", "format": "date-time", "description": "When it happened." },
                    "data": { "$ref": format!("#/components/schemas/{data}") },
                },
            },
            "example": kind.example(),
        } } },
        "responses": { "2XX": { "description": "It was taken. Anything else, and no answer within 20 seconds, is tried again." } },
    })
}

fn header(name: &str, description: &str) -> Json {
    json!({ "name": name, "in": "header", "required": true, "description": description, "schema": { "type": "string" } })
}
