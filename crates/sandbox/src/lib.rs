#![doc = include_str!("../README.md")]

mod admin;
mod behaviour;
mod call;
mod cast;
mod clock;
mod comments;
mod consent;
mod facebook;
mod faults;
mod gdrive;
mod graph;
mod instagram;
mod line;
mod mastodon;
mod media;
mod pages;
mod place;
mod platform;
mod posts;
mod saved;
mod scene;
mod state;
mod subscriptions;
mod tokens;
mod traffic;
mod visitors;
mod webhooks;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::map_response_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use fanfare_domain::{Clock, SystemClock};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

pub use behaviour::Behaviour;
pub use comments::Commented;
pub use faults::{CallKind, Fault, FaultRule, Faults};
pub use place::Place;
pub use platform::Platform;
pub use posts::Published;
pub use subscriptions::Subscription;
pub use webhooks::{Outcome, SentWebhook, Waiting};

use clock::SharedClock;
use line::{Lines, Scissors};
use media::MediaShelf;
use state::{World, WorldParts};

/// How long answers under way may still take when the sandbox is stopped.
const GRACE: Duration = Duration::from_secs(2);

/// How a sandbox is started.
#[derive(Clone)]
pub struct SandboxSettings {
    /// Admin calls work only when this is a loopback address. Port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where browsers and clients reach it, when that is not the address it listens on.
    pub public_url: Option<Url>,
    /// Where its state is kept over restarts; pictures lie in a folder beside it.
    pub state_file: Option<PathBuf>,
    /// Where webhooks are sent: what `/{platform}` is appended to. Unset: they wait until it is said.
    pub webhooks_to: Option<Url>,
    /// What time it is there.
    pub clock: Arc<dyn Clock>,
    /// The applications that are accepted. Of a platform that none is named for, any is accepted.
    pub apps: Vec<AppCredentials>,
}

/// An application's credentials with a pretend platform.
#[derive(Debug, Clone)]
pub struct AppCredentials {
    pub platform: Platform,
    pub client_id: String,
    pub client_secret: String,
}

impl SandboxSettings {
    /// On loopback, any application accepted, nothing kept.
    #[must_use]
    pub fn on_port(port: u16) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], port)),
            public_url: None,
            state_file: None,
            webhooks_to: None,
            clock: Arc::new(SystemClock),
            apps: Vec::new(),
        }
    }
}

/// Running pretend platforms.
pub struct Sandbox {
    /// Where browsers and clients reach it.
    pub url: Url,
    /// The address it listens on.
    pub address: SocketAddr,
    world: Arc<World>,
    serving: JoinHandle<()>,
    saving: Option<JoinHandle<()>>,
    telling: JoinHandle<()>,
    end: oneshot::Sender<()>,
}

