//! What a request had made before it was cut off, answered as its making would have been. Every kind that is noted as made has a line
//! here.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_app::accounts::not_authenticated;
use fanfare_app::{App, Caller, Person};
use fanfare_domain::Secret;
use serde::Deserialize;

use super::LONGEST_BODY;
use crate::client_address::Visiting;
use crate::person::PersonIfAny;
use crate::problem::{Answer, Problem};
use crate::routes::{
    api_keys, auth, channel_groups, content_templates, exports, hashtag_groups, invitations, media,
    platforms, posts, saved_filters, webhooks, workspaces,
};
use crate::state::ApiState;

/// For what belongs to a workspace.
pub(super) async fn in_workspace(
    app: &App,
    caller: &Caller,
    kind: &str,
    id: &str,
) -> Answer<Response> {
    Ok(match kind {
        "post" => posts::show_made(app, caller, id).await?.into_response(),
        "api_key" => api_keys::show_made(app, caller, id, StatusCode::CREATED)
            .await?
            .into_response(),
        "rotated_api_key" => api_keys::show_made(app, caller, id, StatusCode::OK)
            .await?
            .into_response(),
        "connection" => platforms::show_made(app, caller, id).await?,
        "upload" => media::show_made_upload(app, caller, id).await?,
        "import" => media::show_made_import(app, caller, id).await?,
        "media" => media::show_made(app, caller, id).await?,
        "media_folder" => media::show_made_folder(app, caller, id).await?,
        "saved_filter" => saved_filters::show_made(app, caller, id)
            .await?
            .into_response(),
        "channel_group" => channel_groups::show_made(app, caller, id)
            .await?
            .into_response(),
        "content_template" => content_templates::show_made(app, caller, id)
            .await?
            .into_response(),
        "hashtag_group" => hashtag_groups::show_made(app, caller, id)
            .await?
            .into_response(),
        "export" => exports::show_made(app, caller, id).await?.into_response(),
        "invitation" => invitations::show_made(app, caller, id, StatusCode::CREATED)
            .await?
            .into_response(),
        "resent_invitation" => invitations::show_made(app, caller, id, StatusCode::OK)
            .await?
            .into_response(),
        "webhook" => webhooks::show_made(app, caller, id).await?.into_response(),
        "rotated_webhook_secret" => webhooks::show_rotated(app, caller, id)
            .await?
            .into_response(),
        other => return Err(nobody_shows(other)),
    })
}

/// For what a person made that belongs to no workspace yet.
pub(super) async fn by_person(
    app: &App,
    person: &Person,
    kind: &str,
    id: &str,
) -> Answer<Response> {
    Ok(match kind {
        #[cfg(feature = "passkeys")]
        "passkey" => auth::show_made_passkey(app, person, id).await?,
        "workspace" => workspaces::show_made(app, person, id)
            .await?
            .into_response(),
        other => return Err(nobody_shows(other)),
    })
}

/// For what somebody made who is known by the secret in the request alone.
pub(super) async fn by_stranger(
    state: &ApiState,
    repeat: Request,
    kind: &str,
    id: &str,
) -> Answer<Response> {
    let app = &state.app;
    let (mut parts, body) = repeat.into_parts();
    if kind == "membership" {
        let PersonIfAny(person) = PersonIfAny::from_request_parts(&mut parts, state).await?;
        let person = person.ok_or_else(not_authenticated)?;
        let shown = invitations::show_membership(app, person, id).await?;
        return Ok(shown.into_response());
    }
    let Ok(Visiting(visitor)) = Visiting::from_request_parts(&mut parts, state).await;
    let password = password_in(body).await?;
    Ok(match kind {
        "account" => auth::show_made_account(app, id, &password, &visitor)
            .await?
            .into_response(),
        "joined_account" => invitations::show_joined_account(app, id, &password, &visitor)
            .await?
            .into_response(),
        other => return Err(nobody_shows(other)),
    })
}

async fn password_in(body: Body) -> Answer<Secret> {
    #[derive(Deserialize)]
    struct Chosen {
        password: String,
    }
    let broken = |why: String| Problem::broken(format!("a repeat cannot be read: {why}"));
    let bytes = to_bytes(body, LONGEST_BODY)
        .await
        .map_err(|error| broken(error.to_string()))?;
    let chosen: Chosen =
        serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
    Ok(Secret::new(chosen.password))
}

fn nobody_shows(kind: &str) -> Problem {
    Problem::broken(format!("nobody shows a {kind}"))
}
