//! What people are told of, by which ways, and who.

use crate::named;
use crate::{Action, Role};

named! {
    /// A kind of thing that people are told of.
    pub enum NotificationKind {
        PostPublished = "post_published",
        /// It failed everywhere, or in some places.
        PostFailed = "post_failed",
        /// Nobody can say whether it is out: a person decides.
        DeliveryNeedsAttention = "delivery_needs_attention",
        DeliveryMissed = "delivery_missed",
        /// What went out was edited or removed at the platform.
        PostChangedThere = "post_changed_there",
        CommentReceived = "comment_received",
        MentionReceived = "mention_received",
        MessageReceived = "message_received",
        /// A connected account works no more, or ends soon.
        ConnectionTrouble = "connection_trouble",
        /// An endpoint that takes no messages gets none any more.
        WebhookDisabled = "webhook_disabled",
        /// Something is told of accounts that no workspace has connected; for administrators of the installation.
        EventsUnclaimed = "events_unclaimed",
        /// Something happened to the person's own account.
        SecurityAlert = "security_alert",
    }
}

named! {
    /// A way by which people are told.
    pub enum NotificationChannel {
        InApp = "in_app",
        Email = "email",
    }
}

impl NotificationKind {
    /// Whether people are told this way before they say otherwise.
    #[must_use]
    pub fn by_default(self, channel: NotificationChannel) -> bool {
        match channel {
            NotificationChannel::InApp => true,
            NotificationChannel::Email => matches!(
                self,
                Self::PostFailed
                    | Self::DeliveryNeedsAttention
                    | Self::ConnectionTrouble
                    | Self::WebhookDisabled
                    | Self::SecurityAlert
            ),
        }
    }

    /// Nobody can say that they want to know nothing of it: whoever took an account over would.
    #[must_use]
    pub fn is_fixed(self) -> bool {
        self == Self::SecurityAlert
    }

    /// Who is told besides whoever made the post: those who may do something about it. Absent where it concerns nobody else.
    #[must_use]
    pub fn concerns(self) -> Option<Action> {
        match self {
            Self::PostPublished | Self::EventsUnclaimed | Self::SecurityAlert => None,
            Self::PostFailed
            | Self::DeliveryNeedsAttention
            | Self::DeliveryMissed
            | Self::PostChangedThere => Some(Action::WorkspaceSettings),
            Self::CommentReceived | Self::MentionReceived => Some(Action::PostsPublish),
            Self::MessageReceived => Some(Action::WebhooksRead),
            Self::ConnectionTrouble => Some(Action::ConnectionsConnect),
            Self::WebhookDisabled => Some(Action::WebhooksManage),
        }
    }

    /// The roles that are told.
    #[must_use]
    pub fn roles(self) -> &'static [Role] {
        self.concerns().map_or(&[], |action| action.rule().roles)
    }

    /// Mail about a post goes to whoever made it; the others see it in the interface.
    #[must_use]
    pub fn mails_authors_only(self) -> bool {
        matches!(
            self,
            Self::PostPublished
                | Self::PostFailed
                | Self::DeliveryNeedsAttention
                | Self::DeliveryMissed
                | Self::PostChangedThere
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn security_is_told_by_every_way_and_cannot_be_silenced() {
        for channel in NotificationChannel::ALL {
            assert!(NotificationKind::SecurityAlert.by_default(*channel));
        }
        let fixed = NotificationKind::ALL.iter().filter(|kind| kind.is_fixed());
        assert_eq!(fixed.count(), 1);
    }

    #[test]
    fn those_are_told_who_can_act() {
        let told = |kind: NotificationKind, role: Role| kind.roles().contains(&role);
        assert!(told(NotificationKind::PostFailed, Role::Admin));
        assert!(!told(NotificationKind::PostFailed, Role::Editor));
        assert!(told(NotificationKind::CommentReceived, Role::Editor));
        assert!(!told(NotificationKind::CommentReceived, Role::Viewer));
        assert!(!told(NotificationKind::ConnectionTrouble, Role::Editor));
        assert!(!told(NotificationKind::PostPublished, Role::Owner));
    }
}
