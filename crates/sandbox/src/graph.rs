//! The Graph API: one dispatcher for the Facebook and the Instagram base, as the real hosts share one protocol.
//!
//! Which flavour of Instagram a caller uses is known from the token, so both bases serve both.

pub mod caller;
pub mod comments;
pub mod error;
pub mod fields;
mod kind;
pub mod node;
pub mod paging;
mod subscribed;
mod usage;

use std::sync::Arc;

use axum::Json;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Method;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::call::Call;
use crate::faults::{CallKind, Fault, not_json};
use crate::line::Scissors;
use crate::state::World;
use crate::{Platform, cast, facebook, instagram, pages};
use caller::Caller;
use error::GraphError;
use node::Node;
use usage::Usage;

pub type Answer = Result<Value, GraphError>;

pub async fn facebook(
    State(world): State<Arc<World>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    answer(world, scissors, request, Platform::Facebook).await
}

pub async fn instagram(
    State(world): State<Arc<World>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    answer(world, scissors, request, Platform::Instagram).await
}

/// Reads a call whole and then carries it out to its end, even when the caller has hung up: so do the real ones.
async fn answer(
    world: Arc<World>,
    scissors: Scissors,
    request: Request,
    base: Platform,
) -> Response {
    let mut call = match Call::read(request, &format!("/{base}")).await {
        Ok(call) => call,
        Err(why) => return GraphError::parameter(why).into_response(),
    };
    strip_version(&mut call);
    let asks_to_delete = |method: &str| method.eq_ignore_ascii_case("delete");
    if call.method == Method::POST && call.params.get("method").is_some_and(asks_to_delete) {
        call.method = Method::DELETE;
    }
    let work = tokio::spawn(async move { carry_out(&world, &scissors, &call, base).await });
    work.await
        .unwrap_or_else(|_| GraphError::unavailable().into_response())
}

async fn carry_out(
    world: &Arc<World>,
    scissors: &Scissors,
    call: &Call,
    base: Platform,
) -> Response {
    if let Some(page) = page_for_people(world, base, call).await {
        return page;
    }
    let (platform, kind) = kind::of(world, base, call);
    let rule = world.faults.take(platform, kind);
    let fault = rule.as_ref().map(|rule| rule.fault);
    match (&rule, fault) {
        (Some(rule), Some(Fault::TimeoutBefore)) => return rule.hang_up(scissors).await,
        (Some(rule), Some(Fault::Slow)) => rule.wait().await,
        (_, Some(Fault::NotJson)) => return not_json(),
        _ => {}
    }
    let usage = Usage::of(world, platform, kind, call, rule.as_ref());
    let result = match usage.refusal() {
        Some(error) => Err(error),
        None => match refusal(platform, kind, call, fault) {
            Some(refusal) => refusal,
            None => dispatch(world, base, call).await,
        },
    };
    if let (Some(rule), Some(Fault::TimeoutAfter)) = (&rule, fault) {
        return rule.hang_up(scissors).await;
    }
    let mut response = match result {
        Ok(value) => Json(value).into_response(),
        Err(error) => error.for_base(base).into_response(),
    };
    usage.add_headers(&mut response);
    response
}

/// The answer to a call that a fault forbids.
fn refusal(
    platform: Platform,
    kind: CallKind,
    call: &Call,
    fault: Option<Fault>,
) -> Option<Answer> {
    let error = match fault? {
        Fault::ServerError => GraphError::unavailable(),
        Fault::ExpiredToken => GraphError::token_expired(),
        Fault::RevokedToken => GraphError::token_revoked(),
        Fault::RejectedMedia => match (platform, kind) {
            // A container whose media is rejected is an answer, not an error.
            (Platform::Instagram, CallKind::Status) => {
                return Some(instagram::container::rejected(call));
            }
            (Platform::Instagram, _) => GraphError::instagram_format(),
            _ => GraphError::photo_rejected(),
        },
        _ => return None,
    };
    Some(Err(error))
}

/// Consent dialogs, and addresses of accounts and posts opened in a browser.
async fn page_for_people(world: &Arc<World>, base: Platform, call: &Call) -> Option<Response> {
    let path = call.path();
    match path.as_slice() {
        ["dialog", "oauth"] => Some(facebook::dialog::answer(world, call)),
        ["oauth", "authorize"] => Some(instagram::login::authorize(world, call)),
        ["posts", id] | [_, "videos", id] => Some(pages::post::show(world, id).await),
        ["p" | "reel" | "stories", .., id] => Some(pages::post::show_shortcode(world, id).await),
        [] => Some(pages::overview::of(base)),
        [id] if call.method == Method::GET && call.token().is_none() && call.wants_html() => {
            match cast::page(id) {
                Some(_) => Some(pages::overview::of(base)),
                None => Some(pages::post::show(world, id).await),
            }
        }
        _ => None,
    }
}

