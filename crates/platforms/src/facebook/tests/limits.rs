//! Budgets and rules.

use super::*;

#[tokio::test]
async fn usage_headers_stop_further_calls() {
    let usage = json!({"1122": [{"type": "pages", "call_count": 100, "total_cputime": 2, "total_time": 3, "estimated_time_to_regain_access": 12}]});
    let graph = Scripted::start(
        ID,
        vec![
            ok(json!({"id": "1122_9"}))
                .header(
                    "x-app-usage",
                    r#"{"call_count":28,"total_time":25,"total_cputime":41}"#,
                )
                .header("x-business-use-case-usage", usage.to_string()),
        ],
    )
    .await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    step(&graph, &outgoing, &intended).await;
    let budgets = graph.ctx.http.budgets();
    let app = budgets.usage(&BudgetKey::app(ID)).unwrap();
    assert_eq!((app.percent, app.blocked_until), (41.0, None));
    let page = budgets.usage(&BudgetKey::channel(ID, "c1")).unwrap();
    assert_eq!(page.blocked_until, Some(at("2026-11-20T12:12:00Z")));

    graph.asked();
    let next = delivery("Again", vec![]);
    let intended = announce(&graph, &next, &Progress::start()).await;
    let error = Facebook::new()
        .step(&graph.ctx, &next, &intended)
        .await
        .unwrap_err();
    assert!(
        matches!(error.advice, Advice::RateLimited { .. }),
        "{error:?}"
    );
    assert_eq!(graph.calls().len(), 0);
}

#[tokio::test]
async fn a_refusal_for_too_many_calls_stops_the_channel_too() {
    let graph = Scripted::start(ID, vec![refused(80001, 0)]).await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    Facebook::new()
        .step(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap_err();
    let key = BudgetKey::channel(ID, "c1");
    let until = graph.ctx.http.budgets().blocked_until(&key, at(NOW));
    assert_eq!(until, Some(at("2026-11-20T12:05:00Z")));
}

fn findings(text: &str, media: &[MediaFacts], link: &str) -> Vec<String> {
    let mut options = fanfare_platform_kit::Options::new();
    if !link.is_empty() {
        options.insert("link".into(), link.into());
    }
    let facebook = Facebook::new();
    let content = Content {
        text,
        media,
        options: &options,
    };
    let found = facebook.publish().unwrap().check(&channel(), &content);
    let errors = found
        .iter()
        .filter(|one| one.level == fanfare_platform_kit::rules::Level::Error);
    errors
        .map(|one| format!("{} {}", one.field, one.code))
        .collect()
}

#[test]
fn posts_are_checked_before_they_are_sent() {
    let (photo, video) = (facts("image/jpeg", "A red oven"), facts("video/mp4", ""));
    let photos = |count| vec![photo.clone(); count];
    let none: [&str; 0] = [];
    assert_eq!(findings("Hello", &[], ""), none);
    assert_eq!(findings("", &[], ""), ["text text_required"]);
    assert_eq!(findings("", &[], "https://a.example"), none);
    assert_eq!(findings("", &photos(10), ""), none);
    assert_eq!(findings(&"a".repeat(63_206), &[], ""), none);
    assert_eq!(
        findings(&"a".repeat(63_207), &[], ""),
        ["text text_too_long"]
    );
    assert_eq!(findings("", &photos(11), ""), ["media too_many_media"]);
    assert_eq!(
        findings("", &[photo.clone(), video.clone()], ""),
        ["media media_mix_not_allowed"]
    );
    assert_eq!(findings("", std::slice::from_ref(&video), ""), none);
    let webp = facts("image/webp", "A red oven");
    assert_eq!(
        findings("", &[webp], ""),
        ["media.0 media_type_not_allowed"]
    );
    let large = MediaFacts {
        bytes: 11 * 1024 * 1024,
        ..photo.clone()
    };
    assert_eq!(findings("", &[large], ""), ["media.0 media_too_large"]);
    assert_eq!(
        findings("Hi", &[], "harbour.example"),
        ["options.link invalid_url"]
    );
    assert_eq!(
        findings("Hi", &photos(1), "https://a.example"),
        ["options.link not_allowed"]
    );
}
