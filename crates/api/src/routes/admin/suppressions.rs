//! `/api/admin/mail/suppressions`: addresses that told to be left alone.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use fanfare_app::App;
use fanfare_app::mail::{self, Suppression};
use fanfare_domain::Action;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::allowed::Allowed;
use crate::page::{List, Page};
use crate::params::Params;
use crate::permission::needs;
use crate::problem::Answer;
use crate::state::ApiState;
use crate::words;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    let manage = Action::InstallationManage;
    OpenApiRouter::new()
        .routes(needs(manage, routes!(list)))
        .routes(needs(manage, routes!(release)))
}

/// An address to which less or nothing is sent.
#[derive(Serialize, ToSchema)]
#[schema(as = MailSuppression)]
struct SuppressionView {
    address: String,
    /// `bounced`: it takes no mail, and nothing is sent. `unwanted`: a message was called spam, and only what is about the security of an
    /// account is sent.
    #[schema(schema_with = words::mail_refusals)]
    refusal: &'static str,
    /// What was said then.
    reason: String,
    at: Timestamp,
}

/// List addresses that are left alone
#[utoipa::path(get, path = "/api/admin/mail/suppressions", tag = "Administration", operation_id = "list_mail_suppressions", params(Page), responses((status = 200, body = List<SuppressionView>)))]
async fn list(
    State(app): State<Arc<App>>,
    Allowed(_caller): Allowed,
    Params(page): Params<Page>,
) -> Answer<Json<List<SuppressionView>>> {
    let limit = page.limit()?;
    let after: Option<String> = page.after()?;
    let found = mail::suppressions(&app, after.as_deref(), limit).await?;
    let views = found.into_iter().map(Into::into).collect();
    Ok(List::page(views, limit, |one: &SuppressionView| {
        one.address.clone()
    }))
}

/// Write to an address again
#[utoipa::path(delete, path = "/api/admin/mail/suppressions/{address}", tag = "Administration", operation_id = "release_mail_address", params(("address" = String, Path)), responses((status = 204)))]
async fn release(
    State(app): State<Arc<App>>,
    Allowed(caller): Allowed,
    Path(address): Path<String>,
) -> Answer<StatusCode> {
    mail::release(&app.store, &caller.actor(), &address, app.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<Suppression> for SuppressionView {
    fn from(found: Suppression) -> Self {
        Self {
            address: found.address,
            refusal: found.refusal.as_str(),
            reason: found.reason,
            at: found.at,
        }
    }
}
