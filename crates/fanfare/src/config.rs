//! What the operator decided: read from a file, variables and options, and checked as a whole before anything starts.

mod reference;
mod sources;
mod values;
mod variables;

use std::collections::BTreeMap;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use fanfare_app::accounts::oidc::{NewAccounts, OidcSettings};
use fanfare_app::pages::Operator;
use fanfare_backends::mail::EventKey;
use fanfare_domain::Secret;
use fanfare_domain::mail::MailSender;
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::settings::AppCredentials;
use ipnet::IpNet;
use jiff::SignedDuration;
use std::sync::Arc;
use url::Url;

pub use reference::{reference, schema};
use sources::Sources;

/// Everything that can be configured, with defaults filled in.
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// Absent when it follows from where we listen.
    pub public_url: Option<Url>,
    pub data: PathBuf,
    pub database_url: Secret,
    /// Absent while each process counts attempts for itself.
    pub redis_url: Option<Secret>,
    /// Absent while pictures and videos are kept in the data directory.
    pub s3_url: Option<Secret>,
    /// Absent when the data directory keeps its own.
    pub secret_keys: Option<Secret>,
    /// Absent while the first configured platform decides.
    pub sandbox: Option<bool>,
    pub sandbox_listen: Option<SocketAddr>,
    pub sandbox_url: Option<Url>,
    pub registration_open: bool,
    pub operator: Operator,
    /// Another provider that people may sign in with.
    pub oidc: Option<OidcSettings>,
    pub mail: MailConfig,
    pub upload_limit: u64,
    pub overdue_limit: SignedDuration,
    pub egress_allow: Vec<IpNet>,
    pub trusted_proxies: Vec<IpNet>,
    pub metrics_listen: Option<SocketAddr>,
    pub log: String,
    pub log_format: LogFormat,
    /// By platform id; only platforms of which something is configured.
    pub platforms: BTreeMap<String, PlatformConfig>,
}

/// How messages by e-mail leave.
#[derive(Debug, Clone)]
pub struct MailConfig {
    pub smtp_url: Option<Secret>,
    pub sendgrid_key: Option<Secret>,
    pub sendgrid_api: Url,
    /// Verifies what SendGrid tells of messages later.
    pub sendgrid_events: Option<EventKey>,
    /// Absent when it follows from where people reach us.
    pub from: Option<MailSender>,
    pub per_minute: u32,
}

/// What is configured of one platform.
#[derive(Debug, Clone, Default)]
pub struct PlatformConfig {
    pub app: Option<AppCredentials>,
    pub api_url: Option<Url>,
    pub auth_url: Option<Url>,
    pub api_version: Option<String>,
    pub verify_tokens: Vec<Secret>,
    pub webhook_secrets: Vec<Secret>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people when a person watches, else for machines.
    Auto,
    Human,
    Json,
}

/// What was given on the command line; it wins over variables, which win over the file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    pub config: Option<PathBuf>,
    pub listen: Option<String>,
    pub data: Option<PathBuf>,
    pub public_url: Option<String>,
    pub sandbox: Option<bool>,
    pub sandbox_listen: Option<String>,
}

/// All that is wrong, each with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<String>);

/// A configuration, and what the operator should know about it.
#[derive(Debug, Clone)]
pub struct Loaded {
    pub config: Config,
    pub warnings: Vec<String>,
}

impl Config {
    /// Reads file, variables and options.
    ///
    /// # Errors
    /// Everything that is wrong, not just the first.
    pub fn load(
        overrides: &Overrides,
        environment: impl IntoIterator<Item = (String, String)>,
        platforms: &[Arc<dyn Platform>],
    ) -> Result<Loaded, ConfigErrors> {
        let mut sources = Sources::gather(overrides, environment, platforms);
        let data = sources
            .take("FANFARE_DATA", values::path)
            .unwrap_or_else(|| default_data(&sources));
        let config = Self {
            listen: sources
                .take("FANFARE_LISTEN", values::address)
                .unwrap_or(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080)),
            public_url: sources.take("FANFARE_PUBLIC_URL", values::public_url),
            database_url: sources
                .take("FANFARE_DATABASE_URL", values::database)
                .unwrap_or_else(|| default_database(&data)),
            redis_url: sources.take("FANFARE_REDIS_URL", values::redis_url),
            s3_url: sources.take("FANFARE_S3_URL", values::s3_url),
            secret_keys: sources.take("FANFARE_SECRET_KEYS", values::key_ring),
            sandbox: sources
                .take("FANFARE_SANDBOX", values::on_off_or_auto)
                .flatten(),
            sandbox_listen: sources.take("FANFARE_SANDBOX_LISTEN", values::address),
            sandbox_url: sources.take("FANFARE_SANDBOX_URL", values::public_url),
            registration_open: sources
                .take("FANFARE_REGISTRATION", values::registration)
                .unwrap_or(false),
            operator: Operator {
                name: sources.take("FANFARE_OPERATOR_NAME", values::text),
                contact: sources.take("FANFARE_OPERATOR_CONTACT", values::text),
            },
            oidc: take_oidc(&mut sources),
            mail: MailConfig {
                smtp_url: sources.take("FANFARE_SMTP_URL", values::smtp_url),
                sendgrid_key: sources.take("FANFARE_SENDGRID_API_KEY", values::secret),
                sendgrid_api: sources
                    .take("FANFARE_SENDGRID_API_URL", values::public_url)
                    .unwrap_or_else(values::sendgrid),
                sendgrid_events: sources
                    .take("FANFARE_SENDGRID_WEBHOOK_KEY", values::sendgrid_event_key),
                from: sources.take("FANFARE_MAIL_FROM", values::mail_sender),
                per_minute: sources
                    .take("FANFARE_MAIL_PER_MINUTE", values::mail_rate)
                    .unwrap_or(100),
            },
            upload_limit: sources
                .take("FANFARE_UPLOAD_LIMIT", values::bytes)
                .unwrap_or(1024 * 1024 * 1024),
            overdue_limit: sources
                .take("FANFARE_OVERDUE_LIMIT", values::duration)
                .unwrap_or(SignedDuration::from_hours(1)),
            egress_allow: sources
                .take("FANFARE_EGRESS_ALLOW", values::networks)
                .unwrap_or_default(),
            trusted_proxies: sources
                .take("FANFARE_TRUSTED_PROXIES", values::networks)
                .unwrap_or_else(values::loopback),
            metrics_listen: sources.take("FANFARE_METRICS_LISTEN", values::address),
            log: sources
                .take("FANFARE_LOG", values::log_filter)
                .unwrap_or_else(|| "info".to_owned()),
            log_format: sources
                .take("FANFARE_LOG_FORMAT", values::log_format)
                .unwrap_or(LogFormat::Auto),
            platforms: platforms
                .iter()
                .filter_map(|platform| {
                    Some((
                        platform.manifest().id.to_owned(),
                        take_platform(&mut sources, platform)?,
                    ))
                })
                .collect(),
            data,
        };
        sources.finish(config)
    }

    /// Whether pretend platforms stand in: as said, or for as long as no platform has credentials.
    #[must_use]
    pub fn sandbox_is_on(&self) -> bool {
        let has_credentials = self
            .platforms
            .values()
            .any(|platform| platform.app.is_some());
        self.sandbox.unwrap_or(!has_credentials)
    }
}

