//! Connecting Mastodon: registered at the instance that a person names, then signed in there.

use async_trait::async_trait;
use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::oauth::{CHALLENGE_METHOD, Pkce, authorization_code};
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, RemoteChannel,
};
use fanfare_platform_kit::settings::join;
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use super::api::{Access, Instance, Registration};
use super::instance::{Limits, instance_of};
use super::manifest::INSTANCE;
use super::{Mastodon, NAME};

/// What is remembered while the person is away.
#[derive(Serialize, Deserialize)]
struct Kept {
    instance: Url,
    registration: Registration,
    verifier: String,
}

#[async_trait]
impl Connect for Mastodon {
    fn registration_key(&self, fields: &ConnectFields) -> Result<Option<String>, PlatformError> {
        Ok(Some(instance_of(fields)?.origin().ascii_serialization()))
    }

    async fn authorize(
        &self,
        ctx: &PlatformContext,
        request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError> {
        let at = instance_of(request.fields)?;
        let registration = registration(ctx, &at, request.registration.as_ref())
            .await
            .map_err(|error| by_field(error, &at))?;
        let pkce = Pkce::random();
        let mut url = join(&at, "oauth/authorize");
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &registration.client_id)
            .append_pair("redirect_uri", &registration.redirect_uri)
            .append_pair("scope", &registration.scopes)
            .append_pair("state", request.state)
            .append_pair("code_challenge", &pkce.challenge())
            .append_pair("code_challenge_method", CHALLENGE_METHOD);
        let json = serde_json::to_string(&registration).expect("a registration is plain JSON");
        let kept = Kept {
            instance: at,
            registration,
            verifier: pkce.verifier().expose().to_owned(),
        };
        Ok(Authorization {
            url,
            kept: serde_json::to_value(kept).expect("what is kept is plain JSON"),
            registration: Some(Secret::new(json)),
        })
    }

    async fn exchange(
        &self,
        ctx: &PlatformContext,
        answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError> {
        let code = authorization_code(NAME, &answer.query)?;
        let kept: Kept = serde_json::from_value(answer.kept).map_err(|error| {
            let log = format!("what was kept is unreadable: {error}");
            PlatformError::new(Advice::Permanent, ErrorCode::StateInvalid, TOO_LATE, log)
        })?;
        let token = Instance::new(ctx, &kept.instance)
            .exchange(&kept.registration, &code, &kept.verifier)
            .await
            .map_err(|error| match error.advice {
                Advice::Permanent | Advice::Reconnect => PlatformError::new(
                    Advice::Permanent,
                    ErrorCode::StateInvalid,
                    TOO_LATE,
                    error.log,
                ),
                _ => error,
            })?;
        let scopes = token.scope.split_whitespace().map(str::to_owned).collect();
        let access = Access {
            instance: kept.instance,
            registration: kept.registration,
            token: token.access_token,
            account: String::new(),
        };
        grant(ctx, access, scopes).await
    }

    /// The token does not end, so this renews only what is known of account and instance.
    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let scopes = access
            .registration
            .scopes
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        grant(ctx, access, scopes).await
    }

    async fn look(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        // Renewing asks, and changes nothing.
        self.refresh(ctx, credentials).await
    }

    async fn revoke(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<(), PlatformError> {
        let access: Access = credentials.read(NAME)?;
        Instance::new(ctx, &access.instance).revoke(&access).await
    }
}

const TOO_LATE: &str = "The sign-in took too long or was used already. Connect once more.";

/// Ours from earlier while the instance knows it and it is for the address we come back to; else a new one.
async fn registration(
    ctx: &PlatformContext,
    at: &Url,
    earlier: Option<&Secret>,
) -> Result<Registration, PlatformError> {
    let instance = Instance::new(ctx, at);
    let earlier = earlier
        .and_then(|json| serde_json::from_str::<Registration>(json.expose()).ok())
        .filter(|earlier| {
            earlier.redirect_uri == ctx.redirect_uri.as_str()
                && earlier.scopes == super::api::scopes()
        });
    if let Some(earlier) = earlier
        && instance.knows(&earlier).await?
    {
        return Ok(earlier);
    }
    instance.register().await
}

async fn grant(
    ctx: &PlatformContext,
    access: Access,
    scopes: Vec<String>,
) -> Result<Grant, PlatformError> {
    let instance = Instance::with_token(ctx, &access.instance, &access.token);
    let account = instance.account().await?;
    let limits = Limits::read(&instance.about().await?);
    let host = authority(&access.instance);
    let name = format!(
        "@{}@{}",
        account.username,
        limits.domain.as_deref().unwrap_or(&host)
    );
    let remote_id = format!("{}@{host}", account.id);
    let channel = RemoteChannel {
        remote_id: remote_id.clone(),
        name: name.clone(),
        kind: "account".into(),
        avatar_url: account.avatar.clone(),
        url: account.url,
        credentials: None,
        limits: serde_json::to_value(&limits).unwrap_or(Value::Null),
        problem: None,
    };
    Ok(Grant {
        person_id: None,
        remote_id,
        name,
        avatar_url: account.avatar,
        credentials: Credentials::from_value(&Access {
            account: account.id,
            ..access
        }),
        expires_at: None,
        refreshable: false,
        scopes,
        channels: vec![channel],
    })
}

/// Host and, where it is not the usual one, port.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Tells the person that the address is what to mend.
fn by_field(error: PlatformError, at: &Url) -> PlatformError {
    let advice = Advice::FixContent {
        field: INSTANCE.into(),
    };
    match error.code {
        ErrorCode::AddressNotAllowed | ErrorCode::InvalidUrl => PlatformError { advice, ..error },
        ErrorCode::ServerNotSupported
        | ErrorCode::AnswerNotUnderstood
        | ErrorCode::PermissionMissing
        | ErrorCode::ConnectionExpired => PlatformError {
            advice,
            code: ErrorCode::ServerNotSupported,
            detail: format!(
                "There is no Mastodon instance at {}. Check the address.",
                authority(at)
            ),
            log: error.log,
        },
        _ => error,
    }
}
