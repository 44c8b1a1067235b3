//! The signature, the handshake, and taking requests apart: what is the same for all of Meta's platforms.

use fanfare_domain::Secret;
use fanfare_platform_kit::roles::{Notification, Received, Webhooks};
use fanfare_platform_kit::signature::hmac_sha256_hex;
use jiff::Timestamp;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_oneof, proptest};
use serde_json::{Value as Json, json};

use super::{MetaWebhooks, SIGNATURE};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const PAGE: MetaWebhooks = MetaWebhooks {
    object: "page",
    facts: |_| Ok(None),
    examples: &[],
};
const WHATSAPP: MetaWebhooks = MetaWebhooks {
    object: "whatsapp_business_account",
    facts: |_| Ok(None),
    examples: &[],
};

/// A request with that signature.
pub(super) fn received(signature: Option<&str>, raw: &[u8]) -> Received {
    let signature = signature.map(|text| (SIGNATURE.to_owned(), text.to_owned()));
    Received {
        method: "POST".to_owned(),
        uri: "https://hub.example/hooks/page".to_owned(),
        headers: signature.into_iter().collect(),
        body: raw.to_vec(),
        at: Timestamp::UNIX_EPOCH,
    }
}

fn secrets(texts: &[&str]) -> Vec<Secret> {
    texts.iter().map(|text| Secret::new(*text)).collect()
}

fn genuine(secrets: &[Secret], signature: Option<&str>, raw: &[u8]) -> bool {
    PAGE.is_genuine(secrets, &received(signature, raw))
}

#[test]
fn a_signature_is_that_of_any_of_our_applications_over_the_raw_bytes() {
    let raw = br#"{"object":"page","entry":[]}"#;
    let signed = format!("sha256={}", hmac_sha256_hex(b"second", raw));
    let known = secrets(&["first", "second"]);
    assert!(genuine(&known, Some(&signed), raw));
    assert!(genuine(
        &known,
        Some(&signed.to_uppercase().replace("SHA256", "sha256")),
        raw
    ));
    let spaced = br#"{"object": "page","entry":[]}"#;
    assert!(!genuine(&known, Some(&signed), spaced));
    assert!(!genuine(&secrets(&["first"]), Some(&signed), raw));
    assert!(!genuine(&[], Some(&signed), raw));
    for wrong in ["", "sha256=", "sha1=00", &signed[7..], &signed[..70]] {
        assert!(!genuine(&known, Some(wrong), raw), "{wrong}");
    }
    assert!(!genuine(&known, None, raw));
}

/// As the documentation has it: echoed as it came.
#[test]
fn the_handshake_echoes_the_challenge_to_who_knows_the_token() {
    let ask = |mode: &str, token: &str, challenge: Option<&str>| {
        let mut query = vec![
            ("hub.mode".to_owned(), mode.to_owned()),
            ("hub.verify_token".to_owned(), token.to_owned()),
        ];
        query.extend(challenge.map(|text| ("hub.challenge".to_owned(), text.to_owned())));
        PAGE.handshake(&secrets(&["mine", "other"]), &query)
    };
    assert_eq!(
        ask("subscribe", "mine", Some("1158201444")).as_deref(),
        Some("1158201444")
    );
    assert_eq!(
        ask("subscribe", "other", Some("a b<")).as_deref(),
        Some("a b<")
    );
    assert_eq!(ask("subscribe", "yours", Some("1")), None);
    assert_eq!(ask("subscribe", "", Some("1")), None);
    assert_eq!(ask("unsubscribe", "mine", Some("1")), None);
    assert_eq!(ask("subscribe", "mine", None), None);
    assert_eq!(PAGE.handshake(&[], &[]), None);
}

fn split(webhooks: &MetaWebhooks, body: &Json) -> Vec<Notification> {
    webhooks.split(body.to_string().as_bytes()).unwrap()
}

fn comment(id: &str, page: &str, time: i64) -> Json {
    json!({ "id": page, "time": time, "changes": [{ "field": "feed", "value": {
        "from": { "id": "99", "name": "Ann" }, "item": "comment", "verb": "add", "comment_id": id,
        "post_id": "1122_3344", "created_time": 1_790_000_000, "message": "Nice" } }] })
}

