//! The two ways in which something of the log may go: what it tells about a person, and all that is too old. Both leave a chain
//! that can be verified.

use std::collections::{BTreeMap, BTreeSet};

use fanfare_domain::{AuditEventId, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Actor, AuditEvent, Chain};
use crate::{Result, Row, SystemTx, binds, sql};

/// What the event is called that says which others were erased.
pub const PERSON_ERASED: &str = "audit.person_erased";
/// An event names so many stretches of others at most, so that none grows without end.
const STRETCHES: usize = 1_000;

/// What such an event says, in its detail: it stands in the chain, so nothing else can pass for erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// The first and the last place of each stretch of erased events.
    pub places: Vec<(i64, i64)>,
    /// Who acted in all of them, as the erased events still say.
    pub actor_id: Option<String>,
    /// Of whoever is no person: `Fanfare`. People have none there any more.
    pub actor_name: String,
}

/// An event that was erased just now.
struct Erased {
    chain: Chain,
    seq: Option<i64>,
    actor_id: Option<String>,
    actor_name: String,
}

/// Empties what events tell about a person, in all workspaces: the details of what they did and of what was done to them, details
/// that hold their e-mail address, and the names beside those. That something happened, by whose id, and when, stays. Each chain
/// gets events that say which others were erased. Answers how many those are.
pub async fn erase_person(
    tx: &mut SystemTx,
    user: UserId,
    email: &str,
    now: Timestamp,
) -> Result<u64> {
    // Nothing is like nothing, but everything would be like `%%`.
    let named = match email {
        "" => String::new(),
        email => format!("%{}%", escaped(email)),
    };
    let erased = tx
        .all(
            sql!(
                "UPDATE audit_events
                 SET actor_name = CASE WHEN actor_id IS NULL THEN actor_name ELSE '' END, detail = '{}', salt = NULL, erased_at = $3
                 WHERE erased_at IS NULL AND action <> $4 AND (actor_id = $1 OR subject_id = $1 OR detail LIKE $2 ESCAPE '!')
                 RETURNING workspace_id, seq, actor_id, actor_name"
            ),
            binds![user, named, now, PERSON_ERASED],
            read_erased,
        )
        .await?;
    for (chain, erasure) in told(&erased) {
        let event = AuditEvent {
            id: AuditEventId::new(now),
            at: now,
            actor: Actor::fanfare(),
            action: PERSON_ERASED.to_owned(),
            subject_kind: "user".to_owned(),
            subject_id: user.to_string(),
            post_id: None,
            detail: serde_json::to_value(erasure).expect("an erasure is plain JSON"),
        };
        tx.pending().add(chain, event);
    }
    Ok(erased.len() as u64)
}

/// What is to be said of erased events: those of one chain and one actor together, in as few stretches as can be. Events from before
/// there were chains have no place, and nothing vouches for them anyway.
fn told(erased: &[Erased]) -> Vec<(Chain, Erasure)> {
    let mut groups: BTreeMap<(Chain, &Option<String>, &str), BTreeSet<i64>> = BTreeMap::new();
    for one in erased {
        if let Some(seq) = one.seq {
            let group = (one.chain, &one.actor_id, one.actor_name.as_str());
            groups.entry(group).or_default().insert(seq);
        }
    }
    let mut told = Vec::new();
    for ((chain, actor_id, actor_name), places) in groups {
        for places in stretches(&places).chunks(STRETCHES) {
            let erasure = Erasure {
                places: places.to_vec(),
                actor_id: actor_id.clone(),
                actor_name: actor_name.to_owned(),
            };
            told.push((chain, erasure));
        }
    }
    told
}

fn stretches(places: &BTreeSet<i64>) -> Vec<(i64, i64)> {
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for place in places {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == *place => *last = *place,
            _ => stretches.push((*place, *place)),
        }
    }
    stretches
}

