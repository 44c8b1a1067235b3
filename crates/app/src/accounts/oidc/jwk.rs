//! A provider's public keys, and checking signatures with them. Only asymmetric algorithms are known: with `none` and `HS256` whoever reads the
//! published keys could sign.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey, VerificationAlgorithm,
};
use serde::Deserialize;

/// More keys than any provider rotates through.
const MOST_KEYS: usize = 100;

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

/// What a provider publishes.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct KeySet {
    keys: Vec<Key>,
}

#[derive(Debug, Clone, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl Algorithm {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "PS256" => Self::Ps256,
            "ES256" => Self::Es256,
            "EdDSA" => Self::EdDsa,
            _ => return None,
        })
    }

    fn key_type(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Rs256 | Self::Ps256 => ("RSA", None),
            Self::Es256 => ("EC", Some("P-256")),
            Self::EdDsa => ("OKP", Some("Ed25519")),
        }
    }
}

impl KeySet {
    /// Whether a key with that id, or any where the token names none, could have signed.
    pub(super) fn has(&self, algorithm: Algorithm, kid: Option<&str>) -> bool {
        self.fitting(algorithm, kid).next().is_some()
    }

    /// Whether one of the fitting keys signed the message.
    pub(super) fn verifies(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        self.fitting(algorithm, kid)
            .any(|key| key.verifies(algorithm, message, signature) == Some(true))
    }

    fn fitting(&self, algorithm: Algorithm, kid: Option<&str>) -> impl Iterator<Item = &Key> {
        let keys = self.keys.iter().take(MOST_KEYS);
        keys.filter(move |key| key.fits(algorithm) && (kid.is_none() || key.kid.as_deref() == kid))
    }
}

impl Key {
    fn fits(&self, algorithm: Algorithm) -> bool {
        let (kty, crv) = algorithm.key_type();
        let is_named_otherwise = self
            .alg
            .as_deref()
            .is_some_and(|alg| Algorithm::parse(alg) != Some(algorithm));
        self.kty == kty
            && (crv.is_none() || self.crv.as_deref() == crv)
            && !is_named_otherwise
            && self.usage.as_deref().is_none_or(|usage| usage == "sig")
    }

    fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> Option<bool> {
        Some(match algorithm {
            Algorithm::Rs256 => self.rsa(&RSA_PKCS1_2048_8192_SHA256, message, signature)?,
            Algorithm::Ps256 => self.rsa(&RSA_PSS_2048_8192_SHA256, message, signature)?,
            Algorithm::Es256 => {
                let (x, y) = (bytes(&self.x)?, bytes(&self.y)?);
                let point = [[4].as_slice(), &x, &y].concat();
                plain(&ECDSA_P256_SHA256_FIXED, &point, message, signature)
            }
            Algorithm::EdDsa => plain(&ED25519, &bytes(&self.x)?, message, signature),
        })
    }

    fn rsa(
        &self,
        parameters: &'static RsaParameters,
        message: &[u8],
        signature: &[u8],
    ) -> Option<bool> {
        let (n, e) = (bytes(&self.n)?, bytes(&self.e)?);
        let key = RsaPublicKeyComponents { n, e };
        Some(key.verify(parameters, message, signature).is_ok())
    }
}

fn plain(
    algorithm: &'static dyn VerificationAlgorithm,
    key: &[u8],
    message: &[u8],
    signature: &[u8],
) -> bool {
    UnparsedPublicKey::new(algorithm, key)
        .verify(message, signature)
        .is_ok()
}

fn bytes(text: &Option<String>) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.as_deref()?).ok()
}
