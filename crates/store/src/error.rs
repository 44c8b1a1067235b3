//! What can go wrong with a database, as far as callers can act on it.

/// The four things a caller may want to tell apart.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("not found")]
    NotFound,
    /// A unique or foreign key stood in the way; carries what the database calls it.
    #[error("conflict with {0}")]
    Conflict(String),
    /// The database is locked or has no free connection; the same call may succeed later.
    #[error("the database is busy: {0}")]
    Busy(String),
    #[error("database: {0}")]
    Broken(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::PoolTimedOut => Self::Busy("no free connection".to_owned()),
            sqlx::Error::Database(inner)
                if inner.is_unique_violation() || inner.is_foreign_key_violation() =>
            {
                // SQLite names columns only in the message, PostgreSQL names the constraint.
                let name = inner.constraint().unwrap_or_else(|| inner.message());
                Self::Conflict(name.to_owned())
            }
            sqlx::Error::Database(inner) if is_busy(inner.code().as_deref()) => {
                Self::Busy(inner.message().to_owned())
            }
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// SQLITE_BUSY and its relatives, and PostgreSQL's lock and serialisation failures.
fn is_busy(code: Option<&str>) -> bool {
    matches!(
        code,
        Some("5" | "6" | "261" | "517" | "40001" | "40P01" | "55P03")
    )
}
