//! What a link in a message does: proving an address, choosing a new password, getting another address.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::mailbox::{count, newest, token};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;
const NEW: &str = "seven wet umbrellas";

with_hub!(
    a_new_address_is_proved_by_its_link_once,
    a_forgotten_password_is_replaced_by_its_link_once,
    a_reset_link_ends_by_itself_and_by_the_next,
    asking_for_a_new_password_tells_nobody_who_has_an_account,
    changing_the_password_ends_the_other_sessions,
    another_address_takes_both_to_agree,
    an_address_that_somebody_else_got_meanwhile_stays_theirs,
    links_name_the_configured_host_whatever_a_request_names,
);

async fn ada(hub: &TestHub) -> Browser {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    ada
}

async fn log_in(browser: &Browser, email: &str, password: &str) -> StatusCode {
    let login = json!({ "email": email, "password": password });
    browser.post("/api/auth/login", login).await.status
}

async fn a_new_address_is_proved_by_its_link_once(hub: &TestHub) {
    let (ada, ben) = (ada(hub).await, hub.browser());
    ben.register("ben@example.com").await;
    let message = newest(hub, &ada, "ben@example.com", "verify_email").await;
    assert_eq!(message["subject"], "Confirm your e-mail address");
    let proof = json!({ "token": token(&message, "verify-email", "token") });
    let answer = hub
        .browser()
        .post("/api/auth/verify-email", proof.clone())
        .await;
    assert_eq!(
        answer.expect(StatusCode::OK)["user"]["email_verified"],
        true
    );
    let again = hub.browser().post("/api/auth/verify-email", proof).await;
    assert_eq!(
        (again.status, again.code()),
        (StatusCode::NOT_FOUND, "link_invalid")
    );
    // Nothing is left to prove, so nothing is sent.
    let resent = ben.post("/api/auth/resend-verification", json!({})).await;
    assert_eq!(resent.status, StatusCode::ACCEPTED);
    assert_eq!(count(&ada, "ben@example.com", "verify_email").await, 1);
}

async fn a_forgotten_password_is_replaced_by_its_link_once(hub: &TestHub) {
    let ada = ada(hub).await;
    let ask = json!({ "email": " ADA@example.com " });
    let asked = hub.browser().post("/api/auth/forgot-password", ask).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED);
    let message = newest(hub, &ada, "ada@example.com", "reset_password").await;
    let token = token(&message, "reset-password", "token");
    let weak = json!({ "token": token, "password": "password1" });
    let refused = hub.browser().post("/api/auth/reset-password", weak).await;
    assert_eq!(refused.code(), "invalid_input");
    let reset = json!({ "token": token, "password": NEW });
    let done = hub
        .browser()
        .post("/api/auth/reset-password", reset.clone())
        .await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    // All sessions have ended, the link is used up, and only the new password opens.
    assert_eq!(
        ada.get("/api/workspaces").await.status,
        StatusCode::UNAUTHORIZED
    );
    let again = hub.browser().post("/api/auth/reset-password", reset).await;
    assert_eq!(again.code(), "link_invalid");
    let old = log_in(&ada, "ada@example.com", super::PASSWORD).await;
    assert_eq!(old, StatusCode::UNAUTHORIZED);
    assert_eq!(log_in(&ada, "ada@example.com", NEW).await, StatusCode::OK);
    newest(hub, &ada, "ada@example.com", "password_changed").await;
}

async fn a_reset_link_ends_by_itself_and_by_the_next(hub: &TestHub) {
    let ada = ada(hub).await;
    let ask = async || {
        let ask = json!({ "email": "ada@example.com" });
        ada.post("/api/auth/forgot-password", ask).await;
        let message = newest(hub, &ada, "ada@example.com", "reset_password").await;
        token(&message, "reset-password", "token")
    };
    let tried = async |token: &str| {
        let reset = json!({ "token": token, "password": NEW });
        hub.browser().post("/api/auth/reset-password", reset).await
    };
    let first = ask().await;
    hub.clock.advance(SignedDuration::from_secs(1));
    let second = ask().await;
    assert_eq!(tried(&first).await.code(), "link_invalid");
    hub.clock.advance(SignedDuration::from_mins(30));
    assert_eq!(tried(&second).await.code(), "link_invalid");
}

async fn asking_for_a_new_password_tells_nobody_who_has_an_account(hub: &TestHub) {
    let ada = ada(hub).await;
    for email in ["ada@example.com", "nobody@example.com"] {
        let mut statuses = Vec::new();
        for _ in 0..4 {
            let ask = json!({ "email": email });
            let asked = hub.browser().post("/api/auth/forgot-password", ask).await;
            statuses.push(asked.status.as_u16());
        }
        assert_eq!(statuses, [202, 202, 202, 429], "{email}");
    }
    hub.run_jobs().await;
    assert_eq!(count(&ada, "ada@example.com", "reset_password").await, 3);
    assert_eq!(count(&ada, "nobody@example.com", "reset_password").await, 0);
}

