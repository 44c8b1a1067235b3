//! The one trait that each platform's folder implements.

use crate::manifest::Manifest;
use crate::roles::{Comment, Connect, Files, History, Look, Publish, Subscribe, Webhooks};

/// One platform: its manifest, and a role object for each thing it can do.
///
/// A role that is absent is not supported; adding a role to one platform touches no other.
pub trait Platform: Send + Sync + 'static {
    fn manifest(&self) -> &Manifest;

    fn connect(&self) -> Option<&dyn Connect> {
        None
    }

    fn publish(&self) -> Option<&dyn Publish> {
        None
    }

    /// Writing a first comment below a post of ours.
    fn comment(&self) -> Option<&dyn Comment> {
        None
    }

    /// Looking at a post that is out.
    fn look(&self) -> Option<&dyn Look> {
        None
    }

    /// Looking through an account's files.
    fn files(&self) -> Option<&dyn Files> {
        None
    }

    /// Being told what happens there.
    fn webhooks(&self) -> Option<&dyn Webhooks> {
        None
    }

    /// Choosing what is told of an account.
    fn subscribe(&self) -> Option<&dyn Subscribe> {
        None
    }

    /// Reading what happened while nobody heard.
    fn history(&self) -> Option<&dyn History> {
        None
    }
}
