//! Connects an account by what a person pasted.

use fanfare_domain::ConnectionId;
use fanfare_platform_kit::manifest::ConnectKind;
use serde_json::{Map, Value as Json};

use super::{begin, fields, keep};
use crate::{App, Caller, Result};

/// Checks pasted credentials at the platform and keeps them; a known account is given the new ones.
///
/// # Errors
/// In words, when the platform is unknown or takes no tokens, a field is wrong, or the platform refuses.
pub async fn paste(
    app: &App,
    caller: &Caller,
    platform: &str,
    given: &Map<String, Json>,
) -> Result<ConnectionId> {
    let platform = app.platform(platform)?;
    let manifest = platform.manifest();
    let method = fields::method(app, manifest, ConnectKind::Token)?;
    let fields = fields::read(method, given)?;
    let ctx = app.platform_context(manifest.id);
    let pasted = begin::role(platform.as_ref())?.paste(&ctx, &fields).await;
    let grant = pasted.map_err(fields::refusal)?;
    keep::grant(
        app,
        caller,
        platform.as_ref(),
        &grant,
        &fields::lasting(method, &fields),
    )
    .await
}
