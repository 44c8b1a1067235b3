//! What tests stand on: a database of their own on both engines, and a hub in a box.

mod databases;

pub use databases::TestDatabase;
