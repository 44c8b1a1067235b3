//! A transaction on either database, and the four ways to run a statement in it.

use futures::TryStreamExt;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Postgres, Sqlite, Transaction};

use crate::lite_writer::Turn;
use crate::{DatabaseKind, Result, Row, StoreError, Value};

/// An open transaction. Dropped without [`Tx::commit`], it leaves no trace.
pub struct Tx(Connection);

pub(crate) enum Connection {
    Postgres(Transaction<'static, Postgres>),
    SqliteRead(Transaction<'static, Sqlite>),
    SqliteWrite(Turn),
}

/// Runs `$run` with `$query` bound and `$executor` chosen for whichever database this is.
macro_rules! on_both {
    ($tx:expr, $sql:expr, $binds:expr, |$query:ident, $executor:ident| $run:expr) => {
        match &mut $tx.0 {
            Connection::Postgres(tx) => {
                let ($query, $executor) = (bind_postgres($sql, $binds), &mut **tx);
                $run
            }
            Connection::SqliteRead(tx) => {
                let ($query, $executor) = (bind_sqlite($sql, $binds), &mut **tx);
                $run
            }
            Connection::SqliteWrite(turn) => {
                let ($query, $executor) = (bind_sqlite($sql, $binds), turn.connection());
                $run
            }
        }
    };
}

impl Tx {
    pub(crate) fn new(connection: Connection) -> Self {
        Self(connection)
    }

    /// Which database this is, for the few statements that differ.
    #[must_use]
    pub fn kind(&self) -> DatabaseKind {
        match self.0 {
            Connection::Postgres(_) => DatabaseKind::Postgres,
            Connection::SqliteRead(_) | Connection::SqliteWrite(_) => DatabaseKind::Sqlite,
        }
    }

    /// Runs a statement and answers how many rows it touched.
    pub async fn execute(&mut self, sql: &'static str, binds: Vec<Value>) -> Result<u64> {
        on_both!(self, sql, binds, |query, executor| Ok(query
            .execute(executor)
            .await?
            .rows_affected()))
    }

    /// All rows. Statements that may give many carry a `LIMIT`.
    pub async fn all<T>(
        &mut self,
        sql: &'static str,
        binds: Vec<Value>,
        read: impl Fn(&Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        on_both!(self, sql, binds, |query, executor| {
            let mut rows = query.fetch(executor);
            while let Some(row) = rows.try_next().await? {
                found.push(read(&row.into())?);
            }
        });
        Ok(found)
    }

    /// The first row, if there is one.
    pub async fn optional<T>(
        &mut self,
        sql: &'static str,
        binds: Vec<Value>,
        read: impl Fn(&Row) -> Result<T>,
    ) -> Result<Option<T>> {
        on_both!(
            self,
            sql,
            binds,
            |query, executor| match query.fetch_optional(executor).await? {
                None => Ok(None),
                Some(row) => read(&row.into()).map(Some),
            }
        )
    }

    /// The first row, or `NotFound`.
    pub async fn one<T>(
        &mut self,
        sql: &'static str,
        binds: Vec<Value>,
        read: impl Fn(&Row) -> Result<T>,
    ) -> Result<T> {
        self.optional(sql, binds, read)
            .await?
            .ok_or(StoreError::NotFound)
    }

    /// Makes everything done in this transaction last. When it returns, a power cut cannot take it back.
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Connection::Postgres(tx) => Ok(tx.commit().await?),
            Connection::SqliteRead(tx) => Ok(tx.commit().await?),
            Connection::SqliteWrite(turn) => turn.commit().await,
        }
    }
}

impl From<sqlx::postgres::PgRow> for Row {
    fn from(row: sqlx::postgres::PgRow) -> Self {
        Self::Postgres(row)
    }
}

impl From<sqlx::sqlite::SqliteRow> for Row {
    fn from(row: sqlx::sqlite::SqliteRow) -> Self {
        Self::Sqlite(row)
    }
}

fn bind_postgres(sql: &'static str, binds: Vec<Value>) -> Query<'static, Postgres, PgArguments> {
    let mut query = sqlx::query(sql);
    for value in binds {
        query = match value {
            Value::Text(value) => query.bind(value.map(storable)),
            Value::Int(value) => query.bind(value),
            Value::Bool(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    query
}

/// PostgreSQL cannot store U+0000. People's input with it is refused at the edge; what platforms send is kept without it.
fn storable(text: String) -> String {
    if text.contains('\0') {
        text.replace('\0', "\u{FFFD}")
    } else {
        text
    }
}

fn bind_sqlite(sql: &'static str, binds: Vec<Value>) -> Query<'static, Sqlite, SqliteArguments> {
    let mut query = sqlx::query(sql);
    for value in binds {
        query = match value {
            Value::Text(value) => query.bind(value.map(storable)),
            Value::Int(value) => query.bind(value),
            Value::Bool(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    query
}
