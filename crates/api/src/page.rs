//! Lists, a page at a time.

mod place;

use std::fmt::Display;
use std::str::FromStr;

use axum::Json;
use fanfare_app::AppError;
use fanfare_domain::ErrorCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::{Answer, Problem};

pub(crate) use place::{ByName, ByNumber};

const DEFAULT_LIMIT: u32 = 50;
const MOST: u32 = 100;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Page {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    pub limit: Option<u32>,
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct List<T> {
    pub items: Vec<T>,
    /// Fetches the next page; absent on the last.
    #[schema(required)]
    pub next_cursor: Option<String>,
}

impl Page {
    /// How many items the page holds.
    pub(crate) fn limit(&self) -> Answer<u32> {
        match self.limit.unwrap_or(DEFAULT_LIMIT) {
            limit @ 1..=MOST => Ok(limit),
            _ => Err(wrong(
                "limit",
                ErrorCode::OutOfRange,
                "A page has 1 to 100 items.",
            )),
        }
    }

    /// Where the page before ended.
    pub(crate) fn after<T: FromStr>(&self) -> Answer<Option<T>> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        cursor.parse().map(Some).map_err(|_| {
            wrong(
                "cursor",
                ErrorCode::NotAllowed,
                "This is not the next_cursor of a page before.",
            )
        })
    }
}

impl<T> List<T> {
    /// A list that cannot become long, whoever does what; a test and `docs/guides/api-keys.md` name them.
    pub(crate) fn whole(items: Vec<T>) -> Json<Self> {
        Json(Self {
            items,
            next_cursor: None,
        })
    }

    /// A page of what is read whole, because there is a limit to how many there are. It is in the order of `key`, which the cursor names.
    pub(crate) fn part<S: Into<T>, K: Ord + FromStr + Display>(
        mut all: Vec<S>,
        page: &Page,
        key: impl Fn(&S) -> K,
    ) -> Answer<Json<Self>> {
        let limit = page.limit()?;
        if let Some(after) = page.after()? {
            all.retain(|item| key(item) > after);
        }
        all.sort_by_cached_key(&key);
        let next = all
            .get(limit as usize - 1)
            .map(|last| key(last).to_string());
        let is_more = all.len() > limit as usize;
        let items = all.into_iter().take(limit as usize).map(Into::into);
        Ok(Json(Self {
            items: items.collect(),
            next_cursor: next.filter(|_| is_more),
        }))
    }

    /// A page out of up to `limit + 1` items: one more than fits tells that there are more. `cursor` names where an item stands.
    pub(crate) fn page(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> String) -> Json<Self> {
        let limit = limit as usize;
        let is_more = items.len() > limit;
        items.truncate(limit);
        let next_cursor = items.last().filter(|_| is_more).map(cursor);
        Json(Self { items, next_cursor })
    }
}

fn wrong(field: &str, code: ErrorCode, detail: &str) -> Problem {
    AppError::invalid_field(field, code, detail).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(cursor: Option<&str>, limit: Option<u32>) -> Page {
        Page {
            cursor: cursor.map(str::to_owned),
            limit,
        }
    }

    #[test]
    fn limits_are_bounded() {
        assert_eq!(page(None, None).limit().unwrap(), 50);
        assert_eq!(page(None, Some(100)).limit().unwrap(), 100);
        for limit in [0, 101] {
            let refused = page(None, Some(limit)).limit().unwrap_err();
            assert_eq!(refused.fields[0].code, ErrorCode::OutOfRange);
        }
    }

    #[test]
    fn a_cursor_that_is_none_is_refused() {
        assert_eq!(page(None, None).after::<u64>().unwrap(), None);
        assert_eq!(page(Some("7"), None).after::<u64>().unwrap(), Some(7));
        let refused = page(Some("x"), None).after::<u64>().unwrap_err();
        assert_eq!(refused.fields[0].field, "cursor");
    }

    #[test]
    fn what_is_read_whole_is_cut_into_pages_in_one_order() {
        let of = |all: &[u32], cursor: Option<&str>| {
            let part = List::<u32>::part(all.to_vec(), &page(cursor, Some(2)), |one| *one);
            let part = part.unwrap().0;
            (part.items, part.next_cursor)
        };
        assert_eq!(of(&[5, 1, 9], None), (vec![1, 5], Some("5".to_owned())));
        // What a page ended with may be gone when the next one is asked for.
        assert_eq!(of(&[1, 9], Some("5")), (vec![9], None));
        assert_eq!(of(&[1, 5], None), (vec![1, 5], None));
        assert_eq!(of(&[], None), (vec![], None));
    }

    #[test]
    fn one_item_more_than_fits_means_another_page() {
        let of = |items: Vec<u32>| List::page(items, 2, u32::to_string).0;
        assert_eq!(of(vec![1, 2, 3]).next_cursor.as_deref(), Some("2"));
        assert_eq!(of(vec![1, 2, 3]).items, [1, 2]);
        assert_eq!(of(vec![1, 2]).next_cursor, None);
        assert_eq!(of(vec![]).next_cursor, None);
    }
}
