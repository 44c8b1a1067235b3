//! What people change about channels, and who sees them.

use serde_json::json;

use super::browser::Browser;
use super::stage::Stage;
use super::staged;

staged!(
    channels_are_renamed_switched_and_paused,
    bad_changes_are_refused,
    lists_come_in_pages,
    others_see_nothing,
);

async fn channels_are_renamed_switched_and_paused(stage: Stage) {
    let browser = Browser::open(&stage).await;
    stage.paste("ann").await;
    let path = format!("/api/channels/{}", stage.channel("cafe").await.id);
    let got = browser
        .patch(&path, json!({"name": "  Corner café "}))
        .await;
    assert_eq!(got.status, 200);
    assert_eq!(got.json()["name"], "Corner café");
    let got = browser
        .patch(&path, json!({"enabled": false, "paused": true}))
        .await
        .json();
    assert_eq!(
        (&got["enabled"], &got["paused"]),
        (&json!(false), &json!(true))
    );

    // What a person chose outlives connecting again.
    stage.paste("ann").await;
    let cafe = stage.channel("cafe").await;
    assert_eq!(
        (cafe.name.as_str(), cafe.enabled, cafe.paused),
        ("Corner café", false, true)
    );
    let got = browser
        .patch(&path, json!({"enabled": true, "paused": false}))
        .await
        .json();
    assert_eq!(
        (&got["enabled"], &got["paused"]),
        (&json!(true), &json!(false))
    );
    browser.patch(&path, json!({"enabled": true})).await;

    let actions = stage.audit_actions().await;
    let of_channels: Vec<_> = actions
        .iter()
        .filter(|action| action.starts_with("channel."))
        .collect();
    let expected = ["disabled", "enabled", "paused", "renamed", "resumed"];
    assert_eq!(
        of_channels,
        expected
            .map(|action| format!("channel.{action}"))
            .each_ref()
    );
}

async fn bad_changes_are_refused(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let connection = stage.paste("ann").await;
    let path = format!("/api/channels/{}", stage.channel("cafe").await.id);
    for (body, field, code) in [
        (json!({"name": "  "}), "name", "too_short"),
        (json!({"name": "é".repeat(101)}), "name", "too_long"),
        (json!({"name": 7}), "name", "wrong_type"),
        (json!({"enabled": "yes"}), "enabled", "wrong_type"),
        (json!({"token": "x"}), "token", "unknown_field"),
    ] {
        let got = browser.patch(&path, body).await;
        assert_eq!(got.status, 422);
        assert_eq!(got.complaints(), [(field.to_owned(), code.to_owned())]);
    }
    assert_eq!(
        browser
            .patch(&path, json!({"name": "é".repeat(100)}))
            .await
            .status,
        200
    );

    stage.disconnect(connection).await;
    assert_eq!(
        browser.patch(&path, json!({"paused": true})).await.status,
        404,
        "it is removed"
    );
}

async fn lists_come_in_pages(stage: Stage) {
    let browser = Browser::open(&stage).await;
    stage.platform.list(&["one", "two", "three"]);
    stage.paste("ann").await;
    let first = browser.get("/api/channels?limit=2").await.json();
    assert_eq!(first["items"].as_array().unwrap().len(), 2);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = browser
        .get(&format!("/api/channels?limit=2&cursor={cursor}"))
        .await
        .json();
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    assert_eq!(second["next_cursor"], json!(null));
    assert_eq!(browser.get("/api/connections?limit=0").await.status, 422);
}

async fn others_see_nothing(stage: Stage) {
    let connection = stage.paste("ann").await;
    let channel = stage.channel("cafe").await.id;
    let neighbour = stage.as_neighbour().await;
    let browser = Browser::open(&neighbour).await;
    assert_eq!(
        browser.get("/api/connections").await.json()["items"],
        json!([])
    );
    assert_eq!(
        browser.get("/api/channels").await.json()["items"],
        json!([])
    );
    assert_eq!(
        browser
            .get(&format!("/api/connections/{connection}"))
            .await
            .status,
        404
    );
    let got = browser
        .post(&format!("/api/connections/{connection}/refresh"), json!({}))
        .await;
    assert_eq!(got.status, 404);
    let got = browser
        .patch(&format!("/api/channels/{channel}"), json!({"paused": true}))
        .await;
    assert_eq!(got.status, 404);
    let body = json!({"connection_id": connection, "scheduled": "cancel"});
    let got = browser
        .post("/api/platforms/scripted/disconnect", body)
        .await;
    assert_eq!(got.status, 404);
    assert!(!stage.channel("cafe").await.paused);
}
