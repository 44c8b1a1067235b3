//! An authenticator that keeps one passkey in memory and never asks its person, as WebAuthn level 3 has it answer; a test may have it lie.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const WITH_KEY: u8 = 0x40;

/// A passkey and what its authenticator says with it.
pub struct Authenticator {
    key: EcdsaKeyPair,
    random: SystemRandom,
    credential: Vec<u8>,
    /// Whose it is, as the installation named them when it was made.
    pub user_handle: Vec<u8>,
    /// Where the browser says it is.
    pub origin: String,
    /// Uses so far; 0 for good when it does not count.
    pub counter: u32,
    /// Its person put a finger on it.
    pub verifies: bool,
}

impl Authenticator {
    /// An authenticator that was never used, at a browser that shows `origin`.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn at(origin: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let made = EcdsaKeyPair::generate_pkcs8(algorithm, &random).expect("a key");
        let mut credential = vec![0; 32];
        random.fill(&mut credential).expect("randomness");
        Self {
            key: EcdsaKeyPair::from_pkcs8(algorithm, made.as_ref(), &random).expect("a key"),
            random,
            credential,
            user_handle: Vec::new(),
            origin: origin.to_owned(),
            counter: 0,
            verifies: true,
        }
    }

    /// Makes the passkey that is asked for.
    ///
    /// # Panics
    /// If what it is asked is not understood.
    pub fn make(&mut self, options: &Value) -> Value {
        let asked = &options["publicKey"];
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(
            asked["authenticatorSelection"]["userVerification"],
            "required"
        );
        self.user_handle = bytes(&asked["user"]["id"]);
        let id = asked["rp"]["id"].as_str().expect("a name");
        let mut data = self.data(id, WITH_KEY);
        data.extend([0; 16]);
        let length = u16::try_from(self.credential.len()).expect("a short name");
        data.extend(length.to_be_bytes());
        data.extend(&self.credential);
        data.extend(self.cose_key());
        // CBOR: a map of three, "none" for how the authenticator vouches for itself.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("data of one length byte"));
        object.extend(&data);
        self.answer(&json!({
            "clientDataJSON": text(self.client_data("webauthn.create", asked).as_bytes()),
            "attestationObject": text(&object),
        }))
    }

    /// Signs what is asked for.
    ///
    /// # Panics
    /// If what it is asked is not understood.
    pub fn sign(&self, options: &Value) -> Value {
        let asked = &options["publicKey"];
        let data = self.data(asked["rpId"].as_str().expect("a name"), 0);
        let client = self.client_data("webauthn.get", asked);
        let hash = digest(&SHA256, client.as_bytes());
        let signed = [data.as_slice(), hash.as_ref()].concat();
        let signature = self.key.sign(&self.random, &signed).expect("it signs");
        self.answer(&json!({
            "clientDataJSON": text(client.as_bytes()),
            "authenticatorData": text(&data),
            "signature": text(signature.as_ref()),
            "userHandle": text(&self.user_handle),
        }))
    }

    fn answer(&self, response: &Value) -> Value {
        let id = text(&self.credential);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        })
    }

    fn data(&self, rp_id: &str, flags: u8) -> Vec<u8> {
        let verified = if self.verifies { VERIFIED } else { 0 };
        let mut data = digest(&SHA256, rp_id.as_bytes()).as_ref().to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, asked: &Value) -> String {
        json!({
            "type": kind,
            "challenge": asked["challenge"],
            "origin": self.origin,
            "crossOrigin": false,
        })
        .to_string()
    }

    /// CBOR: a map of five, an elliptic curve key for ES256 on P-256.
    fn cose_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(&point[1..33]);
        key.extend(b"\x22\x58\x20");
        key.extend(&point[33..]);
        key
    }
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn bytes(text: &Value) -> Vec<u8> {
    let text = text.as_str().expect("bytes in base64url");
    URL_SAFE_NO_PAD.decode(text).expect("bytes in base64url")
}
