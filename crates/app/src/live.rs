//! Which of what a page shows is not as it was: told to open pages, so that they ask again for that and for nothing else.

use std::collections::BTreeSet;
use std::time::Duration;

use fanfare_domain::{UserId, WorkspaceId};
use fanfare_store::changes::{Change, Listener, kind_for};
use tokio::time::{Instant, timeout_at};

use crate::{App, Caller};

/// What happens within this time is told together: one decision often changes several things.
const GATHER: Duration = Duration::from_millis(100);

/// Hears what changes in one workspace.
pub struct Live {
    changes: Listener,
    workspace: WorkspaceId,
    user: UserId,
    /// What has changed and is not told yet, and when it will be. Kept here, so that whoever stops waiting loses nothing.
    gathered: BTreeSet<String>,
    tell_at: Option<Instant>,
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
        gathered: BTreeSet::new(),
        tell_at: None,
    }
}

impl Live {
    /// Waits until something changes, and then a moment longer for what changes with it. None when the program ends. Waiting may be
    /// broken off and begun again: nothing is lost by it, and the moment is no longer for it.
    pub async fn next(&mut self) -> Option<Stale> {
        loop {
            let change = match self.tell_at {
                // First for as long as it takes.
                None => self.changes.next().await,
                Some(end) if end <= Instant::now() => return Some(self.take()),
                Some(end) => match timeout_at(end, self.changes.next()).await {
                    Ok(change) => change,
                    Err(_) => return Some(self.take()),
                },
            };
            match change {
                Some(Change::Of(workspace, kind)) => {
                    if let Some(kind) = self.concerning(workspace, kind) {
                        self.gathered.insert(kind);
                        self.tell_at.get_or_insert(Instant::now() + GATHER);
                    }
                }
                Some(Change::Unknown) => {
                    self.take();
                    return Some(Stale::Everything);
                }
                None => return self.tell_at.is_some().then(|| self.take()),
            }
        }
    }

    fn take(&mut self) -> Stale {
        self.tell_at = None;
        Stale::Kinds(std::mem::take(&mut self.gathered))
    }

    fn concerning(&self, workspace: WorkspaceId, kind: String) -> Option<String> {
        (workspace == self.workspace)
            .then(|| kind_for(kind, self.user))
            .flatten()
    }
}
