#![doc = include_str!("../README.md")]

mod browser;
mod databases;
pub mod described;
mod form;
mod hub;
mod picture;

pub use browser::{Browser, Reply, client, read};
pub use databases::TestDatabase;
pub use hub::TestHub;
pub use picture::jpeg;
pub use reqwest::{Method, StatusCode};
