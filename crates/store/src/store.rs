//! Opening a database and beginning transactions on it.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqlSafeStr};

use crate::changes::Changes;
use crate::lite_writer::LiteWriter;
use crate::scope::Sight;
use crate::tx::{Connection, Tx};
use crate::{Result, StoreError, sql};

/// The two databases Fanfare runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    Sqlite,
    Postgres,
}

/// An open database. Cheap to clone; all clones share connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Database,
    pub(crate) changes: Changes,
}

#[derive(Clone)]
pub(crate) enum Database {
    Postgres(PgPool),
    Sqlite {
        writer: LiteWriter,
        readers: SqlitePool,
    },
}

impl From<Database> for Store {
    fn from(database: Database) -> Self {
        Self {
            database,
            changes: Changes::default(),
        }
    }
}

/// PostgreSQL connections of one process.
const POSTGRES_CONNECTIONS: u32 = 20;
/// Readers of an SQLite file; more only fight for the same two cores and page cache.
const SQLITE_READERS: u32 = 8;
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);

impl Store {
    /// Opens `sqlite:<path>` (made when missing) or `postgres://…`.
    ///
    /// # Errors
    /// When the address is neither, or the database cannot be reached.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            open_postgres(url).await
        } else if url.starts_with("sqlite:") {
            open_sqlite(url).await
        } else {
            Err(StoreError::Broken(
                "the database address must begin with sqlite: or postgres://".to_owned(),
            ))
        }
    }

    #[must_use]
    pub fn kind(&self) -> DatabaseKind {
        match self.database {
            Database::Postgres(_) => DatabaseKind::Postgres,
            Database::Sqlite { .. } => DatabaseKind::Sqlite,
        }
    }

    /// Whether row-level security binds us. It does not bind superusers and roles with BYPASSRLS, so the program refuses
    /// to run as one. Always true on SQLite, which has no such wall.
    pub async fn walls_hold(&self) -> Result<bool> {
        if self.kind() == DatabaseKind::Sqlite {
            return Ok(true);
        }
        let mut tx = self.as_system("which role are we").read().await?;
        tx.one(crate::dialect::postgres::ROLE_IS_BOUND, Vec::new(), |row| {
            row.bool("bound")
        })
        .await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        let mut tx = self.as_system("health").read().await?;
        tx.one(sql!("SELECT 1 AS alive"), Vec::new(), |_| Ok(()))
            .await
    }

    /// Waits for open transactions and closes all connections.
    pub async fn close(&self) {
        match &self.database {
            Database::Postgres(pool) => pool.close().await,
            Database::Sqlite { readers, .. } => readers.close().await,
        }
    }

    pub(crate) async fn begin_read(&self, sight: Sight) -> Result<Tx> {
        let database = self.database.clone();
        uninterrupted(async move {
            Ok(Tx::new(match database {
                Database::Postgres(pool) => {
                    Connection::Postgres(pool.begin_with(begin("BEGIN READ ONLY", sight)).await?)
                }
                Database::Sqlite { readers, .. } => Connection::SqliteRead(readers.begin().await?),
            }))
        })
        .await
    }

    /// SQLite's readers see one state from their first statement on.
    pub(crate) async fn begin_snapshot(&self, sight: Sight) -> Result<Tx> {
        let Database::Postgres(pool) = self.database.clone() else {
            return self.begin_read(sight).await;
        };
        uninterrupted(async move {
            let begin = begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", sight);
            Ok(Tx::new(Connection::Postgres(pool.begin_with(begin).await?)))
        })
        .await
    }

    pub(crate) async fn begin_write(&self, sight: Sight) -> Result<Tx> {
        let database = self.database.clone();
        uninterrupted(async move {
            Ok(Tx::new(match database {
                Database::Postgres(pool) => {
                    Connection::Postgres(pool.begin_with(begin("BEGIN", sight)).await?)
                }
                Database::Sqlite { writer, .. } => Connection::SqliteWrite(writer.turn().await?),
            }))
        })
        .await
    }
}

/// Runs to its end even when whoever waits for it goes away: a client that hangs up in the middle of a `BEGIN` would otherwise leave a
/// connection that is in a transaction and does not know it.
pub(crate) async fn uninterrupted<T: Send + 'static>(
    work: impl Future<Output = Result<T>> + Send + 'static,
) -> Result<T> {
    tokio::spawn(work)
        .await
        .unwrap_or_else(|error| Err(StoreError::Broken(error.to_string())))
}

/// `BEGIN` and what row-level security looks at, in one round trip. A workspace id is a UUID and cannot carry SQL.
fn begin(begin: &str, sight: Sight) -> impl SqlSafeStr + Send + 'static {
    AssertSqlSafe(match sight {
        Sight::Workspace(id) => {
            format!("{begin}; SELECT set_config('app.workspace_id', '{id}', true)")
        }
        Sight::System => format!("{begin}; SELECT set_config('app.scope', 'system', true)"),
    })
}

async fn open_postgres(url: &str) -> Result<Store> {
    let options = PgConnectOptions::from_str(url)?.application_name("fanfare");
    let pool = PgPoolOptions::new()
        .max_connections(POSTGRES_CONNECTIONS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .connect_with(options.clone())
        .await;
    match pool {
        Ok(pool) => Ok(Database::Postgres(pool).into()),
        // The pool tried again and again, and does not say what came of it.
        Err(sqlx::Error::PoolTimedOut) => {
            options.connect().await?.close().await?;
            Err(sqlx::Error::PoolTimedOut.into())
        }
        Err(error) => Err(error.into()),
    }
}

async fn open_sqlite(url: &str) -> Result<Store> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged survives a power cut.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(512)
        .pragma("temp_store", "memory");
    let writer = LiteWriter::open(&options).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(SQLITE_READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .test_before_acquire(false)
        .connect_with(options.pragma("query_only", "on"))
        .await?;
    Ok(Database::Sqlite { writer, readers }.into())
}
