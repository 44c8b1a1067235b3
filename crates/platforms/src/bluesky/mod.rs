#![doc = include_str!("README.md")]

mod api;
mod card;
mod comment;
mod connect;
mod errors;
mod facets;
mod look;
mod manifest;
mod publish;
mod record;
#[cfg(test)]
mod tests;

use fanfare_platform_kit::roles::{Comment, Connect, Look, Publish};
use fanfare_platform_kit::{Manifest, Platform};

pub const ID: &str = "bluesky";
pub const NAME: &str = "Bluesky";

/// Accounts on Bluesky and on any other server of the AT Protocol.
pub struct Bluesky {
    manifest: Manifest,
}

impl Bluesky {
    pub fn new() -> Self {
        Self {
            manifest: manifest::manifest(),
        }
    }
}

impl Platform for Bluesky {
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
