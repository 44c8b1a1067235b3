//! The API's description, and what it says of the routes: that each is closed to strangers.

use std::collections::BTreeSet;

use fanfare_domain::Action;
use fanfare_testkit::TestHub;
use reqwest::Method;
use serde_json::Value;

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[];

/// One call of the description.
pub struct Call {
    pub method: Method,
    /// With `{id}` and the like.
    pub path: String,
    pub description: Value,
}

impl Call {
    pub fn is_open(&self) -> bool {
        let ways = self.description["security"].as_array();
        ways.is_some_and(|ways| ways.iter().any(|way| way.as_object().unwrap().is_empty()))
    }

    /// What it says that its callers must be allowed to do. Nothing if it is for a person.
    pub fn needs(&self) -> Option<Action> {
        let said = self.description["x-permission"].as_str();
        said.filter(|said| *said != "self")
            .map(|action| Action::parse(action).expect("it names an action"))
    }

    /// It is about whoever asks, not about a workspace.
    pub fn is_for_person(&self) -> bool {
        self.description["x-permission"] == "self"
    }

    /// Its address, filled in with ids that nothing has.
    pub fn path_to_nothing(&self) -> String {
        let path = self
            .path
            .replace("{id}", "01a1fa4f-b4d2-7828-887f-245a61288886")
            .replace("{number}", "1")
            .replace("{platform}", "facebook")
            .replace("{page}", "privacy")
            .replace("{carrier}", "sendgrid")
            .replace("{name}", "verify_email")
            .replace("{address}", "nobody@example.com");
        assert!(
            !path.contains('{'),
            "{path}: a placeholder that this test does not know"
        );
        path
    }
}

/// Everything that the description names.
pub fn calls() -> Vec<Call> {
    let description = serde_json::to_value(fanfare_api::openapi()).unwrap();
    let mut calls = Vec::new();
    for (path, item) in description["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            calls.push(Call {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                description: operation.clone(),
            });
        }
    }
    calls
}

/// OpenAPI 3.1 demands it, and tools refuse a description without.
#[test]
fn every_answer_is_described() {
    for call in calls() {
        for (status, answer) in call.description["responses"].as_object().unwrap() {
            let words = answer["description"].as_str();
            let is_described = words.is_some_and(|words| !words.is_empty());
            assert!(is_described, "{} {} {status}", call.method, call.path);
        }
    }
}

/// Lists that cannot become long, whoever does what, and have no cursor therefore. `docs/guides/api-keys.md` says so.
const NEVER_LONG: &[&str] = &[
    // As many as the program has.
    "/api/admin/mail/templates",
    "/api/platforms",
    "/api/webhooks/event-types",
    // One for each provider that the operator chose, which is one.
    "/api/auth/oidc",
    // What was asked for: a range of time with an end to what it may hold, and channels by name.
    "/api/calendar",
    "/api/queue/next",
];

/// A list that cannot be read on is cut off unseen.
#[test]
fn every_list_can_be_read_on() {
    let mut short = BTreeSet::new();
    let mut lists = 0;
    for call in calls().iter().filter(|call| call.method == Method::GET) {
        let schema = answer_of(call);
        if schema["properties"]["items"].is_null() {
            continue;
        }
        let cursor = &schema["properties"]["next_cursor"];
        assert!(!cursor.is_null(), "{}: {schema}", call.path);
        let takes = |name: &str| takes(call, "query", name);
        match (takes("cursor"), takes("limit")) {
            (true, true) => lists += 1,
            (false, _) => assert!(short.insert(call.path.clone())),
            (true, false) => panic!("{} has pages of one size only", call.path),
        }
    }
    assert!(lists > 25, "{lists}");
    let expected: BTreeSet<String> = NEVER_LONG.iter().map(ToString::to_string).collect();
    assert_eq!(short, expected);
}

/// The shape of what a call answers when all is well.
fn answer_of(call: &Call) -> Value {
    let schema = &call.description["responses"]["200"]["content"]["application/json"]["schema"];
    let name = schema["$ref"].as_str().unwrap_or_default();
    match name.strip_prefix('#') {
        Some(pointer) => {
            let description = serde_json::to_value(fanfare_api::openapi()).unwrap();
            description.pointer(pointer).unwrap().clone()
        }
        None => schema.clone(),
    }
}

