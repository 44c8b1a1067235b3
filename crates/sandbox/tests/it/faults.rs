//! Each fault, on each platform, from the outside.

use std::time::{Duration, Instant};

use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform};
use reqwest::Response;
use serde_json::{Value, json};

use crate::drive::{Drive, good, graph_error, json as body, text};
use crate::{facebook, instagram, mastodon, shelf};

/// A Page and a Mastodon account that can be published on.
struct Ready {
    drive: Drive,
    page: String,
    token: String,
    mastodon: String,
}

impl Ready {
    async fn new() -> Self {
        let drive = Drive::new().await;
        let (page, token) = facebook::page(&drive).await;
        let mastodon = mastodon::log_in(&drive, "").await;
        Self {
            drive,
            page,
            token,
            mastodon,
        }
    }

    fn next(&self, fault: Fault, delay: u64) {
        let rule = FaultRule {
            call: CallKind::Publish,
            delay_ms: Some(delay),
            ..FaultRule::new(fault)
        };
        self.drive.sandbox.faults().add(rule);
    }

    async fn on_page(&self) -> reqwest::Result<Response> {
        let at = self
            .drive
            .at(&format!("/facebook/v26.0/{}/feed", self.page));
        self.drive
            .client
            .post(at)
            .bearer_auth(&self.token)
            .form(&[("message", "Bread")])
            .send()
            .await
    }

    async fn on_mastodon(&self) -> Response {
        mastodon::publish(
            &self.drive,
            &self.mastodon,
            &json!({"status": "Bread"}),
            "key",
        )
        .await
    }

    fn count(&self) -> usize {
        self.drive.sandbox.published().len()
    }
}

