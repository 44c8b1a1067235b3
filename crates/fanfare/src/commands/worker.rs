//! `fanfare worker`: works off jobs, for installations whose database serves several processes.

use std::sync::Arc;

use anyhow::{Result, bail};
use fanfare_app::hearing::keep_reading;
use fanfare_domain::SystemClock;
use fanfare_jobs::RunnerSettings;

use super::metrics;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::wiring::{self, Parts};
use crate::{sandbox, serving, stopping};

pub(super) async fn work(config: Config) -> Result<()> {
    if config.database_url.expose().starts_with("sqlite:") {
        bail!(
            "A worker of its own needs PostgreSQL (FANFARE_DATABASE_URL): an SQLite database belongs to one process, and \
             `fanfare serve` works off its jobs already."
        );
    }
    let stop = stopping::on_signal()?;
    let data = DataDir::open(&config.data)?;
    let store = wiring::open_store(&config.database_url).await?;
    let vault = wiring::open_vault(&config, &data, &store).await?;
    let public_url = match &config.public_url {
        Some(url) => url.clone(),
        None => serving::url_of(config.listen)?,
    };
    // The page is dropped: without a listener of their own, a worker's metrics have no place.
    let _ = metrics::begin(&config, &stop).await?;
    let place = sandbox::beside_which(&config, &store).await?;
    let app = wiring::wire(Parts {
        config: &config,
        store: store.clone(),
        clock: Arc::new(SystemClock),
        vault,
        media: data.media(),
        public_url,
        sandbox: place.as_ref(),
    })
    .await?;
    fanfare_app::jobs::start_periodic(&app).await?;
    let carrying = wiring::carry_changes(&config, &store)?;
    tracing::info!(
        data = %data.path().display(),
        sandbox = place.as_ref().map_or("off", |place| place.url.as_str()),
        "the worker is ready"
    );
    let reading = tokio::spawn(keep_reading(Arc::clone(&app), stop.clone()));
    wiring::runner(&app, RunnerSettings::default())
        .run(stop)
        .await;
    reading.await?;
    carrying.abort();
    store.close().await;
    Ok(())
}
