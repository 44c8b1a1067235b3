//! Runs a table of recorded answers through a platform's `errors.rs`.

use fanfare_platform_kit::http::{Answer, Effect};
use fanfare_platform_kit::{Advice, PlatformError, RateScope};
use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

use super::call::Refusal;
use super::scripted::{NOW, at};

/// An answer and what it must come to, as `advice code`.
#[derive(Deserialize)]
struct Row {
    what: String,
    status: u16,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: Value,
    /// For a call that may be repeated.
    then: String,
    /// For a call that must not run twice, where it differs.
    once: Option<String>,
    /// Words that the person must be told.
    says: Option<String>,
}

/// Checks every row of `table` for both effects, and that no row tells a token.
pub fn check(table: &str, refusal: Refusal) {
    let rows: Vec<Row> = serde_json::from_str(table).unwrap();
    for row in rows {
        let answer = answer(&row);
        for (effect, expected) in [
            (Effect::Repeatable, &row.then),
            (Effect::Once, row.once.as_ref().unwrap_or(&row.then)),
        ] {
            let error = refusal(&answer, effect, at(NOW));
            assert_eq!(
                &words(&error),
                expected,
                "{}, {effect:?}: {error:?}",
                row.what
            );
            assert!(
                !format!("{error:?}").contains("EAAB"),
                "{} tells a token: {error:?}",
                row.what
            );
            if let Some(says) = &row.says {
                assert!(
                    error.detail.contains(says),
                    "{}: {}",
                    row.what,
                    error.detail
                );
            }
        }
    }
}

fn answer(row: &Row) -> Answer {
    let mut headers = HeaderMap::new();
    for (name, value) in &row.headers {
        headers.insert(name.parse::<HeaderName>().unwrap(), value.parse().unwrap());
    }
    let body = row
        .body
        .as_str()
        .map_or_else(|| row.body.to_string(), str::to_owned);
    Answer {
        status: StatusCode::from_u16(row.status).unwrap(),
        headers,
        body: body.into(),
    }
}

fn words(error: &PlatformError) -> String {
    let minutes = |until: &Timestamp| at(NOW).duration_until(*until).as_mins();
    let advice = match &error.advice {
        Advice::Retry { .. } => "retry".to_owned(),
        Advice::RateLimited {
            until,
            scope: RateScope::App,
        } => format!("app-waits-{}", minutes(until)),
        Advice::RateLimited { until, .. } => format!("channel-waits-{}", minutes(until)),
        Advice::Refresh => "refresh".to_owned(),
        Advice::Reconnect => "reconnect".to_owned(),
        Advice::FixContent { field } => format!("fix-{field}"),
        Advice::NeedsPermission => "grant".to_owned(),
        Advice::OutcomeUnknown => "unknown".to_owned(),
        Advice::Permanent => "never".to_owned(),
    };
    format!("{advice} {}", error.code)
}
