//! What people did with a post that is out.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use fanfare_app::hearing::{self, Said};
use fanfare_app::{App, AppError};
use fanfare_domain::webhook::EngagementKind;
use fanfare_domain::{DeliveryId, ErrorCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::path::Id;
use crate::problem::Answer;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EngagementQuery {
    /// `comment`, `reaction`, `mention` or `share`; all when absent.
    kind: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// At most this many, 1 to 100; 50 when absent.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// One thing that somebody did with a post.
#[derive(Serialize, ToSchema)]
#[schema(as = EngagementItem)]
pub(super) struct SaidAnswer {
    id: String,
    /// `comment`, `reaction`, `mention` or `share`.
    kind: &'static str,
    remote_id: String,
    /// What it is below, as the platform calls it.
    #[schema(required)]
    parent_remote_id: Option<String>,
    /// Who did it, where the platform says so.
    #[schema(required)]
    actor_name: Option<String>,
    /// A comment's words, or which reaction it is.
    #[schema(required)]
    text: Option<String>,
    edited: bool,
    at: Timestamp,
}

/// List what people did with a post
///
/// The latest first, without what was taken back.
#[utoipa::path(get, path = "/api/deliveries/{id}/engagement", tag = "Posts", operation_id = "list_engagement", params(("id" = String, Path), EngagementQuery), responses((status = 200, body = List<SaidAnswer>)))]
pub(super) async fn engagement(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Id(id): Id<DeliveryId>,
    Params(query): Params<EngagementQuery>,
) -> Answer<Json<List<SaidAnswer>>> {
    let page = Page {
        cursor: query.cursor,
        limit: query.limit,
    };
    let limit = page.limit()?;
    let kind = match query.kind.as_deref() {
        None | Some("") => None,
        Some(word) => Some(EngagementKind::parse(word).ok_or_else(|| {
            let detail = "It is a comment, a reaction, a mention or a share.";
            AppError::invalid_field("kind", ErrorCode::NotAllowed, detail)
        })?),
    };
    let found = hearing::said(&app, &caller, id, kind, page.after()?, limit + 1).await?;
    let items = found.into_iter().map(Into::into).collect();
    Ok(List::page(items, limit, |one: &SaidAnswer| one.id.clone()))
}

impl From<Said> for SaidAnswer {
    fn from(said: Said) -> Self {
        Self {
            id: said.id.to_string(),
            kind: said.kind.as_str(),
            remote_id: said.remote_id,
            parent_remote_id: said.parent_remote_id,
            actor_name: said.actor_name,
            text: said.text,
            edited: said.is_edited,
            at: said.at,
        }
    }
}
