//! Who belongs to a workspace: listing them, changing roles, removing.

mod change_role;
mod list;
mod remove;
mod rules;

pub use change_role::change_role;
pub use fanfare_store::members::Member;
pub use list::list;
pub use remove::remove;
pub(crate) use rules::{
    acting, locked, no_such_member, part, refuse_last_owner, refuse_making_owner,
};
