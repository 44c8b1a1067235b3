//! The platforms that are pretended.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    Facebook,
    Instagram,
    Mastodon,
    #[serde(rename = "gdrive")]
    GDrive,
}

impl Platform {
    pub const ALL: [Self; 4] = [
        Self::Facebook,
        Self::Instagram,
        Self::Mastodon,
        Self::GDrive,
    ];

    /// The name as people write it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Instagram => "Instagram",
            Self::Mastodon => "Mastodon",
            Self::GDrive => "Google Drive",
        }
    }

    /// Whether anything can be published there. From a drive, files are only taken.
    pub(crate) fn has_posts(self) -> bool {
        self != Self::GDrive
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Facebook => "facebook",
            Self::Instagram => "instagram",
            Self::Mastodon => "mastodon",
            Self::GDrive => "gdrive",
        })
    }
}

impl FromStr for Platform {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL
            .into_iter()
            .find(|platform| platform.to_string() == name);
        found.ok_or_else(|| {
            format!(
                "{name} is not a pretend platform; there are facebook, instagram, mastodon and gdrive"
            )
        })
    }
}
