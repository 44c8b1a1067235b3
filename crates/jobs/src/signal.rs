//! Tells the runner of this process that something may be due.

use std::sync::Arc;

use tokio::sync::Notify;

/// A bell. Ringing it many times before the runner looks is as good as once.
#[derive(Clone, Default)]
pub struct JobSignal(Arc<Notify>);

impl JobSignal {
    /// Ring it *after* the enqueuing transaction committed; before, there is nothing to see yet.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn rung(&self) {
        self.0.notified().await;
    }
}
