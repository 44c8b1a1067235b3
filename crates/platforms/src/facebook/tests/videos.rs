//! Videos, piece by piece.

use super::*;

fn film(folder: &TempDir) -> OutgoingMedia {
    medium(folder.path(), "a.mp4", "video/mp4", "")
}

/// "bytes of a.mp4" has 14 bytes.
fn offsets(start: u64, end: u64) -> Reply {
    ok(json!({"start_offset": start.to_string(), "end_offset": end.to_string()}))
}

fn started(id: &str) -> Reply {
    ok(
        json!({"upload_session_id": format!("s{id}"), "video_id": id, "start_offset": "0", "end_offset": "9"}),
    )
}

fn status(status: &str) -> Reply {
    ok(
        json!({"id": "801", "status": {"video_status": status}, "permalink_url": "/1122/videos/801/"}),
    )
}

async fn send_whole(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    graph.will_answer(vec![started("801"), offsets(9, 14), offsets(14, 14)]);
    let mut progress = Progress::start();
    for _ in 0..3 {
        let Step::Checkpoint(next) = step(graph, outgoing, &progress).await else {
            panic!()
        };
        progress = next;
    }
    announce(graph, outgoing, &progress).await
}

#[tokio::test]
async fn a_video_is_sent_in_pieces_finished_and_waited_for() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Baking", vec![film(&folder)]);
    let intended = send_whole(&graph, &outgoing).await;
    graph.will_answer(vec![
        ok(json!({"success": true})),
        status("processing"),
        status("ready"),
    ]);
    let Step::Checkpoint(accepted) = step(&graph, &outgoing, &intended).await else {
        panic!()
    };
    let Step::Wait { progress, .. } = step(&graph, &outgoing, &accepted).await else {
        panic!()
    };
    let Step::Published(receipt) = step(&graph, &outgoing, &progress).await else {
        panic!()
    };
    assert_eq!(receipt.remote_id, "801");
    assert_eq!(
        receipt.permalink.as_deref(),
        Some("https://www.facebook.com/1122/videos/801/")
    );
    let asked = graph.asked();
    assert!(
        asked[..4]
            .iter()
            .all(|asked| asked.call == "POST /v26.0/1122/videos")
    );
    assert_eq!(
        (asked[0].field("upload_phase"), asked[0].field("file_size")),
        ("start", "14")
    );
    for (asked, piece, offset) in [(&asked[1], "bytes of ", "0"), (&asked[2], "a.mp4", "9")] {
        assert!(
            asked.body.contains(&format!("\r\n\r\n{piece}\r\n")),
            "{}",
            asked.body
        );
        assert!(
            asked
                .body
                .contains(&format!("\"start_offset\"\r\n\r\n{offset}\r\n")),
            "{}",
            asked.body
        );
        assert!(asked.body.contains("s801"));
    }
    assert_eq!(
        (
            asked[3].field("upload_phase"),
            asked[3].field("description")
        ),
        ("finish", "Baking")
    );
}

#[tokio::test]
async fn a_video_that_cannot_be_processed_says_why() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Baking", vec![film(&folder)]);
    let intended = send_whole(&graph, &outgoing).await;
    let failed = json!({"id": "801", "status": {"video_status": "error", "processing_phase": {"status": "error", "error": {"message": "Resolution too low"}}}});
    graph.will_answer(vec![ok(json!({"success": true})), ok(failed)]);
    let Step::Checkpoint(accepted) = step(&graph, &outgoing, &intended).await else {
        panic!()
    };
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &accepted)
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaRejected);
    assert!(error.detail.contains("Resolution too low"));
}

#[tokio::test]
async fn an_upload_that_facebook_lost_begins_again_a_few_times() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Baking", vec![film(&folder)]);
    let graph = Scripted::start(ID, vec![started("801")]).await;
    let Step::Checkpoint(mut progress) = step(&graph, &outgoing, &Progress::start()).await else {
        panic!()
    };
    for round in 1..=3 {
        graph.will_answer(vec![
            refused(6001, 1_363_037),
            started(&format!("80{round}")),
        ]);
        let Step::Checkpoint(next) = step(&graph, &outgoing, &progress).await else {
            panic!()
        };
        assert_eq!(next.0["upload"]["start"], 0);
        progress = next;
    }
    graph.will_answer(vec![refused(100, 0)]);
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &progress)
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::Permanent);
}

#[tokio::test]
async fn a_video_is_asked_for_by_its_id() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Baking", vec![film(&folder)]);
    let published = ok(json!({"id": "801", "published": true}));
    for (answer, stage) in [
        (status("processing"), "processing"),
        (status("ready"), "processing"),
        (status("error"), "processing"),
        (published, "processing"),
        (status("upload_complete"), "sending"),
        (status("uploading"), "sending"),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        let intended = send_whole(&graph, &outgoing).await;
        graph.asked();
        graph.will_answer(vec![lost(), answer]);
        let error = Facebook::new()
            .step(&graph.ctx, &outgoing, &intended)
            .await
            .unwrap_err();
        assert_eq!(error.advice, Advice::OutcomeUnknown);
        let Reconciled::NotPublished(next) = reconcile(&graph, &outgoing, &intended).await else {
            panic!()
        };
        assert_eq!(next.0["stage"], stage);
        assert_eq!(graph.calls(), ["POST /v26.0/1122/videos", "GET /v26.0/801"]);
    }
}

/// The last call may never have arrived: then the video is there, and no post shows it.
#[tokio::test]
async fn a_video_that_is_ready_is_not_thereby_shown() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Baking", vec![film(&folder)]);
    let ready = |published: bool| {
        ok(json!({"id": "801", "published": published, "status": {"video_status": "ready"}}))
    };
    let graph = Scripted::start(ID, vec![]).await;
    let intended = send_whole(&graph, &outgoing).await;
    graph.will_answer(vec![ready(false), ready(false), ready(false), ready(true)]);
    let Reconciled::NotPublished(next) = reconcile(&graph, &outgoing, &intended).await else {
        panic!()
    };
    let error = Facebook::new()
        .step(&graph.ctx, &outgoing, &next)
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
    assert_eq!(
        reconcile(&graph, &outgoing, &next).await,
        Reconciled::Unknown
    );
    let Reconciled::Published(receipt) = reconcile(&graph, &outgoing, &next).await else {
        panic!()
    };
    assert_eq!(receipt.remote_id, "801");
}
