//! The state of a consent under way: random, known here by its hash only, and sealed with what the platform needs back.

use std::collections::BTreeMap;

use anyhow::Context;
use fanfare_domain::Secret;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::{Result, Vault};

/// How long a person may take to consent.
pub(super) const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

const STATE_BYTES: usize = 32;

/// What is remembered until the person comes back.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    /// The platform's own.
    pub platform: Json,
    /// What was typed and may be asked for again without typing.
    pub fields: BTreeMap<String, String>,
}

pub(super) fn new() -> Secret {
    let mut state = [0; STATE_BYTES];
    getrandom::fill(&mut state).expect("the operating system gives randomness");
    Secret::new(hex::encode(state))
}

pub(super) fn hash(state: &str) -> String {
    hex::encode(Sha256::digest(state.as_bytes()))
}

impl Kept {
    pub(super) fn seal(&self, vault: &Vault, hash: &str) -> Vec<u8> {
        let json = serde_json::to_vec(self).expect("JSON and text are plain JSON");
        vault.seal(&owner(hash), &json)
    }

    pub(super) fn open(vault: &Vault, hash: &str, sealed: &[u8]) -> Result<Self> {
        let json = vault
            .open(&owner(hash), sealed)
            .context("opening what was kept during consent")?;
        Ok(serde_json::from_slice(&json).context("reading what was kept during consent")?)
    }
}

fn owner(hash: &str) -> String {
    format!("oauth_state/{hash}")
}
