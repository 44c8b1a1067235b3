//! What every route can reach.

use std::sync::Arc;

use axum::extract::FromRef;
use fanfare_app::App;
use ipnet::IpNet;

/// Renders the metrics in Prometheus' text format.
pub type MetricsPage = Arc<dyn Fn() -> String + Send + Sync>;

/// How the HTTP side is set up.
#[derive(Clone, Default)]
pub struct ApiSettings {
    /// Shown at `/metrics` to callers on this machine; absent when metrics have a listener of their own.
    pub metrics: Option<MetricsPage>,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// What routes get as axum's state; cheap to clone.
#[derive(Clone)]
pub(crate) struct ApiState {
    pub app: Arc<App>,
    pub settings: Arc<ApiSettings>,
}

impl FromRef<ApiState> for Arc<App> {
    fn from_ref(state: &ApiState) -> Self {
        Self::clone(&state.app)
    }
}
