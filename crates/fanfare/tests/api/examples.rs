//! The examples of the description: there is one for each body, and each is one that the API takes.

use fanfare_testkit::{StatusCode, TestHub, described, read};
use reqwest::Method;
use serde_json::{Value, json};

use super::described::{Call, calls};
use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    every_example_is_understood,
    examples_that_make_something_make_it,
    no_two_shapes_have_one_name
);

fn example(call: &Call) -> Option<&Value> {
    let json = &call.description["requestBody"]["content"]["application/json"];
    json.is_object().then(|| &json["example"])
}

#[test]
fn every_body_has_an_example_of_its_shape() {
    let mut examples = 0;
    for call in calls() {
        let Some(example) = example(&call) else {
            continue;
        };
        let asked = format!("{} {}", call.method, call.path);
        assert!(example.is_object(), "{asked} has no example");
        let wrong = described::wrong_with(&call.method, &call.path, example);
        assert_eq!(wrong, None, "{asked}");
        examples += 1;
    }
    assert!(examples > 60, "{examples}");
}

/// What is answered to a body that is read and then refused is told elsewhere; here it has to be read.
async fn every_example_is_understood(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let mut wrong = Vec::new();
    for call in calls() {
        let Some(example) = example(&call) else {
            continue;
        };
        // These ask somebody else, whom no test may trouble.
        if call.path.ends_with("/connect") || call.path.ends_with("/from-url") {
            continue;
        }
        let path = call.path_to_nothing();
        // Whoever signs in, registers or uses a link is somebody else.
        let stranger = hub.browser();
        let browser = if call.is_open() {
            &stranger
        } else {
            &ada.browser
        };
        let request = browser.request(call.method.clone(), &path).json(example);
        let reply = read(request).await;
        let is_read = reply.status != StatusCode::BAD_REQUEST && !reply.status.is_server_error();
        let codes = reply.field_codes();
        let has_shape = !codes
            .iter()
            .any(|code| NOT_OF_THE_SHAPE.iter().any(|wrong| code.ends_with(wrong)));
        if !is_read || !has_shape {
            wrong.push(format!("{} {path}: {:#}", call.method, reply.body));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is answered to a body that is not as the description says.
const NOT_OF_THE_SHAPE: [&str; 4] = [
    ": unknown_field",
    ": wrong_type",
    ": required",
    ": not_allowed",
];

async fn examples_that_make_something_make_it(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    for path in [
        "/api/api-keys",
        "/api/channel-groups",
        "/api/content-templates",
        "/api/hashtag-groups",
        "/api/invitations",
        "/api/media/folders",
        "/api/media/uploads",
        "/api/posts",
        "/api/saved-filters",
        "/api/workspaces",
    ] {
        let calls = calls();
        let call = calls
            .iter()
            .find(|call| call.method == "POST" && call.path == path);
        let body = example(call.unwrap()).unwrap();
        let made = ada.browser.post(path, body.clone()).await;
        assert_eq!(made.status, StatusCode::CREATED, "{path}: {:#}", made.body);
    }
    // Making a workspace has led her session there.
    let draft = ada.ask(Method::GET, "/api/posts", json!({})).await;
    let draft = draft.expect(StatusCode::OK);
    assert_eq!(draft["items"][0]["state"], "draft");
    let (check, preview) = ("/api/posts/validate", "/api/posts/repeat-preview");
    for path in [check, preview] {
        let calls = calls();
        let call = calls
            .iter()
            .find(|call| call.method == "POST" && call.path == path);
        let body = example(call.unwrap()).unwrap();
        let answered = ada.browser.post(path, body.clone()).await;
        assert_eq!(
            answered.status,
            StatusCode::OK,
            "{path}: {:#}",
            answered.body
        );
    }
}

/// Two structs of one name would be one shape in the description, and one of the two calls would be described wrongly.
async fn no_two_shapes_have_one_name(hub: &TestHub) {
    let by_password = json!({
        "grant_type": "refresh_token",
        "refresh_token": "ffr_x"
    });
    let path = "/api/auth/token";
    assert_eq!(
        described::wrong_with(&Method::POST, path, &by_password),
        None
    );
    let refused = hub.browser().post(path, by_password).await;
    assert_eq!(refused.code(), "refresh_token_invalid");
}
