//! PostgreSQL: the migrated database is a template on the server of the tests.

use fanfare_store::migrate::schema_fingerprint;
use fanfare_store::{DatabaseKind, Store};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use url::Url;

/// Held by whoever makes the template.
const MAKING: i64 = 0x6661_6e66;

/// The server of the tests, by the address of a database on it.
pub struct Server {
    address: Url,
}

impl Server {
    pub fn at(url: &str) -> Self {
        Self {
            address: Url::parse(url).expect("FANFARE_TEST_POSTGRES_URL is a URL"),
        }
    }

    /// The address of another database on it.
    pub fn url_of(&self, database: &str) -> String {
        let mut address = self.address.clone();
        address.set_path(database);
        address.into()
    }

    /// Makes a migrated database.
    pub async fn copy_migrated(&self, name: &str) {
        let mut connection = self.connect().await;
        let template = format!("migrated_{}", schema_fingerprint(DatabaseKind::Postgres));
        if !exists(&mut connection, &template).await {
            self.make(&mut connection, &template).await;
        }
        let copy = format!("CREATE DATABASE {name} TEMPLATE {template}");
        run(&mut connection, copy).await;
        connection.close().await.expect("the server says goodbye");
    }

    /// One test makes it, while the others that came too early wait for it.
    async fn make(&self, connection: &mut PgConnection, template: &str) {
        run(connection, format!("SELECT pg_advisory_lock({MAKING})")).await;
        if !exists(connection, template).await {
            let unfinished = format!("unfinished_{template}");
            run(connection, format!("DROP DATABASE IF EXISTS {unfinished}")).await;
            run(connection, format!("CREATE DATABASE {unfinished}")).await;
            let store = Store::open(&self.url_of(&unfinished))
                .await
                .expect("a new database opens");
            store.migrate_up().await.expect("a new database migrates");
            store.close().await;
            let rename = format!("ALTER DATABASE {unfinished} RENAME TO {template}");
            run(connection, rename).await;
        }
        run(connection, format!("SELECT pg_advisory_unlock({MAKING})")).await;
    }

    /// Drops it with every connection to it.
    pub async fn drop_database(&self, name: &str) {
        let mut connection = self.connect().await;
        // Force does not reach the server's own vacuuming, for which a drop without it waits.
        let by_force = format!("DROP DATABASE {name} WITH (FORCE)");
        for statement in [by_force.clone(), format!("DROP DATABASE {name}")] {
            if connection.execute(AssertSqlSafe(statement)).await.is_ok() {
                return;
            }
        }
        run(&mut connection, by_force).await;
    }

    async fn connect(&self) -> PgConnection {
        PgConnection::connect(self.address.as_str())
            .await
            .expect("the PostgreSQL server of the tests answers")
    }
}

async fn exists(connection: &mut PgConnection, database: &str) -> bool {
    sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = $1)")
        .bind(database)
        .fetch_one(connection)
        .await
        .expect("the server lists its databases")
}

/// The text is made of our own names only.
async fn run(connection: &mut PgConnection, statement: String) {
    connection
        .execute(AssertSqlSafe(statement))
        .await
        .expect("the statement runs; the role of the tests needs CREATEDB");
}
