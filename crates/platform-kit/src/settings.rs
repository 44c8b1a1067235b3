//! How an installation configures a platform, from `FANFARE_<PLATFORM>_…`.

use std::collections::BTreeMap;

use fanfare_domain::Secret;
use url::Url;

use crate::manifest::{Manifest, SettingsSpec};

/// One platform's configuration.
#[derive(Debug, Clone)]
pub struct PlatformSettings {
    pub app: Option<AppCredentials>,
    /// Absent where each account names its own server.
    pub api_url: Option<Url>,
    pub auth_url: Option<Url>,
    /// The API's version, such as `v26.0`, where the manifest names one.
    pub api_version: Option<String>,
    /// What the platform says when it asks whether it may tell us things: one for each of its applications that tell us.
    pub verify_tokens: Vec<Secret>,
    /// What it signs with, where that is not the application's secret.
    pub webhook_secrets: Vec<Secret>,
    /// `api_url` was set by the operator (or the sandbox) and is not the platform's own.
    pub api_url_is_custom: bool,
    /// The pretend platform of the sandbox answers, not the real one.
    pub is_sandbox: bool,
}

/// What a platform gave us for our application.
#[derive(Debug, Clone)]
pub struct AppCredentials {
    pub id: String,
    pub secret: Secret,
}

/// All platforms' settings, by platform id.
#[derive(Debug, Clone, Default)]
pub struct SettingsBook(BTreeMap<String, PlatformSettings>);

impl SettingsBook {
    pub fn set(&mut self, platform: &str, settings: PlatformSettings) {
        self.0.insert(platform.to_owned(), settings);
    }

    #[must_use]
    pub fn of(&self, platform: &str) -> Option<&PlatformSettings> {
        self.0.get(platform)
    }

    /// By which secrets we know that the platform itself tells us something: those meant for it, or else those of the applications that
    /// serve it. None where it is not configured, and then nothing is believed.
    #[must_use]
    pub fn webhook_secrets(&self, manifest: &Manifest) -> Vec<Secret> {
        let own = self.of(manifest.id);
        let meant = own.map_or(&[][..], |settings| &settings.webhook_secrets);
        if !meant.is_empty() {
            return meant.to_vec();
        }
        self.serving(manifest)
            .filter_map(|settings| settings.app.as_ref())
            .map(|app| app.secret.clone())
            .collect()
    }

    /// What the platform may say when it asks whether it may tell us things: what was chosen for it, and what was chosen for the platform
    /// whose application serves both, because whoever entered one of them at that application may well have entered it everywhere there.
    #[must_use]
    pub fn verify_tokens(&self, manifest: &Manifest) -> Vec<Secret> {
        self.serving(manifest)
            .flat_map(|settings| settings.verify_tokens.iter().cloned())
            .collect()
    }

    /// Whether people can connect the platform: it needs no application, or we have one, its own or a shared one.
    #[must_use]
    pub fn is_configured(&self, manifest: &Manifest) -> bool {
        manifest.settings.credentials.is_none()
            || self
                .serving(manifest)
                .any(|settings| settings.app.is_some())
    }

    /// Its own settings, and those of the platform whose application serves both.
    fn serving(&self, manifest: &Manifest) -> impl Iterator<Item = &PlatformSettings> {
        let shared = manifest.settings.shares_app_of.and_then(|id| self.of(id));
        self.of(manifest.id).into_iter().chain(shared)
    }
}

impl PlatformSettings {
    /// What the manifest says, before any variable is read: the platform's own addresses and no application.
    ///
    /// # Panics
    /// If the manifest's addresses are none, which each platform's tests rule out.
    #[must_use]
    pub fn defaults(spec: &SettingsSpec) -> Self {
        let address = |text: &str| {
            (!text.is_empty()).then(|| Url::parse(text).expect("a manifest's addresses are good"))
        };
        Self {
            app: None,
            api_url: address(spec.api_url),
            auth_url: address(spec.auth_url),
            api_version: spec.api_version.map(str::to_owned),
            verify_tokens: Vec::new(),
            webhook_secrets: Vec::new(),
            api_url_is_custom: false,
            is_sandbox: false,
        }
    }

    /// `api_url` with `path` after it, whatever slashes either has. `path` is given without a leading slash.
    ///
    /// # Panics
    /// If the platform has no `api_url`, which its manifest rules out.
    #[must_use]
    pub fn api(&self, path: &str) -> Url {
        join(
            self.api_url
                .as_ref()
                .expect("the manifest names an api_url"),
            path,
        )
    }

    /// `auth_url` with `path` after it.
    ///
    /// # Panics
    /// If the platform has no `auth_url`, which its manifest rules out.
    #[must_use]
    pub fn auth(&self, path: &str) -> Url {
        join(
            self.auth_url
                .as_ref()
                .expect("the manifest names an auth_url"),
            path,
        )
    }
}

/// `base` with `path` appended to its own path.
///
/// # Panics
/// If `path` makes the address unparsable; platforms' paths are constants and ids.
#[must_use]
pub fn join(base: &Url, path: &str) -> Url {
    let text = format!("{}/{path}", base.as_str().trim_end_matches('/'));
    Url::parse(&text).expect("a base and a path make an address")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_minds_slashes_and_paths() {
        for (base, whole) in [
            ("https://graph.example", "https://graph.example/v1/me"),
            ("https://graph.example/", "https://graph.example/v1/me"),
            (
                "http://127.0.0.1:9/facebook",
                "http://127.0.0.1:9/facebook/v1/me",
            ),
        ] {
            assert_eq!(join(&Url::parse(base).unwrap(), "v1/me").as_str(), whole);
        }
    }
}
