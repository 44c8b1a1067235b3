//! The audit log's chain: unbroken whoever writes at once, and whoever changes it from outside is found out.

use fanfare_app::audit::{FaultKind, Verdict, verify_one};
use fanfare_domain::{AuditEventId, UserId, WorkspaceId};
use fanfare_store::audit::{self, Actor, AuditEvent, Chain};
use fanfare_store::{Store, Value, binds, sql};
use fanfare_testkit::{TestDatabase, both_databases};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Makes tests of functions that take a store.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {$(
        both_databases!($name, async |database: &TestDatabase| {
            let store = database.open().await;
            super::$name(&store).await;
            store.close().await;
        });
    )+};
}

on_both!(
    who_writes_at_once_makes_one_chain,
    what_is_given_up_leaves_no_gap,
    the_installation_has_a_chain_of_its_own,
    a_changed_event_is_found,
    a_missing_event_is_found,
    a_moved_event_is_found,
    an_added_event_is_found,
    a_head_that_was_touched_is_found,
    a_log_that_is_gone_is_missed,
    an_event_from_before_the_making_is_found,
    a_person_is_erased_and_the_chain_holds,
    what_only_looks_erased_is_found,
    whom_an_erased_event_names_is_bound,
    what_is_too_old_goes_and_the_chain_holds,
    events_from_before_the_chain_are_told_apart,
    a_transaction_sees_what_it_has_recorded,
);

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn event(now: Timestamp, user: UserId, number: i64) -> AuditEvent {
    AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor: Actor {
            id: Some(user),
            name: "Ada “the first”\u{0} Moreno".to_owned(),
        },
        action: "post.created".to_owned(),
        subject_kind: "post".to_owned(),
        subject_id: format!("post {number}"),
        post_id: None,
        detail: json!({ "number": number, "text": "ñ \u{0} \"\\" }),
    }
}

async fn workspace(store: &Store) -> WorkspaceId {
    let id = WorkspaceId::new(at(0));
    run(
        store,
        sql!("INSERT INTO workspaces (id, name, created_at) VALUES ($1, 'test', 0)"),
        binds![id],
    )
    .await;
    id
}

