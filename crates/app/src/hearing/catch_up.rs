//! Reading from a platform what happened while nobody heard, and adding what is missing.
//!
//! It is read in parts, each of which takes effect in one transaction with how far the reading has come, through the same effects as what the
//! platform tells. What is known already changes nothing: it has the same id, and what was told of it is the later word.

mod begin;
mod job;
mod view;

pub(super) use begin::catch_up_after;
pub use begin::{catch_up, catch_up_everywhere};
pub(crate) use job::CatchUpJob;
pub(super) use job::before_all_events;
pub use view::CatchUpView;
pub(super) use view::latest_by_channel;

use fanfare_domain::{CatchUpId, WorkspaceId};
use serde::{Deserialize, Serialize};

const CATCH_UP: &str = "hear.catch_up";

#[derive(Serialize, Deserialize)]
struct Ids {
    workspace: WorkspaceId,
    id: CatchUpId,
}
