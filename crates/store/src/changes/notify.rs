//! Texts from process to process by PostgreSQL's `NOTIFY`.
//!
//! One connection tells and one hears, both apart from the transactions that change things: PostgreSQL writes notifying commits one
//! after the other, so that a `NOTIFY` in each would make them wait for each other.

use async_trait::async_trait;
use fanfare_domain::broadcast::{Broadcast, Heard, Line};
use sqlx::postgres::{PgListener, PgPool};

const CHANNEL: &str = "fanfare_changes";

/// The database as what carries texts.
pub(super) struct Notify {
    pub pool: PgPool,
}

struct NotifyLine {
    pool: PgPool,
    others: PgListener,
}

#[async_trait]
impl Broadcast for Notify {
    async fn open(&self) -> Result<Box<dyn Line>, String> {
        let mut others = PgListener::connect_with(&self.pool)
            .await
            .map_err(|error| error.to_string())?;
        others
            .listen(CHANNEL)
            .await
            .map_err(|error| error.to_string())?;
        Ok(Box::new(NotifyLine {
            pool: self.pool.clone(),
            others,
        }))
    }
}

#[async_trait]
impl Line for NotifyLine {
    async fn tell(&mut self, text: &str) -> Result<(), String> {
        sqlx::query(crate::dialect::postgres::NOTIFY)
            .bind(CHANNEL)
            .bind(text)
            .execute(&self.pool)
            .await
            .map_err(|error| error.to_string())?;
        Ok(())
    }

    async fn hear(&mut self) -> Result<Heard, String> {
        let heard = self
            .others
            .try_recv()
            .await
            .map_err(|error| error.to_string())?;
        Ok(heard.map_or(Heard::Gap, |told| Heard::Text(told.payload().to_owned())))
    }
}
