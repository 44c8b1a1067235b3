//! Everything the use cases work with, wired together once by the program.

use std::collections::BTreeMap;
use std::sync::Arc;

use fanfare_domain::media_files::{KeptFile, MediaFiles};
use fanfare_domain::{Clock, ErrorCode, RateLimits};
use fanfare_jobs::JobSignal;
use fanfare_platform_kit::http::HttpClient;
use fanfare_platform_kit::settings::SettingsBook;
use fanfare_platform_kit::{Platform, PlatformContext};
use fanfare_store::Store;
use jiff::Timestamp;
use url::Url;

use crate::Result;
use crate::accounts::Passwords;
use crate::accounts::oidc::Oidc;
#[cfg(feature = "passkeys")]
use crate::accounts::passkeys::Passkeys;
use crate::api_keys::KeyCalls;
use crate::avatars::Avatars;
use crate::error::{AppError, RefusalKind};
use crate::hearing::Ingest;
use crate::mail::Mail;
use crate::media::{LocalFiles, MediaLinks};
use crate::pages::Operator;
use crate::vault::Vault;

/// The program's working parts. Shared by all requests and jobs.
pub struct App {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub platforms: BTreeMap<&'static str, Arc<dyn Platform>>,
    pub settings: Arc<SettingsBook>,
    pub http: HttpClient,
    pub vault: Vault,
    pub passwords: Passwords,
    pub limits: Arc<dyn RateLimits>,
    /// Another provider that people may sign in with.
    pub oidc: Option<Oidc>,
    /// Absent where browsers take part in none.
    #[cfg(feature = "passkeys")]
    pub passkeys: Option<Passkeys>,
    pub mail: Mail,
    pub key_calls: KeyCalls,
    /// On their way into a library, and out of one.
    pub local_files: LocalFiles,
    /// The bytes of every library.
    pub media_files: Arc<dyn MediaFiles>,
    /// Signs the links under which platforms fetch files.
    pub media_links: MediaLinks,
    pub avatars: Avatars,
    /// Writes down what platforms tell of their own accord.
    pub ingest: Ingest,
    /// Wakes the job runner of this process when something is due now.
    pub jobs: JobSignal,
    pub config: AppConfig,
}

/// What the operator decided.
#[derive(Debug, Clone)]
pub struct AppConfig {
    /// Where people and platforms reach this installation, without a trailing slash in its path.
    pub public_url: Url,
    /// Where the sandbox's own page is, while the sandbox is on.
    pub sandbox_url: Option<Url>,
    /// Anybody may register; otherwise only the first user.
    pub registration_open: bool,
    /// Whoever runs this installation, for its public pages.
    pub operator: Operator,
    /// The largest file taken, in bytes.
    pub upload_limit: u64,
    /// A post that was due while Fanfare was down or its channel paused still goes out if it is late by no more than this, in milliseconds.
    pub overdue_limit_millis: i64,
    pub version: &'static str,
}

impl App {
    /// The file of a library with that key, whether or not it is there.
    #[must_use]
    pub fn media_file(&self, key: &str) -> KeptFile {
        KeptFile::new(Arc::clone(&self.media_files), key)
    }

    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether people may sign in with passkeys.
    #[must_use]
    pub fn takes_passkeys(&self) -> bool {
        #[cfg(feature = "passkeys")]
        return self.passkeys.is_some();
        #[cfg(not(feature = "passkeys"))]
        false
    }

    /// The platform of that name.
    ///
    /// # Errors
    /// `platform_unknown`.
    pub fn platform(&self, id: &str) -> Result<&Arc<dyn Platform>> {
        self.platforms.get(id).ok_or_else(|| {
            AppError::refused(
                RefusalKind::NotFound,
                ErrorCode::PlatformUnknown,
                format!("There is no platform named “{id}” here."),
            )
        })
    }

    /// What that platform's code is given to work with.
    #[must_use]
    pub fn platform_context(&self, id: &'static str) -> PlatformContext {
        let callback = format!("api/platforms/{id}/callback");
        PlatformContext {
            platform: id,
            settings: Arc::clone(&self.settings),
            http: self.http.clone(),
            clock: Arc::clone(&self.clock),
            redirect_uri: fanfare_platform_kit::settings::join(&self.config.public_url, &callback),
        }
    }
}
