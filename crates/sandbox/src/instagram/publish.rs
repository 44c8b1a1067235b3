//! Publishing a finished container, once, within the daily limit.

use jiff::SignedDuration;
use serde_json::json;

use super::check;
use super::container::{Container, Contents, Shape, Stage, poll};
use crate::Platform;
use crate::call::Call;
use crate::cast::InstagramAccount;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::graph::fields::pick;
use crate::media::Medium;
use crate::posts::Post;
use crate::state::{State, World};

const QUOTA_WINDOW: SignedDuration = SignedDuration::from_hours(24);

/// `POST /{ig}/media_publish`.
pub fn publish(world: &World, caller: &Caller, account: &InstagramAccount, call: &Call) -> Answer {
    caller.may_publish_on_instagram()?;
    let id = call
        .params
        .get("creation_id")
        .ok_or_else(|| GraphError::parameter("The parameter creation_id is required"))?;
    world.change(|state| {
        let found = state
            .instagram_containers
            .get(id)
            .filter(|container| container.account == account.id);
        let container = found.cloned().ok_or_else(|| check::no_container(id))?;
        if container.is_child {
            return Err(GraphError::parameter(
                "The creation_id is a carousel item; publish the carousel",
            ));
        }
        match poll(state, id) {
            Some(Stage::Finished) => {}
            Some(Stage::InProgress) => return Err(check::not_ready()),
            Some(Stage::Published) => return Err(check::already_published(id)),
            Some(Stage::Error(trouble)) => return Err(trouble.error()),
            Some(Stage::Expired) | None => return Err(check::no_container(id)),
        }
        if used(state, account) >= state.behaviour.instagram_daily_posts {
            return Err(check::quota_used_up());
        }
        let media = state.new_id();
        let post = finished(state, account, &container, &media);
        state.publish(post);
        if let Some(container) = state.instagram_containers.get_mut(id) {
            container.published = Some(media.clone());
        }
        Ok(json!({ "id": media }))
    })
}

fn finished(state: &State, account: &InstagramAccount, container: &Container, id: &str) -> Post {
    let kind = match container.shape {
        Shape::Image => "image",
        Shape::Video | Shape::Reel => "reel",
        Shape::Story => "story",
        Shape::Carousel => "carousel",
    };
    let children = container
        .children
        .iter()
        .filter_map(|id| state.instagram_containers.get(id));
    let media: Vec<Medium> = std::iter::once(container)
        .chain(children)
        .filter_map(medium)
        .collect();
    Post {
        platform: Platform::Instagram,
        account: account.id.to_owned(),
        id: id.to_owned(),
        kind: kind.to_owned(),
        text: container.caption.clone(),
        link: None,
        media,
        at: state.now(),
        idempotency_key: None,
        deleted: false,
        extras: container.extras.clone(),
        status: None,
    }
}

fn medium(container: &Container) -> Option<Medium> {
    match &container.contents {
        Contents::Ready(medium) => Some(medium.clone()),
        _ => None,
    }
}

/// Posts of the last 24 hours, deleted ones among them.
fn used(state: &State, account: &InstagramAccount) -> u64 {
    state
        .posts
        .count_since(account.id, state.now() - QUOTA_WINDOW) as u64
}

/// `GET /{ig}/content_publishing_limit`.
pub fn limit(world: &World, account: &InstagramAccount, call: &Call) -> Answer {
    let whole = world.look(|state| {
        let config =
            json!({"quota_total": state.behaviour.instagram_daily_posts, "quota_duration": 86_400});
        json!({"quota_usage": used(state, account), "config": config})
    });
    Ok(json!({"data": [pick(&whole, call, "quota_usage")?]}))
}
