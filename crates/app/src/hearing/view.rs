//! Events as people look at them.

use fanfare_domain::webhook::{TestKind, WebhookStatus};
use fanfare_domain::{Action, ChannelId, ErrorCode, WebhookEventId, ids_from};
use fanfare_platform_kit::roles::{InboundFact, NoticeFact, Notification};
use fanfare_store::webhook_events::{self, Filter, Health, Scope, WebhookEvent};
use fanfare_store::{SystemTx, channels, webhook_receipts};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use url::Url;

use super::read::split;
use super::receive::receiver;
use super::replay::span;
use super::trial;
use crate::{App, AppError, Caller, Result};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const WEEK: SignedDuration = SignedDuration::from_hours(24 * 7);
/// Requests that nobody has read yet are counted up to here.
const MOST_UNREAD: u32 = 1_000_000;

/// Whose events somebody asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// The workspace's.
    Own,
    /// Those that belong to nobody as well; for administrators of the installation.
    Installation,
}

/// Which events are wanted.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    pub status: Option<WebhookStatus>,
    pub platform: Option<String>,
    pub kind: Option<String>,
    pub account: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// An event, and whose account it is about.
#[derive(Debug, Clone)]
pub struct EventView {
    pub event: WebhookEvent,
    pub account: Account,
}

/// An event, and what exactly was said.
#[derive(Debug, Clone)]
pub struct EventDetail {
    pub view: EventView,
    /// Gone when the request was forgotten.
    pub payload: Option<Json>,
    pub headers: Json,
    /// What the platform decided by it.
    pub notices: Vec<NoticeFact>,
}

impl EventView {
    /// Somebody sent it to see it arrive; it changes nothing.
    #[must_use]
    pub fn is_test(&self) -> bool {
        trial::is_test(&self.event.kind)
    }
}

/// The page, account or number of an event.
#[derive(Debug, Clone)]
pub struct Account {
    pub remote_id: String,
    pub channel: Option<(ChannelId, String)>,
}

/// How events go.
#[derive(Debug, Clone)]
pub struct Overview {
    pub counts: Vec<(WebhookStatus, i64)>,
    /// In the last week.
    pub not_understood: i64,
    pub platforms: Vec<PlatformHealth>,
    pub receivers: Vec<Receiver>,
}

/// How a platform's events have gone in the last day.
pub type PlatformHealth = Health;

/// An address at which a platform tells us things.
#[derive(Debug, Clone)]
pub struct Receiver {
    pub platform: &'static str,
    pub name: &'static str,
    pub url: Url,
    /// There is a secret to verify requests by.
    pub configured: bool,
    /// There is a token for the handshake.
    pub has_verify_token: bool,
    /// What can be tried out, the most ordinary first.
    pub test_kinds: Vec<TestKind>,
}

impl Sight {
    pub(super) fn of(self, caller: &Caller) -> Result<Scope> {
        if self == Self::Installation {
            caller.require(Action::InstallationManage)?;
        }
        Ok(Scope {
            workspace: caller.workspace,
            with_unclaimed: self == Self::Installation,
        })
    }
}

/// The newest before `before`.
///
/// # Errors
/// `forbidden` for the installation's, unless an administrator asks.
pub async fn events(
    app: &App,
    caller: &Caller,
    sight: Sight,
    filter: &EventFilter,
    before: Option<WebhookEventId>,
    limit: u32,
) -> Result<Vec<EventView>> {
    let scope = sight.of(caller)?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut meant = Filter {
        status: filter
            .status
            .map_or_else(String::new, |one| one.to_string()),
        platform: text(&filter.platform),
        kind: text(&filter.kind),
        account: text(&filter.account),
        ..Filter::default()
    };
    span(&mut meant, filter.from, filter.to);
    let mut tx = app.store.as_system("list events").read().await?;
    let found = webhook_events::list(&mut tx, scope, &meant, before, limit).await?;
    let mut views = Vec::with_capacity(found.len());
    let mut known: Vec<((String, String), Account)> = Vec::new();
    for event in found {
        let key = (event.platform.clone(), event.account.clone());
        let account = match known.iter().find(|(one, _)| *one == key) {
            Some((_, account)) => account.clone(),
            None => {
                let account = account_of(&mut tx, &event).await?;
                known.push((key, account.clone()));
                account
            }
        };
        views.push(EventView { event, account });
    }
    Ok(views)
}

