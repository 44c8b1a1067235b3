//! Ten thousand deliveries due in the same second, against the sandbox in a process of its own.
//!
//! `cargo x bench publish` runs it. Beside the engine stand, in the same run, the platform alone (the same calls without Fanfare) and the
//! database alone (the statements of a delivery without engine and platform).

#[path = "../../jobs/benches/figures.rs"]
mod figures;

use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare::config::{Config, Overrides};
use fanfare::wiring::{self, Parts};
use fanfare_app::composing::{PostInput, ScheduleInput, create_post};
use fanfare_app::{App, Caller, KeyRing, Vault};
use fanfare_domain::delivery::DeliveryState;
use fanfare_domain::{ChannelId, Clock, JobId, PostId, SystemClock};
use fanfare_jobs::RunnerSettings;
use fanfare_store::deliveries::{self, Delivery};
use fanfare_store::jobs::{self, Hold};
use fanfare_store::{Store, audit, binds, posts, sql};
use fanfare_testkit::{Browser, StatusCode};
use figures::{Lateness, cpu_seconds, databases, print_rate, resident_mb};
use futures::StreamExt;
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use url::Url;

const POSTS: usize = 5_000;
/// Each post goes to both pretend Pages.
const DELIVERIES: usize = POSTS * 2;
const CONCURRENCY: usize = 64;
/// Time to create the posts in, before all are due.
const AHEAD: SignedDuration = SignedDuration::from_secs(150);

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    fanfare::use_one_tls();
    for database in databases().await? {
        println!("\n{}", database.name);
        let sandbox = SandboxProcess::start().await?;
        let hub = Hub::start(&database.store, &sandbox.url).await?;
        measure(&hub).await?;
        hub.serving.abort();
        database.close().await?;
        drop(sandbox);
    }
    Ok(())
}

async fn measure(hub: &Hub) -> anyhow::Result<()> {
    let alone = platform_alone(hub).await?;
    print_rate(
        "platform alone: the same calls without Fanfare",
        DELIVERIES,
        alone,
    );

    let begun = Instant::now();
    let due_at = SystemClock.now() + AHEAD;
    let posts = create_posts(hub, due_at).await?;
    print_rate("posts created, two deliveries each", POSTS, begun.elapsed());
    let wait = due_at.duration_since(SystemClock.now());
    anyhow::ensure!(
        wait > SignedDuration::ZERO,
        "creating the posts took longer than {AHEAD:#}"
    );

    let stop = CancellationToken::new();
    let settings = RunnerSettings {
        concurrency: CONCURRENCY,
        ..RunnerSettings::default()
    };
    let runner = tokio::spawn(wiring::runner(&hub.app, settings).run(stop.clone()));
    tokio::time::sleep(Duration::try_from(wait)?).await;
    let (cpu, begun) = (cpu_seconds("self")?, Instant::now());
    wait_until_out(hub).await?;
    let (took, cpu) = (begun.elapsed(), cpu_seconds("self")? - cpu);
    stop.cancel();
    runner.await?;

    print_rate("engine: deliveries published", DELIVERIES, took);
    println!(
        "  {:.2} CPU ms per delivery, {} MB resident",
        cpu * 1_000.0 / DELIVERIES as f64,
        resident_mb("self")?
    );
    lateness(hub, &posts)
        .await?
        .print("published after their second");

    let raw = database_alone(hub, &posts).await?;
    print_rate(
        "database alone: the statements of a delivery, without engine and platform",
        DELIVERIES,
        raw,
    );
    let own = took.saturating_sub(alone);
    println!(
        "  ratio engine to database alone: {:.2}",
        raw.as_secs_f64() / took.as_secs_f64()
    );
    println!(
        "  the same with the platform's own time taken out: {:.2}",
        raw.as_secs_f64() / own.as_secs_f64()
    );
    Ok(())
}

/// The pretend platforms in a process of their own, so that their work is not counted as ours.
struct SandboxProcess {
    process: Child,
    url: Url,
    _folder: tempfile::TempDir,
}

impl SandboxProcess {
    async fn start() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = std::net::TcpListener::bind(("127.0.0.1", 0))?
            .local_addr()?
            .port();
        let url = Url::parse(&format!("http://127.0.0.1:{port}"))?;
        let process = Command::new(env!("CARGO_BIN_EXE_fanfare"))
            .arg("sandbox")
            .arg("--data")
            .arg(folder.path())
            .env("FANFARE_SANDBOX_LISTEN", format!("127.0.0.1:{port}"))
            .env("FANFARE_LOG", "error")
            .stdout(Stdio::null())
            .spawn()?;
        while fanfare_testkit::client()
            .get(url.clone())
            .send()
            .await
            .is_err()
        {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Ok(Self {
            process,
            url,
            _folder: folder,
        })
    }
}

