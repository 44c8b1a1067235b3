//! How events are written: all that a transaction recorded, at its end, behind the last ones of their chains.
//!
//! The chain's head is a row that stays locked until the commit, so that two who record at once stand one behind the other. On
//! PostgreSQL everybody who records for a workspace waits for that row; two statements are all that they wait for.

use std::collections::BTreeSet;
use std::fmt;

use fanfare_domain::WorkspaceId;
use serde::Serialize;

use super::AuditEvent;
use super::hashes::{Content, Place};
use crate::changes::Change;
use crate::{DatabaseKind, Result, Tx, binds, dialect, sql};

const SALT_BYTES: usize = 16;

/// Whose events hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chain {
    Installation,
    Workspace(WorkspaceId),
}

/// What a transaction recorded and has not written yet.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    events: Vec<(Chain, AuditEvent)>,
    /// What is not as it was, and no event tells.
    besides: BTreeSet<Change>,
}

/// Where a chain ends.
struct End {
    seq: i64,
    hash: String,
}

/// An event as its row has it.
#[derive(Serialize)]
struct Chained {
    id: String,
    at: i64,
    actor_id: Option<String>,
    actor_name: String,
    action: String,
    subject_kind: String,
    subject_id: String,
    post_id: Option<String>,
    detail: String,
    seq: i64,
    salt: String,
    content_hash: String,
    hash: String,
}

impl Chain {
    /// Absent for the installation's.
    #[must_use]
    pub fn workspace(self) -> Option<WorkspaceId> {
        match self {
            Self::Installation => None,
            Self::Workspace(workspace) => Some(workspace),
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Installation => f.write_str("installation"),
            Self::Workspace(workspace) => workspace.fmt(f),
        }
    }
}

impl Pending {
    pub(super) fn add(&mut self, chain: Chain, event: AuditEvent) {
        self.events.push((chain, event));
    }

    /// Has a change told that is in no log: who reads what is nobody else's business.
    pub(crate) fn change(&mut self, change: Change) {
        self.besides.insert(change);
    }

    pub(super) fn of(&self, chain: Chain) -> impl Iterator<Item = &AuditEvent> {
        self.events
            .iter()
            .filter(move |(of, _)| *of == chain)
            .map(|(_, event)| event)
    }

    /// What the events say is not as it was.
    pub(crate) fn changes(&self) -> BTreeSet<Change> {
        let about = self.events.iter().filter_map(|(chain, event)| {
            let kind = event.subject_kind.clone();
            chain
                .workspace()
                .map(|workspace| Change::Of(workspace, kind))
        });
        about.chain(self.besides.iter().cloned()).collect()
    }

    /// Writes everything. The last thing before the commit, because others wait from here on.
    pub(crate) async fn write(mut self, tx: &mut Tx) -> Result<()> {
        // Whoever writes to several chains locks them in the same order as everybody else. The order in a chain stays.
        self.events.sort_by_key(|(chain, _)| *chain);
        for group in self.events.chunk_by(|(one, _), (other, _)| one == other) {
            append(tx, group[0].0, group.iter().map(|(_, event)| event)).await?;
        }
        Ok(())
    }
}

async fn append(
    tx: &mut Tx,
    chain: Chain,
    events: impl Iterator<Item = &AuditEvent>,
) -> Result<()> {
    let mut end = lock(tx, chain).await?;
    let mut rows = Vec::new();
    for event in events {
        let row = Chained::behind(&end, event);
        end = End {
            seq: row.seq,
            hash: row.hash.clone(),
        };
        rows.push(row);
    }
    let rows = serde_json::to_string(&rows).expect("rows are plain JSON");
    let (name, workspace) = (chain.to_string(), chain.workspace());
    match tx.kind() {
        DatabaseKind::Postgres => {
            let all = binds![name, workspace, rows, end.seq, end.hash];
            tx.execute(dialect::postgres::APPEND_TO_CHAIN, all).await?;
        }
        DatabaseKind::Sqlite => {
            tx.execute(dialect::sqlite::WRITE_EVENTS, binds![workspace, rows])
                .await?;
            tx.execute(
                sql!("UPDATE audit_heads SET seq = $2, hash = $3 WHERE chain = $1"),
                binds![name, end.seq, end.hash],
            )
            .await?;
        }
    }
    Ok(())
}

/// Where the chain ends, and nobody else moves it until our commit.
async fn lock(tx: &mut Tx, chain: Chain) -> Result<End> {
    tx.one(
        sql!(
            "INSERT INTO audit_heads (chain, workspace_id, seq, hash, first_seq, first_previous_hash)
             VALUES ($1, $2, 0, '', 1, '')
             ON CONFLICT (chain) DO UPDATE SET seq = audit_heads.seq
             RETURNING seq, hash"
        ),
        binds![chain.to_string(), chain.workspace()],
        |row| {
            Ok(End {
                seq: row.int("seq")?,
                hash: row.text("hash")?,
            })
        },
    )
    .await
}

impl Chained {
    fn behind(end: &End, event: &AuditEvent) -> Self {
        let mut row = Self {
            id: event.id.to_string(),
            at: event.at.as_millisecond(),
            actor_id: event.actor.id.map(|id| id.to_string()),
            actor_name: storable(&event.actor.name),
            action: storable(&event.action),
            subject_kind: storable(&event.subject_kind),
            subject_id: storable(&event.subject_id),
            post_id: event.post_id.map(|id| id.to_string()),
            detail: event.detail.to_string(),
            seq: end.seq + 1,
            salt: salt(),
            content_hash: String::new(),
            hash: String::new(),
        };
        row.content_hash = Content {
            salt: &row.salt,
            actor_id: row.actor_id.as_deref(),
            actor_name: &row.actor_name,
            detail: &row.detail,
        }
        .hash();
        row.hash = Place {
            previous: &end.hash,
            seq: row.seq,
            id: &row.id,
            at: row.at,
            action: &row.action,
            subject_kind: &row.subject_kind,
            subject_id: &row.subject_id,
            post_id: row.post_id.as_deref(),
            content_hash: &row.content_hash,
        }
        .hash();
        row
    }
}

/// As a database keeps it: what is hashed must be what is read back.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

fn salt() -> String {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).expect("the operating system gives randomness");
    hex::encode(salt)
}
