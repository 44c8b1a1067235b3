//! More posts in a day than a platform takes: three on the pretend one.

use serde_json::{Value, json};

use super::browser::Browser;
use super::stage::Stage;
use super::staged;

staged!(more_posts_than_the_platform_takes_are_told);

async fn more_posts_than_the_platform_takes_are_told(stage: Stage) {
    stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let channel = json!(stage.channel("bakery").await.id);
    let body = |at: &str| {
        let schedule = json!({"kind": "at", "at": at, "time_zone": "UTC"});
        json!({"text": at, "channel_ids": [channel], "schedule": schedule})
    };
    let plan = async |at: &str| {
        let got = browser.post("/api/posts", body(at)).await;
        assert_eq!(got.status, 201, "{got:?}");
        got.json()
    };
    let said = async |body: Value| {
        let got = browser.post("/api/posts/validate", body).await;
        assert_eq!(got.status, 200, "{got:?}");
        got.json()["findings"].clone()
    };

    plan("2026-11-21T09:00:00Z").await;
    plan("2026-11-21T12:00:00Z").await;
    assert_eq!(said(body("2026-11-21T18:00:00Z")).await, json!([]));
    let third = plan("2026-11-21T15:00:00Z").await;
    assert_eq!(third["warnings"], json!([]), "three are taken");

    let told = |findings: &Value| {
        let finding = &findings[0];
        let part = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
        let words = part("detail");
        assert!(words.starts_with("3 of 3 posts a day"), "{findings}");
        assert_eq!(finding["fix"]["kind"], "move");
        let at = finding["fix"]["at"].as_str().unwrap().to_owned();
        ([part("level"), part("code"), part("field")].join(" "), at)
    };
    let expected = (
        "warning daily_limit_reached schedule.at".to_owned(),
        "2026-11-22T09:00:00Z".to_owned(),
    );
    let evening = body("2026-11-21T18:00:00Z");
    assert_eq!(told(&said(evening.clone()).await), expected);
    // The day before is within a day of all three as well.
    let before = said(body("2026-11-20T18:00:00Z")).await;
    assert_eq!(told(&before), expected);
    let free = body("2026-11-22T09:00:00Z");
    assert_eq!(said(free).await, json!([]), "the first is a day old");

    let mut own = evening.clone();
    own["post_id"] = third["id"].clone();
    assert_eq!(said(own).await, json!([]), "not in its own way");
    assert_eq!(
        told(&plan("2026-11-21T18:00:00Z").await["warnings"]),
        expected
    );
}
