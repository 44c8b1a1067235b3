//! Which of what a page shows is not as it was: told to open pages, so that they ask again for that and for nothing else.

use std::collections::BTreeSet;
use std::time::Duration;

use fanfare_domain::{UserId, WorkspaceId};
use fanfare_store::changes::{Change, Listener, kind_for};

use crate::{App, Caller};

/// What happens within this time is told together: one decision often changes several things.
const GATHER: Duration = Duration::from_millis(100);

/// Hears what changes in one workspace.
pub struct Live {
    changes: Listener,
    workspace: WorkspaceId,
    user: UserId,
}

/// What is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stale {
    /// Things of these kinds, as the audit log names kinds.
    Kinds(BTreeSet<String>),
    /// It is not known what.
    Everything,
}

/// Listens to the caller's workspace from now on.
#[must_use]
pub fn listen(app: &App, caller: &Caller) -> Live {
    Live {
        changes: app.store.listen(),
        workspace: caller.workspace,
        user: caller.user,
    }
}

impl Live {
    /// Waits until something changes, and then a moment longer for what changes with it. None when the program ends.
    pub async fn next(&mut self) -> Option<Stale> {
        let mut kinds = BTreeSet::new();
        // First for as long as it takes.
        while kinds.is_empty() {
            match self.changes.next().await? {
                Change::Of(workspace, kind) => kinds.extend(self.concerning(workspace, kind)),
                Change::Unknown => return Some(Stale::Everything),
            };
        }
        let end = tokio::time::Instant::now() + GATHER;
        while let Ok(change) = tokio::time::timeout_at(end, self.changes.next()).await {
            match change {
                Some(Change::Of(workspace, kind)) => kinds.extend(self.concerning(workspace, kind)),
                Some(Change::Unknown) => return Some(Stale::Everything),
                None => break,
            }
        }
        Some(Stale::Kinds(kinds))
    }

    fn concerning(&self, workspace: WorkspaceId, kind: String) -> Option<String> {
        (workspace == self.workspace)
            .then(|| kind_for(kind, self.user))
            .flatten()
    }
}
