//! The accounts of the instance.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::error::MastodonError;
use super::{Answer, account_of};
use crate::call::Call;
use crate::cast::{self, MastodonAccount};
use crate::pages::avatar;
use crate::state::World;

/// `GET /api/v1/accounts/verify_credentials`.
pub fn verify(world: &World, call: &Call) -> Answer {
    let account = account_of(world, call, "read:accounts")?;
    let mut answer = shown(world, account);
    answer["source"] = json!({
        "privacy": "public", "sensitive": false, "language": "en", "note": account.note, "fields": [],
        "follow_requests_count": 0,
    });
    answer["role"] =
        json!({"id": "-99", "name": "", "permissions": "0", "color": "", "highlighted": false});
    Ok((StatusCode::OK, answer))
}

/// `GET /api/v1/accounts/{id}`.
pub fn read(world: &World, id: &str) -> Answer {
    let account = cast::mastodon(id).ok_or_else(MastodonError::not_found)?;
    Ok((StatusCode::OK, shown(world, account)))
}

pub fn shown(world: &World, account: &MastodonAccount) -> Value {
    let count = world.look(|state| state.posts.of(account.id).count());
    let avatar = avatar::address(world, account.id);
    json!({
        "id": account.id, "username": account.username, "acct": account.username, "display_name": account.name,
        "locked": false, "bot": false, "discoverable": true, "group": false, "noindex": false, "indexable": true,
        "created_at": "2022-11-05T00:00:00.000Z", "note": format!("<p>{}</p>", account.note),
        "url": world.link(&format!("/mastodon/@{}", account.username)),
        "uri": world.link(&format!("/users/{}", account.username)), "avatar": avatar, "avatar_static": avatar,
        "header": avatar, "header_static": avatar, "followers_count": account.followers,
        "following_count": account.following, "statuses_count": count, "last_status_at": null, "emojis": [],
        "fields": [],
    })
}
