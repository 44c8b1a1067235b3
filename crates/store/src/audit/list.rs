//! Reading a workspace's log, the newest first.

use fanfare_domain::{AuditEventId, UserId, ids_from};
use jiff::Timestamp;

use super::{AuditEvent, read};
use crate::{Result, Row, SystemTx, Value, WorkspaceTx, binds, sql};

/// Which events are wanted.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub actor: Option<Acted>,
    /// An action such as `post.scheduled`, or all of an area such as `post`.
    pub action: Option<String>,
    pub subject_kind: Option<String>,
    pub subject_id: Option<String>,
    pub from: Option<Timestamp>,
    /// Before this.
    pub to: Option<Timestamp>,
}

/// By whom something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acted {
    Person(UserId),
    /// Nobody in particular.
    Fanfare,
}

/// An event with its place in the chain; absent for those that are older than it.
#[derive(Debug, Clone)]
pub struct Chained {
    pub event: AuditEvent,
    pub seq: Option<i64>,
    pub hash: Option<String>,
    /// When what it told about a person was erased.
    pub erased_at: Option<Timestamp>,
}

/// The newest events before `before` (or of all), newest first.
///
/// An erased event names nobody; whoever still has an account is known by that.
///
/// SQLite decides how to go about a statement before it knows the values, so the narrowest filter has a statement of its own.
pub async fn list(
    tx: &mut WorkspaceTx,
    filter: &AuditFilter,
    before: Option<AuditEventId>,
    limit: u32,
) -> Result<Vec<Chained>> {
    let binds = filter.binds(tx, before, limit);
    let is_one_action = filter
        .action
        .as_ref()
        .is_some_and(|action| action.contains('.'));
    let statement = if filter.subject_id.is_some() {
        sql!(
            "SELECT id, at, actor_id, action, subject_kind, subject_id, post_id, detail, seq, hash, erased_at,
                 CASE WHEN erased_at IS NULL OR actor_id IS NULL THEN actor_name
                     ELSE COALESCE((SELECT name FROM users WHERE users.id = actor_id), '') END AS actor_name
             FROM audit_events
             WHERE subject_id = $7 AND workspace_id = $1 AND id >= $2 AND id < $3
                 AND ($4 = '' OR actor_id = $4 OR ($4 = '-' AND actor_id IS NULL))
                 AND ($5 = '' OR action = $5 OR action LIKE $5 || '.%') AND ($6 = '' OR subject_kind = $6)
             ORDER BY id DESC LIMIT $8"
        )
    } else if matches!(filter.actor, Some(Acted::Person(_))) {
        sql!(
            "SELECT id, at, actor_id, action, subject_kind, subject_id, post_id, detail, seq, hash, erased_at,
                 CASE WHEN erased_at IS NULL OR actor_id IS NULL THEN actor_name
                     ELSE COALESCE((SELECT name FROM users WHERE users.id = actor_id), '') END AS actor_name
             FROM audit_events
             WHERE workspace_id = $1 AND actor_id = $4 AND id >= $2 AND id < $3
                 AND ($5 = '' OR action = $5 OR action LIKE $5 || '.%') AND ($6 = '' OR subject_kind = $6)
                 AND ($7 = '' OR subject_id = $7)
             ORDER BY id DESC LIMIT $8"
        )
    } else if is_one_action {
        sql!(
            "SELECT id, at, actor_id, action, subject_kind, subject_id, post_id, detail, seq, hash, erased_at,
                 CASE WHEN erased_at IS NULL OR actor_id IS NULL THEN actor_name
                     ELSE COALESCE((SELECT name FROM users WHERE users.id = actor_id), '') END AS actor_name
             FROM audit_events
             WHERE workspace_id = $1 AND action = $5 AND id >= $2 AND id < $3
                 AND ($4 = '' OR actor_id = $4 OR ($4 = '-' AND actor_id IS NULL))
                 AND ($6 = '' OR subject_kind = $6) AND ($7 = '' OR subject_id = $7)
             ORDER BY id DESC LIMIT $8"
        )
    } else {
        sql!(
            "SELECT id, at, actor_id, action, subject_kind, subject_id, post_id, detail, seq, hash, erased_at,
                 CASE WHEN erased_at IS NULL OR actor_id IS NULL THEN actor_name
                     ELSE COALESCE((SELECT name FROM users WHERE users.id = actor_id), '') END AS actor_name
             FROM audit_events
             WHERE workspace_id = $1 AND id >= $2 AND id < $3
                 AND ($4 = '' OR actor_id = $4 OR ($4 = '-' AND actor_id IS NULL))
                 AND ($5 = '' OR action = $5 OR action LIKE $5 || '.%') AND ($6 = '' OR subject_kind = $6)
                 AND ($7 = '' OR subject_id = $7)
             ORDER BY id DESC LIMIT $8"
        )
    };
    tx.all(statement, binds, read_chained).await
}

/// The same for the installation's own log, in which little happens.
pub async fn list_of_installation(
    tx: &mut SystemTx,
    filter: &AuditFilter,
    before: Option<AuditEventId>,
    limit: u32,
) -> Result<Vec<Chained>> {
    let binds = filter.narrowing(before, limit);
    tx.all(
        sql!(
            "SELECT id, at, actor_id, action, subject_kind, subject_id, post_id, detail, seq, hash, erased_at,
                 CASE WHEN erased_at IS NULL OR actor_id IS NULL THEN actor_name
                     ELSE COALESCE((SELECT name FROM users WHERE users.id = actor_id), '') END AS actor_name
             FROM audit_events
             WHERE workspace_id IS NULL AND id >= $1 AND id < $2
                 AND ($3 = '' OR actor_id = $3 OR ($3 = '-' AND actor_id IS NULL))
                 AND ($4 = '' OR action = $4 OR action LIKE $4 || '.%') AND ($5 = '' OR subject_kind = $5)
                 AND ($6 = '' OR subject_id = $6)
             ORDER BY id DESC LIMIT $7"
        ),
        binds,
        read_chained,
    )
    .await
}

impl AuditFilter {
    fn binds(&self, tx: &WorkspaceTx, before: Option<AuditEventId>, limit: u32) -> Vec<Value> {
        let mut binds = binds![tx.workspace()];
        binds.extend(self.narrowing(before, limit));
        binds
    }

    fn narrowing(&self, before: Option<AuditEventId>, limit: u32) -> Vec<Value> {
        // Ids begin with their time, and are hexadecimal: `g` sorts after all of them.
        let from = self.from.map_or_else(String::new, ids_from);
        let to = self.to.map_or_else(|| "g".to_owned(), ids_from);
        let before = before.map_or_else(|| "g".to_owned(), |id| id.to_string());
        let actor = match self.actor {
            None => String::new(),
            Some(Acted::Person(user)) => user.to_string(),
            Some(Acted::Fanfare) => "-".to_owned(),
        };
        binds![
            from,
            to.min(before),
            actor,
            self.action.as_deref().unwrap_or_default(),
            self.subject_kind.as_deref().unwrap_or_default(),
            self.subject_id.as_deref().unwrap_or_default(),
            limit,
        ]
    }
}

fn read_chained(row: &Row) -> Result<Chained> {
    Ok(Chained {
        event: read(row)?,
        seq: row.optional_int("seq")?,
        hash: row.optional_text("hash")?,
        erased_at: row.optional_instant("erased_at")?,
    })
}