fn take_oidc(sources: &mut Sources) -> Option<OidcSettings> {
    const ISSUER: &str = "FANFARE_OIDC_ISSUER";
    const CLIENT_ID: &str = "FANFARE_OIDC_CLIENT_ID";
    let issuer = sources.take(ISSUER, values::issuer);
    let client_id = sources.take(CLIENT_ID, values::text);
    let client_secret = sources.take("FANFARE_OIDC_CLIENT_SECRET", values::secret);
    let name = sources.take("FANFARE_OIDC_NAME", values::text);
    let scopes = sources.take("FANFARE_OIDC_SCOPES", values::scopes);
    let accounts = sources.take("FANFARE_OIDC_ACCOUNTS", values::new_accounts);
    let (issuer, client_id) = match (issuer, client_id) {
        (Some(issuer), Some(client_id)) => (issuer, client_id),
        (Some(_), None) => return sources.missing(CLIENT_ID, ISSUER),
        (None, Some(_)) => return sources.missing(ISSUER, CLIENT_ID),
        (None, None) => return None,
    };
    Some(OidcSettings {
        name: name.unwrap_or_else(|| issuer.host_str().unwrap_or_default().to_owned()),
        scopes: scopes.unwrap_or_else(values::usual_scopes),
        accounts: accounts.unwrap_or(NewAccounts::AsRegistration),
        issuer,
        client_id,
        client_secret,
    })
}

fn take_platform(sources: &mut Sources, platform: &Arc<dyn Platform>) -> Option<PlatformConfig> {
    let manifest = platform.manifest();
    let name = |suffix: &str| variables::of_platform(manifest.id, suffix);
    let app = manifest.settings.credentials.and_then(|names| {
        let (id_name, secret_name) = (name(names.id), name(names.secret));
        let id = sources.take(&id_name, values::text);
        let secret = sources.take(&secret_name, values::secret);
        match (id, secret) {
            (Some(id), Some(secret)) => Some(AppCredentials { id, secret }),
            (Some(_), None) => sources.missing(&secret_name, &id_name),
            (None, Some(_)) => sources.missing(&id_name, &secret_name),
            (None, None) => None,
        }
    });
    let heard = |sources: &mut Sources, suffix| match platform.webhooks() {
        Some(_) => sources.take(&name(suffix), values::secrets),
        None => None,
    };
    let heard = |sources: &mut Sources, suffix| heard(sources, suffix).unwrap_or_default();
    let config = PlatformConfig {
        app,
        api_url: sources.take(&name("API_URL"), values::url),
        auth_url: sources.take(&name("AUTH_URL"), values::url),
        api_version: sources.take(&name("API_VERSION"), values::text),
        verify_tokens: heard(sources, "VERIFY_TOKEN"),
        webhook_secrets: heard(sources, "WEBHOOK_SECRET"),
    };
    let is_empty = config.app.is_none()
        && config.api_url.is_none()
        && config.auth_url.is_none()
        && config.api_version.is_none()
        && config.verify_tokens.is_empty()
        && config.webhook_secrets.is_empty();
    (!is_empty).then_some(config)
}

/// Where people's programs keep what is theirs, or a folder here on machines without such a place.
fn default_data(sources: &Sources) -> PathBuf {
    let absolute = |name: &str| {
        let path = PathBuf::from(sources.surroundings(name)?);
        path.is_absolute().then_some(path)
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .map_or_else(
            || PathBuf::from("fanfare-data"),
            |base| base.join("fanfare"),
        )
}

fn default_database(data: &Path) -> Secret {
    Secret::new(format!("sqlite:{}", data.join("fanfare.db").display()))
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "The configuration cannot be used:")?;
        self.0
            .iter()
            .try_for_each(|wrong| writeln!(f, "  - {wrong}"))?;
        write!(f, "`fanfare config reference` explains every setting.")
    }
}

impl std::error::Error for ConfigErrors {}

#[cfg(test)]
mod tests;
