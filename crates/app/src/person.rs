//! Who asks where it is about people themselves: their account, their devices, the workspaces they make, join and leave.

use fanfare_domain::{SessionId, WorkspaceId};
use fanfare_store::audit::Actor;
use fanfare_store::users::User;

use crate::idempotency::TakenKey;

/// A signed-in person, whether or not they belong to any workspace. No API key is one.
#[derive(Debug, Clone)]
pub struct Person {
    pub user: User,
    pub session: SessionId,
    /// The workspace they act in now, if they belong to any: what they do with their account stands in its audit log.
    pub workspace: Option<WorkspaceId>,
    /// The `Idempotency-Key` of the request, if it has one.
    pub request_key: Option<TakenKey>,
}

impl Person {
    /// As the audit log names them.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            id: Some(self.user.id),
            name: self.user.name.clone(),
        }
    }
}
