//! Texts by Redis's `PUBLISH` and `SUBSCRIBE`.

use std::time::Duration;

use async_trait::async_trait;
use fanfare_domain::broadcast::{Broadcast, Heard, Line};
use futures::StreamExt as _;
use redis::aio::{MultiplexedConnection, PubSubSink, PubSubStream};
use redis::{AsyncConnectionConfig, Client, RedisError};

const CHANNEL: &str = "fanfare:changes";
/// For connecting, and for an answer to each text.
const PATIENCE: Duration = Duration::from_secs(2);

pub(super) struct RedisBroadcast {
    pub client: Client,
}

struct RedisLine {
    ours: MultiplexedConnection,
    theirs: PubSubStream,
    /// Its end would be the end of hearing.
    _subscription: PubSubSink,
}

#[async_trait]
impl Broadcast for RedisBroadcast {
    async fn open(&self) -> Result<Box<dyn Line>, String> {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE));
        let opening = self
            .client
            .get_multiplexed_async_connection_with_config(&config);
        let ours = opening.await.map_err(|error| words(&error))?;
        let subscribing = async {
            let (mut subscription, theirs) = self.client.get_async_pubsub().await?.split();
            subscription.subscribe(CHANNEL).await?;
            Ok((subscription, theirs))
        };
        let subscribed = tokio::time::timeout(PATIENCE, subscribing).await;
        let subscribed = subscribed.map_err(|_| "Redis does not answer".to_owned())?;
        let (subscription, theirs) = subscribed.map_err(|error| words(&error))?;
        Ok(Box::new(RedisLine {
            ours,
            theirs,
            _subscription: subscription,
        }))
    }
}

#[async_trait]
impl Line for RedisLine {
    async fn tell(&mut self, text: &str) -> Result<(), String> {
        let mut publish = redis::cmd("PUBLISH");
        publish.arg(CHANNEL).arg(text);
        let told = publish.query_async::<()>(&mut self.ours).await;
        told.map_err(|error| words(&error))
    }

    async fn hear(&mut self) -> Result<Heard, String> {
        match self.theirs.next().await {
            Some(message) => message
                .get_payload()
                .map(Heard::Text)
                .map_err(|error| words(&error)),
            None => Err("the connection to Redis was lost".to_owned()),
        }
    }
}

/// As the server or the system says it. Neither knows the password.
fn words(error: &RedisError) -> String {
    error.to_string()
}
