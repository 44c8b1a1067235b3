//! The database of an installation that is there already, for commands that work beside a running program.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use fanfare_store::Store;

use crate::config::Config;

/// Opens it as it is. SQLite lets a second process in for short transactions; what belongs to one process is working off jobs.
pub(super) async fn open_existing(config: &Config) -> Result<Store> {
    let url = config.database_url.expose();
    if let Some(file) = url.strip_prefix("sqlite:")
        && !Path::new(file).exists()
    {
        bail!(
            "There is no database at {file}. Name the data folder with --data or the settings with --config."
        );
    }
    let store = Store::open(url)
        .await
        .context("The database cannot be opened")?;
    let status = store.migration_status().await?;
    if status.iter().any(|migration| !migration.applied) {
        bail!(
            "The database is not up to date. Start `fanfare serve` or run `fanfare migrate up` first."
        );
    }
    Ok(store)
}
