//! A request in which something cannot be read: everything else in it is read all the same.
//!
//! JSON allows more than can be kept: half of a surrogate pair, a number without end, brackets a thousand deep. One such value must not
//! take along what is told beside it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::value::RawValue;
use serde_json::{Map, Value as Json, json};

use super::read::Value;

/// Each item of these is something of its own.
const LISTS: [&str; 5] = ["changes", "messaging", "standby", "messages", "statuses"];
/// An entry, its change, the change's value, and a message in that: nothing below is taken apart.
const DEPTH: usize = 4;

/// In the order of their names, so that what is made of a request is the same each time.
type Fields<'a> = BTreeMap<String, &'a RawValue>;

/// An entry without what cannot be read in it.
pub(super) struct Piece<'a> {
    pub entry: Json,
    pub lost: Vec<Lost<'a>>,
}

/// Something that cannot be read.
pub(super) struct Lost<'a> {
    /// The WhatsApp number that it is about.
    pub number: Option<String>,
    pub text: &'a str,
}

/// The request with everything put right that means the same then: what is no letter becomes U+FFFD, and what should have been escaped is.
pub(super) fn mended(raw: &[u8]) -> String {
    let text = String::from_utf8_lossy(raw);
    let mut mended = String::with_capacity(text.len());
    let mut is_quoted = false;
    let mut rest = &*text;
    while let Some(letter) = rest.chars().next() {
        let mut taken = letter.len_utf8();
        match letter {
            '"' => {
                is_quoted = !is_quoted;
                mended.push(letter);
            }
            '\\' if is_quoted => taken = mend_escape(rest, &mut mended),
            control if is_quoted && control < ' ' => {
                let _ = write!(mended, "\\u{:04x}", u32::from(control));
            }
            other => mended.push(other),
        }
        rest = &rest[taken..];
    }
    mended
}

/// Writes the escape with which `rest` begins, and answers how long it was.
fn mend_escape(rest: &str, mended: &mut String) -> usize {
    let unit = |at: usize| {
        let digits = rest.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let (length, is_whole) = match (unit(0), unit(6)) {
        (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, true),
        (Some(0xD800..=0xDFFF), _) => (6, false),
        (Some(_), _) => (6, true),
        (None, _) => {
            let next = rest[1..].chars().next();
            (1 + next.map_or(0, char::len_utf8), true)
        }
    };
    mended.push_str(if is_whole { &rest[..length] } else { "\\ufffd" });
    length
}

/// What the request is about, and its entries.
///
/// # Errors
/// When it is no JSON at all, or has no entries.
pub(super) fn pieces(mended: &str) -> serde_json::Result<(Json, Vec<Piece<'_>>)> {
    let whole: Fields<'_> = serde_json::from_str(mended)?;
    let field = |name: &str| whole.get(name).map_or("null", |raw| raw.get());
    let object = serde_json::from_str(field("object"))?;
    let entries: Vec<&RawValue> = serde_json::from_str(field("entry"))?;
    Ok((object, entries.into_iter().map(piece).collect()))
}

fn piece(raw: &RawValue) -> Piece<'_> {
    let mut lost = Vec::new();
    let entry = readable(raw, DEPTH, &mut lost).unwrap_or_else(|| {
        lost = vec![Lost {
            number: None,
            text: raw.get(),
        }];
        json!({ "id": id_of(raw) })
    });
    Piece { entry, lost }
}

/// The value without those items of its lists that cannot be read; nothing when it cannot be read itself.
fn readable<'a>(raw: &'a RawValue, depth: usize, lost: &mut Vec<Lost<'a>>) -> Option<Json> {
    if let Ok(whole) = serde_json::from_str(raw.get()) {
        return Some(whole);
    }
    let deeper = depth.checked_sub(1)?;
    let fields: Fields<'a> = serde_json::from_str(raw.get()).ok()?;
    let mut rest = Map::new();
    for (name, raw) in fields {
        let value = match serde_json::from_str(raw.get()) {
            Ok(value) => value,
            Err(_) if name == "value" => readable(raw, deeper, lost)?,
            Err(_) if LISTS.contains(&name.as_str()) => readable_items(raw, deeper, lost)?,
            Err(_) => return None,
        };
        rest.insert(name, value);
    }
    Some(Json::Object(rest))
}

fn readable_items<'a>(raw: &'a RawValue, depth: usize, lost: &mut Vec<Lost<'a>>) -> Option<Json> {
    let all: Vec<&'a RawValue> = serde_json::from_str(raw.get()).ok()?;
    let mut items = Vec::with_capacity(all.len());
    for raw in all {
        let before = lost.len();
        let item = readable(raw, depth, lost);
        if item.is_none() {
            lost.truncate(before);
            lost.push(Lost {
                number: None,
                text: raw.get(),
            });
        }
        if lost.len() > before
            && let Some(number) = number_of(raw)
        {
            for one in &mut lost[before..] {
                one.number = Some(number.clone());
            }
        }
        // What gathered nothing else is not told for itself.
        items.extend(item.filter(|item| lost.len() == before || !is_emptied(item)));
    }
    Some(Json::Array(items))
}

