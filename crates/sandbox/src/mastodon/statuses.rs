//! Statuses: published once per `Idempotency-Key`, read, edited, deleted.

use axum::http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::error::MastodonError;
use super::instance::MAX_ATTACHMENTS;
use super::{Answer, account, account_of, apps, media, text};
use crate::Platform;
use crate::call::Call;
use crate::cast::{self, MastodonAccount};
use crate::media::Medium;
use crate::posts::{Post, StatusExtras};
use crate::state::{State, World};

/// How long the answer to an `Idempotency-Key` is remembered.
const KEY_LIFETIME: SignedDuration = SignedDuration::from_hours(1);
const VISIBILITIES: [&str; 4] = ["public", "unlisted", "private", "direct"];

/// `POST /api/v1/statuses`.
pub fn publish(world: &World, call: &Call) -> Answer {
    let account = account_of(world, call, "write:statuses")?;
    let key = call.header("idempotency-key").filter(|key| !key.is_empty());
    let draft = draft(world, call, account)?;
    let post = world.change(|state| {
        if let Some(known) = key.and_then(|key| remembered(state, account, key)) {
            return Ok(known);
        }
        let ids = call.params.list("media_ids");
        let media = attach(state, account, &ids)?;
        let post = Post {
            id: state.new_id(),
            media,
            idempotency_key: key.map(str::to_owned),
            ..draft
        };
        check_text(state, &post)?;
        state.posts.add(post.clone());
        for id in ids {
            if let Some(attachment) = state.mastodon_attachments.get_mut(&id) {
                attachment.status = Some(post.id.clone());
            }
        }
        if let Some(key) = key {
            state
                .mastodon_keys
                .insert(key_of(account, key), (post.id.clone(), post.at));
        }
        Ok(post)
    })?;
    Ok((StatusCode::OK, shown(world, &post)))
}

/// Reads everything but the media.
fn draft(world: &World, call: &Call, account: &MastodonAccount) -> Result<Post, MastodonError> {
    if call.params.get("scheduled_at").is_some() {
        return Err(MastodonError::invalid(
            "Validation failed: This pretend instance does not schedule posts",
        ));
    }
    let visibility = call.params.get("visibility").unwrap_or("public");
    if !VISIBILITIES.contains(&visibility) {
        return Err(MastodonError::invalid(
            "Validation failed: Visibility is not included in the list",
        ));
    }
    let reply_to = call.params.get("in_reply_to_id").map(str::to_owned);
    let missing = |id: &String| world.look(|state| state.posts.find(id).is_none());
    if reply_to.as_ref().is_some_and(missing) {
        let gone = "The post you are trying to reply to does not appear to exist.";
        return Err(MastodonError::new(StatusCode::NOT_FOUND, gone));
    }
    let warning = call.params.get("spoiler_text").unwrap_or("");
    let status = StatusExtras {
        visibility: visibility.to_owned(),
        warning: warning.to_owned(),
        sensitive: call.params.flag("sensitive").unwrap_or(false) || !warning.is_empty(),
        language: call.params.get("language").map(str::to_owned),
        reply_to,
        edited_at: None,
        application: apps::name_of(world, call),
    };
    let text = call.params.get("status").unwrap_or("");
    let post = Post::new(
        Platform::Mastodon,
        account.id,
        String::new(),
        "status",
        text,
        world.look(State::now),
    );
    Ok(Post {
        status: Some(status),
        ..post
    })
}

fn check_text(state: &State, post: &Post) -> Result<(), MastodonError> {
    if post.text.trim().is_empty() && post.media.is_empty() {
        return Err(MastodonError::invalid(
            "Validation failed: Text can't be blank",
        ));
    }
    let limit = state.behaviour.mastodon_max_characters;
    let warning = post.status.as_ref().map_or("", |status| &status.warning);
    if text::length(&post.text) + text::length(warning) > limit {
        return Err(MastodonError::invalid(format!(
            "Validation failed: Text character limit of {limit} exceeded"
        )));
    }
    Ok(())
}

