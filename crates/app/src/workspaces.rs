//! Workspaces: listing one's own, renaming.

mod list;
mod name;
mod rename;

pub use fanfare_store::workspaces::Membership;
pub use list::list;
pub(crate) use name::valid_name;
pub use rename::rename;
