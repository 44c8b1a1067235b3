//! Registration of applications, open to everyone.

use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Answer;
use super::error::MastodonError;
use crate::call::Call;
use crate::state::World;
use crate::tokens::random_text;

pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// A registered application.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct App {
    pub id: String,
    pub name: String,
    pub website: Option<String>,
    pub redirect_uris: Vec<String>,
    pub scopes: Vec<String>,
    pub client_secret: String,
}

/// `POST /api/v1/apps`.
pub fn register(world: &World, call: &Call) -> Answer {
    let name = call
        .params
        .get("client_name")
        .ok_or_else(|| MastodonError::invalid("Validation failed: Name can't be blank"))?;
    let redirect_uris = redirect_uris(call);
    if redirect_uris.is_empty() {
        return Err(MastodonError::invalid(
            "Validation failed: Redirect URI can't be blank",
        ));
    }
    let absolute = |uri: &String| uri == OUT_OF_BAND || url::Url::parse(uri).is_ok();
    if !redirect_uris.iter().all(absolute) {
        return Err(MastodonError::invalid(
            "Validation failed: Redirect URI must be an absolute URI.",
        ));
    }
    let scopes: Vec<String> = call
        .params
        .get("scopes")
        .unwrap_or("read")
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    if !scopes.iter().all(|scope| is_scope(scope)) {
        return Err(MastodonError::invalid(
            "Validation failed: Scopes doesn't match configured on the server.",
        ));
    }
    let client_id = random_text("", 43);
    let answer = world.change(|state| {
        let app = App {
            id: state.new_id(),
            name: name.to_owned(),
            website: call.params.get("website").map(str::to_owned),
            redirect_uris,
            scopes,
            client_secret: random_text("", 43),
        };
        let mut answer = shown(&app);
        answer["client_id"] = client_id.as_str().into();
        answer["client_secret"] = app.client_secret.as_str().into();
        answer["client_secret_expires_at"] = 0.into();
        state.mastodon_apps.insert(client_id, app);
        answer
    });
    Ok((StatusCode::OK, answer))
}

/// `GET /api/v1/apps/verify_credentials`.
pub fn verify(world: &World, call: &Call) -> Answer {
    let shown = world.look(|state| {
        let token = state.tokens.check(call.token()?).ok()?;
        state.mastodon_apps.get(&token.grant.client_id).map(shown)
    });
    let app = shown.ok_or_else(|| MastodonError::unauthorized("The access token is invalid"))?;
    Ok((StatusCode::OK, app))
}

/// The name of the application whose token a call carries.
pub fn name_of(world: &World, call: &Call) -> String {
    world.look(|state| {
        let token = call.token().and_then(|text| state.tokens.find(text));
        let app = token.and_then(|token| state.mastodon_apps.get(&token.grant.client_id));
        app.map(|app| app.name.clone()).unwrap_or_default()
    })
}

fn shown(app: &App) -> Value {
    json!({
        "id": app.id, "name": app.name, "website": app.website, "scopes": app.scopes,
        "redirect_uri": app.redirect_uris.join("\n"), "redirect_uris": app.redirect_uris, "vapid_key": "",
    })
}

/// One address, several lines of them, or a list.
fn redirect_uris(call: &Call) -> Vec<String> {
    let single = call
        .params
        .get("redirect_uris")
        .filter(|text| !text.starts_with('['));
    match single {
        Some(lines) => lines.split_whitespace().map(str::to_owned).collect(),
        None => call.params.list("redirect_uris"),
    }
}

/// Whether Mastodon knows a scope: a family, a part of it, or one of the loose ones.
pub fn is_scope(scope: &str) -> bool {
    const FAMILIES: [&str; 4] = ["read", "write", "admin:read", "admin:write"];
    const LOOSE: [&str; 3] = ["follow", "push", "profile"];
    let family = scope.rsplit_once(':').map_or(scope, |(family, _)| family);
    FAMILIES.contains(&family) || FAMILIES.contains(&scope) || LOOSE.contains(&scope)
}
