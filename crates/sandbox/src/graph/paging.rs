//! Lists with cursors, as the Graph API pages them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use super::Answer;
use crate::call::Call;
use crate::state::World;

const ORDINARY: usize = 25;
const MOST: usize = 100;

/// Shows the part of `items` that the call's `limit` and `after` ask for. `next` is there only when more follows, and
/// carries the token, as the real one does.
pub fn page<T>(
    world: &World,
    call: &Call,
    items: impl Iterator<Item = T>,
    id: impl Fn(&T) -> &str,
    show: impl Fn(&T) -> Answer,
) -> Answer {
    let limit = call
        .params
        .get("limit")
        .and_then(|limit| limit.parse().ok())
        .unwrap_or(ORDINARY)
        .min(MOST);
    let after = call.params.get("after").and_then(read_cursor);
    let mut passed = after.is_none();
    let rest = items.skip_while(|item| {
        let skip = !passed;
        passed = passed || after.as_deref() == Some(id(item));
        skip
    });
    let mut found: Vec<T> = rest.take(limit + 1).collect();
    let more = found.len() > limit;
    found.truncate(limit);
    let data = found.iter().map(show).collect::<Result<Vec<Value>, _>>()?;
    let (Some(first), Some(last)) = (found.first(), found.last()) else {
        return Ok(json!({ "data": [] }));
    };
    let mut paging = json!({"cursors": {"before": cursor(id(first)), "after": cursor(id(last))}});
    if more {
        paging["next"] = next(world, call, &cursor(id(last))).into();
    }
    Ok(json!({"data": data, "paging": paging}))
}

fn next(world: &World, call: &Call, after: &str) -> String {
    let mut query = Serializer::new(String::new());
    let kept = call
        .params
        .pairs()
        .filter(|(name, _)| !matches!(*name, "after" | "access_token"));
    query.extend_pairs(kept).append_pair("after", after);
    query.append_pair("access_token", call.token().unwrap_or(""));
    world.link(&format!("{}?{}", call.address, query.finish()))
}

fn cursor(id: &str) -> String {
    URL_SAFE_NO_PAD.encode(id)
}

fn read_cursor(text: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}
