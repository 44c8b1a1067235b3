//! Who has not proved their address looks around and drafts, and publishes nothing.

use fanfare_store::users;
use fanfare_testkit::{Reply, StatusCode, TestHub};
use reqwest::Method;
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;

/// Anybody may register, and there is mail by which an address is proved.
const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_REGISTRATION", "open"),
    ("FANFARE_SMTP_URL", "smtp://127.0.0.1:1"),
];

with_hub!(who_has_not_proved_their_address_publishes_nothing);

async fn who_has_not_proved_their_address_publishes_nothing(hub: &TestHub) {
    // The first one sets the installation up and needs no proof.
    Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await;
    let status = ben.browser.get("/api/auth/status").await;
    assert_eq!(
        status.expect(StatusCode::OK)["user"]["email_verified"],
        false
    );
    let channels = ben.browser.connect("facebook", json!({})).await;
    let draft = json!({ "text": "Hello", "channel_ids": [channels[0]["id"]] });
    let post = ben.ask(Method::POST, "/api/posts", draft.clone()).await;
    let post = post.expect(StatusCode::CREATED);

    for refused in attempts(&ben, &draft, &post).await {
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::FORBIDDEN, "email_not_verified"),
            "{refused:?}"
        );
    }
    let seen = ben.browser.get(&path(&post, "")).await;
    assert_eq!(seen.expect(StatusCode::OK)["state"], "draft");
    let all = ben.browser.get("/api/posts").await.expect(StatusCode::OK);
    assert_eq!(all["items"].as_array().unwrap().len(), 1);

    let mut tx = hub.store.as_system("test").write().await.unwrap();
    users::verify(&mut tx, ben.user, hub.app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let publish = path(&post, "/publish");
    let published = ben.ask(Method::POST, &publish, json!({}));
    assert!(published.await.status.is_success());
}

/// Every way in which a post gets on its way.
async fn attempts(ben: &Member, draft: &Value, post: &Value) -> Vec<Reply> {
    let schedules = [
        json!({ "kind": "now" }),
        json!({ "kind": "at", "at": "2027-06-01T09:00:00Z", "time_zone": "Europe/Madrid" }),
        json!({ "kind": "queue" }),
    ];
    let mut replies = Vec::new();
    for schedule in schedules {
        let mut made = draft.clone();
        made["schedule"] = schedule.clone();
        replies.push(ben.ask(Method::POST, "/api/posts", made).await);
        // Changing looks for the slot first, and says that there is none.
        if schedule["kind"] != "queue" {
            let changed = json!({ "revision": post["revision"], "schedule": schedule });
            replies.push(ben.ask(Method::PATCH, &path(post, ""), changed).await);
        }
    }
    let publish = path(post, "/publish");
    replies.push(ben.ask(Method::POST, &publish, json!({})).await);
    let delivery = post["deliveries"][0]["id"].as_str().unwrap();
    let retry = format!("/api/deliveries/{delivery}/retry");
    replies.push(ben.ask(Method::POST, &retry, json!({})).await);
    replies
}

fn path(post: &Value, act: &str) -> String {
    format!("/api/posts/{}{act}", post["id"].as_str().unwrap())
}
