//! Keys are rotated while the program runs, the old one is thrown away, and nothing that was sealed is lost.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fanfare_app::{KeyRing, Vault};
use fanfare_domain::Secret;
use fanfare_store::{binds, sql};
use fanfare_testkit::{Browser, StatusCode, TestDatabase, both_databases};
use serde_json::{Value, json};

use crate::running::{self, Running, run};

fn fanfare(data: &Path, database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = running::fanfare(data, arguments);
    command.env("FANFARE_DATABASE_URL", &database.url);
    command
}

fn serve(data: &Path, database: &TestDatabase) -> Command {
    fanfare(data, database, &["serve", "--listen", "127.0.0.1:0"])
}

fn keys(data: &Path, database: &TestDatabase, arguments: &[&str]) -> (bool, String) {
    let all = [&["keys"], arguments].concat();
    run(&mut fanfare(data, database, &all))
}

/// Publishes to the channel, which takes its stored token.
async fn publish(ada: &Browser, channel: &Value) {
    let body = json!({ "text": "Hello", "channel_ids": [channel], "schedule": { "kind": "now" } });
    let post = ada
        .post("/api/posts", body)
        .await
        .expect(StatusCode::CREATED);
    let path = format!("/api/posts/{}", post["id"].as_str().unwrap());
    for _ in 0..200 {
        let state = ada.get(&path).await.expect(StatusCode::OK)["state"].clone();
        if state == "published" {
            return;
        }
        assert_ne!(state, "failed");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it was not published");
}

async fn renew(ada: &Browser, channel: &Value) {
    let connection = channel["connection_id"].as_str().unwrap();
    ada.post(&format!("/api/connections/{connection}/refresh"), json!({}))
        .await
        .expect(StatusCode::OK);
}

both_databases!(
    keys_are_rotated_while_it_runs,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let serving = Running::start(serve(data, database));
        let ada = Browser::at(serving.url("").parse().unwrap());
        ada.register("ada@example.com").await;
        let first = ada.connect("facebook", json!({})).await[0].clone();
        let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
        let sandbox = &status["sandbox_url"];
        let file = data.join("secret-keys");
        let old = fs::read_to_string(&file).unwrap();

        let (good, words) = keys(data, database, &["drop", "1"]);
        assert!(!good && words.contains("is the one that seals"), "{words}");
        let (good, words) = keys(data, database, &["rotate"]);
        assert!(good, "{words}");
        assert!(words.contains("Made key 2"), "{words}");
        assert!(words.contains("1 connected account"), "{words}");
        assert!(words.contains("1 key that signs media links"), "{words}");
        assert!(words.contains("Key 1 seals nothing any more"), "{words}");

        // The running program reads what the new key sealed, and seals with it.
        publish(&ada, &first["id"]).await;
        renew(&ada, &first).await;
        let second = ada
            .connect("mastodon", json!({ "instance": sandbox }))
            .await;
        let (good, words) = keys(data, database, &["list"]);
        let lines: Vec<&str> = words.lines().collect();
        assert!(good && lines[1].starts_with("  2  yes"), "{words}");
        assert!(lines[1].contains("2 connected accounts"), "{words}");
        assert_eq!(lines[2], "  1  no     nothing");

        let (good, words) = keys(data, database, &["drop", "2"]);
        assert!(!good, "{words}");
        let (good, words) = keys(data, database, &["drop", "1"]);
        assert!(good && words.contains("Key 1 is gone"), "{words}");
        let (good, words) = keys(data, database, &["drop", "1"]);
        assert!(!good && words.contains("There is no key 1"), "{words}");
        publish(&ada, &first["id"]).await;
        publish(&ada, &second[0]["id"]).await;
        renew(&ada, &first).await;
        assert!(serving.terminate());

        let again = Running::start(serve(data, database));
        assert!(again.terminate(), "the new key alone is enough");
        let (good, words) = run(&mut fanfare(data, database, &["audit", "verify"]));
        assert!(good, "{words}");
        let (_, words) = run(&mut fanfare(data, database, &["audit", "show"]));
        assert!(words.contains("keys.rotated"), "{words}");
        assert!(words.contains("keys.dropped  key 1"), "{words}");

        // The old key opens nothing any more.
        let new = fs::read_to_string(&file).unwrap();
        fs::write(&file, &old).unwrap();
        let (good, words) = run(&mut serve(data, database));
        assert!(!good, "{words}");
        assert!(words.contains("A key is missing. Put it back"), "{words}");
        assert!(
            words.contains("key 2 is not in the key ring, and it sealed 2 connected accounts"),
            "{words}"
        );
        let (good, words) = keys(data, database, &["list"]);
        assert!(good && words.contains("  2  gone   2 connected"), "{words}");
        let (good, words) = keys(data, database, &["rotate"]);
        assert!(!good && words.contains("A key is missing"), "{words}");

        // No key at all: it does not make another one.
        fs::remove_file(&file).unwrap();
        let (good, words) = run(&mut serve(data, database));
        assert!(!good && words.contains("secret-keys is missing"), "{words}");
        assert!(!file.exists());

        fs::write(&file, new).unwrap();
        assert!(Running::start(serve(data, database)).terminate());

        // Lost for good: the accounts have to be connected again, and nothing else.
        let (good, words) = keys(data, database, &["forget", "2", "--yes"]);
        assert!(!good && words.contains("nothing is lost"), "{words}");
        fs::remove_file(&file).unwrap();
        let (good, words) = keys(data, database, &["list"]);
        assert!(good && words.contains("  2  gone   2 connected"), "{words}");
        let (good, words) = keys(data, database, &["forget", "2"]);
        assert!(!good && words.contains("add --yes"), "{words}");
        let (good, words) = keys(data, database, &["forget", "2", "--yes"]);
        assert!(good && words.contains("Given up: 2 connected"), "{words}");
        let serving = Running::start(serve(data, database));
        let ada = Browser::at(serving.url("").parse().unwrap());
        let body =
            json!({ "email": "ada@example.com", "password": "correct horse battery staple" });
        ada.post("/api/auth/login", body)
            .await
            .expect(StatusCode::OK);
        let list = ada.get("/api/connections").await.expect(StatusCode::OK);
        for connection in list["items"].as_array().unwrap() {
            assert_eq!(connection["status"], "revoked", "{connection:#}");
            assert_eq!(connection["last_error"]["code"], "credentials_unreadable");
        }
        let again = ada.connect("facebook", json!({})).await[0].clone();
        assert_eq!(again["id"], first["id"]);
        publish(&ada, &again["id"]).await;
    }
);

