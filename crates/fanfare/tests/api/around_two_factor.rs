//! The second step where somebody would go around it: from another workspace, by a key, at another node, by an old session or an old link.

use fanfare_domain::role::Role;
use fanfare_store::{binds, sql};
use fanfare_testkit::{StatusCode, TestDatabase, TestHub, both_databases, read};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::api_keys::Key;
use super::device_tokens::Device;
use super::mailbox::{count, newest, token};
use super::permissions::Member;
use super::two_factor::{first_step, second_step, switch_on};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
const NEW: &str = "seven wet umbrellas";

with_hub!(
    a_workspace_s_demand_holds_from_other_workspaces_too,
    a_key_of_who_has_no_second_step_is_refused_where_it_is_asked_for,
    setting_it_up_takes_a_fresh_sign_in,
    what_an_administrator_switches_off_is_told,
    who_is_in_no_workspace_is_recorded_too,
    links_of_before_lead_nowhere_after_a_change,
);

both_databases!(
    a_code_is_taken_once_of_two_nodes,
    async |database: &TestDatabase| {
        let one = TestHub::start_with(database, super::VARIABLES).await;
        let other = one.start_beside(database, super::VARIABLES).await;
        super::a_code_is_taken_once_of_two_nodes(&one, &other).await;
        other.stop().await;
        one.stop().await;
    }
);

/// Sets what the member's workspace asks for.
async fn ask_for_two_steps(hub: &TestHub, member: &Member, asks: bool) {
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute(
        sql!("UPDATE workspaces SET requires_two_factor = $2 WHERE id = $1"),
        binds![member.workspace, asks],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
}

async fn a_workspace_s_demand_holds_from_other_workspaces_too(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Owner).await;
    ask_for_two_steps(hub, &ada, true).await;
    // At home, where nothing is asked for.
    let path = format!("/api/workspaces/{}", ada.workspace);
    let transfer = format!("{path}/transfer");
    for (method, path, body) in [
        (Method::PATCH, &path, json!({ "name": "Mine" })),
        (
            Method::PATCH,
            &path,
            json!({ "requires_two_factor": false }),
        ),
        (Method::POST, &transfer, json!({ "user_id": ada.user })),
        (
            Method::DELETE,
            &path,
            json!({ "name": "Ada Moreno's workspace" }),
        ),
    ] {
        let asked = format!("{method} {path}");
        let refused = read(ben.browser.request(method, path).json(&body)).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::FORBIDDEN, "two_factor_required"),
            "{asked}"
        );
    }
    // With a second step they may.
    switch_on(hub, &ben.browser).await;
    let renamed = ben.browser.patch(&path, json!({ "name": "Ours" })).await;
    assert_eq!(renamed.expect(StatusCode::OK)["name"], "Ours");
}

async fn a_key_of_who_has_no_second_step_is_refused_where_it_is_asked_for(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let key = Key::made(&ada, json!({ "name": "n8n", "scopes": ["posts.read"] })).await;
    assert_eq!(key.get(hub, "/api/posts").await.status, StatusCode::OK);
    ask_for_two_steps(hub, &ada, true).await;
    let refused = key.get(hub, "/api/posts").await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "two_factor_required")
    );
    assert!(
        refused.body["detail"].as_str().unwrap().contains("API key"),
        "{refused:?}"
    );
    switch_on(hub, &ada.browser).await;
    assert_eq!(key.get(hub, "/api/posts").await.status, StatusCode::OK);
}

async fn setting_it_up_takes_a_fresh_sign_in(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    hub.clock.advance(SignedDuration::from_mins(11));
    let setup = async |body: Value| ada.post("/api/auth/2fa/setup", body).await;
    let refused = setup(json!({})).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "sign_in_again")
    );
    let wrong = setup(json!({ "password": "not it" })).await;
    assert_eq!(wrong.field_codes(), ["password: wrong_credentials"]);
    let begun = setup(json!({ "password": super::PASSWORD })).await;
    assert!(begun.expect(StatusCode::OK)["secret"].is_string());
}

async fn what_an_administrator_switches_off_is_told(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await;
    switch_on(hub, &ben.browser).await;
    let path = format!("/api/admin/users/{}", ben.user);
    let off = json!({ "two_factor": false });
    for _ in 0..2 {
        let changed = ada.browser.patch(&path, off.clone()).await;
        assert_eq!(changed.expect(StatusCode::OK)["two_factor"], false);
    }
    let (ben_s, kind) = ("ben@example.com", "two_factor_taken_off");
    let message = newest(hub, &ada.browser, ben_s, kind).await;
    let text = message["text"].as_str().unwrap();
    assert!(text.contains("administrator"), "{text}");
    assert_eq!(
        count(&ada.browser, ben_s, kind).await,
        1,
        "once, when it was on"
    );
    let told = ben.browser.get("/api/notifications").await;
    assert_eq!(told.expect(StatusCode::OK)["items"][0]["what"], kind);
}

async fn installation_actions(hub: &TestHub) -> Vec<String> {
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    tx.all(
        sql!("SELECT action FROM audit_events WHERE workspace_id IS NULL ORDER BY seq"),
        binds![],
        |row| row.text("action"),
    )
    .await
    .unwrap()
}