fn read_erased(row: &Row) -> Result<Erased> {
    let workspace = row.optional_id("workspace_id")?;
    Ok(Erased {
        chain: workspace.map_or(Chain::Installation, Chain::Workspace),
        seq: row.optional_int("seq")?,
        actor_id: row.optional_text("actor_id")?,
        actor_name: row.text("actor_name")?,
    })
}

/// Throws away the oldest events of a chain, up to `limit` of those before `instant`, and notes where it begins now. Answers
/// how many went; fewer than `limit` means that none are left.
///
/// Only a beginning goes: an event from before `instant` that stands behind a later one stays with it.
pub async fn prune_before(
    tx: &mut SystemTx,
    chain: Chain,
    instant: Timestamp,
    limit: u32,
) -> Result<u64> {
    let unchained = prune_unchained(tx, chain, instant, limit).await?;
    if unchained > 0 {
        return Ok(unchained);
    }
    let Some(head) = lock_head(tx, chain).await? else {
        return Ok(0);
    };
    let Some((last, hash)) = last_to_go(tx, chain, instant, head, limit).await? else {
        return Ok(0);
    };
    tx.execute(
        sql!("UPDATE audit_heads SET first_seq = $2, first_previous_hash = $3 WHERE chain = $1"),
        binds![chain.to_string(), last + 1, hash],
    )
    .await?;
    match chain.workspace() {
        Some(workspace) => {
            tx.execute(
                sql!("DELETE FROM audit_events WHERE workspace_id = $1 AND seq <= $2"),
                binds![workspace, last],
            )
            .await
        }
        None => {
            tx.execute(
                sql!("DELETE FROM audit_events WHERE workspace_id IS NULL AND seq <= $1"),
                binds![last],
            )
            .await
        }
    }
}

/// Where the chain begins and ends; nobody moves it until our commit.
async fn lock_head(tx: &mut SystemTx, chain: Chain) -> Result<Option<(i64, i64)>> {
    tx.optional(
        sql!("UPDATE audit_heads SET seq = seq WHERE chain = $1 RETURNING first_seq, seq"),
        binds![chain.to_string()],
        |row| Ok((row.int("first_seq")?, row.int("seq")?)),
    )
    .await
}

/// The last event of the beginning that goes, and its hash.
async fn last_to_go(
    tx: &mut SystemTx,
    chain: Chain,
    instant: Timestamp,
    (first, end): (i64, i64),
    limit: u32,
) -> Result<Option<(i64, String)>> {
    let until = end.min(first + i64::from(limit) - 1);
    let rows = match chain.workspace() {
        Some(workspace) => {
            tx.all(
                sql!(
                    "SELECT seq, at, hash FROM audit_events WHERE workspace_id = $1 AND seq >= $2 AND seq <= $3 ORDER BY seq"
                ),
                binds![workspace, first, until],
                |row| Ok((row.int("seq")?, row.instant("at")?, row.text("hash")?)),
            )
            .await?
        }
        None => {
            tx.all(
                sql!("SELECT seq, at, hash FROM audit_events WHERE workspace_id IS NULL AND seq >= $1 AND seq <= $2 ORDER BY seq"),
                binds![first, until],
                |row| Ok((row.int("seq")?, row.instant("at")?, row.text("hash")?)),
            )
            .await?
        }
    };
    let going = rows.into_iter().take_while(|(_, at, _)| *at < instant);
    Ok(going.last().map(|(seq, _, hash)| (seq, hash)))
}

async fn prune_unchained(
    tx: &mut SystemTx,
    chain: Chain,
    instant: Timestamp,
    limit: u32,
) -> Result<u64> {
    match chain.workspace() {
        Some(workspace) => {
            tx.execute(
                sql!(
                    "DELETE FROM audit_events WHERE id IN (
                         SELECT id FROM audit_events WHERE workspace_id = $1 AND seq IS NULL AND at < $2 LIMIT $3)"
                ),
                binds![workspace, instant, limit],
            )
            .await
        }
        None => Ok(0),
    }
}

fn escaped(text: &str) -> String {
    text.replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_")
}
