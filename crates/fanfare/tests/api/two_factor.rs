//! Signing in in two steps, and every way around the second.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::mailbox::{newest, token};
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    signing_in_takes_a_code_once_it_is_on,
    a_code_is_taken_once_whoever_sends_it,
    a_backup_code_works_once,
    guessing_codes_is_held_back,
    switching_it_off_takes_password_and_code,
    a_lost_device_is_recovered_a_day_later_unless_stopped,
    a_workspace_can_ask_it_of_its_members,
    resetting_the_password_leaves_the_second_step,
);

/// A device that shares the secret: what an authenticator app computes.
pub struct Device(totp_rs::Totp);

impl Device {
    pub fn new(secret: &str) -> Self {
        let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
        let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        Self(totp)
    }

    pub fn code(&self, hub: &TestHub) -> String {
        let now = u64::try_from(hub.app.now().as_second()).unwrap();
        self.0.generate(now).to_string()
    }

    /// A code that was not used yet: of the next half minute.
    pub fn next_code(&self, hub: &TestHub) -> String {
        hub.clock.advance(SignedDuration::from_secs(30));
        self.code(hub)
    }
}

async fn with_device(hub: &TestHub, email: &str) -> (Browser, Device, Vec<String>) {
    let browser = hub.browser();
    browser.register(email).await;
    let (device, codes) = switch_on(hub, &browser).await;
    (browser, device, codes)
}

pub async fn switch_on(hub: &TestHub, browser: &Browser) -> (Device, Vec<String>) {
    let setup = browser.post("/api/auth/2fa/setup", json!({})).await;
    let setup = setup.expect(StatusCode::OK);
    let device = Device::new(setup["secret"].as_str().unwrap());
    let verify = json!({ "code": device.code(hub) });
    let codes = browser.post("/api/auth/2fa/verify", verify).await;
    let codes = codes.expect(StatusCode::OK)["backup_codes"].clone();
    (device, serde_json::from_value(codes).unwrap())
}

pub async fn first_step(browser: &Browser, email: &str) -> String {
    let login = json!({ "email": email, "password": super::PASSWORD });
    let answer = browser.post("/api/auth/login", login).await;
    let answer = answer.expect(StatusCode::OK);
    assert_eq!(answer["two_factor_required"], true);
    assert_eq!(answer.get("user"), None);
    answer["ticket"].as_str().unwrap().to_owned()
}

pub async fn second_step(browser: &Browser, ticket: &str, code: &str) -> fanfare_testkit::Reply {
    let step = json!({ "ticket": ticket, "code": code });
    browser.post("/api/auth/login-2fa", step).await
}

async fn signing_in_takes_a_code_once_it_is_on(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    // Begun is not on: a code has to prove it.
    ada.post("/api/auth/2fa/setup", json!({}))
        .await
        .expect(StatusCode::OK);
    let wrong = ada
        .post("/api/auth/2fa/verify", json!({ "code": "000000" }))
        .await;
    assert_eq!(
        (wrong.status, wrong.code()),
        (StatusCode::UNAUTHORIZED, "code_invalid")
    );
    let login = json!({ "email": "ada@example.com", "password": super::PASSWORD });
    let answer = hub.browser().post("/api/auth/login", login).await;
    assert_eq!(answer.expect(StatusCode::OK)["user"]["two_factor"], false);

    let (device, codes) = switch_on(hub, &ada).await;
    assert_eq!(codes.len(), 10);
    let account = ada.get("/api/account").await.expect(StatusCode::OK);
    assert_eq!(account["two_factor"]["enabled"], true);
    assert_eq!(account["two_factor"]["backup_codes_left"], 10);
    newest(hub, &ada, "ada@example.com", "two_factor_on").await;
    let twice = ada.post("/api/auth/2fa/setup", json!({})).await;
    assert_eq!(twice.code(), "two_factor_on");

    let browser = hub.browser();
    let ticket = first_step(&browser, "ada@example.com").await;
    assert_eq!(
        browser.get("/api/account").await.status,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        second_step(&browser, &ticket, "000000").await.code(),
        "code_invalid"
    );
    let code = device.next_code(hub);
    let done = second_step(&browser, &ticket, &code).await;
    assert_eq!(done.expect(StatusCode::OK)["user"]["two_factor"], true);
    assert_eq!(browser.get("/api/account").await.status, StatusCode::OK);
    // The ticket is used up, and one that lies about has ended.
    let code = device.next_code(hub);
    assert_eq!(
        second_step(&browser, &ticket, &code).await.code(),
        "ticket_expired"
    );
    let ticket = first_step(&browser, "ada@example.com").await;
    hub.clock.advance(SignedDuration::from_mins(10));
    let code = device.next_code(hub);
    assert_eq!(
        second_step(&browser, &ticket, &code).await.code(),
        "ticket_expired"
    );
}

