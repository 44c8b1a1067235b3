//! Nobody signs in to a session that somebody else chose.

use fanfare_testkit::{Browser, StatusCode, TestHub};
use reqwest::header::{COOKIE, SET_COOKIE};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    whoever_is_not_signed_in_has_no_session,
    a_planted_session_is_never_adopted,
    signing_in_again_begins_another_session_and_ends_the_one_before,
);

/// The session that an answer gives to the browser.
fn given(answer: &Response) -> Option<String> {
    let cookie = answer.headers().get(SET_COOKIE)?.to_str().unwrap();
    let (name, rest) = cookie.split_once('=').unwrap();
    assert_eq!(name, "fanfare_session");
    Some(rest.split(';').next().unwrap().to_owned())
}

/// Signs in at a browser in which that session was planted.
async fn log_in(hub: &TestHub, email: &str, planted: &str) -> Response {
    let login = json!({ "email": email, "password": super::PASSWORD });
    let request = with(&hub.browser(), Method::POST, "/api/auth/login", planted);
    let answer = request.json(&login).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    answer
}

fn with(browser: &Browser, method: Method, path: &str, session: &str) -> reqwest::RequestBuilder {
    let cookie = format!("fanfare_session={session}");
    browser.request(method, path).header(COOKIE, cookie)
}

/// Whose session that is.
async fn whose(hub: &TestHub, session: &str) -> Value {
    let request = with(&hub.browser(), Method::GET, "/api/auth/status", session);
    let status: Value = request.send().await.unwrap().json().await.unwrap();
    status["user"]["email"].clone()
}

async fn whoever_is_not_signed_in_has_no_session(hub: &TestHub) {
    for path in ["/api/auth/status", "/api/workspaces", "/", "/login"] {
        let answer = hub.browser().request(Method::GET, path).send().await;
        assert_eq!(given(&answer.unwrap()), None, "{path}");
    }
}

async fn a_planted_session_is_never_adopted(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    let invented = "ab".repeat(32);
    let answer = log_in(hub, "ada@example.com", &invented).await;
    let session = given(&answer).unwrap();
    assert_ne!(session, invented);
    assert_eq!(whose(hub, &session).await, "ada@example.com");
    assert_eq!(whose(hub, &invented).await, Value::Null);

    // One that works, because it is the attacker's own: it ends, as the session before in a browser does.
    let eve = json!({ "email": "eve@example.com", "password": super::PASSWORD, "name": "Eve" });
    let request = hub.browser().request(Method::POST, "/api/auth/register");
    let attackers = given(&request.json(&eve).send().await.unwrap()).unwrap();
    let answer = log_in(hub, "ada@example.com", &attackers).await;
    let session = given(&answer).unwrap();
    assert_ne!(session, attackers);
    assert_eq!(whose(hub, &session).await, "ada@example.com");
    assert_eq!(whose(hub, &attackers).await, Value::Null);

    // Nor does registering take one over.
    let ben = json!({ "email": "ben@example.com", "password": super::PASSWORD, "name": "Ben" });
    let request = with(
        &hub.browser(),
        Method::POST,
        "/api/auth/register",
        &invented,
    );
    let answer = request.json(&ben).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED);
    assert_ne!(given(&answer).unwrap(), invented);
    assert_eq!(whose(hub, &invented).await, Value::Null);
}

async fn signing_in_again_begins_another_session_and_ends_the_one_before(hub: &TestHub) {
    hub.browser().register("ada@example.com").await;
    let first = given(&log_in(hub, "ada@example.com", "").await).unwrap();
    let second = given(&log_in(hub, "ada@example.com", &first).await).unwrap();
    assert_ne!(first, second);
    assert_eq!(whose(hub, &first).await, Value::Null);
    // Looking prolongs a session, and gives no other.
    let request = with(&hub.browser(), Method::GET, "/api/auth/status", &second);
    let looked = request.send().await.unwrap();
    assert_eq!(given(&looked).as_deref(), Some(second.as_str()));
}
