//! `fanfare config`.

use anyhow::Result;

use crate::config::{self, Loaded};

/// Says that the settings can be used, and what is remarkable about them.
pub(super) fn check(loaded: &Loaded) {
    for warning in &loaded.warnings {
        println!("Warning: {warning}");
    }
    let config = &loaded.config;
    println!("The settings can be used.");
    println!(
        "  Listens on {}, keeps its data in {}.",
        config.listen,
        config.data.display()
    );
    let sandbox = if config.sandbox_is_on() { "on" } else { "off" };
    println!("  The sandbox is {sandbox}.");
    for (platform, settings) in &config.platforms {
        let app = if settings.app.is_some() {
            "has credentials"
        } else {
            "has no credentials"
        };
        println!("  {platform} {app}.");
    }
}

pub(super) fn print_reference() {
    print!("{}", config::reference(&fanfare_platforms::all()));
}

pub(super) fn print_schema() -> Result<()> {
    println!(
        "{}",
        serde_json::to_string_pretty(&config::schema(&fanfare_platforms::all()))?
    );
    Ok(())
}
