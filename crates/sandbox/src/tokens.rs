//! Authorization codes and access tokens of all pretend platforms.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::SharedClock;
use crate::{Platform, cast};

/// How long an authorization code may be exchanged.
const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What a person agreed to on a consent page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Grant {
    pub holder: Holder,
    pub client_id: String,
    pub scopes: Vec<String>,
    pub declined: Vec<String>,
    /// The Facebook Pages that were ticked.
    pub pages: Vec<String>,
}

/// Whom a token speaks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Holder {
    FacebookUser(String),
    FacebookPage(String),
    InstagramUser(String),
    MastodonAccount(String),
    /// A Mastodon application without a person behind it.
    MastodonApp,
    GoogleUser(String),
}

/// A code on its way from the consent page to the token endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Code {
    pub grant: Grant,
    pub redirect_uri: String,
    /// The PKCE challenge (S256) that the exchange must answer.
    pub challenge: Option<String>,
    /// Google: the exchange also gives what renews the access.
    #[serde(default)]
    pub offline: bool,
    issued_at: Timestamp,
    used: bool,
}

/// An access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Token {
    pub text: String,
    pub grant: Grant,
    /// The secret that the application showed when it got the token; proofs are checked against it.
    pub client_secret: String,
    pub issued_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub long_lived: bool,
    pub revoked: bool,
    /// The user token that a Page token came from.
    pub parent: Option<String>,
}

/// Why a code cannot be exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadCode {
    Unknown,
    Used,
    Expired,
    OtherClient,
    OtherRedirect,
}

/// Why a token opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadToken {
    Unknown,
    Expired,
    Revoked,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Tokens {
    codes: HashMap<String, Code>,
    tokens: HashMap<String, Token>,
    #[serde(skip)]
    clock: SharedClock,
}

impl Holder {
    pub fn platform(&self) -> Platform {
        match self {
            Self::FacebookUser(_) | Self::FacebookPage(_) => Platform::Facebook,
            Self::InstagramUser(_) => Platform::Instagram,
            Self::MastodonAccount(_) | Self::MastodonApp => Platform::Mastodon,
            Self::GoogleUser(_) => Platform::GDrive,
        }
    }
}

impl Code {
    /// PKCE: the verifier's hash must be the challenge of the authorization request.
    pub fn is_proved_by(&self, verifier: Option<&str>) -> bool {
        match (&self.challenge, verifier) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(challenge), Some(verifier)) => {
                URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *challenge
            }
        }
    }
}

impl Token {
    /// Whether it opens nothing itself and only gets other tokens, as Google's refresh tokens do.
    pub fn is_for_renewing(&self) -> bool {
        self.long_lived && self.grant.holder.platform() == Platform::GDrive
    }

    pub fn has(&self, scope: &str) -> bool {
        self.grant.scopes.iter().any(|granted| granted == scope)
    }

    pub fn state(&self, now: Timestamp) -> Result<(), BadToken> {
        if self.revoked {
            return Err(BadToken::Revoked);
        }
        match self.expires_at {
            Some(end) if end <= now => Err(BadToken::Expired),
            _ => Ok(()),
        }
    }
}

impl Tokens {
    pub fn use_clock(&mut self, clock: SharedClock) {
        self.clock = clock;
    }

    pub fn issue_code(
        &mut self,
        grant: Grant,
        redirect_uri: &str,
        challenge: Option<String>,
    ) -> String {
        let now = self.clock.now();
        self.codes
            .retain(|_, code| now.duration_since(code.issued_at) < CODE_LIFETIME * 2);
        let text = random_text("AQ", 48);
        let redirect_uri = redirect_uri.to_owned();
        let code = Code {
            grant,
            redirect_uri,
            challenge,
            offline: false,
            issued_at: now,
            used: false,
        };
        self.codes.insert(text.clone(), code);
        text
    }

    /// Lets the application renew what it gets for a code.
    pub fn allow_offline(&mut self, code: &str) {
        if let Some(code) = self.codes.get_mut(code) {
            code.offline = true;
        }
    }

    /// Spends a code. The redirect address must be the dialog's, byte for byte.
    pub fn spend_code(
        &mut self,
        text: &str,
        client_id: &str,
        redirect_uri: &str,
    ) -> Result<Code, BadCode> {
        let now = self.clock.now();
        let code = self.codes.get_mut(text).ok_or(BadCode::Unknown)?;
        if code.used {
            return Err(BadCode::Used);
        }
        if now.duration_since(code.issued_at) > CODE_LIFETIME {
            return Err(BadCode::Expired);
        }
        if code.grant.client_id != client_id {
            return Err(BadCode::OtherClient);
        }
        if code.redirect_uri != redirect_uri {
            return Err(BadCode::OtherRedirect);
        }
        code.used = true;
        Ok(code.clone())
    }

