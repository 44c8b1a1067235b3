//! Migrations up and down: one text for both databases.
//!
//! In a migration, `@bytes` becomes the database's type for bytes, and what stands between `-- @postgres` or `-- @sqlite` and `-- @end` is for
//! that database alone.
//! Checksums are of the rendered text, so the renderer must not change what it makes of released migrations (a test pins it).

use sha2::{Digest as _, Sha256};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, Connection as _};

use crate::store::Database;
use crate::{DatabaseKind, Result, Store, StoreError, binds, sql};

struct Source {
    version: i64,
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

macro_rules! sources {
    ($($version:literal $name:literal),+ $(,)?) => {
        &[$(Source {
            version: $version,
            name: $name,
            up: include_str!(concat!("../migrations/", $name, ".up.sql")),
            down: include_str!(concat!("../migrations/", $name, ".down.sql")),
        }),+]
    };
}

const SOURCES: &[Source] = sources! {
    1 "0001_accounts",
    2 "0002_connections",
    3 "0003_media",
    4 "0004_posts",
    5 "0005_jobs",
    6 "0006_audit",
    7 "0007_requests",
    8 "0008_scheduling",
    9 "0009_content",
    10 "0010_library",
    11 "0011_connections",
    12 "0012_first_comments",
    13 "0013_saved_filters",
    14 "0014_pages",
    15 "0015_calendar",
    16 "0016_api_keys",
    17 "0017_audit_chain",
    18 "0018_mail",
    19 "0019_account_tokens",
    20 "0020_two_factor",
    24 "0024_requests_of_people",
    25 "0025_team",
    26 "0026_devices",
    30 "0030_refresh",
    31 "0031_oidc",
    32 "0032_passkeys",
    33 "0033_retention",
    34 "0034_alerts",
    35 "0035_hearing",
    36 "0036_telling",
    37 "0037_listening",
    38 "0038_notifications",
    39 "0039_two_step_sessions",
    40 "0040_telling_in_order",
    41 "0041_hearing_again",
    42 "0042_mailed_invitations",
    43 "0043_consent",
    44 "0044_mail_refusals",
    45 "0045_names_in_one_place",
    46 "0046_paused_posts",
    47 "0047_endpoints_at_rest",
    48 "0048_heard_once",
    49 "0049_media_imports",
};

/// One migration and when it was applied here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationStatus {
    pub version: i64,
    pub name: String,
    pub applied: bool,
}

impl Store {
    /// Applies all migrations that are missing. Several processes may call it at once.
    ///
    /// # Errors
    /// When the database was migrated by a newer program, or an applied migration's text differs.
    pub async fn migrate_up(&self) -> Result<()> {
        self.run_migrator(None).await
    }

    /// Takes back all migrations above `target`; 0 takes back everything, data included.
    pub async fn migrate_down(&self, target: i64) -> Result<()> {
        self.run_migrator(Some(target)).await
    }

    /// Every known migration, in order.
    pub async fn migration_status(&self) -> Result<Vec<MigrationStatus>> {
        let applied = self.applied_versions().await?;
        Ok(SOURCES
            .iter()
            .map(|source| MigrationStatus {
                version: source.version,
                name: source.name.to_owned(),
                applied: applied.contains(&source.version),
            })
            .collect())
    }

    async fn applied_versions(&self) -> Result<Vec<i64>> {
        let mut tx = self.as_system("migration status").read().await?;
        let found = tx
            .all(
                sql!("SELECT version FROM _sqlx_migrations WHERE success"),
                binds![],
                |row| row.int("version"),
            )
            .await;
        // Before the first migration the table does not exist.
        Ok(found.unwrap_or_default())
    }

    async fn run_migrator(&self, undo_to: Option<i64>) -> Result<()> {
        let migrator = Migrator::with_migrations(migrations(self.kind()));
        match &self.database {
            Database::Postgres(pool) => match undo_to {
                None => migrator.run(pool).await,
                Some(target) => migrator.undo(pool, target).await,
            },
            Database::Sqlite { readers, .. } => {
                // Readers refuse to write, and the writer belongs to transactions: migrations get a connection of their own.
                let options = (*readers.connect_options())
                    .clone()
                    .pragma("query_only", "off");
                let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
                let outcome = match undo_to {
                    None => migrator.run(&mut connection).await,
                    Some(target) => migrator.undo(&mut connection, target).await,
                };
                connection.close().await?;
                outcome
            }
        }
        .map_err(|error| StoreError::Broken(format!("migrating: {error}")))
    }
}

/// A short name for what all migrations together make of an empty database: another text, number or name, another name.
#[must_use]
pub fn schema_fingerprint(kind: DatabaseKind) -> String {
    let mut hash = Sha256::new();
    for source in SOURCES {
        let text = render(source.up, kind);
        hash.update(format!(
            "{} {} {}\n{text}",
            source.version,
            source.name,
            text.len()
        ));
    }
    hex::encode(&hash.finalize()[..8])
}

fn migrations(kind: DatabaseKind) -> Vec<Migration> {
    let make = |source: &Source, kind_of_migration, text: &str| {
        Migration::new(
            source.version,
            source.name.into(),
            kind_of_migration,
            AssertSqlSafe(render(text, kind)).into_sql_str(),
            false,
        )
    };
    SOURCES
        .iter()
        .flat_map(|source| {
            [
                make(source, MigrationType::ReversibleUp, source.up),
                make(source, MigrationType::ReversibleDown, source.down),
            ]
        })
        .collect()
}

fn render(text: &str, kind: DatabaseKind) -> String {
    let mut rendered = String::new();
    let mut only_for = None;
    for line in text.lines() {
        match line.trim() {
            "-- @postgres" => only_for = Some(DatabaseKind::Postgres),
            "-- @sqlite" => only_for = Some(DatabaseKind::Sqlite),
            "-- @end" => only_for = None,
            _ if only_for.is_some_and(|only| only != kind) => {}
            _ => {
                rendered.push_str(line);
                rendered.push('\n');
            }
        }
    }
    rendered.replace(
        "@bytes",
        if kind == DatabaseKind::Postgres {
            "BYTEA"
        } else {
            "BLOB"
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rendering_is_pinned_because_checksums_depend_on_it() {
        let text = "CREATE TABLE t (b @bytes);\n-- @postgres\nALTER TABLE t;\n-- @end\n-- @sqlite\nCOPY;\n-- @end\nDONE;";
        assert_eq!(
            render(text, DatabaseKind::Sqlite),
            "CREATE TABLE t (b BLOB);\nCOPY;\nDONE;\n"
        );
        assert_eq!(
            render(text, DatabaseKind::Postgres),
            "CREATE TABLE t (b BYTEA);\nALTER TABLE t;\nDONE;\n"
        );
    }
}
