//! Tells open pages that events came or went on, at most once a second for each workspace, however many there were.

use std::collections::BTreeSet;
use std::time::Duration;

use fanfare_domain::WorkspaceId;
use fanfare_store::Store;
use tokio::sync::mpsc;

/// What pages know them by.
const KIND: &str = "webhook_event";
/// So often a workspace is told.
const EVERY: Duration = Duration::from_secs(1);

/// Where it is noted whose events moved. Costs nothing but a line in memory.
#[derive(Clone)]
pub(super) struct News(mpsc::UnboundedSender<WorkspaceId>);

impl News {
    /// Begins to tell; ends when nobody can note anything any more.
    pub(super) fn start(store: Store) -> Self {
        let (noted, waiting) = mpsc::unbounded_channel();
        tokio::spawn(tell(store, waiting));
        Self(noted)
    }

    /// After the commit.
    pub(super) fn note(&self, workspace: WorkspaceId) {
        // At the end of the program nobody listens.
        self.0.send(workspace).ok();
    }
}

async fn tell(store: Store, mut waiting: mpsc::UnboundedReceiver<WorkspaceId>) {
    while let Some(first) = waiting.recv().await {
        let mut moved = BTreeSet::from([first]);
        while let Ok(workspace) = waiting.try_recv() {
            moved.insert(workspace);
        }
        for workspace in moved {
            store.tell_change(workspace, KIND);
        }
        tokio::time::sleep(EVERY).await;
    }
}
