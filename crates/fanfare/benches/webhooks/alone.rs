//! What the database does by itself with the same bodies: the limit that nothing can pass.

use std::time::Instant;

use fanfare_domain::{Clock as _, SystemClock, WebhookReceiptId};
use fanfare_store::webhook_receipts::{self, Receipt};
use fanfare_store::{Store, binds, sql};
use futures::StreamExt;
use serde_json::json;

use crate::bodies::body;
use crate::waits::rate;

const SINGLE: usize = 2_000;
const BATCHED: usize = 20_000;

/// Requests per second.
pub struct Alone {
    pub single: f64,
    pub batched: f64,
}

pub async fn measure(url: &str) -> anyhow::Result<Alone> {
    let store = Store::open(url).await?;
    store.migrate_up().await?;
    let alone = Alone {
        single: rate_of(&store, SINGLE, 1, 64).await?,
        batched: rate_of(&store, BATCHED, 64, 1).await?,
    };
    store.close().await;
    println!(
        "  database alone: one request in each commit, 64 at once: {:.0} per second; 64 in each: {:.0}",
        alone.single, alone.batched
    );
    Ok(alone)
}

async fn rate_of(
    store: &Store,
    count: usize,
    in_each: usize,
    at_once: usize,
) -> anyhow::Result<f64> {
    let bodies: Vec<_> = (0..count).map(body).collect();
    let begun = Instant::now();
    let commits = futures::stream::iter(bodies.chunks(in_each)).map(async |bodies| {
        let now = SystemClock.now();
        let receipts: Vec<Receipt> = bodies
            .iter()
            .map(|body| Receipt {
                id: WebhookReceiptId::new(now),
                platform: body.platform.to_owned(),
                received_at: now,
                headers: json!({}),
                body: body.bytes.clone(),
            })
            .collect();
        let mut tx = store.as_system("bench").write().await?;
        webhook_receipts::insert_all(&mut tx, &receipts).await?;
        tx.commit().await
    });
    let done: Vec<_> = commits.buffer_unordered(at_once).collect().await;
    done.into_iter().collect::<Result<Vec<_>, _>>()?;
    let rate = rate(count, begun.elapsed());
    let mut tx = store.as_system("bench").write().await?;
    tx.execute(sql!("DELETE FROM webhook_inbox"), binds![])
        .await?;
    tx.execute(sql!("DELETE FROM webhook_receipts"), binds![])
        .await?;
    tx.commit().await?;
    Ok(rate)
}
