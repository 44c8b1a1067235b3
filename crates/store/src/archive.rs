//! Rows as a workspace, or a person, takes them along: the tables of which an archive tells as they are, without what is sealed or a secret.

use serde_json::{Map, Value as Json, json};

use crate::{Result, Row, Tx, binds};

/// One table, as a list of objects.
pub struct Part {
    /// What the list is called: `channel-groups`.
    pub name: &'static str,
    pub table: &'static str,
    statement: &'static str,
    columns: &'static [(&'static str, Kind)],
}

/// How a column is written.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Number,
    Instant,
    /// Kept as JSON. What is none is told as text.
    Json,
}

/// `$key` tells rows of one owner apart, and they come in its order.
macro_rules! part {
    ($name:literal, $table:literal of $owner:literal by $key:literal, $($column:literal $kind:ident),+ $(,)?) => {
        Part {
            name: $name,
            table: $table,
            statement: concat!(
                "SELECT ", $key, " AS part_key", $(", ", $column,)+ " FROM ", $table,
                " WHERE ", $owner, " = $1 AND ", $key, " > $2 ORDER BY ", $key, " LIMIT $3"
            ),
            columns: &[$(($column, Kind::$kind)),+],
        }
    };
}

/// What belongs to a workspace.
pub const OF_WORKSPACE: &[Part] = &[
    part!("channel-groups", "channel_groups" of "workspace_id" by "id",
        "id" Text, "name" Text, "position" Number, "created_at" Instant, "updated_at" Instant),
    part!("channel-group-members", "channel_group_members" of "workspace_id" by "group_id || channel_id",
        "group_id" Text, "channel_id" Text, "position" Number),
    part!("channel-settings", "integration_settings" of "workspace_id" by "connection_id",
        "connection_id" Text, "settings" Json, "updated_at" Instant),
    part!("queues", "channel_queues" of "workspace_id" by "channel_id",
        "channel_id" Text, "time_zone" Text, "slots" Json, "updated_at" Instant),
    part!("series", "post_series" of "workspace_id" by "id",
        "id" Text, "rule" Json, "time_zone" Text, "starts" Text, "problem" Text, "ended_at" Instant, "created_at" Instant,
        "updated_at" Instant),
    part!("series-posts", "series_posts" of "workspace_id" by "post_id",
        "post_id" Text, "series_id" Text, "number" Number, "planned_at" Instant),
    part!("post-versions", "post_versions" of "workspace_id" by "post_id || ' ' || number",
        "post_id" Text, "number" Number, "author_id" Text, "restored_from" Number, "content" Json, "created_at" Instant,
        "updated_at" Instant),
    part!("first-comments", "first_comments" of "workspace_id" by "delivery_id",
        "delivery_id" Text, "text" Text, "state" Text, "attempts" Number, "remote_id" Text, "permalink" Text,
        "published_at" Instant, "receipt" Json, "error_code" Text, "error_detail" Text, "created_at" Instant),
    part!("delivery-attempts", "delivery_attempts" of "workspace_id" by "id",
        "id" Text, "delivery_id" Text, "number" Number, "started_at" Instant, "finished_at" Instant, "outcome" Text,
        "code" Text, "detail" Text),
    part!("engagement", "engagement" of "workspace_id" by "id",
        "id" Text, "channel_id" Text, "delivery_id" Text, "kind" Text, "remote_id" Text, "post_remote_id" Text,
        "parent_remote_id" Text, "actor_id" Text, "actor_name" Text, "text" Text, "change" Text, "at" Instant),
    part!("inbound-messages", "inbound_messages" of "workspace_id" by "id",
        "id" Text, "channel_id" Text, "kind" Text, "remote_id" Text, "contact" Text, "text" Text, "at" Instant),
    part!("invitations", "invitations" of "workspace_id" by "id",
        "id" Text, "email" Text, "role" Text, "invited_by" Text, "created_at" Instant, "expires_at" Instant),
    part!("api-keys", "api_keys" of "workspace_id" by "id",
        "id" Text, "user_id" Text, "name" Text, "scopes" Json, "allowed_ips" Json, "rate_per_minute" Number,
        "expires_at" Instant, "created_at" Instant, "rotated_at" Instant, "last_used_at" Instant, "revoked_at" Instant),
    part!("retention", "retention" of "workspace_id" by "workspace_id",
        "audit_months" Number, "key_log_days" Number, "platform_answers_days" Number, "ran_at" Instant),
];

/// What belongs to a person, wherever they made it.
pub const OF_PERSON: &[Part] = &[
    part!("api_keys", "api_keys" of "user_id" by "id",
        "id" Text, "workspace_id" Text, "name" Text, "scopes" Json, "allowed_ips" Json, "rate_per_minute" Number,
        "expires_at" Instant, "created_at" Instant, "rotated_at" Instant, "last_used_at" Instant, "revoked_at" Instant),
    part!("known_browsers", "known_browsers" of "user_id" by "browser",
        "browser" Text, "first_seen_at" Instant),
    part!("mail", "mail_messages" of "user_id" by "id",
        "to_address" Text, "kind" Text, "subject" Text, "status" Text, "error" Text, "created_at" Instant, "sent_at" Instant,
        "delivered_at" Instant),
    part!("saved_filters", "saved_filters" of "user_id" by "id",
        "id" Text, "workspace_id" Text, "page" Text, "name" Text, "query" Json, "created_at" Instant, "updated_at" Instant),
];

/// Rows of `owner` after the one with that key (empty for the first ones), and the key of the last.
pub async fn read(
    tx: &mut Tx,
    part: &Part,
    owner: &str,
    after: &str,
    limit: u32,
) -> Result<Option<(String, Vec<Json>)>> {
    let rows = tx
        .all(part.statement, binds![owner, after, limit], |row| {
            Ok((row.text("part_key")?, object(part, row)?))
        })
        .await?;
    let last = rows.last().map(|(key, _)| key.clone());
    let objects = rows.into_iter().map(|(_, object)| object).collect();
    Ok(last.map(|key| (key, objects)))
}

fn object(part: &Part, row: &Row) -> Result<Json> {
    let mut object = Map::new();
    for (name, kind) in part.columns {
        let value = match kind {
            Kind::Text => json!(row.optional_text(name)?),
            Kind::Number => json!(row.optional_int(name)?),
            Kind::Instant => json!(row.optional_instant(name)?),
            Kind::Json => row.optional_text(name)?.map_or(Json::Null, |text| {
                serde_json::from_str(&text).unwrap_or(Json::String(text))
            }),
        };
        object.insert((*name).to_owned(), value);
    }
    Ok(Json::Object(object))
}
