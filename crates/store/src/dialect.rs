//! What cannot be said in one text for both databases.

pub(crate) mod postgres;
pub(crate) mod sqlite;
