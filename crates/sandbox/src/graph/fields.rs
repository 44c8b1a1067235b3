//! The `fields` parameter: which parts of a node are answered.

use serde_json::{Map, Value};

use super::error::GraphError;
use crate::call::Call;

/// One wanted field with the fields wanted inside it.
#[derive(Debug, PartialEq)]
struct Field<'a> {
    name: &'a str,
    /// `.limit(5).order(chronological)`
    modifiers: &'a str,
    inner: &'a str,
}

/// The call that a wanted edge stands for: `comments.limit(5){id}` of a node is answered as `GET /{id}/comments?limit=5&fields=id`.
pub fn expanded(call: &Call, ordinary: &str, edge: &str, id: &str) -> Option<Call> {
    let wanted = call.params.get("fields").unwrap_or(ordinary);
    let field = split(wanted).into_iter().find(|field| field.name == edge)?;
    let mut params: Vec<(String, String)> = modifiers(field.modifiers)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if !field.inner.is_empty() {
        params.push(("fields".to_owned(), field.inner.to_owned()));
    }
    if let Some(token) = call.token() {
        params.push(("access_token".to_owned(), token.to_owned()));
    }
    Some(Call::inside(call, &format!("{id}/{edge}"), params))
}

/// Names and values of `.limit(5).order(chronological)`.
fn modifiers(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let parts = text.split(").").filter_map(|part| {
        part.trim_start_matches('.')
            .trim_end_matches(')')
            .split_once('(')
    });
    parts.map(|(name, value)| (name.trim(), value.trim()))
}

/// Narrows `whole` to what the call asks for, or to `ordinary` when it asks for nothing. `id` always comes along.
///
/// Every key of `whole` is a field that exists; null ones exist but are empty, and are left out.
pub fn pick(whole: &Value, call: &Call, ordinary: &str) -> Result<Value, GraphError> {
    let wanted = call.params.get("fields").unwrap_or(ordinary);
    narrow(whole, wanted)
}

fn narrow(whole: &Value, wanted: &str) -> Result<Value, GraphError> {
    let Value::Object(whole) = whole else {
        return Ok(whole.clone());
    };
    let mut picked = Map::new();
    for field in split(wanted) {
        let Some(value) = whole.get(field.name) else {
            let name = field.name;
            return Err(GraphError::parameter(format!(
                "Tried accessing nonexisting field ({name})"
            )));
        };
        if !value.is_null() {
            picked.insert(field.name.to_owned(), inside(value, field.inner)?);
        }
    }
    if let Some(id) = whole.get("id") {
        picked.entry("id").or_insert_with(|| id.clone());
    }
    Ok(Value::Object(picked))
}

/// Narrows a field's value; edges such as `{"data": […]}` are narrowed item by item.
fn inside(value: &Value, wanted: &str) -> Result<Value, GraphError> {
    if wanted.is_empty() {
        return Ok(value.clone());
    }
    match value.get("data") {
        Some(Value::Array(items)) => {
            let items: Result<Vec<_>, _> = items.iter().map(|item| narrow(item, wanted)).collect();
            Ok(serde_json::json!({ "data": items? }))
        }
        Some(data) if value.as_object().is_some_and(|all| all.len() == 1) => {
            Ok(serde_json::json!({ "data": narrow(data, wanted)? }))
        }
        _ => narrow(value, wanted),
    }
}

/// Splits at the outer commas.
fn split(wanted: &str) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in wanted.char_indices().chain([(wanted.len(), ',')]) {
        match letter {
            '{' | '(' => depth += 1,
            '}' | ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                fields.extend(field(wanted[start..at].trim()));
                start = at + 1;
            }
            _ => {}
        }
    }
    fields
}

fn field(text: &str) -> Option<Field<'_>> {
    let end = text.find(['.', '{', '(']).unwrap_or(text.len());
    let name = text[..end].trim();
    let inner = match (text.find('{'), text.rfind('}')) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        _ => "",
    };
    let open = text.find('{').unwrap_or(text.len());
    let modifiers = text.get(end..open).unwrap_or("").trim();
    (!name.is_empty()).then_some(Field {
        name,
        modifiers,
        inner,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Field, modifiers, narrow, split};

    #[test]
    fn splits_at_the_outer_commas_only() {
        let fields =
            split("id, picture.type(large){url},a{b{c,d},e},comments.limit(0).summary(true)");
        let expected = [
            ("id", "", ""),
            ("picture", ".type(large)", "url"),
            ("a", "", "b{c,d},e"),
            ("comments", ".limit(0).summary(true)", ""),
        ];
        let expected = expected.map(|(name, modifiers, inner)| Field {
            name,
            modifiers,
            inner,
        });
        assert_eq!(fields, expected);
    }

    #[test]
    fn modifiers_are_parameters() {
        let found: Vec<_> = modifiers(".limit(5).order(chronological)").collect();
        assert_eq!(found, [("limit", "5"), ("order", "chronological")]);
        assert_eq!(modifiers("").count(), 0);
    }

    #[test]
    fn an_unknown_field_fails_the_whole_call() {
        let error = narrow(&json!({"id": "1"}), "id,nonsense").unwrap_err();
        assert_eq!(
            (error.code, error.message.as_str()),
            (100, "(#100) Tried accessing nonexisting field (nonsense)")
        );
    }

    #[test]
    fn empty_fields_are_left_out_and_inner_fields_narrowed() {
        let whole = json!({"id": "1", "link": null, "picture": {"data": {"url": "u", "width": 5}},
            "children": {"data": [{"id": "2", "kind": "x"}]}});
        let picked = narrow(&whole, "link,picture{url},children{id}").unwrap();
        assert_eq!(
            picked,
            json!({"id": "1", "picture": {"data": {"url": "u"}}, "children": {"data": [{"id": "2"}]}})
        );
    }
}
