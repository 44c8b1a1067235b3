//! What a request had made before it was cut off, answered as its making would have been. Every kind that is noted as made has a line
//! here.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use fanfare_app::{App, Caller, Person};

use crate::problem::{Answer, Problem};
#[cfg(feature = "passkeys")]
use crate::routes::auth;
use crate::routes::{
    api_keys, channel_groups, content_templates, exports, hashtag_groups, invitations, media,
    platforms, posts, saved_filters, webhooks, workspaces,
};

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

fn nobody_shows(kind: &str) -> Problem {
    Problem::broken(format!("nobody shows a {kind}"))
}
