//! One post going to one channel: its states and the legal changes between them.

use crate::named;

named! {
    /// Where a delivery stands.
    pub enum DeliveryState {
        /// Composed, not decided.
        Draft = "draft",
        WaitingApproval = "waiting_approval",
        /// Decided; waits for its time.
        Scheduled = "scheduled",
        /// A worker has begun, or will try again.
        Publishing = "publishing",
        Published = "published",
        /// The platform refused for good; a person may retry.
        Failed = "failed",
        /// The outcome cannot be told by asking; a person must look.
        NeedsAttention = "needs_attention",
        Cancelled = "cancelled",
        /// Fanfare was down or the channel paused when it was due, for longer than the set lateness.
        Missed = "missed",
    }
}

impl DeliveryState {
    /// Nothing will happen to it unless a person asks.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Self::Published | Self::Failed | Self::NeedsAttention | Self::Cancelled | Self::Missed
        )
    }

    /// The platform has not been asked for anything yet, so text, channel and time may still change.
    #[must_use]
    pub fn is_editable(self) -> bool {
        matches!(self, Self::Draft | Self::WaitingApproval | Self::Scheduled)
    }

    /// A person may ask for another try.
    #[must_use]
    pub fn can_retry(self) -> bool {
        matches!(self, Self::Failed | Self::NeedsAttention | Self::Missed)
    }

    /// Whether the change is one that the product knows.
    #[must_use]
    pub fn can_become(self, next: Self) -> bool {
        use DeliveryState::{
            Cancelled, Draft, Failed, Missed, NeedsAttention, Published, Publishing, Scheduled,
            WaitingApproval,
        };
        match self {
            Draft => matches!(next, WaitingApproval | Scheduled | Cancelled),
            WaitingApproval => matches!(next, Draft | Scheduled | Cancelled),
            Scheduled => matches!(
                next,
                Draft | WaitingApproval | Publishing | Cancelled | Missed
            ),
            // Back to scheduled only when the platform was not asked for anything yet.
            Publishing => matches!(next, Published | Failed | NeedsAttention | Scheduled),
            Failed | Missed => matches!(next, Publishing | Scheduled | Cancelled),
            // A person looked: it is live after all, or it is not and is sent again, or it is given up.
            NeedsAttention => matches!(next, Published | Publishing | Scheduled | Cancelled),
            // A person takes it back, when nothing had begun.
            Cancelled => matches!(next, Draft | Scheduled),
            Published => false,
        }
    }
}
