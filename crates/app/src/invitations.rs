//! Inviting people to a workspace by a link, and what becomes of the link.

mod accept;
mod invite;
mod link;
mod list;
mod look;
mod renew;
mod tell;
mod tidy;
mod withdraw;

pub(crate) use accept::join;
pub use accept::{Acceptance, Accepted, accept, enter_joined};
pub use fanfare_store::invitations::Invitation;
pub use invite::{Invited, invite};
pub use list::{list, read};
pub use look::{Looked, look};
pub use renew::resend;
pub(crate) use tidy::tidy;
pub use withdraw::withdraw;
