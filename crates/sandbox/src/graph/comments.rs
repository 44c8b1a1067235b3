//! Comments below posts, as both Graph hosts show and take them.

use axum::http::Method;
use serde_json::json;

use super::caller::Caller;
use super::error::GraphError;
use super::fields::{expanded, pick};
use super::node::{instant, read_instant};
use super::{Answer, paging};
use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::comments::Comment;
use crate::posts::Post;
use crate::state::{State, World};

/// `POST /{post}/comments`, and with `under` an answer to a comment.
pub fn write(
    world: &World,
    caller: &Caller,
    post: &Post,
    under: Option<&Comment>,
    call: &Call,
) -> Answer {
    may_write(caller, post)?;
    if post.kind == "story" {
        return Err(GraphError::parameter(
            "Comments on stories are not supported",
        ));
    }
    let message = call.params.get("message").unwrap_or("");
    let limit = match post.platform {
        Platform::Instagram => 2_200,
        _ => 8_000,
    };
    if message.trim().is_empty() {
        return Err(GraphError::parameter("Missing message"));
    }
    if message.chars().count() > limit {
        return Err(GraphError::parameter("Param message is too long"));
    }
    let comment = world.change(|state| state.comment(post, under, &post.account, message));
    // The real ones make the comment and then fail over the fields of an answer that has only an id.
    if call
        .params
        .get("fields")
        .is_some_and(|fields| fields != "id")
    {
        return Err(GraphError::parameter("Tried accessing nonexisting field"));
    }
    Ok(json!({ "id": comment.id }))
}

/// `GET /{post}/comments`.
pub fn list(world: &World, caller: &Caller, post: &Post, call: &Call) -> Answer {
    world.look(|state| below(world, state, caller, post, None, call))
}

/// `/{comment}/comments` of Facebook, `/{comment}/replies` of Instagram.
pub fn answers(world: &World, caller: &Caller, comment: &Comment, call: &Call) -> Answer {
    let edge = match comment.platform {
        Platform::Instagram => "replies",
        _ => "comments",
    };
    if call.segments.last().is_none_or(|asked| asked != edge) {
        return Err(GraphError::unsupported(&call.method));
    }
    let post = post_of(world, comment, call)?;
    match call.method {
        Method::GET => {
            world.look(|state| below(world, state, caller, &post, Some(&comment.id), call))
        }
        Method::POST => write(world, caller, &post, Some(comment), call),
        _ => Err(GraphError::unsupported(&call.method)),
    }
}

/// What stands below a post, newest first, or below one of its comments. Answers stand below their comments, unless
/// `filter=stream` asks for everything in a row.
pub fn below(
    world: &World,
    state: &State,
    caller: &Caller,
    post: &Post,
    under: Option<&str>,
    call: &Call,
) -> Answer {
    may_read(caller, post)?;
    let bound = |name| call.params.get(name).and_then(read_instant);
    let (since, until) = (bound("since"), bound("until"));
    let in_a_row = under.is_none() && call.params.get("filter") == Some("stream");
    let wanted = |comment: &&Comment| {
        comment.post == post.id
            && (in_a_row || comment.parent.as_deref() == under)
            && since.is_none_or(|since| comment.at >= since)
            && until.is_none_or(|until| comment.at <= until)
    };
    let mut found: Vec<&Comment> = state.comments.iter().filter(wanted).collect();
    let total = found.len();
    let oldest_first = match call.params.get("order") {
        Some(order) => order == "chronological",
        None => under.is_some(),
    };
    if !oldest_first {
        found.reverse();
    }
    let mut answer = paging::page(
        world,
        call,
        found.into_iter(),
        |comment| &comment.id,
        |comment| one(world, state, caller, comment, post, call),
    )?;
    if call.params.flag("summary") == Some(true) {
        answer["summary"] = json!({"order": "ranked", "total_count": total, "can_comment": true});
    }
    Ok(answer)
}

/// `GET /{comment}`.
pub fn read(world: &World, caller: &Caller, comment: &Comment, call: &Call) -> Answer {
    let post = post_of(world, comment, call)?;
    may_read(caller, &post)?;
    world.look(|state| one(world, state, caller, comment, &post, call))
}

fn post_of(world: &World, comment: &Comment, call: &Call) -> Result<Post, GraphError> {
    world
        .look(|state| state.posts.find(&comment.post).cloned())
        .ok_or_else(|| GraphError::missing(&call.method, &comment.id))
}

fn one(
    world: &World,
    state: &State,
    caller: &Caller,
    comment: &Comment,
    post: &Post,
    call: &Call,
) -> Answer {
    let name = cast::name_of(&comment.account);
    let all = state.comments.iter();
    let answers = all
        .filter(|other| other.parent.as_ref() == Some(&comment.id))
        .count();
    let (whole, ordinary, edge) = match comment.platform {
        Platform::Instagram => (
            json!({
                "id": comment.id, "text": comment.text, "timestamp": instant(comment.at), "username": name,
                "from": {"id": comment.account, "username": name}, "hidden": false, "like_count": 0,
                "parent_id": comment.parent, "media": {"id": post.id}, "replies": null,
            }),
            "id,text,timestamp",
            "replies",
        ),
        _ => (
            json!({
                "id": comment.id, "message": comment.text, "created_time": instant(comment.at),
                "from": {"id": comment.account, "name": name}, "permalink_url": comment.permalink(world, post),
                "parent": comment.parent.as_ref().map(|id| json!({ "id": id })), "like_count": 0,
                "comment_count": answers, "is_hidden": false, "can_hide": false, "can_remove": true,
                "can_reply_privately": false, "attachment": null, "comments": null,
            }),
            "id,message,created_time,from",
            "comments",
        ),
    };
    let mut picked = pick(&whole, call, ordinary)?;
    // Real ones leave out an edge that has nothing.
    if let Some(call) = expanded(call, ordinary, edge, &comment.id).filter(|_| answers > 0) {
        picked[edge] = below(world, state, caller, post, Some(&comment.id), &call)?;
    }
    Ok(picked)
}

/// Writing needs a permission of its own, and on a Page the Page's own token.
fn may_write(caller: &Caller, post: &Post) -> Result<(), GraphError> {
    let scope = scope(caller, post);
    if let Some(page) = cast::page(&post.account) {
        caller.may_post_on(page)?;
    }
    if caller.token.has(scope) {
        Ok(())
    } else {
        Err(GraphError::permission(format!(
            "Requires {scope} permission to manage the object"
        )))
    }
}

fn may_read(caller: &Caller, post: &Post) -> Result<(), GraphError> {
    let scope = match post.platform {
        Platform::Instagram => scope(caller, post),
        _ => "pages_read_engagement",
    };
    if caller.token.has(scope) {
        Ok(())
    } else {
        Err(GraphError::no_capability())
    }
}

fn scope(caller: &Caller, post: &Post) -> &'static str {
    match post.platform {
        Platform::Instagram if caller.is_instagram_login() => "instagram_business_manage_comments",
        Platform::Instagram => "instagram_manage_comments",
        _ => "pages_manage_engagement",
    }
}
