//! The keys, each with the number that stands in front of what it sealed.

use std::sync::Arc;

use aes_gcm::aead::KeyInit;
use aes_gcm::{Aes256Gcm, Key};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fanfare_domain::Secret;

use super::VaultError;

const KEY_BYTES: usize = 32;

/// The keys by which secrets are sealed. The first seals; all open.
#[derive(Clone)]
pub struct KeyRing(Vec<Arc<RingKey>>);

pub(super) struct RingKey {
    pub id: u8,
    pub cipher: Aes256Gcm,
    /// As it is written down.
    pub text: Secret,
}

impl KeyRing {
    /// Reads `1:base64,0:base64`, the sealing key first.
    ///
    /// # Errors
    /// When the list is empty, an entry is malformed or an id occurs twice.
    pub fn parse(text: &Secret) -> Result<Self, VaultError> {
        let mut keys: Vec<Arc<RingKey>> = Vec::new();
        for entry in text
            .expose()
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
        {
            let key = RingKey::parse(entry)?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(VaultError::BadRing(format!("id {} occurs twice", key.id)));
            }
            keys.push(Arc::new(key));
        }
        if keys.is_empty() {
            return Err(VaultError::BadRing("it is empty".to_owned()));
        }
        Ok(Self(keys))
    }

    /// A new ring of one random key.
    ///
    /// # Panics
    /// If the operating system gives no randomness.
    #[must_use]
    pub fn generate() -> Self {
        Self(vec![Arc::new(RingKey::random(1))])
    }

    /// In the form that `parse` reads.
    #[must_use]
    pub fn text(&self) -> Secret {
        let entries: Vec<String> = self
            .0
            .iter()
            .map(|key| format!("{}:{}", key.id, key.text.expose()))
            .collect();
        Secret::new(entries.join(","))
    }

    /// The numbers, that of the sealing key first.
    #[must_use]
    pub fn ids(&self) -> Vec<u8> {
        self.0.iter().map(|key| key.id).collect()
    }

    /// The same with a new key in front, and its number: the next one that neither a key here nor one of `taken` has. Absent
    /// when all 256 are taken.
    #[must_use]
    pub fn with_new_key(&self, taken: &[u8]) -> Option<(u8, Self)> {
        let ids = self.ids();
        let is_free = |id: &u8| !ids.contains(id) && !taken.contains(id);
        let highest = ids.iter().chain(taken).copied().max().unwrap_or(0);
        let id = (highest..=u8::MAX).find(is_free);
        let id = id.or_else(|| (0..=u8::MAX).find(is_free))?;
        let mut keys = vec![Arc::new(RingKey::random(id))];
        keys.extend(self.0.iter().cloned());
        Some((id, Self(keys)))
    }

    /// The same without the key of that number.
    #[must_use]
    pub fn without(&self, id: u8) -> Self {
        let keys = self.0.iter().filter(|key| key.id != id);
        Self(keys.cloned().collect())
    }

    pub(super) fn sealing(&self) -> &RingKey {
        &self.0[0]
    }

    pub(super) fn key(&self, id: u8) -> Option<&RingKey> {
        let found = self.0.iter().find(|key| key.id == id);
        found.map(AsRef::as_ref)
    }
}

impl RingKey {
    fn parse(entry: &str) -> Result<Self, VaultError> {
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
        Ok(Self::new(id, key))
    }

    fn random(id: u8) -> Self {
        let mut key = [0; KEY_BYTES];
        getrandom::fill(&mut key).expect("the operating system gives randomness");
        Self::new(id, key)
    }

    fn new(id: u8, key: [u8; KEY_BYTES]) -> Self {
        Self {
            id,
            cipher: Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)),
            text: Secret::new(STANDARD.encode(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> String {
        STANDARD.encode([byte; KEY_BYTES])
    }

    fn ring(text: &str) -> KeyRing {
        KeyRing::parse(&Secret::new(text)).unwrap()
    }

    #[test]
    fn malformed_rings_are_refused() {
        for ring in ["", "1", "x:AAAA", "1:AAAA", &format!("1:{0},1:{0}", key(1))] {
            assert!(KeyRing::parse(&Secret::new(ring)).is_err(), "{ring}");
        }
    }

    #[test]
    fn a_ring_is_written_as_it_is_read() {
        let text = format!("2:{},0:{}", key(2), key(3));
        assert_eq!(ring(&text).text().expose(), text);
    }

    #[test]
    fn a_new_key_has_a_number_of_its_own() {
        let one = ring(&format!("1:{}", key(1)));
        let (id, two) = one.with_new_key(&[]).unwrap();
        assert_eq!((id, two.ids()), (2, vec![2, 1]));
        assert_eq!(two.without(1).ids(), [2]);
        assert_eq!(one.with_new_key(&[2, 7]).unwrap().0, 8);
        assert_eq!(one.with_new_key(&[255, 0]).unwrap().0, 2);
        let all: Vec<u8> = (0..=255).collect();
        assert!(one.with_new_key(&all).is_none());
    }
}
