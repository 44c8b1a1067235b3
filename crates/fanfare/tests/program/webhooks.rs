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
