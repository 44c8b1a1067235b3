#![doc = include_str!("README.md")]

mod api;
mod comment;
mod connect;
mod errors;
mod form;
mod history;
mod look;
mod manifest;
mod options;
mod publish;
mod sign_in;
mod subscribe;
#[cfg(test)]
mod tests;
mod webhooks;

use fanfare_platform_kit::roles::{Comment, Connect, History, Look, Publish, Subscribe, Webhooks};
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

    fn comment(&self) -> Option<&dyn Comment> {
        Some(self)
    }

    fn look(&self) -> Option<&dyn Look> {
        Some(self)
    }

    fn webhooks(&self) -> Option<&dyn Webhooks> {
        Some(&webhooks::WEBHOOKS)
    }

    fn subscribe(&self) -> Option<&dyn Subscribe> {
        Some(self)
    }

    fn history(&self) -> Option<&dyn History> {
        Some(self)
    }
}

/// For tests of what all of Meta's platforms have in common.
#[cfg(test)]
pub const FOR_TESTS: &crate::meta_graph::webhooks::MetaWebhooks = &webhooks::WEBHOOKS;
