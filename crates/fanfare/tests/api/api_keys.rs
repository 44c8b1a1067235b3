//! Keys: shown once, bound by their scopes and by the role of whoever made them, rotated and ended.

use fanfare_domain::role::Role;
use fanfare_domain::{Action, action};
use fanfare_store::audit::{self, AuditEvent, AuditFilter};
use fanfare_store::{WorkspaceTx, members};
use fanfare_testkit::{Reply, StatusCode, TestHub, read};
use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};

use super::described::calls;
use super::permissions::{Member, got_in};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_key_is_shown_once_and_kept_as_its_hash,
    a_key_may_what_its_scopes_say,
    keys_that_do_not_work_say_why,
    a_key_never_exceeds_the_role_of_whoever_made_it,
    both_texts_work_while_a_key_is_rotated,
    a_repeated_request_shows_no_text_again,
    wrong_input_is_named,
    the_audit_log_tells_what_became_of_a_key,
);

/// A key and its text.
pub struct Key {
    pub id: String,
    pub text: String,
}

impl Key {
    pub fn of(answer: &Value) -> Self {
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            id: word(&answer["api_key"]["id"]),
            text: word(&answer["text"]),
        }
    }

    pub async fn made(ada: &Member, input: Value) -> Self {
        let made = ada.browser.post("/api/api-keys", input).await;
        Self::of(&made.expect(StatusCode::CREATED))
    }

    pub fn path(&self) -> String {
        format!("/api/api-keys/{}", self.id)
    }

    pub fn request(&self, hub: &TestHub, method: Method, path: &str) -> RequestBuilder {
        let request = hub.browser().request(method, path);
        request.bearer_auth(&self.text)
    }

    pub async fn get(&self, hub: &TestHub, path: &str) -> Reply {
        read(self.request(hub, Method::GET, path)).await
    }

    pub async fn response(&self, hub: &TestHub) -> Response {
        let request = self.request(hub, Method::GET, "/api/posts");
        request.send().await.unwrap()
    }
}

/// Of a key that may read posts.
pub fn reading() -> Value {
    json!({ "name": "n8n", "scopes": ["posts.read"] })
}

