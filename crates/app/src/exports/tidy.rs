//! Throwing archives away that have had their time, or whose workspace is gone.

use std::collections::BTreeSet;

use anyhow::Context as _;
use fanfare_store::exports;

use crate::App;

/// May run at any time and on several machines at once.
pub(crate) async fn sweep(app: &App) -> anyhow::Result<()> {
    // Listed before the rows are read: a file that comes in between has a row.
    let files = app
        .local_files
        .exports()
        .await
        .context("listing archives")?;
    let mut tx = app
        .store
        .as_system("archives have had their time")
        .write()
        .await?;
    exports::delete_expired(&mut tx, app.now()).await?;
    let kept: BTreeSet<_> = exports::everywhere(&mut tx)
        .await?
        .into_iter()
        .map(|(id, _)| id.to_string())
        .collect();
    tx.commit().await?;
    for name in files {
        let id = name.split('.').next().unwrap_or_default();
        if !kept.contains(id) {
            app.local_files
                .delete_in_exports(&name)
                .await
                .context("deleting an archive")?;
        }
    }
    Ok(())
}
