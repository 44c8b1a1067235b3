//! Each platform: is it configured, and does its API answer.

use std::time::Duration;

use fanfare_platform_kit::Manifest;
use reqwest::Client;
use url::Url;

use super::Finding::{self, Good, Remarkable, Wrong};
use crate::config::{Config, PlatformConfig};

const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn examine(config: &Config) -> Vec<Finding> {
    let client = match Client::builder().timeout(PATIENCE).build() {
        Ok(client) => client,
        Err(error) => return vec![Wrong(format!("Nothing can be called: {error}."))],
    };
    let mut findings = Vec::new();
    for platform in fanfare_platforms::all() {
        let manifest = platform.manifest();
        let own = config.platforms.get(manifest.id);
        let has_app = |id: &str| {
            config
                .platforms
                .get(id)
                .is_some_and(|config| config.app.is_some())
        };
        findings.push(match manifest.settings.credentials {
            None => Good(format!("{} needs no credentials.", manifest.name)),
            Some(_) if has_app(manifest.id) => reach(&client, manifest, own).await,
            Some(_) if manifest.settings.shares_app_of.is_some_and(has_app) => {
                reach(&client, manifest, own).await
            }
            Some(_) => unconfigured(manifest, config.sandbox_is_on()),
        });
    }
    findings
}

fn unconfigured(manifest: &Manifest, sandbox: bool) -> Finding {
    let (name, id) = (manifest.name, manifest.id);
    let is_pretended = sandbox && id.parse::<fanfare_sandbox::Platform>().is_ok();
    let meanwhile = if is_pretended {
        "the sandbox stands in"
    } else {
        "it cannot be connected"
    };
    Remarkable(format!(
        "{name} has no credentials yet, so {meanwhile}. docs/platforms/{id}.md tells how to get them."
    ))
}

/// Any answer will do: what is asked for is not there, but somebody is.
async fn reach(client: &Client, manifest: &Manifest, own: Option<&PlatformConfig>) -> Finding {
    let name = manifest.name;
    let configured = own.and_then(|config| config.api_url.clone());
    let Some(url) = configured.or_else(|| Url::parse(manifest.settings.api_url).ok()) else {
        return Good(format!("{name} has credentials."));
    };
    match client.get(url.clone()).send().await {
        Ok(_) => Good(format!("{name} has credentials, and {url} answers.")),
        Err(error) => Wrong(format!(
            "{name} has credentials, but {url} does not answer: {}. Check the network, and proxies on the way out.",
            error.without_url()
        )),
    }
}
