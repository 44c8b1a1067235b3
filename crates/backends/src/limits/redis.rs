//! Attempts counted in Redis, by one script for each.

use std::time::Duration;

use fanfare_domain::Limit;
use fanfare_domain::rate_limit::{Bucket, Rate, Taken};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Script};

use super::bucket::{taken, token, tokens};

/// No request waits longer than this for Redis; then memory stands in.
const PATIENCE: Duration = Duration::from_millis(100);
/// Nobody waits for a connection to be made.
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(2);

/// Reads, refills, takes and writes back in one step, by Redis's own clock, so that no two processes can take the same token, and clocks that
/// differ do not matter. The key expires once the bucket is full again.
const TAKE: &str = "
    local burst, token, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
    local time = redis.call('TIME')
    local now = time[1] * 1000 + math.floor(time[2] / 1000)
    local whole = burst * token
    local left = whole
    local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
    if kept[1] then
        local gained = math.max(0, now - tonumber(kept[2])) * burst
        left = math.min(whole, tonumber(kept[1]) + gained)
    end
    local allowed = left >= cost * token
    if allowed then
        left = math.min(whole, left - cost * token)
    end
    if left >= whole then
        redis.call('DEL', KEYS[1])
    else
        redis.call('HSET', KEYS[1], 'left', string.format('%.0f', left), 'at', string.format('%.0f', now))
        redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil((whole - left) / burst) + 1000))
    end
    return { allowed and 1 or 0, left }
";

/// A connection that many requests use at once.
#[derive(Clone)]
pub(super) struct Connection {
    to: MultiplexedConnection,
    script: Script,
}

impl Connection {
    /// Connects, and tries all that is asked for later: a server that refuses some of it is as good as none, and must not be taken for one
    /// that is back.
    pub(super) async fn open(client: &Client) -> Result<Self, String> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE_TO_CONNECT))
            .set_response_timeout(Some(PATIENCE_TO_CONNECT));
        let opening = client.get_multiplexed_async_connection_with_config(&config);
        let mut to = opening.await.map_err(|error| words(&error))?;
        let script = Script::new(TAKE);
        let loading = script.load_async(&mut to);
        loading.await.map_err(|error| words(&error))?;
        let connection = Self { to, script };
        let (probe, rate) = (Bucket::new(Limit::Links, "probe"), Limit::Links.rule().rate);
        connection.take(&probe, rate).await?;
        connection.give_back(&probe, rate).await?;
        Ok(connection)
    }

    pub(super) async fn take(&self, bucket: &Bucket, rate: Rate) -> Result<Taken, String> {
        let (allowed, left) = self.change(bucket, rate, 1).await?;
        Ok(taken(allowed == 1, left, rate))
    }

    pub(super) async fn give_back(&self, bucket: &Bucket, rate: Rate) -> Result<(), String> {
        self.change(bucket, rate, -1).await.map(drop)
    }

    pub(super) async fn forget(&self, bucket: &Bucket) -> Result<(), String> {
        let mut to = self.to.clone();
        let mut delete = redis::cmd("DEL");
        delete.arg(key(bucket));
        in_time(delete.query_async::<()>(&mut to)).await
    }

    async fn change(&self, bucket: &Bucket, rate: Rate, cost: i64) -> Result<(i64, i64), String> {
        let mut to = self.to.clone();
        let mut call = self.script.key(key(bucket));
        call.arg(tokens(rate)).arg(token(rate)).arg(cost);
        in_time(call.invoke_async(&mut to)).await
    }
}

fn key(bucket: &Bucket) -> String {
    format!("fanfare:limit:{}", bucket.as_str())
}

async fn in_time<T>(asked: impl Future<Output = redis::RedisResult<T>>) -> Result<T, String> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(answered) => answered.map_err(|error| words(&error)),
        Err(_) => Err(format!("no answer within {} ms", PATIENCE.as_millis())),
    }
}

/// What went wrong, as the server or the system says it. Neither knows the password.
fn words(error: &redis::RedisError) -> String {
    error.to_string()
}
