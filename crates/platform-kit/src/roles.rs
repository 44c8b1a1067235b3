//! What a platform can do. Each role is its own trait, in a file of its own.

mod comment;
mod connect;
mod publish;
mod webhooks;

pub use comment::{Comment, FIRST_COMMENT, OutgoingComment};
pub use connect::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, RemoteChannel,
};
pub use publish::{
    ChannelRef, Outgoing, OutgoingMedia, Progress, Publish, Receipt, Reconciled, Step,
};
pub use webhooks::{
    EngagementFact, Header, InboundFact, MessageFact, NotUnderstood, Notification, PostFact,
    Sample, Webhooks,
};