async fn who_is_in_no_workspace_is_recorded_too(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await;
    let path = format!("/api/workspaces/{}", ben.workspace);
    let own = json!({ "name": "Ada Moreno's workspace" });
    let gone = ben.browser.send(Method::DELETE, &path, Some(own)).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let phone = Device::of_person(hub, "ben@example.com").await;
    let out = read(phone.request(hub, Method::POST, "/api/auth/logout")).await;
    assert_eq!(out.status, StatusCode::NO_CONTENT);
    switch_on(hub, &ben.browser).await;
    let others = ben.browser.delete("/api/auth/sessions").await;
    assert_eq!(others.status, StatusCode::OK, "{}", others.body);
    assert_eq!(
        installation_actions(hub).await,
        [
            "workspace.deleted",
            "session.begun",
            "session.ended",
            "user.two_factor_on",
            "session.others_revoked"
        ]
    );
}

/// Whoever reads the old mailbox, or knew the old password, must not come back by what they asked for then.
async fn links_of_before_lead_nowhere_after_a_change(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    switch_on(hub, &ada).await;
    let mut email = "ada@example.com".to_owned();
    let mut password = super::PASSWORD;
    for change in ["address", "password", "forgotten"] {
        // What lies in the mailbox.
        let ticket = log_in(hub, &email, password).await;
        let begun = json!({ "ticket": ticket });
        let begun = hub.browser().post("/api/auth/2fa/recover", begun).await;
        begun.expect(StatusCode::ACCEPTED);
        let message = newest(hub, &ada, &email, "recover_two_factor").await;
        let recover = token(&message, "recover-two-factor", "token");
        let stop = token(&message, "recover-two-factor", "stop");
        let asked = json!({ "email": email });
        hub.browser().post("/api/auth/forgot-password", asked).await;
        let message = newest(hub, &ada, &email, "reset_password").await;
        let reset = token(&message, "reset-password", "token");
        let wanted = json!({ "email": "cleo@new.example", "password": password });
        let begun = ada.post("/api/account/email", wanted).await;
        begun.expect(StatusCode::ACCEPTED);
        let message = newest(hub, &ada, &email, "confirm_old_email").await;
        let agree = token(&message, "confirm-email", "token");

        match change {
            "address" => {
                change_address(hub, &ada, &email, "ada@new.example").await;
                "ada@new.example".clone_into(&mut email);
            }
            "password" => {
                let body = json!({ "current_password": password, "password": NEW });
                let done = ada.post("/api/account/password", body).await;
                assert_eq!(done.status, StatusCode::NO_CONTENT);
                password = NEW;
            }
            _ => {
                let body = json!({ "token": reset, "password": super::PASSWORD });
                let done = hub.browser().post("/api/auth/reset-password", body).await;
                assert_eq!(done.status, StatusCode::NO_CONTENT);
            }
        }
        let tried = async |path: &str, body: Value| {
            let reply = hub.browser().post(path, body).await;
            assert_eq!(
                reply.code(),
                "link_invalid",
                "{path} after another {change}"
            );
        };
        let body = json!({ "token": reset, "password": "nine dry umbrellas" });
        tried("/api/auth/reset-password", body).await;
        tried("/api/auth/2fa/recover/cancel", json!({ "token": stop })).await;
        tried("/api/account/email/confirm", json!({ "token": agree })).await;
        hub.clock.advance(SignedDuration::from_hours(25));
        tried("/api/auth/2fa/recover/confirm", json!({ "token": recover })).await;
    }
}

async fn log_in(hub: &TestHub, email: &str, password: &str) -> Value {
    let login = json!({ "email": email, "password": password });
    let answer = hub.browser().post("/api/auth/login", login).await;
    answer.expect(StatusCode::OK)["ticket"].clone()
}

async fn change_address(hub: &TestHub, ada: &fanfare_testkit::Browser, old: &str, new: &str) {
    let wanted = json!({ "email": new, "password": super::PASSWORD });
    let begun = ada.post("/api/account/email", wanted).await;
    begun.expect(StatusCode::ACCEPTED);
    for (to, kind) in [(old, "confirm_old_email"), (new, "confirm_new_email")] {
        let message = newest(hub, ada, to, kind).await;
        let proof = json!({ "token": token(&message, "confirm-email", "token") });
        let agreed = ada.post("/api/account/email/confirm", proof).await;
        agreed.expect(StatusCode::OK);
    }
}

async fn a_code_is_taken_once_of_two_nodes(one: &TestHub, other: &TestHub) {
    let ada = one.browser();
    ada.register("ada@example.com").await;
    let (device, _) = switch_on(one, &ada).await;
    for round in 0..5 {
        // Both go by the same time.
        let code = device.next_code(one);
        other.clock.set(one.app.now());
        let (here, there) = (one.browser(), other.browser());
        let tickets = (
            first_step(&here, "ada@example.com").await,
            first_step(&there, "ada@example.com").await,
        );
        let (a, b) = tokio::join!(
            second_step(&here, &tickets.0, &code),
            second_step(&there, &tickets.1, &code)
        );
        let mut statuses = [a.status.as_u16(), b.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 401], "round {round}");
    }
}
