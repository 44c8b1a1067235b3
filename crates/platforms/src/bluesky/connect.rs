//! Connecting Bluesky: an app password opens a session, and the session is the grant.

use async_trait::async_trait;
use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, RemoteChannel,
};
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};
use serde_json::Value;
use url::Url;

use super::api::{Access, Server, Session};
use super::manifest::{APP_PASSWORD, DEFAULT_SERVICE, IDENTIFIER, SERVICE};
use super::{Bluesky, NAME};

#[async_trait]
impl Connect for Bluesky {
    async fn authorize(
        &self,
        _ctx: &PlatformContext,
        _request: AuthorizeRequest<'_>,
    ) -> Result<Authorization, PlatformError> {
        Err(not_by_consent())
    }

    async fn exchange(
        &self,
        _ctx: &PlatformContext,
        _answer: CallbackAnswer,
    ) -> Result<Grant, PlatformError> {
        Err(not_by_consent())
    }

    async fn paste(
        &self,
        ctx: &PlatformContext,
        fields: &ConnectFields,
    ) -> Result<Grant, PlatformError> {
        let service = service(ctx, fields)?;
        let identifier = identifier(required(fields, IDENTIFIER, "Write your handle.")?);
        let password = required(fields, APP_PASSWORD, "Paste an app password.")?.trim();
        let session = Server::new(ctx, &service)
            .create_session(&identifier, password)
            .await
            .map_err(|error| by_field(error, &service))?;
        Ok(grant(ctx, session, service, password.to_owned()).await)
    }

    async fn refresh(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let server = Server::new(ctx, &access.service);
        let session = match server.renew_session(&access.renewal).await {
            Err(error) if matches!(error.advice, Advice::Refresh | Advice::Reconnect) => {
                // Too old, or an earlier answer with its successor was lost: the app password still holds.
                server
                    .create_session(&access.did, &access.app_password)
                    .await
            }
            renewed => renewed,
        };
        let session = session.map_err(|error| match error.advice {
            Advice::Refresh => PlatformError::reconnect(NAME, error.log),
            _ => error,
        })?;
        Ok(grant(ctx, session, access.service, access.app_password).await)
    }

    async fn look(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<Grant, PlatformError> {
        let access: Access = credentials.read(NAME)?;
        let who = Server::new(ctx, &access.service)
            .current_session(&access.access)
            .await?;
        if who.did != access.did {
            let log = "the session is another account's";
            return Err(PlatformError::reconnect(NAME, log));
        }
        Ok(described(ctx, &who.handle, who.problem(), access).await)
    }

    /// Ends the session. The app password itself can only be withdrawn at Bluesky.
    async fn revoke(
        &self,
        ctx: &PlatformContext,
        credentials: &Credentials,
    ) -> Result<(), PlatformError> {
        let access: Access = credentials.read(NAME)?;
        match Server::new(ctx, &access.service)
            .end_session(&access.renewal)
            .await
        {
            // It has ended already.
            Err(error) if matches!(error.advice, Advice::Refresh | Advice::Reconnect) => Ok(()),
            ended => ended,
        }
    }
}

async fn grant(
    ctx: &PlatformContext,
    session: Session,
    service: Url,
    app_password: String,
) -> Grant {
    let (handle, problem) = (session.handle.clone(), session.problem());
    let access = session.into_access(service, app_password);
    described(ctx, &handle, problem, access).await
}

/// The account behind `access`, as it shows itself now.
async fn described(
    ctx: &PlatformContext,
    handle: &str,
    problem: Option<String>,
    access: Access,
) -> Grant {
    let url = format!("https://bsky.app/profile/{handle}");
    let handle = format!("@{handle}");
    let server = Server::new(ctx, &access.data_server);
    let avatar = server
        .profile(&access.access, &access.did)
        .await
        .and_then(|who| who.avatar);
    let channel = RemoteChannel {
        remote_id: access.did.clone(),
        name: handle.clone(),
        kind: "account".into(),
        avatar_url: avatar.clone(),
        url: Some(url),
        credentials: None,
        limits: Value::Null,
        problem,
    };
    Grant {
        person_id: None,
        remote_id: access.did.clone(),
        name: handle,
        avatar_url: avatar,
        expires_at: Some(access.ends(ctx.now())),
        credentials: Credentials::from_value(&access),
        refreshable: true,
        scopes: Vec::new(),
        channels: vec![channel],
    }
}

fn required<'a>(
    fields: &'a ConnectFields,
    name: &str,
    wanted: &str,
) -> Result<&'a str, PlatformError> {
    let text = fields.get(name).map_or("", Secret::expose);
    if text.trim().is_empty() {
        return Err(wrong(name, ErrorCode::Required, wanted));
    }
    Ok(text)
}

