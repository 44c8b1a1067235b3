//! What lets us act for an account: a platform's own JSON, sealed at rest and unprintable.

use fanfare_domain::Secret;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::PlatformError;

/// Tokens and whatever else a platform needs to act, as JSON that only the platform's own folder understands.
#[derive(Debug, Clone)]
pub struct Credentials(Secret);

impl Credentials {
    /// Keeps `value`, a platform's own serialisable type.
    ///
    /// # Panics
    /// If `value` cannot be written as JSON, which only a map with non-text keys can cause.
    #[must_use]
    pub fn from_value(value: &impl Serialize) -> Self {
        Self(Secret::new(
            serde_json::to_string(value).expect("credentials are plain JSON"),
        ))
    }

    #[must_use]
    pub fn from_json(json: Secret) -> Self {
        Self(json)
    }

    /// The JSON text, for sealing.
    #[must_use]
    pub fn json(&self) -> &Secret {
        &self.0
    }

    /// Reads them back as the platform's own type.
    ///
    /// # Errors
    /// `Reconnect` when they are of another shape, as after an upgrade that cannot read old ones.
    pub fn read<T: DeserializeOwned>(&self, platform: &str) -> Result<T, PlatformError> {
        serde_json::from_str(self.0.expose()).map_err(|error| {
            // The parser's message may quote the text, so only its place is logged.
            PlatformError::reconnect(
                platform,
                format!("stored credentials unreadable at column {}", error.column()),
            )
        })
    }
}