async fn a_code_is_taken_once_whoever_sends_it(hub: &TestHub) {
    let (_, device, _) = with_device(hub, "ada@example.com").await;
    // The code that switched it on is used up.
    let used = device.code(hub);
    let (one, other) = (hub.browser(), hub.browser());
    let (first, second) = (
        first_step(&one, "ada@example.com").await,
        first_step(&other, "ada@example.com").await,
    );
    assert_eq!(
        second_step(&one, &first, &used).await.code(),
        "code_invalid"
    );
    let code = device.next_code(hub);
    let (a, b) = tokio::join!(
        second_step(&one, &first, &code),
        second_step(&other, &second, &code)
    );
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
    // Nor is one from before the one that was taken.
    hub.clock.advance(SignedDuration::from_secs(30));
    let ticket = first_step(&one, "ada@example.com").await;
    let late = device.code(hub);
    hub.clock.advance(SignedDuration::from_secs(30));
    second_step(&one, &ticket, &device.code(hub))
        .await
        .expect(StatusCode::OK);
    let ticket = first_step(&one, "ada@example.com").await;
    assert_eq!(
        second_step(&one, &ticket, &late).await.code(),
        "code_invalid"
    );
}

async fn a_backup_code_works_once(hub: &TestHub) {
    let (ada, device, codes) = with_device(hub, "ada@example.com").await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    for expected in [StatusCode::OK, StatusCode::UNAUTHORIZED] {
        let browser = hub.browser();
        let ticket = first_step(&browser, "ada@example.com").await;
        assert_eq!(
            second_step(&browser, &ticket, &typed).await.status,
            expected
        );
    }
    let account = ada.get("/api/account").await.expect(StatusCode::OK);
    assert_eq!(account["two_factor"]["backup_codes_left"], 9);
    newest(hub, &ada, "ada@example.com", "backup_code_used").await;
    // New ones put all old ones out of use.
    let again = json!({ "code": device.next_code(hub) });
    let new = ada.post("/api/auth/2fa/backup-codes", again).await;
    let new: Vec<String> =
        serde_json::from_value(new.expect(StatusCode::OK)["backup_codes"].clone()).unwrap();
    let browser = hub.browser();
    let ticket = first_step(&browser, "ada@example.com").await;
    assert_eq!(
        second_step(&browser, &ticket, &codes[0]).await.code(),
        "code_invalid"
    );
    second_step(&browser, &ticket, &new[0])
        .await
        .expect(StatusCode::OK);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept = tx
        .all(
            fanfare_store::sql!("SELECT hash FROM backup_codes"),
            fanfare_store::binds![],
            |row| row.text("hash"),
        )
        .await
        .unwrap();
    assert!(kept.iter().all(|hash| hash.starts_with("$argon2id$")));
}

async fn guessing_codes_is_held_back(hub: &TestHub) {
    let (_, device, _) = with_device(hub, "ada@example.com").await;
    let browser = hub.browser();
    let ticket = first_step(&browser, "ada@example.com").await;
    for _ in 0..5 {
        assert_eq!(
            second_step(&browser, &ticket, "000000").await.code(),
            "code_invalid"
        );
    }
    // From now on not even the right one helps, nor another ticket.
    let code = device.next_code(hub);
    assert_eq!(
        second_step(&browser, &ticket, &code).await.code(),
        "too_many_requests"
    );
    let ticket = first_step(&browser, "ada@example.com").await;
    assert_eq!(
        second_step(&browser, &ticket, &code).await.code(),
        "too_many_requests"
    );
    hub.clock.advance(SignedDuration::from_mins(3));
    let ticket = first_step(&browser, "ada@example.com").await;
    second_step(&browser, &ticket, &device.code(hub))
        .await
        .expect(StatusCode::OK);
}

