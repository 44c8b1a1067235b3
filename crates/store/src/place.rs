//! Where one stands in a list that is ordered by time and, within one millisecond, by id.

use std::fmt;
use std::str::FromStr;

use fanfare_domain::id::InvalidId;
use jiff::Timestamp;

/// A place in such a list. As text, a cursor carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<Id> {
    pub at: Timestamp,
    pub id: Id,
}

impl<Id: fmt::Display> fmt::Display for Place<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.at.as_millisecond(), self.id)
    }
}

impl<Id: FromStr<Err = InvalidId>> FromStr for Place<Id> {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let (at, id) = text.split_once('.').ok_or(InvalidId)?;
        let millis = at.parse().map_err(|_| InvalidId)?;
        Ok(Self {
            at: Timestamp::from_millisecond(millis).map_err(|_| InvalidId)?,
            id: id.parse()?,
        })
    }
}
