//! Attempts counted in Redis for all processes, and in this one's memory while Redis is away.

use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::Secret;
use fanfare_domain::rate_limit::{Bucket, Counting, Rate, RateLimits, Taken};
use redis::Client;

use super::MemoryLimits;
use super::redis::Connection;
use crate::redis_client::client;

/// So often it is looked whether Redis is back. Requests do not wait for that: until then they are counted in memory.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Redis, with memory behind it.
pub struct SharedLimits {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    /// Absent while Redis is away.
    connection: RwLock<Option<Connection>>,
    memory: MemoryLimits,
}

impl SharedLimits {
    /// Connects; when Redis is away, that is tried again until it is back.
    pub(super) async fn open(url: &Secret, memory: MemoryLimits) -> Result<Self, String> {
        let client = client(url)?;
        let opened = Connection::open(&client).await;
        let inner = Arc::new(Inner {
            client,
            connection: RwLock::new(None),
            memory,
        });
        match opened {
            Ok(connection) => inner.set(Some(connection)),
            Err(why) => inner.lost(&why),
        }
        Ok(Self { inner })
    }

    /// The connection, and what an attempt on it came to. A failure is the last attempt for a while.
    async fn on_redis<T, Asked>(&self, ask: impl FnOnce(Connection) -> Asked) -> Option<T>
    where
        Asked: Future<Output = Result<T, String>>,
    {
        let connection = self.inner.connection()?;
        match ask(connection).await {
            Ok(answer) => Some(answer),
            Err(why) => {
                // Of many that fail at once, the first says so.
                if self.inner.set_away() {
                    self.inner.lost(&why);
                }
                None
            }
        }
    }
}

impl Inner {
    fn connection(&self) -> Option<Connection> {
        let connection = self.connection.read();
        connection.unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, connection: Option<Connection>) {
        let mut kept = self
            .connection
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        *kept = connection;
        up_gauge(kept.is_some());
    }

    /// Whether this call was the one that noticed.
    fn set_away(&self) -> bool {
        let mut kept = self
            .connection
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        kept.take().is_some()
    }

    /// Says so once, and looks for Redis until it is back or nobody counts any more.
    fn lost(self: &Arc<Self>, why: &str) {
        up_gauge(false);
        tracing::warn!(
            cause = why,
            "Redis does not answer: until it does, this process counts attempts for itself"
        );
        tokio::spawn(find_again(Arc::downgrade(self)));
    }
}

async fn find_again(inner: Weak<Inner>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let Some(inner) = inner.upgrade() else {
            return;
        };
        if let Ok(connection) = Connection::open(&inner.client).await {
            inner.set(Some(connection));
            tracing::info!("Redis answers again: attempts are counted for all processes");
            return;
        }
    }
}

fn up_gauge(is_up: bool) {
    metrics::gauge!("fanfare_rate_limit_redis_up").set(if is_up { 1.0 } else { 0.0 });
}

#[async_trait]
impl RateLimits for SharedLimits {
    async fn take(&self, bucket: &Bucket, rate: Rate) -> Taken {
        let asked = self.on_redis(|redis| async move { redis.take(bucket, rate).await });
        match asked.await {
            Some(taken) => taken,
            None => self.inner.memory.take_now(bucket, rate),
        }
    }

    async fn give_back(&self, bucket: &Bucket, rate: Rate) {
        let asked = self.on_redis(|redis| async move { redis.give_back(bucket, rate).await });
        if asked.await.is_none() {
            self.inner.memory.give_back_now(bucket, rate);
        }
    }

    async fn forget(&self, bucket: &Bucket) {
        // Both: what was counted in memory while Redis was away is over too.
        self.inner.memory.forget_now(bucket);
        let asked = self.on_redis(|redis| async move { redis.forget(bucket).await });
        asked.await;
    }

    fn counting(&self) -> Counting {
        Counting {
            backend: "redis",
            is_up: self.inner.connection().is_some(),
        }
    }
}
