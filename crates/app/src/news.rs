//! What happens here that people and programs outside want to know of.
//!
//! Each thing is told once, in the transaction that makes it true: whatever comes of telling it is lost or kept together with it.

use fanfare_domain::post::PostState;
use fanfare_domain::webhook::MessageStep;
use fanfare_domain::{ConnectionId, PostId};
use fanfare_store::Result;
use fanfare_store::WorkspaceTx;
use fanfare_store::deliveries::Delivery;
use fanfare_store::engagement::Engagement;
use fanfare_store::inbound_messages::InboundMessage;
use jiff::Timestamp;

use crate::notifications;
use crate::telling::fan_out;

/// One thing that happened, with what is needed to tell of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum News<'a> {
    /// A post's sum became this: `scheduled` also when only its time changed.
    Post(PostId, PostState),
    /// Somebody deleted a post; it can still be read in this transaction.
    PostDeleted(PostId),
    /// A delivery is published, failed, missed or waits for a person, as its state says.
    Delivery(&'a Delivery),
    /// What went out was changed or removed at the platform, at that moment.
    ChangedThere(&'a Delivery, ChangedThere, Timestamp),
    Engagement(&'a Engagement),
    Message(&'a InboundMessage, MessageStep),
    Connection(ConnectionId, ConnectionNews),
}

/// What was done at the platform to what we published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChangedThere {
    Edited,
    Removed,
}

/// What became of a connected account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectionNews {
    /// For the first time, or again.
    Connected,
    Disconnected,
    /// It works no more, or will not for long.
    NeedsAttention,
    /// It works again by itself.
    Restored,
}

/// Tells it to whoever wants to know, in the caller's transaction.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(tx: &mut WorkspaceTx, news: News<'_>, now: Timestamp) -> Result<()> {
    fan_out(tx, &news, now).await?;
    notifications::hear(tx, news, now).await
}