/// The media of uploads, all of which must be the account's own, ready and free.
fn attach(
    state: &State,
    account: &MastodonAccount,
    ids: &[String],
) -> Result<Vec<Medium>, MastodonError> {
    if ids.len() > MAX_ATTACHMENTS {
        return Err(MastodonError::invalid(format!(
            "Validation failed: Cannot attach more than {MAX_ATTACHMENTS} files"
        )));
    }
    let mut media = Vec::new();
    for id in ids {
        let found = state.mastodon_attachments.get(id);
        let free = found.filter(|one| one.account == account.id && one.status.is_none());
        let attachment = free.ok_or_else(|| {
            MastodonError::invalid(format!(
                "Validation failed: Media attachment {id} was not found or is in use"
            ))
        })?;
        if attachment.polls > 0 {
            return Err(MastodonError::invalid(
                "Validation failed: Cannot attach files that have not finished processing. Try again in a moment!",
            ));
        }
        media.push(attachment.medium.clone());
    }
    let films = media
        .iter()
        .filter(|medium| !medium.facts.is_image())
        .count();
    if films > 0 && media.len() > 1 {
        return Err(MastodonError::invalid(
            "Validation failed: Cannot attach a video to a post that already contains images",
        ));
    }
    Ok(media)
}

fn remembered(state: &State, account: &MastodonAccount, key: &str) -> Option<Post> {
    let (id, at) = state.mastodon_keys.get(&key_of(account, key))?;
    let fresh = state.now().duration_since(*at) < KEY_LIFETIME;
    state.posts.find(id).filter(|_| fresh).cloned()
}

fn key_of(account: &MastodonAccount, key: &str) -> String {
    format!("{} {key}", account.id)
}

/// `GET /api/v1/statuses/{id}`. Public posts are for everyone.
pub fn read(world: &World, call: &Call, id: &str) -> Answer {
    let post = find(world, id)?;
    if !is_open(&post) && account_of(world, call, "read:statuses")?.id != post.account {
        return Err(MastodonError::not_found());
    }
    Ok((StatusCode::OK, shown(world, &post)))
}

/// `GET /api/v1/statuses/{id}/context`: what the status answers, and what answers it, oldest first.
pub fn context(world: &World, call: &Call, id: &str) -> Answer {
    let post = find(world, id)?;
    let caller = account_of(world, call, "read:statuses").ok();
    let is_own = caller.is_some_and(|caller| caller.id == post.account);
    if !is_own && !is_open(&post) {
        return Err(MastodonError::not_found());
    }
    let mut around = vec![post.id.clone()];
    let mut descendants = Vec::new();
    world.look(|state| {
        for reply in state.posts.oldest_first().filter(|reply| !reply.deleted) {
            let to = reply
                .status
                .as_ref()
                .and_then(|status| status.reply_to.as_ref());
            let seen = is_open(reply) || caller.is_some_and(|caller| caller.id == reply.account);
            if seen && to.is_some_and(|to| around.contains(to)) {
                around.push(reply.id.clone());
                descendants.push(reply.clone());
            }
        }
    });
    let descendants: Vec<Value> = descendants
        .iter()
        .map(|reply| shown(world, reply))
        .collect();
    Ok((
        StatusCode::OK,
        json!({"ancestors": [], "descendants": descendants}),
    ))
}

/// Whether everyone may see it.
fn is_open(post: &Post) -> bool {
    post.status
        .as_ref()
        .is_some_and(|status| matches!(status.visibility.as_str(), "public" | "unlisted"))
}

/// `GET /api/v1/statuses/{id}/source`: the text as it was written.
pub fn source(world: &World, call: &Call, id: &str) -> Answer {
    let account = account_of(world, call, "read:statuses")?;
    let post = find(world, id)?;
    if post.account != account.id {
        return Err(MastodonError::not_found());
    }
    let warning = post.status.map(|status| status.warning).unwrap_or_default();
    Ok((
        StatusCode::OK,
        json!({"id": post.id, "text": post.text, "spoiler_text": warning}),
    ))
}

