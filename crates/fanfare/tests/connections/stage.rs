//! A workspace with one scripted platform, on a database of its own, with a clock that tests move.

use std::collections::BTreeMap;
use std::sync::Arc;

use fanfare_app::accounts::{self, Passwords, Registration, SessionToken, Shown, Visitor};
use fanfare_app::api_keys::KeyCalls;
use fanfare_app::avatars::Avatars;
use fanfare_app::connections::refresh::{GrantError, fresh_credentials, refresh_connection};
use fanfare_app::connections::{
    self, Channel, ChannelChange, Connection, ConnectionView, Scheduled,
};
use fanfare_app::hearing::Ingest;
use fanfare_app::media::{LocalFiles, MediaLinks};
use fanfare_app::{App, AppConfig, Caller, KeyRing, Vault};
use fanfare_backends::limits::MemoryLimits;
use fanfare_backends::media::Disk;
use fanfare_domain::{Clock, ConnectionId, ManualClock, Secret};
use fanfare_jobs::JobSignal;
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::settings::{PlatformSettings, SettingsBook};
use fanfare_platform_kit::{Platform, PlatformError};
use fanfare_store::audit::AuditFilter;
use fanfare_store::{Store, binds, sql};
use fanfare_testkit::TestDatabase;
use serde_json::{Map, Value, json};
use tokio::task::JoinHandle;

use super::scripted::{ID, Scripted, UNREADY, token_of};

pub struct Stage {
    pub app: Arc<App>,
    pub clock: Arc<ManualClock>,
    pub platform: Arc<Scripted>,
    pub caller: Caller,
    /// The session's, for requests.
    pub token: Secret,
    folder: Arc<tempfile::TempDir>,
    database: String,
}

impl Stage {
    pub async fn set(database: &TestDatabase) -> Self {
        // A second test of this process finds it installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let clock = Arc::new(ManualClock::at("2026-11-20T09:00:00Z".parse().unwrap()));
        let platform = Arc::new(Scripted::new());
        let folder = Arc::new(tempfile::tempdir().unwrap());
        let vault = Vault::new(KeyRing::generate());
        let store = database.open().await;
        let app = Arc::new(app(store, vault, &clock, &platform, &folder).await);
        let (caller, token) = register(&app, "ann@example.org").await;
        Self {
            app,
            clock,
            platform,
            caller,
            token,
            folder,
            database: database.url.clone(),
        }
    }

    /// The same world as somebody else with a workspace of their own sees it.
    pub async fn as_neighbour(&self) -> Self {
        let (caller, token) = register(&self.app, "ben@example.org").await;
        Self {
            app: Arc::clone(&self.app),
            clock: Arc::clone(&self.clock),
            platform: Arc::clone(&self.platform),
            caller,
            token,
            folder: Arc::clone(&self.folder),
            database: self.database.clone(),
        }
    }

    /// The same database, as an installation sees it that was given the wrong keys.
    pub async fn with_another_key_ring(&self) -> Self {
        self.as_seen_with(self.app.store.clone(), Vault::new(KeyRing::generate()))
    }

    /// The same installation as another process on the same database sees it. Its store is closed by the test.
    pub async fn on_another_node(&self) -> Self {
        let store = Store::open(&self.database).await.unwrap();
        self.as_seen_with(store, self.app.vault.clone())
    }

    /// [`Stage::on_another_node`], begun on whatever runtime it is awaited on.
    pub fn elsewhere(&self) -> impl Future<Output = Self> + Send + use<> {
        let here = self.as_seen_with(self.app.store.clone(), self.app.vault.clone());
        async move { here.on_another_node().await }
    }

    fn as_seen_with(&self, store: Store, vault: Vault) -> Self {
        let app = App {
            clock: self.clock.clone(),
            platforms: self.app.platforms.clone(),
            settings: Arc::clone(&self.app.settings),
            http: self.app.http.clone(),
            vault,
            passwords: self.app.passwords.clone(),
            limits: Arc::new(MemoryLimits::new(self.clock.clone())),
            oidc: None,
            #[cfg(feature = "passkeys")]
            passkeys: None,
            mail: fanfare_app::mail::Mail::default(),
            key_calls: KeyCalls::default(),
            local_files: self.app.local_files.clone(),
            media_files: Arc::clone(&self.app.media_files),
            media_links: self.app.media_links.clone(),
            avatars: Avatars::default(),
            ingest: Ingest::start(&store, &(self.clock.clone() as Arc<dyn Clock>)),
            jobs: JobSignal::default(),
            config: self.app.config.clone(),
            store,
        };
        Self {
            app: Arc::new(app),
            clock: Arc::clone(&self.clock),
            platform: Arc::clone(&self.platform),
            caller: self.caller.clone(),
            token: self.token.clone(),
            folder: Arc::clone(&self.folder),
            database: self.database.clone(),
        }
    }

    /// Connects by pasted credentials.
    pub async fn paste(&self, account: &str) -> ConnectionId {
        let fields = fields(json!({"account": account, "password": "hunter2"}));
        connections::paste(&self.app, &self.caller, ID, &fields)
            .await
            .unwrap()
    }

    pub async fn disconnect(&self, connection: ConnectionId) -> usize {
        connections::disconnect(&self.app, &self.caller, ID, connection, Scheduled::Cancel)
            .await
            .unwrap()
    }

    /// Renews whatever the clock says, in a task of its own.
    pub fn renew(&self, connection: ConnectionId) -> JoinHandle<Result<(), GrantError>> {
        let (app, workspace) = (Arc::clone(&self.app), self.caller.workspace);
        tokio::spawn(async move { refresh_connection(&app, workspace, connection, true).await })
    }

