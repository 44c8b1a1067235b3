//! Taking one's data along, deleting one's account, and what administrators do with other people's.

use fanfare_domain::role::Role;
use fanfare_testkit::{StatusCode, TestHub};
use serde_json::json;

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_person_takes_their_data_along_and_is_gone_when_they_say_so,
    an_administrator_shuts_out_and_never_the_last_of_them,
    two_administrators_who_shut_each_other_out_leave_one,
    two_administrators_who_step_down_at_once_leave_one,
    two_who_delete_their_accounts_at_once_leave_an_administrator_and_an_owner,
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
    for (path, body) in [
        (
            "/api/api-keys",
            json!({ "name": "n8n", "scopes": ["posts.read"] }),
        ),
        (
            "/api/saved-filters",
            json!({ "name": "Mine", "page": "posts", "query": {} }),
        ),
    ] {
        ben.post(path, body).await.expect(StatusCode::CREATED);
    }
    let data = ben.get("/api/account/export").await.expect(StatusCode::OK);
    assert_eq!(data["account"]["email"], "ben@example.com");
    assert_eq!(data["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(data["api_keys"][0]["name"], "n8n");
    assert!(data["api_keys"][0]["hash"].is_null());
    assert_eq!(data["saved_filters"][0]["name"], "Mine");
    assert!(data["known_browsers"].is_array() && data["mail"].is_array());
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

/// Two administrators of one installation.
async fn two(hub: &TestHub) -> (Member, Member) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Owner).await;
    let path = format!("/api/admin/users/{}", ben.user);
    let made = ada.browser.patch(&path, json!({ "is_admin": true })).await;
    made.expect(StatusCode::OK);
    (ada, ben)
}

async fn administrators(hub: &TestHub) -> usize {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let found = tx.all(
        fanfare_store::sql!("SELECT id FROM users WHERE is_admin AND disabled_at IS NULL"),
        fanfare_store::binds![],
        |row| row.text("id"),
    );
    found.await.unwrap().len()
}

async fn two_administrators_who_shut_each_other_out_leave_one(hub: &TestHub) {
    let (ada, ben) = two(hub).await;
    let shut_out = async |who: &Member, whom: &Member| {
        let path = format!("/api/admin/users/{}", whom.user);
        who.browser.patch(&path, json!({ "disabled": true })).await
    };
    let (one, other) = tokio::join!(shut_out(&ada, &ben), shut_out(&ben, &ada));
    let good = [&one, &other]
        .iter()
        .filter(|reply| reply.status == StatusCode::OK)
        .count();
    assert_eq!(good, 1, "{one:?} {other:?}");
    assert_eq!(administrators(hub).await, 1);
}

async fn two_administrators_who_step_down_at_once_leave_one(hub: &TestHub) {
    let (ada, ben) = two(hub).await;
    let step_down = async |who: &Member| {
        let path = format!("/api/admin/users/{}", who.user);
        who.browser.patch(&path, json!({ "is_admin": false })).await
    };
    let (one, other) = tokio::join!(step_down(&ada), step_down(&ben));
    let refused = [one, other]
        .into_iter()
        .find(|reply| reply.status != StatusCode::OK);
    assert_eq!(refused.unwrap().code(), "last_administrator");
    assert_eq!(administrators(hub).await, 1);
}

async fn two_who_delete_their_accounts_at_once_leave_an_administrator_and_an_owner(hub: &TestHub) {
    let (ada, ben) = two(hub).await;
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    let delete = async |who: &Member| {
        let body = json!({ "password": super::PASSWORD });
        who.browser
            .send(reqwest::Method::DELETE, "/api/account", Some(body))
            .await
    };
    let (one, other) = tokio::join!(delete(&ada), delete(&ben));
    let refused = [one, other]
        .into_iter()
        .find(|reply| reply.status != StatusCode::NO_CONTENT)
        .expect("one stays");
    let code = refused.code();
    assert!(
        ["last_administrator", "last_owner"].contains(&code),
        "{refused:?}"
    );
    assert_eq!(administrators(hub).await, 1);
    let members = vera
        .ask(reqwest::Method::GET, "/api/members", json!({}))
        .await;
    let members = members.expect(StatusCode::OK);
    let roles = members["items"].as_array().unwrap().iter();
    assert_eq!(roles.filter(|one| one["role"] == "owner").count(), 1);
}
