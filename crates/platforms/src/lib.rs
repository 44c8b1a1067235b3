#![doc = include_str!("../README.md")]

use std::sync::Arc;

use fanfare_platform_kit::Platform;

mod bluesky;
mod facebook;
mod gdrive;
mod instagram;
mod mastodon;
mod meta_graph;
#[cfg(test)]
mod samples;
mod whatsapp;

/// Every platform there is, in the order people see them.
#[must_use]
pub fn all() -> Vec<Arc<dyn Platform>> {
    vec![
        Arc::new(facebook::Facebook::new()),
        Arc::new(instagram::Instagram::new()),
        Arc::new(bluesky::Bluesky::new()),
        Arc::new(mastodon::Mastodon::new()),
        Arc::new(whatsapp::WhatsApp::new()),
        Arc::new(gdrive::GoogleDrive::new()),
    ]
}
