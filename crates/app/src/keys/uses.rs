//! Which key seals how many values.

use std::collections::BTreeMap;

use fanfare_store::sealed::{SEALED, Sealed, SealedValue};
use fanfare_store::{Store, oauth_states};
use jiff::Timestamp;

use crate::{KeyRing, Result, Vault};

/// So many values of each kind are opened to try a key: one of them may have been damaged by something else.
const TRIED: u32 = 3;

/// The values by the key that sealed them.
#[derive(Debug, Clone, Default)]
pub struct KeyUses(BTreeMap<u8, Vec<Use>>);

/// What one key sealed of one kind.
#[derive(Debug, Clone)]
struct Use {
    sealed: &'static Sealed,
    count: i64,
    /// Some of them.
    values: Vec<SealedValue>,
}

/// Keys that sealed something and are not in the ring.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Missing(String);

/// Keys of the ring that have the number of another key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Wrong(String);

/// Counts all sealed values. Consents that nobody came back from are thrown away first: they need no key any more.
pub async fn uses(store: &Store, now: Timestamp) -> Result<KeyUses> {
    let mut tx = store.as_system("which key seals what").write().await?;
    oauth_states::delete_all_expired(&mut tx, now).await?;
    let mut uses = KeyUses::default();
    for sealed in SEALED {
        for (key, count) in sealed.count(&mut tx).await? {
            let values = sealed.some(&mut tx, key, TRIED).await?;
            uses.0.entry(key).or_default().push(Use {
                sealed,
                count,
                values,
            });
        }
    }
    tx.commit().await?;
    Ok(uses)
}

impl KeyUses {
    /// All keys that sealed something.
    #[must_use]
    pub fn keys(&self) -> Vec<u8> {
        self.0.keys().copied().collect()
    }

    /// Whether nothing is sealed at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What the key seals, in words; absent when that is nothing.
    #[must_use]
    pub fn of(&self, key: u8) -> Option<String> {
        let found = self.0.get(&key)?;
        let words: Vec<String> = found
            .iter()
            .map(|one| counted(one.count, one.sealed.name))
            .collect();
        Some(words.join(", "))
    }

    /// Refuses a ring that lacks a key which something was sealed with.
    ///
    /// # Errors
    /// In words, what lacks which key.
    pub fn check(&self, ring: &KeyRing) -> std::result::Result<(), Missing> {
        let ids = ring.ids();
        let missing = self.0.keys().find(|key| !ids.contains(key));
        match missing {
            None => Ok(()),
            Some(key) => {
                let what = self.of(*key).unwrap_or_default();
                Err(Missing(format!(
                    "key {key} is not in the key ring, and it sealed {what}"
                )))
            }
        }
    }

    /// Refuses a ring with a key that opens nothing of what the key of its number sealed. Keys that are not there are passed over.
    ///
    /// # Errors
    /// In words, which key is wrong.
    pub fn try_out(&self, ring: &KeyRing) -> std::result::Result<(), Wrong> {
        let (vault, ids) = (Vault::new(ring.clone()), ring.ids());
        let there = self.0.iter().filter(|(key, _)| ids.contains(key));
        for (key, uses) in there {
            if opens_none(&vault, uses) {
                let what = self.of(*key).unwrap_or_default();
                return Err(Wrong(format!(
                    "the key with the number {key} is another than the key {key} that sealed {what}: it opens none of them"
                )));
            }
        }
        Ok(())
    }
}

fn opens_none(vault: &Vault, uses: &[Use]) -> bool {
    let mut values = uses.iter().flat_map(|one| &one.values).peekable();
    values.peek().is_some() && values.all(|value| vault.open(&value.owner, &value.bytes).is_err())
}

pub(super) fn counted(count: i64, (one, several): (&str, &str)) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {several}")
    }
}
