//! The first comment below a post that is out: its states and the legal changes between them.

use crate::named;

named! {
    /// Where a first comment stands. Whatever it is, the post that it belongs to is published.
    pub enum CommentState {
        /// The post is live; the comment is next.
        Scheduled = "scheduled",
        /// A worker has begun, or will try again.
        Publishing = "publishing",
        Published = "published",
        /// The platform refused for good; a person may retry.
        Failed = "failed",
        /// The outcome cannot be told by asking; a person must look.
        NeedsAttention = "needs_attention",
        Cancelled = "cancelled",
    }
}

impl CommentState {
    /// A worker will look at it again by itself.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Scheduled | Self::Publishing)
    }

    /// A person may ask for another try.
    #[must_use]
    pub fn can_retry(self) -> bool {
        matches!(self, Self::Failed | Self::NeedsAttention | Self::Cancelled)
    }

    /// Whether the change is one that the product knows.
    #[must_use]
    pub fn can_become(self, next: Self) -> bool {
        use CommentState::{Cancelled, Failed, NeedsAttention, Published, Publishing, Scheduled};
        match self {
            Scheduled => matches!(next, Publishing | Failed | Cancelled),
            Publishing => matches!(next, Published | Failed | NeedsAttention | Cancelled),
            Failed => matches!(next, Publishing | Cancelled),
            // A person looked: it is there after all, or it is not and is sent again, or it is left alone.
            NeedsAttention => matches!(next, Published | Publishing | Cancelled),
            Cancelled => matches!(next, Publishing),
            Published => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::CommentState;

    #[test]
    fn nothing_leaves_published_and_what_ended_otherwise_can_go_on() {
        for from in CommentState::ALL {
            let ways = CommentState::ALL
                .iter()
                .filter(|next| from.can_become(**next))
                .count();
            assert_eq!(ways == 0, *from == CommentState::Published, "{from}");
            assert_eq!(
                from.can_retry(),
                !from.is_open() && from.can_become(CommentState::Publishing),
                "{from}"
            );
        }
    }
}
