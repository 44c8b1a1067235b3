//! Members: who they are, what becomes of their role, and that a workspace keeps an owner.

use fanfare_domain::role::Role;
use fanfare_testkit::{Reply, StatusCode, TestHub};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::api_keys::{Key, reading};
use super::permissions::Member;
use super::with_hub;
use super::workspaces::actions;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    everybody_sees_who_is_a_member,
    a_role_counts_from_the_next_request_on,
    only_owners_make_and_unmake_owners,
    two_owners_who_remove_each_other_leave_one,
    two_owners_who_step_down_at_once_leave_one,
    a_removed_member_is_out_at_once,
);

async fn everybody_sees_who_is_a_member(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    hub.clock.advance(SignedDuration::from_hours(2));
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    hub.clock.advance(SignedDuration::from_hours(2));
    let list = vera
        .ask(Method::GET, "/api/members", json!({}))
        .await
        .expect(StatusCode::OK);
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    let mine = items
        .iter()
        .find(|one| one["user_id"] == json!(vera.user))
        .unwrap();
    assert_eq!(mine["email"], "viewer@example.com");
    assert_eq!(mine["role"], "viewer");
    assert_eq!(mine["two_factor"], false);
    assert_eq!(mine["last_seen_at"], json!(hub.app.now()));
    let page = vera
        .ask(Method::GET, "/api/members?limit=1", json!({}))
        .await
        .expect(StatusCode::OK);
    let next = page["next_cursor"].as_str().unwrap();
    let rest = vera
        .ask(
            Method::GET,
            &format!("/api/members?limit=1&cursor={next}"),
            json!({}),
        )
        .await
        .expect(StatusCode::OK);
    assert_eq!(
        json!([page["items"][0], rest["items"][0]]),
        list["items"],
        "page by page"
    );
}

async fn a_role_counts_from_the_next_request_on(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    let draft = json!({ "text": "Hello" });
    let refused = vera.ask(Method::POST, "/api/posts", draft.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let changed = set_role(&ada, &vera, "editor").await;
    assert_eq!(changed.expect(StatusCode::OK)["role"], "editor");
    let made = vera.ask(Method::POST, "/api/posts", draft).await;
    assert_eq!(made.status, StatusCode::CREATED);
    assert!(
        actions(hub, &ada.workspace.to_string())
            .await
            .contains(&"member.role_changed".to_owned())
    );
    let refused = set_role(&ada, &vera, "king").await;
    assert_eq!(refused.field_codes(), ["role: not_allowed"]);
    let stranger = Member::registered(hub, "ben").await;
    let refused = set_role(&ada, &stranger, "viewer").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

async fn only_owners_make_and_unmake_owners(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let admin = Member::joined(hub, ada.workspace, Role::Admin).await;
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    for (whom, role) in [(&vera, "owner"), (&admin, "owner"), (&ada, "viewer")] {
        let refused = set_role(&admin, whom, role).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
    }
    let refused = remove(&admin, &ada).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let alone = set_role(&ada, &ada, "admin").await;
    assert_eq!(
        (alone.status, alone.code()),
        (StatusCode::CONFLICT, "last_owner")
    );
    let alone = remove(&ada, &ada).await;
    assert_eq!(alone.code(), "last_owner");
    let made = set_role(&ada, &vera, "owner").await;
    assert_eq!(made.status, StatusCode::OK);
    // An owner who may not sign in is none to rely on.
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let disable = fanfare_store::sql!("UPDATE users SET disabled_at = 1 WHERE id = $1");
    tx.execute(disable, fanfare_store::binds![vera.user])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(remove(&ada, &ada).await.code(), "last_owner");
    let unmade = set_role(&ada, &vera, "viewer").await;
    assert_eq!(unmade.status, StatusCode::OK);
}

async fn two_owners_who_remove_each_other_leave_one(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Owner).await;
    let (one, other) = tokio::join!(remove(&ada, &ben), remove(&ben, &ada));
    let statuses = [one.status.as_u16(), other.status.as_u16()];
    assert!(
        statuses == [204, 404] || statuses == [404, 204],
        "{one:?} {other:?}"
    );
    assert_eq!(owners(hub, &ada).await, 1);
}

async fn two_owners_who_step_down_at_once_leave_one(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Owner).await;
    let (one, other) = tokio::join!(
        set_role(&ada, &ada, "viewer"),
        set_role(&ben, &ben, "viewer")
    );
    let statuses = [one.status.as_u16(), other.status.as_u16()];
    assert!(
        statuses == [200, 409] || statuses == [409, 200],
        "{one:?} {other:?}"
    );
    assert_eq!(owners(hub, &ada).await, 1);
}

async fn a_removed_member_is_out_at_once(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Admin).await;
    let made = ben
        .ask(Method::POST, "/api/api-keys", reading())
        .await
        .expect(StatusCode::CREATED);
    let key = Key::of(&made);
    assert_eq!(key.get(hub, "/api/posts").await.status, StatusCode::OK);
    assert_eq!(current(&ben).await, json!(ben.workspace));

    assert_eq!(remove(&ada, &ben).await.status, StatusCode::NO_CONTENT);
    let gone = ben.ask(Method::GET, "/api/posts", json!({})).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let refused = key.get(hub, "/api/posts").await;
    assert_eq!(refused.code(), "api_key_without_owner");
    // His session acts in the workspace that is left to him.
    let posts = ben.browser.get("/api/posts").await;
    assert_eq!(posts.status, StatusCode::OK);
    assert_ne!(current(&ben).await, json!(ben.workspace));
    let again = remove(&ada, &ben).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(
        actions(hub, &ada.workspace.to_string())
            .await
            .contains(&"member.removed".to_owned())
    );
}

async fn current(member: &Member) -> Value {
    let status = member.browser.get("/api/auth/status").await;
    status.expect(StatusCode::OK)["workspace_id"].clone()
}

async fn set_role(by: &Member, whom: &Member, role: &str) -> Reply {
    let path = format!("/api/members/{}", whom.user);
    by.ask(Method::PATCH, &path, json!({ "role": role })).await
}

async fn remove(by: &Member, whom: &Member) -> Reply {
    let path = format!("/api/members/{}", whom.user);
    by.ask(Method::DELETE, &path, json!({})).await
}

async fn owners(hub: &TestHub, ada: &Member) -> i64 {
    let mut tx = hub.store.in_workspace(ada.workspace).read().await.unwrap();
    tx.one(
        fanfare_store::sql!(
            "SELECT COUNT(*) AS owners FROM members WHERE workspace_id = $1 AND role = 'owner'"
        ),
        fanfare_store::binds![ada.workspace],
        |row| row.int("owners"),
    )
    .await
    .unwrap()
}
