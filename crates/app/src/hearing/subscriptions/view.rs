//! What is told of a channel, as people see it.

use fanfare_domain::ChannelId;
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::roles::FieldSpec;
use fanfare_store::channel_subscriptions::{self, Subscription, Trouble};
use fanfare_store::connections;
use jiff::Timestamp;

use super::defaults;
use super::set::load;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// What a platform tells of one channel, against what is wanted.
#[derive(Debug, Clone)]
pub struct SubscriptionView {
    pub channel: ChannelId,
    pub state: SubscriptionState,
    pub fields: Vec<Field>,
    /// The fields are chosen in the application's settings at the platform.
    pub by_application: bool,
    pub verified_at: Option<Timestamp>,
    /// Why it last could not be looked at or set.
    pub trouble: Option<Trouble>,
    pub failed_at: Option<Timestamp>,
}

/// How what is so stands to what is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionState {
    /// All that is wanted is told.
    Told,
    /// Something that is wanted is not told.
    Differs,
    /// Nothing is wanted.
    Off,
    /// The platform was not asked yet.
    Unknown,
    /// The platform refused, and what it said before may no longer be so.
    Failed,
}

/// One thing that can be told.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub is_wanted: bool,
    /// Absent where nobody knows.
    pub is_told: Option<bool>,
    /// The permission that it needs and that was not given.
    pub missing_scope: Option<&'static str>,
}

impl SubscriptionState {
    /// The word that the API and the interface use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Differs => "differs",
            Self::Off => "off",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
        }
    }
}

/// What is told of a channel, by what the platform said last.
///
/// # Errors
/// `not_found`, and where it cannot be chosen.
pub async fn subscription(app: &App, caller: &Caller, id: ChannelId) -> Result<SubscriptionView> {
    let channel = load(app, caller.workspace, id).await?;
    let platform = app.platform(&channel.platform)?.as_ref();
    if platform.subscribe().is_none() {
        return Err(not_supported(platform));
    }
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let kept = channel_subscriptions::get(&mut tx, id).await?;
    let connection = connections::get(&mut tx, channel.connection_id).await?;
    Ok(view_of(platform, id, kept, &connection.scopes))
}

pub(super) fn not_supported(platform: &dyn Platform) -> AppError {
    AppError::refused(
        RefusalKind::NotFound,
        fanfare_domain::ErrorCode::NotFound,
        format!(
            "What {} tells is not chosen for each account.",
            platform.manifest().name
        ),
    )
}

/// What is told of a channel of that platform, whose connection was given `granted`.
pub(in crate::hearing) fn view_of(
    platform: &dyn Platform,
    channel: ChannelId,
    kept: Option<Subscription>,
    granted: &[String],
) -> SubscriptionView {
    let specs = platform
        .subscribe()
        .map_or(&[][..], |subscribe| subscribe.fields());
    let wanted: Vec<String> = match (&kept, platform.subscribe()) {
        (Some(kept), _) => kept.wanted.clone(),
        (None, Some(subscribe)) => defaults(subscribe).into_iter().map(str::to_owned).collect(),
        (None, None) => Vec::new(),
    };
    let actual = kept.as_ref().and_then(|kept| kept.actual.as_deref());
    let by_application = kept.as_ref().is_some_and(|kept| kept.by_application);
    let told = actual.filter(|_| !by_application);
    let mut fields: Vec<Field> = specs
        .iter()
        .map(|spec| Field {
            name: spec.name.to_owned(),
            is_wanted: wanted.iter().any(|name| name == spec.name),
            is_told: told.map(|told| told.iter().any(|name| name == spec.name)),
            missing_scope: missing(spec, granted),
        })
        .collect();
    // Somebody else's choice at the platform.
    let others = told.into_iter().flatten();
    fields.extend(
        others
            .filter(|name| !specs.iter().any(|spec| spec.name == name.as_str()))
            .map(|name| Field {
                name: name.clone(),
                is_wanted: wanted.contains(name),
                is_told: Some(true),
                missing_scope: None,
            }),
    );
    let trouble = kept.as_ref().and_then(|kept| kept.trouble.clone());
    let lacks = fields
        .iter()
        .any(|field| field.is_wanted && field.is_told == Some(false));
    let state = match &kept {
        _ if trouble.is_some() => SubscriptionState::Failed,
        Some(kept) if kept.actual.is_some() && lacks => SubscriptionState::Differs,
        _ if wanted.is_empty() => SubscriptionState::Off,
        Some(kept) if kept.actual.is_some() => SubscriptionState::Told,
        _ => SubscriptionState::Unknown,
    };
    SubscriptionView {
        channel,
        state,
        fields,
        by_application,
        verified_at: kept.as_ref().and_then(|kept| kept.verified_at),
        trouble,
        failed_at: kept.and_then(|kept| kept.failed_at),
    }
}

fn missing(spec: &FieldSpec, granted: &[String]) -> Option<&'static str> {
    let is_granted = |scope: &&str| granted.iter().any(|one| one == scope);
    if granted.is_empty() || spec.scopes.iter().any(is_granted) {
        return None;
    }
    spec.scopes.first().copied()
}
