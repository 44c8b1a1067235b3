//! What a person says about an endpoint, checked.

use std::collections::BTreeSet;

use fanfare_domain::ErrorCode;
use url::Url;

use super::catalogue::EVENT_TYPES;
use crate::FieldError;

const LONGEST_URL: usize = 2048;
const LONGEST_DESCRIPTION: usize = 200;
const MOST_HEADERS: usize = 10;
const LONGEST_HEADER: usize = 1024;
/// What we send ourselves, and what the connection is made of.
const OURS: &[&str] = &[
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "keep-alive",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// An endpoint to be.
#[derive(Debug, Clone, Default)]
pub struct EndpointInput {
    pub url: String,
    pub description: String,
    pub event_types: Vec<String>,
    pub headers: Vec<HeaderInput>,
    pub enabled: bool,
}

/// A header that goes with each message.
#[derive(Debug, Clone)]
pub struct HeaderInput {
    pub name: String,
    /// Absent for what it was.
    pub value: Option<String>,
}

pub(super) fn check_url(text: &str, wrong: &mut Vec<FieldError>) -> String {
    let mut refuse = |detail: &str| {
        wrong.push(FieldError::new("url", ErrorCode::InvalidUrl, detail));
    };
    let text = text.trim();
    if text.len() > LONGEST_URL {
        refuse("The address is longer than 2048 characters.");
        return String::new();
    }
    match Url::parse(text) {
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            refuse(
                "The address must not contain a user name or a password. Use a header for that.",
            );
        }
        Ok(url) if matches!(url.scheme(), "https" | "http") && url.has_host() => {
            return url.to_string();
        }
        _ => refuse("Enter the whole address, beginning with https://."),
    }
    String::new()
}

pub(super) fn check_description(text: &str, wrong: &mut Vec<FieldError>) {
    if text.chars().count() > LONGEST_DESCRIPTION {
        let detail = "A description has 200 characters at most.";
        wrong.push(FieldError::new("description", ErrorCode::TooLong, detail));
    }
}

pub(super) fn check_types(types: &[String], wrong: &mut Vec<FieldError>) {
    for (place, name) in types.iter().enumerate() {
        if !EVENT_TYPES.iter().any(|known| known.name == name) {
            let detail = format!("There is no event type named “{name}”.");
            let field = format!("event_types.{place}");
            wrong.push(FieldError::new(field, ErrorCode::NotAllowed, detail));
        }
    }
}

/// `known` are the names whose values are on record.
pub(super) fn check_headers(
    headers: &[HeaderInput],
    known: &[String],
    wrong: &mut Vec<FieldError>,
) {
    if headers.len() > MOST_HEADERS {
        let detail = "A webhook has 10 headers of its own at most.";
        wrong.push(FieldError::new("headers", ErrorCode::TooLong, detail));
    }
    let mut seen = BTreeSet::new();
    for (place, header) in headers.iter().enumerate() {
        let name = header.name.to_ascii_lowercase();
        let mut refuse = |part: &str, code, detail: &str| {
            wrong.push(FieldError::new(
                format!("headers.{place}.{part}"),
                code,
                detail,
            ));
        };
        if !is_name(&name) {
            let detail = "The name of a header is made of letters, digits and hyphens.";
            refuse("name", ErrorCode::NotAllowed, detail);
        } else if OURS.contains(&name.as_str())
            || name.starts_with("webhook-")
            || name.starts_with("proxy-")
        {
            refuse(
                "name",
                ErrorCode::NotAllowed,
                "Fanfare sets this header itself.",
            );
        } else if !seen.insert(name.clone()) {
            refuse("name", ErrorCode::Duplicate, "This header is named twice.");
        }
        match &header.value {
            None if !known.contains(&name) => {
                refuse("value", ErrorCode::Required, "A new header needs a value.");
            }
            Some(value) if !is_value(value) => {
                let detail = "The value of a header is one line of up to 1024 plain characters.";
                refuse("value", ErrorCode::NotAllowed, detail);
            }
            _ => {}
        }
    }
}

fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=100).contains(&name.len()) && name.bytes().all(plain)
}

fn is_value(value: &str) -> bool {
    value.len() <= LONGEST_HEADER && value.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
