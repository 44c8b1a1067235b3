//! Publishing on a Page: text, links, several photos.

use serde_json::{Value, json};

use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::graph::Answer;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::media::Medium;
use crate::posts::Post;
use crate::state::{State, World};

const TEXT_LIMIT: usize = 63_206;

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
        let id = put(state, page, kind, message, link.clone(), media);
        for photo in &photos {
            if let Some(photo) = state.facebook_photos.get_mut(photo) {
                photo.post = Some(id.clone());
            }
        }
        Ok(json!({ "id": id }))
    })
}

/// Puts a post on a Page. A post's id begins with its Page's.
pub fn put(
    state: &mut State,
    page: &cast::Page,
    kind: &str,
    text: &str,
    link: Option<String>,
    media: Vec<Medium>,
) -> String {
    let id = format!("{}_{}", page.id, state.new_id());
    let post = Post::new(
        Platform::Facebook,
        page.id,
        id.clone(),
        kind,
        text,
        state.now(),
    );
    state.publish(Post {
        link,
        media,
        ..post
    });
    id
}

/// Planning is the client's business here: nothing would ever publish a planned post of the sandbox.
pub fn refuse_planned(call: &Call) -> Result<(), GraphError> {
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
