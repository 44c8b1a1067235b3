//! What disconnecting would bring with it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::App;
use fanfare_app::connections::{self, Farewell, FarewellPost};
use fanfare_domain::ConnectionId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::allowed::Allowed;
use crate::path::Id;
use crate::problem::Answer;

/// What would become of channels and posts.
#[derive(Serialize, ToSchema)]
#[schema(as = DisconnectPreview)]
pub(crate) struct FarewellAnswer {
    /// The names of the channels that would go.
    channels: Vec<String>,
    /// Deliveries that have not begun.
    scheduled_deliveries: usize,
    /// Posts that have some of them.
    scheduled_posts: usize,
    /// Up to 20 of those posts, the one that is due next first.
    posts: Vec<FarewellPostAnswer>,
}

/// A post that would not go out as planned.
#[derive(Serialize, ToSchema)]
#[schema(as = DisconnectPreviewPost)]
struct FarewellPostAnswer {
    id: String,
    /// The beginning of its text.
    text: String,
    #[schema(required)]
    due_at: Option<Timestamp>,
    /// The names of the channels of this connection that it waits for.
    channels: Vec<String>,
    /// It goes to other channels too; those keep it.
    elsewhere: bool,
}

/// Show what disconnecting would bring with it
#[utoipa::path(get, path = "/api/connections/{id}/disconnect-preview", tag = "Connections", params(("id" = String, Path)), responses((status = 200, body = FarewellAnswer)))]
pub(super) async fn preview(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<ConnectionId>,
) -> Answer<Json<FarewellAnswer>> {
    Ok(Json(connections::farewell(&app, &caller, id).await?.into()))
}

impl From<Farewell> for FarewellAnswer {
    fn from(farewell: Farewell) -> Self {
        Self {
            channels: farewell.channels,
            scheduled_deliveries: farewell.scheduled_deliveries,
            scheduled_posts: farewell.scheduled_posts,
            posts: farewell.posts.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<FarewellPost> for FarewellPostAnswer {
    fn from(post: FarewellPost) -> Self {
        Self {
            id: post.id.to_string(),
            text: post.text,
            due_at: post.due_at,
            channels: post.channels,
            elsewhere: post.elsewhere,
        }
    }
}
