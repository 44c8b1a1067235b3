//! Signing in without a password, with an authenticator that may lie.

use fanfare_testkit::{Authenticator, Browser, Reply, StatusCode, TestHub};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::mailbox::newest;
use super::with_hub;

const ORIGIN: &str = "http://localhost:8080";
const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_PUBLIC_URL", ORIGIN),
    ("FANFARE_REGISTRATION", "open"),
];

with_hub!(
    a_passkey_opens_the_account_and_counts_as_both_steps,
    a_passkey_opens_a_workspace_that_asks_for_two_steps,
    a_challenge_is_answered_once_in_its_browser_and_within_five_minutes,
    an_answer_that_does_not_hold_opens_nothing,
    a_copied_passkey_is_refused_and_its_person_told,
    passkeys_are_added_and_removed_by_their_person_only,
);

fanfare_testkit::both_databases!(
    there_are_none_at_a_bare_number,
    async |database: &fanfare_testkit::TestDatabase| {
        let hub = TestHub::start(database).await;
        let status = hub.browser().get("/api/auth/status").await;
        assert_eq!(status.expect(StatusCode::OK)["passkeys"], false);
        let asked = hub
            .browser()
            .post("/api/auth/passkeys/challenge", json!({}))
            .await;
        assert_eq!(asked.status, StatusCode::NOT_FOUND);
        hub.stop().await;
    }
);

async fn ask_to_add(browser: &Browser, body: Value) -> Reply {
    browser.post("/api/auth/passkeys/registration", body).await
}

async fn finish_adding(browser: &Browser, asked: &Value, credential: Value) -> Reply {
    let body = json!({ "challenge_id": asked["challenge_id"], "credential": credential, "name": "Key ring" });
    browser.post("/api/auth/passkeys", body).await
}

async fn add(browser: &Browser) -> (Authenticator, Value) {
    let asked = ask_to_add(browser, json!({})).await.expect(StatusCode::OK);
    let mut authenticator = Authenticator::at(ORIGIN);
    let credential = authenticator.make(&asked["options"]);
    let made = finish_adding(browser, &asked, credential).await;
    (authenticator, made.expect(StatusCode::CREATED))
}

async fn ask(browser: &Browser) -> Value {
    let asked = browser
        .post("/api/auth/passkeys/challenge", json!({}))
        .await;
    asked.expect(StatusCode::OK)
}

async fn answer(browser: &Browser, asked: &Value, credential: Value) -> Reply {
    let body = json!({ "challenge_id": asked["challenge_id"], "credential": credential });
    browser.post("/api/auth/passkeys/login", body).await
}

async fn sign_in(browser: &Browser, authenticator: &Authenticator) -> Reply {
    let asked = ask(browser).await;
    answer(browser, &asked, authenticator.sign(&asked["options"])).await
}

async fn a_passkey_opens_the_account_and_counts_as_both_steps(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    super::two_factor::switch_on(hub, &ada).await;
    let (authenticator, made) = add(&ada).await;
    assert_eq!(made["name"], "Key ring");
    newest(hub, &ada, "ada@example.com", "passkey_added").await;
    let elsewhere = hub.browser();
    let found = sign_in(&elsewhere, &authenticator)
        .await
        .expect(StatusCode::OK);
    assert_eq!(found["user"]["email"], "ada@example.com");
    assert_eq!(elsewhere.get("/api/account").await.status, StatusCode::OK);
    let log = ada
        .get("/api/audit?action=session.begun")
        .await
        .expect(StatusCode::OK);
    assert_eq!(log["items"][0]["detail"]["by"], "passkey");
    let path = format!("/api/auth/passkeys/{}", made["id"].as_str().unwrap());
    let renamed = ada.patch(&path, json!({ "name": "Blue key" })).await;
    assert_eq!(renamed.expect(StatusCode::OK)["name"], "Blue key");
    let own = ada.get("/api/auth/passkeys").await.expect(StatusCode::OK);
    assert_eq!(own["items"].as_array().unwrap().len(), 1);
    assert!(own["items"][0]["last_used_at"].is_string());
    // Who else is there sees and changes none of it.
    let ben = hub.browser();
    ben.register("ben@example.com").await;
    let own = ben.get("/api/auth/passkeys").await.expect(StatusCode::OK);
    assert_eq!(own["items"], json!([]));
    let theirs = ben.patch(&path, json!({ "name": "Mine" })).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let theirs = ben.send(Method::DELETE, &path, Some(json!({}))).await;
    assert_eq!(theirs.status, StatusCode::NOT_FOUND);
    let removed = ada.send(Method::DELETE, &path, Some(json!({}))).await;
    assert_eq!(removed.status, StatusCode::NO_CONTENT);
    newest(hub, &ada, "ada@example.com", "passkey_removed").await;
    let gone = sign_in(&hub.browser(), &authenticator).await;
    assert_eq!(
        (gone.status, gone.code()),
        (StatusCode::UNAUTHORIZED, "passkey_invalid")
    );
}

