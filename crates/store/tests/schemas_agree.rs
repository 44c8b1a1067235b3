//! Both databases have the same tables with the same columns.

use std::collections::BTreeSet;

use fanfare_store::sealed::SEALED;
use fanfare_testkit::TestDatabase;
use sqlx::{Connection as _, PgConnection, Row as _, SqliteConnection};

/// Table, column, whether it may be absent, and its type in the words of the common subset.
type Column = (String, String, bool, &'static str);

#[tokio::test]
async fn tables_and_columns_are_the_same() {
    let Some(postgres) = TestDatabase::postgres().await else {
        return;
    };
    let sqlite = TestDatabase::sqlite().await;
    let (of_postgres, of_sqlite) = (
        postgres_columns(&postgres).await,
        sqlite_columns(&sqlite).await,
    );
    postgres.remove().await;
    assert!(of_sqlite.len() > 50, "the schema was read");
    let only_sqlite: Vec<_> = of_sqlite.difference(&of_postgres).collect();
    let only_postgres: Vec<_> = of_postgres.difference(&of_sqlite).collect();
    assert!(
        only_sqlite.is_empty() && only_postgres.is_empty(),
        "only on SQLite: {only_sqlite:?}\nonly on PostgreSQL: {only_postgres:?}"
    );
}

#[tokio::test]
async fn every_table_of_a_workspace_has_its_wall() {
    let Some(postgres) = TestDatabase::postgres().await else {
        return;
    };
    let columns = postgres_columns(&postgres).await;
    let of_workspaces: BTreeSet<_> = columns
        .iter()
        .filter(|(table, column, ..)| column == "workspace_id" && table != "sessions")
        .map(|(table, ..)| table.clone())
        .collect();
    let walled = walled_tables(&postgres).await;
    postgres.remove().await;
    let of_the_installation = OF_THE_INSTALLATION.map(str::to_owned);
    let expected = of_workspaces
        .into_iter()
        .chain(of_the_installation)
        .collect();
    assert_eq!(walled, expected);
}

/// What tells of several workspaces at once, and is seen by none.
const OF_THE_INSTALLATION: [&str; 2] = ["webhook_inbox", "webhook_receipts"];

/// What platforms sent, byte for byte: nothing secret to open doors with, and by the million.
const UNSEALED: (&str, &str) = ("webhook_receipts", "body");

/// Bytes are kept for what is sealed and for nothing else: rotating keys must find all of them.
#[tokio::test]
async fn every_column_of_bytes_is_known_as_sealed() {
    let columns = sqlite_columns(&TestDatabase::sqlite().await).await;
    let of_bytes: BTreeSet<_> = columns
        .iter()
        .filter(|(.., kind)| *kind == "bytes")
        .map(|(table, column, ..)| (table.as_str(), column.as_str()))
        .collect();
    let sealed = SEALED.iter().map(|sealed| (sealed.table, sealed.column));
    let expected = sealed.chain([UNSEALED]).collect();
    assert_eq!(of_bytes, expected);
}

async fn sqlite_columns(database: &TestDatabase) -> BTreeSet<Column> {
    let mut connection = SqliteConnection::connect(&database.url).await.unwrap();
    let rows = sqlx::query(
        "SELECT m.name AS tbl, p.name AS col, p.\"notnull\" AS required, p.pk AS pk, p.type AS kind
         FROM sqlite_master m JOIN pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '_sqlx%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    rows.iter()
        .map(|row| {
            let required = row.get::<i64, _>("required") == 1 || row.get::<i64, _>("pk") > 0;
            let kind: String = row.get("kind");
            (row.get("tbl"), row.get("col"), !required, common(&kind))
        })
        .collect()
}

async fn postgres_columns(database: &TestDatabase) -> BTreeSet<Column> {
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let rows = sqlx::query(
        "SELECT table_name::text AS tbl, column_name::text AS col, is_nullable = 'YES' AS optional, data_type::text AS kind
         FROM information_schema.columns
         WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    rows.iter()
        .map(|row| {
            let kind: String = row.get("kind");
            (
                row.get("tbl"),
                row.get("col"),
                row.get("optional"),
                common(&kind),
            )
        })
        .collect()
}

async fn walled_tables(database: &TestDatabase) -> BTreeSet<String> {
    let mut connection = PgConnection::connect(&database.url).await.unwrap();
    let rows = sqlx::query(
        "SELECT c.relname::text AS tbl FROM pg_class c
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relrowsecurity AND c.relforcerowsecurity
             AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    connection.close().await.unwrap();
    rows.iter().map(|row| row.get("tbl")).collect()
}

fn common(kind: &str) -> &'static str {
    match kind.to_lowercase().as_str() {
        "text" => "text",
        "bigint" => "integer",
        "boolean" => "boolean",
        "blob" | "bytea" => "bytes",
        other => panic!("a type outside the common subset: {other}"),
    }
}
