//! Connecting: from "no account" to tokens and the channels they let us act on.

use std::collections::BTreeMap;

use async_trait::async_trait;
use fanfare_domain::{ErrorCode, Secret};
use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use crate::context::PlatformContext;
use crate::credentials::Credentials;
use crate::error::{Advice, PlatformError};
use crate::roles::ChannelRef;

/// What a person typed into the manifest's connect fields, by field name.
pub type ConnectFields = BTreeMap<String, Secret>;

/// The role of getting, renewing and giving back a grant.
///
/// The caller stores, seals and compares; implementations only talk to the platform. Addresses typed by people (a
/// server, an instance) go through `ctx.http.guarded()`.
#[async_trait]
pub trait Connect: Send + Sync {
    /// Names the server at which our application must be registered first, where each has its own (Mastodon).
    /// The registration that [`Connect::authorize`] returns under this name is kept and handed in again.
    fn registration_key(&self, _fields: &ConnectFields) -> Result<Option<String>, PlatformError> {
        Ok(None)
    }

    /// Where to send the person for consent.
    ///
    /// # Errors
    /// `FixContent { field }` when a connect field is wrong, otherwise the platform's own.
    async fn authorize(
        &self,
        ctx: &PlatformContext,
        request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError>;

    /// Turns the callback's parameters into a grant: exchange, identify, list channels, compare scopes.
    ///
    /// Denied consent arrives here too: answer with code `consent_denied`.
    async fn exchange(
        &self,
        ctx: &PlatformContext,
        answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError>;

    /// Turns pasted credentials into a grant.
    async fn paste(
        &self,
        _ctx: &PlatformContext,
        _fields: &ConnectFields,
    ) -> Result<Grant, PlatformError> {
        Err(PlatformError::new(
            Advice::Permanent,
            ErrorCode::ConnectNotSupported,
            "This platform is connected by signing in there, not by pasting a token.",
            "paste is not supported",
        ))
    }

    /// Fresh credentials from the present ones, with what the platform now says about the account.
    ///
    /// `Reconnect` only when the platform says that the grant is gone; anything that may pass is `Retry`. Where the old token
    /// dies with the new one, the call that exchanges them is `Effect::Once`, so that a lost answer is `OutcomeUnknown`, and
    /// nothing that may fail comes between it and the answer.
    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError>;

    /// The grant as the platform describes it now: who it is, what was granted, which channels there are. Nothing is renewed;
    /// the answer's credentials are the ones handed in.
    ///
    /// `Refresh` or `Reconnect` when the platform no longer accepts them.
    async fn look(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError>;

    /// Asks for one channel with its own credentials. Only called for channels that have some; where none do, there is nothing
    /// to ask.
    async fn reach(
        &self,
        _ctx: &PlatformContext,
        _credentials: &Credentials,
        _channel: &ChannelRef,
    ) -> Result<(), PlatformError> {
        Ok(())
    }

    /// Gives the grant back. Best effort; platforms without such a call answer `Ok`.
    async fn revoke(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<(), PlatformError>;
}

/// What [`Connect::authorize`] works from.
pub struct AuthorizeRequest<'a> {
    /// Opaque, single use; the platform echoes it.
    pub state: &'a str,
    pub fields: &'a ConnectFields,
    /// Our application's earlier registration at the server of [`Connect::registration_key`].
    pub registration: Option<Secret>,
}

/// Where the person goes, and what we must remember until they come back.
pub struct Authorization {
    pub url: Url,
    /// PKCE verifier, server address, client id …: sealed with the state and returned in [`CallbackAnswer::kept`].
    pub kept: Value,
    /// Our registration, new or the one handed in.
    pub registration: Option<Secret>,
}

/// What came back from the platform through the person's browser.
pub struct CallbackAnswer {
    /// The callback's query, decoded; `state` is checked and taken out already.
    pub query: BTreeMap<String, String>,
    pub kept: Value,
}

/// What we were given: an account, tokens, and what can be done with them.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The account's lasting id at the platform; a second grant with the same id replaces the first.
    pub remote_id: String,
    /// What the platform calls whoever consented when it says that they took it back, where that is another id.
    pub person_id: Option<String>,
    /// As people know it: `Harbour Bakery`, `@bakery@floss.town`.
    pub name: String,
    pub avatar_url: Option<String>,
    pub credentials: Credentials,
    /// When the access ends unless refreshed. Absent when it does not end by itself.
    pub expires_at: Option<Timestamp>,
    /// Whether [`Connect::refresh`] can renew it without the person.
    pub refreshable: bool,
    pub scopes: Vec<String>,
    pub channels: Vec<RemoteChannel>,
}

/// One thing that the grant lets us publish to.
#[derive(Debug, Clone)]
pub struct RemoteChannel {
    pub remote_id: String,
    pub name: String,
    /// `page`, `business`, `creator`, `account` …: the platform's own word, for display.
    pub kind: String,
    pub avatar_url: Option<String>,
    /// Where people can look at it.
    pub url: Option<String>,
    /// The channel's own token where it has one (a Page); otherwise the connection's are used.
    pub credentials: Option<Credentials>,
    /// What differs from server to server or account to account (an instance's limits); handed back in [`super::ChannelRef::limits`].
    pub limits: Value,
    /// In words, what is missing before publishing works; shown beside the channel.
    pub problem: Option<String>,
}
