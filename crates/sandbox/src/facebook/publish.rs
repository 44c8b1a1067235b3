//! Publishing on a Page: text, links, several photos, videos.

use bytes::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::media::{Medium, examine, fetch};
use crate::posts::Post;
use crate::state::{State, World};

const TEXT_LIMIT: usize = 63_206;
const VIDEO_LIMIT: usize = 300 * 1024 * 1024;

/// `POST /{page}/feed`.
pub fn feed(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    caller.may_post_on(page)?;
    refuse_planned(call)?;
    let message = call.params.get("message").unwrap_or("");
    let link = link(call)?;
    let photos = attached(call)?;
    if message.is_empty() && link.is_none() && photos.is_empty() {
        return Err(GraphError::parameter("Missing message or attachment"));
    }
    if message.chars().count() > TEXT_LIMIT {
        return Err(GraphError::parameter("Param message is too long"));
    }
    world.change(|state| {
        refuse_duplicate(state, page, message)?;
        let media = take_photos(state, page, &photos)?;
        let kind = match (media.len(), &link) {
            (0, None) => "text",
            (0, Some(_)) => "link",
            (1, _) => "photo",
            _ => "album",
        };
        let id = publish(state, page, kind, message, link.clone(), media);
        for photo in &photos {
            if let Some(photo) = state.facebook_photos.get_mut(photo) {
                photo.post = Some(id.clone());
            }
        }
        Ok(json!({ "id": id }))
    })
}

/// `POST /{page}/videos` with `file_url` or a file.
pub async fn video(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    caller.may_post_on(page)?;
    refuse_planned(call)?;
    if let Some(phase) = call.params.get("upload_phase") {
        return Err(GraphError::parameter(format!(
            "Param upload_phase: this sandbox does not know {phase}"
        )));
    }
    let bytes = match (call.files.first(), call.params.get("file_url")) {
        (Some(file), _) => file.bytes.clone(),
        (None, Some(address)) => fetch(&world.http, address, VIDEO_LIMIT)
            .await
            .map_err(|why| {
                tracing::info!(%why, "the sandbox could not fetch a video");
                GraphError::new(389, "(#389) Unable to fetch video file from URL.")
            })?,
        (None, None) => return Err(GraphError::parameter("No video file was given")),
    };
    let medium = film(world, bytes).await?;
    let text = call
        .params
        .get("description")
        .or_else(|| call.params.get("title"))
        .unwrap_or("");
    let id = world.change(|state| add_video(state, page, "video", text, medium));
    Ok(json!({ "id": id }))
}

/// Looks at a video and keeps it.
pub async fn film(world: &World, bytes: Bytes) -> Result<Medium, GraphError> {
    let facts = examine(&bytes).filter(crate::media::Facts::is_video).ok_or_else(|| {
        GraphError::new(6000, "There was a problem uploading your video file. Please try again with another file.")
            .sub(1363024)
            .tell("Unsupported Video Format", "The video you tried to upload is in a format that isn't supported.")
    })?;
    Ok(world.media.keep(bytes, facts, None).await)
}

/// A video is its own post: it has no second id.
pub fn add_video(
    state: &mut State,
    page: &cast::Page,
    kind: &str,
    text: &str,
    medium: Medium,
) -> String {
    let id = state.new_id();
    add(state, page, id, kind, text, None, vec![medium])
}

fn publish(
    state: &mut State,
    page: &cast::Page,
    kind: &str,
    text: &str,
    link: Option<String>,
    media: Vec<Medium>,
) -> String {
    let id = format!("{}_{}", page.id, state.new_id());
    add(state, page, id, kind, text, link, media)
}

pub fn add(
    state: &mut State,
    page: &cast::Page,
    id: String,
    kind: &str,
    text: &str,
    link: Option<String>,
    media: Vec<Medium>,
) -> String {
    state.posts.add(Post {
        platform: Platform::Facebook,
        account: page.id.to_owned(),
        id: id.clone(),
        kind: kind.to_owned(),
        text: text.to_owned(),
        link,
        media,
        at: Timestamp::now(),
        idempotency_key: None,
        deleted: false,
        status: None,
    });
    id
}

/// Planning is the client's business here: nothing would ever publish a planned post of the sandbox.
fn refuse_planned(call: &Call) -> Result<(), GraphError> {
    let planned = call.params.get("scheduled_publish_time").is_some();
    if planned || call.params.flag("published") == Some(false) {
        return Err(GraphError::parameter(
            "The sandbox publishes at once; unpublished and scheduled posts are not kept",
        ));
    }
    Ok(())
}

fn refuse_duplicate(state: &State, page: &cast::Page, message: &str) -> Result<(), GraphError> {
    let last = state.posts.of(page.id).next();
    let same = !message.is_empty() && last.is_some_and(|post| post.text == message);
    if state.behaviour.refuse_duplicates && same {
        return Err(GraphError::new(506, "(#506) Duplicate status message"));
    }
    Ok(())
}

fn link(call: &Call) -> Result<Option<String>, GraphError> {
    let Some(link) = call.params.get("link") else {
        return Ok(None);
    };
    let good = url::Url::parse(link)
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if good {
        Ok(Some(link.to_owned()))
    } else {
        Err(GraphError::new(
            1500,
            "(#1500) The url you supplied is invalid",
        ))
    }
}

/// The photo ids of `attached_media`.
fn attached(call: &Call) -> Result<Vec<String>, GraphError> {
    let items = call.params.list("attached_media");
    let ids = items.iter().map(|item| {
        let item: Value = serde_json::from_str(item).ok()?;
        let id = item.get("media_fbid")?;
        id.as_str()
            .map(str::to_owned)
            .or_else(|| id.as_u64().map(|id| id.to_string()))
    });
    ids.collect::<Option<_>>()
        .ok_or_else(|| GraphError::parameter("Param attached_media must be an array of media_fbid"))
}

/// The media of unpublished photos, all of which must be this Page's and free.
fn take_photos(
    state: &State,
    page: &cast::Page,
    ids: &[String],
) -> Result<Vec<Medium>, GraphError> {
    let media = ids.iter().map(|id| {
        let photo = state
            .facebook_photos
            .get(id)
            .filter(|photo| photo.page == page.id);
        let photo = photo.ok_or_else(|| {
            GraphError::parameter(format!("Param attached_media: invalid media_fbid {id}"))
        })?;
        if photo.post.is_some() {
            return Err(GraphError::new(100, "(#100) Photos were already posted.").sub(1366051));
        }
        Ok(photo.medium.clone())
    });
    media.collect()
}
