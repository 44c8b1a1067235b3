//! What became of a container whose answer was lost.

use super::*;

fn media_list() -> Value {
    fixture(include_str!("../fixtures/media.json"))
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_the_container() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Fresh bread at nine", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![lost()]);
    let error = step(&graph, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);

    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap();
    let Reconciled::Published(receipt) = settled else {
        panic!("{settled:?}")
    };
    assert_eq!(
        receipt.remote_id, "18003",
        "not yesterday's of the same words"
    );
}

#[tokio::test]
async fn an_unpublished_container_is_published_after_all() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![status("FINISHED")]);
    let settled = Instagram::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap();
    let Reconciled::NotPublished(progress) = settled else {
        panic!("{settled:?}")
    };
    graph.asked();
    graph.will_answer(vec![
        status("FINISHED"),
        quota(0, 100),
        id("18003"),
        id("18003"),
    ]);
    let Step::Intend(intended) = walk(&graph, &outgoing, &progress).await.unwrap() else {
        panic!()
    };
    walk(&graph, &outgoing, &intended).await.unwrap();
    let asked = graph.asked();
    let publish = asked
        .iter()
        .find(|asked| asked.call.ends_with("media_publish"))
        .unwrap();
    assert_eq!(
        publish.field("creation_id"),
        "17900",
        "the same container, never a second one"
    );
}

#[tokio::test]
async fn what_instagram_says_of_a_container_decides() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    for (answer, expected) in [
        (status("IN_PROGRESS"), "unknown"),
        (status("EXPIRED"), "preparing"),
        (
            ok(json!({"status_code": "ERROR", "status": "Error"})),
            "preparing",
        ),
        (refused(24, 2_207_006), "unknown"),
        (lost(), "error"),
        (status("MELTED"), "error"),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        let intended = announced_photo(&graph, &outgoing).await;
        graph.will_answer(vec![answer]);
        let settled = Instagram::new()
            .reconcile(&graph.ctx, &outgoing, &intended)
            .await;
        let words = match settled {
            Ok(Reconciled::Unknown) => "unknown".to_owned(),
            Ok(Reconciled::NotPublished(progress)) => {
                progress.0["stage"].as_str().unwrap().to_owned()
            }
            Ok(Reconciled::Published(_)) => "published".to_owned(),
            Err(_) => "error".to_owned(),
        };
        assert_eq!(words, expected);
    }
}

#[tokio::test]
async fn a_list_that_lags_behind_is_waited_for_and_then_done_without() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Not in the list", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap();
    assert_eq!(settled, Reconciled::Unknown);
    graph.clock.advance(SignedDuration::from_mins(2));
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap();
    let Reconciled::Published(receipt) = settled else {
        panic!("{settled:?}")
    };
    assert_eq!(
        (receipt.remote_id.as_str(), receipt.permalink),
        ("17900", None)
    );
}

#[tokio::test]
async fn a_container_published_by_a_call_we_gave_up_is_never_made_anew() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Fresh bread at nine", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![refused(24, 2_207_006)]);
    let error = step(&graph, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);

    // Or it is noticed before the second call.
    graph.clock.advance(SignedDuration::from_secs(30));
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let Step::Published(receipt) = step(&graph, &outgoing, &intended).await.unwrap() else {
        panic!()
    };
    assert_eq!(receipt.remote_id, "18003");
}

#[tokio::test]
async fn stories_are_found_among_stories() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = of_format("story", delivery("", vec![photo(&folder, "a.jpg")]));
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new()
        .reconcile(&graph.ctx, &outgoing, &intended)
        .await
        .unwrap();
    let Reconciled::Published(receipt) = settled else {
        panic!("{settled:?}")
    };
    assert_eq!(receipt.remote_id, "18002", "the nearest to the call");
    assert_eq!(graph.calls()[1], "GET /v26.0/1122/stories");
}
