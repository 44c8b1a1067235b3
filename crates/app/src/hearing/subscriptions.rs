//! What platforms tell of each channel: what is wanted, what is so, and making it so.
//!
//! The platform has one list for an account and our application. Several workspaces may have connected the account, so what is asked for
//! is what any of them wants.

mod change;
mod job;
mod leave;
mod set;
mod view;

pub use change::{change_subscription, look_at_subscription, mend_subscription};
use job::enqueue;
pub(crate) use job::{Listen, listen_to};
pub(super) use job::{enqueue_look, listen_unless_told};
pub(crate) use leave::leave;
pub(super) use set::{account, load};
pub(super) use view::view_of;
pub use view::{Field, SubscriptionState, SubscriptionView, subscription};

use fanfare_platform_kit::Platform;
use fanfare_platform_kit::roles::Subscribe;

/// What is told unless a person decides otherwise.
fn defaults(subscribe: &dyn Subscribe) -> Vec<&'static str> {
    let fields = subscribe.fields().iter();
    fields
        .filter(|field| field.is_default)
        .map(|field| field.name)
        .collect()
}

/// Whether what a platform tells of an account is chosen account by account.
pub(super) fn is_chosen(platform: &dyn Platform) -> bool {
    platform.subscribe().is_some()
}
