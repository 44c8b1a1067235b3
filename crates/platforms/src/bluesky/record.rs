//! The record that a post is, and the key it lies under.

use fanfare_platform_kit::Options;
use fanfare_platform_kit::roles::Outgoing;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::card::Card;
use super::facets::{Mentions, facets};
use super::manifest::{LANGUAGES, LANGUAGES_MAX};

pub const COLLECTION: &str = "app.bsky.feed.post";

/// What a record is made of besides the post itself.
pub struct Parts<'a> {
    pub created_at: &'a str,
    pub mentions: &'a Mentions,
    pub blobs: &'a [Value],
    pub card: Option<&'a Card>,
}

/// The record, the same bytes each time it is made from the same parts.
pub fn record(outgoing: &Outgoing, parts: &Parts<'_>) -> Value {
    let mut record = Map::new();
    record.insert("$type".into(), COLLECTION.into());
    record.insert("text".into(), outgoing.text.clone().into());
    record.insert("createdAt".into(), parts.created_at.into());
    let facets = facets(&outgoing.text, parts.mentions);
    if !facets.is_empty() {
        record.insert("facets".into(), facets.into());
    }
    let languages = languages(&outgoing.options).unwrap_or_default();
    if !languages.is_empty() {
        record.insert("langs".into(), languages.into());
    }
    if let Some(embed) = embed(outgoing, parts) {
        record.insert("embed".into(), embed);
    }
    record.into()
}

fn embed(outgoing: &Outgoing, parts: &Parts<'_>) -> Option<Value> {
    if parts.blobs.is_empty() {
        return parts
            .card
            .map(|card| json!({ "$type": "app.bsky.embed.external", "external": card }));
    }
    let images: Vec<_> = outgoing
        .media
        .iter()
        .zip(parts.blobs)
        .map(|(media, blob)| {
            let mut image = json!({ "image": blob, "alt": media.facts.alt });
            if media.facts.width > 0 && media.facts.height > 0 {
                image["aspectRatio"] =
                    json!({ "width": media.facts.width, "height": media.facts.height });
            }
            image
        })
        .collect();
    Some(json!({ "$type": "app.bsky.embed.images", "images": images }))
}

/// The languages a person chose, or `None` when what they wrote is no list of languages.
pub fn languages(options: &Options) -> Option<Vec<String>> {
    let Some(Value::String(written)) = options.get(LANGUAGES) else {
        return Some(Vec::new());
    };
    let languages: Vec<_> = written
        .split([',', ';', ' '])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    let good = languages.len() <= LANGUAGES_MAX && languages.iter().all(|part| is_language(part));
    good.then_some(languages)
}

/// `en`, `pt-BR`, `zh-Hans`: a language's letters, then parts of letters and digits.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    (2..=3).contains(&language.len())
        && language.chars().all(|letter| letter.is_ascii_alphabetic())
        && parts.all(|part| {
            (1..=8).contains(&part.len())
                && part.chars().all(|letter| letter.is_ascii_alphanumeric())
        })
}

/// `createdAt`: the delivery's own time, so that it is the same however often the record is made.
pub fn created_at(outgoing: &Outgoing) -> String {
    format!("{:.3}", outgoing.began_at)
}

/// The record's key, chosen from the delivery: the time it began, and below that a number drawn from its id.
///
/// Two deliveries that begin in the same millisecond get the same key once in a million times; the server then refuses
/// the second, and it takes the key behind.
pub fn key(outgoing: &Outgoing) -> String {
    let drawn = Sha256::digest(outgoing.delivery_id.as_bytes());
    let drawn = u64::from_be_bytes(drawn[..8].try_into().expect("a hash has 32 bytes"));
    let millis = u64::try_from(outgoing.began_at.as_millisecond()).unwrap_or(0);
    let micros = millis * 1_000 + drawn % 1_000;
    let clock = (drawn / 1_000) % 1_024;
    encoded(micros << 10 | clock)
}

/// The key behind `key`, for when somebody else's record lies under that.
pub fn next_key(key: &str) -> String {
    encoded(decoded(key).wrapping_add(1))
}

/// A TID: 13 letters of five bits each, highest first, which sort as the numbers do.
const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
const LENGTH: u32 = 13;

fn encoded(number: u64) -> String {
    let number = number & (u64::MAX >> 1);
    (0..LENGTH)
        .rev()
        .map(|place| char::from(LETTERS[(number >> (place * 5)) as usize & 31]))
        .collect()
}

fn decoded(key: &str) -> u64 {
    key.bytes().fold(0, |number, letter| {
        let value = LETTERS
            .iter()
            .position(|other| *other == letter)
            .unwrap_or(0);
        number << 5 | value as u64
    })
}

/// Where people see the post.
pub fn permalink(did: &str, key: &str) -> String {
    format!("https://bsky.app/profile/{did}/post/{key}")
}

/// By Bluesky's clock where the record tells, for the receipt.
pub fn time_of(record: &Value) -> Option<Timestamp> {
    record["createdAt"].as_str()?.parse().ok()
}
