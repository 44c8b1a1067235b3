//! A host for tests, of the Graph API or another, that answers what it was told, in order, and keeps what it was asked.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response};
use fanfare_backends::media::Disk;
use fanfare_domain::media_files::KeptFile;
use fanfare_domain::{Clock, ManualClock, Secret};
use fanfare_platform_kit::content::{MediaFacts, MediaKind};
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::{ChannelRef, Outgoing, OutgoingMedia};
use fanfare_platform_kit::settings::{AppCredentials, PlatformSettings, SettingsBook};
use fanfare_platform_kit::{Credentials, Manifest, Options, PlatformContext};
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Value, json};
use url::Url;

pub const NOW: &str = "2026-11-20T12:00:00Z";
pub const APP_ID: &str = "1380000000000001";
pub const APP_SECRET: &str = "b8e1f0";

/// One answer to come.
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

pub fn ok(body: impl Into<Value>) -> Reply {
    reply(200, body)
}

pub fn reply(status: u16, body: impl Into<Value>) -> Reply {
    Reply {
        status,
        headers: Vec::new(),
        body: body.into().to_string(),
    }
}

/// A Graph error, as it comes with status 400.
pub fn refused(code: i64, subcode: i64) -> Reply {
    let error = json!({"message": "(#1) No", "type": "OAuthException", "code": code, "error_subcode": subcode});
    reply(400, json!({ "error": error }))
}

/// The work may be done, but the answer is a proxy's.
pub fn lost() -> Reply {
    Reply {
        body: "<html>Bad gateway</html>".into(),
        ..reply(502, Value::Null)
    }
}

impl Reply {
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// One call that was made.
#[derive(Debug, Clone)]
pub struct Asked {
    /// `POST /v26.0/1122/feed`.
    pub call: String,
    /// The query's and a form's fields.
    pub fields: BTreeMap<String, String>,
    /// As text, for multipart bodies.
    pub body: String,
    pub token: Option<String>,
    pub headers: HeaderMap,
}

impl Asked {
    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

struct Script {
    replies: VecDeque<Reply>,
    asked: Vec<Asked>,
    clock: Arc<ManualClock>,
}

pub struct Scripted {
    script: Arc<Mutex<Script>>,
    pub clock: Arc<ManualClock>,
    pub ctx: PlatformContext,
}

impl Scripted {
    /// A host that `platform` and its sister take for theirs.
    pub async fn start(platform: &'static str, replies: Vec<Reply>) -> Self {
        let clock = Arc::new(ManualClock::at(at(NOW)));
        let script = Script {
            replies: replies.into(),
            asked: Vec::new(),
            clock: Arc::clone(&clock),
        };
        let script = Arc::new(Mutex::new(script));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, app).await });
        let ctx = context(platform, &url, &clock);
        Self { script, clock, ctx }
    }

    pub fn will_answer(&self, replies: Vec<Reply>) {
        self.script.lock().unwrap().replies.extend(replies);
    }

    /// What was asked since the last time.
    pub fn asked(&self) -> Vec<Asked> {
        std::mem::take(&mut self.script.lock().unwrap().asked)
    }

    /// What was asked since the last time, methods and paths only.
    pub fn calls(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.call).collect()
    }
}

async fn answer(State(script): State<Arc<Mutex<Script>>>, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    let body = String::from_utf8_lossy(&body).into_owned();
    let mut fields = pairs(parts.uri.query().unwrap_or_default());
    if parts
        .headers
        .get("content-type")
        .is_some_and(|kind| kind == "application/x-www-form-urlencoded")
    {
        fields.extend(pairs(&body));
    }
    let token = parts
        .headers
        .get("authorization")
        .map(|value| value.to_str().unwrap());
    let token = token
        .and_then(|value| value.strip_prefix("Bearer "))
        .map(str::to_owned);
    let call = format!("{} {}", parts.method, parts.uri.path());
    let mut script = script.lock().unwrap();
    script.asked.push(Asked {
        call,
        fields,
        body,
        token,
        headers: parts.headers,
    });
    let reply = script
        .replies
        .pop_front()
        .unwrap_or_else(|| reply(500, "the script has ended"));
    let mut response = Response::builder().status(reply.status);
    if !reply.headers.iter().any(|(name, _)| *name == "date") {
        response = response.header("date", date(script.clock.now()));
    }
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}

/// As servers write it; this one's clock is right unless a reply says otherwise.
fn date(now: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&now)
        .unwrap()
}

fn pairs(query: &str) -> BTreeMap<String, String> {
    url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

fn context(platform: &'static str, url: &Url, clock: &Arc<ManualClock>) -> PlatformContext {
    // The first of a process wins; they are all the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut settings = SettingsBook::default();
    for one in crate::all() {
        let Manifest {
            id, settings: spec, ..
        } = one.manifest();
        let app = AppCredentials {
            id: APP_ID.into(),
            secret: Secret::new(APP_SECRET),
        };
        let defaults = PlatformSettings::defaults(spec);
        let of_ours = PlatformSettings {
            app: Some(app),
            api_url: Some(url.clone()),
            api_url_is_custom: true,
            ..defaults
        };
        settings.set(id, of_ours);
    }
    let clock = Arc::clone(clock);
    let http = HttpClient::new(EgressPolicy::default(), Budgets::default(), clock.clone()).unwrap();
    PlatformContext {
        platform,
        settings: Arc::new(settings),
        http,
        clock,
        redirect_uri: Url::parse("https://fanfare.example/api/platforms/x/callback").unwrap(),
    }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A delivery to the Page or account 1122.
pub fn outgoing(credentials: Credentials, text: &str, media: Vec<OutgoingMedia>) -> Outgoing {
    Outgoing {
        delivery_id: "d1".into(),
        channel: channel(),
        credentials,
        text: text.into(),
        media,
        options: Options::new(),
        due_at: at(NOW),
        began_at: at(NOW),
        taken: Vec::new(),
    }
}

pub fn channel() -> ChannelRef {
    ChannelRef {
        id: "c1".into(),
        remote_id: "1122".into(),
        name: "Harbour Bakery".into(),
        kind: "page".into(),
        limits: Value::Null,
    }
}

/// A file of a few bytes that says it is a picture or a video.
pub fn medium(folder: &Path, name: &str, mime: &str, alt: &str) -> OutgoingMedia {
    std::fs::write(folder.join(name), format!("bytes of {name}")).unwrap();
    let disk = Disk::open(folder).unwrap();
    OutgoingMedia {
        facts: facts(mime, alt),
        file_name: name.into(),
        file: KeptFile::new(Arc::new(disk), name),
        public_url: Url::parse(&format!("https://fanfare.example/media/public/{name}")).unwrap(),
    }
}

pub fn facts(mime: &str, alt: &str) -> MediaFacts {
    let is_video = mime.starts_with("video/");
    MediaFacts {
        id: "m1".into(),
        kind: if is_video {
            MediaKind::Video
        } else {
            MediaKind::Image
        },
        mime: mime.into(),
        bytes: 2_000,
        width: 1080,
        height: 1080,
        duration_millis: is_video.then_some(10_000),
        alt: alt.into(),
    }
}