async fn record(store: &Store, workspace: WorkspaceId, events: &[AuditEvent]) {
    let mut tx = store.in_workspace(workspace).write().await.unwrap();
    for event in events {
        audit::record(&mut tx, event).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A workspace with a chain of six events, the first as old as itself, and their ids.
async fn six(store: &Store) -> (WorkspaceId, Vec<String>) {
    six_from(store, 0).await
}

/// The same, where the first event is that much younger.
async fn six_from(store: &Store, second: i64) -> (WorkspaceId, Vec<String>) {
    let workspace = workspace(store).await;
    let user = UserId::new(at(0));
    let events: Vec<_> = (second..second + 6)
        .map(|number| event(at(number), user, number))
        .collect();
    record(store, workspace, &events[..2]).await;
    record(store, workspace, &events[2..]).await;
    assert_eq!(found(store, workspace).await, []);
    let ids = events.iter().map(|event| event.id.to_string()).collect();
    (workspace, ids)
}

/// Somebody at the database itself.
async fn run(store: &Store, statement: &'static str, binds: Vec<Value>) {
    let mut tx = store.as_system("test").write().await.unwrap();
    let touched = tx.execute(statement, binds).await.unwrap();
    assert!(touched > 0, "{statement}");
    tx.commit().await.unwrap();
}

async fn verdict(store: &Store, workspace: WorkspaceId) -> Verdict {
    verify_one(store, Chain::Workspace(workspace))
        .await
        .unwrap()
}

/// What is wrong: which kind, and with which event.
async fn found(store: &Store, workspace: WorkspaceId) -> Vec<(FaultKind, Option<String>)> {
    let verdict = verdict(store, workspace).await;
    verdict
        .faults
        .into_iter()
        .map(|fault| (fault.kind, fault.id))
        .collect()
}

fn changed(id: &str) -> (FaultKind, Option<String>) {
    (FaultKind::Changed, Some(id.to_owned()))
}

fn moved(id: &str) -> (FaultKind, Option<String>) {
    (FaultKind::Reordered, Some(id.to_owned()))
}

const MISSING: (FaultKind, Option<String>) = (FaultKind::Missing, None);

async fn who_writes_at_once_makes_one_chain(store: &Store) {
    let (one, other) = (workspace(store).await, workspace(store).await);
    let user = UserId::new(at(0));
    let writers = (0..60).map(|number| {
        let store = store.clone();
        tokio::spawn(async move {
            let workspace = if number % 3 == 0 { other } else { one };
            let events: Vec<_> = (0..=number % 3)
                .map(|_| event(at(number), user, number))
                .collect();
            record(&store, workspace, &events).await;
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    for (workspace, events) in [(one, 20 * 2 + 20 * 3), (other, 20)] {
        let verdict = verdict(store, workspace).await;
        assert!(verdict.is_intact(), "{verdict:?}");
        assert_eq!(verdict.events, events);
        assert_eq!(
            verdict.end.unwrap().0,
            i64::try_from(events).unwrap(),
            "no place is left out"
        );
    }
}

async fn what_is_given_up_leaves_no_gap(store: &Store) {
    let (workspace, _) = six(store).await;
    let user = UserId::new(at(0));
    let mut tx = store.in_workspace(workspace).write().await.unwrap();
    audit::record(&mut tx, &event(at(9), user, 9))
        .await
        .unwrap();
    drop(tx);
    let late = event(at(9), user, 9);
    record(store, workspace, std::slice::from_ref(&late)).await;
    // The same id once more: its transaction fails as a whole.
    let mut tx = store.in_workspace(workspace).write().await.unwrap();
    audit::record(&mut tx, &late).await.unwrap();
    tx.commit().await.unwrap_err();
    record(store, workspace, &[event(at(10), user, 10)]).await;
    let verdict = verdict(store, workspace).await;
    assert!(verdict.is_intact(), "{verdict:?}");
    assert_eq!(verdict.events, 8);
}

async fn the_installation_has_a_chain_of_its_own(store: &Store) {
    let (workspace, _) = six(store).await;
    let mut tx = store.as_system("test").write().await.unwrap();
    let happened = event(at(1), UserId::new(at(0)), 1);
    audit::record_for_installation(&mut tx, &happened)
        .await
        .unwrap();
    let mut tx = tx.into_workspace(workspace);
    audit::record(&mut tx, &event(at(1), UserId::new(at(0)), 2))
        .await
        .unwrap();
    tx.commit().await.unwrap();

    for (chain, events) in [(Chain::Installation, 1), (Chain::Workspace(workspace), 7)] {
        let verdict = verify_one(store, chain).await.unwrap();
        assert!(verdict.is_intact(), "{verdict:?}");
        assert_eq!(verdict.events, events, "{chain}");
    }
    // A workspace does not see what is not its own.
    let mut tx = store.in_workspace(workspace).read().await.unwrap();
    let seen = audit::list(&mut tx, &audit::AuditFilter::default(), None, 100)
        .await
        .unwrap();
    assert_eq!(seen.len(), 7);
    assert!(seen.iter().all(|one| one.event.id != happened.id));
    drop(tx);

    run(
        store,
        sql!("DELETE FROM audit_events WHERE workspace_id IS NULL"),
        binds![],
    )
    .await;
    let verdict = verify_one(store, Chain::Installation).await.unwrap();
    assert!(!verdict.is_intact());
}

async fn a_changed_event_is_found(store: &Store) {
    for statement in [
        sql!("UPDATE audit_events SET detail = '{}' WHERE id = $1"),
        sql!("UPDATE audit_events SET actor_name = 'Ben' WHERE id = $1"),
        sql!("UPDATE audit_events SET actor_id = NULL WHERE id = $1"),
        sql!("UPDATE audit_events SET action = 'post.deleted' WHERE id = $1"),
        sql!("UPDATE audit_events SET at = at + 1 WHERE id = $1"),
        sql!("UPDATE audit_events SET subject_id = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET subject_kind = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET post_id = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET hash = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET content_hash = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET salt = NULL WHERE id = $1"),
    ] {
        for place in [0, 3] {
            let (workspace, ids) = six(store).await;
            run(store, statement, binds![&ids[place]]).await;
            let faults = found(store, workspace).await;
            assert_eq!(faults, [changed(&ids[place])], "{statement} at {place}");
        }
        let (workspace, ids) = six(store).await;
        run(store, statement, binds![&ids[5]]).await;
        let faults = found(store, workspace).await;
        assert_eq!(faults[0], changed(&ids[5]), "{statement} at the end");
    }
}

async fn a_missing_event_is_found(store: &Store) {
    for places in [&[0][..], &[2], &[2, 3], &[5], &[4, 5]] {
        let (workspace, ids) = six(store).await;
        for place in places {
            run(
                store,
                sql!("DELETE FROM audit_events WHERE id = $1"),
                binds![&ids[*place]],
            )
            .await;
        }
        assert_eq!(found(store, workspace).await, [MISSING], "{places:?}");
    }
    let (workspace, ids) = six(store).await;
    for place in [1, 4] {
        run(
            store,
            sql!("DELETE FROM audit_events WHERE id = $1"),
            binds![&ids[place]],
        )
        .await;
    }
    let told: Vec<_> = verdict(store, workspace).await.faults;
    let told: Vec<_> = told.iter().map(|fault| fault.detail.as_str()).collect();
    assert_eq!(
        told,
        [
            "The event at place 2 is missing.",
            "The event at place 5 is missing."
        ]
    );
}

async fn a_moved_event_is_found(store: &Store) {
    for (one, other) in [(2, 3), (1, 4), (0, 5)] {
        let (workspace, ids) = six(store).await;
        for (place, id) in [(other, &ids[one]), (one, &ids[other])] {
            let place = i64::try_from(place + 1).unwrap();
            run(
                store,
                sql!("UPDATE audit_events SET seq = $2 WHERE id = $1"),
                binds![id, place],
            )
            .await;
        }
        let mut faults = found(store, workspace).await;
        faults.retain(|(_, id)| id.is_some());
        faults.sort_by_key(|(_, id)| id.clone());
        assert_eq!(
            faults,
            [moved(&ids[one]), moved(&ids[other])],
            "{one} and {other}"
        );
    }
}

async fn an_added_event_is_found(store: &Store) {
    let insert = sql!(
        "INSERT INTO audit_events (id, workspace_id, at, actor_name, action, subject_kind, subject_id, detail, seq, hash)
         VALUES ($1, $2, $3, 'x', 'x', 'x', 'x', '{}', $4, 'x')"
    );
    for (seq, kind) in [
        (Some(7), FaultKind::Reordered),
        (Some(3), FaultKind::Reordered),
        (Some(0), FaultKind::Reordered),
        (None, FaultKind::Changed),
    ] {
        let (workspace, _) = six(store).await;
        let forged = binds![AuditEventId::new(at(60)), workspace, at(60), seq];
        run(store, insert, forged).await;
        let faults = found(store, workspace).await;
        assert!(
            faults.iter().any(|(found, _)| *found == kind),
            "{seq:?}: {faults:?}"
        );
    }
}

async fn a_head_that_was_touched_is_found(store: &Store) {
    for statement in [
        sql!("UPDATE audit_heads SET seq = 5 WHERE chain = $1"),
        sql!("UPDATE audit_heads SET seq = 7 WHERE chain = $1"),
        sql!("UPDATE audit_heads SET hash = 'x' WHERE chain = $1"),
        sql!("UPDATE audit_heads SET first_seq = 2 WHERE chain = $1"),
        sql!("UPDATE audit_heads SET first_previous_hash = 'x' WHERE chain = $1"),
        sql!("DELETE FROM audit_heads WHERE chain = $1"),
    ] {
        let (workspace, _) = six(store).await;
        run(store, statement, binds![workspace]).await;
        assert!(!found(store, workspace).await.is_empty(), "{statement}");
    }
}

async fn a_log_that_is_gone_is_missed(store: &Store) {
    let erase = sql!("DELETE FROM audit_events WHERE workspace_id = $1");
    for statement in [
        sql!("DELETE FROM audit_heads WHERE chain = $1"),
        sql!("UPDATE audit_heads SET seq = 0, hash = '' WHERE chain = $1"),
    ] {
        let (workspace, _) = six(store).await;
        run(store, erase, binds![workspace]).await;
        assert_eq!(found(store, workspace).await, [MISSING]);
        run(store, statement, binds![workspace]).await;
        assert_eq!(found(store, workspace).await, [MISSING], "{statement}");
        // A line from before any chain makes it no better.
        unplaced(store, workspace, -10).await;
        assert_eq!(found(store, workspace).await, [MISSING], "{statement}");
    }
    let verdict = verify_one(store, Chain::Installation).await.unwrap();
    assert!(verdict.is_intact(), "nothing was recorded there yet");
}

/// What is as old as its workspace had a chain from the beginning.
async fn an_event_from_before_the_making_is_found(store: &Store) {
    let (workspace, _) = six(store).await;
    let forged = unplaced(store, workspace, -10).await;
    let verdict = verdict(store, workspace).await;
    assert_eq!((verdict.events, verdict.older), (6, 0));
    assert_eq!(found(store, workspace).await, [changed(&forged)]);

    // Where old events went, older ones had gone before; also when nothing is left.
    for until in [3, 100] {
        let (workspace, _) = six_from(store, 1).await;
        let mut tx = store.as_system("test").write().await.unwrap();
        let chain = Chain::Workspace(workspace);
        let gone = audit::prune_before(&mut tx, chain, at(until), 100).await;
        assert!(gone.unwrap() > 0);
        tx.commit().await.unwrap();
        assert_eq!(found(store, workspace).await, []);
        let forged = unplaced(store, workspace, -10).await;
        assert_eq!(found(store, workspace).await, [changed(&forged)]);
    }
}

/// An event of that time without a place. Its id.
async fn unplaced(store: &Store, workspace: WorkspaceId, second: i64) -> String {
    let id = AuditEventId::new(at(second));
    let insert = sql!(
        "INSERT INTO audit_events (id, workspace_id, at, actor_name, action, subject_kind, subject_id, detail)
         VALUES ($1, $2, $3, 'x', 'x', 'x', 'x', '{}')"
    );
    run(store, insert, binds![id, workspace, at(second)]).await;
    id.to_string()
}

async fn a_person_is_erased_and_the_chain_holds(store: &Store) {
    let workspace = workspace(store).await;
    let (ada, ben) = (UserId::new(at(0)), UserId::new(at(0)));
    let mut invited = event(at(2), ben, 2);
    invited.detail = json!({ "email": "ada_m@example.org" });
    let mut promoted = event(at(3), ben, 3);
    promoted.subject_id = ada.to_string();
    let mut like = event(at(4), ben, 4);
    like.detail = json!({ "email": "adaXm@example.org" });
    let events = [event(at(1), ada, 1), invited, promoted, like];
    record(store, workspace, &events).await;

    let mut tx = store.as_system("test").write().await.unwrap();
    let erased = audit::erase_person(&mut tx, ada, "ada_m@example.org", at(9))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(erased, 3);
    let mut tx = store.in_workspace(workspace).read().await.unwrap();
    let left = audit::list(&mut tx, &audit::AuditFilter::default(), None, 100)
        .await
        .unwrap();
    let left: Vec<_> = left
        .iter()
        .rev()
        .filter(|one| one.event.action != audit::PERSON_ERASED)
        .map(|one| {
            let is_named = !one.event.actor.name.is_empty();
            (is_named, one.event.detail == json!({}), one.erased_at)
        })
        .collect();
    assert_eq!(
        left,
        [
            (false, true, Some(at(9))),
            (false, true, Some(at(9))),
            (false, true, Some(at(9))),
            (true, false, None)
        ]
    );
    drop(tx);
    let verdict = verdict(store, workspace).await;
    assert!(verdict.is_intact(), "{verdict:?}");
    // The two erasures, of what each of the two did.
    assert_eq!((verdict.events, verdict.erased), (6, 3));

    // What is left of an erased event is still bound.
    let id = events[0].id;
    run(
        store,
        sql!("UPDATE audit_events SET action = 'post.deleted' WHERE id = $1"),
        binds![id],
    )
    .await;
    assert_eq!(found(store, workspace).await, [changed(&id.to_string())]);
}

async fn what_only_looks_erased_is_found(store: &Store) {
    for statement in [
        // What SECURITY.md says cannot be done unseen.
        sql!(
            "UPDATE audit_events SET erased_at = 1, actor_name = 'Ben', detail = '{\"forged\":1}' WHERE id = $1"
        ),
        sql!(
            "UPDATE audit_events SET erased_at = 1, actor_id = NULL, actor_name = 'Fanfare', detail = '{}', salt = NULL WHERE id = $1"
        ),
        sql!(
            "UPDATE audit_events SET erased_at = 1, actor_name = '', detail = '{}', salt = NULL WHERE id = $1"
        ),
        sql!("UPDATE audit_events SET erased_at = 1 WHERE id = $1"),
    ] {
        for place in [0, 3, 5] {
            let (workspace, ids) = six(store).await;
            run(store, statement, binds![&ids[place]]).await;
            let faults = found(store, workspace).await;
            assert_eq!(faults, [changed(&ids[place])], "{statement} at {place}");
        }
    }
}

async fn whom_an_erased_event_names_is_bound(store: &Store) {
    for statement in [
        sql!("UPDATE audit_events SET actor_id = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET actor_id = NULL, actor_name = 'Fanfare' WHERE id = $1"),
        sql!("UPDATE audit_events SET actor_name = 'Ben' WHERE id = $1"),
        sql!("UPDATE audit_events SET detail = '{\"forged\":1}' WHERE id = $1"),
        sql!("UPDATE audit_events SET salt = 'x' WHERE id = $1"),
        sql!("UPDATE audit_events SET erased_at = NULL WHERE id = $1"),
        sql!("UPDATE audit_events SET erased_at = 1 WHERE id = $1"),
    ] {
        let workspace = workspace(store).await;
        let (ada, ben) = (UserId::new(at(0)), UserId::new(at(0)));
        let mut promoted = event(at(2), ben, 2);
        promoted.subject_id = ada.to_string();
        let events = [event(at(1), ada, 1), promoted, event(at(3), ben, 3)];
        record(store, workspace, &events).await;
        let mut tx = store.as_system("test").write().await.unwrap();
        audit::erase_person(&mut tx, ada, "", at(9)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(store, workspace).await, [], "{statement}");

        let promoted = events[1].id.to_string();
        run(store, statement, binds![&promoted]).await;
        assert_eq!(
            found(store, workspace).await,
            [changed(&promoted)],
            "{statement}"
        );
        // The erasure itself is an event like any other.
        run(
            store,
            sql!("UPDATE audit_events SET detail = '{}', salt = NULL, erased_at = 1, actor_name = '' WHERE workspace_id = $1 AND action = $2"),
            binds![workspace, audit::PERSON_ERASED],
        )
        .await;
        assert!(found(store, workspace).await.len() > 1, "{statement}");
    }
}

async fn what_is_too_old_goes_and_the_chain_holds(store: &Store) {
    let (workspace, _) = six(store).await;
    let chain = Chain::Workspace(workspace);
    let prune = async |before: Timestamp, limit| {
        let mut tx = store.as_system("test").write().await.unwrap();
        let gone = audit::prune_before(&mut tx, chain, before, limit)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        gone
    };
    assert_eq!(prune(at(0), 100).await, 0, "nothing is that old");
    assert_eq!(prune(at(3), 2).await, 2, "two at a time");
    assert_eq!(prune(at(3), 2).await, 1);
    let verdict = verdict(store, workspace).await;
    assert!(verdict.is_intact(), "{verdict:?}");
    assert_eq!(verdict.events, 3);

    assert_eq!(prune(at(100), 100).await, 3);
    record(store, workspace, &[event(at(200), UserId::new(at(0)), 7)]).await;
    let verdict = super::audit_chain::verdict(store, workspace).await;
    assert!(verdict.is_intact(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.end.unwrap().0), (1, 7));
    // The beginning is bound too.
    run(
        store,
        sql!("DELETE FROM audit_events WHERE workspace_id = $1 AND seq = 7"),
        binds![workspace],
    )
    .await;
    assert_eq!(found(store, workspace).await, [MISSING]);
}

async fn events_from_before_the_chain_are_told_apart(store: &Store) {
    let (workspace, _) = six_from(store, 1).await;
    for second in [-20, -10] {
        unplaced(store, workspace, second).await;
    }
    let verdict = verdict(store, workspace).await;
    assert!(verdict.is_intact(), "{verdict:?}");
    assert_eq!((verdict.events, verdict.older), (6, 2));

    let mut tx = store.as_system("test").write().await.unwrap();
    let chain = Chain::Workspace(workspace);
    let until = at(0) - SignedDuration::from_secs(15);
    let gone = audit::prune_before(&mut tx, chain, until, 100).await;
    assert_eq!(gone.unwrap(), 1);
    tx.commit().await.unwrap();
    let verdict = super::audit_chain::verdict(store, workspace).await;
    assert_eq!((verdict.is_intact(), verdict.older), (true, 1));
}

async fn a_transaction_sees_what_it_has_recorded(store: &Store) {
    let workspace = workspace(store).await;
    let post = fanfare_domain::PostId::new(at(0));
    let mut happened = event(at(1), UserId::new(at(0)), 1);
    happened.post_id = Some(post);
    record(store, workspace, std::slice::from_ref(&happened)).await;
    happened.id = AuditEventId::new(at(2));
    let mut tx = store.in_workspace(workspace).write().await.unwrap();
    audit::record(&mut tx, &happened).await.unwrap();
    audit::record(&mut tx, &event(at(3), UserId::new(at(0)), 3))
        .await
        .unwrap();
    assert_eq!(audit::of_post(&mut tx, post).await.unwrap().len(), 2);
}
