//! What can be connected here: the manifests, joined with how this installation is set up.

use fanfare_platform_kit::{Manifest, Platform};
use fanfare_store::connections;
use url::Url;

use super::read::{self, ConnectionView};
use crate::{App, Caller, Result};

/// The most accounts of one platform that its status page shows.
const STATUS_LIMIT: u32 = 200;

/// A platform as one workspace sees it.
#[derive(Debug, Clone)]
pub struct PlatformView<'a> {
    pub manifest: &'a Manifest,
    /// `connect`, `publish`: what it can do.
    pub roles: Vec<&'static str>,
    /// People can connect it.
    pub configured: bool,
    /// The sandbox's pretend platform answers.
    pub sandbox: bool,
    /// To be entered at the platform as the redirect address.
    pub callback_url: Url,
    /// The environment variables that configure it.
    pub variables: Vec<String>,
    /// How many accounts the workspace has connected.
    pub accounts: i64,
}

/// A platform and the accounts connected to it.
#[derive(Debug, Clone)]
pub struct PlatformStatus {
    pub id: &'static str,
    pub configured: bool,
    pub connections: Vec<ConnectionView>,
}

/// All platforms.
pub async fn list_platforms<'a>(app: &'a App, caller: &Caller) -> Result<Vec<PlatformView<'a>>> {
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let counts = connections::counts(&mut tx).await?;
    drop(tx);
    let view = |platform: &'a dyn Platform| {
        let manifest = platform.manifest();
        PlatformView {
            manifest,
            roles: roles(platform),
            configured: app.settings.is_configured(manifest),
            sandbox: app
                .settings
                .of(manifest.id)
                .is_some_and(|settings| settings.is_sandbox),
            callback_url: app.platform_context(manifest.id).redirect_uri,
            variables: variables(manifest),
            accounts: counts.get(manifest.id).copied().unwrap_or(0),
        }
    };
    // What is only heard has nothing to connect.
    Ok(app
        .platforms
        .values()
        .filter(|platform| platform.connect().is_some())
        .map(|platform| view(platform.as_ref()))
        .collect())
}

/// One platform's accounts, given back ones left out.
///
/// # Errors
/// `platform_unknown`.
pub async fn platform_status(app: &App, caller: &Caller, platform: &str) -> Result<PlatformStatus> {
    let manifest = app.platform(platform)?.manifest();
    let connections =
        read::list_connections(app, caller, Some(manifest.id), None, STATUS_LIMIT).await?;
    Ok(PlatformStatus {
        id: manifest.id,
        configured: app.settings.is_configured(manifest),
        connections,
    })
}

fn roles(platform: &dyn Platform) -> Vec<&'static str> {
    [
        ("connect", platform.connect().is_some()),
        ("publish", platform.publish().is_some()),
        ("files", platform.files().is_some()),
    ]
    .into_iter()
    .filter_map(|(role, has)| has.then_some(role))
    .collect()
}

/// The variables that hold the application's credentials; none where no application is needed.
pub(super) fn variables(manifest: &Manifest) -> Vec<String> {
    let platform = manifest.id.to_uppercase();
    let names = manifest
        .settings
        .credentials
        .map(|names| [names.id, names.secret]);
    names
        .into_iter()
        .flatten()
        .map(|name| format!("FANFARE_{platform}_{name}"))
        .collect()
}
