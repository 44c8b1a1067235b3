//! The account and its media, as the Graph API shows them.

use serde_json::{Value, json};

use crate::call::Call;
use crate::cast::{self, InstagramAccount};
use crate::graph::caller::Caller;
use crate::graph::comments;
use crate::graph::error::GraphError;
use crate::graph::fields::{expanded, pick};
use crate::graph::node::{instant, read_instant};
use crate::graph::{Answer, paging};
use crate::media::Medium;
use crate::pages::avatar;
use crate::posts::{Post, shortcode};
use crate::state::{State, World};

/// `GET /me` with Instagram Login, or `GET /{ig}`.
pub fn read(world: &World, caller: &Caller, account: &InstagramAccount, call: &Call) -> Answer {
    let count = world.look(|state| state.posts.of(account.id).count());
    // Instagram Login calls the professional account's id `user_id`, and gives `id` per application.
    let id = if caller.is_instagram_login() {
        account.app_scoped_id
    } else {
        account.id
    };
    let whole = json!({
        "id": id, "user_id": account.id, "username": account.username, "name": account.name,
        "account_type": account.account_type, "biography": account.biography, "website": null,
        "profile_picture_url": avatar::address(world, account.id), "followers_count": account.followers,
        "follows_count": account.follows, "media_count": count,
    });
    pick(&whole, call, "id")
}

/// `GET /{ig}/media`, newest first, without stories.
pub fn media(world: &World, caller: &Caller, account: &InstagramAccount, call: &Call) -> Answer {
    list(world, caller, account, call, |post| post.kind != "story")
}

/// `GET /{ig}/stories`.
pub fn stories(world: &World, caller: &Caller, account: &InstagramAccount, call: &Call) -> Answer {
    list(world, caller, account, call, |post| post.kind == "story")
}

fn list(
    world: &World,
    caller: &Caller,
    account: &InstagramAccount,
    call: &Call,
    which: impl Fn(&Post) -> bool,
) -> Answer {
    let bound = |name| call.params.get(name).and_then(read_instant);
    let (since, until) = (bound("since"), bound("until"));
    world.look(|state| {
        let posts = state.posts.of(account.id).filter(|post| which(post));
        let within = posts.filter(|post| {
            since.is_none_or(|since| post.at >= since) && until.is_none_or(|until| post.at <= until)
        });
        paging::page(
            world,
            call,
            within,
            |post| &post.id,
            |post| one_medium(world, state, caller, post, call),
        )
    })
}

/// `GET /{media}`.
pub fn one_medium(
    world: &World,
    state: &State,
    caller: &Caller,
    post: &Post,
    call: &Call,
) -> Answer {
    let kind = match post.kind.as_str() {
        "carousel" => "CAROUSEL_ALBUM",
        _ if post
            .media
            .first()
            .is_some_and(|medium| medium.facts.is_video()) =>
        {
            "VIDEO"
        }
        _ => "IMAGE",
    };
    let product = match post.kind.as_str() {
        "story" => "STORY",
        "reel" => "REELS",
        _ => "FEED",
    };
    let first = post.media.first().map(|medium| address(world, medium));
    let children = (post.kind == "carousel").then(|| json!({"data": children(world, post)}));
    let whole = json!({
        "id": post.id, "caption": (!post.text.is_empty()).then_some(&post.text), "media_type": kind,
        "media_product_type": product, "media_url": first, "thumbnail_url": (kind == "VIDEO").then_some(&first),
        "permalink": post.permalink(world), "shortcode": shortcode(&post.id), "timestamp": instant(post.at),
        "username": cast::name_of(&post.account), "owner": {"id": post.account}, "like_count": state.liked_and_shared(post).0,
        "comments_count": state.comments_on(post).len(), "comments": null, "is_comment_enabled": true, "children": children,
        "alt_text": post.media.first().and_then(|medium| medium.alt.as_ref()), "ig_id": post.id,
    });
    let mut picked = pick(&whole, call, "id")?;
    if let Some(call) = expanded(call, "id", "comments", &post.id) {
        picked["comments"] = comments::below(world, state, caller, post, None, &call)?;
    }
    Ok(picked)
}

fn children(world: &World, post: &Post) -> Vec<Value> {
    let shown = post.media.iter().enumerate().map(|(place, medium)| {
        let kind = if medium.facts.is_video() { "VIDEO" } else { "IMAGE" };
        json!({"id": format!("{}{place:02}", post.id), "media_type": kind, "media_url": address(world, medium)})
    });
    shown.collect()
}

fn address(world: &World, medium: &Medium) -> String {
    world.link(&format!("/media/{}", medium.hash))
}

/// `DELETE /{media}`.
pub fn delete(world: &World, caller: &Caller, post: &Post) -> Answer {
    if !caller.is_instagram_login() && !caller.token.has("instagram_manage_contents") {
        return Err(GraphError::no_capability());
    }
    caller.may_publish_on_instagram()?;
    world.change(|state| state.delete_post(&post.id));
    Ok(json!({"success": true}))
}
