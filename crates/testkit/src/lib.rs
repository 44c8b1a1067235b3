#![doc = include_str!("../README.md")]

mod authenticator;
mod browser;
mod certificates;
mod databases;
pub mod described;
mod film;
mod form;
mod hub;
mod oidc_provider;
mod picture;
mod s3_server;

pub use authenticator::Authenticator;
pub use browser::{Browser, Reply, client, read};
pub use certificates::Certificates;
pub use databases::TestDatabase;
pub use film::{PLACE, film};
pub use hub::TestHub;
pub use oidc_provider::{OidcProvider, Signing};
pub use picture::jpeg;
pub use reqwest::{Method, StatusCode};
pub use s3_server::S3Server;
