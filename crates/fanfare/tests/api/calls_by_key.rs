//! Calls with keys: from where, how often, in which workspace, and what is told of them.

use fanfare_domain::role::Role;
use fanfare_testkit::{StatusCode, TestHub, read};
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use super::api_keys::{Key, reading};
use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_REGISTRATION", "open"),
    ("FANFARE_TRUSTED_PROXIES", "127.0.0.1"),
];

with_hub!(
    a_key_works_from_its_addresses_only,
    a_key_that_calls_too_often_waits,
    what_was_done_with_a_key_is_told,
    a_key_acts_in_its_own_workspace_only,
    a_key_stands_in_for_no_cookie_and_no_cookie_for_a_key,
    a_program_repeats_its_request_safely,
);

async fn a_key_works_from_its_addresses_only(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let mut input = reading();
    input["allowed_ips"] = json!(["203.0.113.7/24", "2001:db8::1"]);
    let key = Key::made(&ada, input).await;
    let shown = ada.browser.get(&key.path()).await.expect(StatusCode::OK);
    assert_eq!(
        shown["allowed_ips"],
        json!(["203.0.113.0/24", "2001:db8::1/128"])
    );
    // The test's own machine is a trusted proxy here, so it is believed about whom it speaks for.
    for (forwarded, status) in [
        (None, 403),
        (Some("203.0.113.200"), 200),
        (Some("2001:db8::1"), 200),
        (Some("198.51.100.1"), 403),
        (Some("203.0.113.200, 198.51.100.1"), 403),
    ] {
        let mut request = key.request(hub, Method::GET, "/api/posts");
        if let Some(forwarded) = forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let reply = read(request).await;
        assert_eq!(reply.status.as_u16(), status, "{forwarded:?}");
        if status == 403 {
            assert_eq!(reply.code(), "api_key_wrong_address");
        }
    }
}

async fn a_key_that_calls_too_often_waits(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let mut input = reading();
    input["rate_per_minute"] = json!(3);
    let key = Key::made(&ada, input).await;
    let number = |response: &Response, name: &str| -> i64 {
        response.headers()[name].to_str().unwrap().parse().unwrap()
    };
    let text = |response: &Response, name: &str| -> String {
        response.headers()[name].to_str().unwrap().to_owned()
    };
    let now = hub.app.now().as_second();
    for left in [2, 1, 0] {
        let response = key.response(hub).await;
        assert_eq!(response.status(), 200);
        assert_eq!(number(&response, "x-ratelimit-limit"), 3);
        assert_eq!(number(&response, "x-ratelimit-remaining"), left);
        let reset = number(&response, "x-ratelimit-reset") - now;
        assert!((1..=61).contains(&reset), "{reset}");
        // A call comes back every twenty seconds.
        let said = text(&response, "ratelimit");
        let all_again = (3 - left) * 20;
        assert_eq!(said, format!("\"default\";r={left};t={all_again}"));
        assert_eq!(text(&response, "ratelimit-policy"), "\"default\";q=3;w=60");
    }
    let refused = key.response(hub).await;
    assert_eq!(refused.status(), 429);
    assert_eq!(number(&refused, "x-ratelimit-remaining"), 0);
    assert_eq!(number(&refused, "retry-after"), 20);
    assert_eq!(text(&refused, "ratelimit"), "\"default\";r=0;t=20");
    assert_eq!(text(&refused, "ratelimit-policy"), "\"default\";q=3;w=60");
    let problem: Value = refused.json().await.unwrap();
    assert_eq!(problem["code"], "too_many_requests");
    let other = Key::made(&ada, reading()).await;
    assert_eq!(other.response(hub).await.status(), 200);
    hub.clock.advance(SignedDuration::from_secs(20));
    assert_eq!(key.response(hub).await.status(), 200);
    assert_eq!(key.response(hub).await.status(), 429);
}

