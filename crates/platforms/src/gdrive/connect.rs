//! Connecting Google Drive: from the consent page to access that is renewed by itself. There are no channels.

use async_trait::async_trait;
use fanfare_domain::ErrorCode;
use fanfare_platform_kit::oauth::{Pkce, authorization_code};
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, Grant,
};
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};
use serde::{Deserialize, Serialize};

use super::api::{Access, Drive, User};
use super::manifest::READ_FILES;
use super::oauth::{self, Token};
use super::{GoogleDrive, NAME};

/// What is remembered while the person is away.
#[derive(Serialize, Deserialize)]
struct Kept {
    verifier: String,
}

#[async_trait]
impl Connect for GoogleDrive {
    async fn authorize(
        &self,
        ctx: &PlatformContext,
        request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError> {
        let app = oauth::app_of(ctx.settings())?;
        let pkce = Pkce::random();
        let kept = Kept {
            verifier: pkce.verifier().expose().to_owned(),
        };
        Ok(Authorization {
            url: oauth::consent_url(ctx, app, request.state, &pkce),
            kept: serde_json::to_value(kept).expect("what is kept is plain JSON"),
            registration: None,
        })
    }

    async fn exchange(
        &self,
        ctx: &PlatformContext,
        answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError> {
        let code = authorization_code(NAME, &answer.query)?;
        let kept: Kept = serde_json::from_value(answer.kept)
            .map_err(|error| too_late(format!("what was kept is unreadable: {error}")))?;
        let token = oauth::exchange_code(ctx, &code, &kept.verifier)
            .await
            .map_err(|error| match error.advice {
                Advice::Reconnect => too_late(error.log),
                _ => error,
            })?;
        // Unsaid is not declined: an answer may leave out what was granted as asked.
        let granted = some_or(token.scopes(), oauth::asked_scopes);
        if !granted.iter().any(|scope| scope == READ_FILES) {
            return Err(left_out(&granted));
        }
        let refresh_token = token.refresh_token.clone();
        fresh_grant(ctx, token, refresh_token, granted).await
    }

    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let Some(earlier) = access.refresh_token else {
            return Err(PlatformError::reconnect(
                NAME,
                "nothing is kept to renew with",
            ));
        };
        let token = oauth::renew(ctx, &earlier).await?;
        let granted = some_or(token.scopes(), || access.scopes);
        // Google keeps to the one it gave first, and seldom gives another.
        let refresh_token = token.refresh_token.clone().or(Some(earlier));
        fresh_grant(ctx, token, refresh_token, granted).await
    }

    async fn look(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let user = Drive::new(ctx, &access.access_token).user().await?;
        Ok(grant(user, &access))
    }

    async fn revoke(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<(), PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let token = access.refresh_token.unwrap_or(access.access_token);
        oauth::revoke(ctx, &token).await
    }
}

fn some_or(scopes: Vec<String>, otherwise: impl FnOnce() -> Vec<String>) -> Vec<String> {
    if scopes.is_empty() {
        otherwise()
    } else {
        scopes
    }
}

/// The grant of access that was given just now.
async fn fresh_grant(
    ctx: &PlatformContext,
    token: Token,
    refresh_token: Option<String>,
    scopes: Vec<String>,
) -> Result<Grant, PlatformError> {
    let access = Access {
        ends: token.ends(ctx.now()),
        access_token: token.access_token,
        refresh_token,
        scopes,
    };
    let user = Drive::new(ctx, &access.access_token)
        .user()
        .await
        .map_err(|error| match error.advice {
            // It cannot have ended yet, so renewing it once more would not help.
            Advice::Refresh => PlatformError::reconnect(NAME, error.log),
            _ => error,
        })?;
    Ok(grant(user, &access))
}

fn grant(user: User, access: &Access) -> Grant {
    // People tell their Google accounts apart by address.
    let name = user.email_address.or(user.display_name);
    Grant {
        name: name.unwrap_or_else(|| user.permission_id.clone()),
        remote_id: user.permission_id,
        person_id: None,
        avatar_url: user.photo_link,
        expires_at: Some(access.ends),
        refreshable: access.refresh_token.is_some(),
        scopes: access.scopes.clone(),
        credentials: Credentials::from_value(access),
        channels: Vec::new(),
    }
}

/// Google lets people untick single permissions. Without this one, nothing is left to connect.
fn left_out(granted: &[String]) -> PlatformError {
    PlatformError::new(
        Advice::NeedsPermission,
        ErrorCode::PermissionMissing,
        "Google Drive was not allowed to show its files, so nothing is connected. Connect once more and leave every permission ticked.",
        format!("granted: {}", granted.join(" ")),
    )
}

fn too_late(log: String) -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::StateInvalid,
        "The sign-in took too long or was used already. Connect once more.",
        log,
    )
}
