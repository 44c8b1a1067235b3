//! The body of one request: what happened, gathered by account.

use serde_json::{Value, json};

use super::Told;
use super::outbox::Event;
use crate::Platform;

/// Writes the body as it goes over the wire. What follows each other on one account shares an entry.
pub fn write(events: &[Event]) -> String {
    let object = match events.first().map(|event| event.platform) {
        Some(Platform::Instagram) => "instagram",
        _ => "page",
    };
    let mut entries: Vec<Value> = Vec::new();
    for event in events {
        let (list, item, time) = match &event.told {
            Told::Change { field, value } => (
                "changes",
                json!({"field": field, "value": value}),
                event.at.as_second(),
            ),
            Told::Talk(talk) => ("messaging", talk.clone(), event.at.as_millisecond()),
        };
        let open = entries
            .last_mut()
            .filter(|entry| entry["id"] == event.account.as_str());
        match open.and_then(|entry| entry.get_mut(list)?.as_array_mut()) {
            Some(items) => items.push(item),
            None => entries.push(json!({"id": event.account, "time": time, list: [item]})),
        }
    }
    escaped(&json!({"object": object, "entry": entries}).to_string())
}

/// With everything beyond ASCII as `\u…`: so Meta writes and signs it.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() {
            text.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use serde_json::{Value, json};

    use super::{Event, Told, write};
    use crate::Platform;

    fn event(account: &str, told: Told) -> Event {
        Event {
            platform: Platform::Facebook,
            account: account.to_owned(),
            client_id: "1".to_owned(),
            secret: "s".to_owned(),
            kind: "feed".to_owned(),
            told,
            at: Timestamp::from_second(1_790_000_000).unwrap(),
        }
    }

    fn change(mark: &str) -> Told {
        Told::Change {
            field: "feed".to_owned(),
            value: json!({ "mark": mark }),
        }
    }

    #[test]
    fn an_entry_holds_what_happened_on_one_account_in_a_row() {
        let events = [
            event("1", change("a")),
            event("1", change("b")),
            event("2", change("c")),
            event("1", Told::Talk(json!({"sender": {"id": "9"}}))),
        ];
        let body: Value = serde_json::from_str(&write(&events)).unwrap();
        let entries = body["entry"].as_array().unwrap();
        assert_eq!(body["object"], "page");
        assert_eq!(entries.len(), 3);
        assert_eq!(entries[0]["changes"][1]["value"]["mark"], "b");
        assert_eq!(entries[0]["time"], 1_790_000_000);
        assert_eq!(entries[2]["time"], 1_790_000_000_000_i64);
        assert_eq!(entries[2]["messaging"][0]["sender"]["id"], "9");
    }

    #[test]
    fn nothing_but_ascii_is_sent() {
        let body = write(&[event("1", change("Brötchen 🥐"))]);
        assert!(body.is_ascii() && body.contains("Br\\u00f6tchen \\ud83e\\udd50"));
        let read: Value = serde_json::from_str(&body).unwrap();
        assert_eq!(
            read["entry"][0]["changes"][0]["value"]["mark"],
            "Brötchen 🥐"
        );
    }
}
