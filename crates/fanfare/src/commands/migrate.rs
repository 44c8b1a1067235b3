//! `fanfare migrate`.

use anyhow::{Context as _, Result, bail};
use fanfare_store::Store;

use crate::command_line::Migration;
use crate::config::Config;
use crate::data_dir::DataDir;

pub(super) async fn migrate(config: &Config, direction: &Migration) -> Result<()> {
    let data = DataDir::open(&config.data)?;
    let is_sqlite = config.database_url.expose().starts_with("sqlite:");
    let changes = !matches!(direction, Migration::Status);
    let _lock = if is_sqlite && changes {
        Some(data.lock()?)
    } else {
        None
    };
    let store = Store::open(config.database_url.expose())
        .await
        .context("The database cannot be opened")?;
    match direction {
        Migration::Up => store.migrate_up().await?,
        Migration::Down { to, yes: true } => store.migrate_down(*to).await?,
        Migration::Down { to, yes: false } => bail!(
            "This takes back every migration above {to}, and the data in their tables is lost. Add --yes to do it."
        ),
        Migration::Status => {}
    }
    for migration in store.migration_status().await? {
        let state = if migration.applied {
            "applied"
        } else {
            "missing"
        };
        println!("{state}  {}", migration.name);
    }
    store.close().await;
    Ok(())
}
