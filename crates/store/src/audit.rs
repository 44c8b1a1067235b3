//! The audit log: who did what to which thing, and when.
//!
//! It only grows. The events of one workspace hang together in a chain, and those of the installation in one more, so that
//! whoever changes, removes or moves one is found out; see `chain` for how one is written, `links` for how it is read to verify
//! it, and `forgetting` for the two ways in which something may go.

mod chain;
mod forgetting;
mod hashes;
mod links;
mod list;

use fanfare_domain::{AuditEventId, PostId, UserId, WorkspaceId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::{Result, Row, SystemTx, WorkspaceTx, binds, sql};

pub use chain::Chain;
pub(crate) use chain::Pending;
pub use forgetting::{Erasure, PERSON_ERASED, erase_person, prune_before};
pub use hashes::{Content, Place};
pub use links::{Head, Link, chains, head, links, older, unplaced};
pub use list::{Acted, AuditFilter, Chained, list, list_of_installation};

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

    /// Whoever may run the program on the machine.
    #[must_use]
    pub fn command_line() -> Self {
        Self {
            id: None,
            name: "Command line".to_owned(),
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

/// Records one event of the workspace. It is written with the commit, which keeps the chain locked for as short as can be.
pub async fn record(tx: &mut WorkspaceTx, event: &AuditEvent) -> Result<()> {
    let chain = Chain::Workspace(tx.workspace());
    tx.pending().add(chain, event.clone());
    Ok(())
}

/// The same in a transaction of the system's: what somebody does with their own account concerns every workspace that they belong to.
pub async fn record_in(
    tx: &mut SystemTx,
    workspace: WorkspaceId,
    event: &AuditEvent,
) -> Result<()> {
    tx.pending().add(Chain::Workspace(workspace), event.clone());
    Ok(())
}

/// Records one event of the installation itself: what its administrators did. It is written with the commit.
pub async fn record_for_installation(tx: &mut SystemTx, event: &AuditEvent) -> Result<()> {
    tx.pending().add(Chain::Installation, event.clone());
    Ok(())
}

/// The same in a transaction that began as the system's and is about one workspace by now: what becomes of the workspace itself, and must be known
/// when its own log is gone.
pub fn record_for_installation_in(tx: &mut WorkspaceTx, event: &AuditEvent) {
    tx.pending().add(Chain::Installation, event.clone());
}

/// All that happened to a post and its deliveries, oldest first, and with it what this transaction has recorded.
pub async fn of_post(tx: &mut WorkspaceTx, post: PostId) -> Result<Vec<AuditEvent>> {
    let workspace = tx.workspace();
    let mut events = tx
        .all(
            sql!(
                "SELECT id, at, actor_id, actor_name, action, subject_kind, subject_id, post_id, detail
                 FROM audit_events WHERE workspace_id = $1 AND post_id = $2 ORDER BY id LIMIT 1000"
            ),
            binds![workspace, post],
            read,
        )
        .await?;
    let recorded = tx.pending().of(Chain::Workspace(workspace));
    events.extend(
        recorded
            .filter(|event| event.post_id == Some(post))
            .cloned(),
    );
    Ok(events)
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