async fn a_passkey_opens_a_workspace_that_asks_for_two_steps(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (authenticator, _) = add(&ada).await;
    let (device, _) = super::two_factor::switch_on(hub, &ada).await;
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    let path = format!(
        "/api/workspaces/{}",
        status["workspace_id"].as_str().unwrap()
    );
    let asked = ada
        .patch(&path, json!({ "requires_two_factor": true }))
        .await;
    asked.expect(StatusCode::OK);
    let off = json!({ "password": super::PASSWORD, "code": device.next_code(hub) });
    let done = ada.post("/api/auth/2fa/disable", off).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    // By the password alone it stays shut; by the passkey it opens.
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["took_two_steps"], false);
    assert_eq!(ada.get("/api/posts").await.code(), "two_factor_required");
    let by_passkey = hub.browser();
    let signed_in = sign_in(&by_passkey, &authenticator).await;
    signed_in.expect(StatusCode::OK);
    let status = by_passkey.get("/api/auth/status").await;
    let status = status.expect(StatusCode::OK);
    assert_eq!(status["took_two_steps"], true);
    assert_eq!(by_passkey.get("/api/posts").await.status, StatusCode::OK);
}

async fn a_challenge_is_answered_once_in_its_browser_and_within_five_minutes(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (authenticator, _) = add(&ada).await;
    let (browser, eve) = (hub.browser(), hub.browser());
    let asked = ask(&browser).await;
    let credential = authenticator.sign(&asked["options"]);
    ask(&eve).await;
    let stolen = answer(&eve, &asked, credential.clone()).await;
    assert_eq!(stolen.code(), "state_invalid");
    answer(&browser, &asked, credential.clone())
        .await
        .expect(StatusCode::OK);
    let again = answer(&browser, &asked, credential).await;
    assert_eq!(again.code(), "state_invalid");
    // An answer to one challenge is none to another.
    let (one, other) = (ask(&browser).await, ask(&browser).await);
    let mixed = answer(&browser, &one, authenticator.sign(&other["options"])).await;
    assert_eq!(mixed.code(), "passkey_invalid");
    let late = ask(&browser).await;
    hub.clock.advance(SignedDuration::from_mins(5));
    let late = answer(&browser, &late, authenticator.sign(&late["options"])).await;
    assert_eq!(late.code(), "state_invalid");
    // Nor does a session take what another one began.
    let asked = ask_to_add(&ada, json!({})).await.expect(StatusCode::OK);
    let made = Authenticator::at(ORIGIN).make(&asked["options"]);
    ada.post("/api/auth/logout", json!({})).await;
    let login = json!({ "email": "ada@example.com", "password": super::PASSWORD });
    ada.post("/api/auth/login", login)
        .await
        .expect(StatusCode::OK);
    let late = finish_adding(&ada, &asked, made).await;
    assert_eq!(late.code(), "state_invalid");
}

