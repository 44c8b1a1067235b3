//! What the platform tells of a channel, and reading what was missed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::hearing::{self, CatchUpView, Field, SubscriptionView, Trouble};
use fanfare_domain::ChannelId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::instant::instant;
use crate::path::Id;
use crate::problem::Answer;

/// What a platform tells of one channel, against what is wanted.
#[derive(Serialize, ToSchema)]
#[schema(as = ChannelSubscription)]
pub(crate) struct SubscriptionAnswer {
    channel_id: String,
    /// `told` (all that is wanted), `differs` (some of it is not), `off` (nothing is wanted), `unknown` (the platform was not asked yet) or
    /// `failed` (the platform refused).
    state: &'static str,
    fields: Vec<FieldAnswer>,
    /// Something is told, and the fields are chosen in the application's settings at the platform.
    chosen_in_application: bool,
    /// When the platform last said so.
    #[schema(required)]
    verified_at: Option<Timestamp>,
    /// Why it last could not be looked at or set.
    #[schema(required)]
    error: Option<TroubleAnswer>,
    #[schema(required)]
    failed_at: Option<Timestamp>,
}

/// One thing that a platform can tell.
#[derive(Serialize, ToSchema)]
#[schema(as = SubscriptionField)]
struct FieldAnswer {
    /// The platform's name for it, such as `feed`.
    name: String,
    wanted: bool,
    /// Absent where nobody knows.
    #[schema(required)]
    told: Option<bool>,
    /// The permission that it needs and that was not given.
    #[schema(required)]
    missing_scope: Option<&'static str>,
}

/// A platform's refusal.
#[derive(Serialize, ToSchema)]
#[schema(as = SubscriptionError)]
struct TroubleAnswer {
    code: String,
    detail: String,
    /// `retry`, `wait`, `reconnect`, `grant_permission`, `edit`, `check_platform` or `none`.
    advice: String,
}

/// One reading of what was missed.
#[derive(Serialize, ToSchema)]
#[schema(as = CatchUp)]
pub(crate) struct CatchUpAnswer {
    id: String,
    /// `away` (Fanfare was not running), `person` or `command_line`.
    reason: String,
    /// `waiting`, `running`, `done` or `failed`.
    state: String,
    /// Comments from then on are read.
    since: Timestamp,
    /// Posts that were looked at.
    posts: i64,
    /// Comments that were read.
    comments: i64,
    /// Of these, what was not known.
    added: i64,
    /// There was too much to read all of it.
    cut: bool,
    #[schema(required)]
    error: Option<TroubleAnswer>,
    created_at: Timestamp,
    #[schema(required)]
    finished_at: Option<Timestamp>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ChannelSubscriptionInput)]
pub(super) struct SubscriptionInput {
    /// Exactly what is to be told; nothing when empty.
    fields: Vec<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CatchUpInput)]
pub(super) struct CatchUpInput {
    /// From when on; from when something was last heard when absent. Two weeks at most.
    #[serde(default, deserialize_with = "instant")]
    since: Option<Timestamp>,
}

/// See what is told of a channel
///
/// By what the platform said last. 404 for platforms where it is not chosen for each account.
#[utoipa::path(get, path = "/api/channels/{id}/subscription", tag = "Receiving", operation_id = "get_channel_subscription", params(("id" = String, Path)), responses((status = 200, body = SubscriptionAnswer)))]
pub(super) async fn read(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
) -> Answer<Json<SubscriptionAnswer>> {
    Ok(Json(hearing::subscription(&app, &caller, id).await?.into()))
}

/// Choose what is told of a channel
///
/// Set at the platform at once. Its refusal is no error here: it stands in the answer, with what to do.
#[utoipa::path(put, path = "/api/channels/{id}/subscription", tag = "Receiving", operation_id = "change_channel_subscription", params(("id" = String, Path)), request_body = SubscriptionInput, responses((status = 200, body = SubscriptionAnswer)))]
pub(super) async fn change(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
    Input(input): Input<SubscriptionInput>,
) -> Answer<Json<SubscriptionAnswer>> {
    let changed = hearing::change_subscription(&app, &caller, id, &input.fields).await?;
    Ok(Json(changed.into()))
}

/// Ask the platform what it tells of a channel
///
/// Nothing is changed by it.
#[utoipa::path(post, path = "/api/channels/{id}/subscription/verify", tag = "Receiving", operation_id = "verify_channel_subscription", params(("id" = String, Path)), responses((status = 200, body = SubscriptionAnswer)))]
pub(super) async fn verify(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
) -> Answer<Json<SubscriptionAnswer>> {
    let seen = hearing::look_at_subscription(&app, &caller, id).await?;
    Ok(Json(seen.into()))
}

/// Have a channel told of again
///
/// Sets what is wanted at the platform, where it is not so.
#[utoipa::path(post, path = "/api/channels/{id}/subscription/repair", tag = "Receiving", operation_id = "repair_channel_subscription", params(("id" = String, Path)), responses((status = 200, body = SubscriptionAnswer)))]
pub(super) async fn repair(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
) -> Answer<Json<SubscriptionAnswer>> {
    let mended = hearing::mend_subscription(&app, &caller, id).await?;
    Ok(Json(mended.into()))
}

/// Read what was missed on a channel
///
/// Posts and comments, from the platform; what is known already changes nothing. One that is under way is answered instead of another.
#[utoipa::path(post, path = "/api/channels/{id}/catch-up", tag = "Receiving", operation_id = "catch_up_channel", params(("id" = String, Path)), request_body = Option<CatchUpInput>, responses((status = 200, body = CatchUpAnswer)))]
pub(super) async fn catch_up(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ChannelId>,
    input: Option<Input<CatchUpInput>>,
) -> Answer<Json<CatchUpAnswer>> {
    let since = input.and_then(|Input(input)| input.since);
    Ok(Json(
        hearing::catch_up(&app, &caller, id, since).await?.into(),
    ))
}

impl From<SubscriptionView> for SubscriptionAnswer {
    fn from(view: SubscriptionView) -> Self {
        Self {
            channel_id: view.channel.to_string(),
            state: view.state.as_str(),
            fields: view.fields.into_iter().map(Into::into).collect(),
            chosen_in_application: view.by_application,
            verified_at: view.verified_at,
            error: view.trouble.map(Into::into),
            failed_at: view.failed_at,
        }
    }
}

impl From<Field> for FieldAnswer {
    fn from(field: Field) -> Self {
        Self {
            name: field.name,
            wanted: field.is_wanted,
            told: field.is_told,
            missing_scope: field.missing_scope,
        }
    }
}

impl From<Trouble> for TroubleAnswer {
    fn from(trouble: Trouble) -> Self {
        Self {
            code: trouble.code.to_string(),
            detail: trouble.detail,
            advice: trouble.advice,
        }
    }
}

impl From<CatchUpView> for CatchUpAnswer {
    fn from(view: CatchUpView) -> Self {
        Self {
            id: view.id.to_string(),
            reason: view.reason.to_string(),
            state: view.state.to_string(),
            since: view.since,
            posts: view.posts,
            comments: view.comments,
            added: view.added,
            cut: view.is_cut,
            error: view.trouble.map(Into::into),
            created_at: view.created_at,
            finished_at: view.finished_at,
        }
    }
}
