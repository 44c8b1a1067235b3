//! The audit log: what its lines are made of, reading it, taking it along, and finding out whether it is as it was written.

mod erasures;
mod event;
mod export;
mod list;
mod verify;

pub use export::{Format, export};
pub use list::{list_events, list_installation_events};
pub use verify::{Fault, FaultKind, Verdict, verify, verify_one};

pub use fanfare_store::audit::{Acted, AuditFilter, Chain, Chained};

pub use event::event;
pub(crate) use export::json_line;
