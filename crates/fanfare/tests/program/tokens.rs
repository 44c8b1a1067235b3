//! `fanfare tokens refresh` beside a running program.

use std::path::Path;
use std::process::Command;

use fanfare_domain::{Clock as _, SystemClock};
use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, both_databases};
use jiff::SignedDuration;
use serde_json::json;

use crate::running::{self, Running, run};

fn fanfare(data: &Path, database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = running::fanfare(data, arguments);
    command.env("FANFARE_DATABASE_URL", &database.url);
    command
}

async fn make_due(database: &TestDatabase) {
    let store = Store::open(&database.url).await.unwrap();
    let mut tx = store.as_system("test").write().await.unwrap();
    let in_an_hour = SystemClock.now() + SignedDuration::from_hours(1);
    tx.execute(
        sql!("UPDATE connections SET expires_at = $1, last_synced_at = 0, refresh_after = NULL"),
        binds![in_an_hour],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    store.close().await;
}

both_databases!(
    what_is_due_is_told_and_renewed,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let refresh = |more: &[&str]| {
            let arguments = [&["tokens", "refresh"], more].concat();
            run(&mut fanfare(data, database, &arguments))
        };
        // It looks by itself at its start and a minute later; this is done in between.
        let serving = Running::start(fanfare(
            data,
            database,
            &["serve", "--listen", "127.0.0.1:0"],
        ));
        let ada = Browser::at(serving.url("").parse().unwrap());
        ada.register("ada@example.com").await;
        let channel = ada.connect("facebook", json!({})).await[0].clone();
        assert_eq!(refresh(&[]), (true, "Nothing is due.\n".to_owned()));

        make_due(database).await;
        for _ in 0..2 {
            let (good, words) = refresh(&["--dry-run"]);
            assert!(good, "{words}");
            let lines: Vec<&str> = words.lines().collect();
            assert!(lines[0].starts_with("workspace "), "{words}");
            assert!(
                lines[1].starts_with("Ada Moreno's workspace  facebook  "),
                "{words}"
            );
            assert!(lines[1].ends_with("ends within a week"), "{words}");
            assert!(lines[3].starts_with("1 would be renewed."), "{words}");
        }
        let (good, words) = refresh(&[]);
        assert!(good && words.contains("renewed"), "{words}");
        assert_eq!(refresh(&[]), (true, "Nothing is due.\n".to_owned()));
        let connection = channel["connection_id"].as_str().unwrap();
        let path = format!("/api/connections/{connection}/refresh-log");
        let log = ada.get(&path).await.expect(StatusCode::OK);
        assert_eq!(log["items"][0]["outcome"], "refreshed", "{log:#}");

        // The pretend platform goes with the program.
        assert!(serving.terminate());
        make_due(database).await;
        let (good, words) = refresh(&[]);
        assert!(!good, "{words}");
        assert!(words.contains("1 of 1 were not renewed"), "{words}");
        assert_eq!(refresh(&[]).1, "Nothing is due.\n", "it pauses");
    }
);
