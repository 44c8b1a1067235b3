//! What the instance says about itself and its limits.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Answer;
use crate::state::World;

pub const MAX_ATTACHMENTS: usize = 4;
pub const IMAGE_LIMIT: usize = 16_777_216;
pub const IMAGE_MATRIX_LIMIT: u64 = 33_177_600;
pub const VIDEO_LIMIT: usize = 103_809_024;
pub const VIDEO_MATRIX_LIMIT: u64 = 8_294_400;
pub const DESCRIPTION_LIMIT: usize = 1_500;
pub const URL_LENGTH: usize = 23;
pub const MIME_TYPES: [&str; 14] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/heif",
    "image/heic",
    "image/webp",
    "image/avif",
    "video/webm",
    "video/mp4",
    "video/quicktime",
    "audio/mpeg",
    "audio/ogg",
    "audio/m4a",
    "audio/x-wav",
];
const TITLE: &str = "Harbour Social (pretend)";
const VERSION: &str = "4.5.2";

pub fn domain(world: &World) -> String {
    let host = world.base.host_str().unwrap_or("localhost");
    world
        .base
        .port()
        .map_or(host.to_owned(), |port| format!("{host}:{port}"))
}

/// `GET /api/v2/instance`.
pub fn v2(world: &World) -> Answer {
    let answer = json!({
        "domain": domain(world), "title": TITLE, "version": VERSION,
        "source_url": "https://github.com/mastodon/mastodon", "description": "A pretend instance.",
        "usage": {"users": {"active_month": 2}}, "thumbnail": {"url": ""}, "languages": ["en"],
        "configuration": configuration(world), "registrations": {"enabled": false, "approval_required": false},
        "api_versions": {"mastodon": 7}, "contact": {"email": "", "account": null}, "rules": [],
    });
    Ok((StatusCode::OK, answer))
}

/// `GET /api/v1/instance`, for older clients.
pub fn v1(world: &World) -> Answer {
    let answer = json!({
        "uri": domain(world), "title": TITLE, "version": VERSION, "short_description": "A pretend instance.",
        "description": "", "email": "", "urls": {}, "stats": {"user_count": 2, "status_count": 0, "domain_count": 1},
        "languages": ["en"], "registrations": false, "configuration": configuration(world), "rules": [],
    });
    Ok((StatusCode::OK, answer))
}

fn configuration(world: &World) -> Value {
    let max_characters = world.look(|state| state.behaviour.mastodon_max_characters);
    json!({
        "urls": {}, "vapid": {"public_key": ""}, "accounts": {"max_featured_tags": 10, "max_pinned_statuses": 5},
        "statuses": {
            "max_characters": max_characters, "max_media_attachments": MAX_ATTACHMENTS,
            "characters_reserved_per_url": URL_LENGTH,
        },
        "media_attachments": {
            "supported_mime_types": MIME_TYPES, "description_limit": DESCRIPTION_LIMIT,
            "image_size_limit": IMAGE_LIMIT, "image_matrix_limit": IMAGE_MATRIX_LIMIT,
            "video_size_limit": VIDEO_LIMIT, "video_frame_rate_limit": 120, "video_matrix_limit": VIDEO_MATRIX_LIMIT,
        },
        "polls": {
            "max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746,
        },
        "translation": {"enabled": false},
    })
}
