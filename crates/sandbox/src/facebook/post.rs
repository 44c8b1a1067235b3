//! Reading, editing and deleting what is on a Page.

use serde_json::{Value, json};

use crate::call::Call;
use crate::cast;
use crate::graph::caller::Caller;
use crate::graph::comments;
use crate::graph::error::GraphError;
use crate::graph::fields::{expanded, pick};
use crate::graph::node::{instant, read_instant};
use crate::graph::{Answer, paging};
use crate::media::Medium;
use crate::posts::Post;
use crate::state::{State, World};

/// What is shown of a post when nothing is asked for.
const ORDINARY: &str = "id,created_time,message";

/// `GET /{page}/feed` and its likes, newest first, within `since` and `until`.
pub fn list(world: &World, caller: &Caller, page: &cast::Page, call: &Call) -> Answer {
    if !caller.token.has("pages_read_engagement") {
        return Err(GraphError::new(
            10,
            "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature.",
        ));
    }
    let bound = |name| call.params.get(name).and_then(read_instant);
    let (since, until) = (bound("since"), bound("until"));
    world.look(|state| {
        let posts = state.posts.of(page.id);
        let within = posts.filter(|post| {
            since.is_none_or(|t| post.at >= t) && until.is_none_or(|t| post.at <= t)
        });
        paging::page(
            world,
            call,
            within,
            |post| &post.id,
            |post| read(world, state, caller, post, call),
        )
    })
}

/// `GET /{post}`.
pub fn read(world: &World, state: &State, caller: &Caller, post: &Post, call: &Call) -> Answer {
    let picture = post.media.iter().find(|medium| medium.facts.is_image());
    let picture = picture.map(|medium| world.link(&format!("/media/{}", medium.hash)));
    let permalink = post.permalink(world);
    let status_type = match post.kind.as_str() {
        "photo" | "album" => "added_photos",
        "video" | "reel" => "added_video",
        "link" => "shared_story",
        _ => "mobile_status_update",
    };
    let (reactions, shares) = state.liked_and_shared(post);
    let counted = json!({"data": [], "summary": {"total_count": reactions}});
    let shares = (shares > 0).then(|| json!({ "count": shares }));
    let whole = json!({
        "id": post.graph_id(), "message": filled(&post.text), "created_time": instant(post.at),
        "updated_time": instant(post.at), "permalink_url": permalink, "full_picture": picture, "picture": picture,
        "status_type": status_type, "is_published": true, "is_hidden": false, "scheduled_publish_time": null,
        "story": null, "from": {"id": post.account, "name": cast::name_of(&post.account)},
        "attachments": attachments(world, post), "shares": shares, "comments": null, "reactions": counted, "likes": counted,
    });
    let mut picked = pick(&whole, call, ORDINARY)?;
    if let Some(call) = expanded(call, ORDINARY, "comments", &post.graph_id()) {
        picked["comments"] = comments::below(world, state, caller, post, None, &call)?;
    }
    Ok(picked)
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn attachments(world: &World, post: &Post) -> Value {
    let attachment = |kind: &str, name: &str, target: Value, parts: Value| {
        json!({
            "media_type": kind, "type": name, "url": post.permalink(world), "target": target, "title": null,
            "description": null, "media": null, "subattachments": parts,
        })
    };
    let shown = |medium: &Medium| {
        let is_video = medium.facts.is_video();
        let id = if is_video {
            Some(&post.id)
        } else {
            medium.id.as_ref()
        };
        let target = json!({"id": id, "url": post.permalink(world)});
        let kind = if is_video { "video" } else { "photo" };
        let mut one = attachment(kind, kind, target, Value::Null);
        let source = world.link(&format!("/media/{}", medium.hash));
        one["description"] = json!(medium.alt);
        one["media"] = json!({"image": {"src": source, "width": medium.facts.width, "height": medium.facts.height}});
        one
    };
    let whole = match (post.media.as_slice(), &post.link) {
        ([], None) => return Value::Null,
        ([], Some(link)) => {
            let mut card = attachment("link", "share", json!({ "url": link }), Value::Null);
            card["title"] = link.as_str().into();
            card
        }
        ([one], _) => shown(one),
        (many, _) => {
            let parts: Vec<_> = many.iter().map(shown).collect();
            attachment(
                "album",
                "album",
                json!({"id": post.id}),
                json!({ "data": parts }),
            )
        }
    };
    json!({"data": [whole]})
}

/// `POST /{post}` with a new `message`.
pub fn edit(world: &World, caller: &Caller, post: &Post, call: &Call) -> Answer {
    own(caller, post)?;
    let message = call
        .params
        .get("message")
        .ok_or_else(|| GraphError::parameter("Missing message"))?;
    world.change(|state| state.edit_post(&post.id, message));
    Ok(json!({"success": true}))
}

/// `DELETE /{post}`.
pub fn delete(world: &World, caller: &Caller, post: &Post) -> Answer {
    own(caller, post)?;
    world.change(|state| state.delete_post(&post.id));
    Ok(json!({"success": true}))
}

fn own(caller: &Caller, post: &Post) -> Result<(), GraphError> {
    let page = cast::page(&post.account).ok_or_else(GraphError::no_capability)?;
    caller.may_post_on(page)
}
