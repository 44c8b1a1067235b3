//! A little OpenID provider that everybody is let in by: discovery, keys, consent without asking, codes with PKCE, and tokens that a test may spoil.

mod keys;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::{Form, Query, State};
use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use fanfare_domain::{Clock, SystemClock};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use url::Url;

use keys::Keys;
pub use keys::Signing;

/// What the hub is configured with.
pub const CLIENT_ID: &str = "fanfare";
pub const CLIENT_SECRET: &str = "a secret of tests";

/// A running provider.
pub struct OidcProvider {
    pub url: Url,
    state: Arc<Shared>,
    serving: JoinHandle<()>,
}

/// Changes the header and the claims of a token before it is signed.
type Spoil = Box<dyn Fn(&mut Value, &mut Value) + Send>;

struct Shared {
    issuer: String,
    inner: Mutex<Inner>,
}

struct Inner {
    clock: Arc<dyn Clock>,
    /// Claims about whoever sits at the browser.
    person: Value,
    /// Only told on request, not in the token.
    tells_later: bool,
    denies: bool,
    signing: Signing,
    keys: Keys,
    spoil: Spoil,
    codes: HashMap<String, BTreeMap<String, String>>,
    key_requests: usize,
    made: usize,
}

impl OidcProvider {
    /// A provider on a port of its own, where Ada sits at the browser.
    ///
    /// # Panics
    /// If it does not start.
    pub async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let url = Url::parse(&format!("http://{address}")).expect("an address");
        let state = Arc::new(Shared {
            issuer: format!("http://{address}"),
            inner: Mutex::new(Inner {
                clock: Arc::new(SystemClock),
                person: person("ada-0815", "ada@example.com"),
                tells_later: false,
                denies: false,
                signing: Signing::Es256,
                keys: Keys::generate(1),
                spoil: Box::new(|_, _| ()),
                codes: HashMap::new(),
                key_requests: 0,
                made: 0,
            }),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(Arc::clone(&state));
        let serving = tokio::spawn(async move {
            axum::serve(listener, router)
                .await
                .expect("serving goes on");
        });
        Self {
            url,
            state,
            serving,
        }
    }

    /// The hub's settings for it.
    #[must_use]
    pub fn variables(&self) -> Vec<(String, String)> {
        [
            ("FANFARE_OIDC_ISSUER", self.state.issuer.as_str()),
            ("FANFARE_OIDC_CLIENT_ID", CLIENT_ID),
            ("FANFARE_OIDC_CLIENT_SECRET", CLIENT_SECRET),
            ("FANFARE_OIDC_NAME", "Example ID"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
    }

    /// Takes the time from the hub's clock.
    pub fn follow(&self, clock: Arc<dyn Clock>) {
        self.state.lock().clock = clock;
    }

    /// Somebody else sits at the browser.
    pub fn seat(&self, subject: &str, email: &str) {
        self.state.lock().person = person(subject, email);
    }

    /// Changes what is said of whoever sits at the browser.
    pub fn say(&self, claim: &str, value: Value) {
        self.state.lock().person[claim] = value;
    }

    /// What is said of people is told on request only.
    pub fn tell_later(&self) {
        self.state.lock().tells_later = true;
    }

    /// Lets nobody in from now on.
    pub fn deny(&self) {
        self.state.lock().denies = true;
    }

    /// Signs so from now on.
    pub fn sign(&self, signing: Signing) {
        self.state.lock().signing = signing;
    }

    /// Spoils tokens from now on.
    pub fn spoil(&self, spoil: impl Fn(&mut Value, &mut Value) + Send + 'static) {
        self.state.lock().spoil = Box::new(spoil);
    }

    /// Signs with other keys from now on, and publishes only these.
    pub fn rotate(&self) {
        let mut inner = self.state.lock();
        let next = inner.keys.generation() + 1;
        inner.keys = Keys::generate(next);
    }

    /// How often the keys were asked for.
    #[must_use]
    pub fn key_requests(&self) -> usize {
        self.state.lock().key_requests
    }

    /// Ends it.
    pub fn stop(self) {
        self.serving.abort();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("no test panics with it locked")
    }
}

fn person(subject: &str, email: &str) -> Value {
    json!({ "sub": subject, "email": email, "email_verified": true, "name": "Ada Moreno" })
}

async fn discovery(State(state): State<Arc<Shared>>) -> Json<Value> {
    let issuer = &state.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "userinfo_endpoint": format!("{issuer}/userinfo"),
        "response_types_supported": ["code"],
    }))
}

async fn keys(State(state): State<Arc<Shared>>) -> Json<Value> {
    let mut inner = state.lock();
    inner.key_requests += 1;
    Json(inner.keys.published())
}

async fn authorize(
    State(state): State<Arc<Shared>>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    let mut inner = state.lock();
    let good = query["response_type"] == "code"
        && query["client_id"] == CLIENT_ID
        && query["code_challenge_method"] == "S256"
        && query["scope"].split(' ').any(|one| one == "openid");
    if !good {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let mut back = Url::parse(&query["redirect_uri"]).expect("an address");
    back.query_pairs_mut().append_pair("state", &query["state"]);
    if inner.denies {
        back.query_pairs_mut()
            .append_pair("error", "access_denied")
            .append_pair("error_description", "Call 555-0100 to unlock your account");
    } else {
        inner.made += 1;
        let code = format!("code-{}", inner.made);
        back.query_pairs_mut().append_pair("code", &code);
        inner.codes.insert(code, query);
    }
    Redirect::to(back.as_str()).into_response()
}

async fn token(
    State(state): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(form): Form<BTreeMap<String, String>>,
) -> Response {
    let mut inner = state.lock();
    let basic = STANDARD.encode(format!("{CLIENT_ID}:{}", CLIENT_SECRET.replace(' ', "+")));
    let is_client = headers[AUTHORIZATION] == format!("Basic {basic}");
    let asked = inner.codes.remove(&form["code"]);
    let Some(asked) = asked.filter(|asked| {
        let hash = digest(&SHA256, form["code_verifier"].as_bytes());
        is_client
            && form["grant_type"] == "authorization_code"
            && form["redirect_uri"] == asked["redirect_uri"]
            && URL_SAFE_NO_PAD.encode(hash) == asked["code_challenge"]
    }) else {
        let error = json!({ "error": "invalid_grant" });
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    };
    let now = inner.clock.now().as_second();
    let mut claims = json!({
        "iss": state.issuer,
        "aud": CLIENT_ID,
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
    });
    let told = inner.person.as_object().expect("claims").clone();
    for (name, value) in told {
        if !inner.tells_later || name == "sub" {
            claims[name] = value;
        }
    }
    let mut header = inner.keys.header(inner.signing);
    (inner.spoil)(&mut header, &mut claims);
    let id_token = inner.keys.sign(inner.signing, &header, &claims);
    Json(json!({ "access_token": "for-userinfo", "token_type": "Bearer", "id_token": id_token }))
        .into_response()
}

async fn userinfo(State(state): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if headers[AUTHORIZATION] != "Bearer for-userinfo" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(state.lock().person.clone()).into_response()
}
