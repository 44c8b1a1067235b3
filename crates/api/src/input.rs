//! Reads JSON bodies, and says field by field what is wrong with them.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, OptionalFromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use fanfare_app::{AppError, FieldError};
use fanfare_domain::ErrorCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::nul::nuls_in;
use crate::problem::Problem;
use crate::state::ApiState;

/// A JSON body, read into `T`. Types say `deny_unknown_fields`, so that nothing sent is silently dropped.
pub(crate) struct Input<T>(pub T);

/// More mistakes than this in one body are not gone through.
const MOST_ERRORS: usize = 20;

impl<T: DeserializeOwned> FromRequest<ApiState> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ApiState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                ErrorCode::UnsupportedMediaType,
                "Send JSON, with the header `Content-Type: application/json`.",
            ));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|refused| Problem::of_status(refused.status()))?;
        let value = serde_json::from_slice(&body).map_err(|error| {
            let detail = format!("The body is not JSON: {error}.");
            Problem::new(StatusCode::BAD_REQUEST, ErrorCode::MalformedRequest, detail)
        })?;
        let unfit = nuls_in(&value);
        if !unfit.is_empty() {
            return Err(AppError::invalid(unfit).into());
        }
        read(value)
            .map(Self)
            .map_err(|wrong| AppError::invalid(wrong).into())
    }
}

/// For routes that need no body: an empty one is none.
impl<T: DeserializeOwned> OptionalFromRequest<ApiState> for Input<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &ApiState) -> Result<Option<Self>, Problem> {
        let (parts, body) = request.into_parts();
        let body = Bytes::from_request(Request::from_parts(parts.clone(), body), state)
            .await
            .map_err(|refused| Problem::of_status(refused.status()))?;
        if body.is_empty() {
            return Ok(None);
        }
        let request = Request::from_parts(parts, Body::from(body));
        <Self as FromRequest<ApiState>>::from_request(request, state)
            .await
            .map(Some)
    }
}

pub(crate) fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// Reads `value`, or names everything that is wrong with it.
///
/// Reading stops at the first mistake; so each is noted and mended, and the value is read again, until nothing new is found.
fn read<T: DeserializeOwned>(mut value: Value) -> Result<T, Vec<FieldError>> {
    // Serde would read a list as an object whose fields come in their order.
    if !value.is_object() {
        let detail = "The body must be an object.";
        return Err(vec![FieldError::new("", ErrorCode::WrongType, detail)]);
    }
    let mut wrong: Vec<FieldError> = Vec::new();
    loop {
        let mistake = match attempt::<T>(&value) {
            Ok(read) if wrong.is_empty() => return Ok(read),
            Ok(_) => return Err(wrong),
            Err(mistake) => mistake,
        };
        if wrong.iter().any(|known| known.field == mistake.error.field) {
            return Err(wrong);
        }
        let is_mended = mend::<T>(&mut value, &mistake);
        wrong.push(mistake.error);
        if !is_mended || wrong.len() == MOST_ERRORS {
            return Err(wrong);
        }
    }
}

/// The first thing that is wrong.
struct Mistake {
    error: FieldError,
    /// A value that would be right, where only a few are.
    choice: Option<String>,
}

fn attempt<T: DeserializeOwned>(value: &Value) -> Result<T, Mistake> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let words = error.into_inner().to_string();
        let choice = words
            .rsplit_once("expected ")
            .and_then(|(_, choices)| choices.split('`').nth(1));
        Mistake {
            error: field_error(&path, &words),
            choice: choice.map(str::to_owned),
        }
    })
}

/// Makes the value readable past the mistake. What is read then is thrown away.
fn mend<T: DeserializeOwned>(value: &mut Value, mistake: &Mistake) -> bool {
    let path = &mistake.error.field;
    if mistake.error.code == ErrorCode::UnknownField {
        return remove(value, path);
    }
    let usual = [
        json!(null),
        json!(""),
        json!(0),
        json!(false),
        json!([]),
        json!({}),
        json!("1970-01-01T00:00:00Z"),
    ];
    let candidates = mistake
        .choice
        .iter()
        .map(|choice| json!(choice))
        .chain(usual);
    let is_read = |value: &Value| {
        attempt::<T>(value).map_or_else(|next| !next.error.field.starts_with(path), |_| true)
    };
    candidates
        .into_iter()
        .any(|candidate| put(value, path, candidate) && is_read(value))
}

/// From serde's words to ours. `path` is where reading stopped, `words` begin with what is wrong there.
pub(crate) fn field_error(path: &str, words: &str) -> FieldError {
    let path = dotted(path);
    let path = path.as_str();
    let quoted = words.split('`').nth(1).unwrap_or_default();
    let inside = |name: &str| match path {
        "" => name.to_owned(),
        path if path == name || path.ends_with(&format!(".{name}")) => path.to_owned(),
        path => format!("{path}.{name}"),
    };
    if words.starts_with("missing field") {
        return FieldError::new(inside(quoted), ErrorCode::Required, "This is needed.");
    }
    if words.starts_with("unknown field") {
        let detail = format!("There is no field “{quoted}” here.{}", expected(words));
        return FieldError::new(inside(quoted), ErrorCode::UnknownField, detail);
    }
    let code = if words.starts_with("unknown variant") {
        ErrorCode::NotAllowed
    } else if words.starts_with("invalid value") || words.starts_with("invalid length") {
        ErrorCode::OutOfRange
    } else {
        ErrorCode::WrongType
    };
    let detail = format!("This value cannot be taken.{}", expected(words));
    FieldError::new(path, code, detail)
}

