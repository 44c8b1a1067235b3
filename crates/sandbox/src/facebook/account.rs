//! The person and the Pages, as the Graph API shows them.

use serde_json::{Value, json};

use crate::call::Call;
use crate::cast;
use crate::graph::caller::Caller;
use crate::graph::fields::pick;
use crate::graph::{Answer, paging};
use crate::pages::avatar;
use crate::state::World;
use crate::tokens::Holder;

const TASKS: [&str; 6] = [
    "ADVERTISE",
    "ANALYZE",
    "CREATE_CONTENT",
    "MESSAGING",
    "MODERATE",
    "MANAGE",
];

/// `GET /me` with a person's token.
pub fn person(world: &World, call: &Call) -> Answer {
    let (first, last) = cast::PERSON
        .name
        .split_once(' ')
        .unwrap_or((cast::PERSON.name, ""));
    let whole = json!({
        "id": cast::PERSON.id, "name": cast::PERSON.name, "first_name": first, "last_name": last,
        "email": "ines@harbour-bakery.example", "picture": picture(world, cast::PERSON.id),
    });
    pick(&whole, call, "id,name")
}

/// `GET /me/accounts`: the Pages that were ticked, each with its own token.
pub fn pages(world: &World, caller: &Caller, call: &Call) -> Answer {
    let listed = caller.token.has("pages_show_list");
    let seen = cast::PAGES
        .iter()
        .filter(|page| listed && caller.sees_page(page));
    paging::page(
        world,
        call,
        seen,
        |page| page.id,
        |one| {
            page(
                world,
                caller,
                one,
                call,
                "access_token,category,category_list,name,id,tasks",
            )
        },
    )
}

/// `GET /{page}`.
pub fn page(
    world: &World,
    caller: &Caller,
    page: &cast::Page,
    call: &Call,
    ordinary: &str,
) -> Answer {
    let token = page_token(world, caller, page);
    let instagram = page
        .instagram
        .filter(|_| caller.token.has("instagram_basic"));
    let instagram = instagram
        .and_then(cast::instagram)
        .map_or(Value::Null, |account| {
            json!({
                "id": account.id, "username": account.username, "name": account.name,
                "profile_picture_url": avatar::address(world, account.id),
            })
        });
    let whole = json!({
        "id": page.id, "name": page.name, "username": page.username, "category": page.category,
        "category_list": [{"id": "1105", "name": page.category}], "about": page.about, "access_token": token,
        "tasks": TASKS, "picture": picture(world, page.id), "link": world.link(&format!("/facebook/{}", page.username)),
        "fan_count": page.followers, "followers_count": page.followers, "is_published": true,
        "verification_status": "not_verified", "instagram_business_account": instagram,
        "connected_instagram_account": instagram,
    });
    pick(&whole, call, ordinary)
}

fn page_token(world: &World, caller: &Caller, page: &cast::Page) -> String {
    if !matches!(caller.token.grant.holder, Holder::FacebookUser(_)) {
        return caller.token.text.clone();
    }
    world.change(|state| {
        // A Page token from a long-lived user token has no end, unless tokens were told to be short-lived.
        let for_ever = caller.token.long_lived && state.behaviour.token_lifetime_seconds.is_none();
        state
            .tokens
            .page_token(&caller.token, page.id, for_ever)
            .text
    })
}

fn picture(world: &World, id: &str) -> Value {
    json!({"data": {"url": avatar::address(world, id), "width": 200, "height": 200, "is_silhouette": false}})
}