async fn dispatch(world: &Arc<World>, base: Platform, call: &Call) -> Answer {
    let path = call.path();
    match path.as_slice() {
        ["oauth", "access_token"] if base == Platform::Instagram && call.method == Method::POST => {
            instagram::login::exchange_code(world, call)
        }
        ["oauth", "access_token"] => facebook::token::access_token(world, call),
        ["access_token"] => instagram::login::long_lived(world, call),
        ["refresh_access_token"] => instagram::login::refresh(world, call),
        ["debug_token"] => facebook::token::debug(world, call),
        ["ig-api-upload", id] => instagram::container::upload(world, call, id).await,
        ["video-upload", id] => facebook::upload::receive(world, call, id).await,
        [] => Err(GraphError::parameter("Unsupported get request.")),
        [id, edges @ ..] => {
            let caller = Caller::of(world, call)?;
            let id = if *id == "me" {
                caller.subject()
            } else {
                (*id).to_owned()
            };
            let node = Node::find(world, &caller, &id)
                .ok_or_else(|| GraphError::missing(&call.method, &id))?;
            at_node(world, &caller, node, edges, call).await
        }
    }
}

async fn at_node(
    world: &Arc<World>,
    caller: &Caller,
    node: Node,
    edges: &[&str],
    call: &Call,
) -> Answer {
    let read = call.method == Method::GET;
    let write = call.method == Method::POST;
    let delete = call.method == Method::DELETE;
    match (&node, edges) {
        (Node::Person, ["accounts"]) if read => facebook::account::pages(world, caller, call),
        (Node::Person, ["businesses"]) if read => Ok(json!({"data": []})),
        (Node::Person, ["permissions", ..]) => {
            facebook::token::permissions(world, caller, call, edges)
        }
        (Node::Page(page), ["feed"]) if write => facebook::publish::feed(world, caller, page, call),
        (Node::Page(page), ["photos"]) if write => {
            facebook::photo::post(world, caller, page, call).await
        }
        (Node::Page(page), ["videos"]) if write => {
            facebook::video::post(world, caller, page, call).await
        }
        (Node::Page(page), ["videos"]) if read => facebook::video::list(world, page, call),
        (Node::Page(page), ["video_reels"]) if write => {
            facebook::upload::reel(world, caller, page, call)
        }
        (Node::Page(page), ["feed" | "published_posts" | "posts"]) if read => {
            facebook::post::list(world, caller, page, call)
        }
        (Node::InstagramAccount(account), ["media"]) if write => {
            instagram::container::create(world, caller, account, call).await
        }
        (Node::InstagramAccount(account), ["media"]) if read => {
            instagram::account::media(world, caller, account, call)
        }
        (Node::InstagramAccount(account), ["stories"]) if read => {
            instagram::account::stories(world, caller, account, call)
        }
        (Node::InstagramAccount(account), ["media_publish"]) if write => {
            instagram::publish::publish(world, caller, account, call)
        }
        (Node::InstagramAccount(account), ["content_publishing_limit"]) if read => {
            instagram::publish::limit(world, account, call)
        }
        (Node::Page(page), ["subscribed_apps"]) => subscribed::answer(world, caller, page.id, call),
        (Node::InstagramAccount(account), ["subscribed_apps"]) => {
            subscribed::answer(world, caller, account.id, call)
        }
        (Node::Post(post), ["comments"]) if write => {
            comments::write(world, caller, post, None, call)
        }
        (Node::Post(post), ["comments"]) if read => comments::list(world, caller, post, call),
        (Node::Comment(comment), ["comments" | "replies"]) => {
            comments::answers(world, caller, comment, call)
        }
        (Node::Video(id), ["comments"]) => {
            let shown = world.look(|state| state.posts.find(id).cloned());
            let post = shown.ok_or_else(|| GraphError::missing(&call.method, id))?;
            if write {
                comments::write(world, caller, &post, None, call)
            } else {
                comments::list(world, caller, &post, call)
            }
        }
        (Node::Video(id), []) if delete => facebook::video::delete(world, caller, id),
        (Node::Photo(photo), []) if delete => facebook::photo::delete(world, caller, photo),
        (Node::Post(post), []) if delete => match post.platform {
            Platform::Instagram => instagram::account::delete(world, caller, post),
            _ => facebook::post::delete(world, caller, post),
        },
        (Node::Post(post), []) if write => facebook::post::edit(world, caller, post, call),
        (_, []) if read => node.read(world, caller, call),
        _ => Err(GraphError::unsupported(&call.method)),
    }
}

/// Takes the version off the path; it stands first, or second for uploads.
fn strip_version(call: &mut Call) {
    let place = call
        .segments
        .iter()
        .take(2)
        .position(|piece| is_version(piece));
    if let Some(place) = place {
        call.segments.remove(place);
    }
}

pub(crate) fn is_version(piece: &str) -> bool {
    let Some((major, minor)) = piece
        .strip_prefix('v')
        .and_then(|rest| rest.split_once('.'))
    else {
        return false;
    };
    let digits =
        |text: &str| !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit());
    digits(major) && digits(minor)
}

#[cfg(test)]
mod tests {
    use super::is_version;

    #[test]
    fn versions_are_told_from_ids() {
        assert!(is_version("v26.0") && is_version("v2.12"));
        assert!(!is_version("v26") && !is_version("vanilla.1") && !is_version("1.0"));
    }
}