async fn changing_the_password_ends_the_other_sessions(hub: &TestHub) {
    let ada = ada(hub).await;
    let elsewhere = hub.browser();
    log_in(&elsewhere, "ada@example.com", super::PASSWORD).await;
    let change = |current: &str, new: &str| json!({ "current_password": current, "password": new });
    let wrong = ada
        .post("/api/account/password", change("not my password", NEW))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body["errors"][0]["field"], "current_password");
    let done = ada
        .post("/api/account/password", change(super::PASSWORD, NEW))
        .await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    assert_eq!(ada.get("/api/account").await.status, StatusCode::OK);
    let out = elsewhere.get("/api/account").await.status;
    assert_eq!(out, StatusCode::UNAUTHORIZED);
}

async fn another_address_takes_both_to_agree(hub: &TestHub) {
    let ada = ada(hub).await;
    let wanted = json!({ "email": "ada@new.example", "password": super::PASSWORD });
    let begun = ada.post("/api/account/email", wanted).await;
    let begun = begun.expect(StatusCode::ACCEPTED);
    // Mail is shown in the mailbox, so no link is told here.
    assert_eq!(
        begun,
        json!({ "pending_email": "ada@new.example", "links": null })
    );
    let old = newest(hub, &ada, "ada@example.com", "confirm_old_email").await;
    let new = newest(hub, &ada, "ada@new.example", "confirm_new_email").await;
    let agree = async |message: &Value| {
        let proof = json!({ "token": token(message, "confirm-email", "token") });
        hub.browser()
            .post("/api/account/email/confirm", proof)
            .await
    };
    let half = agree(&new).await.expect(StatusCode::OK);
    assert_eq!(half, json!({ "done": false, "waiting_for": "old" }));
    let account = ada.get("/api/account").await.expect(StatusCode::OK);
    assert_eq!(account["user"]["email"], "ada@example.com");
    assert_eq!(account["pending_email"], "ada@new.example");
    let done = agree(&old).await.expect(StatusCode::OK);
    assert_eq!(done, json!({ "done": true, "waiting_for": null }));
    assert_eq!(agree(&old).await.code(), "link_invalid");
    let account = ada.get("/api/account").await.expect(StatusCode::OK);
    assert_eq!(account["user"]["email"], "ada@new.example");
    assert_eq!(account["pending_email"], Value::Null);
    newest(hub, &ada, "ada@example.com", "email_changed").await;
    let signed_in = log_in(&hub.browser(), "ada@new.example", super::PASSWORD).await;
    assert_eq!(signed_in, StatusCode::OK);
}

async fn an_address_that_somebody_else_got_meanwhile_stays_theirs(hub: &TestHub) {
    let ada = ada(hub).await;
    let wanted = json!({ "email": "ben@example.com", "password": super::PASSWORD });
    ada.post("/api/account/email", wanted.clone())
        .await
        .expect(StatusCode::ACCEPTED);
    hub.browser().register("ben@example.com").await;
    for (to, kind) in [
        ("ada@example.com", "confirm_old_email"),
        ("ben@example.com", "confirm_new_email"),
    ] {
        let message = newest(hub, &ada, to, kind).await;
        let proof = json!({ "token": token(&message, "confirm-email", "token") });
        let answer = ada.post("/api/account/email/confirm", proof).await;
        let expected = if kind == "confirm_old_email" {
            200
        } else {
            409
        };
        assert_eq!(answer.status.as_u16(), expected, "{}", answer.body);
    }
    let refused = ada.post("/api/account/email", wanted).await;
    assert_eq!(refused.code(), "email_taken");
    let off = ada.delete("/api/account/email").await;
    assert_eq!(off.status, StatusCode::NO_CONTENT);
    let account = ada.get("/api/account").await.expect(StatusCode::OK);
    assert_eq!(account["pending_email"], Value::Null);
}

async fn links_name_the_configured_host_whatever_a_request_names(hub: &TestHub) {
    let ada = ada(hub).await;
    let request = ada
        .request(reqwest::Method::POST, "/api/auth/forgot-password")
        .header("Host", "evil.example")
        .header("X-Forwarded-Host", "evil.example")
        .json(&json!({ "email": "ada@example.com" }));
    assert_eq!(request.send().await.unwrap().status(), StatusCode::ACCEPTED);
    let message = newest(hub, &ada, "ada@example.com", "reset_password").await;
    let text = message["text"].as_str().unwrap();
    assert!(
        text.contains(hub.url.as_str()) && !text.contains("evil"),
        "{text}"
    );
}
