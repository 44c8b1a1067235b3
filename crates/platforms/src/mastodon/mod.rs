#![doc = include_str!("README.md")]

mod api;
mod comment;
mod connect;
mod errors;
mod instance;
mod look;
mod manifest;
mod publish;
mod recognise;
#[cfg(test)]
mod tests;

use fanfare_platform_kit::roles::{Comment, Connect, Look, Publish};
use fanfare_platform_kit::{Manifest, Platform};

pub const ID: &str = "mastodon";
pub const NAME: &str = "Mastodon";

/// Accounts on any Mastodon instance, and on servers that speak its API.
pub struct Mastodon {
    manifest: Manifest,
}

impl Mastodon {
    pub fn new() -> Self {
        Self {
            manifest: manifest::manifest(),
        }
    }
}

impl Platform for Mastodon {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn connect(&self) -> Option<&dyn Connect> {
        Some(self)
    }

    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }

    fn comment(&self) -> Option<&dyn Comment> {
        Some(self)
    }

    fn look(&self) -> Option<&dyn Look> {
        Some(self)
    }
}
