//! The two doors to the database: one workspace's rows, or, with a reason, the system's.

use std::ops::{Deref, DerefMut};

use fanfare_domain::{UserId, WorkspaceId};

use crate::audit::Pending;
use crate::changes::{Change, Changes};
use crate::{Result, Store, Tx};

/// The door to one workspace.
pub struct WorkspaceScope<'a> {
    store: &'a Store,
    workspace: WorkspaceId,
}

/// The door for signing in, jobs and administration.
pub struct SystemScope<'a> {
    store: &'a Store,
}

/// A transaction that sees one workspace. Every statement on tenant tables names the workspace too; row-level security on
/// PostgreSQL is the second wall.
pub struct WorkspaceTx {
    tx: Tx,
    workspace: WorkspaceId,
    events: Pending,
    changes: Changes,
}

/// A transaction that sees all workspaces.
pub struct SystemTx {
    tx: Tx,
    events: Pending,
    changes: Changes,
}

/// What row-level security lets a transaction see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sight {
    Workspace(WorkspaceId),
    System,
}

impl Store {
    #[must_use]
    pub fn in_workspace(&self, workspace: WorkspaceId) -> WorkspaceScope<'_> {
        WorkspaceScope {
            store: self,
            workspace,
        }
    }

    /// `reason` says why no single workspace will do.
    #[must_use]
    pub fn as_system(&self, reason: &'static str) -> SystemScope<'_> {
        tracing::trace!(reason, "system scope");
        SystemScope { store: self }
    }
}

impl WorkspaceScope<'_> {
    /// A consistent view; writing in it fails.
    pub async fn read(&self) -> Result<WorkspaceTx> {
        let tx = self
            .store
            .begin_read(Sight::Workspace(self.workspace))
            .await?;
        Ok(WorkspaceTx {
            tx,
            workspace: self.workspace,
            events: Pending::default(),
            changes: self.store.changes.clone(),
        })
    }

    pub async fn write(&self) -> Result<WorkspaceTx> {
        let tx = self
            .store
            .begin_write(Sight::Workspace(self.workspace))
            .await?;
        Ok(WorkspaceTx {
            tx,
            workspace: self.workspace,
            events: Pending::default(),
            changes: self.store.changes.clone(),
        })
    }
}

impl SystemScope<'_> {
    /// A consistent view; writing in it fails.
    pub async fn read(&self) -> Result<SystemTx> {
        Ok(SystemTx {
            tx: self.store.begin_read(Sight::System).await?,
            events: Pending::default(),
            changes: self.store.changes.clone(),
        })
    }

    /// A view in which all statements see one and the same state, for what is read in many steps.
    pub async fn snapshot(&self) -> Result<SystemTx> {
        Ok(SystemTx {
            tx: self.store.begin_snapshot(Sight::System).await?,
            events: Pending::default(),
            changes: self.store.changes.clone(),
        })
    }

    pub async fn write(&self) -> Result<SystemTx> {
        Ok(SystemTx {
            tx: self.store.begin_write(Sight::System).await?,
            events: Pending::default(),
            changes: self.store.changes.clone(),
        })
    }
}

impl WorkspaceTx {
    #[must_use]
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// Writes what was recorded in the audit log, and makes everything last.
    pub async fn commit(mut self) -> Result<()> {
        let changes = self.events.changes();
        self.events.write(&mut self.tx).await?;
        self.tx.commit().await?;
        self.changes.tell(changes, true);
        Ok(())
    }

    /// Has open pages told, after the commit, that things of this kind are not as they were: for what the audit log does not record.
    pub fn note_change(&mut self, kind: &str) {
        let change = Change::Of(self.workspace, kind.to_owned());
        self.events.change(change);
    }

    /// Has open pages of one person told, once it lasts, that what they were told is not as it was.
    pub fn notified(&mut self, user: UserId) {
        let change = Change::of_person(self.workspace, user);
        self.events.change(change);
    }

    pub(crate) fn pending(&mut self) -> &mut Pending {
        &mut self.events
    }

    /// The transaction itself, which still sees this workspace only: for statements that are not only about workspaces. Nothing may
    /// have been recorded in the audit log before.
    #[must_use]
    pub fn into_tx(self) -> Tx {
        self.tx
    }
}

impl SystemTx {
    /// The same transaction, from here on about one workspace: for changes that begin before it is known which.
    #[must_use]
    pub fn into_workspace(self, workspace: WorkspaceId) -> WorkspaceTx {
        WorkspaceTx {
            tx: self.tx,
            workspace,
            events: self.events,
            changes: self.changes,
        }
    }

    /// Writes what was recorded in the audit log, and makes everything last.
    pub async fn commit(mut self) -> Result<()> {
        let changes = self.events.changes();
        self.events.write(&mut self.tx).await?;
        self.tx.commit().await?;
        self.changes.tell(changes, true);
        Ok(())
    }

    /// Has open pages of one person in a workspace told, once it lasts, that what they were told is not as it was.
    pub fn notified(&mut self, workspace: WorkspaceId, user: UserId) {
        self.events.change(Change::of_person(workspace, user));
    }

    pub(crate) fn pending(&mut self) -> &mut Pending {
        &mut self.events
    }

    /// The transaction itself, which still sees everything. Nothing may have been recorded in the audit log before.
    #[must_use]
    pub fn into_tx(self) -> Tx {
        self.tx
    }
}

impl Deref for WorkspaceTx {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for WorkspaceTx {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}

impl Deref for SystemTx {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for SystemTx {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}
