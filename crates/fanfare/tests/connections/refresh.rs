//! Renewing: one at a time, never lost, never over something newer.

use std::sync::Arc;

use fanfare_app::connections::refresh::{
    GrantError, fresh_credentials, refresh_connection, refresh_ending,
};
use fanfare_domain::{ConnectionStatus, ErrorCode};
use fanfare_platform_kit::{Advice, PlatformError};
use jiff::SignedDuration;

use super::scripted::{Answer, LASTS, TOKEN, token_of};
use super::stage::Stage;
use super::staged;

staged!(
    two_at_once_make_one_call,
    access_that_lasts_is_not_renewed,
    a_newer_grant_is_not_overwritten,
    a_late_answer_loses_to_a_newer_grant,
    an_answer_later_than_its_lease_is_kept_all_the_same,
    an_answer_is_kept_though_nobody_waits_for_it,
    disconnecting_meanwhile_leaves_nothing_behind,
    a_slow_platform_is_told_from_a_grant_that_is_gone,
    a_grant_that_ended_by_time_is_expired,
    tokens_are_never_overwritten_by_nothing,
    others_keys_open_nothing_and_change_nothing,
    idle_grants_are_renewed_once_a_day,
    a_renewal_brings_channels_up_to_date,
    a_renewal_takes_no_channel_from_another_connection,
);

fn unavailable() -> Answer {
    Answer::Refused(PlatformError::unavailable("Scripted", "503"))
}

fn gone() -> Answer {
    Answer::Refused(PlatformError::reconnect("Scripted", "401 invalid_grant"))
}

async fn two_at_once_make_one_call(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.clock.advance(LASTS);
    stage.platform.close_gate();
    let channel = stage.channel("bakery").await;
    let ask = || {
        let (app, workspace) = (Arc::clone(&stage.app), stage.caller.workspace);
        tokio::spawn(async move { fresh_credentials(&app, workspace, channel.id).await })
    };
    let asking = [ask(), ask(), ask(), ask()];
    stage.platform.asked(1).await;
    stage.platform.open_gate();
    for one in asking {
        assert_eq!(token_of(&one.await.unwrap().unwrap()), format!("{TOKEN}-2"));
    }
    assert_eq!(stage.platform.renewals(), 1);
    assert_eq!(stage.connection(connection).await.generation, 2);
    assert_eq!(stage.refresh_log().await, ["refreshed"]);
}

async fn access_that_lasts_is_not_renewed(stage: Stage) {
    stage.paste("ann").await;
    stage.clock.advance(LASTS - SignedDuration::from_mins(6));
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-1"));
    assert_eq!(stage.platform.renewals(), 0);

    stage.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-2"));
    assert_eq!(
        stage.token("cafe").await.unwrap(),
        format!("{TOKEN}-cafe"),
        "it has its own"
    );
    assert_eq!(stage.platform.renewals(), 1);
}

async fn a_newer_grant_is_not_overwritten(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.close_gate();
    let renewal = stage.renew(connection);
    stage.platform.asked(1).await;
    assert_eq!(stage.paste("ann").await, connection);
    let newer = stage.token("bakery").await.unwrap();

    // The token it began from is no longer the newest, so the platform refuses the renewal: that says nothing of the new grant.
    stage.platform.open_gate();
    assert!(renewal.await.unwrap().is_err());
    let after = stage.connection(connection).await;
    assert_eq!(after.status, ConnectionStatus::Connected);
    assert_eq!(after.last_error, None);
    assert_eq!(stage.token("bakery").await.unwrap(), newer);
}

async fn a_late_answer_loses_to_a_newer_grant(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.hold_answers();
    let renewal = stage.renew(connection);
    stage.platform.answered(1).await;
    stage.paste("ann").await;
    let newer = stage.token("bakery").await.unwrap();
    stage.platform.release_answers();

    renewal.await.unwrap().unwrap();
    assert_eq!(stage.token("bakery").await.unwrap(), newer);
    assert_eq!(stage.connection(connection).await.generation, 2);
    assert_eq!(stage.refresh_log().await, ["superseded"]);
}

async fn an_answer_later_than_its_lease_is_kept_all_the_same(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.close_gate();
    let renewal = stage.renew(connection);
    stage.platform.asked(1).await;
    stage.clock.advance(SignedDuration::from_mins(10));
    stage.platform.open_gate();
    renewal.await.unwrap().unwrap();
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-2"));
}

async fn an_answer_is_kept_though_nobody_waits_for_it(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.close_gate();
    let renewal = stage.renew(connection);
    stage.platform.asked(1).await;
    renewal.abort();
    assert!(renewal.await.unwrap_err().is_cancelled());
    stage.platform.open_gate();
    while stage.connection(connection).await.generation == 1 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-2"));
}

async fn disconnecting_meanwhile_leaves_nothing_behind(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.platform.close_gate();
    let renewal = stage.renew(connection);
    stage.platform.asked(1).await;
    stage.disconnect(connection).await;
    stage.platform.open_gate();
    renewal.await.unwrap().unwrap();
    assert_eq!(
        stage.connection(connection).await.status,
        ConnectionStatus::Disconnected
    );
    assert!(stage.sealed(connection).await.is_none());
}

