//! What an account's owner lets the platform tell us, as the platform has it on record.

use async_trait::async_trait;

use super::publish::ChannelRef;
use crate::context::PlatformContext;
use crate::credentials::Credentials;
use crate::error::PlatformError;

/// The role of choosing, for one page or account, what the platform tells of it. Only platforms where that is chosen account by
/// account have it.
///
/// Each call may be made again: setting what is set changes nothing.
#[async_trait]
pub trait Subscribe: Send + Sync {
    /// Everything that can be chosen, as people see it listed.
    fn fields(&self) -> &'static [FieldSpec];

    /// What the platform tells of the account now.
    async fn subscribed(
        &self,
        ctx: &PlatformContext,
        account: &Account,
    ) -> Result<Subscribed, PlatformError>;

    /// Has exactly these fields told from now on; there is at least one.
    async fn subscribe(
        &self,
        ctx: &PlatformContext,
        account: &Account,
        fields: &[String],
    ) -> Result<(), PlatformError>;

    /// Has nothing told any more.
    async fn unsubscribe(
        &self,
        ctx: &PlatformContext,
        account: &Account,
    ) -> Result<(), PlatformError>;
}

/// A page or account, and what to act for it with.
#[derive(Debug, Clone)]
pub struct Account {
    pub channel: ChannelRef,
    /// The channel's own if it has some, else the connection's.
    pub credentials: Credentials,
}

/// One thing that can be told.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The platform's name for it.
    pub name: &'static str,
    /// Told unless a person decides otherwise.
    pub is_default: bool,
    /// Permissions of which one is needed: each way of signing in has its own.
    pub scopes: &'static [&'static str],
}

/// What is told of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscribed {
    /// These fields; none when nothing is told.
    Fields(Vec<String>),
    /// Something is; the fields are chosen in the application's settings at the platform, for all accounts at once.
    ByApplication,
}
