//! How a post stands: there in the words that were sent, in others, or not at all.

use fanfare_platform_kit::PlatformError;
use fanfare_platform_kit::roles::{Seen, Sent};
use serde_json::{Map, Value};

use super::call::{Graph, Token};
use super::recognise::same_text;

/// Compares `field`, which is what the platform calls a post's text.
pub async fn look(
    graph: &Graph<'_>,
    token: &Token,
    post: &Sent,
    field: &str,
) -> Result<Seen, PlatformError> {
    let fields = format!("id,{field}");
    let found: Option<Map<String, Value>> = graph.find(&post.remote_id, &fields, token).await?;
    let Some(found) = found else {
        // Meta says the same of what we may not see, and said it of everything in outages: then it does not show us the account either.
        let account = &post.channel.remote_id;
        graph.read::<Value>(account, "id", token).await?;
        return Ok(Seen::Gone);
    };
    let text = found.get(field).and_then(Value::as_str).unwrap_or_default();
    Ok(if same_text(text, &post.text) {
        Seen::AsSent
    } else {
        Seen::Edited
    })
}