/// One event, what it says, and the headers that came with it. What it says is gone when the request was forgotten.
///
/// # Errors
/// `not_found`; `forbidden`.
pub async fn event(
    app: &App,
    caller: &Caller,
    sight: Sight,
    id: WebhookEventId,
) -> Result<EventDetail> {
    let scope = sight.of(caller)?;
    let mut tx = app.store.as_system("see an event").read().await?;
    let event = webhook_events::get(&mut tx, scope, id)
        .await?
        .ok_or_else(|| AppError::not_found("event"))?;
    let receipts = webhook_receipts::many(&mut tx, &[event.receipt]).await?;
    let receipt = receipts.first();
    let place = usize::try_from(event.position).unwrap_or(usize::MAX);
    let mut notices = Vec::new();
    let payload = receipt.and_then(|receipt| match split(app, receipt) {
        // Nothing but its own part: the rest may be about somebody else's accounts.
        Some(mut told) => (place < told.len()).then(|| {
            let told = told.swap_remove(place);
            notices = notices_of(app, &event.platform, &told);
            told.payload
        }),
        None => Some(json!({ "text": String::from_utf8_lossy(&receipt.body) })),
    });
    let headers = receipt.map_or(Json::Null, |receipt| receipt.headers.clone());
    let account = account_of(&mut tx, &event).await?;
    Ok(EventDetail {
        view: EventView { event, account },
        payload,
        headers,
        notices,
    })
}

/// What the platform decided about an account, as far as one of its notifications says so.
fn notices_of(app: &App, platform: &str, told: &Notification) -> Vec<NoticeFact> {
    let webhooks = app.platforms.get(platform).and_then(|one| one.webhooks());
    let facts = webhooks.and_then(|webhooks| webhooks.facts(told).ok().flatten());
    let facts = facts.unwrap_or_default().into_iter();
    facts
        .filter_map(|fact| match fact {
            InboundFact::Notice(notice) => Some(notice),
            _ => None,
        })
        .collect()
}

/// Deletes one, and what it says with it, unless the request told something else too. When the platform tells it
/// once more, nothing comes of that.
///
/// # Errors
/// `not_found`; `not_possible_in_state` while it is under way.
pub async fn delete_event(
    app: &App,
    caller: &Caller,
    sight: Sight,
    id: WebhookEventId,
) -> Result<()> {
    let scope = sight.of(caller)?;
    let mut tx = app.store.as_system("delete an event").write().await?;
    webhook_events::get(&mut tx, scope, id)
        .await?
        .ok_or_else(|| AppError::not_found("event"))?;
    let Some(receipt) = webhook_events::delete(&mut tx, scope, id, app.now()).await? else {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "It is under way right now. Try again in a moment.",
        ));
    };
    webhook_receipts::delete_if_empty(&mut tx, receipt).await?;
    Ok(tx.commit().await?)
}

/// How events go, and where platforms tell us things.
///
/// # Errors
/// `forbidden`.
pub async fn overview(app: &App, caller: &Caller, sight: Sight) -> Result<Overview> {
    let scope = sight.of(caller)?;
    let now = app.now();
    let (day, week) = (ids_from(now - DAY), ids_from(now - WEEK));
    let mut tx = app.store.as_system("how events go").read().await?;
    let mut counts = webhook_events::stats(&mut tx, scope).await?;
    if sight == Sight::Installation {
        // Nobody knows yet whose they are.
        let unread = webhook_receipts::unread(&mut tx, MOST_UNREAD).await?;
        counts.push((WebhookStatus::Pending, unread));
    }
    Ok(Overview {
        counts,
        not_understood: webhook_events::not_understood(&mut tx, scope, &week).await?,
        platforms: webhook_events::health(&mut tx, scope, &day, &week).await?,
        receivers: receivers(app),
    })
}

fn receivers(app: &App) -> Vec<Receiver> {
    let hearing = app
        .platforms
        .values()
        .filter_map(|platform| Some((platform, platform.webhooks()?)));
    hearing
        .map(|(platform, webhooks)| {
            let manifest = platform.manifest();
            Receiver {
                platform: manifest.id,
                name: manifest.name,
                url: receiver(&app.config.public_url, manifest.id),
                configured: !app.settings.webhook_secrets(manifest).is_empty(),
                has_verify_token: !app.settings.verify_tokens(manifest).is_empty(),
                test_kinds: webhooks.test_kinds(),
            }
        })
        .collect()
}

async fn account_of(tx: &mut SystemTx, event: &WebhookEvent) -> Result<Account> {
    let channel = match event.workspace {
        Some(workspace) => channels::named(tx, workspace, &event.platform, &event.account).await?,
        None => None,
    };
    Ok(Account {
        remote_id: event.account.clone(),
        channel,
    })
}
