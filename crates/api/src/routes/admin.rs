//! `/api/admin`: what an administrator of the whole installation does.

mod audit;
mod mail;
mod retention;
mod suppressions;
mod users;

use utoipa_axum::router::OpenApiRouter;

use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(users::router())
        .merge(audit::router())
        .merge(retention::router())
        .merge(mail::router())
        .merge(suppressions::router())
}
