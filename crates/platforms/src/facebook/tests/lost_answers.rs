//! What became of a post whose answer was lost.

use super::*;

fn posts() -> Value {
    fixture(include_str!("../fixtures/published_posts.json"))
}

fn found(reconciled: Reconciled) -> String {
    match reconciled {
        Reconciled::Published(receipt) => receipt.remote_id,
        other => panic!("expected the post, not {other:?}"),
    }
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_looking_at_the_page() {
    let graph = Scripted::start(ID, vec![lost(), ok(posts())]).await;
    let outgoing = delivery("See   https://harbour.example/menu\n", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
    assert_eq!(
        found(reconcile(&graph, &outgoing, &intended).await),
        "1122_9002"
    );
    assert_eq!(
        graph.calls(),
        ["POST /v26.0/1122/feed", "GET /v26.0/1122/published_posts"]
    );
}

#[tokio::test]
async fn pictures_tell_posts_of_the_same_text_apart() {
    let folder = TempDir::new().unwrap();
    let ids = |ids: [&str; 2]| ids.map(|id| ok(json!({ "id": id })));
    for (photos, text, expected) in [
        (
            Some(["701", "702"]),
            "Fresh bread at nine",
            Some("1122_9004"),
        ),
        // Facebook changed the text, but the pictures are ours.
        (Some(["702", "701"]), "Fresh bread at 9", Some("1122_9004")),
        (Some(["703", "704"]), "Fresh bread at nine", None),
        (None, "Fresh bread at nine", Some("1122_9003")),
        (None, "Only here an hour ago", None),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        let media = photos.map(|_| two_photos(&folder)).unwrap_or_default();
        let outgoing = delivery(text, media);
        let mut progress = Progress::start();
        if let Some(photos) = photos {
            graph.will_answer(ids(photos).into());
            progress = upload_both(&graph, &outgoing).await;
        }
        let intended = announce(&graph, &outgoing, &progress).await;
        graph.will_answer(vec![ok(posts())]);
        match (reconcile(&graph, &outgoing, &intended).await, expected) {
            (Reconciled::Published(receipt), Some(id)) => assert_eq!(receipt.remote_id, id),
            (Reconciled::Unknown, None) => {}
            (other, _) => panic!("{photos:?} {text}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn pictures_without_ids_are_told_by_text_and_number() {
    let folder = TempDir::new().unwrap();
    let mut list = posts();
    for part in list["data"][0]["attachments"]["data"][0]["subattachments"]["data"]
        .as_array_mut()
        .unwrap()
    {
        part.as_object_mut().unwrap().remove("target");
    }
    let ids = ["901", "902"].map(|id| ok(json!({ "id": id })));
    let graph = Scripted::start(ID, ids.into()).await;
    let outgoing = delivery("Fresh bread at nine", two_photos(&folder));
    let uploaded = upload_both(&graph, &outgoing).await;
    let intended = announce(&graph, &outgoing, &uploaded).await;
    graph.will_answer(vec![ok(list)]);
    assert_eq!(
        found(reconcile(&graph, &outgoing, &intended).await),
        "1122_9004"
    );
}

#[tokio::test]
async fn not_there_counts_only_when_the_call_must_be_over() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Something else", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.will_answer(vec![ok(posts()), ok(posts())]);
    graph.clock.advance(SignedDuration::from_secs(29));
    assert_eq!(
        reconcile(&graph, &outgoing, &intended).await,
        Reconciled::Unknown
    );
    graph.clock.advance(SignedDuration::from_secs(1));
    let Reconciled::NotPublished(progress) = reconcile(&graph, &outgoing, &intended).await else {
        panic!()
    };
    let again = announce(&graph, &outgoing, &progress).await;
    assert_ne!(again, intended, "the new attempt has an instant of its own");
    assert_eq!(again.0["asked"], true, "and knows of the first");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_settles_nothing() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Something else", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.clock.advance(SignedDuration::from_hours(1));
    graph.will_answer(vec![lost()]);
    let error = Facebook::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::Retry { after: None });
}

#[tokio::test]
async fn a_wrong_clock_here_does_not_hide_a_post() {
    let graph = Scripted::start(ID, vec![]).await;
    // Ours runs three hours ahead of Facebook's.
    graph.clock.advance(SignedDuration::from_hours(3));
    let outgoing = delivery("See https://harbour.example/menu", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.will_answer(vec![
        ok(posts()).header("date", "Fri, 20 Nov 2026 12:00:05 GMT"),
    ]);
    assert_eq!(
        found(reconcile(&graph, &outgoing, &intended).await),
        "1122_9002"
    );
}

#[tokio::test]
async fn a_busy_page_is_read_back_to_the_call() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Only here an hour ago", vec![]);
    graph.clock.set(at("2026-11-20T10:59:50Z"));
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let busy = |n: usize| {
        json!({
            "data": [{"id": format!("1122_b{n}"), "message": "Other", "created_time": "2026-11-20T12:00:00+0000"}],
            "paging": {"cursors": {"after": format!("C{n}")}, "next": "https://graph.facebook.com/…"},
        })
    };
    let date = "Fri, 20 Nov 2026 10:59:55 GMT";
    graph.will_answer(vec![
        ok(busy(1)).header("date", date),
        ok(posts()).header("date", date),
    ]);
    assert_eq!(
        found(reconcile(&graph, &outgoing, &intended).await),
        "1122_9001"
    );
    assert_eq!(graph.asked()[1].field("after"), "C1");

    // Busier than anything reasonable: no answer is better than a wrong one.
    graph.will_answer((0..5).map(|n| ok(busy(n)).header("date", date)).collect());
    let error = Facebook::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
}

#[tokio::test]
async fn a_duplicate_may_be_our_own_post() {
    let asked_before =
        Progress::from_value(&json!({ "stage": "uploading", "photos": [], "asked": true }));
    for (text, published) in [("Fresh bread at nine", true), ("Something else", false)] {
        let graph = Scripted::start(ID, vec![]).await;
        let outgoing = delivery(text, vec![]);
        let intended = announce(&graph, &outgoing, &asked_before).await;
        graph.will_answer(vec![refused(506, 0), ok(posts())]);
        match Facebook::new().step(&graph.ctx, &outgoing, &intended).await {
            Ok(Step::Published(receipt)) if published => assert_eq!(receipt.remote_id, "1122_9003"),
            Err(error) if !published => assert_eq!(error.code, ErrorCode::DuplicateContent),
            other => panic!("{text}: {other:?}"),
        }
    }
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &asked_before).await;
    graph.will_answer(vec![refused(506, 0), lost()]);
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
}

#[tokio::test]
async fn a_duplicate_of_a_first_call_is_somebody_elses_post() {
    let graph = Scripted::start(ID, vec![refused(506, 0)]).await;
    let outgoing = delivery("Fresh bread at nine", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::DuplicateContent);
    assert_eq!(
        graph.calls(),
        ["POST /v26.0/1122/feed"],
        "nothing is looked for"
    );
}
