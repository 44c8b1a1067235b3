//! Taking one's data along, deleting one's account, and what administrators do with other people's.

use fanfare_testkit::{StatusCode, TestHub};
use serde_json::json;

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_person_takes_their_data_along_and_is_gone_when_they_say_so,
    an_administrator_shuts_out_and_never_the_last_of_them,
);

async fn a_person_takes_their_data_along_and_is_gone_when_they_say_so(hub: &TestHub) {
    let _ada = Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await.browser;
    ben.post(
        "/api/posts",
        json!({ "text": "Hello", "schedule": { "kind": "draft" } }),
    )
    .await
    .expect(StatusCode::CREATED);
    let data = ben.get("/api/account/export").await.expect(StatusCode::OK);
    assert_eq!(data["account"]["email"], "ben@example.com");
    assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
    let did = data["workspaces"][0]["did"].as_array().unwrap();
    assert!(did.iter().any(|one| one["action"] == "user.registered"));

    let delete = async |password: &str| {
        let body = json!({ "password": password });
        ben.send(reqwest::Method::DELETE, "/api/account", Some(body))
            .await
    };
    assert_eq!(
        delete("not it").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(delete(super::PASSWORD).await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        ben.get("/api/account").await.status,
        StatusCode::UNAUTHORIZED
    );
    // Nothing of them is in the way of coming again.
    hub.browser().register("ben@example.com").await;
}

async fn an_administrator_shuts_out_and_never_the_last_of_them(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await;
    let change = async |id: &str, body| {
        let path = format!("/api/admin/users/{id}");
        ada.browser.patch(&path, body).await
    };
    let (own, other) = (ada.user.to_string(), ben.user.to_string());
    let last = change(&own, json!({ "is_admin": false })).await;
    assert_eq!(
        (last.status, last.code()),
        (StatusCode::CONFLICT, "last_administrator")
    );
    let shut = change(&other, json!({ "disabled": true }))
        .await
        .expect(StatusCode::OK);
    assert!(shut["disabled_at"].is_string());
    assert_eq!(
        ben.browser.get("/api/account").await.status,
        StatusCode::UNAUTHORIZED
    );
    change(&other, json!({ "disabled": false, "is_admin": true }))
        .await
        .expect(StatusCode::OK);
    change(&own, json!({ "is_admin": false }))
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        change(&other, json!({})).await.status,
        StatusCode::FORBIDDEN
    );
}
