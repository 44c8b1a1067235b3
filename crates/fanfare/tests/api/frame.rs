//! What surrounds every request: ids, problems, headers, limits.

use fanfare_testkit::TestHub;
use reqwest::header::{ALLOW, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, Response};
use serde_json::Value;

use super::with_hub;

const VARIABLES: &[(&str, &str)] = &[];

with_hub!(
    every_answer_has_an_id_and_strict_headers,
    whatever_is_refused_is_a_problem,
    pages_for_people_stay_pages,
    health_is_told_to_anybody_and_metrics_to_nobody_outside,
);

async fn every_answer_has_an_id_and_strict_headers(hub: &TestHub) {
    let browser = hub.browser();
    for path in [
        "/api/auth/status",
        "/api/workspaces",
        "/api/nothing",
        "/openapi.json",
        "/health/live",
        "/",
    ] {
        let headers = browser
            .request(Method::GET, path)
            .send()
            .await
            .unwrap()
            .headers()
            .clone();
        assert_eq!(text(&headers, "x-request-id").len(), 24, "{path}");
        assert_eq!(
            text(&headers, "x-content-type-options"),
            "nosniff",
            "{path}"
        );
        assert_eq!(text(&headers, "referrer-policy"), "same-origin", "{path}");
        // No other site shows ours in a frame, where clicks could be stolen.
        assert_eq!(text(&headers, "x-frame-options"), "DENY", "{path}");
        let policy = text(&headers, "content-security-policy");
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
    let named = browser
        .request(Method::GET, "/api/workspaces")
        .header("x-request-id", "edge-7");
    let answer = named.send().await.unwrap();
    assert_eq!(text(answer.headers(), "x-request-id"), "edge-7");
    assert_eq!(text(answer.headers(), "cache-control"), "no-store");
    assert_eq!(
        answer.json::<Value>().await.unwrap()["request_id"],
        "edge-7"
    );
}

async fn whatever_is_refused_is_a_problem(hub: &TestHub) {
    let send = async |method: Method, path: &str, kind: &str, body: Vec<u8>| {
        let request = hub
            .browser()
            .request(method, path)
            .header(CONTENT_TYPE, kind);
        request.body(body).send().await.unwrap()
    };
    let json = "application/json";
    let login = "/api/auth/login";
    let large = vec![b' '; 1024 * 1024 + 1];
    for (method, path, kind, body, status, code) in [
        (Method::GET, "/api/nothing", json, vec![], 404, "not_found"),
        (Method::POST, "/api/auth", json, vec![], 404, "not_found"),
        (Method::GET, "/api", json, vec![], 404, "not_found"),
        (Method::GET, "/api/", json, vec![], 404, "not_found"),
        (
            Method::GET,
            "/hooks/facebook/none",
            json,
            vec![],
            404,
            "not_found",
        ),
        (
            Method::GET,
            "/hooks/none",
            json,
            vec![],
            404,
            "platform_unknown",
        ),
        (Method::GET, "/health/none", json, vec![], 404, "not_found"),
        (Method::PUT, login, json, vec![], 405, "method_not_allowed"),
        (
            Method::POST,
            "/health/live",
            json,
            vec![],
            405,
            "method_not_allowed",
        ),
        (
            Method::GET,
            "/media/public/%ff/1/x/bread.png",
            json,
            vec![],
            400,
            "malformed_request",
        ),
        (
            Method::POST,
            login,
            "text/plain",
            b"{}".to_vec(),
            415,
            "unsupported_media_type",
        ),
        (
            Method::POST,
            login,
            json,
            b"{\"email\":".to_vec(),
            400,
            "malformed_request",
        ),
        (
            Method::POST,
            login,
            json,
            vec![0xff, 0xfe],
            400,
            "malformed_request",
        ),
        (Method::POST, login, json, vec![], 400, "malformed_request"),
        (Method::POST, login, json, large, 413, "payload_too_large"),
        (
            Method::POST,
            login,
            json,
            b"{}".to_vec(),
            422,
            "invalid_input",
        ),
        (
            Method::GET,
            "/api/workspaces",
            json,
            vec![],
            401,
            "not_authenticated",
        ),
    ] {
        let asked = format!("{method} {path}");
        let answer = send(method, path, kind, body).await;
        assert_eq!(answer.status().as_u16(), status, "{asked}");
        if status == 405 {
            let takes = if path == login { "POST" } else { "GET,HEAD" };
            assert_eq!(answer.headers()[ALLOW], takes);
        }
        assert_eq!(problem_code(answer).await, code, "{asked}");
    }
}

async fn pages_for_people_stay_pages(hub: &TestHub) {
    for path in ["/unsubscribe", "/data-deletion"] {
        for word in ["none", "%ff"] {
            let asked = hub
                .browser()
                .request(Method::GET, &format!("{path}/{word}"));
            let answer = asked.send().await.unwrap();
            assert_eq!(answer.status(), 404, "{path}/{word}");
            let kind = text(answer.headers(), "content-type");
            assert!(kind.starts_with("text/html"), "{path}/{word}: {kind}");
        }
    }
}

async fn health_is_told_to_anybody_and_metrics_to_nobody_outside(hub: &TestHub) {
    let status = async |path: &str| {
        hub.browser()
            .request(Method::GET, path)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(status("/health/live").await, 200);
    assert_eq!(status("/health/ready").await, 200);
    // This hub collects none.
    assert_eq!(status("/metrics").await, 404);
    hub.store.close().await;
    assert_eq!(status("/health/live").await, 200);
    assert_eq!(status("/health/ready").await, 503);
    // What broke is for the log: the caller gets an id to quote.
    let broken = hub
        .browser()
        .request(Method::GET, "/api/auth/status")
        .send()
        .await
        .unwrap();
    assert_eq!(broken.status(), 500);
    let body: Value = broken.json().await.unwrap();
    assert_eq!(body["code"], "internal");
    let detail = body["detail"].as_str().unwrap();
    assert!(
        !detail.contains("pool") && !detail.contains("database"),
        "{detail}"
    );
}

async fn problem_code(answer: Response) -> String {
    assert_eq!(
        text(answer.headers(), "content-type"),
        "application/problem+json"
    );
    let (id, status) = (
        text(answer.headers(), "x-request-id"),
        answer.status().as_u16(),
    );
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["request_id"], id.as_str());
    assert_eq!(body["status"], status);
    assert!(!body["title"].as_str().unwrap().is_empty());
    assert!(!body["detail"].as_str().unwrap().is_empty());
    let code = body["code"].as_str().unwrap().to_owned();
    assert_eq!(body["type"], format!("urn:fanfare:error:{code}"));
    code
}

fn text(headers: &HeaderMap, name: &str) -> String {
    headers
        .get(name)
        .map(|value| value.to_str().unwrap().to_owned())
        .unwrap_or_default()
}
