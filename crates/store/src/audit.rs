//! The audit log: who did what to which thing, and when.

use fanfare_domain::{AuditEventId, PostId, UserId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, WorkspaceTx, binds, sql};

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Absent when Fanfare acted by itself.
    pub id: Option<UserId>,
    pub name: String,
}

impl Actor {
    /// Fanfare itself: schedules, workers, watchdogs.
    #[must_use]
    pub fn fanfare() -> Self {
        Self {
            id: None,
            name: "Fanfare".to_owned(),
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct AuditEvent {
    pub id: AuditEventId,
    pub at: Timestamp,
    pub actor: Actor,
    /// `post.scheduled`, `delivery.published`, `connection.connected` …
    pub action: String,
    pub subject_kind: String,
    pub subject_id: String,
    /// The post it belongs to, if any.
    pub post_id: Option<PostId>,
    pub detail: Json,
}

/// Writes one event.
pub async fn record(tx: &mut WorkspaceTx, event: &AuditEvent) -> Result<()> {
    let workspace = tx.workspace();
    tx.execute(
        sql!(
            "INSERT INTO audit_events (id, workspace_id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        binds![
            event.id,
            workspace,
            event.at,
            event.actor.id,
            &event.actor.name,
            &event.action,
            &event.subject_kind,
            &event.subject_id,
            event.post_id,
            &event.detail,
        ],
    )
    .await?;
    Ok(())
}

/// All that happened to a post and its deliveries, oldest first.
pub async fn of_post(tx: &mut WorkspaceTx, post: PostId) -> Result<Vec<AuditEvent>> {
    let workspace = tx.workspace();
    tx.all(
        sql!(
            "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail
             FROM audit_events WHERE workspace_id = $1 AND post_id = $2 ORDER BY id LIMIT 1000"
        ),
        binds![workspace, post],
        read,
    )
    .await
}

/// The newest events before `before` (or of all), newest first; of one subject when named.
pub async fn list(
    tx: &mut WorkspaceTx,
    subject: Option<&str>,
    before: Option<AuditEventId>,
    limit: u32,
) -> Result<Vec<AuditEvent>> {
    let workspace = tx.workspace();
    // Ids are hexadecimal: `g` sorts after all of them.
    let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
    tx.all(
        sql!(
            "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail
             FROM audit_events
             WHERE workspace_id = $1 AND id < $2 AND ($3 = '' OR subject_id = $3)
             ORDER BY id DESC LIMIT $4"
        ),
        binds![workspace, before, subject.unwrap_or_default(), limit],
        read,
    )
    .await
}

fn read(row: &Row) -> Result<AuditEvent> {
    Ok(AuditEvent {
        id: row.id("id")?,
        at: row.instant("at")?,
        actor: Actor {
            id: row.optional_id("actor_id")?,
            name: row.text("actor_name")?,
        },
        action: row.text("action")?,
        subject_kind: row.text("subject_kind")?,
        subject_id: row.text("subject_id")?,
        post_id: row.optional_id("post_id")?,
        detail: row.json("detail")?,
    })
}
