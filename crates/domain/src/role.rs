//! What a member of a workspace may do there.

use crate::named;

named! {
    /// A member's role in one workspace.
    pub enum Role {
        Owner = "owner",
        Admin = "admin",
        Editor = "editor",
        Contributor = "contributor",
        Assistant = "assistant",
        Viewer = "viewer",
    }
}
