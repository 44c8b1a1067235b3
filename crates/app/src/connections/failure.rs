//! What a platform's refusal means for the connection it was made with.

use fanfare_domain::{ConnectionStatus, ErrorCode};
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::audit::{self, Actor};
use fanfare_store::connections::{self, Connection, LastError};
use fanfare_store::{StoreError, WorkspaceTx};
use jiff::Timestamp;
use serde_json::json;

use super::alert;
use crate::audit::event;
use crate::news::{ConnectionNews, News, tell};

/// Notes on the connection what the platform said while publishing, if it says something about the connection, and the
/// change of status in the audit log.
pub async fn record_failure(
    tx: &mut WorkspaceTx,
    connection: &Connection,
    error: &PlatformError,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(status) = consequence(connection, error, now) else {
        return Ok(());
    };
    connections::set_error(tx, connection.id, Some(status), &last_error(error), now).await?;
    record_change(tx, connection, status, error.code, now).await
}

/// The status that follows. Absent when the connection is as good as before: the platform is slow, or the post was at fault.
pub(super) fn consequence(
    connection: &Connection,
    error: &PlatformError,
    now: Timestamp,
) -> Option<ConnectionStatus> {
    if connection.status == ConnectionStatus::Disconnected {
        return None;
    }
    match error.advice {
        Advice::Reconnect if connection.expires_at.is_some_and(|end| end <= now) => {
            Some(ConnectionStatus::Expired)
        }
        Advice::Reconnect => Some(ConnectionStatus::Revoked),
        Advice::NeedsPermission => Some(ConnectionStatus::Error),
        Advice::Retry { .. }
        | Advice::RateLimited { .. }
        | Advice::Refresh
        | Advice::FixContent { .. }
        | Advice::OutcomeUnknown
        | Advice::Permanent => None,
    }
}

pub(super) fn last_error(error: &PlatformError) -> LastError {
    LastError {
        code: error.code,
        detail: error.detail.clone(),
        advice: error.advice.as_str().to_owned(),
    }
}

/// Writes the change of status down; nothing when it is no change.
pub(super) async fn record_change(
    tx: &mut WorkspaceTx,
    connection: &Connection,
    status: ConnectionStatus,
    code: ErrorCode,
    now: Timestamp,
) -> Result<(), StoreError> {
    if connection.status == status {
        return Ok(());
    }
    let event = event(
        now,
        Actor::fanfare(),
        &format!("connection.{status}"),
        ("connection", connection.id),
        json!({"platform": connection.platform, "name": connection.name, "code": code}),
    );
    audit::record(tx, &event).await?;
    let news = News::Connection(connection.id, ConnectionNews::NeedsAttention);
    tell(tx, news, now).await?;
    let workspace = tx.workspace();
    alert::enqueue(tx, workspace, connection.id, now).await
}
