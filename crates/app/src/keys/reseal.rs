//! Seals everything anew with the ring's first key, a few values at a time, while the program runs.

use fanfare_store::Store;
use fanfare_store::sealed::{SEALED, Sealed};

use super::uses::counted;
use crate::vault::key_of;
use crate::{Result, Vault};

/// Values in one transaction: others wait for it no longer than for any of their own.
const BATCH: u32 = 50;
/// Whoever sealed something just before the ring changed has it stored within this time.
const LATECOMERS: std::time::Duration = std::time::Duration::from_secs(2);

/// What became of it.
#[derive(Debug, Clone, Default)]
pub struct Resealed {
    /// How many values were sealed anew, of each kind.
    pub done: Vec<(&'static Sealed, i64)>,
    /// How many could not be opened, because their key is missing or they were tampered with. They stay as they were.
    pub unreadable: i64,
}

/// Seals what other keys have sealed with the first key of the vault's ring. A value that somebody changes meanwhile is left
/// to them; rounds are made until nothing is left. `tell` hears what is done after each batch.
pub async fn reseal(store: &Store, vault: &Vault, mut tell: impl FnMut(&str)) -> Result<Resealed> {
    let mut all = Resealed::default();
    let mut waited = false;
    loop {
        let mut done = 0;
        all.unreadable = 0;
        for sealed in SEALED {
            let (resealed, unreadable) = column(store, vault, sealed, &mut tell).await?;
            all.add(sealed, resealed);
            all.unreadable += unreadable;
            done += resealed;
        }
        if done > 0 {
            continue;
        }
        if waited {
            return Ok(all);
        }
        tokio::time::sleep(LATECOMERS).await;
        waited = true;
    }
}

async fn column(
    store: &Store,
    vault: &Vault,
    sealed: &'static Sealed,
    tell: &mut impl FnMut(&str),
) -> Result<(i64, i64)> {
    let (mut done, mut unreadable) = (0, 0);
    let mut after = String::new();
    loop {
        let key = vault.ring().ids()[0];
        let mut tx = store.as_system("everything is sealed anew").write().await?;
        let batch = sealed.others(&mut tx, key, &after, BATCH).await?;
        let Some(last) = batch.last() else {
            return Ok((done, unreadable));
        };
        after.clone_from(&last.row);
        for value in &batch {
            match vault.open(&value.owner, &value.bytes) {
                Ok(secret) => {
                    let new = vault.seal(&value.owner, &secret);
                    done += i64::from(sealed.replace(&mut tx, value, new).await?);
                }
                Err(error) => {
                    unreadable += 1;
                    tracing::warn!(owner = value.owner, key = key_of(&value.bytes), %error, "not sealed anew");
                }
            }
        }
        tx.commit().await?;
        if done > 0 {
            tell(&counted(done, sealed.name));
        }
    }
}

impl Resealed {
    /// What was sealed anew, in words; absent when that is nothing.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let words: Vec<String> = self
            .done
            .iter()
            .map(|(sealed, count)| counted(*count, sealed.name))
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    fn add(&mut self, sealed: &'static Sealed, count: i64) {
        if count == 0 {
            return;
        }
        let known = self
            .done
            .iter_mut()
            .find(|(known, _)| std::ptr::eq(*known, sealed));
        match known {
            Some((_, so_far)) => *so_far += count,
            None => self.done.push((sealed, count)),
        }
    }
}
