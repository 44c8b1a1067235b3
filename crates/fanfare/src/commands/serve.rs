//! `fanfare serve`: the API, the interface, the worker, and the sandbox while it is on.

use std::sync::Arc;

use anyhow::Result;
use fanfare_api::ApiSettings;
use fanfare_app::api_keys;
use fanfare_app::hearing::{keep_noting_that_we_hear, keep_reading};
use fanfare_app::telling::keep_waking;
use fanfare_domain::SystemClock;
use fanfare_jobs::RunnerSettings;
use fanfare_sandbox::Sandbox;
use fanfare_store::DatabaseKind;
use tokio_util::sync::CancellationToken;

use super::metrics;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::wiring::{self, Parts};
use crate::{interface, sandbox, serving, stopping};

pub(super) async fn serve(config: Config) -> Result<()> {
    let stop = stopping::on_signal()?;
    let data = DataDir::open(&config.data)?;
    let listener = serving::listen(config.listen, "--listen or FANFARE_LISTEN").await?;
    let address = listener.local_addr()?;
    let _lock = if config.database_url.expose().starts_with("sqlite:") {
        Some(data.lock()?)
    } else {
        None
    };
    let store = wiring::open_store(&config.database_url).await?;
    let public_url = match &config.public_url {
        Some(url) => url.clone(),
        None => serving::url_of(address)?,
    };
    let sandbox = if config.sandbox_is_on() {
        Some(sandbox::start_beside(&config, address, &public_url, data.sandbox_state()).await?)
    } else {
        None
    };
    let place = sandbox.as_ref().map(Sandbox::place);
    sandbox::announce(&store, place.as_ref()).await?;
    let vault = wiring::open_vault(&config, &data, &store).await?;
    // Before anything that is measured.
    let metrics = metrics::begin(&config, &stop).await?;
    let app = wiring::wire(Parts {
        config: &config,
        store: store.clone(),
        clock: Arc::new(SystemClock),
        vault,
        media: data.media(),
        public_url: public_url.clone(),
        sandbox: place.as_ref(),
    })
    .await?;

    let settings = ApiSettings {
        metrics,
        trusted_proxies: config.trusted_proxies.clone(),
    };
    let router = fanfare_api::router(Arc::clone(&app), settings, interface());
    fanfare_app::jobs::start_periodic(&app).await?;
    let runner = wiring::runner(&app, RunnerSettings::default());
    let working = tokio::spawn(runner.run(stop.clone()));
    let reading = tokio::spawn(keep_reading(Arc::clone(&app), stop.clone()));
    let carrying = wiring::carry_changes(&config, &store)?;
    let noting = tokio::spawn(api_keys::keep_writing_calls(Arc::clone(&app), stop.clone()));
    let noting_that_we_hear =
        tokio::spawn(keep_noting_that_we_hear(Arc::clone(&app), stop.clone()));
    let waking = tokio::spawn(keep_waking(Arc::clone(&app), stop.clone()));
    tracing::info!(
        url = %public_url,
        data = %data.path().display(),
        database = database(store.kind()),
        sandbox = sandbox.as_ref().map_or("off", |sandbox| sandbox.url.as_str()),
        "Fanfare is ready"
    );
    let served = serving::serve(listener, router, stop.clone()).await;
    end(&stop, working).await;
    noting.await?;
    reading.await?;
    waking.await?;
    noting_that_we_hear.await?;
    carrying.abort();
    if let Err(error) = api_keys::write_calls(&app).await {
        tracing::warn!(%error, "the last calls with API keys were not written");
    }
    if let Some(sandbox) = sandbox {
        sandbox.stop().await;
    }
    store.close().await;
    served
}

/// Ends the worker, which lets jobs under way come to a checkpoint.
async fn end(stop: &CancellationToken, working: tokio::task::JoinHandle<()>) {
    stop.cancel();
    if let Err(error) = working.await {
        tracing::error!(%error, "the worker did not end well");
    }
}

fn database(kind: DatabaseKind) -> &'static str {
    match kind {
        DatabaseKind::Sqlite => "SQLite",
        DatabaseKind::Postgres => "PostgreSQL",
    }
}
