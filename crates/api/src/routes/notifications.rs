//! `/api/notifications`: what one was told.

mod preferences;

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::notifications::{self, Filter, Notification, NotificationKind};
use fanfare_domain::{Action, NotificationId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::input::Input;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    let own = |routes| needs(Action::NotificationsRead, routes);
    OpenApiRouter::new()
        .routes(own(routes!(list)))
        .routes(own(routes!(count)))
        .routes(own(routes!(history)))
        .routes(own(routes!(read_all)))
        .routes(own(routes!(take_back)))
        .routes(own(routes!(read_one)))
        .routes(own(routes!(unread_one)))
        .routes(own(routes!(delete)))
        .merge(preferences::router())
}

/// A kind of thing that people are told of.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NotificationKind)]
enum Kind {
    PostPublished,
    PostFailed,
    DeliveryNeedsAttention,
    DeliveryMissed,
    PostChangedThere,
    CommentReceived,
    MentionReceived,
    MessageReceived,
    ConnectionTrouble,
    WebhookDisabled,
    EventsUnclaimed,
    SecurityAlert,
}

/// One thing that the caller was told.
#[derive(Serialize, ToSchema)]
#[schema(as = Notification)]
struct NotificationView {
    id: String,
    #[schema(value_type = Kind)]
    kind: NotificationKind,
    /// What it is about, by its id: a post, a connection, a channel, an endpoint.
    subject: String,
    #[schema(required)]
    post_id: Option<String>,
    /// What it is about, in the words of whoever named it: the first words of a post, the name of an account.
    title: String,
    /// How exactly: `edited` or `removed`, what is the matter with a connection, which security alert.
    #[schema(required)]
    what: Option<String>,
    #[schema(required)]
    platform: Option<String>,
    /// The name of the channel it happened on.
    #[schema(required)]
    account: Option<String>,
    /// How often it happened before it was read.
    count: i64,
    created_at: Timestamp,
    /// When it happened last.
    at: Timestamp,
    #[schema(required)]
    read_at: Option<Timestamp>,
    /// It was told in the interface.
    in_app: bool,
    /// It was told by mail.
    email: bool,
}

#[derive(Serialize, ToSchema)]
struct UnreadCount {
    unread: i64,
}

/// How many were marked.
#[derive(Serialize, ToSchema)]
struct MarkedView {
    /// At this instant; taking it back names it.
    read_at: Timestamp,
    count: u64,
}

