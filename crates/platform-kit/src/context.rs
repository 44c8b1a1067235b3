//! What a platform's code is given to work with.

use std::sync::Arc;

use fanfare_domain::Clock;
use jiff::Timestamp;
use url::Url;

use crate::http::HttpClient;
use crate::settings::{PlatformSettings, SettingsBook};

/// The surroundings of one call into a platform's code.
#[derive(Clone)]
pub struct PlatformContext {
    pub platform: &'static str,
    pub settings: Arc<SettingsBook>,
    pub http: HttpClient,
    pub clock: Arc<dyn Clock>,
    /// Where the platform sends people back to: `<public url>/api/platforms/<platform>/callback`.
    pub redirect_uri: Url,
}

impl PlatformContext {
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// This platform's settings.
    ///
    /// # Panics
    /// If wiring left a registered platform without settings.
    #[must_use]
    pub fn settings(&self) -> &PlatformSettings {
        self.settings_of(self.platform)
    }

    /// Another platform's settings, for families that share an application (Instagram through Facebook Login).
    ///
    /// # Panics
    /// If wiring left a registered platform without settings.
    #[must_use]
    pub fn settings_of(&self, platform: &str) -> &PlatformSettings {
        self.settings
            .of(platform)
            .expect("every registered platform has settings")
    }
}
