//! The bakery's Fanfare: lives through each post by the real wiring.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use fanfare::config::{Config, Overrides};
use fanfare::data_dir::DataDir;
use fanfare::wiring::{self, Parts};
use fanfare_api::ApiSettings;
use fanfare_domain::{Clock, ManualClock, SystemClock};
use fanfare_jobs::{Runner, RunnerSettings};
use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform, Sandbox, SandboxSettings};
use fanfare_store::Store;
use fanfare_testkit::{Browser, StatusCode};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use url::Url;

use crate::furnishing;
use crate::month::{Entry, Fate, On};
use crate::paint;

pub const ZONE: &str = "Europe/Madrid";
/// The month begins so many days ago, before its first post.
const BEGAN: i64 = 21;
/// A post is settled when nothing of it moves any more, or given up as stuck after so long.
const SETTLING: SignedDuration = SignedDuration::from_mins(30);

pub struct Bakery {
    clock: Arc<ManualClock>,
    today: Date,
    zone: TimeZone,
    /// The real time; what lies behind it is lived through, the rest is left to happen.
    now: Timestamp,
    sandbox: Sandbox,
    store: Store,
    runner: Arc<Runner>,
    serving: JoinHandle<()>,
    browser: Browser,
    channels: HashMap<On, Value>,
    pictures: Vec<Value>,
}

