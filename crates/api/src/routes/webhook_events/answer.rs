//! Events as the API answers them.

use fanfare_app::hearing::{
    self, Account, EventView, Failure, NoticeFact, Overview, PlatformHealth, Receiver, Replayed,
    TestKind, WebhookStatus, Would,
};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// One thing that a platform told.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEvent)]
pub(super) struct EventAnswer {
    pub id: String,
    platform: String,
    /// What it is about, such as `feed.comment.add`.
    kind: String,
    account: AccountAnswer,
    /// Whether a workspace has connected the account.
    claimed: bool,
    /// `pending`, `processing`, `processed`, `failed` (tried again by itself) or `dead_letter` (a person may retry it).
    status: String,
    /// Somebody sent it to see it arrive. It changes nothing, and its kind begins with `test.`.
    test: bool,
    /// Fanfare knows what to do about events of this kind.
    understood: bool,
    attempts: i64,
    /// How many things the last attempt changed; none where everything was so already.
    effects: i64,
    received_at: Timestamp,
    #[schema(required)]
    occurred_at: Option<Timestamp>,
    #[schema(required)]
    processed_at: Option<Timestamp>,
    /// When it is tried again.
    #[schema(required)]
    next_attempt_at: Option<Timestamp>,
    /// Why the last attempt failed.
    #[schema(required)]
    error: Option<String>,
}

/// The page, account or number that an event is about.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookAccount)]
struct AccountAnswer {
    /// As the platform calls it.
    remote_id: String,
    #[schema(required)]
    channel_id: Option<String>,
    /// The channel's.
    #[schema(required)]
    name: Option<String>,
}

/// One thing that a platform told, and what exactly it said.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEventDetail)]
pub(super) struct EventDetail {
    #[serde(flatten)]
    event: EventAnswer,
    /// This event's own part of the request; absent once the request was forgotten.
    #[schema(required, value_type = Option<Object>)]
    payload: Option<Value>,
    /// Headers of the request.
    #[schema(value_type = Object)]
    headers: Value,
    failures: Vec<FailureAnswer>,
    /// What the platform decided by it about the account, its numbers or its templates.
    notices: Vec<NoticeAnswer>,
}

/// Something that a platform decided about an account.
#[derive(Serialize, ToSchema)]
#[schema(as = AccountNotice)]
struct NoticeAnswer {
    /// `template_status`, `template_quality`, `template_category`, `template_content`, `number_quality`, `number_name`, `account`, `alert` or
    /// `capability`.
    what: &'static str,
    /// The platform's id of what it is about.
    subject: String,
    #[schema(required)]
    name: Option<String>,
    #[schema(required)]
    language: Option<String>,
    /// In the platform's own word, such as `APPROVED`.
    state: String,
    #[schema(required)]
    before: Option<String>,
    /// In the platform's own words.
    #[schema(required)]
    reason: Option<String>,
    #[schema(required)]
    until: Option<Timestamp>,
}

/// One attempt that failed.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookFailure)]
struct FailureAnswer {
    at: Timestamp,
    detail: String,
}

/// How events go.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookStats)]
pub(super) struct StatsAnswer {
    pending: i64,
    processing: i64,
    processed: i64,
    failed: i64,
    dead_letter: i64,
    /// Of the last week, those of kinds that Fanfare does nothing about.
    not_understood: i64,
    platforms: Vec<HealthAnswer>,
    receivers: Vec<ReceiverAnswer>,
}

/// How a platform's events go.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookHealth)]
struct HealthAnswer {
    platform: String,
    /// In the last week.
    #[schema(required)]
    last_received_at: Option<Timestamp>,
    received_24h: i64,
    failed_24h: i64,
}

/// An address to be entered at a platform.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookReceiver)]
struct ReceiverAnswer {
    platform: &'static str,
    name: &'static str,
    url: String,
    /// There is a secret to verify requests by; without one, none is believed.
    configured: bool,
    /// There is a verify token for the handshake.
    has_verify_token: bool,
    /// What test events can be about, the most ordinary first.
    test_kinds: Vec<&'static str>,
}

/// What was put back in line, or would change.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookReplay)]
pub(super) struct ReplayAnswer {
    matched: usize,
    /// Others match too: narrow the time so that it begins after the last one, and call again.
    more: bool,
    dry_run: bool,
    /// What would change, of the first hundred; empty where it was done.
    items: Vec<WouldAnswer>,
}

