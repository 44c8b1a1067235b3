#![doc = include_str!("README.md")]

mod api;
mod connect;
mod errors;
mod form;
mod manifest;
mod publish;
mod sign_in;
#[cfg(test)]
mod tests;

use fanfare_platform_kit::roles::{Connect, Publish};
use fanfare_platform_kit::{Manifest, Platform};

pub const ID: &str = "instagram";
pub const NAME: &str = "Instagram";

/// Professional Instagram accounts.
pub struct Instagram {
    manifest: Manifest,
}

impl Instagram {
    pub fn new() -> Self {
        Self {
            manifest: manifest::manifest(),
        }
    }
}

impl Platform for Instagram {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn connect(&self) -> Option<&dyn Connect> {
        Some(self)
    }

    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }
}
