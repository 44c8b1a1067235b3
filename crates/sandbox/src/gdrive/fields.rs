//! The parameter `fields`: which parts of an answer are wanted, as in `nextPageToken,files(id,name)`.

use serde_json::{Map, Value};

use super::error::GoogleError;

/// Everything that may be named, at any depth.
const KNOWN: [&str; 24] = [
    "kind",
    "nextPageToken",
    "incompleteSearch",
    "files",
    "id",
    "name",
    "mimeType",
    "parents",
    "trashed",
    "createdTime",
    "modifiedTime",
    "size",
    "md5Checksum",
    "imageMediaMetadata",
    "width",
    "height",
    "shortcutDetails",
    "targetId",
    "targetMimeType",
    "user",
    "displayName",
    "emailAddress",
    "permissionId",
    "photoLink",
];

/// The parts of `whole` that are named. One that is not there is left out.
pub fn pick(whole: &Value, fields: &str) -> Result<Value, GoogleError> {
    let mut picked = Map::new();
    for part in parts(fields) {
        if part == "*" {
            return Ok(whole.clone());
        }
        let (name, inside) = match part.split_once('(') {
            Some((name, rest)) => (name, rest.strip_suffix(')')),
            None => (part, None),
        };
        if !KNOWN.contains(&name) {
            let message = format!("Invalid field selection {name}");
            return Err(GoogleError::new(400, "invalidParameter", &message).about("fields"));
        }
        let value = match (whole.get(name), inside) {
            (None, _) => continue,
            (Some(value), None) => value.clone(),
            (Some(Value::Array(items)), Some(inside)) => items
                .iter()
                .map(|item| pick(item, inside))
                .collect::<Result<_, _>>()?,
            (Some(value), Some(inside)) => pick(value, inside)?,
        };
        picked.insert(name.to_owned(), value);
    }
    Ok(Value::Object(picked))
}

/// Cuts at the commas that lie in no parentheses.
fn parts(fields: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let parts = fields.split(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    parts.map(str::trim).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::pick;

    #[test]
    fn what_is_named_is_picked_at_any_depth() {
        let whole = json!({ "kind": "x", "nextPageToken": "n", "files": [
            { "id": "1", "name": "a", "shortcutDetails": { "targetId": "2", "targetMimeType": "image/png" } },
            { "id": "3", "name": "b" },
        ] });
        let picked = pick(&whole, "nextPageToken, files(id,shortcutDetails(targetId))").unwrap();
        assert_eq!(
            picked,
            json!({ "nextPageToken": "n", "files": [{ "id": "1", "shortcutDetails": { "targetId": "2" } }, { "id": "3" }] })
        );
        assert_eq!(pick(&whole, "*").unwrap(), whole);
        assert!(pick(&whole, "files(id,nmae)").is_err());
    }
}