#[test]
fn a_request_is_taken_apart_by_entry_and_change() {
    let body = json!({ "object": "page", "entry": [comment("a", "1", 1), comment("b", "2", 2)] });
    let found = split(&PAGE, &body);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.account.as_str(), one.kind.as_str(), one.key.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("1", "feed.comment.add", "a:add"),
            ("2", "feed.comment.add", "b:add")
        ]
    );
    assert_eq!(found[0].occurred_at.unwrap().as_second(), 1_790_000_000);
    assert_eq!(found[0].payload["value"]["message"], "Nice");
    assert_eq!(found[0].payload["entry"]["id"], "1");
}

#[test]
fn the_same_told_in_another_request_has_the_same_key() {
    let once = json!({ "object": "page", "entry": [
        { "id": "1", "time": 5, "changes": [{ "field": "feed", "value": { "item": "reaction", "verb": "add", "post_id": "p", "created_time": 7 } }] }] });
    let mut again = once.clone();
    again["entry"][0]["time"] = json!(6);
    assert_eq!(split(&PAGE, &once)[0].key, split(&PAGE, &again)[0].key);
    again["entry"][0]["changes"][0]["value"]["created_time"] = json!(8);
    assert_ne!(split(&PAGE, &once)[0].key, split(&PAGE, &again)[0].key);
}

#[test]
fn whatsapp_gathers_messages_and_statuses_of_a_number() {
    let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102", "changes": [{ "field": "messages", "value": {
        "metadata": { "phone_number_id": "106" }, "contacts": [{ "wa_id": "1650" }],
        "messages": [{ "from": "1650", "id": "wamid.A", "timestamp": "1749416383", "type": "text", "text": { "body": "Hi" } }],
        "statuses": [{ "id": "wamid.B", "status": "sent", "timestamp": "1750030073", "recipient_id": "1650" },
                     { "id": "wamid.B", "status": "read", "timestamp": "1750030079", "recipient_id": "1650" }] } }] }] });
    let found = split(&WHATSAPP, &body);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.account.as_str(), one.kind.as_str(), one.key.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("106", "messages.text", "wamid.A"),
            ("106", "statuses.sent", "wamid.B:sent"),
            ("106", "statuses.read", "wamid.B:read"),
        ]
    );
    assert_eq!(found[0].occurred_at.unwrap().as_second(), 1_749_416_383);
    assert_eq!(
        found[1].payload["value"]["statuses"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(found[1].payload["value"]["messages"], Json::Null);
}

fn whatsapp(value: &Json) -> Json {
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "102", "changes": [{ "field": "messages", "value": value }] }] })
}

#[test]
fn what_whatsapp_gathers_takes_only_its_own_contact_along() {
    let ids = |told: &Notification| told.payload["value"]["contacts"].clone();
    let (ann, bo) = (
        json!({ "wa_id": "1", "user_id": "US.1" }),
        json!({ "user_id": "US.2" }),
    );
    let message =
        |id: &str, from: &str, name: &str| json!({ "id": id, "type": "text", name: from });
    let found = split(
        &WHATSAPP,
        &whatsapp(&json!({ "contacts": [&ann, &bo], "messages": [
        message("a", "1", "from"), message("b", "US.2", "from_user_id"), message("c", "3", "from")] })),
    );
    assert_eq!(ids(&found[0]), json!([ann]));
    assert_eq!(ids(&found[1]), json!([bo]));
    assert_eq!(ids(&found[2]), Json::Null);
    let found = split(
        &WHATSAPP,
        &whatsapp(&json!({ "contacts": [&ann], "messages": [message("d", "3", "from")] })),
    );
    assert_eq!(ids(&found[0]), json!([ann]));
}

