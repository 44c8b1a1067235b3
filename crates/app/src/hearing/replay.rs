//! Having events worked off once more: one, some, or all of a time. What took effect before changes nothing again.

use fanfare_domain::webhook::WebhookStatus;
use fanfare_domain::{ErrorCode, WebhookEventId, ids_from};
use fanfare_platform_kit::roles::Notification;
use fanfare_store::webhook_events::{self, Filter, Scope, WebhookEvent};
use fanfare_store::{SystemTx, webhook_receipts};
use jiff::Timestamp;

use super::apply::apply;
use super::lane;
use super::read::{UNREADABLE, split};
use super::view::{EventView, Sight, event};
use crate::{App, AppError, Caller, Result};

/// More events than this are not replayed at once.
const MOST: u32 = 10_000;
/// Of so many it is told what would change.
const MOST_TOLD: u32 = 100;
/// Events that are put back in line in one transaction.
const BATCH: usize = 500;

/// Which events are meant; at least one of these says so.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub ids: Vec<WebhookEventId>,
    pub status: Option<WebhookStatus>,
    pub platform: Option<String>,
    pub kind: Option<String>,
    pub account: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// What was replayed, or would be.
#[derive(Debug, Clone, Default)]
pub struct Replayed {
    pub matched: usize,
    /// Others match too.
    pub more: bool,
    /// What would change, of the first hundred; only where nothing was done.
    pub would: Vec<Would>,
}

/// What one event would change.
#[derive(Debug, Clone)]
pub struct Would {
    pub event: WebhookEvent,
    pub effects: Vec<Effect>,
    /// Why it would fail.
    pub error: Option<String>,
}

/// One thing that an event does.
#[derive(Debug, Clone)]
pub struct Effect {
    /// `comment`, `reaction`, `mention`, `share`, `message`, `post`, `notice`.
    pub what: &'static str,
    /// `added`, `edited`, `removed`, `stored`.
    pub action: &'static str,
    pub remote_id: String,
    /// It is not so already.
    pub changes: bool,
}

/// Has one event worked off once more.
///
/// # Errors
/// `not_found`; `not_possible_in_state` while it waits or is under way.
pub async fn retry(
    app: &App,
    caller: &Caller,
    sight: Sight,
    id: WebhookEventId,
) -> Result<EventView> {
    let scope = sight.of(caller)?;
    let mut tx = app.store.as_system("retry an event").write().await?;
    let found = webhook_events::get(&mut tx, scope, id)
        .await?
        .ok_or_else(|| AppError::not_found("event"))?;
    if matches!(
        found.status,
        WebhookStatus::Pending | WebhookStatus::Processing
    ) {
        return Err(AppError::conflict(
            ErrorCode::NotPossibleInState,
            "Its turn comes by itself.",
        ));
    }
    put_in_line(app, &mut tx, &[found]).await?;
    tx.commit().await?;
    app.jobs.ring();
    Ok(event(app, caller, sight, id).await?.view)
}

/// Has all that are meant worked off once more, the oldest first; or says what that would change.
///
/// # Errors
/// `invalid_input` when nothing says which are meant.
pub async fn replay(
    app: &App,
    caller: &Caller,
    sight: Sight,
    wanted: &Wanted,
    is_dry: bool,
) -> Result<Replayed> {
    run(app, Some(sight.of(caller)?), wanted, is_dry).await
}

/// The same for all workspaces, for whoever runs the installation.
///
/// # Errors
/// As [`replay`].
pub async fn replay_everywhere(app: &App, wanted: &Wanted, is_dry: bool) -> Result<Replayed> {
    run(app, None, wanted, is_dry).await
}

async fn run(app: &App, scope: Option<Scope>, wanted: &Wanted, is_dry: bool) -> Result<Replayed> {
    let filter = wanted.filter()?;
    let found = {
        let mut tx = app.store.as_system("which events are meant").read().await?;
        webhook_events::matching(&mut tx, scope, &filter, MOST + 1).await?
    };
    let more = found.len() > MOST as usize;
    let found = &found[..found.len().min(MOST as usize)];
    let mut would = Vec::new();
    if is_dry {
        for event in found.iter().take(MOST_TOLD as usize) {
            would.push(what_would_change(app, event).await?);
        }
    } else {
        for some in found.chunks(BATCH) {
            let mut tx = app.store.as_system("replay events").write().await?;
            put_in_line(app, &mut tx, some).await?;
            tx.commit().await?;
        }
        app.jobs.ring();
    }
    Ok(Replayed {
        matched: found.len(),
        more,
        would,
    })
}

/// The lanes' jobs first: whoever works a lane off locks its job before its events too.
async fn put_in_line(app: &App, tx: &mut SystemTx, events: &[WebhookEvent]) -> Result<()> {
    let now = app.now();
    let mut lanes: Vec<&str> = events.iter().map(|event| event.lane.as_str()).collect();
    lanes.sort_unstable();
    lanes.dedup();
    for lane in lanes {
        lane::enqueue(tx, lane, now).await?;
    }
    let ids: Vec<WebhookEventId> = events.iter().map(|event| event.id).collect();
    webhook_events::put_back_in_line(tx, &ids, now).await?;
    Ok(())
}

/// Does it, looks, and leaves no trace.
async fn what_would_change(app: &App, event: &WebhookEvent) -> Result<Would> {
    let mut tx = app.store.as_system("what would change").write().await?;
    let receipts = webhook_receipts::many(&mut tx, &[event.receipt]).await?;
    let told = receipts.first().and_then(|receipt| split(app, receipt));
    let place = usize::try_from(event.position).unwrap_or(usize::MAX);
    let told = told.as_ref().and_then(|all| all.get(place));
    let outcome = match event.workspace {
        Some(workspace) => {
            let mut tx = tx.into_workspace(workspace);
            apply(app, &mut tx, event, told).await
        }
        None if event.kind == Notification::UNREADABLE => Err(anyhow::anyhow!(UNREADABLE).into()),
        None => Ok(None),
    };
    let (effects, error) = match outcome {
        Ok(effects) => (effects.unwrap_or_default(), None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    Ok(Would {
        event: event.clone(),
        effects,
        error,
    })
}

impl Wanted {
    fn filter(&self) -> Result<Filter> {
        let says_something = !self.ids.is_empty()
            || self.status.is_some()
            || self.platform.is_some()
            || self.kind.is_some()
            || self.account.is_some()
            || self.from.is_some()
            || self.to.is_some();
        if !says_something {
            let detail =
                "Say which events are meant: by ids, status, platform, kind, account, from or to.";
            return Err(AppError::invalid_field("ids", ErrorCode::Required, detail));
        }
        if self.ids.len() > MOST as usize {
            let detail = "No more than 10,000 events are replayed at once.";
            return Err(AppError::invalid_field(
                "ids",
                ErrorCode::OutOfRange,
                detail,
            ));
        }
        let ids: Vec<String> = self.ids.iter().map(ToString::to_string).collect();
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let mut filter = Filter {
            ids: ids.join(","),
            status: self.status.map_or_else(String::new, |one| one.to_string()),
            platform: text(&self.platform),
            kind: text(&self.kind),
            account: text(&self.account),
            ..Filter::default()
        };
        span(&mut filter, self.from, self.to);
        Ok(filter)
    }
}

/// Ids sort by when they were made, which is when the event was read: moments after it was received.
pub(super) fn span(filter: &mut Filter, from: Option<Timestamp>, to: Option<Timestamp>) {
    if let Some(from) = from {
        filter.ids_from = ids_from(from);
    }
    if let Some(to) = to {
        filter.ids_before = ids_from(to);
    }
}
