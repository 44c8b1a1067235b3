//! Workspaces: making, listing, changing, handing over, leaving and deleting them.

mod change;
mod create;
mod delete;
mod leave;
mod list;
mod name;
mod record;
mod transfer;

pub use change::{WorkspaceChange, change};
pub use create::create;
pub use delete::delete;
pub(crate) use delete::{begin as begin_deleting, delete_whole};
pub use fanfare_store::workspaces::Membership;
pub use leave::leave;
pub(crate) use list::not_yours;
pub use list::{list, own};
pub(crate) use name::valid_name;
pub(crate) use record::{Happened, record};
pub use transfer::transfer;