/// What a POST may do without an `Idempotency-Key`, and why each of these needs none. Strangers have nothing to know them by but what they
/// send, so only what makes something by a secret of theirs takes a key.
const WITHOUT_A_KEY: &[&str] = &[
    // They sign in, and make nothing but a session: it is answered with once, and a repeat begins another. No token lies anywhere to be
    // answered again.
    "/api/auth/login",
    "/api/auth/login-2fa",
    "/api/auth/passkeys/login",
    "/api/auth/token",
    // They sign out.
    "/api/auth/logout",
    // A link or a code that is good for one use: the second use finds it used.
    "/api/account/email/confirm",
    "/api/auth/2fa/recover/cancel",
    "/api/auth/2fa/recover/confirm",
    "/api/auth/reset-password",
    "/api/auth/verify-email",
    // They send a link or answer a challenge, each good by itself; how often is limited.
    "/api/auth/2fa/recover",
    "/api/auth/forgot-password",
    "/api/auth/passkeys/challenge",
    // It only looks.
    "/api/invitations/look",
    // Platforms, mail carriers and mail programs tell us things; what is told twice is one event, and saying no twice is one no.
    "/hooks/mail/{carrier}",
    "/hooks/{platform}",
    "/hooks/{platform}/data-deletion",
    "/hooks/{platform}/deauthorize",
    "/unsubscribe/{token}",
];

#[test]
fn every_post_that_makes_something_takes_a_key() {
    let without: BTreeSet<String> = calls()
        .iter()
        .filter(|call| call.method == Method::POST)
        .filter(|call| !takes(call, "header", "Idempotency-Key"))
        .inspect(|call| {
            assert!(
                call.description["responses"]["201"].is_null(),
                "{}",
                call.path
            );
        })
        .map(|call| call.path.clone())
        .collect();
    let expected: BTreeSet<String> = WITHOUT_A_KEY.iter().map(ToString::to_string).collect();
    assert_eq!(without, expected);
}

fn takes(call: &Call, place: &str, name: &str) -> bool {
    let parameters = call.description["parameters"].as_array();
    parameters.is_some_and(|all| {
        all.iter()
            .any(|one| one["in"] == place && one["name"] == name)
    })
}

with_hub!(
    strangers_are_told_to_sign_in_everywhere,
    the_description_is_served_as_it_is_printed
);

async fn strangers_are_told_to_sign_in_everywhere(hub: &TestHub) {
    let mut closed = 0;
    for call in calls().iter().filter(|call| !call.is_open()) {
        let path = call.path_to_nothing();
        let request = hub.browser().request(call.method.clone(), &path);
        let answer = request.json(&serde_json::json!({})).send().await.unwrap();
        assert_eq!(answer.status(), 401, "{} {path}", call.method);
        closed += 1;
    }
    assert!(closed > 20, "{closed}");
}

#[test]
fn only_these_are_open_to_strangers() {
    let open: BTreeSet<String> = calls()
        .iter()
        .filter(|call| call.is_open())
        .map(|call| format!("{} {}", call.method, call.path))
        .collect();
    let expected = [
        "GET /api/auth/oidc/callback",
        "GET /api/auth/oidc/start",
        "GET /api/auth/status",
        "GET /api/pages/{page}",
        "GET /api/platforms/{platform}/callback",
        "GET /data-deletion/{code}",
        "GET /hooks/{platform}",
        "GET /unsubscribe/{token}",
        "GET /media/public/{id}/{expires}/{signature}/{file_name}",
        "POST /api/account/email/confirm",
        "POST /api/auth/2fa/recover",
        "POST /api/auth/2fa/recover/cancel",
        "POST /api/auth/2fa/recover/confirm",
        "POST /api/auth/forgot-password",
        "POST /api/auth/login",
        "POST /api/auth/login-2fa",
        "POST /api/auth/logout",
        "POST /api/auth/passkeys/challenge",
        "POST /api/auth/passkeys/login",
        "POST /api/auth/register",
        "POST /api/auth/reset-password",
        "POST /api/auth/token",
        "POST /api/auth/verify-email",
        "POST /api/invitations/accept",
        "POST /api/invitations/look",
        "POST /hooks/mail/{carrier}",
        "POST /hooks/{platform}",
        "POST /hooks/{platform}/data-deletion",
        "POST /hooks/{platform}/deauthorize",
        "POST /unsubscribe/{token}",
    ];
    assert_eq!(open, BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn every_call_says_what_it_answers_and_under_one_name_only() {
    let mut names = BTreeSet::new();
    for call in calls() {
        let asked = format!("{} {}", call.method, call.path);
        let responses = call.description["responses"].as_object().unwrap();
        assert!(responses.contains_key("default"), "{asked}");
        assert!(
            responses
                .keys()
                .any(|status| status.starts_with('2') || status.starts_with('3')),
            "{asked}"
        );
        let name = call.description["operationId"].as_str().unwrap().to_owned();
        assert!(names.insert(name), "{asked}");
        assert!(call.description["summary"].is_string(), "{asked}");
    }
}

async fn the_description_is_served_as_it_is_printed(hub: &TestHub) {
    let served = hub
        .browser()
        .request(Method::GET, "/openapi.json")
        .send()
        .await
        .unwrap();
    let served: Value = served.json().await.unwrap();
    assert_eq!(
        served,
        serde_json::to_value(fanfare_api::openapi()).unwrap()
    );
    assert_eq!(served["openapi"], "3.1.0");
}
