//! Two nodes on one database, and a platform whose tokens rotate and which takes the whole grant away when one comes again: no grant
//! is lost, whoever asks at once, and though answers are lost or a node dies between answer and writing.

use std::sync::Arc;
use std::time::Duration;

use fanfare_app::connections::refresh::{fresh_credentials, refresh_connection, refresh_ending};
use fanfare_domain::{ConnectionId, ConnectionStatus, ErrorCode};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::SignedDuration;

use super::scripted::{Answer, LASTS, token_of};
use super::stage::Stage;
use super::staged;

staged!(
    two_nodes_make_one_call,
    a_lost_answer_is_asked_for_again_at_once,
    a_platform_that_is_gone_for_longer_is_asked_again_soon,
    the_platform_itself_knows_when_it_was_reused,
    a_node_that_dies_with_the_answer_loses_nothing,
    a_late_holder_of_an_old_lease_changes_nothing,
    through_a_long_day_nothing_is_lost,
    failing_again_and_again_is_told_once,
);

impl Stage {
    async fn is_whole(&self, connection: ConnectionId) {
        assert!(
            !self
                .platform
                .is_revoked
                .load(std::sync::atomic::Ordering::SeqCst),
            "the platform took the grant away"
        );
        assert_eq!(self.stored_token(connection).await, self.platform.newest());
        let after = self.connection(connection).await;
        assert_eq!(after.status, ConnectionStatus::Connected);
        assert_eq!(after.last_error, None);
    }

    fn ask(&self, channel: fanfare_domain::ChannelId) -> tokio::task::JoinHandle<Option<String>> {
        let (app, workspace) = (Arc::clone(&self.app), self.caller.workspace);
        tokio::spawn(async move {
            let given = fresh_credentials(&app, workspace, channel).await;
            given.ok().as_ref().map(token_of)
        })
    }
}

async fn strict(stage: &Stage) -> (Stage, ConnectionId) {
    let connection = stage.paste("ann").await;
    stage.platform.revoke_on_reuse();
    (stage.on_another_node().await, connection)
}

async fn two_nodes_make_one_call(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    let channel = stage.channel("bakery").await.id;
    for round in 1..=5 {
        stage.clock.advance(LASTS);
        let asking: Vec<_> = (0..4)
            .flat_map(|_| [stage.ask(channel), other.ask(channel)])
            .collect();
        for one in asking {
            assert_eq!(one.await.unwrap(), Some(stage.platform.newest()));
        }
        assert_eq!(stage.platform.renewals(), round);
    }
    stage.is_whole(connection).await;
    other.app.store.close().await;
}

async fn a_lost_answer_is_asked_for_again_at_once(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    let channel = stage.channel("bakery").await.id;
    stage.clock.advance(LASTS);
    stage.platform.answer_next(Answer::Lost);
    stage.platform.answer_next(Answer::Lost);
    let asking = [stage.ask(channel), other.ask(channel)];
    for one in asking {
        assert_eq!(one.await.unwrap(), Some(stage.platform.newest()));
    }
    assert_eq!(stage.platform.renewals(), 3);
    assert_eq!(stage.refresh_log().await, ["lost", "lost", "refreshed"]);
    stage.is_whole(connection).await;
    // What was given in the end renews the next time.
    stage.clock.advance(LASTS);
    assert_eq!(
        other.ask(channel).await.unwrap(),
        Some(stage.platform.newest())
    );
    stage.is_whole(connection).await;
    other.app.store.close().await;
}

async fn a_platform_that_is_gone_for_longer_is_asked_again_soon(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    stage.clock.advance(SignedDuration::from_hours(24));
    for _ in 0..3 {
        stage.platform.answer_next(Answer::Lost);
    }
    let error = stage.token("bakery").await.unwrap_err();
    assert!(matches!(error.advice, Advice::Retry { .. }), "{error:?}");
    assert_eq!(error.code, ErrorCode::PlatformUnavailable);
    assert!(error.detail.contains("lost on the way"), "{}", error.detail);
    assert_eq!(
        stage.connection(connection).await.status,
        ConnectionStatus::Connected,
        "nothing says that it is gone"
    );
    assert_eq!(refresh_ending(&other.app).await.unwrap(), 0, "it pauses");
    stage.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(refresh_ending(&other.app).await.unwrap(), 1);
    stage.is_whole(connection).await;
    assert_eq!(
        refresh_ending(&stage.app).await.unwrap(),
        0,
        "once is enough"
    );
    other.app.store.close().await;
}

