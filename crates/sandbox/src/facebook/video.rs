//! Videos: posted in one call, processed after that, read and listed.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{publish, upload};
use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::graph::fields::pick;
use crate::graph::node::instant;
use crate::graph::{Answer, paging};
use crate::media::{Facts, Medium, examine, fetch};
use crate::posts::Post;
use crate::state::{State, World};

pub const SIZE_LIMIT: usize = 300 * 1024 * 1024;

/// A video of a Page, from the start of its upload.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Video {
    pub page: String,
    /// What has arrived of an upload in pieces.
    #[serde(skip)]
    pub pieces: Vec<u8>,
    pub medium: Option<Medium>,
    /// How many more polls say that it is being processed.
    pub polls: u32,
    pub published: bool,
}

impl Video {
    pub fn begun(state: &State, page: &cast::Page) -> Self {
        let polls = state.behaviour.polls_for(true);
        Self {
            page: page.id.to_owned(),
            pieces: Vec::new(),
            medium: None,
            polls,
            published: false,
        }
    }
}

/// `POST /{page}/videos` with `file_url` or a file, or a phase of an upload in pieces.
pub async fn post(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    caller.may_post_on(page)?;
    publish::refuse_planned(call)?;
    if call.params.get("upload_phase").is_some() {
        return upload::phase(world, page, call).await;
    }
    let bytes = match (call.files.first(), call.params.get("file_url")) {
        (Some(file), _) => file.bytes.clone(),
        (None, Some(address)) => fetched(world, address).await?,
        (None, None) => return Err(GraphError::parameter("No video file was given")),
    };
    let medium = keep(world, bytes).await?;
    let id = world.change(|state| {
        let id = state.new_id();
        let video = Video::begun(state, page);
        state.facebook_videos.insert(id.clone(), video);
        put(state, page, &id, "video", text(call), medium);
        id
    });
    Ok(json!({ "id": id }))
}

pub async fn fetched(world: &World, address: &str) -> Result<Bytes, GraphError> {
    fetch(&world.http, address, SIZE_LIMIT)
        .await
        .map_err(|why| {
            tracing::info!(%why, "the sandbox could not fetch a video");
            GraphError::new(389, "(#389) Unable to fetch video file from URL.")
        })
}

/// Looks at a video and keeps it.
pub async fn keep(world: &World, bytes: Bytes) -> Result<Medium, GraphError> {
    let facts = examine(&bytes).filter(Facts::is_video).ok_or_else(|| {
        GraphError::new(
            352,
            "(#352) The video file you selected is in a format that we don't support.",
        )
        .sub(1363024)
        .tell(
            "Unsupported Video Format",
            "The video you tried to upload is in a format that isn't supported.",
        )
    })?;
    Ok(world.media.keep(bytes, facts, None).await)
}

/// What a call says about its video.
pub fn text(call: &Call) -> &str {
    call.params
        .get("description")
        .or_else(|| call.params.get("title"))
        .unwrap_or("")
}

/// Publishes a video that has arrived. The post is found under the video's id.
pub fn put(state: &mut State, page: &cast::Page, id: &str, kind: &str, text: &str, medium: Medium) {
    if let Some(video) = state.facebook_videos.get_mut(id) {
        video.medium = Some(medium.clone());
        video.published = true;
    }
    let post = Post::new(
        Platform::Facebook,
        page.id,
        id.to_owned(),
        kind,
        text,
        state.now(),
    );
    state.publish(Post {
        media: vec![medium],
        ..post
    });
}

/// `GET /{video}`. Each look at a video that is being processed brings it forward.
pub fn read(world: &World, id: &str, call: &Call) -> Answer {
    let (video, post) = world.change(|state| {
        let video = state.facebook_videos.get_mut(id).map(|video| {
            let before = video.clone();
            video.polls = video
                .polls
                .saturating_sub(u32::from(video.medium.is_some()));
            before
        });
        (video, state.posts.find(id).cloned())
    });
    let video = video.ok_or_else(|| GraphError::missing(&call.method, id))?;
    pick(
        &whole(world, id, &video, post.as_ref()),
        call,
        "id,description,updated_time",
    )
}

/// `GET /{page}/videos`, newest first.
pub fn list(world: &World, page: &cast::Page, call: &Call) -> Answer {
    world.look(|state| {
        let videos = state
            .posts
            .of(page.id)
            .filter_map(|post| Some((post, state.facebook_videos.get(&post.id)?)));
        paging::page(
            world,
            call,
            videos,
            |(post, _)| &post.id,
            |(post, video)| {
                pick(
                    &whole(world, &post.id, video, Some(post)),
                    call,
                    "id,description,updated_time",
                )
            },
        )
    })
}

/// `DELETE /{video}`, and with it the post that shows it.
pub fn delete(world: &World, caller: &Caller, id: &str) -> Answer {
    let page = world.look(|state| {
        state
            .facebook_videos
            .get(id)
            .map(|video| video.page.clone())
    });
    let page = page
        .as_deref()
        .and_then(cast::page)
        .ok_or_else(GraphError::no_capability)?;
    caller.may_post_on(page)?;
    world.change(|state| {
        state.delete_post(id);
        state.facebook_videos.remove(id);
    });
    Ok(json!({"success": true}))
}

fn whole(world: &World, id: &str, video: &Video, post: Option<&Post>) -> Value {
    let at = post.map(|post| instant(post.at));
    let text = post
        .map(|post| post.text.as_str())
        .filter(|text| !text.is_empty());
    let facts = video.medium.as_ref().map(|medium| &medium.facts);
    let permalink = match post.map(|post| post.kind.as_str()) {
        Some("reel") => format!("/reel/{id}/"),
        _ => format!("/{}/videos/{id}/", video.page),
    };
    json!({
        "id": id, "description": text, "title": null, "created_time": at, "updated_time": at,
        // Videos have their address without the host, unlike posts.
        "permalink_url": permalink, "published": video.published,
        "post_id": post.map(|post| format!("{}_{}", post.account, post.id)),
        "from": {"id": video.page, "name": cast::name_of(&video.page)},
        "length": facts.and_then(|facts| facts.seconds),
        "source": video.medium.as_ref().map(|medium| world.link(&format!("/media/{}", medium.hash))),
        "status": status(video),
    })
}

fn status(video: &Video) -> Value {
    let size = video.medium.as_ref().map_or(0, |medium| medium.facts.size);
    let phase = |done: bool| if done { "complete" } else { "not_started" };
    let (word, ready) = match (&video.medium, video.polls) {
        (None, _) => ("uploading", false),
        (Some(_), 0) => ("ready", true),
        (Some(_), _) => ("processing", false),
    };
    json!({
        "video_status": word,
        "uploading_phase": {"status": phase(size > 0), "bytes_transfered": size, "source_file_size": size},
        "processing_phase": {"status": if word == "processing" { "in_progress" } else { phase(ready) }},
        "publishing_phase": {"status": phase(ready && video.published), "publish_status": "published"},
    })
}
