//! Reels: started, uploaded to a second address, finished.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::publish;
use crate::call::Call;
use crate::cast;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::graph::fields::pick;
use crate::media::{Medium, fetch};
use crate::state::World;

const VIDEO_LIMIT: usize = 300 * 1024 * 1024;

/// A reel before it is a post.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reel {
    pub page: String,
    pub medium: Option<Medium>,
    pub published: bool,
    /// How many more polls say that it is being processed.
    pub polls: u32,
}

/// `POST /{page}/video_reels`, phases `start` and `finish`.
pub fn post(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    caller.may_post_on(page)?;
    match call.params.get("upload_phase") {
        Some("start") => Ok(start(world, page)),
        Some("finish") => finish(world, page, call),
        _ => Err(GraphError::parameter(
            "Param upload_phase must be one of {start, finish}",
        )),
    }
}

fn start(world: &World, page: &cast::Page) -> serde_json::Value {
    let id = world.change(|state| {
        let id = state.new_id();
        let polls = state.behaviour.polls_for(true);
        let reel = Reel {
            page: page.id.to_owned(),
            medium: None,
            published: false,
            polls,
        };
        state.facebook_reels.insert(id.clone(), reel);
        id
    });
    json!({"video_id": id, "upload_url": world.link(&format!("/facebook/video-upload/v26.0/{id}"))})
}

/// `POST rupload…/video-upload/{video}`: the bytes, or a `file_url` header.
pub async fn upload(world: &World, call: &Call, id: &str) -> Answer {
    Caller::of(world, call)?;
    if !world.look(|state| state.facebook_reels.contains_key(id)) {
        return Err(GraphError::missing(&call.method, id));
    }
    let bytes = match call.header("file_url") {
        Some(address) => fetch(&world.http, address, VIDEO_LIMIT)
            .await
            .map_err(|why| {
                GraphError::new(
                    389,
                    format!("(#389) Unable to fetch video file from URL: {why}"),
                )
            })?,
        None => call.body.clone(),
    };
    let medium = publish::film(world, bytes).await?;
    world.change(|state| {
        if let Some(reel) = state.facebook_reels.get_mut(id) {
            reel.medium = Some(medium);
        }
    });
    Ok(json!({"success": true}))
}

fn finish(world: &World, page: &cast::Page, call: &Call) -> Answer {
    let id = call
        .params
        .get("video_id")
        .ok_or_else(|| GraphError::parameter("Missing video_id"))?;
    let text = call
        .params
        .get("description")
        .or_else(|| call.params.get("title"))
        .unwrap_or("");
    world.change(|state| {
        let reel = state
            .facebook_reels
            .get_mut(id)
            .filter(|reel| reel.page == page.id);
        let reel = reel.ok_or_else(|| GraphError::missing(&call.method, id))?;
        let medium = reel
            .medium
            .clone()
            .ok_or_else(|| GraphError::parameter("The video was not uploaded"))?;
        if !std::mem::replace(&mut reel.published, true) {
            publish::add(state, page, id.to_owned(), "reel", text, None, vec![medium]);
        }
        Ok(json!({"success": true, "post_id": id}))
    })
}

/// `GET /{video}` before it is published.
pub fn read(world: &World, id: &str, call: &Call) -> Answer {
    let (uploaded, processing) = world.change(|state| match state.facebook_reels.get_mut(id) {
        Some(reel) => {
            let processing = reel.medium.is_some() && reel.polls > 0;
            reel.polls = reel.polls.saturating_sub(u32::from(processing));
            (reel.medium.clone(), processing)
        }
        None => (None, false),
    });
    let phase = |done: bool| json!({"status": if done { "complete" } else { "not_started" }});
    let (video_status, ready) = match (&uploaded, processing) {
        (None, _) => ("uploading", false),
        (Some(_), true) => ("processing", false),
        (Some(_), false) => ("ready", true),
    };
    let whole = json!({"id": id, "status": {
        "video_status": video_status,
        "uploading_phase": {
            "status": if uploaded.is_some() { "complete" } else { "in_progress" },
            "bytes_transfered": uploaded.as_ref().map_or(0, |medium| medium.facts.size),
        },
        "processing_phase": phase(ready), "publishing_phase": phase(false),
    }});
    pick(&whole, call, "id")
}
