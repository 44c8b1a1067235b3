//! U+0000, which PostgreSQL cannot store and nobody types: refused wherever text comes in.

use fanfare_app::FieldError;
use fanfare_domain::ErrorCode;
use serde_json::Value;

/// What to say of `text` at `field`, if the character is in it.
pub(crate) fn nul_in(field: &str, text: &str) -> Option<FieldError> {
    let detail = "The text holds the character U+0000, which cannot be kept. Take it out.";
    text.contains('\0')
        .then(|| FieldError::new(field, ErrorCode::NotAllowed, detail))
}

/// The same for every text inside a JSON value, names of fields included.
pub(crate) fn nuls_in(value: &Value) -> Vec<FieldError> {
    let mut found = Vec::new();
    collect("", value, &mut found);
    found
}

fn collect(path: &str, value: &Value, found: &mut Vec<FieldError>) {
    let inside = |step: &str| match path {
        "" => step.to_owned(),
        path => format!("{path}.{step}"),
    };
    match value {
        Value::String(text) => found.extend(nul_in(path, text)),
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                collect(&inside(&position.to_string()), item, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                found.extend(nul_in(path, name));
                collect(&inside(name), field, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_place_is_named() {
        let value = json!({
            "text": "a\0b",
            "media": [{ "alt": "fine" }, { "alt": "\0" }],
            "options": { "a\0": 1 },
        });
        let mut fields: Vec<_> = nuls_in(&value)
            .into_iter()
            .map(|wrong| wrong.field)
            .collect();
        fields.sort();
        assert_eq!(fields, ["media.1.alt", "options", "text"]);
    }

    #[test]
    fn other_odd_characters_pass() {
        assert!(nuls_in(&json!({ "text": "\u{1}\u{fffd}\u{200d}\n" })).is_empty());
    }
}
