//! What changed, told once it is on disk: open pages look again at that, and at nothing else.
//!
//! It is told in this process by a channel. Several processes hear of each other through [`Store::carry_changes`]. A
//! change that is missed makes a page no wronger than it is between two looks of its own, so none is kept.

mod carry;
mod notify;

use std::collections::BTreeSet;

use fanfare_domain::{UserId, WorkspaceId};
use tokio::sync::broadcast;

use crate::Store;

/// So many wait for a listener; one that falls further behind is told that it missed some.
const WAITING: usize = 512;

/// Something of a workspace that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Things of one kind, as the audit log names kinds: `post`, `delivery`, `connection` …
    Of(WorkspaceId, String),
    /// Anything may be another: what was told for a while did not arrive.
    Unknown,
}

/// Of this kind is what one person was told; their id follows, and nobody else hears of it.
const NOTIFICATION: &str = "notification";

impl Change {
    /// What this person was told is not as it was.
    #[must_use]
    pub fn of_person(workspace: WorkspaceId, user: UserId) -> Self {
        Self::Of(workspace, format!("{NOTIFICATION}:{user}"))
    }
}

/// The kind as `user` is told it; absent where it is another person's business.
#[must_use]
pub fn kind_for(kind: String, user: UserId) -> Option<String> {
    match kind.split_once(':') {
        None => Some(kind),
        Some((of, whose)) => (whose == user.to_string()).then(|| of.to_owned()),
    }
}

/// A change, and whether it was made by this process.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub change: Change,
    pub is_ours: bool,
}

/// Where changes are told and heard. All clones are one.
#[derive(Debug, Clone)]
pub(crate) struct Changes(broadcast::Sender<Told>);

/// Hears of changes from the moment on at which it was made.
pub struct Listener(broadcast::Receiver<Told>);

impl Default for Changes {
    fn default() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }
}

impl Changes {
    /// Each change once, however often it was noted.
    pub(crate) fn tell(&self, changes: BTreeSet<Change>, is_ours: bool) {
        for change in changes {
            // Nobody listens while no page is open.
            self.0.send(Told { change, is_ours }).ok();
        }
    }

    fn listen(&self) -> broadcast::Receiver<Told> {
        self.0.subscribe()
    }
}

impl Listener {
    /// The next change. Never, once the store is gone.
    pub async fn next(&mut self) -> Option<Change> {
        match self.0.recv().await {
            Ok(told) => Some(told.change),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(Change::Unknown),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl Store {
    /// Hears of every workspace's changes.
    #[must_use]
    pub fn listen(&self) -> Listener {
        Listener(self.changes.listen())
    }

    /// Tells of a change that the audit log does not speak of. After the commit that made it.
    pub fn tell_change(&self, workspace: WorkspaceId, kind: &str) {
        let change = Change::Of(workspace, kind.to_owned());
        self.changes.tell(BTreeSet::from([change]), true);
    }
}