/// `media.0.alt` for `media[0].alt`, and nothing for the body itself.
fn dotted(path: &str) -> String {
    if path == "." {
        String::new()
    } else {
        path.replace('[', ".").replace(']', "")
    }
}

/// What serde would have liked instead. What it found is left out: it may be secret.
fn expected(words: &str) -> String {
    let Some((_, expected)) = words.rsplit_once("expected ") else {
        return String::new();
    };
    let expected = expected
        .split(" at line ")
        .next()
        .unwrap_or_default()
        .replace('`', "");
    format!(" Expected: {}.", in_plain_words(&expected))
}

/// Rust's names of types say nothing to people.
fn in_plain_words(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, 0 or more",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "a string" => "a text",
        "a sequence" => "a list",
        "a boolean" => "true or false",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
}

fn remove(value: &mut Value, path: &str) -> bool {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    let parent = find(value, parent).and_then(Value::as_object_mut);
    parent.is_some_and(|fields| fields.remove(name).is_some())
}

fn put(value: &mut Value, path: &str, new: Value) -> bool {
    if let Some(place) = find(value, path).filter(|_| !path.is_empty()) {
        *place = new;
        return true;
    }
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    match find(value, parent) {
        Some(Value::Object(fields)) if !name.is_empty() => {
            fields.insert(name.to_owned(), new);
            true
        }
        _ => false,
    }
}

/// The place that `media.0.alt` names.
fn find<'a>(value: &'a mut Value, path: &str) -> Option<&'a mut Value> {
    path.split('.')
        .filter(|step| !step.is_empty())
        .try_fold(value, |place, step| match place {
            Value::Object(fields) => fields.get_mut(step),
            Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Post {
        text: String,
        revision: Option<u32>,
        media: Vec<Media>,
        kind: Kind,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read")]
    struct Media {
        id: String,
        alt: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Draft,
    }

    fn wrong(value: Value) -> Vec<(String, ErrorCode)> {
        let mut wrong: Vec<_> = read::<Post>(value)
            .unwrap_err()
            .into_iter()
            .map(|error| (error.field, error.code))
            .collect();
        wrong.sort_by(|a, b| a.0.cmp(&b.0));
        wrong
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let body =
            json!({ "txt": "x", "revision": "7", "media": [{ "id": 4, "alt": "a", "size": 1 }] });
        assert_eq!(
            wrong(body),
            [
                ("kind".to_owned(), ErrorCode::Required),
                ("media.0.id".to_owned(), ErrorCode::WrongType),
                ("media.0.size".to_owned(), ErrorCode::UnknownField),
                ("revision".to_owned(), ErrorCode::WrongType),
                ("text".to_owned(), ErrorCode::Required),
                ("txt".to_owned(), ErrorCode::UnknownField),
            ]
        );
    }

    #[test]
    fn ranges_and_choices_are_told_apart_from_types() {
        let body = json!({ "text": "x", "revision": -1, "media": [], "kind": "later" });
        assert_eq!(
            wrong(body),
            [
                ("kind".to_owned(), ErrorCode::NotAllowed),
                ("revision".to_owned(), ErrorCode::OutOfRange),
            ]
        );
    }

    #[test]
    fn a_body_of_the_wrong_type_altogether_is_refused() {
        for body in [json!(null), json!([]), json!("x"), json!(7)] {
            assert_eq!(wrong(body)[0].1, ErrorCode::WrongType);
        }
    }

    #[test]
    fn types_are_named_in_plain_words() {
        let body = json!({ "text": 5, "revision": -1, "media": 7, "kind": "draft" });
        let mut details: Vec<_> = read::<Post>(body)
            .unwrap_err()
            .into_iter()
            .map(|error| error.detail)
            .collect();
        details.sort();
        assert_eq!(
            details,
            [
                "This value cannot be taken. Expected: a list.",
                "This value cannot be taken. Expected: a text.",
                "This value cannot be taken. Expected: a whole number, 0 or more.",
            ]
        );
    }

    #[test]
    fn what_was_sent_is_not_repeated() {
        let errors =
            read::<Post>(json!({ "text": { "secret": 1 }, "media": "hunter2", "kind": "draft" }));
        assert!(!format!("{errors:?}").contains("hunter2"));
    }

    #[test]
    fn a_good_body_is_read() {
        let post = read::<Post>(json!({ "text": "x", "media": [{ "id": "1" }], "kind": "draft" }));
        assert_eq!(post.unwrap().media.len(), 1);
    }
}
