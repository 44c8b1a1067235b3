//! What a person typed before connecting, checked against the manifest.

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::manifest::{
    ConnectField, ConnectKind, ConnectMethod, FieldKind, Manifest,
};
use fanfare_platform_kit::roles::ConnectFields;
use fanfare_platform_kit::{Advice, PlatformError};
use serde_json::{Map, Value as Json};

use crate::{App, AppError, FieldError, RefusalKind, Result};

/// Longer than any token or address in use.
const LONGEST: usize = 4000;

/// The platform's first way to connect of that kind.
///
/// # Errors
/// `connect_not_supported`, with the way that there is; `platform_not_configured`, with the variables that are missing.
pub(super) fn method<'a>(
    app: &App,
    manifest: &'a Manifest,
    kind: ConnectKind,
) -> Result<&'a ConnectMethod> {
    let method = manifest.connect.iter().find(|method| method.kind == kind);
    let method = method.ok_or_else(|| not_supported(manifest, kind))?;
    // A pasted token brings its own rights; consent needs an application to consent to.
    if kind == ConnectKind::Oauth && !app.settings.is_configured(manifest) {
        return Err(not_configured(manifest));
    }
    Ok(method)
}

fn not_supported(manifest: &Manifest, kind: ConnectKind) -> AppError {
    let name = manifest.name;
    let detail = match kind {
        ConnectKind::Oauth => {
            format!("{name} is connected by entering credentials here, not by signing in there.")
        }
        ConnectKind::Token => {
            format!("{name} is connected by signing in there, not by pasting a token.")
        }
    };
    AppError::refused(RefusalKind::Invalid, ErrorCode::ConnectNotSupported, detail)
}

fn not_configured(manifest: &Manifest) -> AppError {
    let variables = super::platforms::variables(manifest).join(" and ");
    let detail = format!(
        "{} is not set up on this installation. Whoever runs it has to set {variables}.",
        manifest.name
    );
    AppError::refused(
        RefusalKind::Conflict,
        ErrorCode::PlatformNotConfigured,
        detail,
    )
}

/// Reads the fields of a method from what a client sent, white space around them taken off.
///
/// # Errors
/// Names every field that is unknown, missing, no text, too long or not one of its choices.
pub(super) fn read(method: &ConnectMethod, given: &Map<String, Json>) -> Result<ConnectFields> {
    let mut fields = ConnectFields::new();
    let mut wrong = unknown(method, given);
    for spec in &method.fields {
        match read_one(spec, given.get(spec.name)) {
            Ok(Some(value)) => {
                fields.insert(spec.name.to_owned(), value);
            }
            Ok(None) => {}
            Err(error) => wrong.push(error),
        }
    }
    if wrong.is_empty() {
        Ok(fields)
    } else {
        Err(AppError::invalid(wrong))
    }
}

fn unknown(method: &ConnectMethod, given: &Map<String, Json>) -> Vec<FieldError> {
    given
        .keys()
        .filter(|name| !method.fields.iter().any(|spec| spec.name == *name))
        .map(|name| {
            FieldError::new(
                name,
                ErrorCode::UnknownField,
                format!("There is no field “{name}”."),
            )
        })
        .collect()
}

fn read_one(
    spec: &ConnectField,
    given: Option<&Json>,
) -> std::result::Result<Option<Secret>, FieldError> {
    let wrong = |code, detail: String| Err(FieldError::new(spec.name, code, detail));
    let text = match given {
        None | Some(Json::Null) => "",
        Some(Json::String(text)) => text.trim(),
        Some(_) => {
            return wrong(
                ErrorCode::WrongType,
                format!("{} must be text.", spec.label),
            );
        }
    };
    if text.is_empty() {
        return if spec.required {
            wrong(ErrorCode::Required, format!("{} is needed.", spec.label))
        } else {
            Ok(None)
        };
    }
    if text.len() > LONGEST {
        return wrong(ErrorCode::TooLong, format!("{} is too long.", spec.label));
    }
    if let FieldKind::Choice { choices } = &spec.kind
        && !choices.iter().any(|choice| choice.value == text)
    {
        let known: Vec<_> = choices.iter().map(|choice| choice.value).collect();
        let detail = format!("{} must be one of {}.", spec.label, known.join(", "));
        return wrong(ErrorCode::NotAllowed, detail);
    }
    Ok(Some(Secret::new(text)))
}