    /// Keeps a new token; `lifetime` is in seconds.
    pub fn issue(
        &mut self,
        prefix: &str,
        grant: Grant,
        client_secret: &str,
        lifetime: Option<i64>,
        long_lived: bool,
    ) -> Token {
        let issued_at = self.clock.now();
        let token = Token {
            text: random_text(prefix, 96),
            grant,
            client_secret: client_secret.to_owned(),
            issued_at,
            expires_at: lifetime.map(|seconds| issued_at + SignedDuration::from_secs(seconds)),
            long_lived,
            revoked: false,
            parent: None,
        };
        self.tokens.insert(token.text.clone(), token.clone());
        token
    }

    /// The Page token that belongs to a user token; the same one each time it is asked for.
    pub fn page_token(&mut self, user: &Token, page: &str, lives_for_ever: bool) -> Token {
        let holder = Holder::FacebookPage(page.to_owned());
        let parent = Some(user.text.clone());
        let known = self
            .tokens
            .values()
            .find(|token| token.parent == parent && token.grant.holder == holder);
        if let Some(token) = known {
            return token.clone();
        }
        let grant = Grant {
            holder,
            ..user.grant.clone()
        };
        let mut token = self.issue("EAAP", grant, &user.client_secret, None, user.long_lived);
        token.parent = parent;
        token.expires_at = if lives_for_ever {
            None
        } else {
            user.expires_at
        };
        self.tokens.insert(token.text.clone(), token.clone());
        token
    }

    /// A token that is good, or why it is not.
    pub fn check(&self, text: &str) -> Result<&Token, BadToken> {
        let token = self.find(text).ok_or(BadToken::Unknown)?;
        token.state(self.clock.now()).map(|()| token)
    }

    /// The newest good token that speaks for an account.
    pub fn newest_of(&self, account: &str) -> Option<&Token> {
        let now = self.clock.now();
        let linked = cast::page_of_instagram(account).map(|page| page.id);
        let speaks = |token: &&Token| match &token.grant.holder {
            Holder::FacebookPage(id) => id == account || Some(id.as_str()) == linked,
            Holder::FacebookUser(_) => {
                let pages = &token.grant.pages;
                pages
                    .iter()
                    .any(|id| id == account || Some(id.as_str()) == linked)
            }
            Holder::InstagramUser(id) => id == account,
            _ => false,
        };
        self.tokens
            .values()
            .filter(|token| token.state(now).is_ok() && speaks(token))
            .max_by_key(|token| token.issued_at)
    }

    pub fn find(&self, text: &str) -> Option<&Token> {
        self.tokens.get(text)
    }

    /// Whether there is a good token like that.
    pub fn any(&self, concerns: impl Fn(&Token) -> bool) -> bool {
        let now = self.clock.now();
        self.tokens
            .values()
            .any(|token| token.state(now).is_ok() && concerns(token))
    }

    /// Replaces a token's end, as a refresh does.
    pub fn prolong(&mut self, text: &str, expires_at: Option<Timestamp>) {
        if let Some(token) = self.tokens.get_mut(text) {
            token.expires_at = expires_at;
        }
    }

    pub fn narrow(&mut self, concerns: impl Fn(&Token) -> bool, scope: &str) {
        for token in self.tokens.values_mut().filter(|token| concerns(token)) {
            if let Some(at) = token
                .grant
                .scopes
                .iter()
                .position(|granted| granted == scope)
            {
                token.grant.declined.push(token.grant.scopes.remove(at));
            }
        }
    }

    pub fn revoke(&mut self, concerns: impl Fn(&Token) -> bool) -> usize {
        let hit = self
            .tokens
            .values_mut()
            .filter(|token| !token.revoked && concerns(token));
        hit.map(|token| token.revoked = true).count()
    }

    pub fn expire(&mut self, concerns: impl Fn(&Token) -> bool) -> usize {
        let past = self.clock.now() - SignedDuration::from_secs(1);
        let hit = self.tokens.values_mut().filter(|token| concerns(token));
        hit.map(|token| token.expires_at = Some(past)).count()
    }
}

/// Letters and digits from the operating system's randomness.
pub fn random_text(prefix: &str, length: usize) -> String {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut bytes = vec![0_u8; length];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    let letters = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    prefix.chars().chain(letters).collect()
}
