//! Giving accounts back.

use std::sync::atomic::Ordering;

use fanfare_app::composing::{PostInput, ScheduleInput, create_post, read_post};
use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::post::PostState;
use fanfare_domain::{ConnectionStatus, ErrorCode, PostId};
use fanfare_store::{binds, sql};
use jiff::SignedDuration;
use serde_json::json;

use super::browser::Browser;
use super::scripted::TOKEN;
use super::stage::Stage;
use super::staged;

staged!(
    giving_back_deletes_tokens_and_removes_channels,
    what_was_scheduled_is_cancelled_on_request,
    what_was_scheduled_is_kept_on_request,
    two_workspaces_connect_the_same_account_separately,
    bad_requests_are_refused,
);

async fn giving_back_deletes_tokens_and_removes_channels(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let body = json!({"connection_id": connection, "scheduled": "keep"});
    let got = browser
        .post("/api/platforms/scripted/disconnect", body.clone())
        .await;
    assert_eq!(
        (got.status.as_u16(), got.json()),
        (200, json!({"cancelled_deliveries": 0}))
    );
    assert_eq!(stage.platform.revocations.load(Ordering::SeqCst), 1);
    assert_eq!(stage.sealed(connection).await, None);
    let mut tx = stage.app.store.as_system("test").read().await.unwrap();
    let left = tx
        .one(
            sql!("SELECT COUNT(*) AS tokens FROM channels WHERE credentials IS NOT NULL"),
            binds![],
            |row| row.int("tokens"),
        )
        .await
        .unwrap();
    assert_eq!(left, 0);
    drop(tx);
    let got = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    assert_eq!(
        (&got["status"], &got["channels"]),
        (&json!("disconnected"), &json!([]))
    );
    assert_eq!(
        browser.get("/api/channels").await.json()["items"],
        json!([])
    );
    assert!(stage.is_audited("connection.disconnected").await);

    // Once more changes nothing.
    let got = browser
        .post("/api/platforms/scripted/disconnect", body)
        .await;
    assert_eq!(got.status, 200);
    assert_eq!(stage.platform.revocations.load(Ordering::SeqCst), 1);
    let got = browser
        .post(&format!("/api/connections/{connection}/refresh"), json!({}))
        .await;
    assert_eq!(
        (got.status.as_u16(), &got.json()["code"]),
        (409, &json!("not_possible_in_state"))
    );
}

/// A post to both channels of one account, and to one of another, in an hour.
async fn schedule(stage: &Stage) -> PostId {
    let channels = [
        stage.channel("bakery").await,
        stage.channel("cafe").await,
        stage.channel("pier").await,
    ];
    let input = PostInput {
        text: "Fresh bread".to_owned(),
        channels: channels.map(|channel| channel.id).to_vec(),
        schedule: Some(ScheduleInput::At {
            at: stage.app.now() + SignedDuration::from_hours(1),
            time_zone: None,
            repeat: None,
        }),
        ..PostInput::default()
    };
    create_post(&stage.app, &stage.caller, &input)
        .await
        .unwrap()
        .post
        .id
}

async fn states(stage: &Stage, post: PostId) -> (PostState, Vec<DeliveryState>) {
    let (detail, _) = read_post(&stage.app, &stage.caller, post).await.unwrap();
    (
        detail.post.state,
        detail
            .deliveries
            .iter()
            .map(|delivery| delivery.state)
            .collect(),
    )
}

async fn waiting_jobs(stage: &Stage) -> i64 {
    let mut tx = stage.app.store.as_system("test").read().await.unwrap();
    tx.one(
        sql!("SELECT COUNT(*) AS jobs FROM jobs WHERE key LIKE 'deliver:%'"),
        binds![],
        |row| row.int("jobs"),
    )
    .await
    .unwrap()
}

