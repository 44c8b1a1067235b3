//! Reading, editing and deleting what is on a Page.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::call::Call;
use crate::cast;
use crate::graph::caller::Caller;
use crate::graph::error::GraphError;
use crate::graph::fields::pick;
use crate::graph::node::instant;
use crate::graph::{Answer, paging};
use crate::media::Medium;
use crate::posts::Post;
use crate::state::World;

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
            |post| read_as(world, post, call, "id,created_time,message"),
        )
    })
}

/// `GET /{post}`.
pub fn read(world: &World, post: &Post, call: &Call) -> Answer {
    read_as(world, post, call, "id,created_time,message")
}

fn read_as(world: &World, post: &Post, call: &Call, ordinary: &str) -> Answer {
    let picture = post.media.iter().find(|medium| medium.facts.is_image());
    let picture = picture.map(|medium| world.link(&format!("/media/{}", medium.hash)));
    let permalink = post.permalink(world);
    let status_type = match post.kind.as_str() {
        "photo" | "album" => "added_photos",
        "video" | "reel" => "added_video",
        "link" => "shared_story",
        _ => "mobile_status_update",
    };
    let none = json!({"data": [], "summary": {"total_count": 0}});
    let whole = json!({
        "id": post.id, "message": filled(&post.text), "description": filled(&post.text), "title": null,
        "created_time": instant(post.at), "updated_time": instant(post.at), "permalink_url": permalink,
        "full_picture": picture, "picture": picture, "status_type": status_type, "is_published": true,
        "is_hidden": false, "scheduled_publish_time": null, "story": null, "link": post.link,
        "from": {"id": post.account, "name": cast::name_of(&post.account)},
        "attachments": attachments(world, post), "shares": null, "comments": none, "reactions": none, "likes": none,
        "status": {"video_status": "ready"}, "published": true,
    });
    pick(&whole, call, ordinary)
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn attachments(world: &World, post: &Post) -> Value {
    let shown = |medium: &Medium| {
        let kind = if medium.facts.is_video() {
            "video"
        } else {
            "photo"
        };
        let source = world.link(&format!("/media/{}", medium.hash));
        json!({
            "media_type": kind, "type": kind, "url": post.permalink(world), "description": medium.alt,
            "media": {"image": {"src": source, "width": medium.facts.width, "height": medium.facts.height}},
        })
    };
    match (post.media.as_slice(), &post.link) {
        ([], None) => Value::Null,
        ([], Some(link)) => {
            json!({"data": [{"media_type": "link", "type": "share", "url": link, "title": link}]})
        }
        ([one], _) => json!({"data": [shown(one)]}),
        (many, _) => {
            let parts: Vec<_> = many.iter().map(shown).collect();
            json!({"data": [{"media_type": "album", "type": "album", "url": post.permalink(world), "subattachments": {"data": parts}}]})
        }
    }
}

/// `POST /{post}` with a new `message`.
pub fn edit(world: &World, caller: &Caller, post: &Post, call: &Call) -> Answer {
    own(caller, post)?;
    let message = call
        .params
        .get("message")
        .ok_or_else(|| GraphError::parameter("Missing message"))?;
    world.change(|state| state.posts.edit(&post.id, message));
    Ok(json!({"success": true}))
}

/// `DELETE /{post}`.
pub fn delete(world: &World, caller: &Caller, post: &Post) -> Answer {
    own(caller, post)?;
    world.change(|state| state.posts.delete(&post.id));
    Ok(json!({"success": true}))
}

fn own(caller: &Caller, post: &Post) -> Result<(), GraphError> {
    let page = cast::page(&post.account).ok_or_else(GraphError::no_capability)?;
    caller.may_post_on(page)
}

/// Unix seconds or RFC 3339.
fn read_instant(text: &str) -> Option<Timestamp> {
    let seconds = text
        .parse()
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds.or_else(|| text.parse().ok())
}
