//! Containers: media on its way to being published.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::check::{self, Trouble};
use crate::call::Call;
use crate::cast::InstagramAccount;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::graph::fields::pick;
use crate::media::{Medium, fetch};
use crate::state::{State, World};

const CAPTION_LIMIT: usize = 2_200;
const HASHTAG_LIMIT: usize = 30;
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// What a container will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    Image,
    /// A video inside a carousel; a video on its own is a reel.
    Video,
    Reel,
    Story,
    Carousel,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Container {
    pub account: String,
    pub shape: Shape,
    pub caption: String,
    pub children: Vec<String>,
    /// What was chosen besides, in words.
    #[serde(default)]
    pub extras: Vec<(String, String)>,
    pub is_child: bool,
    pub contents: Contents,
    /// How many more polls say that it is being processed.
    pub polls: u32,
    /// The media it was published as.
    pub published: Option<String>,
    pub at: Timestamp,
}

/// How far the bytes have come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contents {
    /// A carousel has no bytes of its own.
    None,
    /// Being fetched, or waiting for an upload.
    Awaited,
    Ready(Medium),
    Failed(Trouble),
}

/// Where a container stands; the documented `status_code`.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    InProgress,
    Finished,
    Error(Trouble),
    Expired,
    Published,
}

/// `POST /{ig}/media`.
pub async fn create(
    world: &Arc<World>,
    caller: &Caller,
    account: &InstagramAccount,
    call: &Call,
) -> Answer {
    caller.may_publish_on_instagram()?;
    let mut container = planned(account, call, world.look(State::now))?;
    if container.shape == Shape::Carousel {
        container.children = call.params.list("children");
        return world.change(|state| {
            check_children(state, account, &container.children)?;
            Ok(json!({ "id": add(state, container) }))
        });
    }
    if call.params.get("upload_type") == Some("resumable") {
        let id = world.change(|state| add(state, container));
        let uri = world.link(&format!("/instagram/ig-api-upload/v26.0/{id}"));
        return Ok(json!({"id": id, "uri": uri}));
    }
    let (address, video) = source(call, container.shape)?;
    let later = video || world.look(|state| state.behaviour.instagram_fetches_pictures_later);
    if later {
        let id = world.change(|state| add(state, container.clone()));
        let (world, address, fetched) = (Arc::clone(world), address.to_owned(), id.clone());
        tokio::spawn(async move {
            let contents = obtain(&world, &address, container.shape, video).await;
            world.change(|state| settle(state, &fetched, contents));
        });
        return Ok(json!({ "id": id }));
    }
    match obtain(world, address, container.shape, video).await {
        Err(trouble) => Err(trouble.error()),
        Ok(medium) => {
            container.contents = Contents::Ready(Medium {
                alt: alt(call),
                ..medium
            });
            Ok(json!({ "id": world.change(|state| add(state, container)) }))
        }
    }
}

/// Reads everything but the bytes.
fn planned(
    account: &InstagramAccount,
    call: &Call,
    at: Timestamp,
) -> Result<Container, GraphError> {
    let is_child = call.params.flag("is_carousel_item").unwrap_or(false);
    let shape = match call.params.get("media_type") {
        None | Some("IMAGE") if call.params.get("video_url").is_some() && is_child => Shape::Video,
        None | Some("IMAGE") => Shape::Image,
        Some("VIDEO") if is_child => Shape::Video,
        Some("REELS") => Shape::Reel,
        Some("STORIES") => Shape::Story,
        Some("CAROUSEL") => Shape::Carousel,
        Some(other) => return Err(check::unknown_type(other)),
    };
    let caption = call.params.get("caption").unwrap_or("");
    if caption.chars().count() > CAPTION_LIMIT || caption.matches('#').count() > HASHTAG_LIMIT {
        return Err(check::caption_too_long());
    }
    if is_child && call.params.get("collaborators").is_some() {
        return Err(GraphError::parameter(
            "The param collaborators is not allowed on a carousel item",
        ));
    }
    if let Some(name) = call
        .params
        .list("collaborators")
        .iter()
        .find(|name| name.starts_with('@'))
    {
        return Err(check::bad_username(name));
    }
    if alt(call).is_some_and(|alt| alt.chars().count() > 1_000) {
        return Err(GraphError::parameter(
            "Param alt_text is longer than 1000 characters",
        ));
    }
    let contents = if shape == Shape::Carousel {
        Contents::None
    } else {
        Contents::Awaited
    };
    Ok(Container {
        account: account.id.to_owned(),
        shape,
        caption: caption.to_owned(),
        children: Vec::new(),
        extras: extras(call),
        is_child,
        contents,
        polls: 0,
        published: None,
        at,
    })
}

