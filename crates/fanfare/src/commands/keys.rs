//! `fanfare keys`.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, bail};
use fanfare_app::keys::{self, KeyUses};
use fanfare_app::{KeyRing, Vault, audit};
use fanfare_domain::{Clock as _, SystemClock};
use fanfare_store::Store;
use fanfare_store::audit::{Actor, record_for_installation};
use serde_json::{Value, json};

use super::database;
use crate::command_line::KeyQuestion;
use crate::config::Config;
use crate::data_dir::DataDir;

/// Where the keys come from when they are not in the data folder.
const SETTING: &str = "FANFARE_SECRET_KEYS";

/// The keys, and where they are.
struct Keys<'a> {
    config: &'a Config,
    data: DataDir,
    store: Store,
}

pub(super) async fn answer(config: &Config, question: KeyQuestion) -> Result<()> {
    let store = database::open_existing(config).await?;
    let keys = Keys {
        config,
        data: DataDir::open(&config.data)?,
        store: store.clone(),
    };
    let answered = match question {
        KeyQuestion::List => keys.list().await,
        KeyQuestion::Rotate => keys.rotate().await,
        KeyQuestion::Drop { key } => keys.drop(key).await,
        KeyQuestion::Forget { key, yes } => keys.forget(key, yes).await,
    };
    store.close().await;
    answered
}

