#![doc = include_str!("../README.md")]

pub mod action;
pub mod best_times;
pub mod broadcast;
pub mod clock;
pub mod comment;
pub mod connection;
pub mod delivery;
pub mod error_code;
pub mod id;
pub mod mail;
pub mod media;
pub mod media_files;
mod named;
pub mod notification;
pub mod post;
pub mod queue;
pub mod rate_limit;
pub mod repeat;
pub mod role;
pub mod schedule;
pub mod secret;
pub mod wall_clock;
pub mod webhook;

pub use action::Action;
pub use clock::{Clock, ManualClock, SystemClock};
pub use connection::ConnectionStatus;
pub use error_code::ErrorCode;
pub use id::{
    AccountNoticeId, ApiKeyCallId, ApiKeyId, AuditEventId, CatchUpId, ChannelGroupId, ChannelId,
    ConnectionCheckId, ConnectionId, ContentTemplateId, DeliveryId, EngagementId, ExportId,
    HashtagGroupId, InboundMessageId, InvitationId, JobId, MailMessageId, MediaFolderId, MediaId,
    NotificationId, PasskeyId, PostId, SavedFilterId, SeriesId, SessionId, UserId,
    WebhookAttemptId, WebhookEndpointId, WebhookEventId, WebhookMessageId, WebhookReceiptId,
    WorkspaceId, ids_from,
};
pub use notification::{NotificationChannel, NotificationKind};
pub use rate_limit::{Limit, RateLimits};
pub use role::Role;
pub use secret::Secret;
