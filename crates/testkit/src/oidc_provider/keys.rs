//! The provider's keys, and tokens signed with them: rightly, or as an attacker would.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256,
    RSA_PSS_SHA256, RsaEncoding, RsaKeyPair, RsaPublicKeyComponents,
};
use serde_json::{Value, json};

/// ring makes no RSA keys. This one signs tests' tokens and nothing else.
const RSA: &[u8] = include_bytes!("rsa-for-tests.der");

/// How tokens are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
    /// Not at all, which the header says.
    None,
    /// With what everybody can read as if it were a shared secret.
    Hs256,
    /// By a key of the attacker's own under the name of the provider's.
    Forged,
}

pub(super) struct Keys {
    generation: usize,
    ec: EcdsaKeyPair,
    forger: EcdsaKeyPair,
    ed: Ed25519KeyPair,
    rsa: RsaKeyPair,
    random: SystemRandom,
}

impl Keys {
    pub(super) fn generate(generation: usize) -> Self {
        let random = SystemRandom::new();
        let ed = Ed25519KeyPair::generate_pkcs8(&random).expect("a key");
        Self {
            generation,
            ec: ec(&random),
            forger: ec(&random),
            ed: Ed25519KeyPair::from_pkcs8(ed.as_ref()).expect("a key"),
            rsa: RsaKeyPair::from_pkcs8(RSA).expect("a key"),
            random,
        }
    }

    pub(super) fn generation(&self) -> usize {
        self.generation
    }

    pub(super) fn published(&self) -> Value {
        let point = self.ec.public_key().as_ref();
        let rsa = RsaPublicKeyComponents::<Vec<u8>>::from(self.rsa.public());
        json!({ "keys": [
            // What we do not know is passed over.
            { "kty": "EC", "crv": "P-521", "kid": self.kid("ec"), "x": "AA", "y": "AA" },
            { "kty": "EC", "crv": "P-256", "use": "sig", "kid": self.kid("ec"), "x": text(&point[1..33]), "y": text(&point[33..]) },
            { "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "kid": self.kid("ed"), "x": text(self.ed.public_key().as_ref()) },
            { "kty": "RSA", "use": "sig", "kid": self.kid("rsa"), "n": text(&rsa.n), "e": text(&rsa.e) },
        ] })
    }

    pub(super) fn header(&self, signing: Signing) -> Value {
        let (alg, kid) = match signing {
            Signing::Rs256 => ("RS256", "rsa"),
            Signing::Ps256 => ("PS256", "rsa"),
            Signing::Es256 | Signing::Forged => ("ES256", "ec"),
            Signing::EdDsa => ("EdDSA", "ed"),
            Signing::None => ("none", "ec"),
            Signing::Hs256 => ("HS256", "rsa"),
        };
        json!({ "typ": "JWT", "alg": alg, "kid": self.kid(kid) })
    }

    pub(super) fn sign(&self, signing: Signing, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| text(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let message = signed.as_bytes();
        let signature = match signing {
            Signing::Rs256 => self.by_rsa(&RSA_PKCS1_SHA256, message),
            Signing::Ps256 => self.by_rsa(&RSA_PSS_SHA256, message),
            Signing::Es256 => self.by(&self.ec, message),
            Signing::Forged => self.by(&self.forger, message),
            Signing::EdDsa => self.ed.sign(message).as_ref().to_vec(),
            Signing::None => Vec::new(),
            Signing::Hs256 => {
                let public = RsaPublicKeyComponents::<Vec<u8>>::from(self.rsa.public());
                let key = hmac::Key::new(hmac::HMAC_SHA256, &public.n);
                hmac::sign(&key, message).as_ref().to_vec()
            }
        };
        format!("{signed}.{}", text(&signature))
    }

    fn by(&self, key: &EcdsaKeyPair, message: &[u8]) -> Vec<u8> {
        let signature = key.sign(&self.random, message).expect("it signs");
        signature.as_ref().to_vec()
    }

    fn by_rsa(&self, encoding: &'static dyn RsaEncoding, message: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.rsa.public().modulus_len()];
        self.rsa
            .sign(encoding, &self.random, message, &mut signature)
            .expect("it signs");
        signature
    }

    fn kid(&self, name: &str) -> String {
        format!("{name}-{}", self.generation)
    }
}

fn ec(random: &SystemRandom) -> EcdsaKeyPair {
    let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let made = EcdsaKeyPair::generate_pkcs8(algorithm, random).expect("a key");
    EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), random).expect("a key")
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
