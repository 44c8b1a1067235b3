//! Seals secrets before they are stored: AES-256-GCM, a fresh nonce each time, and the row's identity as associated data, so that
//! a sealed value copied to another row does not open.

use std::sync::Arc;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fanfare_domain::Secret;

/// The keys by which secrets are sealed. The first seals; all open.
#[derive(Clone)]
pub struct KeyRing(Arc<Vec<RingKey>>);

struct RingKey {
    id: u8,
    cipher: Aes256Gcm,
}

/// Seals and opens by a key ring.
#[derive(Clone)]
pub struct Vault {
    ring: KeyRing,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum VaultError {
    #[error(
        "FANFARE_SECRET_KEYS must be a comma-separated list of id:key, id from 0 to 255, key 32 bytes in base64; {0}"
    )]
    BadRing(String),
    #[error("sealed by key {0}, which is not in FANFARE_SECRET_KEYS")]
    UnknownKey(u8),
    #[error("the sealed value does not open with its key: wrong key, or the row was tampered with")]
    DoesNotOpen,
}

const NONCE_BYTES: usize = 12;
const KEY_BYTES: usize = 32;

impl KeyRing {
    /// Reads `1:base64,0:base64`, the sealing key first.
    ///
    /// # Errors
    /// When the list is empty, an entry is malformed or an id occurs twice.
    pub fn parse(text: &Secret) -> Result<Self, VaultError> {
        let mut keys: Vec<RingKey> = Vec::new();
        for entry in text
            .expose()
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
        {
            let key = parse_entry(entry)?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(VaultError::BadRing(format!("id {} occurs twice", key.id)));
            }
            keys.push(key);
        }
        if keys.is_empty() {
            return Err(VaultError::BadRing("it is empty".to_owned()));
        }
        Ok(Self(Arc::new(keys)))
    }

    /// A new ring of one random key, in the form that `parse` reads.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn generate() -> Secret {
        let mut key = [0; KEY_BYTES];
        getrandom::fill(&mut key).expect("the operating system gives randomness");
        Secret::new(format!("1:{}", STANDARD.encode(key)))
    }
}

fn parse_entry(entry: &str) -> Result<RingKey, VaultError> {
    let bad = |why: &str| VaultError::BadRing(why.to_owned());
    let (id, key) = entry
        .split_once(':')
        .ok_or_else(|| bad("an entry has no colon"))?;
    let id = id
        .parse()
        .map_err(|_| bad("an id is not a number from 0 to 255"))?;
    let key = STANDARD
        .decode(key)
        .map_err(|_| bad("a key is not base64"))?;
    let key: [u8; KEY_BYTES] = key.try_into().map_err(|_| bad("a key is not 32 bytes"))?;
    Ok(RingKey {
        id,
        cipher: Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)),
    })
}

impl Vault {
    #[must_use]
    pub fn new(ring: KeyRing) -> Self {
        Self { ring }
    }

    /// Seals `secret` for the row that `owner` names, such as `connection/0191…`. The result is key id, nonce, ciphertext.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn seal(&self, owner: &str, secret: &[u8]) -> Vec<u8> {
        let key = &self.ring.0[0];
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).expect("the operating system gives randomness");
        let payload = Payload {
            msg: secret,
            aad: owner.as_bytes(),
        };
        let sealed = key
            .cipher
            .encrypt(&Nonce::from(nonce), payload)
            .expect("AES-GCM seals anything shorter than 64 GiB");
        [&[key.id], nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for `owner`.
    ///
    /// # Errors
    /// When the key is not in the ring, or the value is not what was sealed for that row.
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        if sealed.len() < 1 + NONCE_BYTES {
            return Err(VaultError::DoesNotOpen);
        }
        let (id, rest) = (sealed[0], &sealed[1..]);
        let (nonce, ciphertext) = rest.split_at(NONCE_BYTES);
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().expect("split at its length");
        let key = self
            .ring
            .0
            .iter()
            .find(|key| key.id == id)
            .ok_or(VaultError::UnknownKey(id))?;
        key.cipher
            .decrypt(
                &Nonce::from(nonce),
                Payload {
                    msg: ciphertext,
                    aad: owner.as_bytes(),
                },
            )
            .map_err(|_| VaultError::DoesNotOpen)
    }

    /// [`Vault::seal`] for text.
    #[must_use]
    pub fn seal_text(&self, owner: &str, secret: &Secret) -> Vec<u8> {
        self.seal(owner, secret.expose().as_bytes())
    }

    /// [`Vault::open`] for text.
    ///
    /// # Errors
    /// As [`Vault::open`], and when it is not text.
    pub fn open_text(&self, owner: &str, sealed: &[u8]) -> Result<Secret, VaultError> {
        let bytes = self.open(owner, sealed)?;
        String::from_utf8(bytes)
            .map(Secret::new)
            .map_err(|_| VaultError::DoesNotOpen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(ring: &str) -> Vault {
        Vault::new(KeyRing::parse(&Secret::new(ring)).unwrap())
    }

    fn key(byte: u8) -> String {
        STANDARD.encode([byte; KEY_BYTES])
    }

    #[test]
    fn what_was_sealed_opens_for_its_own_row_only() {
        let vault = vault(&format!("1:{}", key(7)));
        let sealed = vault.seal("connection/a", b"token");
        assert_eq!(vault.open("connection/a", &sealed).unwrap(), b"token");
        assert_eq!(
            vault.open("connection/b", &sealed),
            Err(VaultError::DoesNotOpen)
        );
    }

    #[test]
    fn an_old_key_still_opens_after_a_new_one_seals() {
        let old = vault(&format!("1:{}", key(1))).seal("row", b"token");
        let both = vault(&format!("2:{},1:{}", key(2), key(1)));
        assert_eq!(both.open("row", &old).unwrap(), b"token");
        assert_eq!(both.seal("row", b"token")[0], 2);
    }

    #[test]
    fn a_missing_or_wrong_key_is_told_apart() {
        let sealed = vault(&format!("1:{}", key(1))).seal("row", b"token");
        let missing = vault(&format!("2:{}", key(2)));
        let wrong = vault(&format!("1:{}", key(9)));
        assert_eq!(missing.open("row", &sealed), Err(VaultError::UnknownKey(1)));
        assert_eq!(wrong.open("row", &sealed), Err(VaultError::DoesNotOpen));
    }

    #[test]
    fn two_sealings_of_one_secret_differ() {
        let vault = vault(KeyRing::generate().expose());
        assert_ne!(vault.seal("row", b"token"), vault.seal("row", b"token"));
    }

    #[test]
    fn malformed_rings_are_refused() {
        for ring in ["", "1", "x:AAAA", "1:AAAA", &format!("1:{0},1:{0}", key(1))] {
            assert!(KeyRing::parse(&Secret::new(ring)).is_err(), "{ring}");
        }
    }
}
