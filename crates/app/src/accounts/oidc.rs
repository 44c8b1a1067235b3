//! Signing in with another provider, whichever the operator names: OpenID Connect by discovery.
//!
//! The authorization code comes with PKCE, and the ID token with a nonce; both are made from a secret that only the browser holds and from
//! the state, so that nothing in the database helps anybody to take a sign-in over. Who somebody is follows from issuer and subject alone.
//! An address is taken as theirs only where the provider says that it is proved, and leads to an account that exists already only where it
//! is proved here too: otherwise whoever registers somebody else's address first would wait in their account.

mod begin;
mod complete;
mod enter;
mod id_token;
mod jwk;
mod link;
mod provider;

use std::sync::Mutex;

use fanfare_domain::Secret;
use url::Url;

pub use begin::{Away, begin_link, begin_sign_in};
pub use complete::{Entered, Landing, complete};
pub use link::{LinkedIdentity, linked, unlink};

use provider::Known;

/// The provider that people may sign in with.
#[derive(Debug)]
pub struct Oidc {
    pub settings: OidcSettings,
    known: Mutex<Option<Known>>,
}

/// What the operator says of the provider.
#[derive(Debug, Clone)]
pub struct OidcSettings {
    pub issuer: Url,
    pub client_id: String,
    /// Absent for a public client, which PKCE alone proves.
    pub client_secret: Option<Secret>,
    /// What the button says.
    pub name: String,
    /// Asked for besides `openid`.
    pub scopes: Vec<String>,
    pub accounts: NewAccounts,
}

/// Whether somebody's first sign-in makes an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewAccounts {
    /// As registering would: for invited addresses, and for everybody where registration is open.
    AsRegistration,
    Always,
    Never,
}

impl Oidc {
    #[must_use]
    pub fn new(settings: OidcSettings) -> Self {
        Self {
            settings,
            known: Mutex::default(),
        }
    }
}
