//! A database of its own for each test, on both engines: a copy of one that was migrated once for all tests.

use fanfare_store::Store;

mod postgres;
mod sqlite;

/// A fresh, migrated database. It is gone when the test is over.
pub struct TestDatabase {
    /// As `FANFARE_DATABASE_URL` takes it.
    pub url: String,
    keeper: Keeper,
}

enum Keeper {
    Folder(tempfile::TempDir),
    Server(postgres::Server, String),
}

impl TestDatabase {
    /// An SQLite file in a temporary folder.
    ///
    /// # Panics
    /// If the file cannot be made.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("fanfare.db");
        sqlite::copy_migrated(&file).await;
        Self {
            url: format!("sqlite:{}", file.display()),
            keeper: Keeper::Folder(folder),
        }
    }

    /// A database on the server at `FANFARE_TEST_POSTGRES_URL`, whose role must be allowed to make some. `None` when there is no server: that
    /// is said aloud, and is a failure under `CI`.
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
        let server = postgres::Server::at(&server);
        let name = format!("test_{}", unique());
        server.copy_migrated(&name).await;
        Some(Self {
            url: server.url_of(&name),
            keeper: Keeper::Server(server, name),
        })
    }

    /// Opens it.
    ///
    /// # Panics
    /// If it does not open.
    pub async fn open(&self) -> Store {
        Store::open(&self.url)
            .await
            .expect("the test's database opens")
    }

    /// Removes it, whoever is still connected.
    pub async fn remove(self) {
        match self.keeper {
            Keeper::Folder(folder) => drop(folder),
            Keeper::Server(server, name) => server.drop_database(&name).await,
        }
    }
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
                let database = $crate::TestDatabase::sqlite().await;
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