async fn what_was_scheduled_is_cancelled_on_request(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.list(&["pier"]);
    let other = stage.paste("ben").await;
    let post = schedule(&stage).await;
    assert_eq!(waiting_jobs(&stage).await, 3);

    let browser = Browser::open(&stage).await;
    let preview = browser
        .get(&format!("/api/connections/{connection}/disconnect-preview"))
        .await
        .json();
    assert_eq!(
        preview,
        json!({
            "channels": ["The bakery", "The cafe"],
            "scheduled_deliveries": 2,
            "scheduled_posts": 1,
            "posts": [{
                "id": post,
                "text": "Fresh bread",
                "due_at": stage.app.now() + SignedDuration::from_hours(1),
                "channels": ["The bakery", "The cafe"],
                "elsewhere": true,
            }],
        })
    );
    let body = json!({"connection_id": connection, "scheduled": "cancel"});
    let got = browser
        .post("/api/platforms/scripted/disconnect", body)
        .await;
    assert_eq!(got.json(), json!({"cancelled_deliveries": 2}));
    use DeliveryState::{Cancelled, Scheduled};
    assert_eq!(
        states(&stage, post).await,
        (PostState::Scheduled, vec![Cancelled, Cancelled, Scheduled])
    );
    assert_eq!(waiting_jobs(&stage).await, 1);

    assert_eq!(stage.disconnect(other).await, 1);
    assert_eq!(states(&stage, post).await.0, PostState::Cancelled);
    assert_eq!(waiting_jobs(&stage).await, 0);
    let cancelled = stage.audit_actions().await;
    assert_eq!(
        cancelled
            .iter()
            .filter(|action| *action == "delivery.cancelled")
            .count(),
        3
    );
}

async fn what_was_scheduled_is_kept_on_request(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.list(&["pier"]);
    stage.paste("ben").await;
    let post = schedule(&stage).await;
    let browser = Browser::open(&stage).await;
    let body = json!({"connection_id": connection, "scheduled": "keep"});
    let got = browser
        .post("/api/platforms/scripted/disconnect", body)
        .await;
    assert_eq!(got.json(), json!({"cancelled_deliveries": 0}));
    assert_eq!(states(&stage, post).await.1, [DeliveryState::Scheduled; 3]);
    assert_eq!(waiting_jobs(&stage).await, 3);

    // Connected again in time, the same channels are there to publish to.
    stage.platform.list(&["bakery", "cafe"]);
    assert_eq!(stage.paste("ann").await, connection);
    let (detail, _) = read_post(&stage.app, &stage.caller, post).await.unwrap();
    assert_eq!(
        detail.deliveries[0].channel_id,
        stage.channel("bakery").await.id
    );
    assert!(stage.token("bakery").await.unwrap().starts_with(TOKEN));
}

async fn two_workspaces_connect_the_same_account_separately(stage: Stage) {
    let neighbour = stage.as_neighbour().await;
    let ours = stage.paste("ann").await;
    let theirs = neighbour.paste("ann").await;
    assert_ne!(ours, theirs);
    let (our_channel, their_channel) = (
        stage.channel("bakery").await.id,
        neighbour.channel("bakery").await.id,
    );
    assert_ne!(our_channel, their_channel);

    stage.disconnect(ours).await;
    assert_eq!(
        stage.platform.revocations.load(Ordering::SeqCst),
        0,
        "the other one uses the grant"
    );
    assert_eq!(
        neighbour.view(theirs).await.status,
        ConnectionStatus::Connected
    );
    assert!(neighbour.token("bakery").await.unwrap().starts_with(TOKEN));
    neighbour.disconnect(theirs).await;
    assert_eq!(stage.platform.revocations.load(Ordering::SeqCst), 1);

    // A delivery that was under way learns why.
    let refused = fanfare_app::connections::refresh::fresh_credentials(
        &stage.app,
        stage.caller.workspace,
        our_channel,
    );
    let error = refused.await.unwrap_err().to_string();
    assert!(
        error.contains(ErrorCode::ChannelRemoved.as_str()),
        "{error}"
    );
}

async fn bad_requests_are_refused(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    for (body, field, code) in [
        (
            json!({"connection_id": connection}),
            "scheduled",
            "required",
        ),
        (
            json!({"connection_id": connection, "scheduled": "maybe"}),
            "scheduled",
            "not_allowed",
        ),
        (
            json!({"connection_id": "x", "scheduled": "keep"}),
            "connection_id",
            "wrong_type",
        ),
    ] {
        let got = browser
            .post("/api/platforms/scripted/disconnect", body)
            .await;
        assert_eq!(got.status, 422, "{got:?}");
        assert_eq!(got.complaints(), [(field.to_owned(), code.to_owned())]);
    }
    assert_eq!(
        stage.view(connection).await.status,
        ConnectionStatus::Connected
    );
}
