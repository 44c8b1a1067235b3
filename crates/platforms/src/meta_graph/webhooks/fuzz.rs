//! Whatever comes: the parsers take it or refuse it, and never fall over. `FANFARE_TEST_FUZZ` says how many inputs each
//! property is tried with; a few hundred are enough to notice that something broke.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_domain::Secret;
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::roles::Webhooks;
use fanfare_platform_kit::signature::hmac_sha256_hex;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::{Map, Value as Json, json};

use super::MetaWebhooks;

const CASES: u32 = 256;
const SECRET: &str = "fuzz";

/// Requests as the platforms send them, to be bent.
const REAL: [&str; 6] = [
    r#"{"object":"page","entry":[{"id":"1122","time":1790000001,"changes":[{"field":"feed","value":{"from":{"id":"99","name":"Ann"},"item":"comment","verb":"add","comment_id":"3344_5566","post_id":"1122_3344","parent_id":"1122_3344","created_time":1790000000,"message":"Nice"}}]}]}"#,
    r#"{"object":"page","entry":[{"id":"1122","time":1790000001,"changes":[{"field":"feed","value":{"from":{"id":"99","name":"Ann"},"item":"reaction","verb":"add","reaction_type":"love","post_id":"1122_3344","created_time":1790000000}}]}]}"#,
    r#"{"object":"page","entry":[{"id":"1122","time":1790000000123,"messaging":[{"sender":{"id":"7"},"recipient":{"id":"1122"},"timestamp":1790000000100,"message":{"mid":"m_1","text":"hello"}}]}]}"#,
    r#"{"object":"instagram","entry":[{"id":"17841405726653026","time":1790000000,"changes":[{"field":"comments","value":{"id":"17890","from":{"id":"8","username":"ann"},"text":"wow","parent_id":"17880","media":{"id":"17918","media_product_type":"FEED"}}}]}]}"#,
    r#"{"object":"instagram","entry":[{"id":"17841","time":1790000000,"changes":[{"field":"mentions","value":{"media_id":"17918","comment_id":"17894"}}]}]}"#,
    r#"{"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"106540352242922"},"messages":[{"from":"16505551234","id":"wamid.1","timestamp":"1749416383","type":"text","text":{"body":"Does it?"}}],"statuses":[{"id":"wamid.2","status":"sent","timestamp":"1750030073","recipient_id":"16505551234"}]}}]}]}"#,
];

/// Every platform that tells something.
fn told_by() -> Vec<Arc<dyn Platform>> {
    let all = crate::all().into_iter();
    all.filter(|platform| platform.webhooks().is_some())
        .collect()
}

fn for_each(judge: impl Fn(&dyn Webhooks)) {
    for platform in told_by() {
        judge(platform.webhooks().expect("it tells something"));
    }
}

/// Signatures are the same on all of them.
const ONE: MetaWebhooks = MetaWebhooks {
    object: "page",
    facts: |_| Ok(None),
    examples: &[],
};

fn config() -> Config {
    let said = std::env::var("FANFARE_TEST_FUZZ").ok();
    let cases = said.and_then(|text| text.parse().ok()).unwrap_or(CASES);
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<f64>().prop_map(Json::from),
        ".{0,12}".prop_map(Json::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            prop::collection::btree_map(name(), inner, 0..4)
                .prop_map(|fields| Json::Object(fields.into_iter().collect())),
        ]
    })
}

/// Names that mean something.
const KNOWN: &[&str] = &[
    "object",
    "entry",
    "id",
    "time",
    "changes",
    "messaging",
    "standby",
    "field",
    "value",
    "item",
    "verb",
    "from",
    "message",
    "messages",
    "statuses",
    "comment_id",
    "post_id",
    "metadata",
    "phone_number_id",
    "timestamp",
];

/// Names that mean something, and others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(KNOWN).prop_map(str::to_owned),
        ".{0,6}"
    ]
}

/// A real request in which something is replaced, removed or twice.
fn bent() -> impl Strategy<Value = Json> {
    (
        prop::sample::select(&REAL[..]),
        any::<usize>(),
        any_json(),
        0..3_u8,
    )
        .prop_map(|(real, place, other, how)| {
            let mut whole: Json = serde_json::from_str(real).expect("a fixture is JSON");
            let mut left = place % count(&whole);
            bend(&mut whole, &mut left, &other, how);
            whole
        })
}

fn count(value: &Json) -> usize {
    1 + match value {
        Json::Array(items) => items.iter().map(count).sum(),
        Json::Object(fields) => fields.values().map(count).sum(),
        _ => 0,
    }
}

fn bend(value: &mut Json, left: &mut usize, other: &Json, how: u8) -> bool {
    if *left == 0 {
        *value = match how {
            0 => other.clone(),
            1 => Json::Null,
            _ => json!([value.clone(), value.clone()]),
        };
        return true;
    }
    *left -= 1;
    match value {
        Json::Array(items) => items.iter_mut().any(|item| bend(item, left, other, how)),
        Json::Object(fields) => fields.values_mut().any(|item| bend(item, left, other, how)),
        _ => false,
    }
}

/// A real request in which each list holds what it holds many times over.
fn wide() -> impl Strategy<Value = Json> {
    (prop::sample::select(&REAL[..]), 1..60_usize).prop_map(|(real, times)| {
        let mut whole: Json = serde_json::from_str(real).expect("a fixture is JSON");
        widen(&mut whole, times);
        whole
    })
}

