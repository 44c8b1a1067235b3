//! Bluesky's errors, facets and records, and the walk where the real server cannot be made to fail.

use super::errors::refusal;
use crate::meta_graph::refusal_table;

mod records;
mod walk;

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(include_str!("fixtures/refusals.json"), refusal);
}
