//! The browser that tests, pictures and measurements drive.

use std::path::PathBuf;

use crate::debian;
use crate::process::{self, Attempt};

/// What a browser that can be driven may be called, Debian's first.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];

pub fn find_or_install() -> Attempt<PathBuf> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    debian::install("A browser to test with", &["chromium"])?;
    find().ok_or_else(|| "chromium is still missing after its installation".into())
}

fn find() -> Option<PathBuf> {
    BROWSERS.iter().find_map(|name| process::find(name))
}
