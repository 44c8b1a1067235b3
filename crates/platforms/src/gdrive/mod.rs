#![doc = include_str!("README.md")]

mod api;
mod connect;
mod errors;
mod files;
mod manifest;
mod oauth;
mod query;
#[cfg(test)]
mod tests;

use fanfare_platform_kit::roles::{Connect, Files};
use fanfare_platform_kit::{Manifest, Platform};

pub const ID: &str = "gdrive";
pub const NAME: &str = "Google Drive";

/// The files that a Google account sees in its Drive.
pub struct GoogleDrive {
    manifest: Manifest,
}

impl GoogleDrive {
    pub fn new() -> Self {
        Self {
            manifest: manifest::manifest(),
        }
    }
}

impl Platform for GoogleDrive {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn connect(&self) -> Option<&dyn Connect> {
        Some(self)
    }

    fn files(&self) -> Option<&dyn Files> {
        Some(self)
    }
}
