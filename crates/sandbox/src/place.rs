//! Where a sandbox is, for whoever talks to it without running it.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use url::Url;

/// Where a running sandbox is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Where browsers and clients reach it.
    pub url: Url,
    /// The address it listens on.
    pub address: SocketAddr,
}

impl Place {
    /// The base of a platform's API: what to configure as its API URL.
    #[must_use]
    pub fn api_url(&self, platform: &str) -> Url {
        self.base_of(platform)
    }

    /// The base of a platform's login pages: what to configure as its auth URL.
    #[must_use]
    pub fn auth_url(&self, platform: &str) -> Url {
        self.base_of(platform)
    }

    fn base_of(&self, platform: &str) -> Url {
        let mut url = self.url.clone();
        let path = format!("{}/{platform}", url.path().trim_end_matches('/'));
        url.set_path(&path);
        url
    }
}
