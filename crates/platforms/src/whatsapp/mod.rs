#![doc = include_str!("README.md")]

mod manifest;
mod notices;
#[cfg(test)]
mod tests;
mod webhooks;

use fanfare_platform_kit::roles::Webhooks;
use fanfare_platform_kit::{Manifest, Platform};

pub const ID: &str = "whatsapp";
pub const NAME: &str = "WhatsApp";

/// Numbers of the WhatsApp Business Platform. So far they are only heard.
pub struct WhatsApp {
    manifest: Manifest,
}

impl WhatsApp {
    pub fn new() -> Self {
        Self {
            manifest: manifest::manifest(),
        }
    }
}

impl Platform for WhatsApp {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn webhooks(&self) -> Option<&dyn Webhooks> {
        Some(&webhooks::WEBHOOKS)
    }
}

/// For tests of what all of Meta's platforms have in common.
#[cfg(test)]
pub const FOR_TESTS: &crate::meta_graph::webhooks::MetaWebhooks = &webhooks::WEBHOOKS;
