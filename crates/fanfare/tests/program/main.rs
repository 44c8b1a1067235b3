//! The built program from the outside.

mod alone;
mod audit;
#[cfg(feature = "s3")]
mod bucket;
mod keys;
mod logs;
mod metrics;
mod running;
mod together;
mod tokens;
mod users;
mod webhooks;
