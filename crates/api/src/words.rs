//! The values that a field can have, for the description: the domain's own lists, so that clients' types are never behind.

use fanfare_app::api_keys::KeyState;
use fanfare_domain::ConnectionStatus;
use fanfare_domain::action::TABLE;
use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::mail::Refusal;
use fanfare_domain::media::MediaKind;
use fanfare_domain::post::PostState;
use fanfare_domain::role::Role;
use fanfare_domain::schedule::ScheduleKind;
use utoipa::openapi::{Array, ArrayBuilder, Object, ObjectBuilder, Type};

pub(crate) fn post_states() -> Object {
    one_of(PostState::ALL.iter().map(|state| state.as_str()))
}

pub(crate) fn delivery_states() -> Object {
    one_of(DeliveryState::ALL.iter().map(|state| state.as_str()))
}

pub(crate) fn schedule_kinds() -> Object {
    one_of(ScheduleKind::ALL.iter().map(|kind| kind.as_str()))
}

pub(crate) fn media_kinds() -> Object {
    one_of(MediaKind::ALL.iter().map(|kind| kind.as_str()))
}

pub(crate) fn connection_statuses() -> Object {
    one_of(ConnectionStatus::ALL.iter().map(|status| status.as_str()))
}

/// What a person can do about an error of a delivery.
pub(crate) fn advice() -> Object {
    one_of([
        "retry",
        "wait",
        "reconnect",
        "edit",
        "grant_permission",
        "check_platform",
        "none",
    ])
}

/// How a try ended.
pub(crate) fn outcomes() -> Object {
    one_of(["published", "retry", "failed", "unknown"])
}

/// How much a finding matters: an error blocks, a warning explains.
pub(crate) fn levels() -> Object {
    one_of(["error", "warning"])
}

/// What a member can be.
pub(crate) fn roles() -> Object {
    one_of(Role::ALL.iter().map(|role| role.as_str()))
}

const BROWSER: &str = "web";
const DEVICE: &str = "device";

/// What a session is held by.
pub(crate) fn session_kinds() -> Object {
    one_of([BROWSER, DEVICE])
}

pub(crate) fn session_kind(is_device: bool) -> &'static str {
    if is_device { DEVICE } else { BROWSER }
}

/// What an address told of itself.
pub(crate) fn mail_refusals() -> Object {
    one_of(Refusal::ALL.iter().map(|refusal| refusal.as_str()))
}

pub(crate) fn key_states() -> Object {
    one_of(KeyState::ALL.iter().map(|state| state.as_str()))
}

/// What a key can be given.
pub(crate) fn scopes() -> Array {
    let all = TABLE.iter().filter(|rule| rule.for_keys);
    ArrayBuilder::new()
        .items(one_of(all.map(|rule| rule.action.as_str())))
        .build()
}

fn one_of(values: impl IntoIterator<Item = &'static str>) -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(values))
        .build()
}
