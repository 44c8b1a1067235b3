//! People are told of things, look at them and are written to, all at once: nobody stands in another's way, and nothing is lost.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fanfare_domain::{NotificationId, NotificationKind, UserId, WorkspaceId};
use fanfare_store::notifications::{self, Filter, Notice, Reader};
use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{TestDatabase, both_databases};
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

/// Transactions that tell, each of so many things.
const ROUNDS: usize = 60;
const THINGS: usize = 12;

/// Somebody in a workspace.
#[derive(Clone)]
struct Desk {
    store: Store,
    workspace: WorkspaceId,
    user: UserId,
    told_all: Arc<AtomicBool>,
}

both_databases!(
    who_tells_and_who_marks_do_not_wait_for_each_other,
    async |database: &TestDatabase| {
        let desk = Desk::furnish(database.open().await).await;
        let mut others = JoinSet::new();
        for _ in 0..3 {
            let desk = desk.clone();
            others.spawn(async move {
                let mut marked = 0;
                while !desk.told_all.load(Ordering::Relaxed) {
                    marked += desk.mark_all_read().await;
                }
                marked
            });
        }
        for round in 0..ROUNDS {
            // Nobody knows in which order things happen, and in which they were written down.
            let order = (0..THINGS).map(|at| (at * 5 + round) % THINGS);
            desk.tell(order.map(|at| at.to_string()), false).await;
        }
        desk.told_all.store(true, Ordering::Relaxed);
        others.join_all().await;
        desk.mark_all_read().await;
        assert_eq!(desk.unread().await, 0);
        // Each was told once, whichever row it counts in.
        let told = i64::try_from(ROUNDS * THINGS).unwrap();
        assert_eq!(desk.told().await, told);
        desk.store.close().await;
    }
);

both_databases!(
    what_is_told_while_somebody_is_written_to_is_in_one_message,
    async |database: &TestDatabase| {
        let desk = Desk::furnish(database.open().await).await;
        let mut others = JoinSet::new();
        for _ in 0..2 {
            let desk = desk.clone();
            others.spawn(async move {
                let mut written = Vec::new();
                while !desk.told_all.load(Ordering::Relaxed) {
                    written.extend(desk.take_waiting().await);
                }
                written
            });
        }
        for round in 0..ROUNDS {
            let things = (0..THINGS).map(|at| format!("{round}-{at}"));
            desk.tell(things, true).await;
        }
        desk.told_all.store(true, Ordering::Relaxed);
        let mut written: Vec<_> = others.join_all().await.into_iter().flatten().collect();
        written.extend(desk.take_waiting().await);
        let once: BTreeSet<_> = written.iter().collect();
        assert_eq!(once.len(), written.len(), "nothing is written twice");
        assert_eq!(written.len(), ROUNDS * THINGS, "nothing is left out");
        desk.store.close().await;
    }
);

both_databases!(
    what_was_read_meanwhile_is_not_written_about,
    async |database: &TestDatabase| {
        let desk = Desk::furnish(database.open().await).await;
        desk.tell(["a".to_owned(), "b".to_owned()].into_iter(), true)
            .await;
        assert_eq!(desk.mark_all_read().await, 2);
        desk.tell(["c".to_owned()].into_iter(), true).await;
        assert_eq!(desk.take_waiting().await.len(), 1);
        assert_eq!(desk.take_waiting().await.len(), 0);
        desk.store.close().await;
    }
);

impl Desk {
    async fn furnish(store: Store) -> Self {
        let (workspace, user) = (WorkspaceId::new(now()), UserId::new(now()));
        let mut tx = store.as_system("test").write().await.unwrap();
        tx.execute(
            sql!("INSERT INTO workspaces (id, name, created_at) VALUES ($1, 'test', 0)"),
            binds![workspace],
        )
        .await
        .unwrap();
        tx.execute(
            sql!("INSERT INTO users (id, email, name, password_hash, is_admin, created_at) VALUES ($1, 'ada@example.com', 'Ada', 'x', false, 0)"),
            binds![user],
        )
        .await
        .unwrap();
        tx.execute(
            sql!("INSERT INTO members (workspace_id, user_id, role, created_at) VALUES ($1, $2, 'owner', 0)"),
            binds![workspace, user],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Self {
            store,
            workspace,
            user,
            told_all: Arc::default(),
        }
    }

    /// Tells all of it in one transaction.
    async fn tell(&self, things: impl Iterator<Item = String>, by_mail: bool) {
        let reader = Reader {
            user: self.user,
            in_app: true,
            email: by_mail,
        };
        let mut tx = self
            .store
            .in_workspace(self.workspace)
            .write()
            .await
            .unwrap();
        for subject in things {
            let notice = Notice {
                kind: NotificationKind::CommentReceived,
                subject,
                post: None,
                title: "Harbour Coffee",
                what: None,
                platform: None,
                account: None,
            };
            notifications::tell(
                &mut tx,
                Some(self.workspace),
                reader,
                &notice,
                by_mail,
                now(),
            )
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
    }

    async fn mark_all_read(&self) -> u64 {
        let later = now() + SignedDuration::from_secs(1);
        let mut tx = self
            .store
            .in_workspace(self.workspace)
            .write()
            .await
            .unwrap();
        let marked = notifications::mark_read_up_to(&mut tx, self.user, None, later)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        marked.count
    }

    async fn take_waiting(&self) -> Vec<NotificationId> {
        let mut tx = self.store.as_system("test").write().await.unwrap();
        let waiting = notifications::take_waiting(&mut tx, self.workspace, self.user)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        waiting.into_iter().map(|one| one.id).collect()
    }

    async fn unread(&self) -> i64 {
        let mut tx = self
            .store
            .in_workspace(self.workspace)
            .read()
            .await
            .unwrap();
        notifications::count_unread(&mut tx, self.user)
            .await
            .unwrap()
    }

    /// How often something was told.
    async fn told(&self) -> i64 {
        let mut tx = self
            .store
            .in_workspace(self.workspace)
            .read()
            .await
            .unwrap();
        let all = notifications::list(&mut tx, self.user, Filter::default(), None, 10_000)
            .await
            .unwrap();
        all.iter().map(|one| one.count).sum()
    }
}

fn now() -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000).unwrap()
}
