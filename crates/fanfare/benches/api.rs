//! The API over HTTP: lists of posts read by a session, drafts written with keys, at 32 connections.
//!
//! `cargo x bench api` runs it. Beside each stand, in the same run on the same database, the statements of such a request without HTTP,
//! checks and JSON. `FANFARE_BENCH_REQUESTS` makes it shorter, to see that it runs.

#[path = "../../jobs/benches/figures.rs"]
#[expect(dead_code, reason = "other benches print other figures")]
mod figures;

use std::sync::Arc;
use std::time::{Duration, Instant};

use fanfare::config::{Config, Overrides};
use fanfare::wiring::{self, Parts};
use fanfare_app::{App, KeyRing, Vault};
use fanfare_domain::post::PostState;
use fanfare_domain::schedule::{Schedule, ScheduleKind};
use fanfare_domain::{AuditEventId, Clock, PostId, SystemClock, WorkspaceId};
use fanfare_store::post_versions::{self, PostVersion};
use fanfare_store::posts::{self, Order, Post, PostFilter};
use fanfare_store::{Store, api_keys, audit, binds, deliveries, series, sessions, sql, workspaces};
use fanfare_testkit::{Browser, StatusCode};
use figures::{BenchDatabase, databases};
use futures::StreamExt;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use url::Url;

const CONNECTIONS: usize = 32;
const REQUESTS: usize = 20_000;
/// What lies in the workspace before anything is measured.
const POSTS: usize = 1_000;
/// As many as a page of the interface asks for.
const PAGE: u32 = 50;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    fanfare::use_one_tls();
    let requests = match std::env::var("FANFARE_BENCH_REQUESTS") {
        Ok(text) => text.parse()?,
        Err(_) => REQUESTS,
    };
    println!(
        "{requests} reads and {} writes at {CONNECTIONS} connections",
        requests / 4
    );
    for database in databases().await? {
        println!("\n{}", database.name);
        let hub = Hub::start(&database).await?;
        measure(&hub, requests).await?;
        hub.serving.abort();
        database.close().await?;
    }
    Ok(())
}

async fn measure(hub: &Hub, requests: usize) -> anyhow::Result<()> {
    let raw = timed(requests, async |_| raw_read(hub).await).await?;
    raw.print("raw: the statements of reading a page of posts");
    let read = timed(requests, async |_| {
        expect(
            hub.browser.request(reqwest::Method::GET, &hub.page),
            StatusCode::OK,
        )
        .await
    });
    let read = read.await?;
    read.print("GET /api/posts by a session");
    println!("  ratio to raw: {:.2}", read.rate() / raw.rate());

    let writes = requests / 4;
    let raw = timed(writes, async |number| raw_write(hub, number).await).await?;
    raw.print("raw: the statements of writing a draft");
    let client = fanfare_testkit::client();
    let write = timed(writes, async |number| {
        let request = client
            .post(hub.posts.clone())
            .bearer_auth(&hub.keys[number % hub.keys.len()])
            .json(
                &json!({ "text": format!("Bench post {number}"), "schedule": { "kind": "draft" } }),
            );
        expect(request, StatusCode::CREATED).await
    });
    let write = write.await?;
    write.print("POST /api/posts with a key");
    println!("  ratio to raw: {:.2}", write.rate() / raw.rate());
    Ok(())
}

async fn expect(request: RequestBuilder, status: StatusCode) -> anyhow::Result<()> {
    let answer = request.send().await?;
    anyhow::ensure!(
        answer.status() == status,
        "{} {}",
        answer.status(),
        answer.text().await?
    );
    answer.bytes().await?;
    Ok(())
}

/// How long each of many took, and all of them.
struct Timed {
    each: Vec<Duration>,
    all: Duration,
}

async fn timed(
    times: usize,
    one: impl AsyncFn(usize) -> anyhow::Result<()>,
) -> anyhow::Result<Timed> {
    let begun = Instant::now();
    let one = &one;
    let each = futures::stream::iter(0..times)
        .map(|number| async move {
            let begun = Instant::now();
            one(number).await?;
            anyhow::Ok(begun.elapsed())
        })
        .buffer_unordered(CONNECTIONS)
        .collect::<Vec<_>>()
        .await;
    let all = begun.elapsed();
    let mut each = each.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    each.sort_unstable();
    Ok(Timed { each, all })
}

impl Timed {
    fn rate(&self) -> f64 {
        self.each.len() as f64 / self.all.as_secs_f64()
    }

    fn millis(&self, percent: usize) -> f64 {
        let at = self.each.len().saturating_sub(1) * percent / 100;
        self.each.get(at).map_or(0.0, Duration::as_secs_f64) * 1_000.0
    }

    fn print(&self, what: &str) {
        println!(
            "  {what}: {:.0} per second, p50 {:.1} ms, p99 {:.1} ms",
            self.rate(),
            self.millis(50),
            self.millis(99)
        );
    }
}

struct Hub {
    app: Arc<App>,
    browser: Browser,
    workspace: WorkspaceId,
    /// The address of a page of posts, and of all of them.
    page: String,
    posts: Url,
    /// One for each connection, so that no limit is in the way.
    keys: Vec<String>,
    session_hash: String,
    key_hash: String,
    serving: tokio::task::JoinHandle<()>,
    _media: tempfile::TempDir,
}

