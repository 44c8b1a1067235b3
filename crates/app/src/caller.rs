//! Who asks, and in which workspace: what the API's extractor yields and every use case takes.

use fanfare_domain::role::Role;
use fanfare_domain::{SessionId, UserId, WorkspaceId};
use fanfare_store::audit::Actor;

/// A signed-in person acting in one workspace.
#[derive(Debug, Clone)]
pub struct Caller {
    pub user: UserId,
    pub name: String,
    pub session: SessionId,
    pub workspace: WorkspaceId,
    pub role: Role,
    /// Administers the installation.
    pub is_admin: bool,
    /// The `Idempotency-Key` of the request, if it has one.
    pub request_key: Option<String>,
}

impl Caller {
    /// As the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            id: Some(self.user),
            name: self.name.clone(),
        }
    }
}
