//! The two ways in which something of the log may go: what it tells about a person, and all that is too old. Both leave a chain
//! that can be verified.

use fanfare_domain::UserId;
use jiff::Timestamp;

use super::Chain;
use crate::{Result, SystemTx, binds, sql};

/// Empties what events tell about a person, in all workspaces: their name and the details of what they did, the details of
/// what was done to them, and details that hold their e-mail address. That something happened, and when, stays. Answers how many
/// events that were.
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
    tx.execute(
        sql!(
            "UPDATE audit_events
             SET actor_name = CASE WHEN actor_id = $1 THEN '' ELSE actor_name END, detail = '{}', salt = NULL, erased_at = $3
             WHERE erased_at IS NULL AND (actor_id = $1 OR subject_id = $1 OR detail LIKE $2 ESCAPE '!')"
        ),
        binds![user, named, now],
    )
    .await
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
