//! Collecting metrics, and serving them where the operator wants them.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use fanfare_api::MetricsPage;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use crate::config::Config;
use crate::serving;

/// Upper bounds in seconds, from a cached answer to a slow upload.
const BUCKETS: &[f64] = &[
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
];
const TIDY_EVERY: Duration = Duration::from_secs(15);

/// Begins collecting. The page is for the main listener, unless metrics have their own.
pub(super) async fn begin(
    config: &Config,
    stop: &CancellationToken,
) -> anyhow::Result<Option<MetricsPage>> {
    let collected = PrometheusBuilder::new()
        .set_buckets(BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("metrics cannot be collected")?;
    tokio::spawn(tidy(collected.clone()));
    let page: MetricsPage = Arc::new(move || collected.render());
    let Some(address) = config.metrics_listen else {
        return Ok(Some(page));
    };
    let listener = serving::listen(address, "FANFARE_METRICS_LISTEN").await?;
    let answer = move || async move {
        (
            [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
            page(),
        )
    };
    let router = Router::new().route("/metrics", get(answer));
    tokio::spawn(serving::serve(listener, router, stop.clone()));
    Ok(None)
}

/// Keeps histograms from growing between two looks at them.
async fn tidy(collected: PrometheusHandle) {
    let mut every = tokio::time::interval(TIDY_EVERY);
    loop {
        every.tick().await;
        collected.run_upkeep();
    }
}
