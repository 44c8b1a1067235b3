//! `/api/notifications/preferences`: of what one wants to be told, and by which ways.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::notifications::{self, NotificationKind, Preference};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Kind;
use crate::input::Input;
use crate::permission::for_person;
use crate::person::Person;
use crate::problem::Answer;
use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(for_person(routes!(look, change)))
}

/// How it stands with one kind.
#[derive(Serialize, ToSchema)]
#[schema(as = NotificationPreference)]
struct PreferenceView {
    #[schema(value_type = Kind)]
    kind: NotificationKind,
    /// One is told in the interface.
    in_app: bool,
    /// One is told by mail. About posts, only whoever made them.
    email: bool,
    /// It always comes, by both ways.
    fixed: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = NotificationPreferences)]
struct PreferencesView {
    preferences: Vec<PreferenceView>,
    /// Whether this installation can send mail at all.
    mail: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotificationPreferencesInput {
    preferences: Vec<NotificationPreferenceInput>,
}

/// What is absent stays as it was.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NotificationPreferenceInput {
    kind: Kind,
    in_app: Option<bool>,
    email: Option<bool>,
}

/// See of what one is told
///
/// The same in all workspaces.
#[utoipa::path(get, path = "/api/notifications/preferences", tag = "Notifications", operation_id = "notification_preferences", responses((status = 200, body = PreferencesView)))]
async fn look(
    State(app): State<Arc<App>>,
    Person(person): Person,
) -> Answer<Json<PreferencesView>> {
    let found = notifications::preferences(&app, &person).await?;
    Ok(Json(view(&app, found)))
}

/// Choose of what one is told
///
/// Kinds that are not named stay as they are. Security alerts always come.
#[utoipa::path(put, path = "/api/notifications/preferences", tag = "Notifications", operation_id = "change_notification_preferences", request_body = NotificationPreferencesInput, responses((status = 200, body = PreferencesView)))]
async fn change(
    State(app): State<Arc<App>>,
    Person(person): Person,
    Input(input): Input<NotificationPreferencesInput>,
) -> Answer<Json<PreferencesView>> {
    let changes: Vec<_> = input
        .preferences
        .iter()
        .map(|one| (one.kind.named(), one.in_app, one.email))
        .collect();
    let found = notifications::prefer(&app, &person, &changes).await?;
    Ok(Json(view(&app, found)))
}

fn view(app: &App, found: Vec<Preference>) -> PreferencesView {
    let preferences = found
        .into_iter()
        .map(|one| PreferenceView {
            kind: one.kind,
            in_app: one.in_app,
            email: one.email,
            fixed: one.kind.is_fixed(),
        })
        .collect();
    PreferencesView {
        preferences,
        mail: app.mail.can_send(),
    }
}
