//! Sends a person to a platform to consent.

use fanfare_domain::{ConnectionId, ErrorCode};
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::manifest::{ConnectKind, ConnectMethod};
use fanfare_platform_kit::roles::{AuthorizeRequest, Connect, ConnectFields};
use fanfare_store::connections;
use fanfare_store::oauth_states::{self, NewState};
use serde_json::{Map, Value as Json};
use url::Url;

use super::state::{self, Kept};
use super::{fields, registrations, return_path};
use crate::accounts::not_authenticated;
use crate::{App, AppError, Caller, RefusalKind, Result};

/// The address at which the person consents. They come back to `return_to`, a path of this site.
///
/// # Errors
/// In words, when the platform is unknown or not set up, a field is wrong, or the platform refuses.
pub async fn begin(
    app: &App,
    caller: &Caller,
    platform: &str,
    return_to: Option<&str>,
    given: &Map<String, Json>,
) -> Result<Url> {
    let platform = app.platform(platform)?;
    let method = fields::method(app, platform.manifest(), ConnectKind::Oauth)?;
    let return_to = return_path::check(return_to)?;
    let fields = fields::read(method, given)?;
    send_away(app, caller, platform.as_ref(), method, &fields, &return_to).await
}

/// The address at which the person consents once more, with what they typed the first time.
///
/// # Errors
/// As [`begin`]; `not_found` when there is no such connection of that platform.
pub async fn reconnect(
    app: &App,
    caller: &Caller,
    platform: &str,
    connection: ConnectionId,
    return_to: Option<&str>,
) -> Result<Url> {
    let platform = app.platform(platform)?;
    let mut tx = app.store.in_workspace(caller.workspace).read().await?;
    let connection = connections::get(&mut tx, connection).await?;
    drop(tx);
    if connection.platform != platform.manifest().id {
        return Err(AppError::not_found("connection"));
    }
    let method = fields::method(app, platform.manifest(), ConnectKind::Oauth)?;
    let return_to = return_path::check(return_to)?;
    let fields = fields::again(method, &connection.connect_fields)?;
    send_away(app, caller, platform.as_ref(), method, &fields, &return_to).await
}

async fn send_away(
    app: &App,
    caller: &Caller,
    platform: &dyn Platform,
    method: &ConnectMethod,
    fields: &ConnectFields,
    return_to: &str,
) -> Result<Url> {
    let connect = role(platform)?;
    let ctx = app.platform_context(platform.manifest().id);
    let server = connect.registration_key(fields).map_err(fields::refusal)?;
    let known = match &server {
        Some(server) => registrations::find(app, &ctx, server).await?,
        None => None,
    };

    let state = state::new();
    let request = AuthorizeRequest {
        state: state.expose(),
        fields,
        registration: known.clone(),
    };
    let authorization = connect
        .authorize(&ctx, request)
        .await
        .map_err(fields::refusal)?;

    if let (Some(server), Some(registration)) = (&server, &authorization.registration)
        && known.is_none_or(|known| known.expose() != registration.expose())
    {
        registrations::keep(app, &ctx, server, registration).await?;
    }
    let kept = Kept {
        platform: authorization.kept,
        fields: fields::lasting(method, fields),
    };
    remember(app, caller, ctx.platform, state.expose(), &kept, return_to).await?;
    Ok(authorization.url)
}

async fn remember(
    app: &App,
    caller: &Caller,
    platform: &str,
    state: &str,
    kept: &Kept,
    return_to: &str,
) -> Result<()> {
    let session = caller.session().ok_or_else(not_authenticated)?;
    let (hash, now) = (state::hash(state), app.now());
    let state = NewState {
        hash: &hash,
        session,
        platform,
        kept: kept.seal(&app.vault, &hash),
        return_to,
        expires_at: now + state::LIFETIME,
    };
    let mut tx = app.store.in_workspace(caller.workspace).write().await?;
    oauth_states::delete_expired(&mut tx, now).await?;
    oauth_states::insert(&mut tx, state).await?;
    Ok(tx.commit().await?)
}

/// The platform's role of connecting.
pub(super) fn role(platform: &dyn Platform) -> Result<&dyn Connect> {
    platform.connect().ok_or_else(|| {
        let detail = format!("{} cannot be connected.", platform.manifest().name);
        AppError::refused(RefusalKind::Invalid, ErrorCode::ConnectNotSupported, detail)
    })
}