    pub async fn view(&self, connection: ConnectionId) -> ConnectionView {
        connections::read_connection(&self.app, &self.caller, connection)
            .await
            .unwrap()
    }

    pub async fn connection(&self, connection: ConnectionId) -> Connection {
        self.view(connection).await.connection
    }

    /// The channel with that remote id.
    pub async fn channel(&self, remote_id: &str) -> Channel {
        let channels = connections::list_channels(&self.app, &self.caller, None, 100)
            .await
            .unwrap();
        let found = channels
            .into_iter()
            .find(|view| view.channel.remote_id == remote_id);
        found.unwrap().channel
    }

    pub async fn rename(&self, remote_id: &str, name: &str) {
        let change = ChannelChange {
            name: Some(name.to_owned()),
            ..ChannelChange::default()
        };
        let id = self.channel(remote_id).await.id;
        connections::change_channel(&self.app, &self.caller, id, change)
            .await
            .unwrap();
    }

    /// The token to publish to that channel with, renewed if need be.
    pub async fn token(&self, remote_id: &str) -> Result<String, PlatformError> {
        let id = self.channel(remote_id).await.id;
        match fresh_credentials(&self.app, self.caller.workspace, id).await {
            Ok(credentials) => Ok(token_of(&credentials)),
            Err(GrantError::Platform(error)) => Err(error),
            Err(GrantError::Other(error)) => panic!("{error:?}"),
        }
    }

    /// The sealed credentials as they lie in the database; absent once deleted.
    pub async fn sealed(&self, connection: ConnectionId) -> Option<Vec<u8>> {
        let mut tx = self
            .app
            .store
            .in_workspace(self.caller.workspace)
            .read()
            .await
            .unwrap();
        fanfare_store::connections::sealed_credentials(&mut tx, connection)
            .await
            .unwrap()
    }

    /// The token of a connection as it is stored, used or not.
    pub async fn stored_token(&self, connection: ConnectionId) -> String {
        let sealed = self.sealed(connection).await.unwrap();
        let owner = format!("connection/{connection}");
        let json = self.app.vault.open_text(&owner, &sealed).unwrap();
        serde_json::from_str::<Value>(json.expose()).unwrap()["token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// How renewals ended, in alphabetical order.
    pub async fn refresh_log(&self) -> Vec<String> {
        let mut tx = self
            .app
            .store
            .in_workspace(self.caller.workspace)
            .read()
            .await
            .unwrap();
        tx.all(
            sql!("SELECT outcome FROM token_refresh_log ORDER BY outcome"),
            binds![],
            |row| row.text("outcome"),
        )
        .await
        .unwrap()
    }

    /// Whether the audit log says so.
    pub async fn is_audited(&self, action: &str) -> bool {
        self.audit_actions()
            .await
            .iter()
            .any(|found| found == action)
    }

    /// What the audit log says, in alphabetical order.
    pub async fn audit_actions(&self) -> Vec<String> {
        let mut tx = self
            .app
            .store
            .in_workspace(self.caller.workspace)
            .read()
            .await
            .unwrap();
        let events = fanfare_store::audit::list(&mut tx, &AuditFilter::default(), None, 100)
            .await
            .unwrap();
        let mut actions: Vec<_> = events.into_iter().map(|one| one.event.action).collect();
        actions.sort_unstable();
        actions
    }
}

/// A request's fields.
pub fn fields(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        other => panic!("{other} is no object"),
    }
}

async fn register(app: &App, email: &str) -> (Caller, Secret) {
    let registration = Registration {
        email: email.to_owned(),
        password: Secret::new("a rather long passphrase"),
        name: email.to_owned(),
        language: "en".to_owned(),
        request_key: None,
    };
    let signed_in = accounts::register(app, registration, &Visitor::default())
        .await
        .unwrap();
    let shown = Shown {
        token: SessionToken::Browser(signed_in.token.clone()),
        ip: String::new(),
    };
    let caller = accounts::authenticate(app, &shown, None).await.unwrap();
    (caller, signed_in.token)
}

async fn app(
    store: Store,
    vault: Vault,
    clock: &Arc<ManualClock>,
    platform: &Arc<Scripted>,
    folder: &tempfile::TempDir,
) -> App {
    let mut settings = SettingsBook::default();
    let unready = Scripted::unready();
    for platform in [&**platform, &unready] {
        let manifest = platform.manifest();
        settings.set(manifest.id, PlatformSettings::defaults(&manifest.settings));
    }
    App {
        clock: clock.clone(),
        platforms: BTreeMap::from([
            (ID, Arc::clone(platform) as Arc<dyn Platform>),
            (UNREADY, Arc::new(unready)),
        ]),
        settings: Arc::new(settings),
        http: HttpClient::new(EgressPolicy::default(), Budgets::default(), clock.clone()).unwrap(),
        passwords: Passwords::default(),
        limits: Arc::new(MemoryLimits::new(clock.clone())),
        oidc: None,
        #[cfg(feature = "passkeys")]
        passkeys: None,
        mail: fanfare_app::mail::Mail::default(),
        key_calls: KeyCalls::default(),
        local_files: LocalFiles::open(folder.path()).unwrap(),
        media_files: Arc::new(Disk::open(folder.path()).unwrap()),
        media_links: MediaLinks::load(&store, &vault).await.unwrap(),
        avatars: Avatars::default(),
        ingest: Ingest::start(&store, &(clock.clone() as Arc<dyn Clock>)),
        jobs: JobSignal::default(),
        config: AppConfig {
            public_url: "http://fanfare.example".parse().unwrap(),
            sandbox_url: None,
            registration_open: true,
            operator: fanfare_app::pages::Operator::default(),
            upload_limit: 1024,
            overdue_limit_millis: 0,
            version: "test",
        },
        store,
        vault,
    }
}
