//! The server, an account on it, and Fanfare beside it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::LOCATION;
use axum::response::Html;
use axum::routing::get;
use fanfare_backends::media::Disk;
use fanfare_domain::media_files::KeptFile;
use fanfare_domain::{Clock, Secret, SystemClock};
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::{
    ChannelRef, ConnectFields, Grant, Outgoing, OutgoingMedia, Progress, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::settings::{PlatformSettings, SettingsBook};
use fanfare_platform_kit::{
    Credentials, MediaFacts, MediaKind, Platform, PlatformContext, PlatformError,
};
use serde_json::Value;
use url::Url;

/// The server, an account on it, and Fanfare beside it.
pub struct Real {
    pub url: String,
    pub handle: String,
    pub password: String,
    pub ctx: PlatformContext,
    pub bluesky: Arc<dyn Platform>,
    pub raw: reqwest::Client,
}

impl Real {
    /// Nothing where no server is given, which `CI` does not allow.
    pub fn find() -> Option<Self> {
        let variable = |name: &str| std::env::var(format!("FANFARE_TEST_BLUESKY_{name}")).ok();
        let (Some(url), Some(handle), Some(password)) =
            (variable("URL"), variable("HANDLE"), variable("PASSWORD"))
        else {
            assert!(
                std::env::var_os("CI").is_none(),
                "no Bluesky server to test against"
            );
            eprintln!(
                "NOT RUN: no Bluesky server given (FANFARE_TEST_BLUESKY_URL, _HANDLE, _PASSWORD)"
            );
            return None;
        };
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bluesky = fanfare_platforms::all()
            .into_iter()
            .find(|one| one.manifest().id == "bluesky")
            .unwrap();
        let clock = Arc::new(SystemClock);
        let mut settings = SettingsBook::default();
        settings.set(
            "bluesky",
            PlatformSettings::defaults(&bluesky.manifest().settings),
        );
        let policy = EgressPolicy::new(vec!["127.0.0.0/8".parse().unwrap()], Vec::new());
        let ctx = PlatformContext {
            platform: "bluesky",
            settings: Arc::new(settings),
            http: HttpClient::new(policy, Budgets::default(), clock.clone()).unwrap(),
            clock,
            redirect_uri: Url::parse("https://fanfare.example/callback").unwrap(),
        };
        let raw = reqwest::Client::builder()
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        Some(Self {
            url,
            handle,
            password,
            ctx,
            bluesky,
            raw,
        })
    }

    pub async fn paste(&self, fields: &[(&str, &str)]) -> Result<Grant, PlatformError> {
        let mut all = ConnectFields::from([
            ("service".to_owned(), Secret::new(self.url.clone())),
            ("identifier".to_owned(), Secret::new(self.handle.clone())),
            (
                "app_password".to_owned(),
                Secret::new(self.password.clone()),
            ),
        ]);
        all.extend(
            fields
                .iter()
                .map(|(name, value)| ((*name).to_owned(), Secret::new(*value))),
        );
        self.bluesky.connect().unwrap().paste(&self.ctx, &all).await
    }

    pub async fn refresh(&self, credentials: &Credentials) -> Result<Grant, PlatformError> {
        self.bluesky
            .connect()
            .unwrap()
            .refresh(&self.ctx, credentials)
            .await
    }

    pub async fn outgoing(&self, text: &str) -> Outgoing {
        let grant = self.paste(&[]).await.unwrap();
        let channel = &grant.channels[0];
        let now = self.ctx.now();
        Outgoing {
            delivery_id: fanfare_domain::DeliveryId::new(now).to_string(),
            channel: ChannelRef {
                id: "channel".into(),
                remote_id: channel.remote_id.clone(),
                name: channel.name.clone(),
                kind: channel.kind.clone(),
                limits: channel.limits.clone(),
            },
            credentials: grant.credentials,
            text: text.to_owned(),
            media: Vec::new(),
            options: serde_json::Map::new(),
            due_at: now,
            began_at: now,
            taken: Vec::new(),
        }
    }

    pub async fn step(
        &self,
        outgoing: &Outgoing,
        progress: &Progress,
    ) -> Result<Step, PlatformError> {
        self.bluesky
            .publish()
            .unwrap()
            .step(&self.ctx, outgoing, progress)
            .await
    }

    pub async fn reconcile(&self, outgoing: &Outgoing, progress: &Progress) -> Reconciled {
        self.bluesky
            .publish()
            .unwrap()
            .reconcile(&self.ctx, outgoing, progress)
            .await
            .unwrap()
    }

    /// Walks to the end, taking each step as often as said and going on with the last answer.
    pub async fn walk(&self, outgoing: &Outgoing, times: usize) -> (Receipt, Vec<Progress>) {
        let mut saved = vec![Progress::start()];
        for _ in 0..20 {
            let progress = saved.last().unwrap().clone();
            let mut step = self.step(outgoing, &progress).await.unwrap();
            for _ in 1..times {
                step = self.step(outgoing, &progress).await.unwrap();
            }
            match step {
                Step::Published(receipt) => return (receipt, saved),
                Step::Checkpoint(next) | Step::Intend(next) => saved.push(next),
                Step::Wait { progress, .. } => saved.push(progress),
            }
        }
        panic!("the walk does not end: {saved:?}");
    }

    /// A call by other means than Fanfare's.
    pub async fn call(
        &self,
        outgoing: &Outgoing,
        name: &str,
        body: Option<Value>,
        query: &[(&str, &str)],
    ) -> Value {
        let url = format!("{}/xrpc/{name}", self.url);
        let request = match body {
            Some(body) => self.raw.post(url).json(&body),
            None => self.raw.get(url),
        };
        let request = request
            .query(query)
            .bearer_auth(secret_of(&outgoing.credentials, "access"));
        request.send().await.unwrap().json().await.unwrap()
    }

    pub async fn record(&self, outgoing: &Outgoing, key: &str) -> Value {
        let query = [
            ("repo", did(outgoing)),
            ("collection", "app.bsky.feed.post"),
            ("rkey", key),
        ];
        self.call(outgoing, "com.atproto.repo.getRecord", None, &query)
            .await["value"]
            .clone()
    }

    /// How many of the account's posts have this text.
    pub async fn count(&self, outgoing: &Outgoing) -> usize {
        let mut found = 0;
        let mut cursor = String::new();
        loop {
            let query = [
                ("repo", did(outgoing)),
                ("collection", "app.bsky.feed.post"),
                ("limit", "100"),
                ("cursor", &cursor),
            ];
            let page = self
                .call(outgoing, "com.atproto.repo.listRecords", None, &query)
                .await;
            let records = page["records"].as_array().unwrap();
            found += records
                .iter()
                .filter(|record| record["value"]["text"] == outgoing.text)
                .count();
            match page["cursor"].as_str() {
                Some(next) if !records.is_empty() => next.clone_into(&mut cursor),
                _ => return found,
            }
        }
    }
}

pub fn did(outgoing: &Outgoing) -> &str {
    &outgoing.channel.remote_id
}

pub fn key(receipt: &Receipt) -> &str {
    receipt.remote_id.rsplit('/').next().unwrap()
}

pub fn secret_of(credentials: &Credentials, name: &str) -> String {
    let json: Value = serde_json::from_str(credentials.json().expose()).unwrap();
    json[name].as_str().unwrap().to_owned()
}

pub fn with_secrets(credentials: &Credentials, changes: &[(&str, &str)]) -> Credentials {
    let mut json: Value = serde_json::from_str(credentials.json().expose()).unwrap();
    for (name, value) in changes {
        json[*name] = (*value).into();
    }
    Credentials::from_value(&json)
}

/// A text that no other test and no earlier run has posted.
pub fn unique(text: &str) -> String {
    format!("{text} {}", fanfare_domain::PostId::new(SystemClock.now()))
}

pub fn picture(
    folder: &tempfile::TempDir,
    name: &str,
    width: u32,
    height: u32,
    alt: &str,
) -> OutgoingMedia {
    let path: PathBuf = folder.path().join(name);
    let shade = u8::try_from(width % 251).unwrap();
    image::RgbImage::from_pixel(width, height, image::Rgb([shade, 120, 200]))
        .save(&path)
        .unwrap();
    OutgoingMedia {
        facts: MediaFacts {
            id: name.to_owned(),
            kind: MediaKind::Image,
            mime: "image/png".into(),
            bytes: std::fs::metadata(&path).unwrap().len(),
            width,
            height,
            duration_millis: None,
            alt: alt.to_owned(),
        },
        file_name: name.to_owned(),
        file: KeptFile::new(Arc::new(Disk::open(folder.path()).unwrap()), name),
        public_url: Url::parse("https://fanfare.example/media").unwrap(),
    }
}

/// A site of a few pages on this machine.
pub async fn site() -> String {
    let pages = Router::new()
        .route("/good", get(|| async {
            Html("<head><title>Plain</title><meta property='og:title' content='Bread &amp; buns'>\
                  <meta name=description content='Fresh daily'></head>")
        }))
        .route("/pictured", get(|| async {
            Html("<head><title>Buns</title><meta property='og:image' content='/bun.png?w=1&amp;h=2'></head>")
        }))
        .route("/bun.png", get(|| async { bun() }))
        .route("/heavy", get(|| async {
            Html("<head><title>Buns</title><meta property='og:image' content='/heavy.png'></head>")
        }))
        .route("/heavy.png", get(|| async { [bun(), vec![0; 1_000_000]].concat() }))
        .route("/moved", get(|| async { (axum::http::StatusCode::FOUND, [(LOCATION, "/good")]) }))
        .route("/inside", get(|| async {
            (axum::http::StatusCode::FOUND, [(LOCATION, "http://169.254.169.254/")])
        }))
        .route("/loop", get(|| async { (axum::http::StatusCode::FOUND, [(LOCATION, "/loop")]) }))
        .route("/error", get(|| async { axum::http::StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/file", get(|| async { "not a page" }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, pages).await.unwrap() });
    format!("http://{address}")
}

fn bun() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(12, 8)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}