/// What one event would change.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookReplayItem)]
struct WouldAnswer {
    id: String,
    kind: String,
    /// How many of the effects are not so already.
    changes: usize,
    effects: Vec<EffectAnswer>,
    /// Why it would fail.
    #[schema(required)]
    error: Option<String>,
}

/// One thing that an event does.
#[derive(Serialize, ToSchema)]
#[schema(as = WebhookEffect)]
struct EffectAnswer {
    /// `comment`, `reaction`, `mention`, `share`, `message`, `post` or `notice`.
    what: &'static str,
    /// `added`, `edited`, `removed` or `stored`.
    action: &'static str,
    remote_id: String,
    /// It is not so already.
    changes: bool,
}

impl From<EventView> for EventAnswer {
    fn from(view: EventView) -> Self {
        let test = view.is_test();
        let EventView { event, account } = view;
        let waits = event.status == WebhookStatus::Failed;
        Self {
            id: event.id.to_string(),
            platform: event.platform,
            kind: event.kind,
            account: account.into(),
            claimed: event.workspace.is_some(),
            status: event.status.to_string(),
            test,
            understood: event.understood,
            attempts: event.attempts,
            effects: event.effects,
            received_at: event.received_at,
            occurred_at: event.occurred_at,
            processed_at: event.processed_at,
            next_attempt_at: waits.then_some(event.due_at),
            error: event.error,
        }
    }
}

impl From<Account> for AccountAnswer {
    fn from(account: Account) -> Self {
        let (channel_id, name) = account.channel.unzip();
        Self {
            remote_id: account.remote_id,
            channel_id: channel_id.map(|id| id.to_string()),
            name,
        }
    }
}

impl From<hearing::EventDetail> for EventDetail {
    fn from(detail: hearing::EventDetail) -> Self {
        let failures = detail.view.event.failures.clone();
        Self {
            event: detail.view.into(),
            payload: detail.payload,
            headers: detail.headers,
            failures: failures.into_iter().map(Into::into).collect(),
            notices: detail.notices.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<NoticeFact> for NoticeAnswer {
    fn from(notice: NoticeFact) -> Self {
        Self {
            what: notice.kind.as_str(),
            subject: notice.subject,
            name: notice.name,
            language: notice.language,
            state: notice.state,
            before: notice.before,
            reason: notice.reason,
            until: notice.until,
        }
    }
}

impl From<Failure> for FailureAnswer {
    fn from(failure: Failure) -> Self {
        Self {
            at: failure.at,
            detail: failure.detail,
        }
    }
}

impl From<Overview> for StatsAnswer {
    fn from(overview: Overview) -> Self {
        let count = |status: WebhookStatus| {
            let found = overview.counts.iter().filter(|(one, _)| *one == status);
            found.map(|(_, count)| count).sum()
        };
        Self {
            pending: count(WebhookStatus::Pending),
            processing: count(WebhookStatus::Processing),
            processed: count(WebhookStatus::Processed),
            failed: count(WebhookStatus::Failed),
            dead_letter: count(WebhookStatus::DeadLetter),
            not_understood: overview.not_understood,
            platforms: overview.platforms.into_iter().map(Into::into).collect(),
            receivers: overview.receivers.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<PlatformHealth> for HealthAnswer {
    fn from(health: PlatformHealth) -> Self {
        Self {
            platform: health.platform,
            last_received_at: health.last_received_at,
            received_24h: health.received,
            failed_24h: health.failed,
        }
    }
}

impl From<Receiver> for ReceiverAnswer {
    fn from(receiver: Receiver) -> Self {
        Self {
            platform: receiver.platform,
            name: receiver.name,
            url: receiver.url.into(),
            configured: receiver.configured,
            has_verify_token: receiver.has_verify_token,
            test_kinds: receiver
                .test_kinds
                .into_iter()
                .map(TestKind::as_str)
                .collect(),
        }
    }
}

impl ReplayAnswer {
    pub(super) fn of(replayed: Replayed, dry_run: bool) -> Self {
        Self {
            matched: replayed.matched,
            more: replayed.more,
            dry_run,
            items: replayed.would.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Would> for WouldAnswer {
    fn from(would: Would) -> Self {
        Self {
            id: would.event.id.to_string(),
            kind: would.event.kind,
            changes: would.effects.iter().filter(|one| one.changes).count(),
            effects: would
                .effects
                .into_iter()
                .map(|effect| EffectAnswer {
                    what: effect.what,
                    action: effect.action,
                    remote_id: effect.remote_id,
                    changes: effect.changes,
                })
                .collect(),
            error: would.error,
        }
    }
}
