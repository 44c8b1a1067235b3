//! One workspace cannot see or touch another's rows: by the statements everywhere, by row-level security on PostgreSQL even without them.

use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{PostId, WorkspaceId};
use fanfare_store::posts::{self, Order, Post, PostFilter};
use fanfare_store::{DatabaseKind, Store, StoreError, binds, sql};
use fanfare_testkit::{TestDatabase, both_databases};
use jiff::Timestamp;

fn now() -> Timestamp {
    Timestamp::from_millisecond(1_800_000_000_000).unwrap()
}

async fn workspace(store: &Store) -> WorkspaceId {
    let id = WorkspaceId::new(now());
    let mut tx = store.as_system("test").write().await.unwrap();
    tx.execute(
        sql!("INSERT INTO workspaces (id, name, created_at) VALUES ($1, 'test', 0)"),
        binds![id],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn post_in(store: &Store, workspace: WorkspaceId) -> PostId {
    let post = Post {
        id: PostId::new(now()),
        author_id: None,
        author_name: String::new(),
        state: PostState::Draft,
        text: "ours".to_owned(),
        schedule: Schedule {
            kind: ScheduleKind::Draft,
            at: None,
            time_zone: "UTC".to_owned(),
        },
        paused_at: None,
        revision: 1,
        created_at: now(),
        updated_at: now(),
    };
    let mut tx = store.in_workspace(workspace).write().await.unwrap();
    posts::insert(&mut tx, &post).await.unwrap();
    tx.commit().await.unwrap();
    post.id
}

both_databases!(
    statements_keep_to_their_workspace,
    async |database: &TestDatabase| {
        let store = database.open().await;
        let (ours, theirs) = (workspace(&store).await, workspace(&store).await);
        let post = post_in(&store, ours).await;

        let mut tx = store.in_workspace(theirs).write().await.unwrap();
        assert!(matches!(
            posts::get(&mut tx, post).await,
            Err(StoreError::NotFound)
        ));
        assert!(matches!(
            posts::lock(&mut tx, post).await,
            Err(StoreError::NotFound)
        ));
        assert!(
            posts::list(&mut tx, &PostFilter::default(), Order::Newest, None, 10)
                .await
                .unwrap()
                .is_empty()
        );
        posts::delete(&mut tx, post, now()).await.unwrap();
        assert!(!posts::bring_back(&mut tx, post, now()).await.unwrap());
        tx.commit().await.unwrap();

        let mut tx = store.in_workspace(ours).read().await.unwrap();
        assert_eq!(posts::get(&mut tx, post).await.unwrap().text, "ours");
        drop(tx);
        store.close().await;
    }
);

both_databases!(
    the_database_itself_is_a_wall,
    async |database: &TestDatabase| {
        let store = database.open().await;
        assert!(
            store.walls_hold().await.unwrap(),
            "the tests run as a role that the wall binds"
        );
        let (ours, theirs) = (workspace(&store).await, workspace(&store).await);
        post_in(&store, ours).await;
        if store.kind() == DatabaseKind::Postgres {
            // A statement that forgot to name its workspace.
            let mut tx = store.in_workspace(theirs).write().await.unwrap();
            let seen = tx
                .one(
                    sql!("SELECT COUNT(*) AS posts FROM posts"),
                    binds![],
                    |row| row.int("posts"),
                )
                .await
                .unwrap();
            assert_eq!(seen, 0);
            let changed = tx
                .execute(sql!("UPDATE posts SET text = 'stolen'"), binds![])
                .await
                .unwrap();
            assert_eq!(changed, 0);
            let smuggled = tx
            .execute(
                sql!(
                    "INSERT INTO members (workspace_id, user_id, role, created_at) VALUES ($1, 'x', 'owner', 0)"
                ),
                binds![ours],
            )
            .await;
            assert!(smuggled.is_err(), "a row for another workspace is refused");
        }
        store.close().await;
    }
);
