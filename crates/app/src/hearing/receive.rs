//! Taking what a platform sends: verified, written down, answered. Nobody looks into it here.

use fanfare_domain::{ErrorCode, WebhookReceiptId};
use fanfare_platform_kit::Platform;
use fanfare_platform_kit::roles::{Received, Webhooks};
use fanfare_platform_kit::settings::join;
use serde_json::{Map, Value as Json};
use url::Url;

use super::trial::MARK;
use crate::{App, AppError, RefusalKind, Result};

/// Larger requests are refused. Meta's largest are three megabytes.
pub const LARGEST_REQUEST: usize = 3 * 1024 * 1024;

/// What is kept of every request's headers: what the sender says of itself and of the body. Platforms name those of their signatures.
const KEPT: [&str; 3] = ["content-type", "user-agent", MARK];
const LONGEST_HEADER: usize = 300;

/// What the platform wants to read before it begins to tell.
///
/// # Errors
/// `platform_unknown`; `forbidden` when it does not know the token.
pub fn handshake(app: &App, platform: &str, query: &[(String, String)]) -> Result<String> {
    let (platform, webhooks) = heard(app, platform)?;
    let tokens = app.settings.verify_tokens(platform.manifest());
    webhooks.handshake(&tokens, query).ok_or_else(|| {
        let name = platform.manifest().id.to_uppercase();
        AppError::refused(
            RefusalKind::Forbidden,
            ErrorCode::Forbidden,
            format!("The verify token is not the one in FANFARE_{name}_VERIFY_TOKEN."),
        )
    })
}

/// Where a platform sends what it tells, seen from outside.
pub fn receiver(public_url: &Url, platform: &str) -> Url {
    join(public_url, &format!("hooks/{platform}"))
}

/// Writes a request down. When it returns, the request is on disk.
///
/// # Errors
/// `platform_unknown`; `signature_invalid`; `unavailable` when it could not be written.
pub async fn receive(app: &App, platform: &str, request: Received) -> Result<WebhookReceiptId> {
    let (platform, webhooks) = heard(app, platform)?;
    let manifest = platform.manifest();
    let secrets = app.settings.webhook_secrets(manifest);
    if secrets.is_empty() {
        let name = manifest.id.to_uppercase();
        return Err(AppError::refused(
            RefusalKind::NotAuthenticated,
            ErrorCode::PlatformNotConfigured,
            format!(
                "There is no secret to verify the request by, so it is not believed. Set FANFARE_{name}_WEBHOOK_SECRET."
            ),
        ));
    }
    if !webhooks.is_genuine(&secrets, &request) {
        metrics::counter!("fanfare_webhook_requests_total", "platform" => manifest.id, "outcome" => "refused")
            .increment(1);
        return Err(AppError::refused(
            RefusalKind::NotAuthenticated,
            ErrorCode::SignatureInvalid,
            "The signature is missing, or is not of this request.",
        ));
    }
    let headers = kept(webhooks, &request);
    let receipt = app.ingest.keep(manifest.id, headers, request.body).await?;
    metrics::counter!("fanfare_webhook_requests_total", "platform" => manifest.id, "outcome" => "kept")
        .increment(1);
    Ok(receipt)
}

/// The platform of that name, if it tells us things at all.
pub(super) fn heard<'a>(
    app: &'a App,
    platform: &str,
) -> Result<(&'a dyn Platform, &'a dyn Webhooks)> {
    let platform = app.platform(platform)?.as_ref();
    let webhooks = platform.webhooks().ok_or_else(|| {
        AppError::refused(
            RefusalKind::NotFound,
            ErrorCode::PlatformUnknown,
            format!("{} tells nothing here.", platform.manifest().name),
        )
    })?;
    Ok((platform, webhooks))
}

fn kept(webhooks: &dyn Webhooks, request: &Received) -> Json {
    let names = KEPT.iter().chain(webhooks.kept_headers());
    let found = names.filter_map(|name| {
        let value: String = request.header(name)?.chars().take(LONGEST_HEADER).collect();
        Some(((*name).to_owned(), Json::String(value)))
    });
    Json::Object(found.collect::<Map<_, _>>())
}
