//! Puts the program together: the only place that knows every concrete part.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use fanfare_app::accounts::Passwords;
use fanfare_app::accounts::oidc::Oidc;
#[cfg(feature = "passkeys")]
use fanfare_app::accounts::passkeys::Passkeys;
use fanfare_app::api_keys::KeyCalls;
use fanfare_app::avatars::Avatars;
use fanfare_app::hearing::Ingest;
use fanfare_app::mail::{Mail, MailRoute};
use fanfare_app::media::{LocalFiles, MediaLinks};
use fanfare_app::{App, AppConfig, KeyRing, Vault, keys};
use fanfare_backends::mail::{SendGrid, Smtp};
use fanfare_backends::{broadcast, limits};
use fanfare_domain::mail::{MailSender, MailTransport};
use fanfare_domain::{Clock, Secret, SystemClock};
use fanfare_jobs::{JobSignal, Runner, RunnerSettings};
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::settings::{AppCredentials, PlatformSettings, SettingsBook};
use fanfare_platform_kit::{Manifest, Platform};
use fanfare_sandbox::Place;
use fanfare_store::Store;
use tokio::task::JoinHandle;
use url::Url;

use crate::config::{Config, MailConfig, PlatformConfig};
use crate::data_dir::DataDir;
use crate::media_files;

/// The secret of the sandbox's applications.
const PRETENDED: &str = "sandbox";

/// What must be there before the program can be put together.
pub struct Parts<'a> {
    pub config: &'a Config,
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub vault: Vault,
    /// Where media lie.
    pub media: PathBuf,
    /// Where people reach us.
    pub public_url: Url,
    /// Where the pretend platforms are, while they are on.
    pub sandbox: Option<&'a Place>,
}

/// Tells other processes of the installation what changes here, and hears from them: by Redis where there is one, else by the database.
///
/// # Errors
/// When the address of Redis cannot be used.
pub(crate) fn carry_changes(config: &Config, store: &Store) -> anyhow::Result<JoinHandle<()>> {
    let store = store.clone();
    let redis = config.redis_url.as_ref().map(broadcast::by_redis);
    let redis = redis.transpose().map_err(unusable_redis)?;
    Ok(tokio::spawn(
        async move { store.carry_changes(redis).await },
    ))
}

fn unusable_redis(wrong: impl std::fmt::Display) -> anyhow::Error {
    anyhow!("FANFARE_REDIS_URL cannot be used: {wrong}")
}

/// Opens the database, refuses a role that row-level security does not bind, and brings the tables up to date.
pub async fn open_store(url: &Secret) -> anyhow::Result<Store> {
    let store = Store::open(url.expose()).await.context(
        "The database cannot be opened. Check FANFARE_DATABASE_URL, and that the server runs and lets us in",
    )?;
    if !store.walls_hold().await? {
        bail!(
            "The PostgreSQL role in FANFARE_DATABASE_URL is a superuser or has BYPASSRLS, so the walls between workspaces would not \
             hold. Make a role of its own for Fanfare and give it the database: \
             CREATE ROLE fanfare LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD '…'; CREATE DATABASE fanfare OWNER fanfare;"
        );
    }
    store
        .migrate_up()
        .await
        .context("The database could not be brought up to date")?;
    Ok(store)
}