/// Or the tests here would prove nothing.
async fn the_platform_itself_knows_when_it_was_reused(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    let old = stage.sealed(connection).await.unwrap();
    let renew =
        async || refresh_connection(&stage.app, stage.caller.workspace, connection, true).await;
    renew().await.unwrap();
    renew().await.unwrap();
    let mut tx = stage
        .app
        .store
        .in_workspace(stage.caller.workspace)
        .write()
        .await
        .unwrap();
    fanfare_store::connections::set_credentials(&mut tx, connection, old)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    renew().await.unwrap_err();
    assert!(
        stage
            .platform
            .is_revoked
            .load(std::sync::atomic::Ordering::SeqCst)
    );
    other.app.store.close().await;
}

async fn a_node_that_dies_with_the_answer_loses_nothing(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    stage.platform.hold_answers();
    let dying = Dying::begin(&stage, connection);
    stage.platform.answered(1).await;
    dying.die().await;
    stage.platform.release_answers();

    assert_eq!(stage.stored_token(connection).await, "very-secret-token-1");
    assert_eq!(
        refresh_ending(&other.app).await.unwrap(),
        0,
        "it may still be at work"
    );
    stage.clock.advance(SignedDuration::from_mins(2));
    assert_eq!(refresh_ending(&other.app).await.unwrap(), 1);
    stage.is_whole(connection).await;
    assert_eq!(stage.refresh_log().await, ["lost", "refreshed"]);
    other.app.store.close().await;
}

async fn a_late_holder_of_an_old_lease_changes_nothing(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    stage.platform.hold_answers();
    let late = stage.renew(connection);
    stage.platform.answered(1).await;
    // It stood still for so long that another node took over.
    stage.clock.advance(SignedDuration::from_mins(3));
    let newer = other.renew(connection);
    stage.platform.answered(2).await;
    stage.platform.release_answers();
    late.await.unwrap().unwrap();
    newer.await.unwrap().unwrap();
    stage.is_whole(connection).await;
    assert_eq!(stage.connection(connection).await.generation, 2);
    other.app.store.close().await;
}

async fn through_a_long_day_nothing_is_lost(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    let channel = stage.channel("bakery").await.id;
    for hour in 0..24 {
        stage.clock.advance(LASTS);
        if hour % 3 == 1 {
            stage.platform.answer_next(Answer::Lost);
        }
        if hour % 5 == 2 {
            stage
                .platform
                .answer_next(Answer::Refused(PlatformError::unavailable(
                    "Scripted", "503",
                )));
        }
        let (one, two) = (stage.ask(channel), other.ask(channel));
        let idle = [Arc::clone(&stage.app), Arc::clone(&other.app)]
            .map(|app| tokio::spawn(async move { refresh_ending(&app).await.map(drop) }));
        for one in idle {
            one.await.unwrap().unwrap();
        }
        // When the platform was away, one of them may go without for now.
        let given = [one.await.unwrap(), two.await.unwrap()];
        assert!(
            hour % 5 == 2 || given.iter().all(Option::is_some),
            "{given:?}"
        );
        stage.clock.advance(SignedDuration::from_mins(1));
        refresh_ending(&other.app).await.unwrap();
        stage.is_whole(connection).await;
    }
    other.app.store.close().await;
}

async fn failing_again_and_again_is_told_once(stage: Stage) {
    let (other, connection) = strict(&stage).await;
    stage.clock.advance(SignedDuration::from_hours(24));
    for minutes in [1, 5, 15, 60] {
        stage
            .platform
            .answer_next(Answer::Refused(PlatformError::unavailable(
                "Scripted", "503",
            )));
        assert_eq!(refresh_ending(&stage.app).await.unwrap(), 0);
        stage
            .clock
            .advance(SignedDuration::from_mins(minutes) - SignedDuration::from_secs(1));
        let calls = stage.platform.renewals();
        assert_eq!(refresh_ending(&other.app).await.unwrap(), 0);
        assert_eq!(
            stage.platform.renewals(),
            calls,
            "not within {minutes} minutes"
        );
        stage.clock.advance(SignedDuration::from_secs(1));
    }
    let told = async |action: &str| {
        let actions = stage.audit_actions().await;
        actions.iter().filter(|one| *one == action).count()
    };
    assert_eq!(told("connection.refresh_failing").await, 1);
    assert_eq!(refresh_ending(&stage.app).await.unwrap(), 1);
    assert_eq!(told("connection.restored").await, 1);
    stage.is_whole(connection).await;
    other.app.store.close().await;
}

/// A node with a runtime of its own, so that it can be stopped in the middle of anything.
struct Dying(tokio::runtime::Runtime);

impl Dying {
    fn begin(stage: &Stage, connection: ConnectionId) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let (stage, workspace) = (stage.elsewhere(), stage.caller.workspace);
        runtime.spawn(async move {
            let node = stage.await;
            let _ = refresh_connection(&node.app, workspace, connection, true).await;
        });
        Self(runtime)
    }

    /// At once: what it has begun is not ended.
    async fn die(self) {
        let ending = move || self.0.shutdown_timeout(Duration::from_secs(1));
        tokio::task::spawn_blocking(ending).await.unwrap();
    }
}