impl Drop for SandboxProcess {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Hub {
    app: Arc<App>,
    caller: Caller,
    channels: Vec<ChannelId>,
    sandbox: Url,
    serving: tokio::task::JoinHandle<()>,
    _media: tempfile::TempDir,
}

impl Hub {
    async fn start(store: &Store, sandbox: &Url) -> anyhow::Result<Self> {
        let media = tempfile::tempdir()?;
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        let app = wiring::wire(Parts {
            config: &config(sandbox),
            store: store.clone(),
            clock: Arc::new(SystemClock),
            vault: Vault::new(KeyRing::generate()),
            media: media.path().to_owned(),
            public_url: url.clone(),
            sandbox: None,
        })
        .await?;
        let settings = fanfare_api::ApiSettings {
            metrics: None,
            trusted_proxies: Vec::new(),
        };
        let router = fanfare_api::router(Arc::clone(&app), settings, axum::Router::new());
        let serving = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
            let _ = axum::serve(listener, service).await;
        });
        let browser = Browser::at(url);
        let registered = browser.register("bench@example.com").await;
        let channels = browser.connect("facebook", json!({})).await;
        let caller = caller(&browser, &registered).await?;
        let channels = channels
            .iter()
            .filter_map(|channel| channel["id"].as_str()?.parse().ok())
            .collect();
        Ok(Self {
            app,
            caller,
            channels,
            sandbox: sandbox.clone(),
            serving,
            _media: media,
        })
    }
}

async fn caller(browser: &Browser, registered: &Value) -> anyhow::Result<Caller> {
    let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(Caller {
        user: text(&registered["user"]["id"]).parse()?,
        name: "Bench".to_owned(),
        via: fanfare_app::Via::Session(fanfare_domain::SessionId::new(SystemClock.now())),
        workspace: text(&status["workspace_id"]).parse()?,
        role: fanfare_domain::role::Role::Owner,
        is_verified: true,
        took_two_steps: false,
        is_admin: true,
        request_key: None,
    })
}

fn config(sandbox: &Url) -> Config {
    let base = format!("{sandbox}facebook");
    let environment = [
        ("FANFARE_FACEBOOK_APP_ID", "bench"),
        ("FANFARE_FACEBOOK_APP_SECRET", "secret"),
        ("FANFARE_FACEBOOK_API_URL", &base),
        ("FANFARE_FACEBOOK_AUTH_URL", &base),
    ];
    let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Config::load(
        &Overrides::default(),
        environment,
        &fanfare_platforms::all(),
    )
    .unwrap_or_else(|wrong| panic!("{:?}", wrong.0))
    .config
}

async fn create_posts(hub: &Hub, due_at: jiff::Timestamp) -> anyhow::Result<Vec<PostId>> {
    let created = futures::stream::iter(0..POSTS).map(async |n| {
        let input = PostInput {
            text: format!("Bench post {n}"),
            channels: hub.channels.clone(),
            schedule: Some(ScheduleInput::At {
                at: due_at,
                time_zone: None,
                repeat: None,
            }),
            ..PostInput::default()
        };
        create_post(&hub.app, &hub.caller, &input)
            .await
            .map(|detail| detail.post.id)
    });
    let posts: Vec<_> = created.buffer_unordered(16).collect().await;
    Ok(posts.into_iter().collect::<Result<_, _>>()?)
}