impl Keys<'_> {
    fn ring(&self) -> Result<KeyRing> {
        let missing = || {
            format!(
                "There is no key ring at {}",
                self.data.key_file().path().display()
            )
        };
        self.ring_if_any()?.with_context(missing)
    }

    fn ring_if_any(&self) -> Result<Option<KeyRing>> {
        match &self.config.secret_keys {
            Some(ring) => Ok(Some(KeyRing::parse(ring)?)),
            None => self.data.key_file().read(),
        }
    }

    /// The numbers of the keys that there are, the sealing one first.
    fn ids(&self) -> Result<Vec<u8>> {
        Ok(self.ring_if_any()?.map_or_else(Vec::new, |ring| ring.ids()))
    }

    async fn uses(&self) -> Result<KeyUses> {
        Ok(keys::uses(&self.store, SystemClock.now()).await?)
    }

    async fn list(&self) -> Result<()> {
        let (ids, uses) = (self.ids()?, self.uses().await?);
        println!("key  seals  has sealed");
        for (place, key) in ids.iter().enumerate() {
            let seals = if place == 0 { "yes" } else { "no" };
            let what = uses.of(*key).unwrap_or_else(|| "nothing".to_owned());
            println!("{key:>3}  {seals:<5}  {what}");
        }
        let known: BTreeSet<u8> = ids.into_iter().collect();
        for key in uses.keys().iter().filter(|key| !known.contains(key)) {
            let what = uses.of(*key).unwrap_or_default();
            println!(
                "{key:>3}  gone   {what}: cannot be read until this key is put back; `fanfare keys forget {key}` gives it up"
            );
        }
        Ok(())
    }

    async fn rotate(&self) -> Result<()> {
        let _lock = self.data.lock_keys()?;
        let vault = match &self.config.secret_keys {
            Some(ring) => by_setting(KeyRing::parse(ring)?),
            None => self.by_new_key().await?,
        };
        let key = vault.ring().ids()[0];
        let tell = |done: &str| println!("  {done} …");
        let resealed = keys::reseal(&self.store, &vault, tell).await?;
        match resealed.in_words() {
            None => println!("Everything is sealed with key {key}."),
            Some(what) => {
                println!("Sealed anew with key {key}: {what}.");
                let detail = json!({ "key": key, "sealed_anew": what });
                self.record("keys.rotated", key, detail).await?;
            }
        }
        if resealed.unreadable > 0 {
            bail!(
                "{} sealed values could not be opened and stay as they were. `fanfare keys list` tells which key they need.",
                resealed.unreadable
            );
        }
        self.tell_what_is_free().await
    }

    /// Puts a new key in front of the others. Running processes find it by themselves.
    async fn by_new_key(&self) -> Result<Vault> {
        let (ring, uses) = (self.ring()?, self.uses().await?);
        uses.check(&ring)
            .context("A key is missing. Put it back before you make a new one")?;
        let Some((key, ring)) = ring.with_new_key(&uses.keys()) else {
            bail!("All 256 numbers of keys are taken. Drop keys that seal nothing first.");
        };
        let file = self.data.key_file();
        file.write(&ring)?;
        println!(
            "Made key {key}; it stands first in {}.",
            file.path().display()
        );
        Vault::of_file(file)
    }

    async fn tell_what_is_free(&self) -> Result<()> {
        let (ids, uses) = (self.ring()?.ids(), self.uses().await?);
        for key in ids.iter().skip(1).filter(|key| uses.of(**key).is_none()) {
            println!(
                "Key {key} seals nothing any more. {}",
                self.how_to_drop(*key)
            );
        }
        Ok(())
    }

    fn how_to_drop(&self, key: u8) -> String {
        let how = match self.config.secret_keys {
            Some(_) => format!("Take it out of {SETTING}"),
            None => format!("Throw it away with `fanfare keys drop {key}`"),
        };
        format!("{how}, once no copy of the database is left that needs it.")
    }

    async fn drop(&self, key: u8) -> Result<()> {
        let _lock = self.data.lock_keys()?;
        let ring = self.ring()?;
        let ids = ring.ids();
        if !ids.contains(&key) {
            bail!("There is no key {key} in the key ring.");
        }
        if ids[0] == key {
            bail!(
                "Key {key} is the one that seals. Make another with `fanfare keys rotate` first."
            );
        }
        self.refuse_used(key).await?;
        if self.config.secret_keys.is_some() {
            println!(
                "Key {key} seals nothing. Take it out of {SETTING} and restart every process."
            );
            return Ok(());
        }
        let file = self.data.key_file();
        file.write(&ring.without(key))?;
        // Somebody who sealed with it just before may have stored it just now.
        if let Err(used) = self.refuse_used(key).await {
            file.write(&ring)?;
            return Err(used);
        }
        self.record("keys.dropped", key, json!({ "key": key }))
            .await?;
        println!("Key {key} is gone from {}.", file.path().display());
        Ok(())
    }

    async fn forget(&self, key: u8, is_meant: bool) -> Result<()> {
        let _lock = self.data.lock_keys()?;
        if self.ids()?.contains(&key) {
            bail!(
                "Key {key} is in the key ring, so nothing is lost. `fanfare keys rotate` and `drop` change keys. If another key has its number there, take that one out first."
            );
        }
        let Some(what) = self.uses().await?.of(key) else {
            bail!("Nothing was sealed with a key {key}.");
        };
        if !is_meant {
            bail!(
                "Key {key} sealed {what}. If there is a copy of it anywhere, put it back. Otherwise add --yes to give those up: \
                 the accounts have to be connected again."
            );
        }
        keys::forget(&self.store, key, SystemClock.now()).await?;
        self.record(
            "keys.forgotten",
            key,
            json!({ "key": key, "given_up": what }),
        )
        .await?;
        println!("Given up: {what}. Connect those accounts again.");
        Ok(())
    }

    async fn refuse_used(&self, key: u8) -> Result<()> {
        match self.uses().await?.of(key) {
            None => Ok(()),
            Some(what) => bail!(
                "Key {key} is still needed: it sealed {what}. Seal everything anew with `fanfare keys rotate` first."
            ),
        }
    }

    async fn record(&self, action: &str, key: u8, detail: Value) -> Result<()> {
        let mut tx = self.store.as_system("keys were changed").write().await?;
        let now = SystemClock.now();
        let event = audit::event(now, Actor::command_line(), action, ("key", key), detail);
        record_for_installation(&mut tx, &event).await?;
        Ok(tx.commit().await?)
    }
}

fn by_setting(ring: KeyRing) -> Vault {
    let key = ring.ids()[0];
    println!(
        "The keys come from {SETTING}, so no key was made here; everything is sealed with the first one there, key {key}.\n\
         To have a new one: put it in front (a number of its own, a colon, and what `openssl rand -base64 32` prints), leave the\n\
         others behind it, restart every process with that, and only then run this again."
    );
    Vault::new(ring)
}