async fn a_key_is_shown_once_and_kept_as_its_hash(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let made = ada
        .browser
        .post("/api/api-keys", reading())
        .await
        .expect(StatusCode::CREATED);
    let key = Key::of(&made);
    assert!(key.text.starts_with("ff_"), "{}", key.text);
    let preview = made["api_key"]["preview"].as_str().unwrap();
    assert!(key.text.ends_with(&preview[preview.len() - 4..]));
    assert_eq!(key.get(hub, "/api/posts").await.status, StatusCode::OK);

    let list = ada
        .browser
        .get("/api/api-keys")
        .await
        .expect(StatusCode::OK);
    let one = ada.browser.get(&key.path()).await.expect(StatusCode::OK);
    assert_eq!(list["items"], json!([one]));
    assert_eq!(one["state"], "active");
    assert_eq!(one["created_by"], "Ada Moreno");
    assert!(!list.to_string().contains(&key.text));
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept = tx
        .one(
            fanfare_store::sql!("SELECT COUNT(*) AS kept FROM api_keys WHERE hash = $1"),
            fanfare_store::binds![key.text.as_str()],
            |row| row.int("kept"),
        )
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

async fn a_key_may_what_its_scopes_say(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let all: Vec<Action> = action::TABLE
        .iter()
        .filter(|rule| rule.for_keys)
        .map(|rule| rule.action)
        .collect();
    let with = async |scopes: Vec<Action>| {
        Key::made(
            &ada,
            json!({ "name": "walker", "scopes": scopes, "rate_per_minute": 6000 }),
        )
        .await
    };
    let everything = with(all.clone()).await;
    let (mut let_in, mut kept_out) = (0, 0);
    for action in Action::ALL {
        let needing: Vec<_> = calls()
            .into_iter()
            .filter(|call| call.needs() == Some(*action))
            .collect();
        let others = all.iter().copied().filter(|other| other != action);
        let without = with(others.collect()).await;
        let only = match action.rule().for_keys {
            true => Some(with(vec![*action]).await),
            false => None,
        };
        for call in needing {
            let path = call.path_to_nothing();
            let ask = async |key: &Key| {
                let request = key.request(hub, call.method.clone(), &path);
                read(request.json(&json!({}))).await
            };
            let asked = format!("{} {path}", call.method);
            let refused = ask(if only.is_some() {
                &without
            } else {
                &everything
            })
            .await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{asked}");
            assert_eq!(refused.code(), "forbidden", "{asked}");
            kept_out += 1;
            if let Some(only) = &only {
                let reply = ask(only).await;
                assert!(got_in(&reply), "{asked}: {reply:?}");
                let_in += 1;
            }
        }
    }
    assert!(let_in > 60, "{let_in}");
    assert!(kept_out > let_in, "{kept_out}");
}

async fn keys_that_do_not_work_say_why(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let in_an_hour = hub.app.now() + SignedDuration::from_hours(1);
    let expiring = json!({ "name": "short", "scopes": ["posts.read"], "expires_at": in_an_hour });
    let expired = Key::made(&ada, expiring).await;
    assert_eq!(expired.get(hub, "/api/posts").await.status, 200);
    hub.clock.advance(SignedDuration::from_hours(2));
    let revoked = Key::made(&ada, reading()).await;
    for _ in 0..2 {
        let gone = ada.browser.delete(&revoked.path()).await;
        gone.expect(StatusCode::NO_CONTENT);
    }
    let well_formed = Key::made(&ada, reading()).await;
    let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
    tx.execute(
        fanfare_store::sql!("DELETE FROM api_keys WHERE id = $1"),
        fanfare_store::binds![well_formed.id.as_str()],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let nonsense = Key {
        id: String::new(),
        text: "ff_nonsense".to_owned(),
    };
    for (key, code, state) in [
        (&expired, "api_key_expired", Some("expired")),
        (&revoked, "api_key_revoked", Some("revoked")),
        (&well_formed, "api_key_invalid", None),
        (&nonsense, "api_key_invalid", None),
    ] {
        let response = key.response(hub).await;
        assert_eq!(response.status(), 401, "{code}");
        assert!(
            response.headers().contains_key("www-authenticate"),
            "{code}"
        );
        let problem: Value = response.json().await.unwrap();
        assert_eq!(problem["code"], code);
        if let Some(state) = state {
            let shown = ada.browser.get(&key.path()).await.expect(StatusCode::OK);
            assert_eq!(shown["state"], state);
        }
    }
    // An expired one can be given a later date, a revoked one nothing.
    let later = json!({ "expires_at": null });
    let changed = ada.browser.patch(&expired.path(), later.clone()).await;
    assert_eq!(changed.expect(StatusCode::OK)["state"], "active");
    assert_eq!(expired.get(hub, "/api/posts").await.status, 200);
    let refused = ada.browser.patch(&revoked.path(), later).await;
    assert_eq!(refused.code(), "not_possible_in_state");
    let rotate = format!("{}/rotate", revoked.path());
    let refused = ada.browser.post(&rotate, json!({})).await;
    assert_eq!(refused.code(), "not_possible_in_state");
}

async fn a_key_never_exceeds_the_role_of_whoever_made_it(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Admin).await;
    let input = json!({ "name": "theirs", "scopes": ["posts.read", "posts.write", "audit.read"] });
    let made = ben.ask(Method::POST, "/api/api-keys", input).await;
    let key = Key::of(&made.expect(StatusCode::CREATED));
    let write = async || {
        let request = key.request(hub, Method::POST, "/api/posts");
        read(request.json(&json!({ "text": "Hello" }))).await
    };
    assert_eq!(write().await.status, StatusCode::CREATED);

    let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
    members::set_role(&mut tx, ben.user, Role::Viewer)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = write().await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("viewer"), "{detail}");
    assert_eq!(key.get(hub, "/api/posts").await.status, StatusCode::OK);

    let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
    members::remove(&mut tx, ben.user).await.unwrap();
    tx.commit().await.unwrap();
    let refused = key.get(hub, "/api/posts").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert_eq!(refused.code(), "api_key_without_owner");
    let shown = ada.browser.get(&key.path()).await.expect(StatusCode::OK);
    assert_eq!(shown["state"], "without_owner");
}

async fn both_texts_work_while_a_key_is_rotated(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let first = Key::made(&ada, reading()).await;
    let rotate = format!("{}/rotate", first.path());
    let overlap = json!({ "overlap_minutes": 60 });
    let answer = ada
        .browser
        .post(&rotate, overlap)
        .await
        .expect(StatusCode::OK);
    let second = Key::of(&answer);
    assert_eq!(second.id, first.id);
    assert_ne!(second.text, first.text);
    assert!(answer["api_key"]["old_until"].is_string());
    for key in [&first, &second] {
        assert_eq!(key.get(hub, "/api/posts").await.status, 200);
    }
    hub.clock.advance(SignedDuration::from_mins(60));
    assert_eq!(first.get(hub, "/api/posts").await.code(), "api_key_invalid");
    assert_eq!(second.get(hub, "/api/posts").await.status, 200);

    // Without a body both work for a day; a text that was rotated out before stops at once.
    let request = ada.browser.request(Method::POST, &rotate);
    let third = Key::of(&read(request).await.expect(StatusCode::OK));
    hub.clock.advance(SignedDuration::from_hours(23));
    assert_eq!(second.get(hub, "/api/posts").await.status, 200);
    let at_once = json!({ "overlap_minutes": 0 });
    let answer = ada.browser.post(&rotate, at_once).await;
    let fourth = Key::of(&answer.expect(StatusCode::OK));
    for (key, status) in [(&second, 401), (&third, 401), (&fourth, 200)] {
        assert_eq!(key.get(hub, "/api/posts").await.status.as_u16(), status);
    }
    let too_long = json!({ "overlap_minutes": 10_081 });
    let refused = ada.browser.post(&rotate, too_long).await;
    assert_eq!(refused.field_codes(), ["overlap_minutes: out_of_range"]);

    // Revoking ends both.
    let overlap = json!({ "overlap_minutes": 60 });
    let answer = ada.browser.post(&rotate, overlap).await;
    let fifth = Key::of(&answer.expect(StatusCode::OK));
    ada.browser.delete(&fifth.path()).await;
    for key in [&fourth, &fifth] {
        assert_eq!(key.get(hub, "/api/posts").await.code(), "api_key_revoked");
    }
}

