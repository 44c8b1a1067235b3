//! A platform of which tests decide what it answers and when. Its tokens rotate: only the newest one renews.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use async_trait::async_trait;
use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::content::Options;
use fanfare_platform_kit::manifest::{
    Choice, ConnectField, ConnectKind, ConnectMethod, ContentRules, CredentialNames, FieldKind,
    MediaRule, OptionKind, OptionSpec, ScopeSpec, SettingsSpec, TextCount, TextRule,
};
use fanfare_platform_kit::oauth::authorization_code;
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, ChannelRef, Connect, ConnectFields, Grant,
    Outgoing, Progress, Publish, Reconciled, RemoteChannel, Step,
};
use fanfare_platform_kit::{
    Advice, Credentials, Manifest, Platform, PlatformContext, PlatformError,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use url::Url;

pub const ID: &str = "scripted";
pub const UNREADY: &str = "unready";
/// Every token begins so; nothing that leaves the program may contain it.
pub const TOKEN: &str = "very-secret-token";
/// Open gates let this many pass at once.
const PERMITS: usize = 1000;
/// How long its access lasts.
pub const LASTS: SignedDuration = SignedDuration::from_hours(2);

pub struct Scripted {
    manifest: Manifest,
    rules: ContentRules,
    /// How often it was asked to renew and to take back.
    pub renewals: AtomicUsize,
    pub revocations: AtomicUsize,
    /// How often it was asked what it knows.
    pub looks: AtomicUsize,
    /// Channels no longer answer to their own tokens.
    pub unreachable: AtomicBool,
    /// The permissions it gives from now on.
    scopes: Mutex<Vec<String>>,
    /// Renewals wait before it while it is closed: the platform has not begun.
    gate: Semaphore,
    /// Answers wait behind it while it is closed: the platform has done its part.
    way_back: Semaphore,
    answered: AtomicUsize,
    issued: AtomicUsize,
    newest: Mutex<String>,
    /// The token for which the newest was given, while the newest was not used: it may come once more, because the answer may
    /// have been lost.
    before: Mutex<Option<String>>,
    /// It takes the whole grant away when a token comes again too late.
    is_strict: AtomicBool,
    pub is_revoked: AtomicBool,
    /// What it answers to the next renewals; then it works.
    next: Mutex<VecDeque<Answer>>,
    /// The channels it lists from now on.
    channels: Mutex<Vec<&'static str>>,
}

pub enum Answer {
    Refused(PlatformError),
    /// It does its part, and the answer is cut off on the way.
    Lost,
    /// A grant without tokens in it.
    Empty,
}

impl Scripted {
    pub fn new() -> Self {
        Self::with(manifest())
    }

    /// One that an installation has to be set up for, and that takes no tokens.
    pub fn unready() -> Self {
        let mut manifest = manifest();
        manifest.id = UNREADY;
        manifest.name = "Unready";
        manifest.settings.credentials = Some(CredentialNames {
            id: "APP_ID",
            secret: "APP_SECRET",
        });
        manifest.connect.truncate(1);
        Self::with(manifest)
    }

    fn with(manifest: Manifest) -> Self {
        Self {
            manifest,
            rules: rules(),
            renewals: AtomicUsize::new(0),
            revocations: AtomicUsize::new(0),
            looks: AtomicUsize::new(0),
            unreachable: AtomicBool::new(false),
            scopes: Mutex::new(vec!["read".to_owned()]),
            gate: Semaphore::new(PERMITS),
            way_back: Semaphore::new(PERMITS),
            answered: AtomicUsize::new(0),
            issued: AtomicUsize::new(0),
            newest: Mutex::new(String::new()),
            before: Mutex::new(None),
            is_strict: AtomicBool::new(false),
            is_revoked: AtomicBool::new(false),
            next: Mutex::new(VecDeque::new()),
            channels: Mutex::new(vec!["bakery", "cafe"]),
        }
    }

    pub fn close_gate(&self) {
        self.gate.forget_permits(PERMITS);
    }

    pub fn open_gate(&self) {
        self.gate.add_permits(PERMITS);
    }

    pub fn hold_answers(&self) {
        self.way_back.forget_permits(PERMITS);
    }

    pub fn release_answers(&self) {
        self.way_back.add_permits(PERMITS);
    }

    /// From now on a token that was used, and whose successor was used too, ends the whole grant when it comes again.
    pub fn revoke_on_reuse(&self) {
        self.is_strict.store(true, Ordering::SeqCst);
    }

    pub fn newest(&self) -> String {
        self.newest.lock().unwrap().clone()
    }

    /// Whether the token may renew. Once.
    fn use_up(&self, token: &str) -> bool {
        let newest = self.newest();
        let mut before = self.before.lock().unwrap();
        let is_strict = self.is_strict.load(Ordering::SeqCst);
        if self.is_revoked.load(Ordering::SeqCst) {
            return false;
        }
        if token == newest {
            *before = Some(newest);
            return true;
        }
        if is_strict && before.as_deref() == Some(token) {
            return true;
        }
        self.is_revoked.store(is_strict, Ordering::SeqCst);
        false
    }

    pub fn make_newest(&self, token: &str) {
        token.clone_into(&mut self.newest.lock().unwrap());
    }

    pub fn answer_next(&self, answer: Answer) {
        self.next.lock().unwrap().push_back(answer);
    }

    pub fn list(&self, channels: &[&'static str]) {
        *self.channels.lock().unwrap() = channels.to_vec();
    }

    pub fn give(&self, scopes: &[&str]) {
        *self.scopes.lock().unwrap() = scopes.iter().map(|&scope| scope.to_owned()).collect();
    }

    /// Waits until it was asked for the `n`th time what it knows.
    pub async fn looked(&self, n: usize) {
        while self.looks.load(Ordering::SeqCst) < n {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    pub fn renewals(&self) -> usize {
        self.renewals.load(Ordering::SeqCst)
    }

    /// Waits until it was asked to renew for the `n`th time.
    pub async fn asked(&self, n: usize) {
        while self.renewals() < n {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// Waits until it did its part of a renewal for the `n`th time.
    pub async fn answered(&self, n: usize) {
        while self.answered.load(Ordering::SeqCst) < n {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    fn grant(&self, account: &str, now: Timestamp) -> Grant {
        let token = format!("{TOKEN}-{}", self.issued.fetch_add(1, Ordering::SeqCst) + 1);
        self.newest.lock().unwrap().clone_from(&token);
        let channels = self.channels.lock().unwrap().clone();
        Grant {
            person_id: None,
            remote_id: account.to_owned(),
            name: format!("Account of {account}"),
            avatar_url: None,
            credentials: Credentials::from_value(&json!({"token": token, "account": account})),
            expires_at: Some(now + LASTS),
            refreshable: true,
            scopes: self.scopes.lock().unwrap().clone(),
            channels: channels.into_iter().map(channel).collect(),
        }
    }
}

fn channel(name: &str) -> RemoteChannel {
    // One of the channels has a token of its own.
    let own = (name == "cafe")
        .then(|| Credentials::from_value(&json!({"token": format!("{TOKEN}-cafe")})));
    RemoteChannel {
        remote_id: name.to_owned(),
        name: format!("The {name}"),
        kind: "page".to_owned(),
        avatar_url: None,
        url: Some(format!("https://pretend.example/{name}")),
        credentials: own,
        limits: json!({"max": 100}),
        problem: None,
    }
}

/// The token in stored or sealed credentials.
pub fn token_of(credentials: &Credentials) -> String {
    credentials.read::<Value>(ID).unwrap()["token"]
        .as_str()
        .unwrap()
        .to_owned()
}

impl Platform for Scripted {
    fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    fn connect(&self) -> Option<&dyn Connect> {
        Some(self)
    }

    fn publish(&self) -> Option<&dyn Publish> {
        Some(self)
    }
}

#[async_trait]
impl Connect for Scripted {
    fn registration_key(&self, fields: &ConnectFields) -> Result<Option<String>, PlatformError> {
        Ok(fields
            .get("server")
            .map(|server| server.expose().to_owned()))
    }

    async fn authorize(
        &self,
        _ctx: &PlatformContext,
        request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError> {
        let server = request.fields["server"].expose();
        let mut url = Url::parse("https://pretend.example/consent").unwrap();
        url.query_pairs_mut()
            .append_pair("state", request.state)
            .append_pair("server", server);
        let known = request.registration.map(|known| known.expose().to_owned());
        let registration = known.unwrap_or_else(|| {
            format!(
                "registration-{}",
                self.issued.fetch_add(1, Ordering::SeqCst)
            )
        });
        url.query_pairs_mut()
            .append_pair("registration", &registration);
        Ok(Authorization {
            url,
            kept: json!({"verifier": "kept-verifier", "server": server}),
            registration: Some(Secret::new(registration)),
        })
    }

    async fn exchange(
        &self,
        ctx: &PlatformContext,
        answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError> {
        assert_eq!(answer.kept["verifier"], "kept-verifier");
        assert!(
            !answer.query.contains_key("state"),
            "the state is taken out"
        );
        let account = authorization_code("Scripted", &answer.query)?;
        Ok(self.grant(account.expose(), ctx.now()))
    }

    async fn paste(
        &self,
        ctx: &PlatformContext,
        fields: &ConnectFields,
    ) -> Result<Grant, PlatformError> {
        let account = fields["account"].expose();
        if account == "nobody" {
            return Err(PlatformError::new(
                Advice::FixContent {
                    field: "account".to_owned(),
                },
                ErrorCode::WrongCredentials,
                "There is nobody of that name.",
                "401",
            ));
        }
        Ok(self.grant(account, ctx.now()))
    }

    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        self.renewals.fetch_add(1, Ordering::SeqCst);
        drop(self.gate.acquire().await.unwrap());
        let stored: Value = credentials.read("Scripted")?;
        let account = stored["account"].as_str().unwrap().to_owned();
        let next = self.next.lock().unwrap().pop_front();
        match next {
            Some(Answer::Refused(error)) => return Err(error),
            Some(Answer::Empty) => {
                let empty = Credentials::from_json(Secret::new("null"));
                return Ok(Grant {
                    credentials: empty,
                    ..self.grant(&account, ctx.now())
                });
            }
            Some(Answer::Lost) | None => {}
        }
        if !self.use_up(stored["token"].as_str().unwrap()) {
            return Err(PlatformError::reconnect(
                "Scripted",
                "this token was used already",
            ));
        }
        let grant = self.grant(&account, ctx.now());
        self.answered.fetch_add(1, Ordering::SeqCst);
        drop(self.way_back.acquire().await.unwrap());
        if matches!(next, Some(Answer::Lost)) {
            return Err(PlatformError::outcome_unknown("Scripted", "cut off"));
        }
        Ok(grant)
    }

    async fn look(
        &self,
        _ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        self.looks.fetch_add(1, Ordering::SeqCst);
        drop(self.gate.acquire().await.unwrap());
        let stored: Value = credentials.read("Scripted")?;
        if let Some(Answer::Refused(error)) = self.next.lock().unwrap().pop_front() {
            return Err(error);
        }
        let account = stored["account"].as_str().unwrap();
        let channels = self.channels.lock().unwrap().clone();
        Ok(Grant {
            person_id: None,
            remote_id: account.to_owned(),
            name: format!("Account of {account}"),
            avatar_url: None,
            credentials: credentials.clone(),
            expires_at: None,
            refreshable: true,
            scopes: self.scopes.lock().unwrap().clone(),
            channels: channels.into_iter().map(channel).collect(),
        })
    }

    async fn reach(
        &self,
        _ctx: &PlatformContext,
        credentials: &Credentials,
        channel: &ChannelRef,
    ) -> Result<(), PlatformError> {
        assert_eq!(
            token_of(credentials),
            format!("{TOKEN}-{}", channel.remote_id)
        );
        match self.unreachable.load(Ordering::SeqCst) {
            true => Err(PlatformError::reconnect(
                "Scripted",
                "the channel's token is gone",
            )),
            false => Ok(()),
        }
    }

    async fn revoke(
        &self,
        _ctx: &PlatformContext,
        _credentials: &Credentials,
    ) -> Result<(), PlatformError> {
        self.revocations.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[async_trait]
impl Publish for Scripted {
    fn rules(&self, _: &ChannelRef, _: &Options) -> std::borrow::Cow<'_, ContentRules> {
        std::borrow::Cow::Borrowed(&self.rules)
    }

    async fn step(
        &self,
        _: &PlatformContext,
        _: &Outgoing,
        _: &Progress,
    ) -> Result<Step, PlatformError> {
        unreachable!("nothing is published in these tests")
    }

    async fn reconcile(
        &self,
        _: &PlatformContext,
        _: &Outgoing,
        _: &Progress,
    ) -> Result<Reconciled, PlatformError> {
        unreachable!("nothing is published in these tests")
    }
}

fn manifest() -> Manifest {
    Manifest {
        id: ID,
        name: "Scripted",
        summary: "Do as told",
        connect: vec![
            ConnectMethod {
                kind: ConnectKind::Oauth,
                fields: vec![field("server", FieldKind::Url)],
                scopes: vec![scope("read"), scope("write")],
            },
            ConnectMethod {
                kind: ConnectKind::Token,
                fields: vec![
                    field("account", FieldKind::Text),
                    field("password", FieldKind::Secret),
                ],
                scopes: Vec::new(),
            },
        ],
        settings: SettingsSpec {
            credentials: None,
            api_url: "https://pretend.example",
            auth_url: "",
            api_version: None,
            shares_app_of: None,
        },
        content: rules(),
        connection_settings: vec![audience(), signature()],
        fetches_media: true,
        setup_steps: Vec::new(),
        budgets: Vec::new(),
        documentation_url: "https://pretend.example/docs",
    }
}

fn field(name: &'static str, kind: FieldKind) -> ConnectField {
    ConnectField {
        name,
        label: name,
        help: "",
        kind,
        required: true,
        placeholder: "",
    }
}

fn scope(name: &'static str) -> ScopeSpec {
    ScopeSpec {
        name,
        why: "Because.",
        required: true,
        option: None,
    }
}

fn rules() -> ContentRules {
    ContentRules {
        text: TextRule {
            max: Some(100),
            count: TextCount::Graphemes,
            max_bytes: None,
            required_without_media: true,
        },
        media: MediaRule {
            required: false,
            max_items: 0,
            mixed: false,
            image: None,
            video: None,
            alt_max: None,
        },
        hashtags_max: None,
        mentions_max: None,
        links_clickable: true,
        options: vec![audience(), signature()],
        daily_posts: Some(3),
    }
}

fn audience() -> OptionSpec {
    let choice = |value| Choice {
        value,
        label: value,
    };
    OptionSpec {
        name: "audience",
        label: "Audience",
        help: "",
        kind: OptionKind::Choice {
            choices: vec![choice("everybody"), choice("friends")],
            default: "everybody",
        },
    }
}

fn signature() -> OptionSpec {
    OptionSpec {
        name: "signature",
        label: "Signature",
        help: "",
        kind: OptionKind::Text { max: 10 },
    }
}
