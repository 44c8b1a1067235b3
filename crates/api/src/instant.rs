//! Reading instants.

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// An instant, or in words how one is written: the parser's own words are for programmers.
pub(crate) fn instant<'de, D: Deserializer<'de>>(given: D) -> Result<Option<Timestamp>, D::Error> {
    let Some(text) = Option::<String>::deserialize(given)? else {
        return Ok(None);
    };
    text.parse().map(Some).map_err(|_| {
        D::Error::custom("expected a time with its offset, such as 2026-12-01T09:00:00Z")
    })
}
