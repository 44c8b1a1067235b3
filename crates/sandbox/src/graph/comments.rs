//! Comments below posts, as both Graph hosts show and take them.

use serde_json::json;

use super::caller::Caller;
use super::error::GraphError;
use super::fields::pick;
use super::node::instant;
use super::{Answer, paging};
use crate::Platform;
use crate::call::Call;
use crate::cast;
use crate::comments::Comment;
use crate::posts::Post;
use crate::state::World;

/// `POST /{post}/comments`.
pub fn write(world: &World, caller: &Caller, post: &Post, call: &Call) -> Answer {
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
    let id = world.change(|state| {
        let number = state.new_id();
        let id = match post.platform {
            // A comment's id begins with its post's number.
            Platform::Facebook => {
                let of_post = post.id.rsplit('_').next().unwrap_or(&post.id);
                format!("{of_post}_{number}")
            }
            _ => number,
        };
        let comment = Comment {
            platform: post.platform,
            account: post.account.clone(),
            post: post.id.clone(),
            id: id.clone(),
            text: message.to_owned(),
            at: state.now(),
        };
        state.comments.push(comment);
        id
    });
    // The real ones make the comment and then fail over the fields of an answer that has only an id.
    if call
        .params
        .get("fields")
        .is_some_and(|fields| fields != "id")
    {
        return Err(GraphError::parameter("Tried accessing nonexisting field"));
    }
    Ok(json!({ "id": id }))
}

/// `GET /{post}/comments`, newest first.
pub fn list(world: &World, caller: &Caller, post: &Post, call: &Call) -> Answer {
    may_read(caller, post)?;
    world.look(|state| {
        let below = state
            .comments
            .iter()
            .rev()
            .filter(|comment| comment.post == post.id);
        paging::page(
            world,
            call,
            below,
            |comment| &comment.id,
            |comment| one(world, comment, post, call),
        )
    })
}

/// `GET /{comment}`.
pub fn read(world: &World, caller: &Caller, comment: &Comment, call: &Call) -> Answer {
    let post = world
        .look(|state| state.posts.find(&comment.post).cloned())
        .ok_or_else(|| GraphError::missing(&call.method, &comment.id))?;
    may_read(caller, &post)?;
    one(world, comment, &post, call)
}

fn one(world: &World, comment: &Comment, post: &Post, call: &Call) -> Answer {
    let name = cast::name_of(&comment.account);
    let whole = match comment.platform {
        Platform::Instagram => json!({
            "id": comment.id, "text": comment.text, "timestamp": instant(comment.at), "username": name,
            "from": {"id": comment.account, "username": name}, "hidden": false, "like_count": 0,
            "parent_id": null, "media": {"id": post.id}, "replies": null,
        }),
        _ => json!({
            "id": comment.id, "message": comment.text, "created_time": instant(comment.at),
            "from": {"id": comment.account, "name": name}, "permalink_url": comment.permalink(world, post),
            "parent": null, "like_count": 0, "comment_count": 0, "is_hidden": false, "can_hide": false,
            "can_remove": true, "can_reply_privately": false, "attachment": null,
        }),
    };
    let ordinary = match comment.platform {
        Platform::Instagram => "id,text,timestamp",
        _ => "id,message,created_time,from",
    };
    pick(&whole, call, ordinary)
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
