//! What a post leaves open and its channels' connections settle.

use std::collections::BTreeMap;

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::Options;
use fanfare_store::WorkspaceTx;
use fanfare_store::channels::Channel;
use fanfare_store::connections::settings;

use super::input::PostInput;
use crate::connections::settings::option_defaults;
use crate::{App, Result};

/// The post with every option chosen that a connection has a default for. What the post chose itself stays.
pub(super) async fn filled(
    app: &App,
    tx: &mut WorkspaceTx,
    input: &PostInput,
    channels: &[Channel],
) -> Result<PostInput> {
    let mut input = input.clone();
    let mut owners: Vec<ConnectionId> = channels.iter().map(|one| one.connection_id).collect();
    owners.sort_unstable();
    owners.dedup();
    let settled: BTreeMap<_, _> = settings::many(tx, &owners).await?.into_iter().collect();
    for channel in channels {
        let Some(settings) = settled.get(&channel.connection_id) else {
            continue;
        };
        let manifest = app.platform(&channel.platform)?.manifest();
        let defaults = option_defaults(manifest, settings.clone());
        if !defaults.is_empty() {
            let variant = input.variants.entry(channel.id).or_default();
            fill(&mut variant.options, defaults);
        }
    }
    Ok(input)
}

/// An option that is null was not chosen.
fn fill(options: &mut Options, defaults: Options) {
    for (name, value) in defaults {
        if options.get(&name).is_none_or(serde_json::Value::is_null) {
            options.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn options(value: &serde_json::Value) -> Options {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn what_the_post_chose_stays() {
        let mut chosen = options(&json!({"a": "mine", "b": null, "d": false, "e": ""}));
        let defaults = json!({"a": "x", "b": "y", "c": true, "d": true, "e": "z"});
        fill(&mut chosen, options(&defaults));
        let expected = json!({"a": "mine", "b": "y", "c": true, "d": false, "e": ""});
        assert_eq!(chosen, options(&expected));
    }
}
