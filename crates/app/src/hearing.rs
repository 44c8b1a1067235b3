//! Hearing what platforms tell of their own accord.
//!
//! A request is on disk before it is answered, and nobody reads it before that ([`receive()`]). Then it is taken apart into events
//! ([`keep_reading`]), which are worked off account by account, each account's in order ([`WorkOff`]). What they mean is in `apply`.
//! `docs/decisions/0009-hearing.md` says why.

mod apply;
mod claim;
mod forget;
mod ingest;
mod lane;
mod person;
mod read;
mod receive;
mod replay;
mod view;
mod work_off;

pub use ingest::Ingest;
pub use person::{Deletion, deauthorize, delete_data, deletion};
pub use read::{keep_reading, read_some};
pub use receive::{LARGEST_REQUEST, handshake, receive};
pub use replay::{Effect, Replayed, Wanted, Would, replay, replay_everywhere, retry};
pub use view::{
    Account, EventFilter, EventView, Overview, PlatformHealth, Receiver, Sight, delete_event,
    event, events, overview,
};

pub(crate) use claim::{ClaimEvents, enqueue_claim};
pub(crate) use forget::forget_old;
pub(crate) use work_off::WorkOff;

pub use fanfare_domain::webhook::WebhookStatus;
pub use fanfare_store::webhook_events::{Failure, WebhookEvent};