/// What seals and opens, by the keys from the settings or from the data folder, where they are made when there is nothing yet.
///
/// # Errors
/// When a key is missing, or is another than the one, that something in the database was sealed with.
pub async fn open_vault(config: &Config, data: &DataDir, store: &Store) -> anyhow::Result<Vault> {
    let uses = keys::uses(store, SystemClock.now()).await?;
    let file = data.key_file();
    let (vault, place) = match &config.secret_keys {
        Some(ring) => (
            Vault::new(KeyRing::parse(ring)?),
            "FANFARE_SECRET_KEYS".to_owned(),
        ),
        None => {
            let place = file.path().display().to_string();
            if file.read()?.is_none() && !uses.is_empty() {
                bail!(
                    "The key ring {place} is missing, and the database keeps what was sealed with it. Put it back from a copy, \
                     or set FANFARE_SECRET_KEYS. If it is lost for good, see `fanfare keys list` and `fanfare keys forget`."
                );
            }
            file.read_or_make()?;
            (Vault::of_file(file)?, place)
        }
    };
    uses.check(&vault.ring()).with_context(|| {
        format!(
            "A key is missing. Put it back into {place}, behind the one that is first there, or give up what it sealed with \
             `fanfare keys forget`"
        )
    })?;
    uses.try_out(&vault.ring()).with_context(|| {
        format!(
            "The key ring is not the one that this database was sealed with. Put back the right key into {place}. If it is lost, \
             take the wrong one out of there and give up what the other sealed with `fanfare keys forget`"
        )
    })?;
    Ok(vault)
}

/// Puts the working parts together.
///
/// # Errors
/// When the key ring is not the one this database was sealed with, or the media folder cannot be made.
pub async fn wire(parts: Parts<'_>) -> anyhow::Result<Arc<App>> {
    let Parts {
        config,
        store,
        clock,
        vault,
        media,
        public_url,
        sandbox,
    } = parts;
    let platforms = fanfare_platforms::all();
    let media_links = MediaLinks::load(&store, &vault).await.context(
        "The key ring is not the one that this database was sealed with. Put back FANFARE_SECRET_KEYS, or the file secret-keys in \
         the data folder",
    )?;
    let exceptions = sandbox
        .map(|sandbox| reachable(sandbox.address))
        .into_iter()
        .collect();
    let egress = EgressPolicy::new(config.egress_allow.clone(), exceptions);
    let budgets = Budgets::of(platforms.iter().map(|platform| platform.manifest()));
    let settings = settings_book(&platforms, &config.platforms, sandbox);
    let limits = limits::open(config.redis_url.as_ref(), Arc::clone(&clock))
        .await
        .map_err(unusable_redis)?;
    let media_files = media_files::open(config, &store, &media).await?;
    let ingest = Ingest::start(&store, &clock);
    let app = App {
        store,
        platforms: by_id(platforms),
        settings: Arc::new(settings),
        http: HttpClient::new(egress, budgets, Arc::clone(&clock))?,
        clock,
        vault,
        passwords: Passwords::default(),
        limits,
        oidc: config.oidc.clone().map(Oidc::new),
        #[cfg(feature = "passkeys")]
        passkeys: Passkeys::at(&public_url)?,
        mail: mail(&config.mail, &public_url, sandbox.is_some())?,
        key_calls: KeyCalls::default(),
        local_files: LocalFiles::open(&media)
            .with_context(|| format!("{} cannot be made", media.display()))?,
        media_files,
        media_links,
        avatars: Avatars::default(),
        ingest,
        jobs: JobSignal::default(),
        config: AppConfig {
            public_url,
            sandbox_url: sandbox.map(|sandbox| sandbox.url.clone()),
            registration_open: config.registration_open,
            operator: config.operator.clone(),
            upload_limit: config.upload_limit,
            overdue_limit_millis: i64::try_from(config.overdue_limit.as_millis())
                .unwrap_or(i64::MAX),
            version: env!("CARGO_PKG_VERSION"),
        },
    };
    Ok(Arc::new(app))
}

/// What the operator's messages leave by, if there is something.
pub(crate) fn mail_transport(
    config: &MailConfig,
) -> anyhow::Result<Option<Arc<dyn MailTransport>>> {
    Ok(match (&config.smtp_url, &config.sendgrid_key) {
        (Some(url), _) => Some(Arc::new(Smtp::new(url)?)),
        (None, Some(key)) => {
            let api = config.sendgrid_api.clone();
            let events = config.sendgrid_events.clone();
            Some(Arc::new(SendGrid::new(api, key.clone(), events)?))
        }
        (None, None) => None,
    })
}

