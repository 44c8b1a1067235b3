//! What an edit changed, as the audit log tells it.

use fanfare_domain::delivery::DeliveryState;
use fanfare_store::deliveries::Delivery;
use serde_json::{Value as Json, json};

use super::detail::PostDetail;

/// Names what differs: `text`, `media`, `channels`, `variants`, `time`; times and channels with what they were.
pub(super) fn edit_news(before: &PostDetail, after: &PostDetail) -> Json {
    let mut changed = Vec::new();
    if before.post.text != after.post.text {
        changed.push("text");
    }
    if media_of(before) != media_of(after) {
        changed.push("media");
    }
    let added = channels_only_in(after, before);
    let removed = channels_only_in(before, after);
    if !added.is_empty() || !removed.is_empty() {
        changed.push("channels");
    }
    if variants_differ(before, after) {
        changed.push("variants");
    }
    let (was, is) = (&before.post.schedule, &after.post.schedule);
    if (was.kind, was.at) != (is.kind, is.at) {
        changed.push("time");
    }
    json!({
        "revision": after.post.revision,
        "at": is.at,
        "was_at": was.at,
        "changed": changed,
        "added": added,
        "removed": removed,
    })
}

fn media_of(detail: &PostDetail) -> Vec<(String, &str)> {
    let item = |item: &super::detail::PostMediaDetail| item.media.id.to_string();
    detail
        .media
        .iter()
        .map(|each| (item(each), each.alt.as_str()))
        .collect()
}

/// Names of the channels that `one` goes to and `other` does not.
fn channels_only_in(one: &PostDetail, other: &PostDetail) -> Vec<String> {
    let goes = |delivery: &&Delivery| delivery.state != DeliveryState::Cancelled;
    one.deliveries
        .iter()
        .filter(goes)
        .filter(|delivery| {
            let mut others = other.deliveries.iter().filter(goes);
            !others.any(|other| other.channel_id == delivery.channel_id)
        })
        .map(|delivery| match one.channels.get(&delivery.channel_id) {
            Some(channel) => channel.name.clone(),
            None => delivery.platform.clone(),
        })
        .collect()
}

fn variants_differ(before: &PostDetail, after: &PostDetail) -> bool {
    after.deliveries.iter().any(|delivery| {
        let was = before
            .deliveries
            .iter()
            .find(|other| other.channel_id == delivery.channel_id);
        // What is out was given the text it went out with; nobody edited that.
        delivery.state != DeliveryState::Published
            && was.is_some_and(|was| {
                was.variant_text != delivery.variant_text || was.options != delivery.options
            })
    })
}
