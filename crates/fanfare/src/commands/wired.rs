//! The program's working parts, for commands that do what a running Fanfare does.

use std::sync::Arc;

use anyhow::Result;
use fanfare_app::App;
use fanfare_domain::SystemClock;

use super::database;
use crate::config::Config;
use crate::data_dir::DataDir;
use crate::wiring::{self, Parts};
use crate::{sandbox, serving};

/// Wires everything to a database that is there already. It works off no jobs.
pub(super) async fn app(config: &Config) -> Result<Arc<App>> {
    let store = database::open_existing(config).await?;
    let data = DataDir::open(&config.data)?;
    let vault = wiring::open_vault(config, &data, &store).await?;
    let public_url = match &config.public_url {
        Some(url) => url.clone(),
        None => serving::url_of(config.listen)?,
    };
    let place = sandbox::beside_which(config, &store).await?;
    wiring::wire(Parts {
        config,
        store,
        clock: Arc::new(SystemClock),
        vault,
        media: data.media(),
        public_url,
        sandbox: place.as_ref(),
    })
    .await
}
