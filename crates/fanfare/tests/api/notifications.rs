//! What people are told of in the interface and by mail: who, how often, and as they want it.

use fanfare_domain::notification::NotificationKind;
use fanfare_domain::role::Role;
use fanfare_domain::{UserId, WorkspaceId};
use fanfare_store::notifications::{self, Notice, Reader};
use fanfare_store::{binds, members, sql};
use fanfare_testkit::{Browser, Method, StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
const ADA: &str = "ada@example.com";

with_hub!(
    the_same_again_counts_until_it_is_read,
    marking_all_can_be_taken_back,
    what_comes_while_it_is_taken_back_is_no_failure,
    nobody_sees_what_others_or_other_workspaces_were_told,
    what_nobody_wants_is_not_told,
    security_is_told_and_cannot_be_silenced,
    failures_are_gathered_in_one_message,
    who_leaves_is_told_nothing_more,
    old_ones_go,
);

async fn the_same_again_counts_until_it_is_read(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    for _ in 0..3 {
        tell(hub, workspace, user, NotificationKind::CommentReceived, "a").await;
    }
    tell(hub, workspace, user, NotificationKind::CommentReceived, "b").await;
    let all = of_kind(&ada, "comment_received").await;
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[1]["count"], 3);
    let id = all[1]["id"].as_str().unwrap();
    let read = ada
        .post(&format!("/api/notifications/{id}/read"), json!({}))
        .await
        .expect(StatusCode::OK);
    assert!(read["read_at"].is_string(), "{read}");
    tell(hub, workspace, user, NotificationKind::CommentReceived, "a").await;
    let all = of_kind(&ada, "comment_received").await;
    assert_eq!(all.len(), 3, "{all:?}");
    // There is an unread one about the same, so the old one stays read.
    let still = ada
        .post(&format!("/api/notifications/{id}/unread"), json!({}))
        .await
        .expect(StatusCode::OK);
    assert!(still["read_at"].is_string(), "{still}");
    let gone = ada.delete(&format!("/api/notifications/{id}")).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let gone = ada.delete(&format!("/api/notifications/{id}")).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

async fn marking_all_can_be_taken_back(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    let before = unread(&ada).await;
    for subject in ["a", "b", "c"] {
        tell(
            hub,
            workspace,
            user,
            NotificationKind::MentionReceived,
            subject,
        )
        .await;
        hub.clock.advance(SignedDuration::from_secs(1));
    }
    assert_eq!(unread(&ada).await, before + 3);
    let all = of_kind(&ada, "mention_received").await;
    let middle = json!({ "up_to": all[1]["id"] });
    ada.post("/api/notifications/read", middle)
        .await
        .expect(StatusCode::OK);
    assert_eq!(unread(&ada).await, 1);
    hub.clock.advance(SignedDuration::from_secs(1));
    let marked = ada
        .post("/api/notifications/read", json!({}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(marked["count"], 1);
    assert_eq!(unread(&ada).await, 0);
    let back = json!({ "read_at": marked["read_at"] });
    let back = ada
        .post("/api/notifications/unread", back)
        .await
        .expect(StatusCode::OK);
    assert_eq!(back["count"], 1);
    assert_eq!(unread(&ada).await, 1);
    // Page by page, all of them come once.
    let first = ada
        .get("/api/notifications?kind=mention_received&limit=2")
        .await
        .expect(StatusCode::OK);
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = ada
        .get(&format!(
            "/api/notifications?kind=mention_received&limit=2&cursor={cursor}"
        ))
        .await
        .expect(StatusCode::OK);
    assert_eq!(second["items"][0]["subject"], "a");
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
}

/// Only one unread one about the same can be there, and the other may come at that very moment.
async fn what_comes_while_it_is_taken_back_is_no_failure(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    for round in 0..20 {
        let kind = NotificationKind::MentionReceived;
        tell(hub, workspace, user, kind, "a").await;
        hub.clock.advance(SignedDuration::from_secs(1));
        let marked = ada
            .post("/api/notifications/read", json!({}))
            .await
            .expect(StatusCode::OK);
        hub.clock.advance(SignedDuration::from_secs(1));
        let id = of_kind(&ada, "mention_received").await[0]["id"].clone();
        let one = format!("/api/notifications/{}/unread", id.as_str().unwrap());
        let back = if round % 2 == 0 {
            ada.post(
                "/api/notifications/unread",
                json!({ "read_at": marked["read_at"] }),
            )
        } else {
            ada.post(&one, json!({}))
        };
        let (back, ()) = tokio::join!(back, tell(hub, workspace, user, kind, "a"));
        back.expect(StatusCode::OK);
        let all = of_kind(&ada, "mention_received").await;
        let unread = all.iter().filter(|one| one["read_at"].is_null());
        assert_eq!(unread.count(), 1, "{all:#?}");
        ada.post("/api/notifications/read", json!({}))
            .await
            .expect(StatusCode::OK);
    }
}

async fn nobody_sees_what_others_or_other_workspaces_were_told(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    let (ben, bens, ben_user) = registered(hub, "ben@example.com").await;
    join(hub, workspace, ben_user, Role::Owner).await;
    tell(hub, workspace, user, NotificationKind::MessageReceived, "a").await;
    tell(
        hub,
        workspace,
        ben_user,
        NotificationKind::MessageReceived,
        "a",
    )
    .await;
    tell(hub, bens, ben_user, NotificationKind::MentionReceived, "b").await;
    assert_eq!(of_kind(&ada, "mention_received").await.len(), 0);
    let hers = of_kind(&ada, "message_received").await;
    assert_eq!(hers.len(), 1, "{hers:?}");
    let path = format!("/api/notifications/{}", hers[0]["id"].as_str().unwrap());
    let refused = ben.delete(&path).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    assert_eq!(of_kind(&ada, "message_received").await.len(), 1);
}

async fn what_nobody_wants_is_not_told(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    let wishes = json!({ "preferences": [
        { "kind": "comment_received", "in_app": false, "email": false },
        { "kind": "message_received", "in_app": false, "email": true },
    ] });
    let now = ada
        .send(Method::PUT, "/api/notifications/preferences", Some(wishes))
        .await
        .expect(StatusCode::OK);
    let one = |kind: &str| -> Value {
        let all = now["preferences"].as_array().unwrap();
        all.iter().find(|one| one["kind"] == kind).unwrap().clone()
    };
    assert_eq!(one("message_received")["email"], true);
    assert_eq!(one("mention_received")["in_app"], true);
    let found = readers(hub, workspace, NotificationKind::CommentReceived, None).await;
    assert_eq!(found, []);
    let found = readers(hub, workspace, NotificationKind::MessageReceived, None).await;
    assert_eq!((found.len(), found[0].user), (1, user));
    assert!(!found[0].in_app && found[0].email);
    // By mail alone, it is in the history and not in the centre.
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    let notice = notice(NotificationKind::MessageReceived, "a");
    notifications::tell(
        &mut tx,
        Some(workspace),
        found[0],
        &notice,
        true,
        hub.app.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(of_kind(&ada, "message_received").await.len(), 0);
    let history = ada
        .get("/api/notifications/history?kind=message_received")
        .await
        .expect(StatusCode::OK);
    assert_eq!(history["items"].as_array().unwrap().len(), 1);
    // Those are told who can act, and whoever made the post; by mail only the latter.
    let (_, _, cleo) = registered(hub, "cleo@example.com").await;
    join(hub, workspace, cleo, Role::Contributor).await;
    let found = readers(hub, workspace, NotificationKind::PostFailed, Some(cleo)).await;
    let by_mail: Vec<_> = found.iter().filter(|one| one.email).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((by_mail.len(), by_mail[0].user), (1, cleo));
    let found = readers(hub, workspace, NotificationKind::ConnectionTrouble, None).await;
    assert!(found.iter().all(|one| one.user != cleo), "{found:?}");
}

async fn security_is_told_and_cannot_be_silenced(hub: &TestHub) {
    let (ada, ..) = registered(hub, ADA).await;
    let key = json!({ "name": "Reporting", "scopes": ["posts.read"] });
    ada.post("/api/api-keys", key)
        .await
        .expect(StatusCode::CREATED);
    let told = of_kind(&ada, "security_alert").await;
    assert_eq!(told[0]["what"], "api_key_made");
    assert_eq!(told[0]["title"], "Reporting");
    let wish = json!({ "preferences": [{ "kind": "security_alert", "in_app": false }] });
    let refused = ada
        .send(Method::PUT, "/api/notifications/preferences", Some(wish))
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let taken = ada.get("/api/account/export").await.expect(StatusCode::OK);
    assert!(
        !taken["notifications"].as_array().unwrap().is_empty(),
        "{taken:#}"
    );
}

async fn failures_are_gathered_in_one_message(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    for subject in ["a", "b"] {
        let reader = readers(hub, workspace, NotificationKind::PostFailed, Some(user)).await[0];
        let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
        let notice = notice(NotificationKind::PostFailed, subject);
        notifications::tell(
            &mut tx,
            Some(workspace),
            reader,
            &notice,
            true,
            hub.app.now(),
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
    }
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let waiting = notifications::take_waiting(&mut tx, workspace, user)
        .await
        .unwrap();
    assert_eq!(waiting.len(), 2);
    let again = notifications::take_waiting(&mut tx, workspace, user)
        .await
        .unwrap();
    assert_eq!(again.len(), 0);
    drop(tx);
    assert_eq!(of_kind(&ada, "post_failed").await.len(), 2);
}

async fn who_leaves_is_told_nothing_more(hub: &TestHub) {
    let (_, workspace, _) = registered(hub, ADA).await;
    let (_, _, ben) = registered(hub, "ben@example.com").await;
    join(hub, workspace, ben, Role::Editor).await;
    tell(hub, workspace, ben, NotificationKind::MentionReceived, "a").await;
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    members::remove(&mut tx, ben).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(rows(hub).await, 0);
}

async fn old_ones_go(hub: &TestHub) {
    let (ada, workspace, user) = registered(hub, ADA).await;
    tell(hub, workspace, user, NotificationKind::MentionReceived, "a").await;
    hub.clock.advance(SignedDuration::from_hours(24 * 91));
    tell(hub, workspace, user, NotificationKind::MentionReceived, "b").await;
    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    hub.run_jobs().await;
    drop(ada);
    assert_eq!(rows(hub).await, 1);
}

async fn registered(hub: &TestHub, email: &str) -> (Browser, WorkspaceId, UserId) {
    let browser = hub.browser();
    browser.register(email).await;
    let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
    let id = |value: &Value| value.as_str().unwrap().to_owned();
    let workspace = id(&status["workspaces"][0]["id"]).parse().unwrap();
    let user = id(&status["user"]["id"]).parse().unwrap();
    (browser, workspace, user)
}

async fn join(hub: &TestHub, workspace: WorkspaceId, user: UserId, role: Role) {
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    members::add(&mut tx, user, role, hub.app.now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn notice(kind: NotificationKind, subject: &str) -> Notice<'static> {
    Notice {
        kind,
        subject: subject.to_owned(),
        post: None,
        title: "Harbour Coffee",
        what: None,
        platform: None,
        account: None,
    }
}

pub async fn tell(
    hub: &TestHub,
    workspace: WorkspaceId,
    user: UserId,
    kind: NotificationKind,
    subject: &str,
) {
    let reader = Reader {
        user,
        in_app: true,
        email: false,
    };
    let notice = notice(kind, subject);
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    notifications::tell(
        &mut tx,
        Some(workspace),
        reader,
        &notice,
        false,
        hub.app.now(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn readers(
    hub: &TestHub,
    workspace: WorkspaceId,
    kind: NotificationKind,
    author: Option<UserId>,
) -> Vec<Reader> {
    let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
    notifications::readers(&mut tx, kind, author).await.unwrap()
}

async fn of_kind(browser: &Browser, kind: &str) -> Vec<Value> {
    let path = format!("/api/notifications?kind={kind}");
    let found = browser.get(&path).await.expect(StatusCode::OK);
    found["items"].as_array().unwrap().clone()
}

async fn unread(browser: &Browser) -> i64 {
    let found = browser
        .get("/api/notifications/count")
        .await
        .expect(StatusCode::OK);
    found["unread"].as_i64().unwrap()
}

/// Without those about people's own accounts.
async fn rows(hub: &TestHub) -> i64 {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    tx.one(
        sql!("SELECT COUNT(*) AS rows FROM notifications WHERE workspace_id IS NOT NULL"),
        binds![],
        |row| row.int("rows"),
    )
    .await
    .unwrap()
}