/// Those of the fields that are not secret: kept, so that reconnecting does not ask for them again.
pub(super) fn lasting(method: &ConnectMethod, fields: &ConnectFields) -> BTreeMap<String, String> {
    let is_lasting = |spec: &&ConnectField| !matches!(spec.kind, FieldKind::Secret);
    method
        .fields
        .iter()
        .filter(is_lasting)
        .filter_map(|spec| {
            fields
                .get(spec.name)
                .map(|value| (spec.name.to_owned(), value.expose().to_owned()))
        })
        .collect()
}

/// What was kept from an earlier connection, as if it were typed again. Fields that the method no longer has are left out.
pub(super) fn again(
    method: &ConnectMethod,
    kept: &BTreeMap<String, String>,
) -> Result<ConnectFields> {
    let given = kept
        .iter()
        .filter(|(name, _)| method.fields.iter().any(|spec| spec.name == *name))
        .map(|(name, value)| (name.clone(), Json::from(value.as_str())))
        .collect();
    read(method, &given)
}

/// A platform's refusal while connecting; it may be about a field.
pub(super) fn refusal(error: PlatformError) -> AppError {
    match &error.advice {
        Advice::FixContent { field } => {
            tracing::info!(code = %error.code, log = error.log, "a connect field was refused");
            AppError::invalid_field(field, error.code, error.detail)
        }
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use fanfare_platform_kit::manifest::Choice;
    use serde_json::json;

    use super::*;

    fn field(name: &'static str, kind: FieldKind, required: bool) -> ConnectField {
        ConnectField {
            name,
            label: name,
            help: "",
            kind,
            required,
            placeholder: "",
        }
    }

    fn method() -> ConnectMethod {
        let choices = vec![Choice {
            value: "facebook",
            label: "Facebook",
        }];
        ConnectMethod {
            kind: ConnectKind::Token,
            fields: vec![
                field("server", FieldKind::Url, true),
                field("password", FieldKind::Secret, true),
                field("through", FieldKind::Choice { choices }, false),
            ],
            scopes: Vec::new(),
        }
    }

    fn given(value: &Json) -> Map<String, Json> {
        value.as_object().unwrap().clone()
    }

    fn complaints(value: &Json) -> Vec<(String, ErrorCode)> {
        let Err(AppError::Refused(refusal)) = read(&method(), &given(value)) else {
            panic!("it was taken")
        };
        refusal
            .fields
            .into_iter()
            .map(|field| (field.field, field.code))
            .collect()
    }

    #[test]
    fn good_fields_are_read_and_trimmed() {
        let fields = read(
            &method(),
            &given(&json!({"server": " floss.town ", "password": "abcd", "through": null})),
        )
        .unwrap();
        assert_eq!(fields["server"].expose(), "floss.town");
        assert!(!fields.contains_key("through"));
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        assert_eq!(
            complaints(&json!({"server": 7, "through": "post", "instance": "x"})),
            [
                ("instance".to_owned(), ErrorCode::UnknownField),
                ("server".to_owned(), ErrorCode::WrongType),
                ("password".to_owned(), ErrorCode::Required),
                ("through".to_owned(), ErrorCode::NotAllowed),
            ]
        );
        let long = "a".repeat(LONGEST + 1);
        assert_eq!(
            complaints(&json!({"server": " ", "password": long})),
            [
                ("server".to_owned(), ErrorCode::Required),
                ("password".to_owned(), ErrorCode::TooLong),
            ]
        );
    }

    #[test]
    fn secrets_do_not_last_and_old_fields_are_forgotten() {
        let fields = read(
            &method(),
            &given(&json!({"server": "floss.town", "password": "abcd"})),
        )
        .unwrap();
        let mut kept = lasting(&method(), &fields);
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["server"]);

        kept.insert("gone".to_owned(), "x".to_owned());
        let mut without_secret = method();
        without_secret.fields.remove(1);
        let fields = again(&without_secret, &kept).unwrap();
        assert_eq!(fields.keys().collect::<Vec<_>>(), ["server"]);
    }
}
