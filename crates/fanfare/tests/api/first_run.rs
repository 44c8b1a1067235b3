//! What is remembered of a workspace's first run.

use fanfare_testkit::{StatusCode, TestHub};
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    steps_are_remembered_one_by_one,
    a_workspace_remembers_its_own
);

async fn steps_are_remembered_one_by_one(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let read = async || ada.get("/api/first-run").await.expect(StatusCode::OK);
    let nothing = json!({ "workspace_named": false, "post_id": null, "dismissed": false });
    assert_eq!(read().await, nothing);

    let post = ada.post("/api/posts", json!({ "text": "First" })).await;
    let post = post.expect(StatusCode::CREATED)["id"].clone();
    for (change, field, value) in [
        (
            json!({ "workspace_named": true }),
            "workspace_named",
            json!(true),
        ),
        (json!({ "post_id": post }), "post_id", post.clone()),
        (json!({ "dismissed": true }), "dismissed", json!(true)),
        (json!({ "dismissed": false }), "dismissed", json!(false)),
    ] {
        let answer = ada
            .patch("/api/first-run", change)
            .await
            .expect(StatusCode::OK);
        assert_eq!(answer[field], value);
        assert_eq!(read().await, answer);
    }
    assert_eq!(
        read().await,
        json!({ "workspace_named": true, "post_id": post, "dismissed": false })
    );

    // The post goes, the rest stays.
    let path = format!("/api/posts/{}", post.as_str().unwrap());
    ada.delete(&path).await.expect(StatusCode::NO_CONTENT);
    assert_eq!(
        read().await,
        json!({ "workspace_named": true, "post_id": null, "dismissed": false })
    );
}

async fn a_workspace_remembers_its_own(hub: &TestHub) {
    let (ada, ben) = (hub.browser(), hub.browser());
    ada.register("ada@example.com").await;
    ben.register("ben@example.com").await;
    let post = ada.post("/api/posts", json!({ "text": "First" })).await;
    let post = post.expect(StatusCode::CREATED)["id"].clone();

    let refused = ben
        .patch("/api/first-run", json!({ "post_id": post }))
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    ada.patch(
        "/api/first-run",
        json!({ "dismissed": true, "post_id": post }),
    )
    .await
    .expect(StatusCode::OK);
    let theirs = ben.get("/api/first-run").await.expect(StatusCode::OK);
    assert_eq!(
        (&theirs["dismissed"], &theirs["post_id"]),
        (&json!(false), &Value::Null)
    );
}
