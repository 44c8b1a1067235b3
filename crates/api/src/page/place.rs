//! Where one stands in a list that is in the order of something else than ids. As text, a cursor carries it.

use std::fmt;
use std::str::FromStr;

/// By name: large and small letters are alike, and of equal names the older one is first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByName<Id>(pub String, pub Id);

impl<Id> ByName<Id> {
    pub(crate) fn new(name: &str, id: Id) -> Self {
        Self(name.to_lowercase(), id)
    }
}

impl<Id: fmt::Display> fmt::Display for ByName<Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", hex::encode(&self.0), self.1)
    }
}

impl<Id: FromStr> FromStr for ByName<Id> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (name, id) = text.split_once('.').ok_or(())?;
        let name = String::from_utf8(hex::decode(name).map_err(|_| ())?).map_err(|_| ())?;
        Ok(Self(name, id.parse().map_err(|_| ())?))
    }
}

/// By a number, and of equal ones the older one is first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByNumber<Number, Id>(pub Number, pub Id);

impl<Number: fmt::Display, Id: fmt::Display> fmt::Display for ByNumber<Number, Id> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl<Number: FromStr, Id: FromStr> FromStr for ByNumber<Number, Id> {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (number, id) = text.split_once('.').ok_or(())?;
        let number = number.parse().map_err(|_| ())?;
        Ok(Self(number, id.parse().map_err(|_| ())?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let place = ByName::new("Ñandú. Pan", 7_u32);
        assert_eq!(place.to_string().parse(), Ok(place));
        for wrong in ["", "7", "zz.7", "61.x"] {
            assert!(wrong.parse::<ByName<u32>>().is_err(), "{wrong}");
        }
        let place = ByNumber(3_i64, 7_u32);
        assert_eq!(place.to_string().parse(), Ok(place));
        for wrong in ["", "7", "x.7", "7.x"] {
            assert!(wrong.parse::<ByNumber<i64, u32>>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_are_in_order_whatever_their_letters() {
        assert!(ByName::new("bread", 2) < ByName::new("Buns", 1));
        assert!(ByName::new("Bread", 1) < ByName::new("bread", 2));
    }
}
