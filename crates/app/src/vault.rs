//! Seals secrets before they are stored: AES-256-GCM, a fresh nonce each time, and the row's identity as associated data, so that
//! a sealed value copied to another row does not open.

mod key_file;
mod ring;

use std::sync::{Arc, PoisonError, RwLock};

use aes_gcm::Nonce;
use aes_gcm::aead::{Aead, Payload};
use fanfare_domain::Secret;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

pub use key_file::KeyFile;
pub use ring::KeyRing;

/// Seals and opens by a key ring. Clones share it.
#[derive(Clone)]
pub struct Vault(Arc<Inner>);

struct Inner {
    held: RwLock<KeyRing>,
    /// Where the ring comes from, when it can change while we run.
    file: Option<KeyFile>,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum VaultError {
    #[error(
        "a key ring must be a comma-separated list of id:key, id from 0 to 255, key 32 bytes in base64; {0}"
    )]
    BadRing(String),
    #[error("sealed by key {0}, which is not in the key ring")]
    UnknownKey(u8),
    #[error("the sealed value does not open with its key: wrong key, or the row was tampered with")]
    DoesNotOpen,
}

const NONCE_BYTES: usize = 12;

/// The key that a value was sealed with.
#[must_use]
pub fn key_of(sealed: &[u8]) -> Option<u8> {
    sealed.first().copied()
}

impl Vault {
    /// By a ring that stays as it is.
    #[must_use]
    pub fn new(ring: KeyRing) -> Self {
        Self(Arc::new(Inner {
            held: RwLock::new(ring),
            file: None,
        }))
    }

    /// By the ring in a file, which is read again when it has changed: keys can be rotated while the program runs.
    ///
    /// # Errors
    /// When there is no such file, or no ring in it.
    pub fn of_file(file: KeyFile) -> anyhow::Result<Self> {
        let ring = file
            .read()?
            .ok_or_else(|| anyhow::anyhow!("{} is not there", file.path().display()))?;
        Ok(Self(Arc::new(Inner {
            held: RwLock::new(ring),
            file: Some(file),
        })))
    }

    /// The ring as it is now.
    #[must_use]
    pub fn ring(&self) -> KeyRing {
        if let Some(file) = &self.0.file
            && let Some(ring) = file.read_if_changed()
        {
            *self.0.held.write().unwrap_or_else(PoisonError::into_inner) = ring;
        }
        self.held()
    }

    fn held(&self) -> KeyRing {
        let held = self.0.held.read().unwrap_or_else(PoisonError::into_inner);
        held.clone()
    }

    /// Seals `secret` for the row that `owner` names, such as `connection/0191…`. The result is key id, nonce, ciphertext.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn seal(&self, owner: &str, secret: &[u8]) -> Vec<u8> {
        let ring = self.ring();
        let key = ring.sealing();
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
        let mut ring = self.held();
        if ring.key(id).is_none() {
            // Sealed by a key that was made since we looked.
            ring = self.ring();
        }
        let key = ring.key(id).ok_or(VaultError::UnknownKey(id))?;
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

    /// A hash of `data` that nobody makes without the sealing key, for what may hold a password: a plain hash would let whoever has the
    /// database try passwords against it. Another one once the key is another.
    #[must_use]
    pub fn fingerprint(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let ring = self.ring();
        let key = ring.sealing().text.expose().as_bytes();
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        mac.finalize().into_bytes().into()
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
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    const KEY_BYTES: usize = 32;

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
    fn fingerprints_are_alike_for_the_same_key_purpose_and_data_only() {
        let of = |byte, purpose, data: &[u8]| {
            vault(&format!("1:{}", key(byte))).fingerprint(purpose, data)
        };
        assert_eq!(of(1, "a", b"x"), of(1, "a", b"x"));
        for other in [of(2, "a", b"x"), of(1, "b", b"x"), of(1, "a", b"y")] {
            assert_ne!(of(1, "a", b"x"), other);
        }
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
        let vault = Vault::new(KeyRing::generate());
        assert_ne!(vault.seal("row", b"token"), vault.seal("row", b"token"));
    }

    #[test]
    fn a_key_made_by_another_process_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let file = KeyFile::new(folder.path().join("keys"));
        let first = file.read_or_make().unwrap();
        let running = Vault::of_file(file).unwrap();
        let old = running.seal("row", b"old");

        let other = KeyFile::new(folder.path().join("keys"));
        let (id, both) = first.with_new_key(&[]).unwrap();
        other.write(&both).unwrap();
        let new = Vault::of_file(other.clone()).unwrap().seal("row", b"new");
        assert_eq!(key_of(&new), Some(id));
        assert_eq!(running.open("row", &new).unwrap(), b"new");
        assert_eq!(key_of(&running.seal("row", b"newer")), Some(id));
        assert_eq!(running.open("row", &old).unwrap(), b"old");

        other.write(&both.without(1)).unwrap();
        assert_eq!(key_of(&running.seal("row", b"newest")), Some(id));
        assert_eq!(running.open("row", &old), Err(VaultError::UnknownKey(1)));
    }
}
