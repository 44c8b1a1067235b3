//! What a platform can do. Each role is its own trait, in a file of its own.

mod comment;
mod connect;
mod files;
mod history;
mod look;
mod outgoing_media;
mod publish;
mod subscribe;
mod webhooks;

pub use comment::{Comment, FIRST_COMMENT, OutgoingComment};
pub use connect::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, RemoteChannel,
};
pub use files::{FileContent, FilePage, FileQuery, Files, RemoteFile, RemoteFileKind};
pub use history::{History, HistoryPart, Span};
pub use look::{Look, Seen, Sent};
pub use outgoing_media::OutgoingMedia;
pub use publish::{ChannelRef, Outgoing, Progress, Publish, Receipt, Reconciled, Step};
pub use subscribe::{Account, FieldSpec, Subscribe, Subscribed};
pub use webhooks::{
    EngagementFact, InboundFact, MessageFact, NotUnderstood, NoticeFact, Notification, PostFact,
    Received, Sample, SignedWord, Webhooks, Wish,
};