async fn wait_until_out(hub: &Hub) -> anyhow::Result<()> {
    loop {
        let mut tx = hub.app.store.as_system("bench").read().await?;
        let waiting = tx
            .one(
                sql!("SELECT COUNT(*) AS waiting FROM deliveries WHERE state IN ('scheduled', 'publishing')"),
                binds![],
                |row| row.int("waiting"),
            )
            .await?;
        drop(tx);
        if waiting == 0 {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// How long after its time each delivery was recorded as out.
async fn lateness(hub: &Hub, posts: &[PostId]) -> anyhow::Result<Lateness> {
    let mut late = Vec::new();
    let mut tx = hub
        .app
        .store
        .in_workspace(hub.caller.workspace)
        .read()
        .await?;
    for part in posts.chunks(500) {
        for delivery in deliveries::of_posts(&mut tx, part).await? {
            anyhow::ensure!(
                delivery.state == DeliveryState::Published,
                "{:?}",
                delivery.error
            );
            late.push(
                delivery
                    .updated_at
                    .duration_since(delivery.due_at.unwrap_or(delivery.updated_at)),
            );
        }
    }
    Ok(Lateness::of(late))
}

/// The calls that a text post makes, without Fanfare: publish, then read where it is.
async fn platform_alone(hub: &Hub) -> anyhow::Result<Duration> {
    let client = fanfare_testkit::client();
    let tokens = page_tokens(hub, &client).await?;
    let begun = Instant::now();
    let calls = futures::stream::iter(0..DELIVERIES).map(async |n| {
        let (page, token) = &tokens[n % tokens.len()];
        let base = format!("{}facebook/v26.0", hub.sandbox);
        let form = [
            ("message", format!("Alone {n}")),
            ("access_token", token.clone()),
        ];
        let made: Value = client
            .post(format!("{base}/{page}/feed"))
            .form(&form)
            .send()
            .await?
            .json()
            .await?;
        let id = made["id"].as_str().unwrap_or_default();
        let address =
            format!("{base}/{id}?fields=id,permalink_url,created_time&access_token={token}");
        client.get(address).send().await?.bytes().await
    });
    let answers: Vec<_> = calls.buffer_unordered(CONCURRENCY).collect().await;
    let took = begun.elapsed();
    answers.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(took)
}

async fn page_tokens(hub: &Hub, client: &reqwest::Client) -> anyhow::Result<Vec<(String, String)>> {
    let mut tokens = Vec::new();
    for channel in &hub.channels {
        let credentials = fanfare_app::connections::refresh::fresh_credentials(
            &hub.app,
            hub.caller.workspace,
            *channel,
        )
        .await?;
        let value: Value = serde_json::from_str(credentials.json().expose())?;
        let token = value["access_token"]
            .as_str()
            .or(value["token"].as_str())
            .unwrap_or_default()
            .to_owned();
        let me: Value = client
            .get(format!(
                "{}facebook/v26.0/me?fields=id&access_token={token}",
                hub.sandbox
            ))
            .send()
            .await?
            .json()
            .await?;
        tokens.push((me["id"].as_str().unwrap_or_default().to_owned(), token));
    }
    Ok(tokens)
}

/// What one delivery writes (taken up, announced, recorded with its attempt, audit and sum), at the same concurrency.
async fn database_alone(hub: &Hub, posts: &[PostId]) -> anyhow::Result<Duration> {
    let mut tx = hub
        .app
        .store
        .in_workspace(hub.caller.workspace)
        .read()
        .await?;
    let mut all = Vec::new();
    for part in posts.chunks(500) {
        all.extend(deliveries::of_posts(&mut tx, part).await?);
    }
    drop(tx);
    let begun = Instant::now();
    let writes = futures::stream::iter(all).map(async |delivery| write_one(hub, delivery).await);
    let done: Vec<_> = writes.buffer_unordered(CONCURRENCY).collect().await;
    let took = begun.elapsed();
    done.into_iter().collect::<Result<Vec<_>, _>>()?;
    Ok(took)
}

async fn write_one(hub: &Hub, delivery: Delivery) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let hold = Hold {
        id: JobId::new(now),
        lease: "bench".into(),
        attempts: 1,
    };
    let scope = || hub.app.store.in_workspace(hub.caller.workspace);
    let mut tx = scope().write().await?;
    deliveries::get(&mut tx, delivery.id).await?;
    posts::lock(&mut tx, delivery.post_id).await?;
    deliveries::get(&mut tx, delivery.id).await?;
    deliveries::begin(&mut tx, delivery.id, DeliveryState::Published, 1, now).await?;
    deliveries::of_posts(&mut tx, &[delivery.post_id]).await?;
    posts::set_state(
        &mut tx,
        delivery.post_id,
        fanfare_domain::post::PostState::Publishing,
        now,
    )
    .await?;
    audit::record(&mut tx, &audit_event(&delivery, now)).await?;
    jobs::hold_on(&mut tx, &hold, now).await?;
    tx.commit().await?;

    for intended in [Some(now), None] {
        let mut tx = scope().write().await?;
        jobs::hold_on(&mut tx, &hold, now).await?;
        deliveries::save_progress(&mut tx, delivery.id, &delivery.progress, intended).await?;
        tx.commit().await?;
    }

    let mut tx = scope().write().await?;
    posts::lock(&mut tx, delivery.post_id).await?;
    jobs::finish_one(&mut tx, &hold).await?;
    deliveries::save_outcome(&mut tx, &delivery).await?;
    let attempt = deliveries::Attempt {
        number: 2,
        started_at: now,
        finished_at: now,
        outcome: "published".to_owned(),
        code: None,
        detail: "It is live.".to_owned(),
        log: String::new(),
    };
    deliveries::record_attempt(&mut tx, JobId::new(now).to_string(), delivery.id, &attempt).await?;
    deliveries::of_posts(&mut tx, &[delivery.post_id]).await?;
    posts::set_state(
        &mut tx,
        delivery.post_id,
        fanfare_domain::post::PostState::Published,
        now,
    )
    .await?;
    audit::record(&mut tx, &audit_event(&delivery, now)).await?;
    Ok(tx.commit().await?)
}

fn audit_event(delivery: &Delivery, now: jiff::Timestamp) -> audit::AuditEvent {
    audit::AuditEvent {
        id: fanfare_domain::AuditEventId::new(now),
        at: now,
        actor: audit::Actor::fanfare(),
        action: "delivery.published".to_owned(),
        subject_kind: "delivery".to_owned(),
        subject_id: delivery.id.to_string(),
        post_id: Some(delivery.post_id),
        detail: json!({ "permalink": delivery.permalink, "attempts": 1 }),
    }
}