async fn what_was_done_with_a_key_is_told(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let key = Key::made(&ada, reading()).await;
    let today = hub.app.now().to_string()[..10].to_owned();
    key.get(hub, "/api/posts").await;
    key.get(hub, "/api/posts?limit=1").await;
    let post = "/api/posts/01a1fa4f-b4d2-7828-887f-245a61288886";
    assert_eq!(key.get(hub, post).await.status, 404);
    assert_eq!(key.get(hub, "/api/media").await.status, 403);
    // Reading has not meant writing.
    let shown = ada.browser.get(&key.path()).await.expect(StatusCode::OK);
    assert_eq!(shown["last_used_at"], Value::Null);

    let usage = format!("{}/usage", key.path());
    let figures = ada.browser.get(&usage).await.expect(StatusCode::OK);
    assert_eq!(
        figures["days"],
        json!([{ "day": today, "calls": 4, "refused": 2 }])
    );
    let shown = ada.browser.get(&key.path()).await.expect(StatusCode::OK);
    let last: Timestamp = shown["last_used_at"].as_str().unwrap().parse().unwrap();
    assert_eq!(last.as_millisecond(), hub.app.now().as_millisecond());

    let log = format!("{}/log", key.path());
    let first = ada.browser.get(&format!("{log}?limit=3")).await;
    let first = first.expect(StatusCode::OK);
    let told = |page: &Value| -> Vec<String> {
        let calls = page["items"].as_array().unwrap().iter();
        calls
            .map(|call| format!("{} {} {}", call["method"], call["route"], call["status"]))
            .collect()
    };
    assert_eq!(
        told(&first),
        [
            r#""GET" "/api/media" 403"#,
            r#""GET" "/api/posts/{id}" 404"#,
            r#""GET" "/api/posts" 200"#
        ]
    );
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = ada.browser.get(&format!("{log}?cursor={cursor}")).await;
    assert_eq!(
        told(&rest.expect(StatusCode::OK)),
        [r#""GET" "/api/posts" 200"#]
    );

    // The next day is counted by itself, and what is written twice is added up.
    hub.clock.advance(SignedDuration::from_hours(24));
    key.get(hub, "/api/posts").await;
    ada.browser.get(&usage).await;
    key.get(hub, "/api/posts").await;
    let figures = ada.browser.get(&usage).await.expect(StatusCode::OK);
    let calls: Vec<_> = figures["days"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["calls"].as_i64().unwrap())
        .collect();
    assert_eq!(calls, [4, 2]);
    let figures = ada.browser.get(&format!("{usage}?days=1")).await;
    let figures = figures.expect(StatusCode::OK);
    assert_eq!(figures["days"].as_array().unwrap().len(), 1);
    let refused = ada.browser.get(&format!("{usage}?days=0")).await;
    assert_eq!(refused.field_codes(), ["days: out_of_range"]);
}

async fn a_key_acts_in_its_own_workspace_only(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::joined(hub, ada.workspace, Role::Admin).await;
    // Ben's own workspace is the other one that he is a member of.
    let input = json!({ "name": "theirs", "scopes": ["posts.read", "workspace.read"] });
    let made = ben.ask(Method::POST, "/api/api-keys", input).await;
    let key = Key::of(&made.expect(StatusCode::CREATED));
    let list = key.get(hub, "/api/workspaces").await.expect(StatusCode::OK);
    let workspaces = list["items"].as_array().unwrap();
    assert_eq!(workspaces.len(), 1);
    assert_eq!(workspaces[0]["id"], ada.workspace.to_string());
    let status = ben.browser.get("/api/auth/status").await;
    let status = status.expect(StatusCode::OK);
    let all = status["workspaces"].as_array().unwrap();
    assert_eq!(all.len(), 2);
    for workspace in all {
        let id = workspace["id"].as_str().unwrap();
        let request = key
            .request(hub, Method::GET, "/api/posts")
            .header("fanfare-workspace", id);
        let expected = if *id == ada.workspace.to_string() {
            200
        } else {
            403
        };
        assert_eq!(read(request).await.status.as_u16(), expected);
    }
}

async fn a_key_stands_in_for_no_cookie_and_no_cookie_for_a_key(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let key = Key::made(&ada, json!({ "name": "n8n", "scopes": ["posts.write"] })).await;
    let by_key = key
        .request(hub, Method::POST, "/api/posts")
        .header("origin", "https://n8n.example")
        .json(&json!({ "text": "Hello" }));
    assert_eq!(read(by_key).await.status, StatusCode::CREATED);
    // Her cookie goes along, and is not fallen back to.
    for (text, status) in [("ff_nonsense", 401), ("something else", 401)] {
        let request = ada
            .browser
            .request(Method::GET, "/api/posts")
            .bearer_auth(text);
        assert_eq!(read(request).await.status.as_u16(), status, "{text}");
    }
    // Nor does it add to what the key may.
    let request = ada
        .browser
        .request(Method::GET, "/api/api-keys")
        .bearer_auth(&key.text);
    let refused = read(request).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("No API key may"), "{detail}");
    // Another way of authorizing, as proxies use it, is none of ours.
    let request = ada
        .browser
        .request(Method::GET, "/api/posts")
        .basic_auth("proxy", Some("secret"));
    assert_eq!(read(request).await.status, StatusCode::OK);
}

async fn a_program_repeats_its_request_safely(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let scopes = json!({ "name": "n8n", "scopes": ["posts.read", "posts.write"] });
    let key = Key::made(&ada, scopes).await;
    let create = async |key: &Key| {
        let request = key
            .request(hub, Method::POST, "/api/posts")
            .header("idempotency-key", "once");
        read(request.json(&json!({ "text": "Hello" }))).await
    };
    let first = create(&key).await.expect(StatusCode::CREATED);
    let again = create(&key).await.expect(StatusCode::CREATED);
    assert_eq!(again["id"], first["id"]);
    let posts = key.get(hub, "/api/posts").await.expect(StatusCode::OK);
    assert_eq!(posts["items"].as_array().unwrap().len(), 1);
    // What was answered is not shown to a key that may not ask for it.
    let reader = Key::made(&ada, reading()).await;
    assert_eq!(create(&reader).await.status, StatusCode::FORBIDDEN);
}