impl Bakery {
    /// Starts a Fanfare in `folder` that believes it is three weeks ago.
    pub async fn open(folder: &Path, listen: SocketAddr) -> anyhow::Result<Self> {
        let data = DataDir::open(folder)?;
        let now = SystemClock.now();
        let zone = TimeZone::get(ZONE)?;
        let clock = Arc::new(ManualClock::at(
            now - SignedDuration::from_hours(24 * BEGAN),
        ));
        let sandbox = Sandbox::start(SandboxSettings {
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            state_file: Some(data.sandbox_state()),
            ..SandboxSettings::on_port(listen.port() + 1)
        })
        .await?;
        let config = config(&data)?;
        let store = wiring::open_store(&config.database_url).await?;
        let listener = tokio::net::TcpListener::bind(listen).await?;
        let url = Url::parse(&format!("http://{listen}"))?;
        let app = wiring::wire(Parts {
            config: &config,
            store: store.clone(),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            vault: wiring::open_vault(&config, &data, &store).await?,
            media: data.media(),
            public_url: url.clone(),
            sandbox: Some(&sandbox.place()),
        })
        .await?;
        let settings = ApiSettings {
            metrics: None,
            trusted_proxies: Vec::new(),
        };
        let router = fanfare_api::router(Arc::clone(&app), settings, Router::new());
        let serving = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<SocketAddr>();
            let _ = axum::serve(listener, service).await;
        });
        Ok(Self {
            clock,
            today: now.to_zoned(zone.clone()).date(),
            zone,
            now,
            sandbox,
            store,
            runner: Arc::new(wiring::runner(&app, RunnerSettings::default())),
            serving,
            browser: Browser::at(url),
            channels: HashMap::new(),
            pictures: Vec::new(),
        })
    }

    /// The person, the workspace, its accounts and its pictures.
    pub async fn furnish(&mut self) -> anyhow::Result<()> {
        self.browser.register("ada@example.com").await;
        let status = self
            .browser
            .get("/api/auth/status")
            .await
            .expect(StatusCode::OK);
        let workspace = text(&status["workspace_id"]);
        self.browser
            .patch(
                &format!("/api/workspaces/{workspace}"),
                json!({ "name": "Harbour Bakery" }),
            )
            .await
            .expect(StatusCode::OK);
        let instance = json!({ "instance": self.sandbox.url });
        let found = [
            self.browser.connect("facebook", json!({})).await,
            self.browser
                .connect("instagram", json!({ "login": "facebook" }))
                .await,
            self.browser.connect("mastodon", instance).await,
        ]
        .concat();
        for (name, platform, on) in [
            ("Harbour Bakery", "facebook", On::Page),
            ("Harbour Workshops", "facebook", On::Workshops),
            ("harbour.bakery", "instagram", On::Instagram),
            ("", "mastodon", On::Mastodon),
        ] {
            let is_it = |channel: &&Value| {
                channel["platform"] == platform && text(&channel["name"]).contains(name)
            };
            let channel = found.iter().find(is_it);
            let channel = channel.with_context(|| format!("no channel {name} on {platform}"))?;
            self.channels.insert(on, channel.clone());
        }
        for scene in paint::scenes() {
            let media = self.browser.upload(scene.name, scene.jpeg()?).await;
            let path = format!("/api/media/{}", text(&media["id"]));
            let described = self.browser.patch(&path, json!({ "alt": scene.alt })).await;
            self.pictures.push(described.expect(StatusCode::OK));
        }
        furnishing::library(&self.browser, &self.pictures).await;
        furnishing::channels(&self.browser, &self.channels).await;
        furnishing::words(&self.browser).await;
        Ok(())
    }

    /// Writes the post the day before, and lives on until what was meant to become of it has.
    pub async fn live(&self, entry: &Entry) -> anyhow::Result<()> {
        let due = self.due(entry)?;
        let written = (due - SignedDuration::from_hours(20)).min(self.now);
        self.move_to(written);
        let post = self.write(entry, due).await;
        let path = format!("/api/posts/{}", text(&post["id"]));
        match entry.fate {
            Fate::Draft => return Ok(()),
            Fate::Cancelled => {
                let cancel = format!("{path}/cancel");
                self.browser
                    .post(&cancel, json!({}))
                    .await
                    .expect(StatusCode::OK);
            }
            Fate::Missed => self.move_to(due + SignedDuration::from_hours(3)),
            Fate::Out | Fate::FacebookRefuses | Fate::InstagramRefuses | Fate::Unknown => {}
        }
        if due > self.now {
            return Ok(());
        }
        self.faults(entry.fate);
        self.move_to(due);
        self.settle(&path).await?;
        self.sandbox.faults().clear();
        Ok(())
    }

    /// What waits for the next free slots.
    pub async fn fill_queue(&self) {
        self.move_to(self.now);
        for (words, on) in [
            ("Which loaf should come back in January?", On::Page),
            ("Crumb shot of the week.", On::Instagram),
        ] {
            let body = json!({
                "text": words, "channel_ids": [self.channels[&on]["id"]],
                "media": [{ "id": self.pictures[1]["id"] }],
                "schedule": { "kind": "queue", "time_zone": ZONE },
            });
            let post = self.browser.post("/api/posts", body).await;
            post.expect(StatusCode::CREATED);
        }
    }

    /// Stops, with everything on the disk.
    pub async fn close(self) -> anyhow::Result<()> {
        self.serving.abort();
        self.sandbox.stop().await;
        self.store.close().await;
        Ok(())
    }

    async fn write(&self, entry: &Entry, due: Timestamp) -> Value {
        let channels: Vec<&Value> = entry.on.iter().map(|on| &self.channels[on]["id"]).collect();
        let media: Vec<Value> = entry
            .pictures
            .iter()
            .map(|number| json!({ "id": self.pictures[*number]["id"] }))
            .collect();
        let mut schedule = match entry.fate {
            Fate::Draft => json!({ "kind": "draft", "time_zone": ZONE }),
            _ => json!({ "kind": "at", "at": due, "time_zone": ZONE }),
        };
        if entry.weekly {
            let weekday = due.to_zoned(self.zone.clone()).strftime("%A").to_string();
            schedule["repeat"] = json!({ "kind": "weekly", "weekdays": [weekday.to_lowercase()] });
        }
        let variants: serde_json::Map<String, Value> = entry
            .first_comment
            .iter()
            .flat_map(|comment| entry.on.iter().map(move |on| (on, comment)))
            .map(|(on, comment)| {
                let options = json!({ "options": { "first_comment": comment } });
                (text(&self.channels[on]["id"]), options)
            })
            .collect();
        let body = json!({
            "text": entry.text, "channel_ids": channels, "media": media,
            "schedule": schedule, "variants": variants,
        });
        self.browser
            .post("/api/posts", body)
            .await
            .expect(StatusCode::CREATED)
    }

    fn faults(&self, fate: Fate) {
        let on = |platform, call, fault, times| FaultRule {
            platform: Some(platform),
            call,
            times,
            delay_ms: Some(0),
            ..FaultRule::new(fault)
        };
        let rules = match fate {
            Fate::FacebookRefuses => vec![on(
                Platform::Facebook,
                CallKind::Media,
                Fault::RejectedMedia,
                1,
            )],
            Fate::InstagramRefuses => vec![on(
                Platform::Instagram,
                CallKind::Media,
                Fault::RejectedMedia,
                1,
            )],
            Fate::Unknown => vec![
                on(
                    Platform::Facebook,
                    CallKind::Publish,
                    Fault::TimeoutAfter,
                    1,
                ),
                on(
                    Platform::Facebook,
                    CallKind::Read,
                    Fault::ServerError,
                    u32::MAX,
                ),
            ],
            Fate::Out | Fate::Missed | Fate::Cancelled | Fate::Draft => Vec::new(),
        };
        for rule in rules {
            self.sandbox.faults().add(rule);
        }
    }

    /// Runs what is due and lets time pass until nothing of the post moves any more.
    async fn settle(&self, path: &str) -> anyhow::Result<()> {
        let until = self.clock.now() + SETTLING;
        while self.clock.now() < until {
            self.runner.drain().await?;
            let post = self.browser.get(path).await.expect(StatusCode::OK);
            if !matches!(text(&post["state"]).as_str(), "scheduled" | "publishing") {
                return Ok(());
            }
            self.clock
                .advance(SignedDuration::try_from(Duration::from_secs(2))?);
        }
        anyhow::bail!("the post at {path} did not settle")
    }

    /// Time only goes forward.
    fn move_to(&self, instant: Timestamp) {
        if instant > self.clock.now() {
            self.clock.set(instant);
        }
    }

    fn due(&self, entry: &Entry) -> anyhow::Result<Timestamp> {
        let day = self.today.checked_add(entry.day.days())?;
        let time = day.at(entry.hour, entry.minute, 0, 0);
        Ok(time.to_zoned(self.zone.clone())?.timestamp())
    }
}

fn config(data: &DataDir) -> anyhow::Result<Config> {
    let variables = [
        ("FANFARE_DATA", data.path().display().to_string()),
        // What was missed shows soon.
        ("FANFARE_OVERDUE_LIMIT", "1h".to_owned()),
    ];
    let overrides = Overrides {
        sandbox: Some(true),
        ..Overrides::default()
    };
    let variables = variables.map(|(name, value)| (name.to_owned(), value));
    match Config::load(&overrides, variables, &fanfare_platforms::all()) {
        Ok(loaded) => Ok(loaded.config),
        Err(wrong) => anyhow::bail!(wrong.0.join("; ")),
    }
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
