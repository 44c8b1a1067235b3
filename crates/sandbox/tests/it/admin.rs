//! The admin calls, as scripts and the front page use them.

use serde_json::json;

use crate::drive::{Drive, good, graph_error, json as body};
use crate::{facebook, mastodon};

#[tokio::test]
async fn faults_are_added_listed_and_cleared() {
    let drive = Drive::new().await;
    let rule = json!({"platform": "facebook", "call": "publish", "times": 3, "fault": "rate_limit", "delay_ms": 0});
    let listed = good(drive.json("/admin/faults", &rule).await).await;
    assert_eq!(listed["items"], json!([rule]));
    assert_eq!(good(drive.get("/admin/faults").await).await, listed);
    let cleared = drive
        .client
        .delete(drive.at("/admin/faults"))
        .send()
        .await
        .unwrap();
    assert_eq!(good(cleared).await["items"], json!([]));
    for wrong in [
        json!({"fault": "gremlins"}),
        json!({}),
        json!({"fault": "slow", "platform": "myspace"}),
    ] {
        let answer = drive.json("/admin/faults", &wrong).await;
        assert_eq!(answer.status(), 422, "{wrong}");
        assert!(body(answer).await["error"].is_string());
    }
}

#[tokio::test]
async fn json_counts_as_json_whatever_it_is_called() {
    let drive = Drive::new().await;
    let as_curl_does = drive
        .client
        .post(drive.at("/admin/faults"))
        .header("content-type", "application/x-www-form-urlencoded");
    good(
        as_curl_does
            .body(r#"{"fault": "slow"}"#)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(drive.sandbox.faults().list().len(), 1);
}

#[tokio::test]
async fn the_front_pages_forms_do_the_same() {
    let drive = Drive::new().await;
    let fields = [
        ("platform", "any"),
        ("call", "media"),
        ("fault", "slow"),
        ("times", "2"),
    ];
    let answer = drive.form("/admin/faults", &fields).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["location"]),
        (303, &"/".parse().unwrap())
    );
    assert!(
        drive
            .get("/")
            .await
            .text()
            .await
            .unwrap()
            .contains("2 × Slow: Upload media on any platform")
    );
    drive.form("/admin/faults/clear", &[]).await;
    assert!(drive.sandbox.faults().list().is_empty());
}

#[tokio::test]
async fn what_was_published_is_listed_and_counted() {
    let drive = Drive::new().await;
    let token = mastodon::log_in(&drive, "").await;
    good(mastodon::publish(&drive, &token, &json!({"status": "Rye"}), "key-1").await).await;
    let published = good(drive.get("/admin/published").await).await;
    assert_eq!(
        (&published["count"], &published["counts"]["mastodon"]),
        (&json!(1), &json!(1))
    );
    let item = &published["items"][0];
    assert_eq!(
        (
            &item["text"],
            &item["idempotency_key"],
            &item["media_count"]
        ),
        (&json!("Rye"), &json!("key-1"), &json!(0))
    );
    assert_eq!(
        good(drive.get("/admin/published?platform=facebook").await).await["items"],
        json!([])
    );
    let calls = good(drive.get("/admin/calls").await).await;
    assert_eq!(calls["counts"]["mastodon.publish"], 1);
}

#[tokio::test]
async fn a_reset_forgets_posts_and_keeps_connections_unless_told() {
    let drive = Drive::new().await;
    let token = mastodon::log_in(&drive, "").await;
    good(mastodon::publish(&drive, &token, &json!({"status": "Rye"}), "a").await).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.refuse_duplicates = true);
    good(
        drive
            .client
            .post(drive.at("/admin/reset"))
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert!(drive.sandbox.published().is_empty() && !drive.sandbox.behaviour().refuse_duplicates);
    good(mastodon::publish(&drive, &token, &json!({"status": "Rye"}), "a").await).await;
    good(
        drive
            .json("/admin/reset", &json!({"everything": true}))
            .await,
    )
    .await;
    assert_eq!(
        mastodon::publish(&drive, &token, &json!({"status": "Rye"}), "b")
            .await
            .status(),
        401
    );
}

#[tokio::test]
async fn tokens_can_be_ended() {
    let drive = Drive::new().await;
    let user = facebook::log_in(&drive).await;
    let mastodon = mastodon::log_in(&drive, "").await;
    let ended = good(
        drive
            .json("/admin/tokens/expire", &json!({"platform": "facebook"}))
            .await,
    )
    .await;
    assert_eq!(ended["tokens"], 2);
    assert_eq!(
        graph_error(
            drive
                .get(&format!("/facebook/me?access_token={user}"))
                .await
        )
        .await,
        (190, Some(463))
    );
    good(mastodon::publish(&drive, &mastodon, &json!({"status": "Rye"}), "a").await).await;
}

#[tokio::test]
async fn settings_are_changed_by_name() {
    let drive = Drive::new().await;
    let changed = good(
        drive
            .json("/admin/settings", &json!({"processing_polls": 4}))
            .await,
    )
    .await;
    assert_eq!(
        (
            &changed["processing_polls"],
            &changed["instagram_daily_posts"]
        ),
        (&json!(4), &json!(100))
    );
    assert_eq!(good(drive.get("/admin/settings").await).await, changed);
    assert_eq!(
        drive
            .json("/admin/settings", &json!({"colour": "red"}))
            .await
            .status(),
        422
    );
    assert_eq!(
        drive
            .json("/admin/settings", &json!({"processing_polls": "many"}))
            .await
            .status(),
        422
    );
}

#[tokio::test]
async fn pages_of_other_sites_may_not_steer_it() {
    let drive = Drive::new().await;
    let reset = drive.client.post(drive.at("/admin/reset"));
    let answer = reset
        .header("sec-fetch-site", "cross-site")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 403);
}

#[tokio::test]
async fn it_cannot_be_steered_from_other_machines() {
    let everywhere = fanfare_sandbox::SandboxSettings {
        listen: ([0, 0, 0, 0], 0).into(),
        public_url: None,
        ..fanfare_sandbox::SandboxSettings::on_port(0)
    };
    let drive = Drive::with(everywhere).await;
    let at = format!(
        "http://127.0.0.1:{}/admin/published",
        drive.sandbox.address.port()
    );
    assert_eq!(drive.client.get(at).send().await.unwrap().status(), 403);
}
