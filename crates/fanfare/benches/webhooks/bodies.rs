//! What platforms would send: each body distinct, signed, and a whole request before anything is measured.

use fanfare_platform_kit::signature::hmac_sha256_hex;
use serde_json::{Value, json};

use crate::SECRET;

/// Every tenth request tells of several changes at once, up to this many.
const LARGEST_BATCH: usize = 20;

/// A body, where it goes and how many events it is.
pub struct Body {
    pub platform: &'static str,
    pub bytes: Vec<u8>,
    pub events: usize,
}

/// A third each: comments on Instagram and news of a Page, about a kilobyte, and states of WhatsApp messages, about 0.7.
pub fn body(number: usize) -> Body {
    let events = match number % 10 {
        9 => 1 + number / 10 % LARGEST_BATCH,
        _ => 1,
    };
    let (platform, object, change): (_, _, fn(usize, usize) -> Value) = match number % 3 {
        0 => ("instagram", "instagram", instagram_comment),
        1 => ("whatsapp", "whatsapp_business_account", whatsapp_status),
        _ => ("facebook", "page", page_feed),
    };
    let changes: Vec<Value> = (0..events).map(|place| change(number, place)).collect();
    let account = format!("1784140000000{:04}", number % 20);
    let entry = json!({ "id": account, "time": 1_790_000_001, "changes": changes });
    let bytes = json!({ "object": object, "entry": [entry] })
        .to_string()
        .into_bytes();
    Body {
        platform,
        bytes,
        events,
    }
}

fn instagram_comment(number: usize, place: usize) -> Value {
    json!({ "field": "comments", "value": {
        "id": format!("1797{number:09}{place:02}"), "parent_id": format!("1796{number:09}{place:02}"),
        "from": { "id": "9988776655443322", "username": "ann.example", "self_ig_scoped_id": "1122334455667788" },
        "media": { "id": "18023456789012345", "media_product_type": "FEED", "ad_id": "120210000000000000", "ad_title": "Autumn loaves" },
        "text": "What a lovely loaf. ".repeat(30) } })
}

fn whatsapp_status(number: usize, place: usize) -> Value {
    json!({ "field": "messages", "value": {
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": "15550783881", "phone_number_id": format!("1065400000{:04}", number % 20) },
        "statuses": [{
            "id": format!("wamid.HBgLMTY1MDU1NTEyMzQVAgARGBI5QTNDQTVCM0Q0Q{number:09}{place:02}"), "status": "delivered",
            "timestamp": "1790000000", "recipient_id": "16505551234", "recipient_user_id": "US.13491208655302741918",
            "conversation": { "id": "72c5c2d1b1e2f3a4b5c6d7e8f9a0b1c2", "expiration_timestamp": "1790086400", "origin": { "type": "utility" } },
            "pricing": { "billable": true, "pricing_model": "PMP", "type": "regular", "category": "utility" } }] } })
}

fn page_feed(number: usize, place: usize) -> Value {
    comment(
        &format!("10000000000000{}", number % 20),
        &format!("{number}_{place}"),
    )
}

/// Somebody comments on what a Page published.
pub fn comment(page: &str, id: &str) -> Value {
    json!({ "field": "feed", "value": {
        "from": { "id": "9988776655443322", "name": "Ann Example" }, "item": "comment", "verb": "add",
        "comment_id": format!("{page}_{id}"), "post_id": format!("{page}_3344"), "parent_id": format!("{page}_3344"),
        "created_time": 1_790_000_000, "message": "What a lovely loaf. ".repeat(20), "post": {
        "permalink_url": "https://www.facebook.com/permalink.php?story_fbid=3344&id=1122", "id": format!("{page}_3344"),
        "status_type": "added_photos", "is_published": true, "updated_time": "2026-11-20T09:00:00+0000", "promotion_status": "inactive" } } })
}

/// A request as it goes over the line.
pub fn request(body: &Body) -> Vec<u8> {
    let signature = hmac_sha256_hex(SECRET.as_bytes(), &body.bytes);
    let head = format!(
        "POST /hooks/{} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nUser-Agent: facebookexternalua\r\n\
         X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {}\r\n\r\n",
        body.platform,
        body.bytes.len()
    );
    [head.as_bytes(), &body.bytes].concat()
}
