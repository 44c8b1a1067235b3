#![doc = include_str!("../README.md")]

mod allowed;
mod api_key;
mod away_cookie;
mod client_address;
mod cross_site;
mod description;
mod examples;
mod frame;
mod health;
mod html;
mod idempotency;
mod input;
mod instant;
mod metrics;
mod nul;
mod page;
mod params;
mod path;
mod permission;
mod person;
mod problem;
mod routes;
mod security_headers;
mod session_cookie;
mod signed_in;
mod state;
mod still_allowed;
mod words;

pub use description::openapi;
pub use routes::router;
pub use state::{ApiSettings, MetricsPage};
