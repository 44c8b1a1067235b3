//! What is done with keys is noted in memory and written in batches, so that reading does not mean writing.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fanfare_domain::{ApiKeyCallId, ApiKeyId};
use fanfare_store::api_key_calls::{self, KeyCall, KeyDay};
use fanfare_store::api_keys;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio_util::sync::CancellationToken;

use crate::{App, Result};

const BATCH_EVERY: Duration = Duration::from_secs(15);
/// Calls kept in mind between two batches. Older ones are counted, but not listed.
const MOST_IN_MIND: usize = 2_000;
/// The last calls of each key that stay listed.
const LISTED: u32 = 1_000;
/// Figures stay for so long …
const FIGURES_KEPT: SignedDuration = SignedDuration::from_hours(24 * 400);
/// … and what was done with a key, for so long after its end.
const DEAD_KEPT: SignedDuration = SignedDuration::from_hours(24 * 90);

/// A call that was answered.
#[derive(Debug, Clone)]
pub struct CallMade {
    pub key: ApiKeyId,
    pub at: Timestamp,
    pub method: String,
    /// The pattern of the address; the address itself may say more than is to be kept.
    pub route: String,
    pub status: u16,
    pub took_micros: i64,
}

/// What this process has not written yet.
#[derive(Debug, Default)]
pub struct KeyCalls(Mutex<Unwritten>);

#[derive(Debug, Default)]
struct Unwritten {
    /// In order, so that two processes that write at once wait for each other instead of both for ever.
    days: BTreeMap<(ApiKeyId, String), Tally>,
    last: VecDeque<KeyCall>,
}

#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    calls: i64,
    refused: i64,
    last_at: Timestamp,
}

impl KeyCalls {
    pub fn note(&self, call: CallMade) {
        self.with(|unwritten| {
            let tally = unwritten
                .days
                .entry((call.key, day_of(call.at)))
                .or_default();
            tally.add(Tally {
                calls: 1,
                refused: i64::from(call.status >= 400),
                last_at: call.at,
            });
            unwritten.last.push_back(KeyCall {
                id: ApiKeyCallId::new(call.at),
                key: call.key,
                at: call.at,
                method: call.method,
                route: call.route,
                status: call.status,
                took_micros: call.took_micros,
            });
            unwritten.forget_oldest();
        });
    }

    fn take(&self) -> Unwritten {
        self.with(std::mem::take)
    }

    /// What could not be written is written with the next batch.
    fn put_back(&self, batch: Unwritten) {
        self.with(|unwritten| {
            for (day, tally) in batch.days {
                unwritten.days.entry(day).or_default().add(tally);
            }
            let since = std::mem::replace(&mut unwritten.last, batch.last);
            unwritten.last.extend(since);
            unwritten.forget_oldest();
        });
    }

    fn with<T>(&self, body: impl FnOnce(&mut Unwritten) -> T) -> T {
        body(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Unwritten {
    fn forget_oldest(&mut self) {
        let beyond = self.last.len().saturating_sub(MOST_IN_MIND);
        self.last.drain(..beyond);
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.refused += other.refused;
        self.last_at = self.last_at.max(other.last_at);
    }
}

/// Writes a batch every few seconds until told to stop. Whoever stops it writes the last one.
pub async fn keep_writing_calls(app: Arc<App>, stop: CancellationToken) {
    while stop
        .run_until_cancelled(tokio::time::sleep(BATCH_EVERY))
        .await
        .is_some()
    {
        if let Err(error) = write_calls(&app).await {
            tracing::warn!(%error, "calls with API keys are not written yet");
        }
    }
}

/// Writes what was noted since the last batch, in one transaction.
///
/// # Errors
/// When the database fails; then it is written next time.
pub async fn write_calls(app: &App) -> Result<()> {
    let batch = app.key_calls.take();
    if batch.days.is_empty() {
        return Ok(());
    }
    let written = write(app, &batch).await;
    if written.is_err() {
        app.key_calls.put_back(batch);
    }
    written
}

async fn write(app: &App, batch: &Unwritten) -> Result<()> {
    let mut tx = app
        .store
        .as_system("calls with keys of any workspace")
        .write()
        .await?;
    for ((key, day), tally) in &batch.days {
        let day = KeyDay {
            day: day.clone(),
            calls: tally.calls,
            refused: tally.refused,
        };
        api_key_calls::add_to_day(&mut tx, *key, &day).await?;
        api_key_calls::note_use(&mut tx, *key, tally.last_at).await?;
    }
    for call in &batch.last {
        api_key_calls::insert(&mut tx, call).await?;
    }
    let keys: BTreeSet<ApiKeyId> = batch.days.keys().map(|(key, _)| *key).collect();
    for key in keys {
        api_key_calls::trim(&mut tx, key, LISTED).await?;
    }
    Ok(tx.commit().await?)
}

/// Forgets old figures, and keys that ended long ago with all that was done with them.
pub(crate) async fn tidy_calls(app: &App) -> Result<()> {
    let now = app.now();
    let mut tx = app.store.as_system("housekeeping of keys").write().await?;
    api_key_calls::delete_days_before(&mut tx, &day_of(now - FIGURES_KEPT)).await?;
    api_keys::delete_dead(&mut tx, now - DEAD_KEPT).await?;
    Ok(tx.commit().await?)
}

/// The day in UTC, as `2026-12-01`.
pub(super) fn day_of(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).date().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(key: ApiKeyId, second: i64, status: u16) -> CallMade {
        CallMade {
            key,
            at: Timestamp::from_second(second).unwrap(),
            method: "GET".to_owned(),
            route: "/api/posts".to_owned(),
            status,
            took_micros: 1,
        }
    }

    #[test]
    fn what_was_not_written_is_added_to_what_came_since() {
        let (calls, key) = (KeyCalls::default(), ApiKeyId::new(Timestamp::UNIX_EPOCH));
        calls.note(call(key, 0, 200));
        calls.note(call(key, 1, 404));
        let batch = calls.take();
        calls.note(call(key, 86_400, 200));
        calls.note(call(key, 2, 200));
        calls.put_back(batch);
        let all = calls.take();
        let first = all.days[&(key, "1970-01-01".to_owned())];
        assert_eq!((first.calls, first.refused), (3, 1));
        assert_eq!(all.days[&(key, "1970-01-02".to_owned())].calls, 1);
        let seconds: Vec<i64> = all.last.iter().map(|call| call.at.as_second()).collect();
        assert_eq!(seconds, [0, 1, 86_400, 2]);
    }

    #[test]
    fn many_calls_are_all_counted_and_the_last_of_them_listed() {
        let (calls, key) = (KeyCalls::default(), ApiKeyId::new(Timestamp::UNIX_EPOCH));
        let many = i64::try_from(MOST_IN_MIND).unwrap() + 10;
        for second in 0..many {
            calls.note(call(key, second, 200));
        }
        let all = calls.take();
        assert_eq!(all.days[&(key, "1970-01-01".to_owned())].calls, many);
        assert_eq!(all.last.len(), MOST_IN_MIND);
        assert_eq!(all.last[0].at.as_second(), 10);
    }
}
