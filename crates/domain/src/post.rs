//! What is composed once. A post's state is the sum of its deliveries' states.

use crate::delivery::DeliveryState;
use crate::named;

named! {
    /// Where a post stands, as the sum of its deliveries.
    pub enum PostState {
        Draft = "draft",
        WaitingApproval = "waiting_approval",
        Scheduled = "scheduled",
        Publishing = "publishing",
        Published = "published",
        PartlyPublished = "partly_published",
        Failed = "failed",
        NeedsAttention = "needs_attention",
        Cancelled = "cancelled",
        Missed = "missed",
    }
}

impl PostState {
    /// Sums deliveries up. A post without any is a draft.
    ///
    /// What still moves comes first, then what wants a person, then the result; cancelled deliveries count only when
    /// there is nothing else.
    #[must_use]
    pub fn sum(deliveries: &[DeliveryState]) -> Self {
        let counted: Vec<_> = deliveries
            .iter()
            .filter(|state| **state != DeliveryState::Cancelled)
            .collect();
        let any = |wanted| counted.iter().any(|state| **state == wanted);
        let all = |wanted| counted.iter().all(|state| **state == wanted);

        if counted.is_empty() {
            return if deliveries.is_empty() {
                Self::Draft
            } else {
                Self::Cancelled
            };
        }
        if any(DeliveryState::Publishing) {
            return Self::Publishing;
        }
        if any(DeliveryState::Scheduled) {
            // Some are out and some wait for their time: the post is on its way.
            return if all(DeliveryState::Scheduled) {
                Self::Scheduled
            } else {
                Self::Publishing
            };
        }
        if any(DeliveryState::WaitingApproval) {
            return Self::WaitingApproval;
        }
        if any(DeliveryState::Draft) {
            return Self::Draft;
        }
        if any(DeliveryState::NeedsAttention) {
            return Self::NeedsAttention;
        }
        if all(DeliveryState::Published) {
            return Self::Published;
        }
        if any(DeliveryState::Published) {
            return Self::PartlyPublished;
        }
        if any(DeliveryState::Failed) {
            Self::Failed
        } else {
            Self::Missed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DeliveryState as D;

    #[test]
    fn a_post_is_the_sum_of_its_deliveries() {
        let table: &[(&[D], PostState)] = &[
            (&[], PostState::Draft),
            (&[D::Draft, D::Draft], PostState::Draft),
            (&[D::Scheduled, D::Scheduled], PostState::Scheduled),
            (&[D::Scheduled, D::Published], PostState::Publishing),
            (&[D::Publishing, D::Failed], PostState::Publishing),
            (&[D::Published, D::Published], PostState::Published),
            (&[D::Published, D::Cancelled], PostState::Published),
            (&[D::Published, D::Failed], PostState::PartlyPublished),
            (&[D::Published, D::Missed], PostState::PartlyPublished),
            (
                &[D::Published, D::NeedsAttention],
                PostState::NeedsAttention,
            ),
            (&[D::Failed, D::Failed], PostState::Failed),
            (&[D::Failed, D::Missed], PostState::Failed),
            (&[D::Missed], PostState::Missed),
            (&[D::Cancelled], PostState::Cancelled),
        ];
        for (deliveries, sum) in table {
            assert_eq!(PostState::sum(deliveries), *sum, "{deliveries:?}");
        }
    }
}
