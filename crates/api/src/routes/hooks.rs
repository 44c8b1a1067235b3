//! `/hooks`: where platforms and carriers tell us what happened with them. Each call proves by its signature whose it is.

mod deletion;
mod mail;
mod platform;

use utoipa_axum::router::OpenApiRouter;

use crate::state::ApiState;

pub(super) fn router() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .merge(mail::router())
        .merge(deletion::router())
        .merge(platform::router())
}
