//! Photos: published at once, or kept aside for a post with several.

use bytes::Bytes;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::publish;
use crate::call::Call;
use crate::cast;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::graph::fields::pick;
use crate::graph::node::instant;
use crate::media::{Medium, examine, fetch};
use crate::state::World;

const SIZE_LIMIT: usize = 10 * 1024 * 1024;
const FORMATS: [&str; 5] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/bmp",
    "image/tiff",
];

/// A photo of a Page. `post` names the post that shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Photo {
    pub id: String,
    pub page: String,
    pub medium: Medium,
    pub caption: String,
    pub at: Timestamp,
    pub post: Option<String>,
}

/// `POST /{page}/photos` with `url` or a file.
pub async fn post(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    caller.may_post_on(page)?;
    let bytes = bytes_of(world, call).await?;
    let alt = call.params.get("alt_text_custom").map(str::to_owned);
    let facts =
        examine(&bytes).filter(|facts| FORMATS.contains(&facts.mime.as_str()) && facts.width > 0);
    let facts = facts
        .filter(|facts| facts.size <= SIZE_LIMIT)
        .ok_or_else(GraphError::photo_rejected)?;
    let medium = world.media.keep(bytes, facts, alt).await;
    let caption = ["caption", "message", "name"]
        .iter()
        .find_map(|name| call.params.get(name))
        .unwrap_or("");
    let published = call.params.flag("published").unwrap_or(true);
    world.change(|state| {
        let id = state.new_id();
        let medium = Medium {
            id: Some(id.clone()),
            ..medium
        };
        let post = published
            .then(|| publish::put(state, page, "photo", caption, None, vec![medium.clone()]));
        let mut answer = json!({ "id": id });
        if let Some(post) = &post {
            answer["post_id"] = post.as_str().into();
        }
        let (page, caption, at) = (page.id.to_owned(), caption.to_owned(), state.now());
        state.facebook_photos.insert(
            id.clone(),
            Photo {
                id,
                page,
                medium,
                caption,
                at,
                post,
            },
        );
        Ok(answer)
    })
}

async fn bytes_of(world: &World, call: &Call) -> Result<Bytes, GraphError> {
    if let Some(file) = call.files.first() {
        return Ok(file.bytes.clone());
    }
    let address = call
        .params
        .get("url")
        .ok_or_else(GraphError::photo_rejected)?;
    fetch(&world.http, address, SIZE_LIMIT)
        .await
        .map_err(|why| {
            tracing::info!(%why, "the sandbox could not fetch a photo");
            GraphError::new(
                100,
                "(#100) Invalid image URL. Could not fetch the image from the given url",
            )
        })
}

/// `DELETE /{photo}`, and with it a post that shows nothing else.
pub fn delete(world: &World, caller: &Caller, photo: &Photo) -> Answer {
    let page = cast::page(&photo.page).ok_or_else(GraphError::no_capability)?;
    caller.may_post_on(page)?;
    world.change(|state| {
        state.facebook_photos.remove(&photo.id);
        let post = photo.post.as_ref().filter(|id| {
            state
                .posts
                .find(id)
                .is_some_and(|post| post.media.len() == 1)
        });
        if let Some(id) = post {
            state.delete_post(id);
        }
    });
    Ok(json!({"success": true}))
}

/// `GET /{photo}`.
pub fn read(world: &World, photo: &Photo, call: &Call) -> Answer {
    let picture = world.link(&format!("/media/{}", photo.medium.hash));
    let facts = &photo.medium.facts;
    let whole = json!({
        "id": photo.id, "name": photo.caption, "created_time": instant(photo.at), "picture": picture,
        "images": [{"source": picture, "width": facts.width, "height": facts.height}],
        "width": facts.width, "height": facts.height, "alt_text_custom": photo.medium.alt,
        "link": photo.post.as_ref().map_or(Value::Null, |post| world.link(&format!("/facebook/posts/{post}")).into()),
        "page_story_id": photo.post,
    });
    pick(&whole, call, "id,created_time")
}
