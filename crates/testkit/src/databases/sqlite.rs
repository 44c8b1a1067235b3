//! SQLite: the migrated file lies among the temporary ones, and is copied.

use std::fs;
use std::path::Path;

use fanfare_store::migrate::schema_fingerprint;
use fanfare_store::{DatabaseKind, Store};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, SqliteConnection};

/// Puts a migrated database to `file`.
pub async fn copy_migrated(file: &Path) {
    let name = format!(
        "fanfare-migrated-{}.db",
        schema_fingerprint(DatabaseKind::Sqlite)
    );
    let migrated = std::env::temp_dir().join(name);
    if !migrated.is_file() {
        make(&migrated).await;
    }
    fs::copy(&migrated, file).expect("a migrated database is copied");
}

/// Made elsewhere and put in place whole: other tests look for it at the same time.
async fn make(migrated: &Path) {
    let folder = tempfile::tempdir_in(std::env::temp_dir()).expect("a temporary folder");
    let place = |name| folder.path().join(name).display().to_string();
    let url = format!("sqlite:{}", place("new.db"));
    let store = Store::open(&url).await.expect("a new database opens");
    store.migrate_up().await.expect("a new database migrates");
    store.close().await;
    // What still lies beside the file, in its log, would be missing in a copy.
    let mut connection = SqliteConnection::connect(&url)
        .await
        .expect("it opens again");
    let whole = AssertSqlSafe(format!("VACUUM INTO '{}'", place("whole.db")));
    connection
        .execute(whole)
        .await
        .expect("a database is written anew");
    connection.close().await.expect("it closes");
    fs::rename(place("whole.db"), migrated).expect("a migrated database is put in place");
}
