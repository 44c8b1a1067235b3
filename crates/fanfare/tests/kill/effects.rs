//! What has to be there once everything is worked off: whatever was answered with 200, each with one effect.

use std::collections::BTreeSet;

use fanfare_store::{Store, binds, sql};

/// Holds what is in the database against what was taken. Whatever the program took without being able to answer may be there too.
pub async fn judge(store: &Store, taken: &BTreeSet<String>) {
    let mut tx = store.as_system("what took effect").read().await.unwrap();
    let found: Vec<String> = tx
        .all(sql!("SELECT remote_id FROM engagement"), binds![], |row| {
            row.text("remote_id")
        })
        .await
        .unwrap();
    let once: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(once.len(), found.len());
    let lost: Vec<&String> = taken.difference(&once).collect();
    assert!(lost.is_empty(), "answered and lost: {lost:?}");
    // Each effect is of one event, and each event had one.
    let (events, processed, effects) = tx
        .one(
            sql!(
                "SELECT COUNT(*) AS events, COALESCE(SUM(CASE WHEN status = 'processed' THEN 1 ELSE 0 END), 0) AS processed,
                     CAST(COALESCE(SUM(effects), 0) AS BIGINT) AS effects
                 FROM webhook_events"
            ),
            binds![],
            |row| Ok((row.int("events")?, row.int("processed")?, row.int("effects")?)),
        )
        .await
        .unwrap();
    let all = i64::try_from(found.len()).unwrap();
    assert_eq!((events, processed, effects), (all, all, all));
    // Ada was told of each once: what is told of the same thing counts, so here doing it twice would show.
    let told = tx
        .one(
            sql!("SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) AS told FROM notifications WHERE kind = 'comment_received'"),
            binds![],
            |row| row.int("told"),
        )
        .await
        .unwrap();
    assert_eq!(told, all);
}
