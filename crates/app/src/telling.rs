//! Programs outside are told what happens: endpoints, messages, and sending them until they arrive.
//!
//! A message is written in the transaction that makes it true ([`fan_out()`]). Each endpoint has one job, a lane ([`mod@lane`]), whose runs wait
//! in places of their own, so that a slow endpoint keeps nobody waiting.

mod attempts;
mod catalogue;
mod change;
mod data;
mod endpoints;
mod fan_out;
mod forget;
#[cfg(test)]
mod guide;
mod input;
mod lane;
mod notice;
mod outcome;
mod replay;
mod request;
mod rotate;
mod sign;
mod trial;
mod wake;

pub use attempts::list_attempts;
pub use catalogue::{EVENT_TYPES, EventType};
pub use change::{EndpointChange, change_endpoint, delete_endpoint};
pub use endpoints::{EndpointView, create_endpoint, list_endpoints, read_endpoint};
pub use input::{EndpointInput, HeaderInput};
pub use replay::{Replay, replay};
pub use rotate::{Rotated, rotate_secret};
pub use trial::try_endpoint;
pub use wake::keep_waking;

pub(crate) use fan_out::fan_out;
pub(crate) use forget::forget_old;
pub(crate) use lane::Tell;
pub(crate) use notice::TellOfDisabled;

pub use fanfare_store::outgoing::{Attempt, AttemptFilter};
pub use fanfare_store::webhook_endpoints::{LastFailure, WebhookEndpoint};

/// What the audit log and open pages call an endpoint.
const KIND: &str = "webhook";
