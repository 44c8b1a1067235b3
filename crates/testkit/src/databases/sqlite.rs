//! SQLite: the migrated file lies among the temporary ones, and is copied.

use std::fs;
use std::path::Path;

use fanfare_store::migrate::schema_fingerprint;
use fanfare_store::{DatabaseKind, Store};

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
    let file = folder.path().join("migrated.db");
    let store = Store::open(&format!("sqlite:{}", file.display()))
        .await
        .expect("a new database opens");
    store.migrate_up().await.expect("a new database migrates");
    store.close().await;
    fs::rename(&file, migrated).expect("a migrated database is put in place");
}
