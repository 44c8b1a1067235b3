//! Who may do what: every call of the description is tried as each role, and as somebody from outside.

use fanfare_domain::role::Role;
use fanfare_domain::{Action, UserId, WorkspaceId};
use fanfare_store::members;
use fanfare_testkit::{Browser, Reply, StatusCode, TestHub};
use reqwest::Method;
use serde_json::{Value, json};

use super::described::{Call, calls};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    each_role_may_what_the_table_says,
    what_is_about_a_person_is_open_to_every_person_and_to_no_key,
    nobody_gets_into_another_workspace_by_naming_it,
    who_may_not_publish_writes_drafts_only,
    a_role_counts_in_the_workspace_it_is_held_in,
);

/// Somebody at a browser, acting in a workspace that they name.
pub struct Member {
    pub browser: Browser,
    pub user: UserId,
    pub workspace: WorkspaceId,
}

impl Member {
    /// Registers, which makes an owner of a workspace of one's own.
    pub async fn registered(hub: &TestHub, name: &str) -> Self {
        let browser = hub.browser();
        let answer = browser.register(&format!("{name}@example.com")).await;
        let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
        let id = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            browser,
            user: id(&answer["user"]["id"]).parse().unwrap(),
            workspace: id(&status["workspace_id"]).parse().unwrap(),
        }
    }

    /// Registers, and joins the workspace with that role.
    pub async fn joined(hub: &TestHub, workspace: WorkspaceId, role: Role) -> Self {
        let member = Self::registered(hub, role.as_str()).await;
        let mut tx = hub.store.in_workspace(workspace).write().await.unwrap();
        members::add(&mut tx, member.user, role, hub.app.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            workspace,
            ..member
        }
    }

    pub async fn ask(&self, method: Method, path: &str, body: Value) -> Reply {
        let request = self
            .browser
            .request(method, path)
            .header("fanfare-workspace", self.workspace.to_string())
            .json(&body);
        fanfare_testkit::read(request).await
    }

    async fn try_out(&self, call: &Call) -> Reply {
        let path = call.path_to_nothing();
        self.ask(call.method.clone(), &path, json!({})).await
    }
}

/// It came past the walls, whatever became of it behind them; but nothing breaks there.
#[track_caller]
pub fn got_in(reply: &Reply) -> bool {
    assert!(!reply.status.is_server_error(), "{reply:?}");
    reply.status != StatusCode::UNAUTHORIZED && reply.status != StatusCode::FORBIDDEN
}

#[test]
fn every_call_is_open_or_says_what_it_needs() {
    for call in calls() {
        let says = call.needs().is_some() || call.is_for_person();
        assert_eq!(says, !call.is_open(), "{} {}", call.method, call.path);
    }
}

#[test]
fn reading_needs_no_right_to_write() {
    for call in calls().iter().filter(|call| call.method == Method::GET) {
        let Some(action) = call.needs() else { continue };
        let is_of_a_person = matches!(
            action,
            Action::FiltersKeep
                | Action::KeysManage
                | Action::MembersManage
                | Action::WorkspaceExport
        );
        // Nobody sees the installation's people and mail who may not look after them.
        let is_of_the_installation = call.path.starts_with("/api/admin/");
        // How far an upload has come concerns only whoever uploads.
        let is_upload = call.path.contains("/uploads/");
        // Nor does anybody look through an account's files who may not take one.
        let is_of_an_account = call.path.ends_with("/files");
        assert!(
            action.as_str().ends_with(".read")
                || is_of_a_person
                || is_upload
                || is_of_an_account
                || is_of_the_installation,
            "{} needs {action}",
            call.path
        );
    }
}

async fn each_role_may_what_the_table_says(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    for role in Role::ALL {
        let member = Member::joined(hub, ada.workspace, *role).await;
        let (mut let_in, mut kept_out) = (0, 0);
        for call in calls() {
            let Some(action) = call.needs() else { continue };
            let reply = member.try_out(&call).await;
            let asked = format!("{} {} as {role}", call.method, call.path);
            if role.may(action) {
                assert!(got_in(&reply), "{asked}: {reply:?}");
                let_in += 1;
            } else {
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{asked}");
                assert_eq!(reply.code(), "forbidden", "{asked}");
                kept_out += 1;
            }
        }
        assert!(let_in > 30, "{role}: {let_in}");
        assert!(kept_out > 0, "{role}");
    }
}

