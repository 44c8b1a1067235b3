//! What people are told of is taken back and brought again: what they said by the links in messages stays, and so does all the rest.

use fanfare_store::{Store, binds, sql};
use fanfare_testkit::{TestDatabase, both_databases};

/// The version before people were told of things.
const BEFORE: i64 = 37;

both_databases!(
    what_people_said_goes_down_and_up_again,
    async |database: &TestDatabase| {
        let store = database.open().await;
        furnish(&store).await;
        store.migrate_down(BEFORE).await.unwrap();
        assert_eq!(
            links(&store).await,
            [
                "connection_trouble off",
                "notifications",
                "webhook_disabled"
            ]
        );
        assert_eq!(people(&store).await, 1);
        store.migrate_up().await.unwrap();
        // What was never said by a link is forgotten; what nobody wanted does not come again.
        assert_eq!(said(&store).await, ["connection_trouble email false 7"]);
        assert_eq!(links(&store).await.len(), 3);
        assert_eq!(people(&store).await, 1);
        // The old program's word counts too.
        store.migrate_down(BEFORE).await.unwrap();
        let mut tx = store.as_system("test").write().await.unwrap();
        tx.execute(
            "UPDATE mail_preferences SET off_at = CASE WHEN kind = 'webhook_disabled' THEN 9 END",
            binds![],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        store.migrate_up().await.unwrap();
        assert_eq!(said(&store).await, ["webhook_disabled email false 9"]);
        store.close().await;
    }
);

async fn furnish(store: &Store) {
    let mut tx = store.as_system("test").write().await.unwrap();
    for text in [
        sql!("INSERT INTO workspaces (id, name, created_at) VALUES ('w', 'Harbour', 0)"),
        sql!("INSERT INTO users (id, email, name, password_hash, is_admin, created_at) VALUES ('u', 'ada@example.com', 'Ada', 'x', false, 0)"),
        sql!("INSERT INTO members (workspace_id, user_id, role, created_at) VALUES ('w', 'u', 'owner', 0)"),
        sql!(
            "INSERT INTO mail_preferences (user_id, kind, token)
             VALUES ('u', 'connection_trouble', 'a'), ('u', 'webhook_disabled', 'b'), ('u', 'notifications', 'c')"
        ),
        sql!(
            "INSERT INTO notification_preferences (user_id, kind, channel, wanted, changed_at)
             VALUES ('u', 'connection_trouble', 'email', FALSE, 7), ('u', 'webhook_disabled', 'email', TRUE, 7),
                 ('u', 'webhook_disabled', 'in_app', FALSE, 7), ('u', 'comment_received', 'email', FALSE, 7)"
        ),
        sql!(
            "INSERT INTO notifications (id, user_id, workspace_id, kind, subject, title, count, created_at, at, in_app, email, mail_waits)
             VALUES ('n', 'u', 'w', 'comment_received', 's', 't', 1, 0, 0, TRUE, FALSE, FALSE)"
        ),
    ] {
        tx.execute(text, binds![]).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// The kinds of messages that there are links for, and which of them are off; as the version before has it where that one is there.
async fn links(store: &Store) -> Vec<String> {
    let mut tx = store.as_system("test").read().await.unwrap();
    let is_before = store.migration_status().await.unwrap();
    let is_before = is_before
        .iter()
        .any(|one| one.version == BEFORE + 1 && !one.applied);
    let text = if is_before {
        "SELECT kind || CASE WHEN off_at = 7 THEN ' off' ELSE '' END AS word FROM mail_preferences WHERE token <> '' ORDER BY kind"
    } else {
        "SELECT kind AS word FROM mail_preferences WHERE token <> '' ORDER BY kind"
    };
    tx.all(text, binds![], |row| row.text("word"))
        .await
        .unwrap()
}

async fn said(store: &Store) -> Vec<String> {
    let mut tx = store.as_system("test").read().await.unwrap();
    tx.all(
        sql!("SELECT kind, channel, wanted, changed_at FROM notification_preferences ORDER BY kind, channel"),
        binds![],
        |row| {
            let (kind, channel) = (row.text("kind")?, row.text("channel")?);
            let (wanted, at) = (row.bool("wanted")?, row.int("changed_at")?);
            Ok(format!("{kind} {channel} {wanted} {at}"))
        },
    )
    .await
    .unwrap()
}

async fn people(store: &Store) -> i64 {
    let mut tx = store.as_system("test").read().await.unwrap();
    tx.one(
        sql!("SELECT COUNT(*) AS found FROM members m JOIN users u ON u.id = m.user_id JOIN workspaces w ON w.id = m.workspace_id"),
        binds![],
        |row| row.int("found"),
    )
    .await
    .unwrap()
}
