//! One platform's code before a sandbox, with a clock that can be moved on.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use fanfare_domain::{Clock, Secret, SystemClock};
use fanfare_platform_kit::http::{Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::ChannelRef;
use fanfare_platform_kit::roles::{
    AuthorizeRequest, CallbackAnswer, ConnectFields, Grant, Outgoing, OutgoingMedia,
};
use fanfare_platform_kit::settings::{AppCredentials, PlatformSettings, SettingsBook};
use fanfare_platform_kit::{Options, Platform, PlatformContext, PlatformError};
use fanfare_sandbox::{Published, Sandbox, SandboxSettings};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::files::Files;

pub struct Stage {
    pub sandbox: Sandbox,
    pub files: Files,
    pub platform: Arc<dyn Platform>,
    pub ctx: PlatformContext,
    pub clock: Arc<MovableClock>,
}

/// The machine's clock, moved ahead instead of waiting.
#[derive(Default)]
pub struct MovableClock {
    ahead_millis: AtomicI64,
}

impl MovableClock {
    pub fn pass(&self, time: SignedDuration) {
        let millis = i64::try_from(time.as_millis()).unwrap().max(0);
        self.ahead_millis.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_millis(self.ahead_millis.load(Ordering::SeqCst))
    }
}

impl Stage {
    pub async fn of(platform: &'static str) -> Self {
        let sandbox = Sandbox::start(SandboxSettings::on_port(0)).await.unwrap();
        let clock = Arc::new(MovableClock::default());
        // The sandbox listens where people's addresses may not lead otherwise.
        let policy = EgressPolicy::new(Vec::new(), vec![sandbox.address]);
        let http = HttpClient::new(policy, Budgets::default(), clock.clone()).unwrap();
        let redirect_uri = format!("https://fanfare.example/api/platforms/{platform}/callback");
        let ctx = PlatformContext {
            platform,
            settings: Arc::new(settings(&sandbox)),
            http,
            clock: clock.clone(),
            redirect_uri: Url::parse(&redirect_uri).unwrap(),
        };
        let all = fanfare_platforms::all();
        let platform = all
            .into_iter()
            .find(|one| one.manifest().id == platform)
            .unwrap();
        Self {
            sandbox,
            files: Files::serve().await,
            platform,
            ctx,
            clock,
        }
    }

    /// Sends a person to the consent page, who says yes to everything.
    pub async fn sign_in(&self, fields: &[(&str, &str)]) -> Result<Grant, PlatformError> {
        self.consent(fields, &[]).await
    }

    /// Sends a person to the consent page, who sends its form with `said`.
    pub async fn consent(
        &self,
        fields: &[(&str, &str)],
        said: &[(&str, &str)],
    ) -> Result<Grant, PlatformError> {
        let connect = self.platform.connect().unwrap();
        // A platform without an address of its own is asked for by the sandbox's.
        let typed =
            |value: &str| Secret::new(value.replace("{sandbox}", self.sandbox.url.as_str()));
        let fields: ConnectFields = fields
            .iter()
            .map(|(name, value)| ((*name).into(), typed(value)))
            .collect();
        let request = AuthorizeRequest {
            state: "s1",
            fields: &fields,
            registration: None,
        };
        let authorization = connect.authorize(&self.ctx, request).await?;
        let mut query = press(&authorization.url, said).await;
        assert_eq!(query.remove("state").as_deref(), Some("s1"));
        let answer = CallbackAnswer {
            query,
            kept: authorization.kept,
        };
        connect.exchange(&self.ctx, answer).await
    }

    /// A delivery to one of the grant's channels, with a text that no other delivery has.
    pub fn delivery(
        &self,
        grant: &Grant,
        place: usize,
        text: &str,
        media: Vec<OutgoingMedia>,
    ) -> Outgoing {
        let channel = &grant.channels[place];
        let own = channel.credentials.clone();
        let now = self.clock.now();
        Outgoing {
            delivery_id: format!("d-{text}"),
            channel: ChannelRef {
                id: format!("c{place}"),
                remote_id: channel.remote_id.clone(),
                name: channel.name.clone(),
                kind: channel.kind.clone(),
                limits: channel.limits.clone(),
            },
            credentials: own.unwrap_or_else(|| grant.credentials.clone()),
            text: text.into(),
            media,
            options: Options::new(),
            due_at: now,
            began_at: now,
            taken: Vec::new(),
        }
    }

    /// What the sandbox published since the last reset.
    pub fn published(&self) -> Vec<Published> {
        self.sandbox.published()
    }
}

fn settings(sandbox: &Sandbox) -> SettingsBook {
    let mut book = SettingsBook::default();
    for platform in fanfare_platforms::all() {
        let manifest = platform.manifest();
        let mut settings = PlatformSettings::defaults(&manifest.settings);
        if manifest.settings.credentials.is_some() {
            settings.app = Some(AppCredentials {
                id: "100200300".into(),
                secret: Secret::new("s3cret"),
            });
        }
        if settings.api_url.is_some() {
            settings.api_url = Some(sandbox.api_url(manifest.id));
            settings.auth_url = Some(sandbox.auth_url(manifest.id));
            settings.api_url_is_custom = true;
            settings.is_sandbox = true;
        }
        book.set(manifest.id, settings);
    }
    book
}

/// Sends the consent page's form and reads where it leads: the callback's query.
pub async fn press(dialog: &Url, said: &[(&str, &str)]) -> BTreeMap<String, String> {
    let browser = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(std::time::Duration::from_secs(10))
        .build()
        .unwrap();
    let answer = browser
        .post(dialog.clone())
        .form(said)
        .send()
        .await
        .unwrap();
    let status = answer.status();
    let location = answer
        .headers()
        .get("location")
        .map(|value| value.to_str().unwrap().to_owned());
    let location =
        location.unwrap_or_else(|| panic!("{dialog} answered {status} without a redirect"));
    let back = Url::parse(&location).unwrap();
    back.query_pairs().into_owned().collect()
}