#[derive(Serialize, ToSchema)]
struct TakenBack {
    count: u64,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReadInput {
    /// Only this one and older ones; all, when absent.
    up_to: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TakeBackInput {
    /// As marking answered it.
    read_at: Timestamp,
}

/// Which notifications are wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Query {
    /// Only the unread, or only the read.
    unread: Option<bool>,
    kind: Option<Kind>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// List one's notifications
///
/// What the caller was told in this workspace and about their own account, the newest first. What happens again before it is read counts
/// in the one there is.
#[utoipa::path(get, path = "/api/notifications", tag = "Notifications", operation_id = "list_notifications", params(Query), responses((status = 200, body = List<NotificationView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<Query>,
) -> Answer<Json<List<NotificationView>>> {
    page(&app, &caller, query, false).await
}

/// List everything that one was told
///
/// With what was told by mail alone.
#[utoipa::path(get, path = "/api/notifications/history", tag = "Notifications", operation_id = "notification_history", params(Query), responses((status = 200, body = List<NotificationView>)))]
async fn history(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Params(query): Params<Query>,
) -> Answer<Json<List<NotificationView>>> {
    page(&app, &caller, query, true).await
}

async fn page(
    app: &App,
    caller: &fanfare_app::Caller,
    query: Query,
    with_mailed: bool,
) -> Answer<Json<List<NotificationView>>> {
    let filter = Filter {
        kind: query.kind.map(Kind::named),
        unread: query.unread,
        with_mailed,
    };
    let page = Page {
        cursor: query.cursor,
        limit: query.limit,
    };
    let limit = page.limit()?;
    let found = notifications::list(app, caller, filter, page.after()?, limit).await?;
    let views = found.into_iter().map(view).collect();
    Ok(List::page(views, limit, |one: &NotificationView| {
        format!("{}.{}", one.at.as_millisecond(), one.id)
    }))
}

/// Count what one has not read
#[utoipa::path(get, path = "/api/notifications/count", tag = "Notifications", operation_id = "count_notifications", responses((status = 200, body = UnreadCount)))]
async fn count(State(app): State<Arc<App>>, Allowed(caller): Allowed) -> Answer<Json<UnreadCount>> {
    let unread = notifications::count_unread(&app, &caller).await?;
    Ok(Json(UnreadCount { unread }))
}

/// Mark all as read
///
/// Or one and everything older. The answer's `read_at` takes it back.
#[utoipa::path(post, path = "/api/notifications/read", tag = "Notifications", operation_id = "read_notifications", request_body = ReadInput, responses((status = 200, body = MarkedView)))]
async fn read_all(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<ReadInput>,
) -> Answer<Json<MarkedView>> {
    let last: Option<NotificationId> = match input.up_to {
        None => None,
        Some(id) => Some(
            id.parse()
                .map_err(|_| fanfare_app::AppError::not_found("notification"))?,
        ),
    };
    let marked = notifications::mark_all_read(&app, &caller, last).await?;
    Ok(Json(MarkedView {
        read_at: marked.at,
        count: marked.count,
    }))
}

/// Take back that many were marked as read
#[utoipa::path(post, path = "/api/notifications/unread", tag = "Notifications", operation_id = "unread_notifications", request_body = TakeBackInput, responses((status = 200, body = TakenBack)))]
async fn take_back(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Input(input): Input<TakeBackInput>,
) -> Answer<Json<TakenBack>> {
    let count = notifications::take_back(&app, &caller, input.read_at).await?;
    Ok(Json(TakenBack { count }))
}

/// Mark one as read
#[utoipa::path(post, path = "/api/notifications/{id}/read", tag = "Notifications", operation_id = "read_notification", params(("id" = String, Path)), responses((status = 200, body = NotificationView)))]
async fn read_one(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<NotificationId>,
) -> Answer<Json<NotificationView>> {
    let found = notifications::mark_read(&app, &caller, id).await?;
    Ok(Json(view(found)))
}

/// Mark one as unread
///
/// Where another about the same has come meanwhile it stays read: that one counts for it.
#[utoipa::path(post, path = "/api/notifications/{id}/unread", tag = "Notifications", operation_id = "unread_notification", params(("id" = String, Path)), responses((status = 200, body = NotificationView)))]
async fn unread_one(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<NotificationId>,
) -> Answer<Json<NotificationView>> {
    let found = notifications::mark_unread(&app, &caller, id).await?;
    Ok(Json(view(found)))
}

/// Throw one away
#[utoipa::path(delete, path = "/api/notifications/{id}", tag = "Notifications", operation_id = "delete_notification", params(("id" = String, Path)), responses((status = 204)))]
async fn delete(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<NotificationId>,
) -> Answer<StatusCode> {
    notifications::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn view(one: Notification) -> NotificationView {
    NotificationView {
        id: one.id.to_string(),
        kind: one.kind,
        subject: one.subject,
        post_id: one.post.map(|post| post.to_string()),
        title: one.title,
        what: one.what,
        platform: one.platform,
        account: one.account,
        count: one.count,
        created_at: one.created_at,
        at: one.at,
        read_at: one.read_at,
        in_app: one.in_app,
        email: one.email,
    }
}

impl Kind {
    fn named(self) -> NotificationKind {
        match self {
            Self::PostPublished => NotificationKind::PostPublished,
            Self::PostFailed => NotificationKind::PostFailed,
            Self::DeliveryNeedsAttention => NotificationKind::DeliveryNeedsAttention,
            Self::DeliveryMissed => NotificationKind::DeliveryMissed,
            Self::PostChangedThere => NotificationKind::PostChangedThere,
            Self::CommentReceived => NotificationKind::CommentReceived,
            Self::MentionReceived => NotificationKind::MentionReceived,
            Self::MessageReceived => NotificationKind::MessageReceived,
            Self::ConnectionTrouble => NotificationKind::ConnectionTrouble,
            Self::WebhookDisabled => NotificationKind::WebhookDisabled,
            Self::EventsUnclaimed => NotificationKind::EventsUnclaimed,
            Self::SecurityAlert => NotificationKind::SecurityAlert,
        }
    }
}
