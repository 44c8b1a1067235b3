//! The two doors to the database: one workspace's rows, or, with a reason, the system's.

use std::ops::{Deref, DerefMut};

use fanfare_domain::WorkspaceId;

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
}

/// A transaction that sees all workspaces.
pub struct SystemTx {
    tx: Tx,
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
        })
    }
}

impl SystemScope<'_> {
    /// A consistent view; writing in it fails.
    pub async fn read(&self) -> Result<SystemTx> {
        Ok(SystemTx {
            tx: self.store.begin_read(Sight::System).await?,
        })
    }

    pub async fn write(&self) -> Result<SystemTx> {
        Ok(SystemTx {
            tx: self.store.begin_write(Sight::System).await?,
        })
    }
}

impl WorkspaceTx {
    #[must_use]
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await
    }

    /// The transaction itself, which still sees this workspace only: for statements that are not only about workspaces.
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
        }
    }

    pub async fn commit(self) -> Result<()> {
        self.tx.commit().await
    }

    /// The transaction itself, which still sees everything.
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
