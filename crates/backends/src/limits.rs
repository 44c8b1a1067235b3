//! Where attempts are counted: in this process, or in Redis for all processes of an installation.

use std::sync::Arc;

use fanfare_domain::rate_limit::RateLimits;
use fanfare_domain::{Clock, Secret};

mod bucket;
mod memory;
#[cfg(feature = "redis")]
mod redis;
#[cfg(feature = "redis")]
mod shared;

pub use memory::MemoryLimits;
#[cfg(feature = "redis")]
pub use shared::SharedLimits;

/// Counts in Redis where an address is given, else in memory. It never fails: while Redis is away, memory stands in.
///
/// # Errors
/// When the address cannot be used, as [`check_url`] tells.
pub async fn open(
    url: Option<&Secret>,
    clock: Arc<dyn Clock>,
) -> Result<Arc<dyn RateLimits>, String> {
    let memory = MemoryLimits::new(clock);
    let Some(url) = url else {
        return Ok(Arc::new(memory));
    };
    check_url(url)?;
    #[cfg(feature = "redis")]
    {
        Ok(Arc::new(SharedLimits::open(url, memory).await?))
    }
    #[cfg(not(feature = "redis"))]
    Ok(Arc::new(memory))
}

/// Whether that is an address of a Redis server.
///
/// # Errors
/// In words, which do not repeat the address: there may be a password in it.
#[cfg(feature = "redis")]
pub fn check_url(url: &Secret) -> Result<(), String> {
    crate::redis_client::client(url).map(drop)
}

/// Refuses every address: this build cannot use one.
///
/// # Errors
/// Always.
#[cfg(not(feature = "redis"))]
pub fn check_url(_: &Secret) -> Result<(), String> {
    Err(
        "this Fanfare was built without Redis. Leave the setting out, or use a build with it"
            .to_owned(),
    )
}

/// Whether the Redis server at a good address answers, for `fanfare doctor`.
///
/// # Errors
/// In words for the operator.
#[cfg(feature = "redis")]
pub async fn check_server(url: &Secret) -> Result<(), String> {
    redis::Connection::open(&crate::redis_client::client(url)?)
        .await
        .map(drop)
}

/// As [`check_url`].
///
/// # Errors
/// Always.
#[cfg(not(feature = "redis"))]
pub async fn check_server(url: &Secret) -> Result<(), String> {
    check_url(url)
}
