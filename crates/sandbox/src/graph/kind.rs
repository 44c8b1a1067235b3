//! Tells what a Graph call is for, so that faults can be aimed and counts kept.

use axum::http::Method;

use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::faults::CallKind;
use crate::state::World;

/// The platform that a call concerns and its kind. Instagram accounts, containers and media are Instagram's wherever
/// they are asked for.
pub fn of(world: &World, base: Platform, call: &Call) -> (Platform, CallKind) {
    let path = call.path();
    let read = call.method == Method::GET;
    let draft = call.params.flag("published") == Some(false);
    let finish = call
        .params
        .get("upload_phase")
        .is_none_or(|phase| phase == "finish");
    match path.as_slice() {
        [.., "access_token"]
        | ["refresh_access_token" | "debug_token"]
        | [_, "permissions", ..] => (base, CallKind::Token),
        [_, "media_publish"] => (Platform::Instagram, CallKind::Publish),
        [_, "media"] if !read => (Platform::Instagram, CallKind::Media),
        ["ig-api-upload", ..] => (Platform::Instagram, CallKind::Media),
        ["video-upload", ..] => (Platform::Facebook, CallKind::Media),
        [_, "photos"] if !read && draft => (Platform::Facebook, CallKind::Media),
        [_, "videos" | "video_reels"] if !read && !finish => (Platform::Facebook, CallKind::Media),
        [_, "feed" | "photos" | "videos" | "video_reels"] if !read => {
            (Platform::Facebook, CallKind::Publish)
        }
        [id, "subscribed_apps"] => {
            let kind = if read {
                CallKind::Read
            } else {
                CallKind::Subscribe
            };
            (platform_of(world, base, id), kind)
        }
        [id, "comments" | "replies"] => {
            let kind = if read {
                CallKind::Read
            } else {
                CallKind::Comment
            };
            (platform_of(world, base, id), kind)
        }
        [id, ..] => (platform_of(world, base, id), rest(world, call, id)),
        [] => (base, CallKind::Read),
    }
}

fn rest(world: &World, call: &Call, id: &str) -> CallKind {
    if call.method == Method::DELETE {
        CallKind::Delete
    } else if world.look(|state| {
        state.instagram_containers.contains_key(id) || state.facebook_videos.contains_key(id)
    }) {
        CallKind::Status
    } else {
        CallKind::Read
    }
}

fn platform_of(world: &World, base: Platform, id: &str) -> Platform {
    if cast::page(id).is_some() {
        return Platform::Facebook;
    }
    if cast::instagram(id).is_some() {
        return Platform::Instagram;
    }
    world.look(|state| {
        let container = state
            .instagram_containers
            .get(id)
            .map(|_| Platform::Instagram);
        container
            .or_else(|| state.posts.find(id).map(|post| post.platform))
            .or_else(|| {
                let comment = state.comments.iter().find(|comment| comment.id == id);
                comment.map(|comment| comment.platform)
            })
            .unwrap_or(base)
    })
}
