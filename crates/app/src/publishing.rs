//! Publishing: from a decided post to receipts, exactly once.
//!
//! A delivery is a job. Its body ([`deliver`]) walks the platform's steps, saves each before the next, and asks the platform when an
//! answer was lost; how the run ended is recorded in one transaction ([`outcome`]). The watchdog ([`watch`]) proves that nothing
//! due is forgotten. The first comment below a post ([`first_comment`]) is work of its own, by the same walk ([`walk`]).

mod audit;
mod cancel;
mod deliver;
mod first_comment;
mod hold;
mod outcome;
mod outgoing;
mod patience;
mod pause;
mod plan;
mod publish;
mod read;
mod resolve;
mod retry;
mod sum;
mod walk;
mod watch;

pub use cancel::{can_cancel, cancel_delivery, cancel_post};
pub use deliver::Deliver;
pub use first_comment::{
    WriteComment, can_cancel_comment, cancel_comment, planned_comment, resolve_comment,
    retry_comment,
};
pub use hold::{pause_post, resume_post};
pub use publish::publish_post;
pub use read::{DeliveryDetail, read_delivery};
pub use resolve::{Resolution, resolve_delivery};
pub use retry::retry_delivery;

pub(crate) use audit::{audit_delivery, audit_post};
pub(crate) use cancel::call_off;
pub(crate) use pause::{forget_waiting, go_on, is_paused};
pub(crate) use plan::{deadline, delivery_key, enqueue, ring_if_due};
pub(crate) use sum::sum_up;
pub(crate) use watch::WATCH;

pub use fanfare_store::audit::AuditEvent;
pub use fanfare_store::deliveries::{Delivery, DeliveryError};
pub use fanfare_store::first_comments::FirstComment;