/// All that a change gathered is lost.
fn is_emptied(change: &Json) -> bool {
    let value = Value(change).at("value");
    let mut lists = ["messages", "statuses"].into_iter();
    lists.all(|list| value.at(list).items().next().is_none())
}

fn number_of(change: &RawValue) -> Option<String> {
    let change: Fields<'_> = serde_json::from_str(change.get()).ok()?;
    let value: Fields<'_> = serde_json::from_str(change.get("value")?.get()).ok()?;
    let metadata: Json = serde_json::from_str(value.get("metadata")?.get()).ok()?;
    Value(&metadata).at("phone_number_id").text()
}

fn id_of(entry: &RawValue) -> Option<Json> {
    let entry: Fields<'_> = serde_json::from_str(entry.get()).ok()?;
    serde_json::from_str(entry.get("id")?.get()).ok()
}

#[cfg(test)]
mod tests {
    use fanfare_platform_kit::roles::Notification;
    use serde_json::json;

    use super::mended;
    use crate::meta_graph::webhooks::split::split;

    #[test]
    fn what_means_the_same_is_put_right() {
        for (raw, expected) in [
            (&br#"["\ud83d\ude00"]"#[..], r#"["\ud83d\ude00"]"#),
            (br#"["\ud83d"]"#, r#"["\ufffd"]"#),
            (br#"["\ude00 x"]"#, r#"["\ufffd x"]"#),
            (br#"["\ud83d\ud83d\ude00"]"#, r#"["\ufffd\ud83d\ude00"]"#),
            (br#"["\\ud83d"]"#, r#"["\\ud83d"]"#),
            (br#"["\"\ud83d"]"#, r#"["\"\ufffd"]"#),
            (b"[\"a\tb\"]\n", "[\"a\\u0009b\"]\n"),
            (b"[\"\xff\"]", "[\"\u{FFFD}\"]"),
            (br#"["\u12"#, r#"["\u12"#),
            (br#"["\"#, r#"["\"#),
        ] {
            assert_eq!(mended(raw), expected);
        }
    }

    fn told(object: &str, text: &str) -> Vec<Notification> {
        split(object, text.as_bytes()).unwrap()
    }

    fn accounts_and_kinds(found: &[Notification]) -> Vec<(&str, &str)> {
        let shown = found.iter();
        shown
            .map(|one| (one.account.as_str(), one.kind.as_str()))
            .collect()
    }

    #[test]
    fn one_bad_value_takes_nothing_else_along() {
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for bad in ["1e400", &deep] {
            let change = |id: &str, message: &str| {
                format!(
                    r#"{{"field":"feed","value":{{"item":"comment","verb":"add","comment_id":"{id}","message":{message}}}}}"#
                )
            };
            let body = format!(
                r#"{{"object":"page","entry":[{{"id":"1","time":1,"changes":[{},{},{}]}},{{"id":"2","changes":[{}]}},{{"id":"3","time":{bad}}}]}}"#,
                change("a", r#""x""#),
                change("b", bad),
                change("c", r#""y""#),
                change("d", r#""z""#),
            );
            let found = told("page", &body);
            assert_eq!(
                accounts_and_kinds(&found),
                [
                    ("1", "feed.comment.add"),
                    ("1", "feed.comment.add"),
                    ("1", Notification::UNREADABLE),
                    ("2", "feed.comment.add"),
                    ("3", Notification::UNREADABLE),
                ]
            );
            assert_eq!(found[2].payload["text"], change("b", bad));
            assert_eq!(found[2].payload["entry"], json!({ "id": "1", "time": 1 }));
        }
    }

    #[test]
    fn a_bad_message_of_many_is_lost_alone() {
        let body = |messages: &str| {
            format!(
                r#"{{"object":"whatsapp_business_account","entry":[{{"id":"102","changes":[{{"field":"messages","value":{{"metadata":{{"phone_number_id":"106"}},"messages":[{messages}]}}}}]}}]}}"#
            )
        };
        let (good, bad) = (
            r#"{"id":"wamid.A","type":"text"}"#,
            r#"{"id":"wamid.B","type":"text","n":-1e999}"#,
        );
        let object = "whatsapp_business_account";
        let found = told(object, &body(&format!("{bad},{good}")));
        assert_eq!(
            accounts_and_kinds(&found),
            [("106", "messages.text"), ("106", Notification::UNREADABLE)]
        );
        let found = told(object, &body(bad));
        assert_eq!(
            accounts_and_kinds(&found),
            [("106", Notification::UNREADABLE)]
        );
    }

    #[test]
    fn what_is_nested_without_end_ends_nothing() {
        let nested = r#"{"value":"#.repeat(100_000);
        let end = "}".repeat(100_000);
        let body =
            format!(r#"{{"object":"page","entry":[{{"id":"1","changes":[{nested}1{end}]}}]}}"#);
        assert_eq!(
            accounts_and_kinds(&told("page", &body)),
            [("1", Notification::UNREADABLE)]
        );
    }
}
