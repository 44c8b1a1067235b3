#![doc = include_str!("../README.md")]

mod dialect;
mod error;
mod lite_writer;
pub mod migrate;
mod row;
mod scope;
mod store;
mod tx;
mod value;

pub mod account_notices;
pub mod account_tokens;
pub mod agenda;
pub mod api_key_calls;
pub mod api_keys;
pub mod app_registrations;
pub mod archive;
pub mod audit;
pub mod calendar;
pub mod catch_ups;
pub mod changes;
pub mod channel_groups;
pub mod channel_subscriptions;
pub mod channels;
pub mod connections;
pub mod content_templates;
pub mod data_deletions;
pub mod deliveries;
pub mod email_changes;
pub mod engagement;
pub mod exports;
pub mod first_comments;
pub mod first_runs;
pub mod hashtag_groups;
pub mod idempotency;
pub mod inbound_messages;
pub mod installation_facts;
pub mod invitations;
pub mod jobs;
pub mod known_browsers;
pub mod mail_messages;
pub mod mail_preferences;
pub mod mail_suppressions;
pub mod mail_templates;
pub mod media;
pub mod media_folders;
pub mod media_imports;
pub mod media_list;
pub mod media_tags;
pub mod media_uploads;
pub mod members;
pub mod notification_preferences;
pub mod notifications;
pub mod oauth_states;
pub mod oidc;
pub mod outgoing;
pub mod pages;
pub mod passkeys;
pub mod place;
pub mod post_versions;
pub mod posts;
pub mod queues;
pub mod retention;
pub mod saved_filters;
pub mod sealed;
pub mod series;
pub mod sessions;
pub mod two_factor;
pub mod users;
pub mod webhook_endpoints;
pub mod webhook_events;
pub mod webhook_receipts;
pub mod workspaces;

pub use error::StoreError;
pub use row::Row;
pub use scope::{SystemTx, WorkspaceTx};
pub use store::{DatabaseKind, Store};
pub use tx::Tx;
pub use value::Value;

/// Ids as [`sql_in!`] takes them.
pub(crate) fn comma_list<T: std::fmt::Display>(ids: &[T]) -> String {
    ids.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

/// What every function of this crate answers.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Marks a literal as a statement, so that the test that prepares all of them on both databases finds it.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $text
    };
}

/// A statement with one list of ids, bound as comma-separated text: `sql_in!(tx, "… WHERE id ", "$2", " ORDER BY …")`.
#[macro_export]
macro_rules! sql_in {
    ($tx:expr, $before:literal, $list:literal, $after:literal) => {
        match $tx.kind() {
            $crate::DatabaseKind::Postgres => {
                concat!($before, "= ANY(string_to_array(", $list, ", ','))", $after)
            }
            $crate::DatabaseKind::Sqlite => concat!(
                $before,
                "IN (SELECT value FROM json_each('[\"' || replace(",
                $list,
                ", ',', '\",\"') || '\"]'))",
                $after
            ),
        }
    };
}

/// Gathers the values that a statement's `$1, $2, …` stand for.
#[macro_export]
macro_rules! binds {
    ($($value:expr),* $(,)?) => { vec![$($crate::Value::from($value)),*] };
}