async fn switching_it_off_takes_password_and_code(hub: &TestHub) {
    let (ada, device, _) = with_device(hub, "ada@example.com").await;
    let disable = |password: &str, code: String| json!({ "password": password, "code": code });
    let path = "/api/auth/2fa/disable";
    let wrong = ada
        .post(path, disable("not it", device.next_code(hub)))
        .await;
    assert_eq!(wrong.body["errors"][0]["field"], "password");
    let wrong = ada
        .post(path, disable(super::PASSWORD, "000000".to_owned()))
        .await;
    assert_eq!(wrong.code(), "code_invalid");
    let off = ada
        .post(path, disable(super::PASSWORD, device.next_code(hub)))
        .await;
    assert_eq!(off.status, StatusCode::NO_CONTENT);
    newest(hub, &ada, "ada@example.com", "two_factor_off").await;
    let login = json!({ "email": "ada@example.com", "password": super::PASSWORD });
    let answer = hub.browser().post("/api/auth/login", login).await;
    assert_eq!(answer.expect(StatusCode::OK)["user"]["two_factor"], false);
    let audit = ada
        .get("/api/audit?action=user")
        .await
        .expect(StatusCode::OK);
    let actions: Vec<&Value> = audit["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["action"])
        .collect();
    assert!(
        actions.contains(&&json!("user.two_factor_on")),
        "{actions:?}"
    );
    assert!(
        actions.contains(&&json!("user.two_factor_off")),
        "{actions:?}"
    );
}

async fn a_lost_device_is_recovered_a_day_later_unless_stopped(hub: &TestHub) {
    let (ada, _, _) = with_device(hub, "ada@example.com").await;
    let browser = hub.browser();
    let begin = async || {
        let ticket = first_step(&browser, "ada@example.com").await;
        let begun = browser
            .post("/api/auth/2fa/recover", json!({ "ticket": ticket }))
            .await;
        begun.expect(StatusCode::ACCEPTED);
        newest(hub, &ada, "ada@example.com", "recover_two_factor").await
    };
    let confirm = async |token: &str| {
        let proof = json!({ "token": token });
        browser.post("/api/auth/2fa/recover/confirm", proof).await
    };
    let message = begin().await;
    let told = ada.get("/api/notifications").await.expect(StatusCode::OK);
    assert_eq!(told["items"][0]["what"], "recovery_begun");
    let stolen = token(&message, "recover-two-factor", "token");
    let early = confirm(&stolen).await;
    assert_eq!(
        (early.status, early.code()),
        (StatusCode::CONFLICT, "too_early")
    );
    let stop = json!({ "token": token(&message, "recover-two-factor", "stop") });
    let stopped = ada.post("/api/auth/2fa/recover/cancel", stop).await;
    assert_eq!(stopped.status, StatusCode::NO_CONTENT);
    newest(hub, &ada, "ada@example.com", "recovery_stopped").await;
    hub.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(confirm(&stolen).await.code(), "link_invalid");

    let own = token(&begin().await, "recover-two-factor", "token");
    hub.clock.advance(SignedDuration::from_hours(24));
    let done = confirm(&own).await.expect(StatusCode::OK);
    assert_eq!(done["user"]["two_factor"], false);
    assert_eq!(browser.get("/api/account").await.status, StatusCode::OK);
    assert_eq!(confirm(&own).await.code(), "link_invalid");
}

async fn a_workspace_can_ask_it_of_its_members(hub: &TestHub) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    let path = format!(
        "/api/workspaces/{}",
        status["workspace_id"].as_str().unwrap()
    );
    let ask = json!({ "requires_two_factor": true });
    let without = ada.patch(&path, ask.clone()).await;
    assert_eq!(
        (without.status, without.code()),
        (StatusCode::CONFLICT, "two_factor_required")
    );
    let (device, _) = switch_on(hub, &ada).await;
    ada.patch(&path, ask).await.expect(StatusCode::OK);
    assert_eq!(ada.get("/api/posts").await.status, StatusCode::OK);
    let off = json!({ "password": super::PASSWORD, "code": device.next_code(hub) });
    let done = ada.post("/api/auth/2fa/disable", off).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    let shut = ada.get("/api/posts").await;
    assert_eq!(
        (shut.status, shut.code()),
        (StatusCode::FORBIDDEN, "two_factor_required")
    );
    // The way back is open.
    assert_eq!(ada.get("/api/account").await.status, StatusCode::OK);
    hub.clock.advance(SignedDuration::from_secs(30));
    switch_on(hub, &ada).await;
    assert_eq!(ada.get("/api/posts").await.status, StatusCode::OK);
}

async fn resetting_the_password_leaves_the_second_step(hub: &TestHub) {
    let (ada, _, _) = with_device(hub, "ada@example.com").await;
    let ask = json!({ "email": "ada@example.com" });
    ada.post("/api/auth/forgot-password", ask).await;
    let message = newest(hub, &ada, "ada@example.com", "reset_password").await;
    let token = token(&message, "reset-password", "token");
    let reset = json!({ "token": token, "password": super::PASSWORD });
    let done = ada.post("/api/auth/reset-password", reset).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    first_step(&ada, "ada@example.com").await;
}
