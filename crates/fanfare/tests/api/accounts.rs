//! Registering, and what a session shows and allows.

use fanfare_store::{binds, sql};
use fanfare_testkit::{StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[];

with_hub!(
    the_first_account_sets_the_installation_up,
    of_two_first_accounts_at_once_one_is_refused,
    signing_out_ends_the_session_for_good,
    a_session_lasts_while_it_is_used,
    a_disabled_person_is_signed_out_everywhere,
    workspaces_are_renamed_by_their_owners,
    neither_token_nor_password_lies_in_the_database,
);

async fn the_first_account_sets_the_installation_up(hub: &TestHub) {
    let ada = hub.browser();
    let before = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(before["authenticated"], false);
    assert_eq!(before["set_up"], false);
    assert_eq!(before["registration_open"], true);
    assert_eq!(before["sandbox"], true);

    let user = ada.register("  Ada@Example.com ").await["user"].clone();
    assert_eq!(user["email"], "ada@example.com");
    assert_eq!(user["is_admin"], true);
    assert_eq!(user["email_verified"], true);

    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["user"], user);
    assert_eq!(status["set_up"], true);
    assert_eq!(status["registration_open"], false);
    let workspace = &status["workspaces"][0];
    assert_eq!(workspace["name"], "Ada Moreno's workspace");
    assert_eq!(workspace["role"], "owner");
    assert_eq!(status["workspace_id"], workspace["id"]);

    let refused = hub.browser().post("/api/auth/register", ben()).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "registration_closed")
    );
}

async fn of_two_first_accounts_at_once_one_is_refused(hub: &TestHub) {
    let (one, other) = (hub.browser(), hub.browser());
    let mut cleo = ben();
    cleo["email"] = json!("cleo@example.com");
    let (one, other) = tokio::join!(
        one.post("/api/auth/register", ben()),
        other.post("/api/auth/register", cleo)
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 403]);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let users = tx
        .all(sql!("SELECT is_admin FROM users"), binds![], |row| {
            row.bool("is_admin")
        })
        .await;
    assert_eq!(users.unwrap(), [true]);
}

async fn signing_out_ends_the_session_for_good(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let login = json!({ "email": "ada@example.com", "password": super::PASSWORD });
    let elsewhere = hub.browser();
    let _ = elsewhere
        .post("/api/auth/login", login)
        .await
        .expect(StatusCode::OK);

    let gone = ada
        .send(reqwest::Method::POST, "/api/auth/logout", None)
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let refused = ada.get("/api/workspaces").await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::UNAUTHORIZED, "not_authenticated")
    );
    let _ = elsewhere
        .get("/api/workspaces")
        .await
        .expect(StatusCode::OK);
    // Nobody signed in is signed out as well.
    let again = ada
        .send(reqwest::Method::POST, "/api/auth/logout", None)
        .await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
}

async fn a_session_lasts_while_it_is_used(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    for _ in 0..3 {
        hub.clock.advance(SignedDuration::from_hours(29 * 24));
        let _ = ada.get("/api/workspaces").await.expect(StatusCode::OK);
    }
    hub.clock.advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(
        ada.get("/api/workspaces").await.status,
        StatusCode::UNAUTHORIZED
    );
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["authenticated"], false);
}

async fn a_disabled_person_is_signed_out_everywhere(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    let disable = sql!("UPDATE users SET disabled_at = $1");
    tx.execute(disable, binds![hub.app.now()]).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        ada.get("/api/workspaces").await.status,
        StatusCode::UNAUTHORIZED
    );
    let login = json!({ "email": "ada@example.com", "password": super::PASSWORD });
    let refused = ada.post("/api/auth/login", login).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::UNAUTHORIZED, "wrong_credentials")
    );
}

async fn workspaces_are_renamed_by_their_owners(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let list = ada.get("/api/workspaces").await.expect(StatusCode::OK);
    let id = list["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/api/workspaces/{id}");
    hub.clock.advance(SignedDuration::from_secs(1));
    let renamed = ada.patch(&path, json!({ "name": " Press office " })).await;
    assert_eq!(
        renamed.expect(StatusCode::OK),
        json!({ "id": id, "name": "Press office", "role": "owner", "requires_two_factor": false })
    );
    let refused = ada.patch(&path, json!({ "name": " " })).await;
    assert_eq!(refused.field_codes(), ["name: required"]);

    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute(sql!("UPDATE members SET role = 'editor'"), binds![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let refused = ada.patch(&path, json!({ "name": "Mine" })).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "forbidden")
    );

    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let events = tx
        .all(
            sql!("SELECT action FROM audit_events ORDER BY id"),
            binds![],
            |row| row.text("action"),
        )
        .await
        .unwrap();
    assert_eq!(events, ["user.registered", "workspace.renamed"]);
}

async fn neither_token_nor_password_lies_in_the_database(hub: &TestHub) {
    let ada = hub.browser();
    let register = ada
        .request(reqwest::Method::POST, "/api/auth/register")
        .json(&ben());
    let answer = register.send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    for part in [
        "; HttpOnly",
        "; SameSite=Lax",
        "; Path=/",
        "; Max-Age=2592000",
    ] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let hash = tx.one(sql!("SELECT token_hash FROM sessions"), binds![], |row| {
        row.text("token_hash")
    });
    assert_ne!(hash.await.unwrap(), token);
    let hash = tx.one(sql!("SELECT password_hash FROM users"), binds![], |row| {
        row.text("password_hash")
    });
    assert!(
        hash.await
            .unwrap()
            .starts_with("$argon2id$v=19$m=19456,t=2,p=1$")
    );
}

fn ben() -> Value {
    json!({ "email": "ben@example.com", "password": super::PASSWORD, "name": "Ben" })
}