async fn an_answer_that_does_not_hold_opens_nothing(hub: &TestHub) {
    let (ada, ben) = (hub.browser(), hub.browser());
    ada.register("ada@example.com").await;
    ben.register("ben@example.com").await;
    let (mut authenticator, _) = add(&ada).await;
    let (bens, _) = add(&ben).await;
    let refused = async |authenticator: &Authenticator, why: &str| {
        let browser = hub.browser();
        let answer = sign_in(&browser, authenticator).await;
        assert_eq!(
            (answer.status, answer.code()),
            (StatusCode::UNAUTHORIZED, "passkey_invalid"),
            "{why}"
        );
        assert_eq!(
            browser.get("/api/account").await.status,
            StatusCode::UNAUTHORIZED,
            "{why}"
        );
    };
    for origin in [
        "http://localhost:9090",
        "https://localhost:8080",
        "https://evil.example",
    ] {
        origin.clone_into(&mut authenticator.origin);
        refused(&authenticator, origin).await;
    }
    ORIGIN.clone_into(&mut authenticator.origin);
    authenticator.verifies = false;
    refused(&authenticator, "nobody put a finger on it").await;
    authenticator.verifies = true;
    let own = std::mem::replace(&mut authenticator.user_handle, bens.user_handle.clone());
    refused(&authenticator, "in somebody else's name").await;
    authenticator.user_handle = own;
    refused(&Authenticator::at(ORIGIN), "never seen").await;
    let browser = hub.browser();
    let asked = ask(&browser).await;
    let mut forged = authenticator.sign(&asked["options"]);
    forged["response"]["signature"] = bens.sign(&asked["options"])["response"]["signature"].clone();
    assert_eq!(
        answer(&browser, &asked, forged).await.code(),
        "passkey_invalid"
    );
    let asked = ask(&browser).await;
    let nonsense = answer(&browser, &asked, json!({ "id": "AA" })).await;
    assert_eq!(nonsense.code(), "passkey_invalid");
    // It was none of these that kept the good one out.
    sign_in(&browser, &authenticator)
        .await
        .expect(StatusCode::OK);
    // Somebody who was shut out stays out.
    sign_in(&browser, &bens).await.expect(StatusCode::OK);
    let people = ada
        .get("/api/admin/users?search=ben")
        .await
        .expect(StatusCode::OK);
    let path = format!(
        "/api/admin/users/{}",
        people["items"][0]["id"].as_str().unwrap()
    );
    ada.patch(&path, json!({ "disabled": true }))
        .await
        .expect(StatusCode::OK);
    refused(&bens, "shut out").await;
}

async fn a_copied_passkey_is_refused_and_its_person_told(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (mut authenticator, _) = add(&ada).await;
    for counter in [5, 6] {
        authenticator.counter = counter;
        sign_in(&hub.browser(), &authenticator)
            .await
            .expect(StatusCode::OK);
    }
    for counter in [6, 3, 0] {
        authenticator.counter = counter;
        let refused = sign_in(&hub.browser(), &authenticator).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNAUTHORIZED, "passkey_copied"),
            "{counter}"
        );
    }
    newest(hub, &ada, "ada@example.com", "passkey_refused").await;
    let log = ada.get("/api/audit?action=user.passkey_refused").await;
    assert_eq!(
        log.expect(StatusCode::OK)["items"]
            .as_array()
            .unwrap()
            .len(),
        3
    );
}

async fn passkeys_are_added_and_removed_by_their_person_only(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (_, made) = add(&ada).await;
    hub.clock.advance(SignedDuration::from_mins(11));
    let stale = ask_to_add(&ada, json!({})).await;
    assert_eq!(
        (stale.status, stale.code()),
        (StatusCode::FORBIDDEN, "sign_in_again")
    );
    let wrong = ask_to_add(&ada, json!({ "password": "not it" })).await;
    assert_eq!(wrong.field_codes(), ["password: wrong_credentials"]);
    let good = json!({ "password": super::PASSWORD });
    let asked = ask_to_add(&ada, good.clone()).await.expect(StatusCode::OK);
    // An authenticator is asked not to make a second one.
    let known = &asked["options"]["publicKey"]["excludeCredentials"];
    assert_eq!(known.as_array().unwrap().len(), 1);
    let path = format!("/api/auth/passkeys/{}", made["id"].as_str().unwrap());
    let stale = ada.send(Method::DELETE, &path, Some(json!({}))).await;
    assert_eq!(stale.code(), "sign_in_again");
    let done = ada.send(Method::DELETE, &path, Some(good)).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
}
