//! Everything the pretend platforms remember, behind one lock that is only held while it is looked at.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use url::Url;

use crate::Platform;
use crate::behaviour::Behaviour;
use crate::clock::SharedClock;
use crate::comments::Comment;
use crate::facebook::photo::Photo;
use crate::facebook::video::Video;
use crate::faults::Faults;
use crate::instagram::container::Container;
use crate::mastodon::apps::App;
use crate::mastodon::media::Attachment;
use crate::media::MediaShelf;
use crate::posts::Posts;
use crate::subscriptions::Subscriptions;
use crate::tokens::Tokens;
use crate::traffic::Traffic;
use crate::visitors::{Reaction, Share};
use crate::webhooks::{Outbox, SentWebhooks};

/// What every handler shares.
pub struct World {
    pub base: Url,
    pub apps: Vec<crate::AppCredentials>,
    pub admin_allowed: bool,
    pub http: reqwest::Client,
    pub media: MediaShelf,
    pub faults: Faults,
    pub traffic: Traffic,
    pub state_file: Option<PathBuf>,
    pub changed: Notify,
    /// Something may have to be told.
    pub told: Notify,
    pub sent: SentWebhooks,
    webhooks_to: Mutex<Option<Url>>,
    state: Mutex<State>,
}

/// What survives a restart when there is a state file.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub struct State {
    next_id: u64,
    #[serde(skip)]
    clock: SharedClock,
    #[serde(skip)]
    base: Option<Url>,
    pub behaviour: Behaviour,
    pub tokens: Tokens,
    pub posts: Posts,
    pub comments: Vec<Comment>,
    pub reactions: Vec<Reaction>,
    pub shares: Vec<Share>,
    pub subscriptions: Subscriptions,
    pub outbox: Outbox,
    pub facebook_photos: HashMap<String, Photo>,
    pub facebook_videos: HashMap<String, Video>,
    pub instagram_containers: HashMap<String, Container>,
    pub mastodon_apps: HashMap<String, App>,
    pub mastodon_attachments: HashMap<String, Attachment>,
    /// Which status an account's `Idempotency-Key` made, and when.
    pub mastodon_keys: HashMap<String, (String, Timestamp)>,
}

impl Default for State {
    /// Starts counting ids at the present second, so that a sandbox without a state file never hands out the ids of
    /// the run before.
    fn default() -> Self {
        let seconds = u64::try_from(Timestamp::now().as_second()).unwrap_or_default();
        Self {
            next_id: seconds * 100_000,
            clock: SharedClock::default(),
            base: None,
            behaviour: Behaviour::default(),
            tokens: Tokens::default(),
            posts: Posts::default(),
            comments: Vec::new(),
            reactions: Vec::new(),
            shares: Vec::new(),
            subscriptions: Subscriptions::default(),
            outbox: Outbox::default(),
            facebook_photos: HashMap::new(),
            facebook_videos: HashMap::new(),
            instagram_containers: HashMap::new(),
            mastodon_apps: HashMap::new(),
            mastodon_attachments: HashMap::new(),
            mastodon_keys: HashMap::new(),
        }
    }
}

impl State {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn use_clock(&mut self, clock: SharedClock) {
        self.tokens.use_clock(clock.clone());
        self.clock = clock;
    }

    /// Where browsers reach the sandbox.
    pub fn use_base(&mut self, base: Url) {
        self.base = Some(base);
    }

    /// A full address on the sandbox; `path` starts with a slash.
    pub fn link(&self, path: &str) -> String {
        let base = self.base.as_ref().map_or("", Url::as_str);
        format!("{}{path}", base.trim_end_matches('/'))
    }

    /// A new number, never given before, as every platform here spells its ids.
    pub fn new_id(&mut self) -> String {
        self.next_id += 1;
        self.next_id.to_string()
    }

    /// Forgets what was published and uploaded; connections stay unless `everything` is asked for.
    pub fn reset(&mut self, everything: bool) {
        let fresh = Self {
            next_id: self.next_id,
            ..Self::default()
        };
        let before = std::mem::replace(self, fresh);
        self.use_clock(before.clock);
        self.base = before.base;
        if !everything {
            self.tokens = before.tokens;
            self.subscriptions = before.subscriptions;
            self.mastodon_apps = before.mastodon_apps;
        }
    }
}

impl World {
    pub fn new(parts: WorldParts) -> Self {
        Self {
            base: parts.base,
            apps: parts.apps,
            admin_allowed: parts.admin_allowed,
            http: parts.http,
            media: parts.media,
            faults: Faults::default(),
            traffic: Traffic::default(),
            state_file: parts.state_file,
            changed: Notify::new(),
            told: Notify::new(),
            sent: SentWebhooks::default(),
            webhooks_to: Mutex::new(parts.webhooks_to),
            state: Mutex::new(parts.state),
        }
    }

    pub fn look<T>(&self, at: impl FnOnce(&State) -> T) -> T {
        at(&self.lock())
    }

    /// Changes the state and has it saved soon.
    pub fn change<T>(&self, by: impl FnOnce(&mut State) -> T) -> T {
        let answer = by(&mut self.lock());
        self.changed.notify_one();
        self.told.notify_one();
        answer
    }

    /// Changes what waits to be told; the second argument is how long things gather.
    pub fn change_outbox<T>(&self, by: impl FnOnce(&mut Outbox, Duration) -> T) -> T {
        let mut state = self.lock();
        let gathering = Duration::from_millis(state.behaviour.webhook_gather_ms);
        let answer = by(&mut state.outbox, gathering);
        self.changed.notify_one();
        answer
    }

    pub fn webhooks_to(&self) -> Option<Url> {
        self.target().clone()
    }

    pub fn send_webhooks_to(&self, address: Option<Url>) {
        *self.target() = address;
        self.told.notify_one();
    }

    fn target(&self) -> MutexGuard<'_, Option<Url>> {
        self.webhooks_to
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Whether these are credentials that are accepted: any, unless some were named for the platform.
    pub fn knows_app(&self, platform: Platform, client_id: &str, secret: Option<&str>) -> bool {
        let mut named = self
            .apps
            .iter()
            .filter(|app| app.platform == platform)
            .peekable();
        named.peek().is_none()
            || named.any(|app| {
                app.client_id == client_id
                    && secret.is_none_or(|secret| app.client_secret == secret)
            })
    }

    /// A full address on the sandbox; `path` starts with a slash.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base.as_str().trim_end_matches('/'))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere must not take the whole sandbox down; the state is valid after every statement.
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// What [`World::new`] needs from whoever starts the sandbox.
pub struct WorldParts {
    pub base: Url,
    pub apps: Vec<crate::AppCredentials>,
    pub admin_allowed: bool,
    pub http: reqwest::Client,
    pub media: MediaShelf,
    pub state_file: Option<PathBuf>,
    pub webhooks_to: Option<Url>,
    pub state: State,
}