#[test]
fn many_things_in_one_request_come_out_as_no_more_than_they_were() {
    const MANY: usize = 20_000;
    let contacts: Vec<Json> = (0..MANY)
        .map(|at| json!({ "wa_id": at.to_string() }))
        .collect();
    let statuses: Vec<Json> = (0..MANY)
        .map(|at| json!({ "id": format!("wamid.{at}"), "status": "sent", "timestamp": "1750030073", "recipient_id": at.to_string() }))
        .collect();
    let body = whatsapp(
        &json!({ "metadata": { "phone_number_id": "106" }, "contacts": contacts, "statuses": statuses }),
    );
    let size = |json: &Json| json.to_string().len();
    let sent = size(&body);
    let found = split(&WHATSAPP, &body);
    assert_eq!(found.len(), MANY);
    let made: usize = found.iter().map(|told| size(&told.payload)).sum();
    assert!(made < sent * 4, "{sent} bytes became {made}");
}

#[test]
fn a_message_that_is_taken_back_is_not_the_message() {
    let body = json!({ "object": "page", "entry": [{ "id": "1122", "time": 1, "messaging": [
        { "sender": { "id": "p" }, "recipient": { "id": "1122" }, "message": { "mid": "m_1", "text": "hello" } },
        { "sender": { "id": "p" }, "recipient": { "id": "1122" }, "message": { "mid": "m_1", "is_deleted": true } },
        { "sender": { "id": "1122" }, "recipient": { "id": "p" }, "message": { "mid": "m_2", "is_echo": true, "is_deleted": true } }] }] });
    let found = split(&PAGE, &body);
    let told: Vec<_> = found
        .iter()
        .map(|one| (one.kind.as_str(), one.key.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("messages", "m_1"),
            ("messages.deleted", "m_1:deleted"),
            ("messages.deleted", "m_2:deleted")
        ]
    );
}

#[test]
fn what_can_be_done_again_is_told_apart_by_when_it_was_told() {
    let told = |item: &str, verb: &str, text: &str, time: i64| {
        let value = json!({ "item": item, "verb": verb, "post_id": "p", "comment_id": "c", "message": text, "created_time": 7 });
        let body = json!({ "object": "page", "entry": [{ "id": "1", "time": time, "changes": [{ "field": "feed", "value": value }] }] });
        split(&PAGE, &body)[0].key.clone()
    };
    for (item, verb, text) in [
        ("post", "hide", ""),
        ("post", "unhide", ""),
        ("comment", "edited", "A"),
    ] {
        assert_ne!(
            told(item, verb, text, 1),
            told(item, verb, text, 3),
            "{verb}"
        );
        assert_eq!(
            told(item, verb, text, 1),
            told(item, verb, text, 1),
            "{verb}"
        );
    }
    for (item, verb) in [("post", "add"), ("comment", "add"), ("comment", "remove")] {
        assert_eq!(
            told(item, verb, "A", 1),
            told(item, verb, "A", 3),
            "{item} {verb}"
        );
    }
}

#[test]
fn conversations_have_their_time_in_milliseconds() {
    let body = json!({ "object": "page", "entry": [{ "id": "1122", "time": 1_790_000_000_123_i64, "messaging": [
        { "sender": { "id": "p" }, "recipient": { "id": "1122" }, "timestamp": 1_790_000_000_100_i64, "message": { "mid": "m_1", "text": "hello" } },
        { "sender": { "id": "p" }, "recipient": { "id": "1122" }, "timestamp": 1, "read": { "watermark": 1 } }] }] });
    let found = split(&PAGE, &body);
    assert_eq!(found[0].kind, "messages");
    assert_eq!(found[0].key, "m_1");
    assert_eq!(
        found[0].occurred_at.unwrap().as_millisecond(),
        1_790_000_000_100
    );
    assert_eq!(found[1].kind, "messages.read");
}

