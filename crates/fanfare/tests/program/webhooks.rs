//! `fanfare webhooks` beside a running program.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use fanfare_testkit::{Browser, StatusCode, TestDatabase, both_databases};
use serde_json::{Value, json};

use crate::running::{self, Running, run};

fn fanfare(data: &Path, database: &TestDatabase, arguments: &[&str]) -> Command {
    let mut command = running::fanfare(data, arguments);
    command.env("FANFARE_DATABASE_URL", &database.url);
    command
}

both_databases!(
    what_is_sent_to_try_it_out_arrives_and_is_replayed,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let webhooks = |more: &[&str]| {
            let arguments = [&["webhooks"], more].concat();
            run(&mut fanfare(data, database, &arguments))
        };
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        let serving = Running::start(fanfare(data, database, &serve));
        let url = serving.url("");
        let ada = Browser::at(url.parse().unwrap());
        ada.register("ada@example.com").await;
        let page = ada.connect("facebook", json!({})).await[0]["remote_id"].clone();
        let page = page.as_str().unwrap();

        let sent = ["send-test", "facebook", "--account", page, "--url", &url];
        let (good, words) = webhooks(&sent);
        assert!(good && words.contains("took it"), "{words}");
        let event = processed(&ada).await;
        assert_eq!(event["kind"], "test.feed.comment.add");
        assert_eq!(event["effects"], 0);
        let sent = [&sent[..], &["--kind", "template"]].concat();
        let (good, words) = webhooks(&sent);
        assert!(!good && words.contains("comment, reaction"), "{words}");

        let (good, words) = webhooks(&["replay", "--platform", "facebook", "--dry-run"]);
        assert!(good, "{words}");
        assert!(words.contains("would change 0"), "{words}");
        assert!(words.contains("1 would be worked off once more"), "{words}");
        let (good, words) = webhooks(&["replay", "--status", "processed"]);
        assert!(
            good && words.contains("1 are worked off once more"),
            "{words}"
        );
        let (good, words) = webhooks(&["replay"]);
        assert!(
            !good && words.contains("Say which events are meant"),
            "{words}"
        );
        let (good, words) = webhooks(&["send-test", "mastodon", "--url", &url]);
        assert!(
            !good && words.contains("facebook, instagram, whatsapp"),
            "{words}"
        );
        assert!(serving.terminate());
    }
);

both_databases!(
    what_was_missed_is_read_on_demand,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path();
        let repair = |more: &[&str]| {
            let arguments = [&["webhooks", "repair"], more].concat();
            run(&mut fanfare(data, database, &arguments))
        };
        let serve = ["serve", "--listen", "127.0.0.1:0"];
        let serving = Running::start(fanfare(data, database, &serve));
        let ada = Browser::at(serving.url("").parse().unwrap());
        ada.register("ada@example.com").await;
        let channel = ada.connect("facebook", json!({})).await[0].clone();
        let id = channel["id"].as_str().unwrap();
        let path = "/api/webhook-events/health";
        until(&ada, path, |health| {
            of(health, id)["subscription"]["state"] == "told"
        })
        .await;
        // The platform forgets that, so it does not tell of our first comment.
        let page = channel["remote_id"].as_str().unwrap();
        let nothing = json!({ "account": page, "fields": "" });
        let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
        let sandbox = status["sandbox_url"].as_str().unwrap();
        let forgotten = fanfare_testkit::client()
            .post(format!(
                "{}/admin/subscriptions",
                sandbox.trim_end_matches('/')
            ))
            .json(&nothing);
        assert!(forgotten.send().await.unwrap().status().is_success());
        let comment = json!({ "options": { "first_comment": "Is there rye bread?" } });
        let post = json!({ "text": "Fresh bread", "channel_ids": [id], "schedule": { "kind": "now" },
            "variants": { id: comment } });
        let post = ada.post("/api/posts", post).await;
        let post = post.expect(StatusCode::CREATED);
        let delivery = post["deliveries"][0]["id"].as_str().unwrap();
        until(&ada, &format!("/api/deliveries/{delivery}"), |delivery| {
            delivery["first_comment"]["state"] == "published"
        })
        .await;

        let (good, words) = repair(&["--platform", "instagram"]);
        assert!(good && words.contains("for 0 channels"), "{words}");
        let (good, words) = repair(&["--platform", "facebook", "--account", page]);
        assert!(good && words.contains("for 1 channels"), "{words}");
        let health = until(&ada, path, |health| {
            of(health, id)["catch_up"]["state"] == "done"
        })
        .await;
        let read = &of(&health, id)["catch_up"];
        assert_eq!((&read["comments"], &read["added"]), (&json!(1), &json!(1)));
        let (good, words) = repair(&["--since", "yesterday"]);
        assert!(!good && words.contains("--since"), "{words}");
        assert!(serving.terminate());
    }
);

fn of<'a>(health: &'a Value, channel: &str) -> &'a Value {
    let all = health["items"].as_array().unwrap();
    all.iter().find(|one| one["channel_id"] == channel).unwrap()
}

/// What is there, once it is as it should be.
async fn until(ada: &Browser, path: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    for _ in 0..600 {
        let found = ada.get(path).await.expect(StatusCode::OK);
        if is_so(&found) {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{path} does not get so");
}

/// The one event, once it is worked off.
async fn processed(ada: &Browser) -> Value {
    for _ in 0..100 {
        let path = "/api/webhook-events?status=processed";
        let list = ada.get(path).await.expect(StatusCode::OK);
        if let Some(event) = list["items"].get(0) {
            return event.clone();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it is not worked off");
}
