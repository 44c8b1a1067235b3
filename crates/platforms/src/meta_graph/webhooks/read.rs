//! Reading what Meta sends, where any field may be missing or of another type than documented.

use jiff::Timestamp;
use serde_json::Value as Json;

/// Seconds of later than the year 5000 are milliseconds.
const LATEST_SECONDS: i64 = 100_000_000_000;

/// A JSON value with the ways in which Meta's values are read.
#[derive(Clone, Copy)]
pub struct Value<'a>(pub &'a Json);

impl<'a> Value<'a> {
    pub fn at(self, name: &str) -> Self {
        static NOTHING: Json = Json::Null;
        Self(self.0.get(name).unwrap_or(&NOTHING))
    }

    /// Text, or a number as text: ids come as both.
    pub fn text(self) -> Option<String> {
        match self.0 {
            Json::String(text) if !text.is_empty() => Some(plain(text)),
            Json::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    pub fn items(self) -> impl Iterator<Item = Value<'a>> {
        self.0.as_array().into_iter().flatten().map(Value)
    }

    /// An instant in seconds or milliseconds, as a number or as text.
    pub fn instant(self) -> Option<Timestamp> {
        let number = match self.0 {
            Json::Number(number) => number.as_i64()?,
            Json::String(text) => text.parse().ok()?,
            _ => return None,
        };
        if number <= 0 {
            return None;
        }
        if number < LATEST_SECONDS {
            Timestamp::from_second(number).ok()
        } else {
            Timestamp::from_millisecond(number).ok()
        }
    }
}

/// Without U+0000, which no database of ours takes everywhere.
pub fn plain(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}
