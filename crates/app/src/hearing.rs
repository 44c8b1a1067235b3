//! Hearing what platforms tell of their own accord.
//!
//! A request is on disk before it is answered, and nobody reads it before that ([`receive()`]). Then it is taken apart into events
//! ([`keep_reading`]), which are worked off account by account, each account's in order ([`WorkOff`]). What they mean is in `apply`.
//! `docs/decisions/0009-hearing.md` says why.
//!
//! What is told of a channel is chosen in `subscriptions`; what was missed is read in `catch_up`.

mod again;
mod apply;
mod catch_up;
mod claim;
mod forget;
mod health;
mod ingest;
mod lane;
mod look;
mod news;
mod person;
mod read;
mod receive;
mod replay;
mod said;
mod subscriptions;
mod trial;
mod unclaimed;
mod view;
mod watch;
mod work_off;

pub use catch_up::{CatchUpView, catch_up, catch_up_everywhere};
pub use health::{ChannelHealth, health};
pub use ingest::Ingest;
pub use look::look_again;
pub use person::{Deletion, deauthorize, delete_data, deletion};
pub use read::{keep_reading, read_some};
pub use receive::{LARGEST_REQUEST, handshake, receive, receiver};
pub use replay::{Effect, Replayed, Wanted, Would, replay, replay_everywhere, retry};
pub use said::{Said, said};
pub use subscriptions::{
    Field, SubscriptionState, SubscriptionView, change_subscription, look_at_subscription,
    mend_subscription, subscription,
};
pub use trial::{send_test, test_request};
pub use view::{
    Account, EventDetail, EventFilter, EventView, Overview, PlatformHealth, Receiver, Sight,
    delete_event, event, events, overview,
};
pub use watch::{keep_noting_that_we_hear, we_hear};

pub(crate) use again::{HearAgain, hear_again};
pub(crate) use catch_up::CatchUpJob;
pub(crate) use claim::{ClaimEvents, enqueue_claim};
pub(crate) use forget::forget_old;
pub(crate) use health::of_channels;
pub(crate) use look::{LookRegularly, look_regularly};
pub(crate) use subscriptions::{Listen, leave, listen_to};
pub(crate) use unclaimed::UNCLAIMED;
pub(crate) use watch::LISTENING;
pub(crate) use work_off::WorkOff;

pub use fanfare_domain::webhook::{TestKind, WebhookStatus};
pub use fanfare_platform_kit::roles::{NoticeFact, Received};
pub use fanfare_store::channel_subscriptions::Trouble;
pub use fanfare_store::webhook_events::{Failure, WebhookEvent};