async fn what_is_about_a_person_is_open_to_every_person_and_to_no_key(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let scopes: Vec<Action> = Action::ALL
        .iter()
        .copied()
        .filter(|action| action.rule().for_keys)
        .collect();
    let key = json!({ "name": "n8n", "scopes": scopes, "rate_per_minute": 6000 });
    let key = super::api_keys::Key::made(&ada, key).await;
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    // Somebody whom every workspace has shown out, whose interface still names one.
    let alone = Member {
        workspace: ada.workspace,
        ..Member::registered(hub, "ben").await
    };
    let path = format!("/api/workspaces/{}", alone_workspace(&alone).await);
    let own = json!({ "name": "Ada Moreno's workspace" });
    let gone = alone.browser.send(Method::DELETE, &path, Some(own)).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let mut asked = 0;
    for call in calls().iter().filter(|call| call.is_for_person()) {
        let tried = format!("{} {}", call.method, call.path);
        for person in [&ada, &vera, &alone] {
            let reply = person.try_out(call).await;
            assert!(got_in(&reply), "{tried}: {reply:?}");
        }
        let request = key.request(hub, call.method.clone(), &call.path_to_nothing());
        let reply = fanfare_testkit::read(request.json(&json!({}))).await;
        assert_eq!(reply.status, StatusCode::FORBIDDEN, "{tried}");
        assert_eq!(reply.code(), "forbidden", "{tried}");
        let stranger = hub.browser();
        let request = stranger.request(call.method.clone(), &call.path_to_nothing());
        let reply = fanfare_testkit::read(request.json(&json!({}))).await;
        assert_eq!(reply.code(), "not_authenticated", "{tried}");
        asked += 1;
    }
    assert!(asked >= 2, "{asked}");
}

async fn alone_workspace(member: &Member) -> String {
    let status = member.browser.get("/api/auth/status").await;
    let id = &status.expect(StatusCode::OK)["workspace_id"];
    id.as_str().unwrap().to_owned()
}

async fn nobody_gets_into_another_workspace_by_naming_it(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member {
        workspace: ada.workspace,
        ..Member::registered(hub, "ben").await
    };
    for call in calls().iter().filter(|call| call.needs().is_some()) {
        let reply = ben.try_out(call).await;
        let asked = format!("{} {}", call.method, call.path);
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{asked}");
        assert!(
            reply.body["detail"]
                .as_str()
                .unwrap()
                .contains("no such workspace"),
            "{asked}"
        );
    }
}

async fn who_may_not_publish_writes_drafts_only(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let channels = ada.browser.connect("facebook", json!({})).await;
    let channel = &channels[0]["id"];
    let schedule =
        json!({ "kind": "at", "at": "2027-06-01T09:00:00Z", "time_zone": "Europe/Madrid" });
    let scheduled = json!({ "text": "Hello", "channel_ids": [channel], "schedule": schedule });
    let post = ada
        .browser
        .post("/api/posts", scheduled.clone())
        .await
        .expect(StatusCode::CREATED);
    let of_ada = format!("/api/posts/{}", post["id"].as_str().unwrap());

    let cleo = Member::joined(hub, ada.workspace, Role::Contributor).await;
    let refused = cleo.ask(Method::POST, "/api/posts", scheduled).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.body["detail"]
            .as_str()
            .unwrap()
            .contains("contributor")
    );
    let draft = json!({ "text": "Hello", "channel_ids": [channel] });
    let draft = cleo
        .ask(Method::POST, "/api/posts", draft)
        .await
        .expect(StatusCode::CREATED);
    let own = format!("/api/posts/{}", draft["id"].as_str().unwrap());
    let change = json!({ "text": "Hello again" });
    let schedule = json!({ "schedule": schedule });
    for (method, path, body, status) in [
        (Method::PATCH, &own, &change, 200),
        (Method::PATCH, &own, &schedule, 403),
        (Method::PATCH, &of_ada, &change, 403),
        (Method::DELETE, &of_ada, &json!({}), 403),
        (Method::DELETE, &own, &json!({}), 204),
    ] {
        let asked = format!("{method} {path} {body}");
        let reply = cleo.ask(method, path, body.clone()).await;
        assert_eq!(reply.status.as_u16(), status, "{asked}: {reply:?}");
    }
    // Nor does taking back what somebody else deleted schedule it again.
    ada.browser
        .delete(&of_ada)
        .await
        .expect(StatusCode::NO_CONTENT);
    let restore = format!("{of_ada}/restore");
    let refused = cleo.ask(Method::POST, &restore, json!({})).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    ada.browser
        .post(&restore, json!({}))
        .await
        .expect(StatusCode::OK);
}

async fn a_role_counts_in_the_workspace_it_is_held_in(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let theirs = format!("/api/workspaces/{}", ada.workspace);
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    let name = json!({ "name": "Mine now" });
    // At home she is the owner, which opens nothing here.
    let refused = vera.browser.patch(&theirs, name.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let refused = vera.ask(Method::PATCH, &theirs, name.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);

    let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
    assert!(
        members::set_role(&mut tx, vera.user, Role::Admin)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    let renamed = vera.ask(Method::PATCH, &theirs, name).await;
    assert_eq!(renamed.status, StatusCode::OK);

    let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
    assert!(members::remove(&mut tx, vera.user).await.unwrap());
    tx.commit().await.unwrap();
    let gone = vera.ask(Method::GET, "/api/posts", json!({})).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