async fn a_repeated_request_shows_no_text_again(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ask = async |path: &str, body: Value, key: &str| {
        let request = ada
            .browser
            .request(Method::POST, path)
            .header("idempotency-key", key);
        read(request.json(&body)).await
    };
    let first = ask("/api/api-keys", reading(), "make").await;
    let key = Key::of(&first.expect(StatusCode::CREATED));
    let again = ask("/api/api-keys", reading(), "make").await;
    let again = again.expect(StatusCode::CREATED);
    assert_eq!(again["api_key"]["id"], key.id.as_str());
    assert_eq!(again["text"], Value::Null);
    let rotate = format!("{}/rotate", key.path());
    let new = ask(&rotate, json!({}), "rotate").await;
    let new = Key::of(&new.expect(StatusCode::OK));
    let again = ask(&rotate, json!({}), "rotate").await;
    assert_eq!(again.expect(StatusCode::OK)["text"], Value::Null);
    for key in [&key, &new] {
        assert_eq!(key.get(hub, "/api/posts").await.status, 200);
    }
    let list = ada
        .browser
        .get("/api/api-keys")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let mut tx = hub.store.in_workspace(ada.workspace).read().await.unwrap();
    let kept = tx
        .one(
            fanfare_store::sql!(
                "SELECT COUNT(*) AS kept FROM idempotency_keys WHERE response IS NOT NULL"
            ),
            fanfare_store::binds![],
            |row| row.int("kept"),
        )
        .await
        .unwrap();
    assert_eq!(kept, 0);
}

async fn wrong_input_is_named(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let wrong = json!({
        "name": " ",
        "scopes": ["posts.read", "keys.manage", "nonsense"],
        "allowed_ips": ["203.0.113.7", "example.com"],
        "rate_per_minute": 0,
        "expires_at": "2020-01-01T00:00:00Z",
    });
    let refused = ada.browser.post("/api/api-keys", wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        refused.field_codes(),
        [
            "name: required",
            "scopes.1: not_allowed",
            "scopes.2: not_allowed",
            "allowed_ips.1: invalid_network",
            "rate_per_minute: out_of_range",
            "expires_at: time_in_past",
        ]
    );
    let nothing = json!({ "name": "n8n", "scopes": [] });
    let refused = ada.browser.post("/api/api-keys", nothing).await;
    assert_eq!(refused.field_codes(), ["scopes: required"]);
    let key = Key::made(&ada, reading()).await;
    let refused = ada
        .browser
        .patch(&key.path(), json!({ "scopes": ["nonsense"] }))
        .await;
    assert_eq!(refused.field_codes(), ["scopes.0: not_allowed"]);
}

async fn the_audit_log_tells_what_became_of_a_key(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let key = Key::made(&ada, json!({ "name": "n8n", "scopes": ["posts.write"] })).await;
    let change = json!({ "name": "Make", "scopes": ["posts.write", "posts.read"] });
    let changed = ada.browser.patch(&key.path(), change).await;
    assert_eq!(changed.expect(StatusCode::OK)["name"], "Make");
    let rotate = format!("{}/rotate", key.path());
    ada.browser.post(&rotate, json!({})).await;
    let written = key
        .request(hub, Method::POST, "/api/posts")
        .json(&json!({ "text": "Hello" }));
    let post = read(written).await.expect(StatusCode::CREATED);
    ada.browser.delete(&key.path()).await;

    let mut tx = hub.store.in_workspace(ada.workspace).read().await.unwrap();
    let events = audit_of(&mut tx, &key.id).await;
    let actions: Vec<&str> = events.iter().map(|event| event.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "api_key.revoked",
            "api_key.rotated",
            "api_key.changed",
            "api_key.created"
        ]
    );
    assert_eq!(events[2].detail["from"]["name"], "n8n");
    assert_eq!(events[2].detail["to"]["name"], "Make");
    let all = serde_json::to_string(&events.iter().map(|event| &event.detail).collect::<Vec<_>>());
    assert!(!all.unwrap().contains(&key.text));
    let written = audit_of(&mut tx, post["id"].as_str().unwrap()).await;
    assert_eq!(written[0].actor.name, "Ada Moreno (Make)");
    assert_eq!(written[0].actor.id, Some(ada.user));
}

/// What was done to a thing, the newest first.
async fn audit_of(tx: &mut WorkspaceTx, subject: &str) -> Vec<AuditEvent> {
    let filter = AuditFilter {
        subject_id: Some(subject.to_owned()),
        ..AuditFilter::default()
    };
    let found = audit::list(tx, &filter, None, 10).await.unwrap();
    found.into_iter().map(|one| one.event).collect()
}
