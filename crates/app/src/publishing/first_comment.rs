//! The first comment below a published post: decided in the transaction that records the post's receipt, and from then on work of
//! its own. Whatever becomes of it, the post stays published.

mod decide;
mod outcome;
mod person;
mod watch;
mod write;

pub(super) use decide::decide;
pub(super) use watch::watch;

pub use decide::planned_comment;
pub use person::{can_cancel_comment, cancel_comment, resolve_comment, retry_comment};
pub use write::WriteComment;
