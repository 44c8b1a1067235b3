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
            let over = count(text, &TextCount::Graphemes)
                .checked_sub(*max)
                .filter(|over| *over > 0)?;
            let over = counted(over.into(), "character", "characters");
            Some((
                ErrorCode::TooLong,
                format!("{over} over the limit of {}.", number((*max).into())),
            ))
        }
        (kind, _) => {
            let wanted = match kind {
                OptionKind::Flag { .. } => "true or false",
                OptionKind::Choice { .. } | OptionKind::Text { .. } => "a text",
            };
            Some((
                ErrorCode::WrongType,
                format!("{} must be {wanted}.", spec.label),
            ))
        }
    }
}
