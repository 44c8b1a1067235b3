//! What happened, in the shapes in which Pages and Instagram accounts tell it.

use serde_json::{Value, json};

use super::{Happening, Told};
use crate::comments::Comment;
use crate::posts::Post;
use crate::state::State;
use crate::visitors::{Reaction, Share};
use crate::{Platform, cast};

/// A post was published, edited or deleted. Instagram does not tell that.
pub fn post(state: &State, post: &Post, verb: &str) -> Option<Happening> {
    if post.platform != Platform::Facebook {
        return None;
    }
    let item = match post.kind.as_str() {
        "photo" | "album" => "photo",
        "video" | "reel" => "video",
        _ => "status",
    };
    let mut value = json!({
        "from": author(&post.account), "item": item, "verb": verb, "post_id": post.graph_id(),
        "created_time": post.at.as_second(), "published": 1,
    });
    if verb != "remove" {
        value["post"] = shown(state, post);
        value["message"] = post.text.as_str().into();
    }
    if item == "video" {
        value["video_id"] = post.id.as_str().into();
    }
    Some(feed(item, verb, value))
}

/// Somebody wrote below a post.
pub fn comment(state: &State, post: &Post, comment: &Comment) -> Happening {
    if post.platform == Platform::Instagram {
        let mut value = json!({
            "id": comment.id, "from": {"id": comment.account, "username": cast::name_of(&comment.account)},
            "text": comment.text, "media": {"id": post.id, "media_product_type": product(post)},
        });
        if let Some(parent) = &comment.parent {
            value["parent_id"] = parent.as_str().into();
        }
        return change("comments", "comments".to_owned(), value);
    }
    let parent = comment.parent.clone().unwrap_or_else(|| post.graph_id());
    let value = json!({
        "from": author(&comment.account), "item": "comment", "verb": "add", "comment_id": comment.id,
        "post_id": post.graph_id(), "parent_id": parent, "created_time": comment.at.as_second(),
        "message": comment.text, "post": shown(state, post),
    });
    feed("comment", "add", value)
}

/// Somebody reacted to a post, or took that back. Instagram does not tell that.
pub fn reaction(post: &Post, reaction: &Reaction, verb: &str) -> Option<Happening> {
    if post.platform != Platform::Facebook {
        return None;
    }
    let value = json!({
        "from": author(&reaction.by), "item": "reaction", "verb": verb, "reaction_type": reaction.kind,
        "post_id": post.graph_id(), "parent_id": post.graph_id(), "created_time": reaction.at.as_second(),
    });
    Some(feed("reaction", verb, value))
}

/// Somebody shared a post. Instagram does not tell that.
pub fn share(state: &State, post: &Post, share: &Share) -> Option<Happening> {
    if post.platform != Platform::Facebook {
        return None;
    }
    let value = json!({
        "from": author(&share.by), "item": "share", "verb": "add", "share_id": share.id,
        "post_id": post.graph_id(), "link": state.link(&post.permalink_path()),
        "created_time": share.at.as_second(), "published": 1,
    });
    Some(feed("share", "add", value))
}

/// Somebody named the account in a post of their own.
pub fn mention(state: &mut State, account: &str, by: &str, text: &str) -> Happening {
    let (post, at) = (state.new_id(), state.now());
    if cast::instagram(account).is_some() {
        let value = json!({ "media_id": post });
        return change("mentions", "mentions".to_owned(), value);
    }
    let value = json!({
        "sender_id": by, "sender_name": cast::name_of(by), "item": "post", "verb": "add",
        "post_id": format!("{by}_{post}"), "created_time": at.as_second(), "message": text,
    });
    change("mention", "mention".to_owned(), value)
}

/// Somebody wrote to the account.
pub fn message(state: &mut State, account: &str, by: &str, text: &str) -> Happening {
    let at = state.now().as_millisecond();
    let talk = json!({
        "sender": {"id": by}, "recipient": {"id": account}, "timestamp": at,
        "message": {"mid": format!("m_{}", state.new_id()), "text": text},
    });
    Happening {
        field: "messages",
        kind: "messages".to_owned(),
        told: Told::Talk(talk),
    }
}

fn feed(item: &str, verb: &str, value: Value) -> Happening {
    change("feed", format!("feed.{item}.{verb}"), value)
}

fn change(field: &'static str, kind: String, value: Value) -> Happening {
    Happening {
        field,
        kind,
        told: Told::Change {
            field: field.to_owned(),
            value,
        },
    }
}

fn author(id: &str) -> Value {
    json!({"id": id, "name": cast::name_of(id)})
}

fn shown(state: &State, post: &Post) -> Value {
    let kind = match post.kind.as_str() {
        "photo" | "album" => "added_photos",
        "video" | "reel" => "added_video",
        _ => "mobile_status_update",
    };
    json!({
        "permalink_url": state.link(&post.permalink_path()), "id": post.graph_id(), "status_type": kind,
        "is_published": true, "updated_time": post.at.strftime("%Y-%m-%dT%H:%M:%S+0000").to_string(),
        "promotion_status": "inactive",
    })
}

fn product(post: &Post) -> &'static str {
    match post.kind.as_str() {
        "story" => "STORY",
        "reel" => "REELS",
        _ => "FEED",
    }
}