/// The way by which messages leave: the operator's, or in the sandbox the interface, or none.
fn mail(config: &MailConfig, public_url: &Url, is_sandbox: bool) -> anyhow::Result<Mail> {
    let route = match mail_transport(config)? {
        Some(transport) => MailRoute::Transport(transport),
        None if is_sandbox => MailRoute::Mailbox,
        None => MailRoute::None,
    };
    // A bare number is no name that mail could come from.
    let host = public_url.domain().unwrap_or("localhost");
    Ok(Mail {
        route,
        from: config.from.clone().unwrap_or_else(|| MailSender {
            name: "Fanfare".to_owned(),
            address: format!("fanfare@{host}"),
        }),
        per_minute: config.per_minute,
    })
}

/// The worker of this process.
#[must_use]
pub fn runner(app: &Arc<App>, settings: RunnerSettings) -> Runner {
    let (store, clock) = (app.store.clone(), Arc::clone(&app.clock));
    Runner::new(
        store,
        clock,
        app.jobs.clone(),
        fanfare_app::jobs::handlers(app),
        settings,
    )
}

/// What each platform is configured with: its manifest's word, the operator's, and the sandbox's where there are no credentials.
fn settings_book(
    platforms: &[Arc<dyn Platform>],
    configured: &BTreeMap<String, PlatformConfig>,
    sandbox: Option<&Place>,
) -> SettingsBook {
    let has_app = |id: &str| {
        configured
            .get(id)
            .is_some_and(|config| config.app.is_some())
    };
    let mut book = SettingsBook::default();
    for platform in platforms {
        let manifest = platform.manifest();
        let mut settings = PlatformSettings::defaults(&manifest.settings);
        if let Some(config) = configured.get(manifest.id) {
            settings.api_url_is_custom = config.api_url.is_some();
            settings.app = config.app.clone();
            settings.verify_tokens.clone_from(&config.verify_tokens);
            settings.webhook_secrets.clone_from(&config.webhook_secrets);
            settings.api_url = config.api_url.clone().or(settings.api_url);
            settings.auth_url = config.auth_url.clone().or(settings.auth_url);
            settings.api_version = config.api_version.clone().or(settings.api_version);
        }
        let needs_app = manifest.settings.credentials.is_some()
            && !has_app(manifest.id)
            && !manifest.settings.shares_app_of.is_some_and(has_app);
        if let Some(sandbox) = sandbox.filter(|_| needs_app && is_pretended(manifest.id)) {
            pretend(&mut settings, manifest.id, sandbox);
        }
        book.set(manifest.id, settings);
    }
    book
}

/// What a platform's requests to us are signed with, also while the sandbox stands in for it.
#[must_use]
pub(crate) fn secret_of_requests(
    config: &Config,
    platforms: &[Arc<dyn Platform>],
    manifest: &Manifest,
) -> Option<Secret> {
    let book = settings_book(platforms, &config.platforms, None);
    let known = book.webhook_secrets(manifest).into_iter().next();
    known.or_else(|| config.sandbox_is_on().then(|| Secret::new(PRETENDED)))
}

fn pretend(settings: &mut PlatformSettings, platform: &str, sandbox: &Place) {
    settings.app = Some(AppCredentials {
        id: format!("sandbox-{platform}"),
        secret: Secret::new(PRETENDED),
    });
    settings.api_url = Some(sandbox.api_url(platform));
    settings.auth_url = Some(sandbox.auth_url(platform));
    settings.api_url_is_custom = true;
    settings.is_sandbox = true;
}

fn is_pretended(platform: &str) -> bool {
    platform.parse::<fanfare_sandbox::Platform>().is_ok()
}

/// The address by which this machine reaches what listens there.
pub(crate) fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn by_id(platforms: Vec<Arc<dyn Platform>>) -> BTreeMap<&'static str, Arc<dyn Platform>> {
    platforms
        .into_iter()
        .map(|platform| (platform.manifest().id, platform))
        .collect()
}
