//! What can be bound to a statement: the few types of the common subset, each with an absent form that keeps its type
//! (PostgreSQL wants to know what kind of nothing it is given).

use jiff::Timestamp;

/// A value for a statement's placeholder.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bool(bool),
    Bytes(Option<Vec<u8>>),
}

macro_rules! text_from {
    ($($type:ty),+ $(,)?) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::Text(Some(value.to_string()))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::Text(value.map(|value| value.to_string()))
            }
        }
    )+};
}

text_from!(
    &str,
    &String,
    fanfare_domain::WorkspaceId,
    fanfare_domain::UserId,
    fanfare_domain::InvitationId,
    fanfare_domain::SessionId,
    fanfare_domain::PasskeyId,
    fanfare_domain::ExportId,
    fanfare_domain::ApiKeyId,
    fanfare_domain::ApiKeyCallId,
    fanfare_domain::ConnectionId,
    fanfare_domain::ChannelId,
    fanfare_domain::MediaId,
    fanfare_domain::MailMessageId,
    fanfare_domain::MediaFolderId,
    fanfare_domain::PostId,
    fanfare_domain::SeriesId,
    fanfare_domain::DeliveryId,
    fanfare_domain::JobId,
    fanfare_domain::AuditEventId,
    fanfare_domain::ChannelGroupId,
    fanfare_domain::ConnectionCheckId,
    fanfare_domain::ContentTemplateId,
    fanfare_domain::HashtagGroupId,
    fanfare_domain::SavedFilterId,
    fanfare_domain::NotificationId,
    fanfare_domain::notification::NotificationKind,
    fanfare_domain::notification::NotificationChannel,
    fanfare_domain::WebhookReceiptId,
    fanfare_domain::WebhookEventId,
    fanfare_domain::EngagementId,
    fanfare_domain::InboundMessageId,
    fanfare_domain::AccountNoticeId,
    fanfare_domain::CatchUpId,
    fanfare_domain::WebhookEndpointId,
    fanfare_domain::WebhookMessageId,
    fanfare_domain::WebhookAttemptId,
    fanfare_domain::webhook::DisabledWhy,
    fanfare_domain::webhook::SendStatus,
    fanfare_domain::webhook::WebhookStatus,
    fanfare_domain::webhook::EngagementKind,
    fanfare_domain::webhook::RemoteChange,
    fanfare_domain::webhook::NoticeKind,
    fanfare_domain::webhook::CatchUpReason,
    fanfare_domain::webhook::CatchUpState,
    crate::account_tokens::TokenPurpose,
    crate::exports::ExportState,
    crate::media_imports::ImportState,
    fanfare_domain::ErrorCode,
    fanfare_domain::comment::CommentState,
    fanfare_domain::delivery::DeliveryState,
    fanfare_domain::mail::MailStatus,
    fanfare_domain::media::MediaKind,
    fanfare_domain::post::PostState,
    fanfare_domain::schedule::ScheduleKind,
    fanfare_domain::role::Role,
    &serde_json::Value,
);

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(Some(value))
    }
}

impl From<Option<String>> for Value {
    fn from(value: Option<String>) -> Self {
        Self::Text(value)
    }
}

macro_rules! int_from {
    ($($type:ty),+) => {$(
        impl From<$type> for Value {
            fn from(value: $type) -> Self {
                Self::Int(Some(i64::from(value)))
            }
        }

        impl From<Option<$type>> for Value {
            fn from(value: Option<$type>) -> Self {
                Self::Int(value.map(i64::from))
            }
        }
    )+};
}

int_from!(i64, i32, u32, u16);

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(Some(value))
    }
}

impl From<Option<Vec<u8>>> for Value {
    fn from(value: Option<Vec<u8>>) -> Self {
        Self::Bytes(value)
    }
}

impl From<Timestamp> for Value {
    fn from(value: Timestamp) -> Self {
        Self::Int(Some(value.as_millisecond()))
    }
}

impl From<Option<Timestamp>> for Value {
    fn from(value: Option<Timestamp>) -> Self {
        Self::Int(value.map(Timestamp::as_millisecond))
    }
}
