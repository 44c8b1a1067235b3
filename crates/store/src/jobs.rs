//! The table of durable work.

use std::sync::Arc;

use fanfare_domain::{JobId, WorkspaceId};
use jiff::Timestamp;

use crate::{DatabaseKind, Result, Row, SystemTx, Tx, binds, comma_list, dialect, sql, sql_in};

/// A job to be.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    pub id: JobId,
    /// Absent for work that belongs to the installation.
    pub workspace: Option<WorkspaceId>,
    pub kind: &'a str,
    /// Ids only; whatever they point at is read when the job runs.
    pub payload: String,
    /// At most one job exists for each key; see [`enqueue`].
    pub key: Option<String>,
    pub due_at: Timestamp,
}

/// A job that is ours until the lease ends.
#[derive(Debug, Clone)]
pub struct ClaimedJob {
    pub id: JobId,
    pub workspace: Option<WorkspaceId>,
    pub kind: String,
    pub payload: String,
    /// This run included.
    pub attempts: i64,
    /// Runs that failed since the last that did not.
    pub failures: i64,
    pub due_at: Timestamp,
}

/// Adds a job. When one with its key exists and is not running, that one is moved to the new time instead.
pub async fn enqueue(tx: &mut Tx, job: NewJob<'_>, now: Timestamp) -> Result<()> {
    let values = binds![
        job.id,
        job.workspace,
        job.kind,
        job.payload,
        job.key,
        job.due_at,
        now,
    ];
    tx.execute(
        sql!(
            "INSERT INTO jobs (id, workspace_id, kind, payload, key, due_at, available_at, attempts, failures, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $6, 0, 0, $7)
             ON CONFLICT (key) DO UPDATE
             SET due_at = excluded.due_at, available_at = excluded.available_at, failures = 0, dead_at = NULL
             WHERE jobs.lease IS NULL"
        ),
        values,
    )
    .await?;
    Ok(())
}

/// Takes away the waiting job with this key. A running one stays.
pub async fn withdraw(tx: &mut Tx, key: &str) -> Result<()> {
    tx.execute(
        sql!("DELETE FROM jobs WHERE key = $1 AND lease IS NULL"),
        binds![key],
    )
    .await?;
    Ok(())
}

/// Whether a worker holds the job with this key right now.
pub async fn is_held(tx: &mut Tx, key: &str, now: Timestamp) -> Result<bool> {
    let held = tx
        .optional(
            sql!("SELECT id FROM jobs WHERE key = $1 AND lease IS NOT NULL AND available_at > $2"),
            binds![key, now],
            |_| Ok(()),
        )
        .await?;
    Ok(held.is_some())
}

/// Takes up to `limit` due jobs, the longest due first, until `lease_until`. Any number of processes may claim at once;
/// each job goes to one.
pub async fn claim(
    tx: &mut SystemTx,
    now: Timestamp,
    limit: u32,
    lease: &str,
    lease_until: Timestamp,
) -> Result<Vec<ClaimedJob>> {
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::CLAIM_JOBS,
        DatabaseKind::Sqlite => dialect::sqlite::CLAIM_JOBS,
    };
    let mut jobs = tx
        .all(text, binds![now, limit, lease_until, lease], read_claimed)
        .await?;
    // `RETURNING` promises no order.
    jobs.sort_by_key(|job| job.due_at);
    Ok(jobs)
}

fn read_claimed(row: &Row) -> Result<ClaimedJob> {
    Ok(ClaimedJob {
        id: row.id("id")?,
        workspace: row.optional_id("workspace_id")?,
        kind: row.text("kind")?,
        payload: row.text("payload")?,
        attempts: row.int("attempts")?,
        failures: row.int("failures")?,
        due_at: row.instant("due_at")?,
    })
}

/// What proves that a job is ours: the lease alone would not, once the same process claims a job again that it had lost.
#[derive(Debug, Clone)]
pub struct Hold {
    pub id: JobId,
    pub lease: Arc<str>,
    pub attempts: i64,
}

/// Deletes finished jobs of a lease.
pub async fn finish(tx: &mut SystemTx, lease: &str, ids: &[JobId]) -> Result<()> {
    let text = sql_in!(tx, "DELETE FROM jobs WHERE lease = $1 AND id ", "$2", "");
    tx.execute(text, binds![lease, comma_list(ids)]).await?;
    Ok(())
}

