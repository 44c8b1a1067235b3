//! What can go wrong with a database, as far as callers can act on it.

/// The five things a caller may want to tell apart.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("not found")]
    NotFound,
    /// A unique or foreign key stood in the way; carries what the database calls it.
    #[error("conflict with {0}")]
    Conflict(String),
    /// The database is away, locked, full, or has no free connection; the same call may succeed later.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// PostgreSQL gave the transaction up, because it and another one waited for each other. The same transaction may be run again at once.
    #[error("given up for another transaction: {0}")]
    GivenUp(String),
    #[error("database: {0}")]
    Broken(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut => Self::Busy("no free connection".to_owned()),
            sqlx::Error::Io(_) => Self::Busy(error.to_string()),
            sqlx::Error::Database(inner)
                if inner.is_unique_violation() || inner.is_foreign_key_violation() =>
            {
                // SQLite names columns only in the message, PostgreSQL names the constraint.
                let name = inner.constraint().unwrap_or_else(|| inner.message());
                Self::Conflict(name.to_owned())
            }
            sqlx::Error::Database(inner)
                if matches!(inner.code().as_deref(), Some("40001" | "40P01")) =>
            {
                Self::GivenUp(inner.message().to_owned())
            }
            sqlx::Error::Database(inner) if may_pass(inner.code().as_deref()) => {
                Self::Busy(inner.message().to_owned())
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// SQLITE_BUSY and its relatives and SQLITE_FULL; PostgreSQL's locks that are held, full disks and shutting down.
fn may_pass(code: Option<&str>) -> bool {
    matches!(
        code,
        Some(
            "5" | "6"
                | "13"
                | "261"
                | "517"
                | "55P03"
                | "53100"
                | "53300"
                | "57P01"
                | "57P02"
                | "57P03"
        )
    )
}
