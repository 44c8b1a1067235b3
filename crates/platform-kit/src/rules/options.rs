//! What rules say about a person's choices for a channel.

use fanfare_domain::ErrorCode;
use serde_json::Value;

use super::amounts::{counted, number};
use super::{Finding, count};
use crate::content::Options;
use crate::manifest::{OptionKind, OptionSpec, TextCount};

/// What is wrong about choices, each under `options.<name>`.
#[must_use]
pub fn check(specs: &[OptionSpec], options: &Options) -> Vec<Finding> {
    let known = specs.iter().filter_map(|spec| {
        let (code, detail) = wrong(spec, options.get(spec.name)?)?;
        Some(Finding::error(
            code,
            format!("options.{}", spec.name),
            detail,
        ))
    });
    let unknown = options
        .keys()
        .filter(|name| !specs.iter().any(|spec| spec.name == *name));
    let unknown = unknown.map(|name| {
        let detail = format!("This channel has no option called {name}.");
        Finding::error(ErrorCode::UnknownField, format!("options.{name}"), detail)
    });
    known.chain(unknown).collect()
}

/// An option that is null was not chosen, so it is never wrong.
fn wrong(spec: &OptionSpec, value: &Value) -> Option<(ErrorCode, String)> {
    match (&spec.kind, value) {
        (_, Value::Null) | (OptionKind::Flag { .. }, Value::Bool(_)) => None,
        (OptionKind::Choice { choices, .. }, Value::String(chosen)) => {
            if choices.iter().any(|choice| choice.value == chosen) {
                return None;
            }
            let values: Vec<_> = choices.iter().map(|choice| choice.value).collect();
            Some((
                ErrorCode::NotAllowed,
                format!("{} is one of: {}.", spec.label, values.join(", ")),
            ))
        }
        (OptionKind::Text { max }, Value::String(text)) => {
            too_long(text, *max, &TextCount::Graphemes)
        }
        (OptionKind::LongText { max, count }, Value::String(text)) => too_long(text, *max, count),
        (
            OptionKind::Names {
                max_items,
                max_length,
            },
            Value::Array(items),
        ) => wrong_names(spec.label, items, *max_items, *max_length),
        (OptionKind::Number { min, max, unit, .. }, Value::Number(value)) => {
            let value = value.as_f64().unwrap_or(f64::NAN);
            if (*min..=*max).contains(&value) {
                return None;
            }
            Some((
                ErrorCode::OutOfRange,
                format!("{} is from {min} to {max} {unit}.", spec.label),
            ))
        }
        (kind, _) => Some(wrong_type(spec.label, kind)),
    }
}

fn wrong_type(label: &str, kind: &OptionKind) -> (ErrorCode, String) {
    let wanted = match kind {
        OptionKind::Flag { .. } => "true or false",
        OptionKind::Choice { .. } | OptionKind::Text { .. } | OptionKind::LongText { .. } => {
            "a text"
        }
        OptionKind::Names { .. } => "a list of texts",
        OptionKind::Number { .. } => "a number",
    };
    (ErrorCode::WrongType, format!("{label} must be {wanted}."))
}

fn too_long(text: &str, max: u32, how: &TextCount) -> Option<(ErrorCode, String)> {
    let over = count(text, how).checked_sub(max).filter(|over| *over > 0)?;
    let over = counted(over.into(), "character", "characters");
    Some((
        ErrorCode::TooLong,
        format!("{over} over the limit of {}.", number(max.into())),
    ))
}

fn wrong_names(
    label: &str,
    items: &[Value],
    max_items: u32,
    max_length: u32,
) -> Option<(ErrorCode, String)> {
    let mut names = Vec::new();
    for item in items {
        let Value::String(name) = item else {
            return Some((
                ErrorCode::WrongType,
                format!("{label} must be a list of texts."),
            ));
        };
        names.push(name.as_str());
    }
    let over = names.len().saturating_sub(max_items as usize);
    if over > 0 {
        let detail = format!("{label} takes at most {}.", number(max_items.into()));
        return Some((ErrorCode::TooLong, detail));
    }
    if names.iter().any(|name| name.trim().is_empty()) {
        return Some((ErrorCode::Required, format!("{label} has an empty entry.")));
    }
    let twice = (1..names.len()).find(|place| names[..*place].contains(&names[*place]));
    if let Some(place) = twice {
        let detail = format!("“{}” is named twice.", names[place]);
        return Some((ErrorCode::Duplicate, detail));
    }
    names
        .iter()
        .find_map(|name| too_long(name, max_length, &TextCount::Graphemes))
}
