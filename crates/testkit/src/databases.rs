//! A database of its own for each test, on both engines.

use fanfare_store::Store;
use sqlx::postgres::PgPoolOptions;
use sqlx::{AssertSqlSafe, Executor};

/// A fresh, migrated database. It is gone when the test is over.
pub struct TestDatabase {
    /// As `FANFARE_DATABASE_URL` takes it.
    pub url: String,
    keeper: Keeper,
}

enum Keeper {
    Folder(tempfile::TempDir),
    Schema { server: String, name: String },
}

impl TestDatabase {
    /// An SQLite file in a temporary folder, not migrated yet.
    ///
    /// # Panics
    /// If the folder cannot be made.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("fanfare.db").display());
        Self {
            url,
            keeper: Keeper::Folder(folder),
        }
    }

    /// A schema of its own on the server at `FANFARE_TEST_POSTGRES_URL`, not migrated yet. `None` when there is no server: that is said
    /// aloud, and is a failure under `CI`.
    ///
    /// # Panics
    /// If the server refuses, or there is none and `CI` is set.
    pub async fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("FANFARE_TEST_POSTGRES_URL") else {
            let set = std::env::var_os("CI").is_some();
            assert!(
                !set,
                "FANFARE_TEST_POSTGRES_URL is not set, so PostgreSQL would go untested"
            );
            eprintln!("skipped on PostgreSQL: FANFARE_TEST_POSTGRES_URL is not set");
            return None;
        };
        let name = format!("test_{}", unique());
        run(&server, format!("CREATE SCHEMA {name}")).await;
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-csearch_path%3D{name}");
        Some(Self {
            url,
            keeper: Keeper::Schema { server, name },
        })
    }

    /// Opens it, migrated.
    ///
    /// # Panics
    /// If it does not open or migrate.
    pub async fn open(&self) -> Store {
        let store = Store::open(&self.url)
            .await
            .expect("the test's database opens");
        store
            .migrate_up()
            .await
            .expect("the test's database migrates");
        store
    }

    /// Removes it. Close every [`Store`] on it first.
    pub async fn remove(self) {
        match self.keeper {
            Keeper::Folder(folder) => drop(folder),
            Keeper::Schema { server, name } => {
                run(&server, format!("DROP SCHEMA {name} CASCADE")).await;
            }
        }
    }
}

/// The text is made of our own names only.
async fn run(server: &str, statement: String) {
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .connect(server)
        .await
        .expect("the PostgreSQL server of the tests answers");
    pool.execute(AssertSqlSafe(statement))
        .await
        .expect("the statement runs");
    pool.close().await;
}

fn unique() -> String {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes two tests of one body: `name::sqlite` and `name::postgres`. The body is an async closure that takes a [`TestDatabase`] by reference.
///
/// ```ignore
/// both_databases!(posts_are_listed, async |database| {
///     let store = database.open().await;
/// });
/// ```
#[macro_export]
macro_rules! both_databases {
    ($name:ident, $body:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let database = $crate::TestDatabase::sqlite();
                let body = $body;
                body(&database).await;
                database.remove().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(database) = $crate::TestDatabase::postgres().await {
                    let body = $body;
                    body(&database).await;
                    database.remove().await;
                }
            }
        }
    };
}
