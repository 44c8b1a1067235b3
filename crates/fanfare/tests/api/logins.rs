//! Signing in, and guessing at passwords.

use fanfare_testkit::{Browser, Reply, StatusCode, TestHub};
use jiff::SignedDuration;
use serde_json::json;

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    signing_in_takes_the_address_as_people_write_it,
    an_unknown_address_is_answered_like_a_wrong_password,
    guessing_is_held_back_for_each_address,
);

async fn signing_in_takes_the_address_as_people_write_it(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    let again = hub.browser();
    let user = log_in(&again, " ADA@example.com", super::PASSWORD)
        .await
        .expect(StatusCode::OK);
    assert_eq!(user["user"]["email"], "ada@example.com");
    let _ = again.get("/api/workspaces").await.expect(StatusCode::OK);
    let body = json!({ "email": "Ada@Example.com", "password": super::PASSWORD, "name": "Ada" });
    let taken = hub.browser().post("/api/auth/register", body).await;
    assert_eq!(
        (taken.status, taken.code()),
        (StatusCode::CONFLICT, "email_taken")
    );
}

async fn an_unknown_address_is_answered_like_a_wrong_password(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    let wrong = log_in(&hub.browser(), "ada@example.com", "not the password").await;
    let unknown = log_in(&hub.browser(), "nobody@example.com", "not the password").await;
    assert_eq!(
        (wrong.status, wrong.code()),
        (StatusCode::UNAUTHORIZED, "wrong_credentials")
    );
    assert_eq!(wrong.status, unknown.status);
    assert_eq!(wrong.body["detail"], unknown.body["detail"]);
}

async fn guessing_is_held_back_for_each_address(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    hub.browser().register("ben@example.com").await;
    let guesser = hub.browser();
    for address in ["ada@example.com", "nobody@example.com"] {
        for _ in 0..10 {
            let wrong = log_in(&guesser, address, "not the password").await;
            assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
        }
        // Even the right one must wait now, or guessing would go on unseen.
        let held = log_in(&guesser, address, super::PASSWORD).await;
        assert_eq!(
            (held.status, held.code()),
            (StatusCode::TOO_MANY_REQUESTS, "too_many_requests")
        );
    }
    let body = json!({ "email": "ada@example.com", "password": "x" });
    let held = guesser
        .request(reqwest::Method::POST, "/api/auth/login")
        .json(&body)
        .send()
        .await
        .unwrap();
    assert_eq!(held.headers()["retry-after"], "90");

    let _ = log_in(&hub.browser(), "ben@example.com", super::PASSWORD)
        .await
        .expect(StatusCode::OK);
    hub.clock.advance(SignedDuration::from_mins(15));
    let _ = log_in(&guesser, "ada@example.com", super::PASSWORD)
        .await
        .expect(StatusCode::OK);
}

async fn log_in(browser: &Browser, email: &str, password: &str) -> Reply {
    browser
        .post(
            "/api/auth/login",
            json!({ "email": email, "password": password }),
        )
        .await
}