/// Registers with a server, which is kept as the first key of the ring seals it.
async fn seal_by(database: &TestDatabase, ring: &str) {
    let vault = Vault::new(KeyRing::parse(&Secret::new(ring)).unwrap());
    let sealed = vault.seal("app_registration/mastodon/x.example", b"{}");
    let store = database.open().await;
    let mut tx = store.as_system("test").write().await.unwrap();
    tx.execute(
        sql!("INSERT INTO app_registrations (platform, server, redirect_uri, registration, created_at) VALUES ('mastodon', 'x.example', 'x', $1, 0)"),
        binds![sealed],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    store.close().await;
}

both_databases!(
    keys_from_a_setting_are_followed,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let with = |ring: &str, arguments: &[&str]| {
            let mut command = fanfare(data, database, arguments);
            command.env("FANFARE_SECRET_KEYS", ring);
            command
        };
        let (one, two) = (
            "1:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=",
            "2:AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
        );
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        assert!(Running::start(with(one, &serve)).terminate());

        let both = format!("{two},{one}");
        let (good, words) = run(&mut with(&both, &["keys", "drop", "1"]));
        assert!(
            !good && words.contains("Key 1 is still needed: it sealed 1 key that signs"),
            "{words}"
        );
        let (good, words) = run(&mut with(&both, &["keys", "rotate"]));
        assert!(
            good && words.contains("The keys come from FANFARE_SECRET_KEYS"),
            "{words}"
        );
        assert!(
            words.contains("Key 1 seals nothing any more. Take it out of FANFARE_SECRET_KEYS"),
            "{words}"
        );
        let (good, words) = run(&mut with(&both, &["keys", "drop", "1"]));
        assert!(good && words.contains("Key 1 seals nothing"), "{words}");
        // Something is left that key 1 sealed, and another key has its number, behind the right one.
        seal_by(database, one).await;
        let wrong_one = one.replace("AQEB", "AwMD");
        let (good, words) = run(&mut with(&format!("{two},{wrong_one}"), &serve));
        assert!(
            !good
                && words.contains("The key ring is not the one that this database was sealed with")
                && words.contains("the key with the number 1 is another"),
            "{words}"
        );
        let (good, words) = run(&mut with(&both, &["keys", "rotate"]));
        assert!(good, "{words}");
        assert!(Running::start(with(two, &serve)).terminate());
        let (good, words) = run(&mut with(one, &serve));
        assert!(
            !good && words.contains("Put it back into FANFARE_SECRET_KEYS"),
            "{words}"
        );
        let wrong = two.replace("AgIC", "AwMD");
        let (good, words) = run(&mut with(&wrong, &serve));
        assert!(
            !good
                && words.contains("The key ring is not the one that this database was sealed with"),
            "{words}"
        );
        assert!(!data.join("secret-keys").exists());
    }
);
