//! Bluesky against a real server. `cargo x test` starts one; by hand: `cargo x bluesky`, then set what it prints.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::LOCATION;
use axum::response::Html;
use axum::routing::get;
use fanfare_domain::{Clock, ErrorCode, Secret, SystemClock};
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::{
    ChannelRef, ConnectFields, Grant, Outgoing, OutgoingMedia, Progress, Receipt, Reconciled, Step,
};
use fanfare_platform_kit::settings::{PlatformSettings, SettingsBook};
use fanfare_platform_kit::{
    Advice, Credentials, MediaFacts, MediaKind, Platform, PlatformContext, PlatformError,
};
use serde_json::{Value, json};
use url::Url;

/// The server, an account on it, and Fanfare beside it.
struct Real {
    url: String,
    handle: String,
    password: String,
    ctx: PlatformContext,
    bluesky: Arc<dyn Platform>,
    raw: reqwest::Client,
}

impl Real {
    /// Nothing where no server is given, which `CI` does not allow.
    fn find() -> Option<Self> {
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

    async fn paste(&self, fields: &[(&str, &str)]) -> Result<Grant, PlatformError> {
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

    async fn refresh(&self, credentials: &Credentials) -> Result<Grant, PlatformError> {
        self.bluesky
            .connect()
            .unwrap()
            .refresh(&self.ctx, credentials)
            .await
    }

    async fn outgoing(&self, text: &str) -> Outgoing {
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
        }
    }

    async fn step(&self, outgoing: &Outgoing, progress: &Progress) -> Result<Step, PlatformError> {
        self.bluesky
            .publish()
            .unwrap()
            .step(&self.ctx, outgoing, progress)
            .await
    }

    async fn reconcile(&self, outgoing: &Outgoing, progress: &Progress) -> Reconciled {
        self.bluesky
            .publish()
            .unwrap()
            .reconcile(&self.ctx, outgoing, progress)
            .await
            .unwrap()
    }

    /// Walks to the end, taking each step as often as said and going on with the last answer.
    async fn walk(&self, outgoing: &Outgoing, times: usize) -> (Receipt, Vec<Progress>) {
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
    async fn call(
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

    async fn record(&self, outgoing: &Outgoing, key: &str) -> Value {
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
    async fn count(&self, outgoing: &Outgoing) -> usize {
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

fn did(outgoing: &Outgoing) -> &str {
    &outgoing.channel.remote_id
}

fn key(receipt: &Receipt) -> &str {
    receipt.remote_id.rsplit('/').next().unwrap()
}

fn secret_of(credentials: &Credentials, name: &str) -> String {
    let json: Value = serde_json::from_str(credentials.json().expose()).unwrap();
    json[name].as_str().unwrap().to_owned()
}

fn with_secrets(credentials: &Credentials, changes: &[(&str, &str)]) -> Credentials {
    let mut json: Value = serde_json::from_str(credentials.json().expose()).unwrap();
    for (name, value) in changes {
        json[*name] = (*value).into();
    }
    Credentials::from_value(&json)
}

/// A text that no other test and no earlier run has posted.
fn unique(text: &str) -> String {
    format!("{text} {}", fanfare_domain::PostId::new(SystemClock.now()))
}

fn picture(
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
        path,
        public_url: Url::parse("https://fanfare.example/media").unwrap(),
    }
}

/// A site of a few pages on this machine.
async fn site() -> String {
    let pages = Router::new()
        .route("/good", get(|| async {
            Html("<head><title>Plain</title><meta property='og:title' content='Bread &amp; buns'>\
                  <meta name=description content='Fresh daily'></head>")
        }))
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

#[tokio::test]
async fn an_app_password_connects() {
    let Some(real) = Real::find() else { return };
    let handle = real.handle.clone();
    let grant = real
        .paste(&[("identifier", &format!(" @{handle}\n"))])
        .await
        .unwrap();
    assert!(
        grant.remote_id.starts_with("did:plc:"),
        "{}",
        grant.remote_id
    );
    assert_eq!(grant.name, format!("@{handle}"));
    assert!(grant.refreshable);
    let ends = grant.expires_at.unwrap().duration_since(real.ctx.now());
    assert!((110..=125).contains(&ends.as_mins()), "{ends}");
    let [channel] = grant.channels.as_slice() else {
        panic!("{:?}", grant.channels)
    };
    assert_eq!(
        (channel.remote_id.as_str(), channel.problem.as_deref()),
        (grant.remote_id.as_str(), None)
    );
    assert!(!format!("{grant:?}").contains(&real.password));
}

#[tokio::test]
async fn what_is_wrong_with_a_connection_names_the_field() {
    let Some(real) = Real::find() else { return };
    let no_server = site().await;
    type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, ErrorCode);
    let table: &[Row<'_>] = &[
        (
            &[("app_password", "not-the-password")],
            "app_password",
            ErrorCode::WrongCredentials,
        ),
        (
            &[("identifier", "nobody.test")],
            "app_password",
            ErrorCode::WrongCredentials,
        ),
        (&[("identifier", "")], "identifier", ErrorCode::Required),
        (
            &[("app_password", " ")],
            "app_password",
            ErrorCode::Required,
        ),
        (
            &[("service", "not an address")],
            "service",
            ErrorCode::InvalidUrl,
        ),
        (
            &[("service", &no_server)],
            "service",
            ErrorCode::ServerNotSupported,
        ),
        (
            &[("service", "http://10.0.0.1")],
            "service",
            ErrorCode::AddressNotAllowed,
        ),
        (
            &[("service", "https://[fd00::1]")],
            "service",
            ErrorCode::AddressNotAllowed,
        ),
        (
            &[("service", "nobody-has-this-name.invalid")],
            "service",
            ErrorCode::InvalidUrl,
        ),
    ];
    for (fields, field, code) in table {
        let error = real.paste(fields).await.unwrap_err();
        assert_eq!(error.code, *code, "{fields:?}: {error}");
        assert_eq!(
            error.advice,
            Advice::FixContent {
                field: (*field).into()
            },
            "{fields:?}"
        );
    }
    let down = real
        .paste(&[("service", "http://127.0.0.1:1")])
        .await
        .unwrap_err();
    assert_eq!(down.advice, Advice::Retry { after: None });
}

#[tokio::test]
async fn text_pictures_and_facets_arrive_and_every_step_may_run_twice() {
    let Some(real) = Real::find() else { return };
    let other =
        std::env::var("FANFARE_TEST_BLUESKY_OTHER_HANDLE").unwrap_or_else(|_| real.handle.clone());
    let text = unique(&format!(
        "🥐 ¡Hola @{other}, @nobody-here.test! #pan #日本語 https://example.org/menú?a=1."
    ));
    let folder = tempfile::tempdir().unwrap();
    let mut outgoing = real.outgoing(&text).await;
    outgoing.media = vec![
        picture(&folder, "a.png", 40, 30, "A loaf"),
        picture(&folder, "b.png", 31, 20, ""),
    ];
    outgoing.options.insert("languages".into(), "es, en".into());

    let (receipt, _) = real.walk(&outgoing, 2).await;

    assert_eq!(real.count(&outgoing).await, 1);
    let key = key(&receipt);
    assert_eq!(
        receipt.permalink,
        Some(format!(
            "https://bsky.app/profile/{}/post/{key}",
            did(&outgoing)
        ))
    );
    let record = real.record(&outgoing, key).await;
    assert_eq!(record["text"], text);
    assert_eq!(record["langs"], json!(["es", "en"]));
    let created_at: jiff::Timestamp = record["createdAt"].as_str().unwrap().parse().unwrap();
    assert_eq!(created_at, outgoing.began_at);
    let marked: Vec<_> = record["facets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|facet| {
            let at = |name: &str| usize::try_from(facet["index"][name].as_u64().unwrap()).unwrap();
            let feature = &facet["features"][0];
            (
                &text[at("byteStart")..at("byteEnd")],
                feature["$type"]
                    .as_str()
                    .unwrap()
                    .rsplit('#')
                    .next()
                    .unwrap(),
            )
        })
        .collect();
    let mention = format!("@{other}");
    assert_eq!(
        marked,
        [
            (mention.as_str(), "mention"),
            ("#pan", "tag"),
            ("#日本語", "tag"),
            ("https://example.org/menú?a=1", "link")
        ]
    );
    assert!(
        record["facets"][0]["features"][0]["did"]
            .as_str()
            .unwrap()
            .starts_with("did:plc:")
    );
    assert_eq!(
        record["facets"][3]["features"][0]["uri"],
        "https://example.org/men%C3%BA?a=1"
    );
    let images = record["embed"]["images"].as_array().unwrap();
    assert_eq!(
        (images[0]["alt"].as_str(), images[1]["alt"].as_str()),
        (Some("A loaf"), Some(""))
    );
    assert_eq!(images[0]["aspectRatio"], json!({"width": 40, "height": 30}));
    assert_eq!(images[0]["image"]["mimeType"], "image/png");
}

#[tokio::test]
async fn a_link_gets_a_card_and_a_bad_page_does_not_stop_the_post() {
    let Some(real) = Real::find() else { return };
    let site = site().await;
    let card = json!({"title": "Bread & buns", "description": "Fresh daily"});
    for (page, expected) in [
        ("good", Some(&card)),
        ("moved", Some(&card)),
        ("inside", None),
        ("loop", None),
        ("error", None),
        ("file", None),
        ("gone", None),
    ] {
        let outgoing = real
            .outgoing(&unique(&format!("See {site}/{page} today")))
            .await;
        let (receipt, _) = real.walk(&outgoing, 2).await;
        assert_eq!(real.count(&outgoing).await, 1, "{page}");
        let external = real.record(&outgoing, key(&receipt)).await["embed"]["external"].clone();
        match expected {
            None => assert!(external.is_null(), "{page}: {external}"),
            Some(card) => {
                assert_eq!(
                    (&external["title"], &external["description"]),
                    (&card["title"], &card["description"])
                );
                assert_eq!(external["uri"], format!("{site}/{page}"));
            }
        }
    }
}

#[tokio::test]
async fn a_lost_answer_is_found_again_from_every_point() {
    let Some(real) = Real::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut outgoing = real.outgoing(&unique("Lost and found")).await;
    outgoing.media = vec![picture(&folder, "c.png", 33, 30, "A bun")];
    let start = real.step(&outgoing, &Progress::start()).await.unwrap();
    let Step::Checkpoint(begun) = start else {
        panic!("{start:?}")
    };
    assert_eq!(
        real.reconcile(&outgoing, &begun).await,
        Reconciled::NotPublished(begun)
    );

    let (receipt, saved) = real.walk(&outgoing, 1).await;
    for progress in saved
        .iter()
        .chain([&Progress(json!({"from": "another version"}))])
    {
        let Reconciled::Published(found) = real.reconcile(&outgoing, progress).await else {
            panic!("not found from {progress:?}");
        };
        assert_eq!(
            (found.remote_id, found.permalink),
            (receipt.remote_id.clone(), receipt.permalink.clone())
        );
    }
    // A worker that crashed and knows nothing begins anew: the same record again.
    let (again, _) = real.walk(&outgoing, 1).await;
    assert_eq!(again.remote_id, receipt.remote_id);
    assert_eq!(real.count(&outgoing).await, 1);

    let gone =
        json!({"repo": did(&outgoing), "collection": "app.bsky.feed.post", "rkey": key(&receipt)});
    real.call(&outgoing, "com.atproto.repo.deleteRecord", Some(gone), &[])
        .await;
    let last = saved.last().unwrap();
    assert_eq!(
        real.reconcile(&outgoing, last).await,
        Reconciled::NotPublished(last.clone())
    );
    assert_eq!(real.count(&outgoing).await, 0);
}

#[tokio::test]
async fn somebody_elses_record_under_our_key_is_left_alone() {
    let Some(real) = Real::find() else { return };
    let outgoing = real.outgoing(&unique("Ours")).await;
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };
    let theirs = json!({
        "repo": did(&outgoing), "collection": "app.bsky.feed.post", "rkey": begun.0["key"],
        "record": {"$type": "app.bsky.feed.post", "text": "Theirs", "createdAt": "2026-01-01T00:00:00.000Z"},
    });
    real.call(&outgoing, "com.atproto.repo.putRecord", Some(theirs), &[])
        .await;

    assert!(matches!(
        real.reconcile(&outgoing, &begun).await,
        Reconciled::NotPublished(_)
    ));
    let (receipt, _) = real.walk(&outgoing, 2).await;

    assert_ne!(key(&receipt), begun.0["key"]);
    assert_eq!(
        real.record(&outgoing, begun.0["key"].as_str().unwrap())
            .await["text"],
        "Theirs"
    );
    assert_eq!(
        real.record(&outgoing, key(&receipt)).await["text"],
        outgoing.text
    );
    assert_eq!(real.count(&outgoing).await, 1);
}

#[tokio::test]
async fn a_session_that_has_ended_is_renewed_and_the_post_goes_out() {
    let Some(real) = Real::find() else { return };
    let mut outgoing = real.outgoing(&unique("Renewed")).await;
    let good = outgoing.credentials.clone();
    let renewal = secret_of(&good, "renewal");
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };

    // Nonsense, nothing, and a token of the wrong kind.
    for junk in ["junk", "", "a.b.c", &renewal] {
        outgoing.credentials = with_secrets(&good, &[("access", junk)]);
        let error = real.step(&outgoing, &begun).await.unwrap_err();
        assert!(
            matches!(error.advice, Advice::Refresh | Advice::Reconnect),
            "{junk:.9}: {error}"
        );
        assert_eq!(error.code, ErrorCode::ConnectionExpired, "{junk:.9}");
    }
    // The answer to the first renewal is lost: the old pair still leads to a new one.
    let lost = real.refresh(&outgoing.credentials).await.unwrap();
    let renewed = real.refresh(&outgoing.credentials).await.unwrap();
    assert_eq!(renewed.remote_id, lost.remote_id);
    assert_ne!(
        secret_of(&renewed.credentials, "access"),
        secret_of(&outgoing.credentials, "access")
    );
    outgoing.credentials = renewed.credentials;
    assert!(matches!(
        real.step(&outgoing, &begun).await.unwrap(),
        Step::Published(_)
    ));
    assert_eq!(real.count(&outgoing).await, 1);
}

#[tokio::test]
async fn the_app_password_replaces_a_lost_pair_and_without_it_the_person_must_come() {
    let Some(real) = Real::find() else { return };
    let good = real.paste(&[]).await.unwrap().credentials;
    for junk in ["junk", "a.b.c"] {
        let lost = with_secrets(&good, &[("access", junk), ("renewal", junk)]);
        let grant = real.refresh(&lost).await.unwrap();
        assert_eq!(secret_of(&grant.credentials, "app_password"), real.password);
        let withdrawn = with_secrets(&lost, &[("app_password", "withdrawn")]);
        let error = real.refresh(&withdrawn).await.unwrap_err();
        assert_eq!(
            (error.advice, error.code),
            (Advice::Reconnect, ErrorCode::ConnectionExpired)
        );
    }
    let connect = real.bluesky.connect().unwrap();
    for _ in 0..2 {
        connect.revoke(&real.ctx, &good).await.unwrap();
    }
}

#[tokio::test]
async fn what_the_server_refuses_comes_back_in_words() {
    let Some(real) = Real::find() else { return };
    let outgoing = real.outgoing(&unique(&"long ".repeat(70))).await;
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };
    let error = real.step(&outgoing, &begun).await.unwrap_err();
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "text".into()
        },
        "{error}"
    );
    assert_eq!(error.code, ErrorCode::ContentRejected);
    assert!(error.detail.contains("300"), "{}", error.detail);
    assert_eq!(real.count(&outgoing).await, 0);

    let folder = tempfile::tempdir().unwrap();
    let mut outgoing = real.outgoing(&unique("Heavy")).await;
    outgoing.media = vec![picture(&folder, "d.png", 20, 20, "")];
    std::fs::write(&outgoing.media[0].path, vec![0; 6 * 1024 * 1024]).unwrap();
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };
    let error = real.step(&outgoing, &begun).await.unwrap_err();
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "media".into()
        },
        "{error}"
    );
    std::fs::remove_file(&outgoing.media[0].path).unwrap();
    let error = real.step(&outgoing, &begun).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaMissing, "{error}");
}