/// The server as typed, with or without `https://` and a path behind.
fn service(ctx: &PlatformContext, fields: &ConnectFields) -> Result<Url, PlatformError> {
    let typed = fields.get(SERVICE).map_or("", Secret::expose).trim();
    if typed.is_empty() {
        let set = ctx.settings().api_url.clone();
        return Ok(set.unwrap_or_else(|| Url::parse(DEFAULT_SERVICE).expect("a constant address")));
    }
    let whole = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("https://{typed}")
    };
    let url = Url::parse(&whole).ok().filter(Url::has_host);
    let mut url = url.ok_or_else(|| {
        let words =
            "This is no server's address. Write it as https://bsky.social, or leave it empty.";
        wrong(SERVICE, ErrorCode::InvalidUrl, words)
    })?;
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// The handle, DID or e-mail address without what people copy along: `@`, spaces, and the marks that set the direction
/// of writing, which Bluesky's own app puts around handles.
fn identifier(typed: &str) -> String {
    let is_noise = |letter: char| {
        letter.is_whitespace()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = typed.chars().filter(|letter| !is_noise(*letter)).collect();
    plain.trim_start_matches('@').to_owned()
}

/// Tells the person which field to mend.
fn by_field(error: PlatformError, service: &Url) -> PlatformError {
    match (error.code, &error.advice) {
        (ErrorCode::AddressNotAllowed | ErrorCode::InvalidUrl, _) => PlatformError {
            advice: Advice::FixContent {
                field: SERVICE.into(),
            },
            ..error
        },
        (ErrorCode::ServerNotSupported | ErrorCode::AnswerNotUnderstood, _) => PlatformError {
            advice: Advice::FixContent {
                field: SERVICE.into(),
            },
            code: ErrorCode::ServerNotSupported,
            detail: format!("There is no Bluesky server at {service}. Check the address."),
            log: error.log,
        },
        (ErrorCode::ContentRejected, _) => PlatformError {
            advice: Advice::FixContent {
                field: IDENTIFIER.into(),
            },
            code: ErrorCode::WrongCredentials,
            detail: "Bluesky does not know this handle. Write it whole, as in you.bsky.social."
                .into(),
            log: error.log,
        },
        (ErrorCode::WrongCredentials, _) => PlatformError {
            advice: Advice::FixContent {
                field: APP_PASSWORD.into(),
            },
            ..error
        },
        (_, Advice::Reconnect | Advice::Refresh) => PlatformError {
            advice: Advice::FixContent {
                field: APP_PASSWORD.into(),
            },
            code: ErrorCode::WrongCredentials,
            detail: "Bluesky does not accept this handle and app password together.".into(),
            log: error.log,
        },
        _ => error,
    }
}

fn wrong(field: &str, code: ErrorCode, detail: &str) -> PlatformError {
    let log = format!("{field}: {code}");
    PlatformError::new(
        Advice::FixContent {
            field: field.into(),
        },
        code,
        detail,
        log,
    )
}

fn not_by_consent() -> PlatformError {
    PlatformError::new(
        Advice::Permanent,
        ErrorCode::ConnectNotSupported,
        "Bluesky is connected with an app password, not by signing in there.",
        "consent is not supported",
    )
}

#[cfg(test)]
mod tests {
    use super::identifier;

    #[test]
    fn handles_as_people_paste_them() {
        for typed in [
            "you.bsky.social",
            "@you.bsky.social",
            " you.bsky.social\n",
            "\u{202a}@you.bsky.social\u{202c}",
        ] {
            assert_eq!(identifier(typed), "you.bsky.social", "{typed:?}");
        }
        assert_eq!(identifier("me@example.org"), "me@example.org");
        assert_eq!(identifier("did:plc:abc"), "did:plc:abc");
    }
}