impl Sandbox {
    /// Starts listening. Fails when the address is taken or the state file cannot be read.
    pub async fn start(settings: SandboxSettings) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(settings.listen)
            .await
            .with_context(|| format!("the sandbox could not listen on {}", settings.listen))?;
        let address = listener.local_addr()?;
        let url = match settings.public_url {
            Some(url) => url,
            None => Url::parse(&format!("http://{address}"))?,
        };
        let mut state = saved::load(settings.state_file.as_deref())?;
        state.use_clock(SharedClock::new(settings.clock));
        state.use_base(url.clone());
        let world = Arc::new(World::new(WorldParts {
            base: url.clone(),
            apps: settings.apps,
            admin_allowed: address.ip().is_loopback(),
            http: fetching_client()?,
            media: MediaShelf::new(
                settings
                    .state_file
                    .as_ref()
                    .map(|file| file.with_extension("media")),
            ),
            state_file: settings.state_file,
            webhooks_to: settings.webhooks_to,
            state,
        }));
        let keep = world
            .state_file
            .is_some()
            .then(|| saved::keep_saving(Arc::clone(&world)));
        let saving = keep.map(tokio::spawn);
        let telling = tokio::spawn(webhooks::keep_sending(Arc::clone(&world)));
        let (end, ended) = oneshot::channel();
        let service = router(Arc::clone(&world)).into_make_service_with_connect_info::<Scissors>();
        let serving = tokio::spawn(async move {
            let until = async { drop(ended.await) };
            if let Err(error) = axum::serve(Lines(listener), service)
                .with_graceful_shutdown(until)
                .await
            {
                tracing::error!(%error, "the sandbox stopped");
            }
        });
        Ok(Self {
            url,
            address,
            world,
            serving,
            saving,
            telling,
            end,
        })
    }

    /// Closes all connections, waiting a moment for answers under way, and saves the state.
    pub async fn stop(mut self) {
        let _ = self.end.send(());
        if tokio::time::timeout(GRACE, &mut self.serving)
            .await
            .is_err()
        {
            self.serving.abort();
        }
        self.telling.abort();
        if let Some(saving) = self.saving {
            saving.abort();
        }
        if let Err(error) = saved::save(&self.world).await {
            tracing::warn!(
                error = format!("{error:#}"),
                "the sandbox could not save its state"
            );
        }
    }

    /// Where it is, for processes that use it without running it.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            url: self.url.clone(),
            address: self.address,
        }
    }

    /// As [`Place::api_url`].
    #[must_use]
    pub fn api_url(&self, platform: &str) -> Url {
        self.place().api_url(platform)
    }

    /// As [`Place::auth_url`].
    #[must_use]
    pub fn auth_url(&self, platform: &str) -> Url {
        self.place().auth_url(platform)
    }

    /// The faults in waiting; the same list as that of the admin call.
    #[must_use]
    pub fn faults(&self) -> Faults {
        self.world.faults.clone()
    }

    /// Everything published, oldest first, deleted posts marked.
    #[must_use]
    pub fn published(&self) -> Vec<Published> {
        self.world.published()
    }

    /// Everything written below posts, oldest first.
    #[must_use]
    pub fn comments(&self) -> Vec<Commented> {
        self.world.look(|state| state.comments().collect())
    }

    /// How often each kind of call came, as `platform.kind`.
    #[must_use]
    pub fn calls(&self) -> BTreeMap<String, u64> {
        self.world.traffic.totals()
    }

    /// Says where webhooks are sent, or that nobody listens.
    pub fn send_webhooks_to(&self, address: Option<Url>) {
        self.world.send_webhooks_to(address);
    }

    /// Subscribes an application to an account as its owner would on the platform's own pages; no fields end that.
    pub fn subscribe(&self, subscription: Subscription) {
        self.world.change(|state| {
            if subscription.fields.is_empty() {
                let (account, app) = (&subscription.account, &subscription.client_id);
                state.subscriptions.remove(account, app);
            } else {
                state.subscriptions.put(subscription);
            }
        });
    }

    /// The webhooks that were sent, the newest first.
    #[must_use]
    pub fn sent_webhooks(&self) -> Vec<SentWebhook> {
        self.world.sent.list()
    }

    /// How much has happened that was not told yet.
    #[must_use]
    pub fn untold(&self) -> usize {
        self.world.look(|state| state.outbox.waiting())
    }

    #[must_use]
    pub fn behaviour(&self) -> Behaviour {
        self.world.look(|state| state.behaviour.clone())
    }

    pub fn behave(&self, change: impl FnOnce(&mut Behaviour)) {
        self.world.change(|state| change(&mut state.behaviour));
    }

    /// Forgets posts, media, faults, counts and settings; connections too if `everything`.
    pub fn reset(&self, everything: bool) {
        self.world.reset(everything);
    }

    /// Ends all tokens of a platform (or of all) as time does, and says how many.
    pub fn expire_tokens(&self, platform: Option<Platform>) -> usize {
        self.world.expire_tokens(platform)
    }

    /// Ends all tokens of a platform (or of all) as a person does who removes the application.
    pub fn revoke_tokens(&self, platform: Option<Platform>) -> usize {
        self.world.revoke_tokens(platform)
    }
}

/// Fetches media the way Meta's crawler does: named so, with few redirects, not for ever.
fn fetching_client() -> anyhow::Result<reqwest::Client> {
    // Whoever starts the sandbox may have chosen a provider already; then that one is used.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent("facebookexternalhit/1.1")
        .redirect(reqwest::redirect::Policy::limited(3))
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(30))
        .no_proxy();
    client
        .build()
        .context("could not make the sandbox's HTTP client")
}

fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/", get(pages::overview::show))
        .route("/webhooks", get(pages::webhooks::show))
        .route("/accounts/{id}", get(pages::account::show))
        .route("/style.css", get(pages::html::style))
        .route("/avatars/{file}", get(pages::avatar::show))
        .route("/media/{hash}", get(medium))
        .route("/health", get(|| async { StatusCode::NO_CONTENT }))
        .route("/facebook", any(graph::facebook))
        .route("/facebook/{*path}", any(graph::facebook))
        .route("/instagram", any(graph::instagram))
        .route("/instagram/{*path}", any(graph::instagram))
        .route("/gdrive", any(gdrive::answer))
        .route("/gdrive/{*path}", any(gdrive::answer))
        .merge(admin::routes())
        .fallback(mastodon::answer)
        .layer(axum::middleware::from_fn_with_state(
            Arc::clone(&world),
            admin::guard,
        ))
        .layer(map_response_with_state(Arc::clone(&world), date))
        .layer(DefaultBodyLimit::disable())
        .with_state(world)
}

/// Dates an answer by the sandbox's clock: clients compare it with their own to find what they posted.
async fn date(State(world): State<Arc<World>>, mut response: Response) -> Response {
    let now = world
        .look(|state| state.now())
        .strftime("%a, %d %b %Y %H:%M:%S GMT")
        .to_string();
    if let Ok(now) = HeaderValue::from_str(&now) {
        response.headers_mut().insert(header::DATE, now);
    }
    response
}

/// A picture or video that some post shows.
async fn medium(State(world): State<Arc<World>>, Path(hash): Path<String>) -> Response {
    let Some(bytes) = world.media.find(&hash).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mime = media::examine(&bytes)
        .map_or_else(|| "application/octet-stream".to_owned(), |facts| facts.mime);
    let headers = [
        (header::CONTENT_TYPE, mime.as_str()),
        (header::CACHE_CONTROL, "max-age=31536000, immutable"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
    ];
    (headers, bytes).into_response()
}