/// The choices that only people see, for the post's page.
fn extras(call: &Call) -> Vec<(String, String)> {
    let chosen = [
        (
            "Collaborators",
            call.params.list("collaborators").join(", "),
        ),
        (
            "Place",
            call.params.get("location_id").unwrap_or("").to_owned(),
        ),
        (
            "In the feed",
            call.params.get("share_to_feed").unwrap_or("").to_owned(),
        ),
        (
            "Cover at (ms)",
            call.params.get("thumb_offset").unwrap_or("").to_owned(),
        ),
    ];
    let present = chosen.into_iter().filter(|(_, value)| !value.is_empty());
    present
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn alt(call: &Call) -> Option<String> {
    call.params.get("alt_text").map(str::to_owned)
}

/// The address of the bytes and whether they should be a video.
fn source(call: &Call, shape: Shape) -> Result<(&str, bool), GraphError> {
    let image = call.params.get("image_url").map(|address| (address, false));
    let video = call.params.get("video_url").map(|address| (address, true));
    let (found, name) = match shape {
        Shape::Reel | Shape::Video => (video, "video_url"),
        Shape::Story => (image.or(video), "image_url or video_url"),
        Shape::Image | Shape::Carousel => (image, "image_url"),
    };
    found.ok_or_else(|| GraphError::parameter(format!("The parameter {name} is required")))
}

fn add(state: &mut State, mut container: Container) -> String {
    let video = matches!(container.shape, Shape::Reel | Shape::Video);
    container.polls = state.behaviour.polls_for(video);
    let id = state.new_id();
    state.instagram_containers.insert(id.clone(), container);
    id
}

fn check_children(
    state: &State,
    account: &InstagramAccount,
    children: &[String],
) -> Result<(), GraphError> {
    if !(2..=10).contains(&children.len()) {
        return Err(check::carousel_size());
    }
    for id in children {
        let child = state.instagram_containers.get(id);
        let good = child.is_some_and(|child| child.is_child && child.account == account.id);
        if !good {
            return Err(check::no_container(id));
        }
    }
    Ok(())
}

async fn obtain(
    world: &World,
    address: &str,
    shape: Shape,
    video: bool,
) -> Result<Medium, Trouble> {
    let limit = check::size_limit(shape, video) + 1;
    let bytes = fetch(&world.http, address, limit).await.map_err(|why| {
        tracing::info!(%why, "the sandbox could not fetch media for Instagram");
        if why.starts_with("it is larger") {
            Trouble::TooLarge { video }
        } else {
            Trouble::NotFetched
        }
    })?;
    let facts = check::media(&bytes, shape, video)?;
    Ok(world.media.keep(bytes, facts, None).await)
}

fn settle(state: &mut State, id: &str, contents: Result<Medium, Trouble>) {
    if let Some(container) = state.instagram_containers.get_mut(id) {
        container.contents = match contents {
            Ok(medium) => Contents::Ready(medium),
            Err(trouble) => Contents::Failed(trouble),
        };
    }
}

/// `POST rupload…/ig-api-upload/{container}`: the bytes, or a `file_url` header.
pub async fn upload(world: &World, call: &Call, id: &str) -> Answer {
    let caller = Caller::of(world, call)?;
    let found = world.look(|state| {
        state
            .instagram_containers
            .get(id)
            .map(|one| (one.account.clone(), one.shape))
    });
    let (_, shape) = found
        .filter(|(account, _)| caller.sees_instagram(account))
        .ok_or_else(|| check::no_container(id))?;
    let contents = match call.header("file_url") {
        Some(address) => obtain(world, address, shape, true).await,
        None => match check::media(&call.body, shape, true) {
            Ok(facts) => Ok(world.media.keep(call.body.clone(), facts, None).await),
            Err(trouble) => Err(trouble),
        },
    };
    world.change(|state| settle(state, id, contents));
    Ok(json!({"success": true, "message": "Upload successful."}))
}

/// Where a container stands. Asking is what makes it move: each answer "in progress" uses up one poll.
pub fn poll(state: &mut State, id: &str) -> Option<Stage> {
    let now = state.now();
    let container = state.instagram_containers.get_mut(id)?;
    if container.published.is_some() {
        return Some(Stage::Published);
    }
    if now.duration_since(container.at) > LIFETIME {
        return Some(Stage::Expired);
    }
    match &container.contents {
        Contents::Awaited => return Some(Stage::InProgress),
        Contents::Failed(trouble) => return Some(Stage::Error(trouble.clone())),
        Contents::None | Contents::Ready(_) => {}
    }
    if container.polls > 0 {
        container.polls -= 1;
        return Some(Stage::InProgress);
    }
    let children = container.children.clone();
    let stages: Vec<Stage> = children
        .iter()
        .filter_map(|child| poll(state, child))
        .collect();
    let bad = stages.iter().find(|stage| matches!(stage, Stage::Error(_)));
    let unready = stages
        .iter()
        .find(|stage| !matches!(stage, Stage::Finished));
    Some(bad.or(unready).cloned().unwrap_or(Stage::Finished))
}

/// The status of a container whose media a fault rejects.
pub fn rejected(call: &Call) -> Answer {
    let id = call.segments.first().map_or("", String::as_str);
    shown(id, &Stage::Error(Trouble::VideoFormat), call)
}

/// `GET /{container}`.
pub fn read(world: &World, id: &str, call: &Call) -> Answer {
    let stage = world
        .change(|state| poll(state, id))
        .ok_or_else(|| check::no_container(id))?;
    shown(id, &stage, call)
}

fn shown(id: &str, stage: &Stage, call: &Call) -> Answer {
    let (code, status) = match stage {
        Stage::InProgress => (
            "IN_PROGRESS",
            "In Progress: Media is still being processed.".to_owned(),
        ),
        Stage::Finished => (
            "FINISHED",
            "Finished: Media has been uploaded and it is ready to be published.".to_owned(),
        ),
        Stage::Error(trouble) => ("ERROR", trouble.status()),
        Stage::Expired => (
            "EXPIRED",
            "Expired: The container was not published within 24 hours.".to_owned(),
        ),
        Stage::Published => (
            "PUBLISHED",
            "Published: Media has been published.".to_owned(),
        ),
    };
    let whole = json!({
        "id": id, "status_code": code, "status": status, "video_status": null,
        "copyright_check_status": {"status": "completed", "matches_found": false},
    });
    pick(&whole, call, "id")
}
