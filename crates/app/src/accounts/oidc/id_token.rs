//! Reading an ID token and believing it, or saying why not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::jwk::{Algorithm, KeySet};

/// No provider's token is near this.
const LONGEST: usize = 64 * 1024;
const LONGEST_SUBJECT: usize = 255;
/// Clocks differ.
const LEEWAY: SignedDuration = SignedDuration::from_secs(60);

/// An ID token whose signature was not looked at yet.
#[derive(Debug)]
pub(super) struct Unverified<'a> {
    pub algorithm: Algorithm,
    pub kid: Option<String>,
    signed: &'a str,
    signature: Vec<u8>,
    claims: Claims,
}

/// What it must be for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub nonce: &'a str,
    pub now: Timestamp,
}

/// What a token says of a person. It is believed once it comes out of [`Unverified::verify`].
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Claims {
    iss: String,
    pub sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    nbf: Option<f64>,
    iat: f64,
    nonce: Option<String>,
    #[serde(flatten)]
    pub profile: Profile,
}

/// What is told about a person, in the token or on request.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Profile {
    pub email: Option<String>,
    #[serde(default)]
    email_verified: Option<Truth>,
    pub name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Some providers write truth as text.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Truth {
    Plain(bool),
    Text(String),
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

impl Profile {
    pub(super) fn is_email_verified(&self) -> bool {
        match &self.email_verified {
            Some(Truth::Plain(is)) => *is,
            Some(Truth::Text(text)) => text == "true",
            None => false,
        }
    }
}

impl Audience {
    fn names(&self, client: &str) -> bool {
        match self {
            Self::One(one) => one == client,
            Self::Several(all) => all.iter().any(|one| one == client),
        }
    }

    fn is_several(&self) -> bool {
        matches!(self, Self::Several(all) if all.len() > 1)
    }
}

impl<'a> Unverified<'a> {
    /// # Errors
    /// What is wrong, for the log.
    pub(super) fn read(token: &'a str) -> Result<Self, String> {
        if token.len() > LONGEST {
            return Err("the token is too long".to_owned());
        }
        let (signed, signature) = token.rsplit_once('.').ok_or("the token has no signature")?;
        let (header, claims) = signed.split_once('.').ok_or("the token has no claims")?;
        let header: Header = part(header, "header")?;
        let algorithm = Algorithm::parse(&header.alg)
            .ok_or_else(|| format!("the token is signed by {:?}", header.alg))?;
        if header.crit.is_some() {
            return Err("the token has a header that must be understood".to_owned());
        }
        Ok(Self {
            algorithm,
            kid: header.kid,
            signed,
            signature: URL_SAFE_NO_PAD
                .decode(signature)
                .map_err(|_| "the signature is not base64url")?,
            claims: part(claims, "claims")?,
        })
    }

    /// The claims, if the provider signed them, for us, for this very sign-in, and not too long ago.
    ///
    /// # Errors
    /// What is wrong, for the log.
    pub(super) fn verify(self, keys: &KeySet, expected: Expected<'_>) -> Result<Claims, String> {
        let Self {
            algorithm,
            kid,
            signed,
            signature,
            claims,
        } = self;
        if !keys.verifies(algorithm, kid.as_deref(), signed.as_bytes(), &signature) {
            return Err("the signature is not by a key of the provider".to_owned());
        }
        let now = expected.now.as_second() as f64;
        let leeway = LEEWAY.as_secs_f64();
        let wrong = if claims.iss != expected.issuer {
            "it is by another issuer"
        } else if !claims.aud.names(expected.client_id) {
            "it is for another application"
        } else if claims.aud.is_several() && claims.azp.is_none() {
            "it is for several applications and does not say for which"
        } else if claims
            .azp
            .as_ref()
            .is_some_and(|azp| azp != expected.client_id)
        {
            "it was given to another application"
        } else if claims.nonce.as_deref() != Some(expected.nonce) {
            "it is for another sign-in"
        } else if claims.exp + leeway <= now {
            "it has expired"
        } else if claims.iat - leeway > now || claims.nbf.is_some_and(|nbf| nbf - leeway > now) {
            "it is from the future"
        } else if claims.sub.is_empty() || claims.sub.len() > LONGEST_SUBJECT {
            "it names nobody"
        } else {
            return Ok(claims);
        };
        Err(wrong.to_owned())
    }
}

fn part<T: DeserializeOwned>(text: &str, name: &str) -> Result<T, String> {
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| format!("the {name} are not base64url"))?;
    serde_json::from_slice(&bytes)
        .map_err(|error| format!("the {name} are not understood: {error}"))
}
