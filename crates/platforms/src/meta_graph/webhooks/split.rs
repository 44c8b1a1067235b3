//! One request of Meta's holds up to a thousand things, of several accounts. Here they are taken apart.

use fanfare_platform_kit::roles::{NotUnderstood, Notification};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::gathered::Gathered;
use super::lenient::{Lost, Piece, mended, pieces};
use super::read::{Value, plain};

/// Longer names of kinds and accounts are nobody's.
const LONGEST_NAME: usize = 100;
/// What can be done to the same thing again and again, with the same words each time.
const REPEATED: [&str; 7] = [
    "edit", "edited", "update", "hide", "unhide", "block", "unblock",
];
/// What a notification about a conversation can hold, and what it is called then.
const IN_CONVERSATIONS: [&str; 12] = [
    "message",
    "postback",
    "reaction",
    "read",
    "delivery",
    "message_edit",
    "optin",
    "referral",
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "account_linking",
];

pub(super) fn split(object: &str, raw: &[u8]) -> Result<Vec<Notification>, NotUnderstood> {
    let mut found = Vec::new();
    let mut add = |said: &str, entry: Value<'_>, lost: &[Lost<'_>]| {
        let entry = Entry {
            object: said,
            is_ours: said == object,
            entry,
            lost,
        };
        entry.split(&mut found);
    };
    match serde_json::from_slice::<Json>(raw) {
        Ok(whole) => {
            let said = object_of(Value(&whole).at("object"))?;
            for entry in Value(&whole).at("entry").items() {
                add(&said, entry, &[]);
            }
        }
        Err(error) => {
            let mended = mended(raw);
            let (said, pieces) = pieces(&mended)
                .map_err(|_| NotUnderstood::new(format!("It is not JSON: {error}.")))?;
            let said = object_of(Value(&said))?;
            for Piece { entry, lost } in &pieces {
                add(&said, Value(entry), lost);
            }
        }
    }
    if found.is_empty() {
        return Err(NotUnderstood::new("It tells nothing."));
    }
    Ok(found)
}

fn object_of(said: Value<'_>) -> Result<String, NotUnderstood> {
    said.text()
        .ok_or_else(|| NotUnderstood::new("It does not say what it is about."))
}

struct Entry<'a> {
    object: &'a str,
    /// It is of the platform that it was sent to us as.
    is_ours: bool,
    entry: Value<'a>,
    /// What stood in it and cannot be read.
    lost: &'a [Lost<'a>],
}