/// Only the innermost lists: those around them would make it large, not wide.
fn widen(value: &mut Json, times: usize) -> bool {
    let inner: Vec<&mut Json> = match value {
        Json::Array(items) => items.iter_mut().collect(),
        Json::Object(fields) => fields.values_mut().collect(),
        _ => return false,
    };
    let has_lists = inner
        .into_iter()
        .fold(false, |found, item| widen(item, times) | found);
    match value {
        Json::Array(items) if !has_lists => {
            *items = items
                .iter()
                .cycle()
                .take(items.len() * times)
                .cloned()
                .collect();
            true
        }
        _ => has_lists,
    }
}

/// The same with the names of all objects in the opposite order.
fn turned(value: &Json) -> String {
    match value {
        Json::Object(fields) => {
            let all: Vec<String> = fields
                .iter()
                .rev()
                .map(|(name, value)| format!("{}: {}", json!(name), turned(value)))
                .collect();
            format!("{{{}}}", all.join(" , "))
        }
        Json::Array(items) => {
            let all: Vec<String> = items.iter().map(turned).collect();
            format!("[ {} ]", all.join(","))
        }
        other => other.to_string(),
    }
}

/// What is made of a request: the account, kind and key of each notification, and whether it was understood.
fn made(webhooks: &dyn Webhooks, raw: &[u8]) -> Vec<(String, String, String, String)> {
    let Ok(found) = webhooks.split(raw) else {
        return Vec::new();
    };
    let shown = found.into_iter().map(|told| {
        let facts = format!("{:?}", webhooks.facts(&told));
        (told.account, told.kind, told.key, facts)
    });
    shown.collect()
}

fn is_genuine(raw: &[u8], claimed: &str) -> bool {
    ONE.is_genuine(
        &[Secret::new(SECRET)],
        &super::tests::received(Some(claimed), raw),
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_taken_or_refused(raw in prop::collection::vec(any::<u8>(), 0..512)) {
        for_each(|webhooks| assert_eq!(made(webhooks, &raw), made(webhooks, &raw)));
    }

    #[test]
    fn any_json_is_taken_or_refused(value in any_json()) {
        let raw = value.to_string();
        let raw = raw.as_bytes();
        for_each(|webhooks| assert_eq!(made(webhooks, raw), made(webhooks, raw)));
    }

    #[test]
    fn bent_requests_have_keys_that_order_does_not_change(value in bent()) {
        let (straight, turned) = (value.to_string(), turned(&value));
        for_each(|webhooks| {
            assert_eq!(made(webhooks, straight.as_bytes()), made(webhooks, turned.as_bytes()));
        });
    }

    #[test]
    fn wide_requests_do_not_grow(value in wide()) {
        let raw = value.to_string();
        for_each(|webhooks| {
            let found = webhooks.split(raw.as_bytes()).expect("it is understood");
            let made: usize = found.iter().map(|told| told.payload.to_string().len()).sum();
            // Each takes along what stands around it, which is no more than one of these requests.
            assert!(made <= raw.len() + found.len() * 600, "{made}");
        });
    }

    #[test]
    fn a_changed_byte_is_not_genuine(
        real in prop::sample::select(&REAL[..]), place in any::<prop::sample::Index>(), change in 1..=255_u8
    ) {
        let signature = format!("sha256={}", hmac_sha256_hex(SECRET.as_bytes(), real.as_bytes()));
        let mut raw = real.as_bytes().to_vec();
        prop_assert!(is_genuine(&raw, &signature));
        let at = place.index(raw.len());
        raw[at] ^= change;
        prop_assert!(!is_genuine(&raw, &signature));
    }

    #[test]
    fn any_signature_but_the_right_one_is_wrong(claimed in ".{0,90}", raw in prop::collection::vec(any::<u8>(), 0..64)) {
        let is_right = claimed == format!("sha256={}", hmac_sha256_hex(SECRET.as_bytes(), &raw));
        prop_assert_eq!(is_genuine(&raw, &claimed), is_right);
    }

    #[test]
    fn signed_requests_are_believed_only_as_they_were_signed(
        text in ".{0,120}", payload in any_json(), place in any::<prop::sample::Index>()
    ) {
        let secrets = [Secret::new(SECRET)];
        prop_assert_eq!(ONE.person_of(&secrets, &text), None);
        let mut said = payload;
        if !said.is_object() {
            said = Json::Object(Map::new());
        }
        said["user_id"] = json!("218471");
        said["algorithm"] = json!("HMAC-SHA256");
        let second = URL_SAFE_NO_PAD.encode(said.to_string());
        let signature = hex::decode(hmac_sha256_hex(SECRET.as_bytes(), second.as_bytes())).expect("it is hex");
        let whole = format!("{}.{second}", URL_SAFE_NO_PAD.encode(&signature));
        let believed = ONE.person_of(&secrets, &whole).map(|word| word.person);
        prop_assert_eq!(believed, Some("218471".to_owned()));
        // Another letter in the signed part.
        let mut letters = second.into_bytes();
        let at = place.index(letters.len());
        letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
        let other = format!("{}.{}", URL_SAFE_NO_PAD.encode(&signature), String::from_utf8_lossy(&letters));
        prop_assert_eq!(ONE.person_of(&secrets, &other), None);
    }
}
