//! Wakes the runner when there is something to tell.

use std::sync::Arc;

use fanfare_store::changes::Change;
use tokio_util::sync::CancellationToken;

use super::KIND;
use crate::App;

/// Whoever writes a message down does not know of the runner; what their commit says is heard here.
pub async fn keep_waking(app: Arc<App>, stop: CancellationToken) {
    let mut changes = app.store.listen();
    loop {
        let change = tokio::select! {
            () = stop.cancelled() => return,
            change = changes.next() => change,
        };
        match change {
            Some(Change::Of(_, kind)) if kind == KIND => app.jobs.ring(),
            Some(Change::Of(..)) => {}
            Some(Change::Unknown) => app.jobs.ring(),
            None => return,
        }
    }
}