impl Hub {
    async fn start(database: &BenchDatabase) -> anyhow::Result<Self> {
        let media = tempfile::tempdir()?;
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let url = Url::parse(&format!("http://{}", listener.local_addr()?))?;
        let config = Config::load(&Overrides::default(), [], &fanfare_platforms::all())
            .unwrap_or_else(|wrong| panic!("{:?}", wrong.0))
            .config;
        let app = wiring::wire(Parts {
            config: &config,
            store: database.store.clone(),
            clock: Arc::new(SystemClock),
            vault: Vault::new(KeyRing::generate()),
            media: media.path().to_owned(),
            public_url: url.clone(),
            sandbox: None,
        })
        .await?;
        let settings = fanfare_api::ApiSettings::default();
        let router = fanfare_api::router(Arc::clone(&app), settings, axum::Router::new());
        let serving = tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
            let _ = axum::serve(listener, service).await;
        });
        let browser = Browser::at(url.clone());
        browser.register("bench@example.com").await;
        let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
        let workspace = text(&status["workspace_id"]).parse()?;
        let mut keys = Vec::new();
        for number in 0..CONNECTIONS {
            let input = json!({ "name": format!("Bench {number}"), "scopes": ["posts.write"], "rate_per_minute": 6000 });
            let made = browser.post("/api/api-keys", input).await;
            keys.push(text(&made.expect(StatusCode::CREATED)["text"]));
        }
        for number in 0..POSTS {
            let draft =
                json!({ "text": format!("Bench post {number}"), "schedule": { "kind": "draft" } });
            browser
                .post("/api/posts", draft)
                .await
                .expect(StatusCode::CREATED);
        }
        Ok(Self {
            session_hash: one_text(&database.store, Hash::Session).await?,
            key_hash: one_text(&database.store, Hash::Key).await?,
            app,
            browser,
            workspace,
            page: format!("/api/posts?limit={PAGE}"),
            posts: url.join("/api/posts")?,
            keys,
            serving,
            _media: media,
        })
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

enum Hash {
    Session,
    Key,
}

async fn one_text(store: &Store, which: Hash) -> anyhow::Result<String> {
    let mut tx = store.as_system("bench").read().await?;
    let statement = match which {
        Hash::Session => sql!("SELECT token_hash AS hash FROM sessions LIMIT 1"),
        Hash::Key => sql!("SELECT hash FROM api_keys LIMIT 1"),
    };
    Ok(tx.one(statement, binds![], |row| row.text("hash")).await?)
}

/// What reading a page asks the database: whose session it is, and the posts with all that belongs to them.
async fn raw_read(hub: &Hub) -> anyhow::Result<()> {
    let mut tx = hub.app.store.as_system("bench").read().await?;
    let found = sessions::of_token(&mut tx, &hub.session_hash, SystemClock.now()).await?;
    let (_, user) = found.ok_or_else(|| anyhow::anyhow!("the session is gone"))?;
    workspaces::of_user(&mut tx, user.id).await?;
    drop(tx);
    let mut tx = hub.app.store.in_workspace(hub.workspace).read().await?;
    let filter = PostFilter::default();
    let found = posts::list(&mut tx, &filter, Order::Newest, None, PAGE + 1).await?;
    let ids: Vec<PostId> = found.iter().map(|(post, _)| post.id).collect();
    posts::media_of(&mut tx, &ids).await?;
    deliveries::of_posts(&mut tx, &ids).await?;
    series::places(&mut tx, &ids).await?;
    posts::counts(&mut tx, &filter).await?;
    Ok(())
}

/// What writing a draft asks the database: whose key it is, and one transaction.
async fn raw_write(hub: &Hub, number: usize) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let mut tx = hub.app.store.as_system("bench").read().await?;
    let found = api_keys::of_hash(&mut tx, &hub.key_hash, now).await?;
    let key = found
        .map(|found| found.key)
        .ok_or_else(|| anyhow::anyhow!("the key is gone"))?;
    drop(tx);
    let post = Post {
        id: PostId::new(now),
        author_id: Some(key.user),
        author_name: String::new(),
        state: PostState::Draft,
        text: format!("Bench post {number}"),
        schedule: Schedule {
            kind: ScheduleKind::Draft,
            at: None,
            time_zone: "UTC".to_owned(),
        },
        paused_at: None,
        revision: 1,
        created_at: now,
        updated_at: now,
    };
    let mut tx = hub.app.store.in_workspace(hub.workspace).write().await?;
    posts::insert(&mut tx, &post).await?;
    posts::set_media(&mut tx, post.id, &[]).await?;
    deliveries::of_posts(&mut tx, &[post.id]).await?;
    posts::set_search_text(&mut tx, post.id, &[&post.text]).await?;
    deliveries::of_posts(&mut tx, &[post.id]).await?;
    posts::set_state(&mut tx, post.id, PostState::Draft, now).await?;
    audit::record(&mut tx, &drafted(&post, now)).await?;
    series::place_of(&mut tx, post.id).await?;
    posts::get(&mut tx, post.id).await?;
    posts::media_of(&mut tx, &[post.id]).await?;
    deliveries::of_posts(&mut tx, &[post.id]).await?;
    series::places(&mut tx, &[post.id]).await?;
    post_versions::list(&mut tx, post.id, None, 1).await?;
    post_versions::insert(&mut tx, post.id, &first_version(&post, now)).await?;
    Ok(tx.commit().await?)
}

fn drafted(post: &Post, now: jiff::Timestamp) -> audit::AuditEvent {
    audit::AuditEvent {
        id: AuditEventId::new(now),
        at: now,
        actor: audit::Actor::fanfare(),
        action: "post.drafted".to_owned(),
        subject_kind: "post".to_owned(),
        subject_id: post.id.to_string(),
        post_id: Some(post.id),
        detail: json!({ "at": null, "channels": 0 }),
    }
}

fn first_version(post: &Post, now: jiff::Timestamp) -> PostVersion {
    PostVersion {
        number: 1,
        author_id: post.author_id,
        author_name: String::new(),
        restored_from: None,
        content: json!({ "text": post.text, "media": [], "variants": {} }),
        created_at: now,
        updated_at: now,
    }
}