fn usage(answer: &Response, name: &str) -> Value {
    serde_json::from_str(answer.headers()[name].to_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_rate_limit_says_how_long() {
    let ready = Ready::new().await;
    ready.next(Fault::RateLimit, 90_000);
    let answer = ready.on_page().await.unwrap();
    assert_eq!(answer.status(), 400);
    let business = &usage(&answer, "x-business-use-case-usage")[&ready.page][0];
    assert_eq!(
        (&business["type"], &business["call_count"]),
        (&json!("pages"), &json!(100))
    );
    assert_eq!(business["estimated_time_to_regain_access"], 2);
    assert!(
        usage(&answer, "x-app-usage")["call_count"]
            .as_u64()
            .unwrap()
            < 100
    );
    assert_eq!(graph_error(answer).await.0, 80001);

    ready.next(Fault::RateLimit, 30_000);
    let answer = ready.on_mastodon().await;
    assert_eq!(
        (
            answer.status().as_u16(),
            &answer.headers()["x-ratelimit-remaining"]
        ),
        (429, &"0".parse().unwrap())
    );
    assert!(answer.headers().contains_key("x-ratelimit-reset"));

    let account = instagram::through_facebook(&ready.drive).await;
    ready.next(Fault::RateLimit, 0);
    assert_eq!(
        graph_error(account.publish(&ready.drive, "1").await)
            .await
            .0,
        80002
    );
    assert_eq!(ready.count(), 0);
    assert!(ready.on_page().await.unwrap().status().is_success());
}

#[tokio::test]
async fn a_set_limit_is_enforced() {
    let ready = Ready::new().await;
    ready
        .drive
        .sandbox
        .behave(|behaviour| behaviour.call_limit = Some(2));
    for expected in [true, true, false] {
        assert_eq!(
            ready.on_page().await.unwrap().status().is_success(),
            expected
        );
    }
    assert_eq!(ready.count(), 2);
}

#[tokio::test]
async fn the_platforms_own_trouble_is_not_done() {
    let ready = Ready::new().await;
    ready.next(Fault::ServerError, 0);
    let answer = ready.on_page().await.unwrap();
    assert_eq!(answer.status(), 500);
    let error = body(answer).await["error"].clone();
    assert_eq!(
        (&error["code"], &error["is_transient"]),
        (&json!(2), &json!(true))
    );
    ready.next(Fault::ServerError, 0);
    assert_eq!(ready.on_mastodon().await.status(), 503);
    assert_eq!(ready.count(), 0);
}

#[tokio::test]
async fn a_timeout_before_does_nothing_and_one_after_has_done_it() {
    let ready = Ready::new().await;
    for (fault, count) in [(Fault::TimeoutBefore, 0), (Fault::TimeoutAfter, 1)] {
        ready.next(fault, 50);
        let began = Instant::now();
        let error = ready.on_page().await.expect_err("no answer");
        assert!(
            error.is_request() && began.elapsed() >= Duration::from_millis(50),
            "{error:?}"
        );
        assert_eq!(ready.count(), count);
    }
    ready.next(Fault::TimeoutAfter, 50);
    let status = ready
        .drive
        .client
        .post(ready.drive.at("/api/v1/statuses"))
        .bearer_auth(&ready.mastodon);
    let status = status
        .header("idempotency-key", "k")
        .json(&json!({"status": "Once"}));
    assert!(status.try_clone().unwrap().send().await.is_err());
    good(status.send().await.unwrap()).await;
    assert_eq!(ready.count(), 2);
}

#[tokio::test]
async fn work_goes_on_when_the_caller_hangs_up() {
    let ready = Ready::new().await;
    ready.next(Fault::Slow, 200);
    let hasty = tokio::time::timeout(Duration::from_millis(50), ready.on_page()).await;
    assert!(hasty.is_err());
    assert_eq!(ready.count(), 0);
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(ready.count(), 1);
}

#[tokio::test]
async fn tokens_expire_and_are_revoked() {
    let ready = Ready::new().await;
    for (fault, subcode, words) in [
        (Fault::ExpiredToken, 463, "The access token expired"),
        (Fault::RevokedToken, 458, "The access token was revoked"),
    ] {
        ready.next(fault, 0);
        assert_eq!(
            graph_error(ready.on_page().await.unwrap()).await,
            (190, Some(subcode))
        );
        ready.next(fault, 0);
        let answer = ready.on_mastodon().await;
        assert_eq!(answer.status(), 401);
        assert_eq!(body(answer).await["error"], words);
    }
    assert_eq!(ready.count(), 0);
}

#[tokio::test]
async fn media_is_rejected_in_each_platforms_way() {
    let ready = Ready::new().await;
    let drive = &ready.drive;
    let rule = FaultRule {
        call: CallKind::Media,
        times: 3,
        ..FaultRule::new(Fault::RejectedMedia)
    };
    drive.sandbox.faults().add(rule);
    let aside = [
        ("published", "false"),
        ("access_token", ready.token.as_str()),
    ];
    let photo = drive
        .upload(
            &format!("/facebook/{}/photos", ready.page),
            "source",
            shelf::jpeg(),
            &aside,
        )
        .await;
    assert_eq!(graph_error(photo).await, (324, Some(1366046)));
    let account = instagram::through_facebook(drive).await;
    let container = account
        .container(drive, &[("image_url", "http://127.0.0.1:9/a.jpg")])
        .await;
    assert_eq!(graph_error(container).await, (36001, Some(2207005)));
    let attachment = drive
        .upload(
            "/api/v2/media",
            "file",
            shelf::jpeg(),
            &[("access_token", &ready.mastodon)],
        )
        .await;
    assert_eq!(attachment.status(), 422);

    let asked = [("media_type", "REELS"), ("upload_type", "resumable")];
    let container = good(account.container(drive, &asked).await).await;
    let rule = FaultRule {
        call: CallKind::Status,
        ..FaultRule::new(Fault::RejectedMedia)
    };
    drive.sandbox.faults().add(rule);
    let seen = account
        .read(drive, text(&container["id"]), "status_code,status")
        .await;
    assert!(
        seen["status_code"] == "ERROR" && text(&seen["status"]).contains("2207026"),
        "{seen}"
    );
}

#[tokio::test]
async fn an_answer_may_be_no_json() {
    let ready = Ready::new().await;
    ready.next(Fault::NotJson, 0);
    let answer = ready.on_page().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(serde_json::from_str::<Value>(&answer.text().await.unwrap()).is_err());
    assert_eq!(ready.count(), 0);
}

#[tokio::test]
async fn a_fault_hits_only_what_it_is_aimed_at() {
    let ready = Ready::new().await;
    let rule = FaultRule::new(Fault::ServerError);
    ready.drive.sandbox.faults().add(FaultRule {
        platform: Some(Platform::Instagram),
        call: CallKind::Publish,
        ..rule
    });
    assert!(ready.on_page().await.unwrap().status().is_success());
    assert!(ready.on_mastodon().await.status().is_success());
    let account = instagram::through_facebook(&ready.drive).await;
    assert_eq!(account.publish(&ready.drive, "1").await.status(), 500);
    assert!(ready.drive.sandbox.faults().list().is_empty());
}
