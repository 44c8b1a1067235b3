//! Texts from process to process where not the database carries them.

use std::sync::Arc;

use fanfare_domain::Secret;
use fanfare_domain::broadcast::Broadcast;

#[cfg(feature = "redis")]
mod redis;

/// By the Redis server at that address, which need not be up yet.
///
/// # Errors
/// When the address cannot be used, in words that do not repeat it.
#[cfg(feature = "redis")]
pub fn by_redis(url: &Secret) -> Result<Arc<dyn Broadcast>, String> {
    Ok(Arc::new(redis::RedisBroadcast {
        client: crate::redis_client::client(url)?,
    }))
}

/// As [`crate::limits::check_url`].
///
/// # Errors
/// Always.
#[cfg(not(feature = "redis"))]
pub fn by_redis(url: &Secret) -> Result<Arc<dyn Broadcast>, String> {
    crate::limits::check_url(url)?;
    unreachable!("no address is taken without Redis")
}
