//! Options that need a permission of their own: who uses one without it is told before anything goes out.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use fanfare_domain::{ConnectionId, ErrorCode};
use fanfare_platform_kit::rules::Finding;
use fanfare_platform_kit::{Content, Manifest};
use fanfare_store::channels::Channel;
use fanfare_store::{WorkspaceTx, connections};
use serde_json::Value as Json;

use super::input::PostInput;
use crate::Result;

/// The scopes that each connection was granted, as far as its platform tells them.
pub(super) type Granted = BTreeMap<ConnectionId, Vec<String>>;

/// What was granted to the connections of channels that options were chosen for.
pub(super) async fn granted_to(
    tx: &mut WorkspaceTx,
    input: &PostInput,
    channels: &[Channel],
) -> Result<Granted> {
    let has_options = |channel: &&Channel| {
        let variant = input.variants.get(&channel.id);
        variant.is_some_and(|variant| !variant.options.is_empty())
    };
    let mut granted = Granted::new();
    for channel in channels.iter().filter(has_options) {
        if let Entry::Vacant(place) = granted.entry(channel.connection_id) {
            place.insert(connections::get(tx, channel.connection_id).await?.scopes);
        }
    }
    Ok(granted)
}

/// A finding for each option that is used and that none of its permissions was granted for. Platforms that tell no scopes lack none.
pub(super) fn missing_for_options(
    manifest: &Manifest,
    channel: &Channel,
    granted: &Granted,
    content: &Content<'_>,
) -> Vec<Finding> {
    let scopes = granted
        .get(&channel.connection_id)
        .map(Vec::as_slice)
        .unwrap_or_default();
    if scopes.is_empty() {
        return Vec::new();
    }
    let all = manifest.connect.iter().flat_map(|method| &method.scopes);
    let mut has_one: BTreeMap<&str, bool> = BTreeMap::new();
    for (scope, option) in all.filter_map(|scope| Some((scope, scope.option?))) {
        *has_one.entry(option).or_default() |= scopes.iter().any(|one| one == scope.name);
    }
    let lacking = has_one
        .into_iter()
        .filter(|(option, has_one)| !has_one && is_used(content.options.get(*option)));
    lacking
        .map(|(option, _)| {
            let label = manifest
                .content
                .options
                .iter()
                .find(|spec| spec.name == option)
                .map_or(option, |spec| spec.label);
            let detail = format!(
                "{label} needs a permission that {} was not asked for or did not give. Reconnect the account and leave every \
                 permission ticked, or leave this out.",
                manifest.name
            );
            Finding::error(
                ErrorCode::PermissionMissing,
                format!("options.{option}"),
                detail,
            )
        })
        .collect()
}

fn is_used(value: Option<&Json>) -> bool {
    match value {
        None | Some(Json::Null) => false,
        Some(Json::String(text)) => !text.trim().is_empty(),
        Some(Json::Array(items)) => !items.is_empty(),
        Some(_) => true,
    }
}
