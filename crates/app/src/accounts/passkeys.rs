//! Signing in without a password: an authenticator keeps a private key and asks its person for a finger, a face or a number before it
//! signs. That is something one has and something one is or knows, so it counts as both steps.
//!
//! Only passkeys that the authenticator itself remembers are made (discoverable ones), so that nobody types who they are.

mod add;
mod challenge;
mod enter;
mod own;

use anyhow::Context as _;
use fanfare_store::passkeys::KeptPasskey;
use url::Url;
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder};

use crate::{App, AppError, RefusalKind, Result};

pub use add::{NewPasskey, add, begin_adding};
pub use challenge::Asked;
pub use enter::{begin_sign_in, sign_in};
pub use own::{list, remove, rename};

/// What authenticators are asked in the name of.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

/// A passkey as its person sees it.
pub type Passkey = KeptPasskey;

impl Passkeys {
    /// For an installation at `public_url`. Absent where no browser would take part: at a bare number, or unencrypted elsewhere than on this
    /// machine.
    ///
    /// # Errors
    /// When the library cannot be set up.
    pub fn at(public_url: &Url) -> anyhow::Result<Option<Self>> {
        let Some(host) = public_url.domain() else {
            return Ok(None);
        };
        if public_url.scheme() != "https" && host != "localhost" {
            return Ok(None);
        }
        let webauthn = WebauthnBuilder::new(host, public_url)
            .and_then(|builder| builder.rp_name("Fanfare").build())
            .context("setting passkeys up")?;
        Ok(Some(Self(webauthn)))
    }
}

fn webauthn(app: &App) -> Result<&Webauthn> {
    let found = app.passkeys.as_ref().map(|passkeys| &passkeys.0);
    found.ok_or_else(|| {
        AppError::refused(
            RefusalKind::NotFound,
            fanfare_domain::ErrorCode::NotFound,
            "Browsers take passkeys only at an encrypted address with a name, or at localhost. Have FANFARE_PUBLIC_URL be one.",
        )
    })
}