#[test]
fn what_is_not_known_is_kept_under_its_name() {
    let body = json!({ "object": "page", "entry": [{ "id": 7, "time": 1, "changes": [{ "field": "new_thing", "value": 3 }] }, { "id": "8" }] });
    let found = split(&PAGE, &body);
    assert_eq!(
        (found[0].account.as_str(), found[0].kind.as_str()),
        ("7", "new_thing")
    );
    assert_eq!(
        (found[1].account.as_str(), found[1].kind.as_str()),
        ("8", "unknown")
    );
    let elsewhere = json!({ "object": "user", "entry": [{ "id": "1", "changes": [{ "field": "feed", "value": {} }] }] });
    assert_eq!(split(&PAGE, &elsewhere)[0].kind, "user.feed");
    // Instagram Login's samples.
    let bare = json!({ "object": "page", "entry": [{ "id": "1", "time": 1, "field": "mention", "value": { "post_id": "p" } }] });
    assert_eq!(split(&PAGE, &bare)[0].kind, "mention");
}

#[test]
fn what_is_not_metas_is_refused() {
    for raw in [
        "",
        "{",
        "[]",
        "null",
        "7",
        "{\"object\":\"page\"}",
        "{\"entry\":[{}]}",
    ] {
        assert!(PAGE.split(raw.as_bytes()).is_err(), "{raw}");
    }
}

/// Signs as Meta does.
fn signed_request(secret: &str, payload: &Json) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload.to_string());
    let signature = hex::decode(hmac_sha256_hex(secret.as_bytes(), payload.as_bytes())).unwrap();
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_signed_request_names_a_person() {
    let known = secrets(&["one", "two"]);
    let said = json!({ "algorithm": "HMAC-SHA256", "issued_at": 1_291_836_800, "expires": 0, "user_id": "218471" });
    let text = signed_request("two", &said);
    let word = PAGE.person_of(&known, &text).unwrap();
    assert_eq!(word.person, "218471");
    assert_eq!(word.issued_at.unwrap().as_second(), 1_291_836_800);
    assert_eq!(word.expires_at, None);
    assert_eq!(PAGE.person_of(&secrets(&["three"]), &text), None);
    let other = json!({ "algorithm": "none", "user_id": "1" });
    assert_eq!(PAGE.person_of(&known, &signed_request("one", &other)), None);
    for wrong in ["", ".", "a.b", &text[1..], text.split_once('.').unwrap().1] {
        assert_eq!(PAGE.person_of(&known, wrong), None, "{wrong}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(raw: Vec<u8>, header: String, text: String) {
        let known = secrets(&["s"]);
        let _ = genuine(&known, Some(&header), &raw);
        let _ = PAGE.split(&raw);
        let _ = PAGE.person_of(&known, &text);
    }

    /// Something that looks like what Meta sends, with anything anywhere.
    #[test]
    fn no_shape_makes_it_panic(entries in proptest::collection::vec(anything(), 0..4)) {
        let body = json!({ "object": "page", "entry": entries }).to_string();
        for webhooks in [&PAGE, &WHATSAPP, crate::facebook::FOR_TESTS, crate::instagram::FOR_TESTS, crate::whatsapp::FOR_TESTS] {
            for told in webhooks.split(body.as_bytes()).unwrap_or_default() {
                prop_assert!(told.account.chars().count() <= 100);
                let _ = webhooks.facts(&told);
            }
        }
    }
}

fn anything() -> impl Strategy<Value = Json> {
    let names = prop_oneof![
        Just("id"),
        Just("time"),
        Just("changes"),
        Just("messaging"),
        Just("field"),
        Just("value"),
        Just("item"),
        Just("verb"),
        Just("messages"),
        Just("statuses"),
        Just("message"),
        Just("metadata"),
        Just("phone_number_id"),
        Just("from"),
        Just("sender"),
        Just("comment_id"),
        Just("post_id"),
        Just("media"),
        Just("created_time"),
        Just("timestamp"),
    ];
    let words = prop_oneof![
        Just("feed"),
        Just("comment"),
        Just("add"),
        Just("messages"),
        Just("comments"),
        Just("reaction"),
        Just("mention"),
        Just("\0"),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        words.prop_map(Json::from),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            proptest::collection::vec((names.clone(), inner), 0..6).prop_map(|pairs| Json::Object(
                pairs
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect()
            )),
        ]
    })
}