async fn a_slow_platform_is_told_from_a_grant_that_is_gone(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.clock.advance(LASTS - SignedDuration::from_mins(4));
    stage.platform.answer_next(unavailable());
    // Four minutes are left, so the failure stops nobody.
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-1"));
    let after = stage.connection(connection).await;
    assert_eq!(after.status, ConnectionStatus::Connected);
    assert_eq!(
        after.last_error.unwrap().code,
        ErrorCode::PlatformUnavailable
    );

    stage.clock.advance(SignedDuration::from_mins(4));
    stage.platform.answer_next(unavailable());
    let error = stage.token("bakery").await.unwrap_err();
    assert!(matches!(error.advice, Advice::Retry { .. }), "{error:?}");
    let view = stage.view(connection).await;
    assert_eq!(
        view.status,
        ConnectionStatus::Error,
        "access ended and renewing fails"
    );

    // It comes back by itself.
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-2"));
    let after = stage.connection(connection).await;
    assert_eq!(after.last_error, None);

    stage.platform.answer_next(gone());
    let error = refresh_connection(&stage.app, stage.caller.workspace, connection, true).await;
    assert!(matches!(error, Err(GrantError::Platform(error)) if error.advice == Advice::Reconnect));
    let after = stage.connection(connection).await;
    assert_eq!(after.status, ConnectionStatus::Revoked);
    assert_eq!(after.last_error.unwrap().advice, "reconnect");
    assert!(
        stage.sealed(connection).await.is_some(),
        "nothing is thrown away"
    );
    assert!(stage.is_audited("connection.revoked").await);
    assert_eq!(
        stage.refresh_log().await,
        ["failed", "failed", "reconnect", "refreshed"]
    );

    let calls = stage.platform.renewals();
    let error = stage.token("bakery").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ConnectionExpired);
    assert_eq!(stage.platform.renewals(), calls, "it is not asked again");

    assert_eq!(stage.paste("ann").await, connection);
    assert_eq!(
        stage.view(connection).await.status,
        ConnectionStatus::Connected
    );
}

async fn a_grant_that_ended_by_time_is_expired(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.clock.advance(LASTS);
    stage.platform.answer_next(gone());
    stage.token("bakery").await.unwrap_err();
    assert_eq!(
        stage.connection(connection).await.status,
        ConnectionStatus::Expired
    );
    assert_eq!(
        stage.token("cafe").await.unwrap(),
        format!("{TOKEN}-cafe"),
        "its own goes on"
    );
}

async fn tokens_are_never_overwritten_by_nothing(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.clock.advance(LASTS);
    stage.platform.answer_next(Answer::Empty);
    let error = stage.token("bakery").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::AnswerNotUnderstood);
    assert_eq!(stage.connection(connection).await.generation, 1);
    assert!(stage.sealed(connection).await.is_some());
}

async fn others_keys_open_nothing_and_change_nothing(stage: Stage) {
    let connection = stage.paste("ann").await;
    let stranger = stage.with_another_key_ring().await;
    let error = stranger.token("bakery").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::CredentialsUnreadable);
    let renewed = refresh_connection(&stranger.app, stage.caller.workspace, connection, true).await;
    assert!(renewed.is_err());
    assert_eq!(
        stage.platform.renewals(),
        0,
        "nothing is sent that was not opened"
    );
    assert_eq!(stage.view(connection).await.status, ConnectionStatus::Error);

    // With the right keys it works on.
    assert_eq!(stage.token("bakery").await.unwrap(), format!("{TOKEN}-1"));
    refresh_connection(&stage.app, stage.caller.workspace, connection, true)
        .await
        .unwrap();
    assert_eq!(
        stage.view(connection).await.status,
        ConnectionStatus::Connected
    );
}

async fn idle_grants_are_renewed_once_a_day(stage: Stage) {
    stage.paste("ann").await;
    assert_eq!(refresh_ending(&stage.app).await.unwrap(), 0, "it is fresh");
    stage.clock.advance(SignedDuration::from_hours(24));
    assert_eq!(refresh_ending(&stage.app).await.unwrap(), 1);
    assert_eq!(
        refresh_ending(&stage.app).await.unwrap(),
        0,
        "it is fresh again"
    );

    stage.clock.advance(SignedDuration::from_hours(24));
    stage.platform.answer_next(gone());
    assert_eq!(refresh_ending(&stage.app).await.unwrap(), 0);
    assert_eq!(refresh_ending(&stage.app).await.unwrap(), 0);
    assert_eq!(
        stage.platform.renewals(),
        2,
        "a grant that is gone is left alone"
    );
}

async fn a_renewal_brings_channels_up_to_date(stage: Stage) {
    let connection = stage.paste("ann").await;
    stage.rename("cafe", "Corner café").await;
    stage.platform.list(&["cafe", "pier"]);
    refresh_connection(&stage.app, stage.caller.workspace, connection, true)
        .await
        .unwrap();

    let channels = stage.view(connection).await.channels;
    let facts: Vec<_> = channels
        .iter()
        .map(|view| (view.channel.name.as_str(), view.channel.problem.is_some()))
        .collect();
    assert_eq!(
        facts,
        [
            ("The bakery", true),
            ("Corner café", false),
            ("The pier", false)
        ]
    );
}

async fn a_renewal_takes_no_channel_from_another_connection(stage: Stage) {
    let first = stage.paste("ann").await;
    let second = stage.paste("ben").await;
    assert_eq!(
        stage.channel("bakery").await.connection_id,
        second,
        "consented to last"
    );
    stage.platform.make_newest(&stage.stored_token(first).await);
    refresh_connection(&stage.app, stage.caller.workspace, first, true)
        .await
        .unwrap();
    assert_eq!(stage.channel("bakery").await.connection_id, second);
}
