//! Several processes on one PostgreSQL: who may run there, and how a worker finds the sandbox of the `serve` beside it.

use std::path::Path;
use std::process::Command;

use fanfare_testkit::TestDatabase;

use crate::running::{self, Running, run};

fn fanfare(data: &Path, database: &str, arguments: &[&str]) -> Command {
    let mut command = running::fanfare(data, arguments);
    command.env("FANFARE_DATABASE_URL", database);
    command
}

/// What the program says before it gives up.
fn refusal(command: &mut Command) -> String {
    let (good, words) = run(command);
    assert!(!good, "it does not start");
    words
}

#[tokio::test]
async fn a_worker_uses_the_sandbox_of_the_serve_beside_it() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (data, url) = (folder.path(), &database.url);

    let words = refusal(&mut fanfare(data, url, &["worker"]));
    assert!(words.contains("Start `fanfare serve`"), "{words}");

    let serve = Running::start(fanfare(data, url, &["serve", "--listen", "127.0.0.1:0"]));
    let worker = Running::start(fanfare(data, url, &["worker"]));
    assert_eq!(worker.ready["sandbox"], serve.ready["sandbox"]);
    drop((serve, worker));

    // Whoever serves without a sandbox takes the announcement back.
    let arguments = ["serve", "--no-sandbox", "--listen", "127.0.0.1:0"];
    drop(Running::start(fanfare(data, url, &arguments)));
    let words = refusal(&mut fanfare(data, url, &["worker"]));
    assert!(words.contains("Start `fanfare serve`"), "{words}");

    let mut without = fanfare(data, url, &["worker"]);
    without.env("FANFARE_SANDBOX", "off");
    assert_eq!(Running::start(without).ready["sandbox"], "off");
    database.remove().await;
}

#[tokio::test]
async fn a_role_that_row_level_security_does_not_bind_is_refused() {
    let Some(database) = TestDatabase::postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    // The server of the tests knows this role by the same password.
    let url = database.url.replacen("//fanfare:", "//fanfare_unbound:", 1);
    for arguments in [&["serve", "--listen", "127.0.0.1:0"][..], &["worker"]] {
        let words = refusal(&mut fanfare(folder.path(), &url, arguments));
        assert!(words.contains("NOSUPERUSER NOBYPASSRLS"), "{words}");
    }
    let words = refusal(&mut fanfare(folder.path(), &url, &["doctor"]));
    assert!(words.contains("has BYPASSRLS"), "{words}");
    database.remove().await;
}
