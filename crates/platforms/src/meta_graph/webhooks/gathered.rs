//! WhatsApp's gathered changes: each message, and each word of what became of one, with what belongs to it and nothing else.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};

use super::read::Value;

/// Where a message or a status says whom it is with.
const NAMED_IN: [&str; 4] = ["from", "from_user_id", "recipient_id", "recipient_user_id"];

/// A change without what it gathers. That can be thousands of things, so what each takes along has to be small.
pub(super) struct Gathered<'a> {
    rest: Map<String, Json>,
    /// By each of their names.
    contacts: HashMap<String, &'a Json>,
    /// Where there is only one, it is everybody's.
    only_contact: Option<&'a Json>,
}

impl<'a> Gathered<'a> {
    pub fn of(value: &'a Json) -> Self {
        let apart = ["messages", "statuses", "contacts"];
        let fields = value.as_object().into_iter().flatten();
        let rest = fields.filter(|(name, _)| !apart.contains(&name.as_str()));
        let all: Vec<_> = Value(value).at("contacts").items().collect();
        let mut contacts = HashMap::new();
        for contact in &all {
            for name in ["wa_id", "user_id"] {
                if let Some(name) = contact.at(name).text() {
                    contacts.entry(name).or_insert(contact.0);
                }
            }
        }
        Self {
            rest: rest
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            contacts,
            only_contact: match all[..] {
                [only] => Some(only.0),
                _ => None,
            },
        }
    }

    /// The change with nothing but this one thing in it, and whom it is with.
    pub fn alone(&self, list: &str, item: &Json) -> Json {
        let mut alone = self.rest.clone();
        let names = NAMED_IN.iter();
        let mut named = names.filter_map(|name| Value(item).at(name).text());
        let contact = named.find_map(|name| self.contacts.get(&name).copied());
        if let Some(contact) = contact.or(self.only_contact) {
            alone.insert("contacts".to_owned(), json!([contact]));
        }
        alone.insert(list.to_owned(), json!([item]));
        Json::Object(alone)
    }
}
