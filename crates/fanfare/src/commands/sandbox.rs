//! `fanfare sandbox`: pretend platforms without the rest.

use anyhow::Result;
use url::Url;

use crate::config::Config;
use crate::data_dir::DataDir;
use crate::{sandbox, stopping};

pub(super) async fn serve(config: Config, hooks: Option<Url>) -> Result<()> {
    let stop = stopping::on_signal()?;
    let data = DataDir::open(&config.data)?;
    let sandbox = sandbox::start_alone(&config, hooks, data.sandbox_state()).await?;
    tracing::info!(url = %sandbox.url, "the sandbox is ready");
    for platform in fanfare_sandbox::Platform::ALL {
        let (name, url) = (platform.to_string(), sandbox.api_url(&platform.to_string()));
        tracing::info!(%url, "{name} is pretended");
    }
    stop.cancelled().await;
    sandbox.stop().await;
    Ok(())
}