/// `PUT /api/v1/statuses/{id}`.
pub fn edit(world: &World, call: &Call, id: &str) -> Answer {
    let mut post = own(world, call, id)?;
    call.params
        .get("status")
        .unwrap_or("")
        .clone_into(&mut post.text);
    world.change(|state| {
        check_text(state, &post)?;
        let now = state.now();
        state.posts.edit(id, &post.text, now);
        Ok(())
    })?;
    Ok((StatusCode::OK, shown(world, &post)))
}

/// `DELETE /api/v1/statuses/{id}` answers what was deleted, for a redraft.
pub fn delete(world: &World, call: &Call, id: &str) -> Answer {
    let post = own(world, call, id)?;
    world.change(|state| state.posts.delete(id));
    let mut answer = shown(world, &post);
    answer["text"] = post.text.as_str().into();
    Ok((StatusCode::OK, answer))
}

/// `GET /api/v1/accounts/{id}/statuses`, newest first, between `since_id` and `max_id`.
pub fn list(world: &World, call: &Call, id: &str) -> Answer {
    let account = cast::mastodon(id).ok_or_else(MastodonError::not_found)?;
    let own = account_of(world, call, "read:statuses").is_ok_and(|caller| caller.id == id);
    let limit = call
        .params
        .get("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(20)
        .clamp(1, 40);
    let number = |name| {
        call.params
            .get(name)
            .and_then(|text: &str| text.parse::<u64>().ok())
    };
    let (newer, older) = (
        number("since_id").or_else(|| number("min_id")),
        number("max_id"),
    );
    let found: Vec<Post> = world.look(|state| {
        let posts = state.posts.of(account.id).filter(|post| {
            let id = post.id.parse().unwrap_or(0);
            (own || is_open(post))
                && newer.is_none_or(|newer| id > newer)
                && older.is_none_or(|older| id < older)
        });
        posts.take(limit).cloned().collect()
    });
    let shown: Vec<Value> = found.iter().map(|post| shown(world, post)).collect();
    Ok((StatusCode::OK, shown.into()))
}

fn find(world: &World, id: &str) -> Result<Post, MastodonError> {
    let post = world.look(|state| state.posts.find(id).cloned());
    post.filter(|post| post.platform == Platform::Mastodon)
        .ok_or_else(MastodonError::not_found)
}

fn own(world: &World, call: &Call, id: &str) -> Result<Post, MastodonError> {
    let account = account_of(world, call, "write:statuses")?;
    let post = find(world, id)?;
    if post.account == account.id {
        Ok(post)
    } else {
        Err(MastodonError::not_found())
    }
}

/// A status as the API shows it.
fn shown(world: &World, post: &Post) -> Value {
    let author = cast::mastodon(&post.account).map(|author| account::shown(world, author));
    let extras = post.status.clone().unwrap_or_default();
    let media: Vec<Value> = post
        .media
        .iter()
        .map(|medium| media::shown_ready(world, medium))
        .collect();
    json!({
        "id": post.id, "created_at": post.at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
        "in_reply_to_id": extras.reply_to, "in_reply_to_account_id": null, "sensitive": extras.sensitive,
        "spoiler_text": extras.warning, "visibility": extras.visibility, "language": extras.language,
        "uri": world.link(&format!("/users/{}/statuses/{}", cast::name_of(&post.account), post.id)),
        "url": post.permalink(world), "replies_count": 0, "reblogs_count": 0, "favourites_count": 0,
        "quotes_count": 0, "edited_at": extras.edited_at, "content": text::html(&post.text), "reblog": null,
        "application": {"name": extras.application, "website": null}, "account": author, "media_attachments": media,
        "mentions": [], "tags": [], "emojis": [], "card": null, "poll": null, "favourited": false,
        "reblogged": false, "muted": false, "bookmarked": false, "pinned": false, "filtered": [],
    })
}
