//! A hub in a box: the real wiring in this process, with pretend platforms beside it and a clock that the test moves.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use fanfare::config::{Config, Overrides};
use fanfare::wiring::{self, Parts};
use fanfare_api::ApiSettings;
use fanfare_app::{App, KeyRing, Vault};
use fanfare_domain::{Clock, ManualClock, SystemClock};
use fanfare_jobs::{Runner, RunnerSettings};
use fanfare_sandbox::{Sandbox, SandboxSettings};
use fanfare_store::{Store, jobs};
use jiff::{SignedDuration, Timestamp};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use crate::{Browser, TestDatabase};

/// A running hub. Jobs run only when [`TestHub::run_jobs`] says so.
pub struct TestHub {
    pub app: Arc<App>,
    pub store: Store,
    /// The hub's and the sandbox's clock; it stands still until moved.
    pub clock: Arc<ManualClock>,
    pub sandbox: Sandbox,
    /// Where it answers HTTP.
    pub url: Url,
    serving: JoinHandle<()>,
    _media: tempfile::TempDir,
}

impl TestHub {
    /// A hub on this database, with the sandbox on a port of its own.
    pub async fn start(database: &TestDatabase) -> Self {
        Self::start_with(database, &[]).await
    }

    /// The same, with more variables than the defaults; `FANFARE_SANDBOX=off` keeps the hub from using the sandbox.
    ///
    /// # Panics
    /// If anything does not start: a test cannot go on without it.
    pub async fn start_with(database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        let vault = Vault::new(KeyRing::generate());
        Self::start_as(database, variables, vault).await
    }

    /// Another node of this installation: the same database and keys, and nothing else in common.
    pub async fn start_beside(&self, database: &TestDatabase, variables: &[(&str, &str)]) -> Self {
        Self::start_as(database, variables, self.app.vault.clone()).await
    }

    async fn start_as(database: &TestDatabase, variables: &[(&str, &str)], vault: Vault) -> Self {
        fanfare::use_one_tls();
        let store = database.open().await;
        let clock = Arc::new(ManualClock::at(SystemClock.now()));
        let sandbox = Sandbox::start(SandboxSettings {
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ..SandboxSettings::on_port(0)
        })
        .await
        .expect("the sandbox starts");
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let url = Url::parse(&format!("http://{address}")).expect("an address");
        let media = tempfile::tempdir().expect("a temporary folder");
        let config = config(database, media.path(), variables);
        let app = wiring::wire(Parts {
            config: &config,
            store: store.clone(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            vault,
            media: media.path().join("media"),
            public_url: config.public_url.clone().unwrap_or_else(|| url.clone()),
            sandbox: config.sandbox_is_on().then(|| sandbox.place()).as_ref(),
        })
        .await
        .expect("the hub is wired");
        let settings = ApiSettings {
            metrics: None,
            trusted_proxies: config.trusted_proxies,
        };
        let router = fanfare_api::router(Arc::clone(&app), settings, Router::new());
        let serving = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            axum::serve(listener, service)
                .await
                .expect("serving goes on");
        });
        Self {
            app,
            store,
            clock,
            sandbox,
            url,
            serving,
            _media: media,
        }
    }

    /// Somebody at a browser who is not signed in.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::at(self.url.clone())
    }

    /// The worker, for tests that run it themselves.
    #[must_use]
    pub fn runner(&self) -> Arc<Runner> {
        Arc::new(wiring::runner(&self.app, RunnerSettings::default()))
    }

    /// Runs everything that is due by the hub's clock, and answers how many runs that took.
    ///
    /// # Panics
    /// If the database fails.
    pub async fn run_jobs(&self) -> usize {
        while fanfare_app::hearing::read_some(&self.app)
            .await
            .expect("the database works")
            > 0
        {}
        self.runner().drain().await.expect("the database works")
    }

    /// Moves the clock and runs what has become due, from one job to the next, until the time is over.
    ///
    /// # Panics
    /// If the database fails.
    pub async fn pass(&self, time: SignedDuration) {
        let end = self.clock.now() + time;
        while self.clock.now() < end {
            let now = self.clock.now();
            // What is due already and was not done is not asked for again at once.
            let soon = now + SignedDuration::from_secs(1);
            let next = self.next_due().await.map_or(end, |due| due.max(soon));
            self.clock.advance(next.min(end).duration_since(now));
            self.run_jobs().await;
        }
    }

    async fn next_due(&self) -> Option<Timestamp> {
        let system = self.store.as_system("a test that lets time pass");
        let mut tx = system.read().await.expect("the database works");
        jobs::next_due(&mut tx).await.expect("the database works")
    }

    /// Stops it and closes the database, so that it can be removed.
    pub async fn stop(self) {
        self.serving.abort();
        self.sandbox.stop().await;
        self.store.close().await;
    }
}

/// The configuration as the program reads it, from variables.
fn config(database: &TestDatabase, data: &std::path::Path, variables: &[(&str, &str)]) -> Config {
    let mut environment = vec![
        ("FANFARE_DATABASE_URL".to_owned(), database.url.clone()),
        ("FANFARE_DATA".to_owned(), data.display().to_string()),
        ("FANFARE_SANDBOX".to_owned(), "on".to_owned()),
    ];
    environment.extend(
        variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
    );
    Config::load(
        &Overrides::default(),
        environment,
        &fanfare_platforms::all(),
    )
    .unwrap_or_else(|wrong| panic!("the test's configuration: {:?}", wrong.0))
    .config
}
