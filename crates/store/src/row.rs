//! One row of an answer, whichever database gave it.

use std::str::FromStr;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use crate::{Result, StoreError};

/// A row; its columns are read by name.
pub enum Row {
    Postgres(PgRow),
    Sqlite(SqliteRow),
}

macro_rules! column {
    ($self:expr, $name:expr) => {
        match $self {
            Row::Postgres(row) => row.try_get($name).map_err(StoreError::from),
            Row::Sqlite(row) => row.try_get($name).map_err(StoreError::from),
        }
    };
}

impl Row {
    pub fn text(&self, name: &str) -> Result<String> {
        column!(self, name)
    }

    pub fn optional_text(&self, name: &str) -> Result<Option<String>> {
        column!(self, name)
    }

    pub fn int(&self, name: &str) -> Result<i64> {
        column!(self, name)
    }

    pub fn optional_int(&self, name: &str) -> Result<Option<i64>> {
        column!(self, name)
    }

    pub fn bool(&self, name: &str) -> Result<bool> {
        column!(self, name)
    }

    pub fn bytes(&self, name: &str) -> Result<Vec<u8>> {
        column!(self, name)
    }

    pub fn optional_bytes(&self, name: &str) -> Result<Option<Vec<u8>>> {
        column!(self, name)
    }

    pub fn instant(&self, name: &str) -> Result<Timestamp> {
        let millis = self.int(name)?;
        Timestamp::from_millisecond(millis).map_err(|_| unreadable(name, &millis.to_string()))
    }

    pub fn optional_instant(&self, name: &str) -> Result<Option<Timestamp>> {
        match self.optional_int(name)? {
            None => Ok(None),
            Some(_) => self.instant(name).map(Some),
        }
    }

    /// An id, or anything else that is kept as its own text.
    pub fn id<T: FromStr>(&self, name: &str) -> Result<T> {
        let text = self.text(name)?;
        text.parse().map_err(|_| unreadable(name, &text))
    }

    pub fn optional_id<T: FromStr>(&self, name: &str) -> Result<Option<T>> {
        match self.optional_text(name)? {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| unreadable(name, &text)),
        }
    }

    /// A value of a named enumeration, read by its `parse`.
    pub fn named<T>(&self, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T> {
        let text = self.text(name)?;
        parse(&text).ok_or_else(|| unreadable(name, &text))
    }

    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let text = self.text(name)?;
        serde_json::from_str(&text).map_err(|error| unreadable(name, &error.to_string()))
    }
}

fn unreadable(column: &str, found: &str) -> StoreError {
    StoreError::Broken(format!(
        "column {column} holds something unreadable: {found}"
    ))
}
