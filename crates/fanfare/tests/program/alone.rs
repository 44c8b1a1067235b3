//! What it says, what it leaves behind, and how it ends.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::running::{Running, fanfare, run};

fn serve(data: &Path) -> Running {
    Running::start(fanfare(data, &["serve", "--listen", "127.0.0.1:0"]))
}

async fn get(url: &str) -> Value {
    fanfare::use_one_tls();
    let client = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .no_proxy()
        .build();
    client
        .unwrap()
        .get(url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn without_any_configuration_it_serves_and_keeps_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("made/by/itself");
    let serving = serve(&data);
    let status = get(&serving.url("api/auth/status")).await;
    assert_eq!(
        (&status["set_up"], &status["sandbox"]),
        (&Value::Bool(false), &Value::Bool(true))
    );
    assert!(
        status["sandbox_url"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
    assert_eq!(get(&serving.url("health/ready")).await["status"], "ready");
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("secret-keys")), 0o600);

    // An SQLite database belongs to one process.
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["migrate", "up"],
    ] {
        let (good, words) = run(&mut fanfare(&data, arguments));
        assert!(
            !good && words.contains("Another Fanfare process uses"),
            "{words}"
        );
    }
    let begun = Instant::now();
    assert!(serving.terminate(), "it ends well");
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );

    let again = serve(&data);
    assert_eq!(
        get(&again.url("api/auth/status")).await["authenticated"],
        false
    );
}

#[test]
fn settings_that_cannot_be_used_are_told_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (good, words) = run(fanfare(&data, &["serve"]).env("FANFARE_LISTEN", "8080"));
    assert!(!good);
    assert!(
        words.contains("FANFARE_LISTEN is “8080”, but that is no address with a port."),
        "{words}"
    );
    assert!(!data.exists(), "nothing was made");

    let (good, words) = run(fanfare(&data, &["config", "check"]).env("FANFARE_LISTN", "x"));
    assert!(
        good && words.contains("Did you mean FANFARE_LISTEN?"),
        "{words}"
    );
    let (good, words) = run(fanfare(&data, &["worker"]).env("FANFARE_LOG", "error"));
    assert!(!good && words.contains("needs PostgreSQL"), "{words}");
}

#[test]
fn an_address_in_use_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (good, words) = run(&mut fanfare(
        folder.path(),
        &["serve", "--listen", &address],
    ));
    assert!(
        !good && words.contains("cannot be listened on. Choose another address with --listen"),
        "{words}"
    );
}

#[test]
fn migrations_are_told_applied_and_taken_back_only_when_meant() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |arguments: &[&str]| run(&mut fanfare(folder.path(), arguments));
    assert!(
        ask(&["migrate", "status"])
            .1
            .contains("missing  0001_accounts")
    );
    assert!(ask(&["migrate", "up"]).1.contains("applied  0001_accounts"));
    let (good, words) = ask(&["migrate", "down", "--to", "0"]);
    assert!(!good && words.contains("Add --yes"), "{words}");
    assert!(
        ask(&["migrate", "status"])
            .1
            .contains("applied  0001_accounts")
    );
    assert!(
        ask(&["migrate", "down", "--to", "0", "--yes"])
            .1
            .contains("missing  0001_accounts")
    );
}

#[test]
fn the_doctor_finds_a_key_ring_that_does_not_belong_to_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let ask = || run(&mut fanfare(folder.path(), &["doctor"]));
    let (good, words) = ask();
    assert!(
        good && words.contains("There is no database yet"),
        "{words}"
    );

    assert!(serve(folder.path()).terminate());
    let (good, words) = ask();
    assert!(
        good && words.contains("The key ring opens what the database keeps."),
        "{words}"
    );

    fs::remove_file(folder.path().join("secret-keys")).unwrap();
    let (good, words) = ask();
    assert!(
        !good && words.contains("the file secret-keys in the data folder is not"),
        "{words}"
    );

    let other = TempDir::new().unwrap();
    assert!(serve(other.path()).terminate());
    fs::copy(
        other.path().join("secret-keys"),
        folder.path().join("secret-keys"),
    )
    .unwrap();
    let (good, words) = ask();
    assert!(
        !good && words.contains("The key ring does not open what the database keeps"),
        "{words}"
    );
    let (good, words) = run(&mut fanfare(
        folder.path(),
        &["serve", "--listen", "127.0.0.1:0"],
    ));
    assert!(
        !good && words.contains("The key ring is not the one that this database was sealed with"),
        "{words}"
    );
}

#[test]
fn a_database_that_is_not_there_is_told_as_such() {
    let folder = tempfile::tempdir().unwrap();
    let mut doctor = fanfare(folder.path(), &["doctor"]);
    doctor.env("FANFARE_DATABASE_URL", "postgres://ada:word@127.0.0.1:1/x");
    let (good, words) = run(&mut doctor);
    assert!(!good && words.contains("Connection refused"), "{words}");
    assert!(!words.contains("word@"), "{words}");
}

#[test]
fn what_is_printed_for_machines_can_be_read_by_them() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let print = |arguments: &[&str]| run(&mut fanfare(&data, arguments)).1;
    let description: Value = serde_json::from_str(&print(&["openapi"])).unwrap();
    assert_eq!(description["openapi"], "3.1.0");
    let schema: Value = serde_json::from_str(&print(&["config", "schema"])).unwrap();
    assert!(schema["properties"]["listen"].is_object());
    assert!(print(&["config", "reference"]).contains("`FANFARE_PUBLIC_URL`"));
    assert!(print(&["error-codes"]).contains("`not_authenticated`"));
    assert!(!data.exists(), "asking makes nothing");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}
