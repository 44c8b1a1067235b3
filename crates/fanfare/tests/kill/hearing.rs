//! Killed while platforms tell it things, and started again: whatever it answered with 200 is there afterwards, is worked off, and took
//! effect once.
//!
//! `FANFARE_TEST_KILLS` says how often; three times are enough to notice that something broke.

use std::time::Duration;

use fanfare_sandbox::{Sandbox, SandboxSettings};
use fanfare_testkit::{Browser, TestDatabase, both_databases};
use serde_json::json;

use crate::effects::judge;
use crate::hub::{Site, free_port, random_life};
use crate::patience::Patience;
use crate::senders::Senders;

const KILLS: usize = 3;
const SENDERS: usize = 16;
const SHORTEST_LIFE: Duration = Duration::from_millis(300);
const LONGEST_LIFE: Duration = Duration::from_secs(1);

both_databases!(
    whatever_was_answered_took_effect_once,
    async |database: &TestDatabase| {
        fanfare::use_one_tls();
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Sandbox::start(SandboxSettings::on_port(0)).await.unwrap();
        let site = Site {
            data: folder.path(),
            database: Some(&database.url),
            port: free_port(),
            sandbox: &sandbox,
        };
        let mut hub = site.start().await;
        let ada = Browser::at(hub.url.clone());
        ada.register("ada@example.com").await;
        let senders = Senders::new(pages(&ada).await);

        for round in 0..kills() {
            let sending = senders.begin(&hub.url, &round.to_string(), SENDERS);
            while senders.count() <= round {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            tokio::time::sleep(random_life(SHORTEST_LIFE, LONGEST_LIFE)).await;
            hub.kill();
            sending.join_all().await;
            hub = site.start().await;
        }
        settle(&ada).await;
        hub.kill();

        let taken = senders.taken();
        assert!(taken.len() > kills(), "{} were taken", taken.len());
        let store = database.open().await;
        judge(&store, &taken).await;
        store.close().await;
        sandbox.stop().await;
        println!("{} kills, {} taken, none lost", kills(), taken.len());
    }
);

/// Connects Ada's pretend Pages, and answers their ids at the platform.
pub async fn pages(ada: &Browser) -> Vec<String> {
    let channels = ada.connect("facebook", json!({})).await;
    channels
        .iter()
        .map(|channel| channel["remote_id"].as_str().unwrap().to_owned())
        .collect()
}

pub fn kills() -> usize {
    let said = std::env::var("FANFARE_TEST_KILLS").ok();
    said.and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

pub async fn settle(ada: &Browser) {
    let mut patience = Patience::new();
    loop {
        let stats = ada
            .get("/api/webhook-events/stats?scope=installation")
            .await
            .body;
        let open = ["pending", "processing", "failed"].map(|state| stats[state].as_i64().unwrap());
        let left = open.iter().sum();
        if left == 0 {
            return;
        }
        patience.watch(left);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
