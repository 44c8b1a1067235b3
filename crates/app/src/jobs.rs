//! The list of all kinds of background work.

use std::sync::Arc;

use fanfare_jobs::Handler;

use crate::App;
use crate::publishing::{Deliver, Watch};

/// The bodies of all jobs, for the runner.
#[must_use]
pub fn handlers(app: &Arc<App>) -> Vec<Arc<dyn Handler>> {
    vec![
        Arc::new(Deliver::new(Arc::clone(app))),
        Arc::new(Watch::new(Arc::clone(app))),
    ]
}
