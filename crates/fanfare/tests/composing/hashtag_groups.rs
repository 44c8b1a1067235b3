//! Hashtags kept under a name.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use serde_json::json;

use crate::with_ada;

with_ada!(groups_are_kept_changed_and_deleted, what_is_wrong_is_named);

const GROUPS: &str = "/api/hashtag-groups";

async fn groups_are_kept_changed_and_deleted(_: &TestHub, ada: &Browser) {
    let body = json!({ "name": " Slow  bread ", "hashtags": ["bread", "#slowbread", "BREAD"] });
    let group = ada.post(GROUPS, body).await.expect(StatusCode::CREATED);
    assert_eq!(group["name"], "Slow bread");
    assert_eq!(group["hashtags"], json!(["#bread", "#slowbread"]));
    assert_eq!(group["created_by"]["name"], "Ada Moreno");
    let path = format!("{GROUPS}/{}", group["id"].as_str().unwrap());
    let changed = ada.patch(&path, json!({ "hashtags": ["#ñandú"] })).await;
    let changed = changed.expect(StatusCode::OK);
    assert_eq!(
        (&changed["name"], &changed["hashtags"]),
        (&json!("Slow bread"), &json!(["#ñandú"]))
    );
    let list = ada.get(GROUPS).await.expect(StatusCode::OK);
    assert_eq!(list["items"][0], changed);
    assert_eq!(ada.delete(&path).await.status, StatusCode::NO_CONTENT);
    assert_eq!(ada.delete(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        ada.get(GROUPS).await.expect(StatusCode::OK)["items"],
        json!([])
    );
}

async fn what_is_wrong_is_named(_: &TestHub, ada: &Browser) {
    let body = json!({ "name": "Bread", "hashtags": ["fine", "two words", "2026"] });
    let refused = ada.post(GROUPS, body).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.field_codes(),
        ["hashtags.1: not_allowed", "hashtags.2: not_allowed"]
    );
    let empty = ada
        .post(GROUPS, json!({ "name": "Bread", "hashtags": [] }))
        .await;
    assert_eq!(empty.field_codes(), ["hashtags: required"]);

    let body = json!({ "name": "Bread", "hashtags": ["bread"] });
    ada.post(GROUPS, body).await.expect(StatusCode::CREATED);
    let body = json!({ "name": "BREAD", "hashtags": ["other"] });
    let taken = ada.post(GROUPS, body).await;
    assert_eq!(taken.field_codes(), ["name: duplicate"]);
}