impl Entry<'_> {
    fn split(&self, found: &mut Vec<Notification>) {
        let before = found.len();
        for change in self.entry.at("changes").items() {
            self.change(change, found);
        }
        for list in ["messaging", "standby"] {
            for talk in self.entry.at(list).items() {
                found.push(self.talk(list, talk));
            }
        }
        found.extend(self.lost.iter().map(|lost| self.unreadable(lost)));
        // Instagram Login's samples have the change in the entry itself.
        if found.len() == before && self.entry.at("field").text().is_some() {
            self.change(self.entry, found);
        }
        if found.len() == before {
            found.push(self.make("unknown", self.entry.0, json!({}), None));
        }
    }

    /// WhatsApp gathers messages and what became of messages in one change; each is something of its own.
    fn change(&self, change: Value<'_>, found: &mut Vec<Notification>) {
        let field = change.at("field").text().unwrap_or_default();
        let value = change.at("value");
        let parts = ["messages", "statuses"].map(|list| (list, value.at(list)));
        if field != "messages" || parts.iter().all(|(_, list)| list.items().next().is_none()) {
            let kind = kind_of_change(&field, value);
            let payload = json!({ "field": field, "value": value.0 });
            let key = key_of_change(&field, value).or_else(|| self.key_with_time(value, &payload));
            found.push(self.make(&kind, value.0, payload, key));
            return;
        }
        let gathered = Gathered::of(value.0);
        for (list, items) in parts {
            for item in items.items() {
                let detail = item.at(if list == "messages" { "type" } else { "status" });
                let detail = detail.text().unwrap_or_default();
                let id = item.at("id").text();
                let key = id.map(|id| match list {
                    "messages" => id,
                    _ => format!("{id}:{detail}"),
                });
                let payload = json!({ "field": field, "value": gathered.alone(list, item.0) });
                found.push(self.make(&dotted(list, &detail), item.0, payload, key));
            }
        }
    }

    /// How an account stands can become the same again later, and so can what was hidden or edited: only the time of the telling is
    /// another then. Telling it once more, as Meta does when nobody answered, leaves that time as it was.
    fn key_with_time(&self, value: Value<'_>, payload: &Json) -> Option<String> {
        let time = self.entry.at("time").text()?;
        let is_state = self.object == "whatsapp_business_account";
        let verb = value.at("verb").text();
        let is_repeated = verb.is_some_and(|verb| REPEATED.contains(&verb.as_str()));
        (is_state || is_repeated).then(|| format!("{}:{time}", hash(payload)))
    }

    fn talk(&self, list: &str, talk: Value<'_>) -> Notification {
        let what = IN_CONVERSATIONS
            .into_iter()
            .find(|name| !talk.at(name).0.is_null());
        let message = talk.at("message");
        let says = |name: &str| message.at(name).0 == &Json::Bool(true);
        // Taking a message back is told with the id of the message.
        let is_deleted = says("is_deleted");
        let kind = match what {
            Some("message") if is_deleted => "messages.deleted".to_owned(),
            Some("message") if says("is_echo") => "messages.echo".to_owned(),
            Some("message") => "messages".to_owned(),
            Some(what) => dotted("messages", what),
            None => "messages.unknown".to_owned(),
        };
        let kind = match list {
            "standby" => format!("standby.{kind}"),
            _ => kind,
        };
        let key = match what {
            Some("message") => message.at("mid").text(),
            _ => None,
        };
        let key = key.map(|mid| match is_deleted {
            true => format!("{mid}:deleted"),
            false => mid,
        });
        self.make(&kind, talk.0, json!({ "messaging": [talk.0] }), key)
    }

    fn unreadable(&self, lost: &Lost<'_>) -> Notification {
        let payload = json!({ "text": lost.text });
        let told = self.make("", &Json::Null, payload, None);
        let number = lost.number.as_deref().map(short);
        Notification {
            kind: Notification::UNREADABLE.to_owned(),
            account: number.unwrap_or(told.account),
            ..told
        }
    }

    fn make(
        &self,
        kind: &str,
        content: &Json,
        mut payload: Json,
        key: Option<String>,
    ) -> Notification {
        let content = Value(content);
        let key = key.unwrap_or_else(|| hash(&payload));
        let number = content_number(&payload);
        let account = number.or_else(|| self.entry.at("id").text());
        let kind = if self.is_ours {
            kind.to_owned()
        } else {
            format!("{}.{kind}", self.object)
        };
        let times = ["timestamp", "created_time", "time"];
        let occurred_at = times.iter().find_map(|name| content.at(name).instant());
        payload["object"] = json!(self.object);
        payload["entry"] = json!({ "id": self.entry.at("id").0, "time": self.entry.at("time").0 });
        Notification {
            account: short(&account.unwrap_or_default()),
            kind: short(&kind),
            key,
            occurred_at: occurred_at.or_else(|| self.entry.at("time").instant()),
            payload,
        }
    }
}

/// The number that a WhatsApp account speaks by: an account has several, each with conversations of its own.
fn content_number(payload: &Json) -> Option<String> {
    Value(payload)
        .at("value")
        .at("metadata")
        .at("phone_number_id")
        .text()
}

fn kind_of_change(field: &str, value: Value<'_>) -> String {
    match field {
        "" => "unknown".to_owned(),
        "feed" => {
            let (item, verb) = (value.at("item").text(), value.at("verb").text());
            let kind = dotted(field, &item.unwrap_or_default());
            dotted(&kind, &verb.unwrap_or_default())
        }
        other => other.to_owned(),
    }
}

/// What has an id and can happen to it once only is known by that, whatever else is said of it.
fn key_of_change(field: &str, value: Value<'_>) -> Option<String> {
    let text = |name: &str| value.at(name).text();
    match field {
        "feed" if text("item").as_deref() == Some("comment") => {
            let verb = text("verb").filter(|verb| matches!(verb.as_str(), "add" | "remove"))?;
            Some(format!("{}:{verb}", text("comment_id")?))
        }
        "comments" | "live_comments" => {
            let id = text("id").or_else(|| text("comment_id"))?;
            Some(format!("{id}:{}", text("text").unwrap_or_default()))
        }
        _ => None,
    }
}

fn dotted(kind: &str, detail: &str) -> String {
    if detail.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}.{detail}")
    }
}

fn short(text: &str) -> String {
    plain(text).chars().take(LONGEST_NAME).collect()
}

/// Of the content alone: when Meta tells something again, the request around it may be another.
fn hash(payload: &Json) -> String {
    hex::encode(Sha256::digest(payload.to_string().as_bytes()))
}