/// Keeps jobs of a lease ours until `until`. On PostgreSQL, one that another transaction has in hand at that moment is left to it: to wait
/// for it while holding the others could have it wait for us.
pub async fn extend(tx: &mut SystemTx, lease: &str, ids: &[JobId], until: Timestamp) -> Result<()> {
    let text = match tx.kind() {
        DatabaseKind::Postgres => dialect::postgres::KEEP_LEASES,
        DatabaseKind::Sqlite => sql_in!(
            tx,
            "UPDATE jobs SET available_at = $3 WHERE lease = $1 AND id ",
            "$2",
            ""
        ),
    };
    tx.execute(text, binds![lease, comma_list(ids), until])
        .await?;
    Ok(())
}

/// Deletes one finished job in the transaction of its result. False when it is no longer ours: then the result must not be kept.
pub async fn finish_one(tx: &mut Tx, hold: &Hold) -> Result<bool> {
    let rows = tx
        .execute(
            sql!("DELETE FROM jobs WHERE id = $1 AND lease = $2 AND attempts = $3"),
            binds![hold.id, &*hold.lease, hold.attempts],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives a job back to run again at `at`; with an error it counts as failed. False when it is no longer ours.
pub async fn give_back(
    tx: &mut Tx,
    hold: &Hold,
    at: Timestamp,
    error: Option<&str>,
) -> Result<bool> {
    let rows = tx
        .execute(
            sql!(
                "UPDATE jobs SET available_at = $4, due_at = $4, lease = NULL, last_error = $5,
                     failures = CASE WHEN CAST($5 AS TEXT) IS NULL THEN 0 ELSE failures + 1 END
                 WHERE id = $1 AND lease = $2 AND attempts = $3"
            ),
            binds![
                hold.id,
                &*hold.lease,
                hold.attempts,
                at,
                error.map(str::to_owned)
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Whether a job is still ours, and keeps it so until `until`: the guard of every write that a job makes on its way.
pub async fn hold_on(tx: &mut Tx, hold: &Hold, until: Timestamp) -> Result<bool> {
    let rows = tx
        .execute(
            sql!(
                "UPDATE jobs SET available_at = $4 WHERE id = $1 AND lease = $2 AND attempts = $3"
            ),
            binds![hold.id, &*hold.lease, hold.attempts, until],
        )
        .await?;
    Ok(rows == 1)
}

/// Sets a job aside that failed too often.
pub async fn bury(tx: &mut SystemTx, hold: &Hold, now: Timestamp, error: &str) -> Result<()> {
    tx.execute(
        sql!(
            "UPDATE jobs SET dead_at = $4, last_error = $5, lease = NULL
             WHERE id = $1 AND lease = $2 AND attempts = $3"
        ),
        binds![hold.id, &*hold.lease, hold.attempts, now, error],
    )
    .await?;
    Ok(())
}

/// When the next job falls due.
pub async fn next_due(tx: &mut SystemTx) -> Result<Option<Timestamp>> {
    tx.one(
        sql!("SELECT MIN(available_at) AS next FROM jobs WHERE dead_at IS NULL"),
        binds![],
        |row| row.optional_instant("next"),
    )
    .await
}

/// Frees all leases at once. Only for a process that knows it is alone: on SQLite, at start.
pub async fn release_all(tx: &mut SystemTx, now: Timestamp) -> Result<u64> {
    tx.execute(
        sql!("UPDATE jobs SET available_at = $1, lease = NULL WHERE lease IS NOT NULL"),
        binds![now],
    )
    .await
}

/// How many jobs wait, how many of those are due, and how many were set aside.
pub async fn depth(tx: &mut SystemTx, now: Timestamp) -> Result<(i64, i64, i64)> {
    tx.one(
        sql!(
            "SELECT COUNT(*) AS waiting,
                 COALESCE(SUM(CASE WHEN dead_at IS NULL AND available_at <= $1 THEN 1 ELSE 0 END), 0) AS due,
                 COALESCE(SUM(CASE WHEN dead_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS dead
             FROM jobs"
        ),
        binds![now],
        |row| Ok((row.int("waiting")?, row.int("due")?, row.int("dead")?)),
    )
    .await
}
