//! Media: pictures are ready at once, videos are processed.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::error::MastodonError;
use super::instance::{
    DESCRIPTION_LIMIT, IMAGE_LIMIT, IMAGE_MATRIX_LIMIT, MIME_TYPES, VIDEO_LIMIT, VIDEO_MATRIX_LIMIT,
};
use super::{Answer, account_of};
use crate::call::Call;
use crate::media::{Facts, Medium, examine};
use crate::state::World;

/// An uploaded file. `status` names the post that shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attachment {
    pub account: String,
    pub medium: Medium,
    /// How many more polls say that it is being processed.
    pub polls: u32,
    pub status: Option<String>,
}

/// `POST /api/v2/media`.
pub async fn upload(world: &World, call: &Call) -> Answer {
    let account = account_of(world, call, "write:media")?;
    let file = call.files.iter().find(|file| file.name == "file");
    let file =
        file.ok_or_else(|| MastodonError::invalid("Validation failed: File can't be blank"))?;
    let facts = check(&file.bytes)?;
    let description = description(call)?;
    let medium = world
        .media
        .keep(file.bytes.clone(), facts, description)
        .await;
    Ok(world.change(|state| {
        let polls = state.behaviour.polls_for(!medium.facts.is_image());
        let id = state.new_id();
        let medium = Medium {
            id: Some(id.clone()),
            ..medium
        };
        let attachment = Attachment {
            account: account.id.to_owned(),
            medium,
            polls,
            status: None,
        };
        let status = if polls > 0 {
            StatusCode::ACCEPTED
        } else {
            StatusCode::OK
        };
        let answer = shown(world, &id, &attachment);
        state.mastodon_attachments.insert(id, attachment);
        (status, answer)
    }))
}

fn check(bytes: &[u8]) -> Result<Facts, MastodonError> {
    let bad_type = || {
        MastodonError::invalid("Validation failed: File content type is invalid, File is invalid")
    };
    let facts = examine(bytes)
        .filter(|facts| MIME_TYPES.contains(&facts.mime.as_str()))
        .ok_or_else(bad_type)?;
    let (size_limit, matrix_limit) = if facts.is_image() {
        (IMAGE_LIMIT, IMAGE_MATRIX_LIMIT)
    } else {
        (VIDEO_LIMIT, VIDEO_MATRIX_LIMIT)
    };
    if facts.size > size_limit {
        let megabytes = size_limit / 1024 / 1024;
        return Err(MastodonError::invalid(format!(
            "Validation failed: File file size must be less than or equal to {megabytes} MB"
        )));
    }
    let (width, height) = (facts.width, facts.height);
    if u64::from(width) * u64::from(height) > matrix_limit {
        return Err(MastodonError::invalid(format!(
            "Validation failed: {width}x{height} images are not supported"
        )));
    }
    Ok(facts)
}

fn description(call: &Call) -> Result<Option<String>, MastodonError> {
    let text = call.params.get("description").map(str::to_owned);
    if text
        .as_ref()
        .is_some_and(|text| text.chars().count() > DESCRIPTION_LIMIT)
    {
        return Err(MastodonError::invalid(format!(
            "Validation failed: Description is too long (maximum is {DESCRIPTION_LIMIT} characters)"
        )));
    }
    Ok(text)
}

/// `GET /api/v1/media/{id}`: 206 while it is processed.
pub fn read(world: &World, call: &Call, id: &str) -> Answer {
    let account = account_of(world, call, "write:media")?;
    world.change(|state| {
        let found = state
            .mastodon_attachments
            .get_mut(id)
            .filter(|one| one.account == account.id);
        let attachment = found.ok_or_else(MastodonError::not_found)?;
        if attachment.polls > 0 {
            let answer = shown(world, id, attachment);
            attachment.polls -= 1;
            return Ok((StatusCode::PARTIAL_CONTENT, answer));
        }
        Ok((StatusCode::OK, shown(world, id, attachment)))
    })
}

/// `PUT /api/v1/media/{id}`: changes the description.
pub fn describe(world: &World, call: &Call, id: &str) -> Answer {
    let account = account_of(world, call, "write:media")?;
    let text = description(call)?;
    world.change(|state| {
        let found = state
            .mastodon_attachments
            .get_mut(id)
            .filter(|one| one.account == account.id);
        let attachment = found.ok_or_else(MastodonError::not_found)?;
        attachment.medium.alt = text;
        Ok((StatusCode::OK, shown(world, id, attachment)))
    })
}

/// A medium of a published status.
pub fn shown_ready(world: &World, medium: &Medium) -> Value {
    entity(
        world,
        medium.id.as_deref().unwrap_or_default(),
        medium,
        true,
    )
}

fn shown(world: &World, id: &str, attachment: &Attachment) -> Value {
    entity(world, id, &attachment.medium, attachment.polls == 0)
}

fn entity(world: &World, id: &str, medium: &Medium, is_ready: bool) -> Value {
    let facts = &medium.facts;
    let address = is_ready.then(|| world.link(&format!("/media/{}", medium.hash)));
    let kind = match facts.mime.split('/').next() {
        Some("image") => "image",
        Some("video") => "video",
        _ => "audio",
    };
    let meta = json!({"original": {
        "width": facts.width, "height": facts.height, "size": format!("{}x{}", facts.width, facts.height),
        "aspect": facts.ratio(), "duration": facts.seconds,
    }});
    json!({
        "id": id, "type": kind, "url": address, "preview_url": address, "remote_url": null, "text_url": null,
        "preview_remote_url": null, "meta": meta, "description": medium.alt, "blurhash": null,
    })
}
