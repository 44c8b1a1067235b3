//! The record that a post is, and the key it lies under.

use fanfare_platform_kit::Options;
use fanfare_platform_kit::roles::{Outgoing, OutgoingComment};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
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
    let Outgoing { text, options, .. } = outgoing;
    let mut record = words(text, options, parts.created_at, parts.mentions);
    if let Some(embed) = embed(outgoing, parts) {
        record.insert("embed".into(), embed);
    }
    record.into()
}

/// The record of a reply to a post of ours, which begins a thread and so is root and parent in one.
pub fn reply(comment: &OutgoingComment, parts: &Parts<'_>, post: &PostRef) -> Value {
    let OutgoingComment { text, options, .. } = comment;
    let mut record = words(text, options, parts.created_at, parts.mentions);
    record.insert("reply".into(), json!({ "root": post, "parent": post }));
    record.into()
}

/// A post as other records point at it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PostRef {
    pub uri: String,
    pub cid: String,
}

/// What every record of words has.
fn words(
    text: &str,
    options: &Options,
    created_at: &str,
    mentions: &Mentions,
) -> Map<String, Value> {
    let mut record = Map::new();
    record.insert("$type".into(), COLLECTION.into());
    record.insert("text".into(), text.into());
    record.insert("createdAt".into(), created_at.into());
    let facets = facets(text, mentions);
    if !facets.is_empty() {
        record.insert("facets".into(), facets.into());
    }
    let languages = languages(options).unwrap_or_default();
    if !languages.is_empty() {
        record.insert("langs".into(), languages.into());
    }
    record
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

/// `createdAt`: when the work began, so that it is the same however often the record is made.
pub fn created_at(began_at: Timestamp) -> String {
    format!("{began_at:.3}")
}

/// The record's key, chosen from the delivery or comment: the time it began, and below that a number drawn from its id.
///
/// Two that begin in the same millisecond get the same key once in a million times; the server then refuses
/// the second, and it takes the key behind.
pub fn key(id: &str, began_at: Timestamp) -> String {
    let drawn = Sha256::digest(id.as_bytes());
    let drawn = u64::from_be_bytes(drawn[..8].try_into().expect("a hash has 32 bytes"));
    let millis = u64::try_from(began_at.as_millisecond()).unwrap_or(0);
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

/// The key at the end of a record's address.
pub fn key_of(uri: &str) -> &str {
    uri.rsplit('/').next().unwrap_or(uri)
}

/// Where people see the post.
pub fn permalink(did: &str, key: &str) -> String {
    format!("https://bsky.app/profile/{did}/post/{key}")
}

/// By Bluesky's clock where the record tells, for the receipt.
pub fn time_of(record: &Value) -> Option<Timestamp> {
    record["createdAt"].as_str()?.parse().ok()
}
