//! `fanfare audit` beside a running program.

use std::path::Path;
use std::process::Command;

use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, both_databases};
use serde_json::json;

use crate::running::{self, Running, run};

fn fanfare(data: &Path, database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = running::fanfare(data, arguments);
    command.env("FANFARE_DATABASE_URL", &database.url);
    command
}

both_databases!(
    a_log_that_was_touched_is_told,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let ask = |arguments: &[&str]| run(&mut fanfare(data, database, arguments));
        let serving = Running::start(fanfare(
            data,
            database,
            &["serve", "--listen", "127.0.0.1:0"],
        ));
        let ada = Browser::at(serving.url("").parse().unwrap());
        ada.register("ada@example.com").await;
        let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
        let workspace = status["workspace_id"].as_str().unwrap();
        ada.post("/api/posts", json!({ "text": "Hello" }))
            .await
            .expect(StatusCode::CREATED);

        let (good, words) = ask(&["audit", "verify"]);
        assert!(good, "{words}");
        assert!(
            words.contains("The installation's own log: 0 events, intact."),
            "{words}"
        );
        let of_ada =
            format!("The log of “Ada Moreno's workspace” ({workspace}): 2 events, intact.");
        assert!(words.contains(&of_ada), "{words}");
        assert!(words.contains("It ends at place 2 with "), "{words}");
        let (_, words) = ask(&["audit", "show", "--workspace", workspace, "--last", "1"]);
        assert_eq!(words.lines().count(), 1, "{words}");
        assert!(words.contains("Ada Moreno  post.drafted  post "), "{words}");

        let store = Store::open(&database.url).await.unwrap();
        let mut tx = store.as_system("test").write().await.unwrap();
        tx.execute(
            sql!("DELETE FROM audit_events WHERE action = 'post.drafted'"),
            binds![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        store.close().await;
        for arguments in [
            &["audit", "verify"][..],
            &["audit", "verify", "--workspace", workspace],
        ] {
            let (good, words) = ask(arguments);
            assert!(!good, "{words}");
            assert!(
                words.contains("2 events") || words.contains("1 event, BROKEN."),
                "{words}"
            );
            assert!(
                words.contains("missing    The event at place 2 is missing."),
                "{words}"
            );
            assert!(
                words.contains("One log is not as it was written"),
                "{words}"
            );
        }
        let nobody = "01a1fa4f-b4d2-7828-887f-245a61288886";
        let (good, words) = ask(&["audit", "verify", "--workspace", nobody]);
        assert!(
            !good && words.contains("There is no workspace with"),
            "{words}"
        );
        assert!(serving.terminate());
    }
);

#[test]
fn without_a_database_there_is_nothing_to_verify() {
    let folder = tempfile::tempdir().unwrap();
    let (good, words) = run(&mut running::fanfare(
        &folder.path().join("none"),
        &["audit", "verify"],
    ));
    assert!(
        !good && words.contains("There is no database at "),
        "{words}"
    );
    assert!(!folder.path().join("none").exists(), "asking makes nothing");
}
