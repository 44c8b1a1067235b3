//! Videos that come in several calls: reels, and large videos in pieces.

use bytes::Bytes;
use serde_json::json;

use super::video::{self, SIZE_LIMIT, Video};
use crate::call::Call;
use crate::cast;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::state::World;

/// How much of a video one piece is asked to hold.
const PIECE: usize = 4 * 1024 * 1024;

/// `POST /{page}/video_reels`, phases `start` and `finish`.
pub fn reel(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    caller.may_post_on(page)?;
    match call.params.get("upload_phase") {
        Some("start") => {
            let id = begin(world, page);
            Ok(
                json!({"video_id": id, "upload_url": world.link(&format!("/facebook/video-upload/v26.0/{id}"))}),
            )
        }
        Some("finish") => {
            let id = required(call, "video_id")?;
            finish(world, page, call, id, "reel")?;
            Ok(json!({"success": true, "post_id": id}))
        }
        _ => Err(GraphError::parameter(
            "Param upload_phase must be one of {start, finish}",
        )),
    }
}

/// `POST rupload…/video-upload/{video}`: the bytes from `offset` on, or a `file_url` header.
pub async fn receive(world: &World, call: &Call, id: &str) -> Answer {
    let caller = Caller::of(world, call)?;
    let page = world.look(|state| {
        state
            .facebook_videos
            .get(id)
            .map(|video| video.page.clone())
    });
    let page = page
        .as_deref()
        .and_then(cast::page)
        .filter(|page| caller.is_page(page));
    page.ok_or_else(|| GraphError::missing(&call.method, id))?;
    if let Some(address) = call.header("file_url") {
        let medium = video::keep(world, video::fetched(world, address).await?).await?;
        world.change(|state| {
            state
                .facebook_videos
                .get_mut(id)
                .map(|video| video.medium = Some(medium))
        });
        return Ok(json!({"success": true}));
    }
    let offset = call
        .header("offset")
        .and_then(|offset| offset.parse().ok())
        .unwrap_or(0);
    let size = call
        .header("file_size")
        .and_then(|size| size.parse().ok())
        .unwrap_or(call.body.len());
    append(world, id, offset, &call.body)?;
    complete(world, id, size).await?;
    Ok(json!({"success": true}))
}

/// `POST /{page}/videos` with `upload_phase`: `start`, then `transfer` until the offsets meet, then `finish`.
pub async fn phase(world: &World, page: &cast::Page, call: &Call) -> Answer {
    match call.params.get("upload_phase") {
        Some("start") => {
            let size: usize = number(call, "file_size")?;
            if size > SIZE_LIMIT {
                return Err(GraphError::parameter("Param file_size is too large"));
            }
            let id = begin(world, page);
            Ok(
                json!({"upload_session_id": id, "video_id": id, "start_offset": "0", "end_offset": size.min(PIECE).to_string()}),
            )
        }
        Some("transfer") => {
            let id = required(call, "upload_session_id")?;
            let piece = call
                .files
                .first()
                .ok_or_else(|| GraphError::parameter("Missing video_file_chunk"))?;
            let arrived = append(world, id, number(call, "start_offset")?, &piece.bytes)?;
            Ok(
                json!({"start_offset": arrived.to_string(), "end_offset": (arrived + PIECE).to_string()}),
            )
        }
        Some("finish") => {
            let id = required(call, "upload_session_id")?;
            complete(world, id, 0).await?;
            finish(world, page, call, id, "video")?;
            Ok(json!({"success": true}))
        }
        _ => Err(GraphError::parameter(
            "Param upload_phase must be one of {start, transfer, finish}",
        )),
    }
}

fn begin(world: &World, page: &cast::Page) -> String {
    world.change(|state| {
        let id = state.new_id();
        let video = Video::begun(state, page);
        state.facebook_videos.insert(id.clone(), video);
        id
    })
}

/// Adds a piece that follows what has arrived, and says how much that is now.
fn append(world: &World, id: &str, offset: usize, piece: &[u8]) -> Result<usize, GraphError> {
    world.change(|state| {
        let video = state
            .facebook_videos
            .get_mut(id)
            .filter(|video| video.medium.is_none());
        let video = video.ok_or_else(|| {
            GraphError::parameter("Param upload_session_id is not an open upload")
        })?;
        if offset != video.pieces.len() {
            return Err(GraphError::new(
                6001,
                "(#6001) The offset does not follow what has arrived",
            )
            .sub(1363037));
        }
        video.pieces.extend_from_slice(piece);
        Ok(video.pieces.len())
    })
}

/// Takes the pieces together once all `size` bytes are there.
async fn complete(world: &World, id: &str, size: usize) -> Result<(), GraphError> {
    let bytes = world.change(|state| {
        let video = state
            .facebook_videos
            .get_mut(id)
            .filter(|video| video.pieces.len() >= size)?;
        Some(Bytes::from(std::mem::take(&mut video.pieces)))
    });
    let Some(bytes) = bytes else { return Ok(()) };
    let medium = video::keep(world, bytes).await?;
    world.change(|state| {
        state
            .facebook_videos
            .get_mut(id)
            .map(|video| video.medium = Some(medium))
    });
    Ok(())
}

fn finish(
    world: &World,
    page: &cast::Page,
    call: &Call,
    id: &str,
    kind: &str,
) -> Result<(), GraphError> {
    world.change(|state| {
        let video = state
            .facebook_videos
            .get(id)
            .filter(|video| video.page == page.id);
        let video = video.ok_or_else(|| GraphError::missing(&call.method, id))?;
        let medium = video
            .medium
            .clone()
            .ok_or_else(|| GraphError::parameter("The video was not uploaded whole"))?;
        // Whichever way they came, upright videos are shown as reels.
        let is_upright = medium.facts.height > medium.facts.width;
        let kind = if is_upright { "reel" } else { kind };
        if !video.published {
            video::put(state, page, id, kind, video::text(call), medium);
        }
        Ok(())
    })
}

fn required<'a>(call: &'a Call, name: &str) -> Result<&'a str, GraphError> {
    call.params
        .get(name)
        .ok_or_else(|| GraphError::parameter(format!("The parameter {name} is required")))
}

fn number(call: &Call, name: &str) -> Result<usize, GraphError> {
    let number = required(call, name)?.parse().ok();
    number.ok_or_else(|| GraphError::parameter(format!("Param {name} must be a number")))
}
