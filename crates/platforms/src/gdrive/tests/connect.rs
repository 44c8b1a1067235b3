//! From consent to a grant, and how it is renewed and given back.

use std::collections::BTreeMap;
use std::sync::Arc;

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::oauth::Pkce;
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant,
};
use fanfare_platform_kit::settings::PlatformSettings;
use fanfare_platform_kit::{Advice, PlatformError};

use super::*;
use crate::gdrive::manifest::manifest;
use crate::gdrive::oauth::endpoint;
use crate::meta_graph::scripted::{APP_ID, APP_SECRET};

async fn send_away(google: &Scripted) -> Result<Authorization, PlatformError> {
    let request = AuthorizeRequest {
        state: "s1",
        fields: &ConnectFields::new(),
        registration: None,
    };
    GoogleDrive::new().authorize(&google.ctx, request).await
}

async fn come_back(google: &Scripted) -> Result<Grant, PlatformError> {
    let kept = send_away(google).await.unwrap().kept;
    let query = BTreeMap::from([("code".to_owned(), "4/0Ab".to_owned())]);
    GoogleDrive::new()
        .exchange(&google.ctx, CallbackAnswer { query, kept })
        .await
}

/// The token endpoint's answer, with the scopes as Google spells them.
fn token(scope: &str) -> Reply {
    ok(json!({
        "access_token": "ya29.new", "expires_in": 3_599, "refresh_token": "1//first", "scope": scope,
        "token_type": "Bearer", "id_token": "e30.e30.sig",
    }))
}

const GRANTED: &str = "openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/drive.readonly";

fn access_of(grant: &Grant) -> Access {
    grant.credentials.read("Google Drive").unwrap()
}

#[test]
fn tokens_have_a_host_of_their_own_at_google() {
    let settings = PlatformSettings::defaults(&manifest().settings);
    for path in ["token", "revoke"] {
        let url = endpoint(&settings, path);
        assert_eq!(
            url.as_str(),
            format!("https://oauth2.googleapis.com/{path}")
        );
    }
}

#[tokio::test]
async fn people_are_asked_for_access_that_lasts() {
    let google = Scripted::start(ID, vec![]).await;
    let Authorization { url, kept, .. } = send_away(&google).await.unwrap();
    assert_eq!(url.host_str(), Some("accounts.google.com"));
    assert_eq!(url.path(), "/o/oauth2/v2/auth");
    let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(
        query["scope"],
        "openid email https://www.googleapis.com/auth/drive.readonly"
    );
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", APP_ID),
        ("redirect_uri", google.ctx.redirect_uri.as_str()),
        ("state", "s1"),
        ("access_type", "offline"),
        ("prompt", "consent"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(query[name], value, "{name}");
    }
    let pkce = Pkce::from_verifier(kept["verifier"].as_str().unwrap());
    assert_eq!(query["code_challenge"], pkce.challenge());
}

#[tokio::test]
async fn without_an_application_nobody_is_sent_away() {
    let mut google = Scripted::start(ID, vec![]).await;
    let mut book = (*google.ctx.settings).clone();
    let without_app = PlatformSettings {
        app: None,
        ..book.of(ID).unwrap().clone()
    };
    book.set(ID, without_app);
    google.ctx.settings = Arc::new(book);
    let error = send_away(&google).await.err().unwrap();
    assert_eq!(error.code, ErrorCode::PlatformNotConfigured);
}

#[tokio::test]
async fn a_code_becomes_access_that_is_renewed_by_itself() {
    let google = Scripted::start(ID, vec![token(GRANTED), ok(user())]).await;
    let grant = come_back(&google).await.unwrap();
    assert_eq!(
        (grant.remote_id.as_str(), grant.name.as_str()),
        ("07482155390246813207", "ines@harbour.example")
    );
    assert_eq!(
        grant.avatar_url.as_deref(),
        Some("https://lh3.example/ines")
    );
    assert_eq!(grant.scopes, ["openid", "email", READ_FILES]);
    assert!(grant.channels.is_empty() && grant.refreshable);
    let ends = at(NOW) + SignedDuration::from_secs(3_599);
    assert_eq!(grant.expires_at, Some(ends));
    let access = access_of(&grant);
    assert_eq!(
        (
            access.access_token.as_str(),
            access.refresh_token.as_deref()
        ),
        ("ya29.new", Some("1//first"))
    );

    let asked = google.asked();
    assert_eq!(asked[0].call, "POST /token");
    for (name, value) in [
        ("grant_type", "authorization_code"),
        ("code", "4/0Ab"),
        ("client_id", APP_ID),
        ("client_secret", APP_SECRET),
        ("redirect_uri", google.ctx.redirect_uri.as_str()),
    ] {
        assert_eq!(asked[0].field(name), value, "{name}");
    }
    assert!(asked[0].field("code_verifier").len() >= 43);
    assert_eq!(asked[1].call, "GET /drive/v3/about");
    assert_eq!(asked[1].token.as_deref(), Some("ya29.new"));
    assert_eq!(
        asked[1].field("fields"),
        "user(displayName,emailAddress,permissionId,photoLink)"
    );
}

#[tokio::test]
async fn a_person_may_leave_out_the_permission_that_matters() {
    let google = Scripted::start(ID, vec![token("openid email")]).await;
    let error = come_back(&google).await.unwrap_err();
    assert_eq!(
        (error.advice, error.code),
        (Advice::NeedsPermission, ErrorCode::PermissionMissing)
    );
    assert_eq!(google.calls(), ["POST /token"], "nobody asks whose it is");

    let google = Scripted::start(ID, vec![token(""), ok(user())]).await;
    let grant = come_back(&google).await.unwrap();
    assert_eq!(
        grant.scopes,
        ["openid", "email", READ_FILES],
        "what is not said is as it was asked for"
    );
}

#[tokio::test]
async fn a_code_that_is_old_or_used_asks_to_begin_again() {
    let used = json!({ "error": "invalid_grant", "error_description": "Bad Request" });
    let google = Scripted::start(ID, vec![reply(400, used)]).await;
    let error = come_back(&google).await.unwrap_err();
    assert_eq!(
        (error.advice, error.code),
        (Advice::Permanent, ErrorCode::StateInvalid)
    );
    let google = Scripted::start(ID, vec![token(GRANTED), refused(401, "authError")]).await;
    assert_eq!(
        come_back(&google).await.unwrap_err().advice,
        Advice::Reconnect,
        "access that was given just now has not run out"
    );
}

#[tokio::test]
async fn renewing_keeps_what_it_is_renewed_with() {
    let renewed =
        ok(json!({ "access_token": "ya29.new", "expires_in": 3_599, "token_type": "Bearer" }));
    let google = Scripted::start(ID, vec![renewed, ok(user())]).await;
    let kept = credentials(Some("1//first"));
    let grant = GoogleDrive::new()
        .refresh(&google.ctx, &kept)
        .await
        .unwrap();
    let access = access_of(&grant);
    assert_eq!(access.access_token, "ya29.new");
    assert_eq!(access.refresh_token.as_deref(), Some("1//first"));
    assert_eq!(
        grant.scopes,
        ["openid", READ_FILES],
        "as they were, for it does not say"
    );
    let asked = &google.asked()[0];
    assert_eq!(
        (asked.field("grant_type"), asked.field("refresh_token")),
        ("refresh_token", "1//first")
    );

    google.will_answer(vec![
        ok(json!({ "access_token": "ya29.newer", "refresh_token": "1//second" })),
        ok(user()),
    ]);
    let grant = GoogleDrive::new()
        .refresh(&google.ctx, &grant.credentials)
        .await
        .unwrap();
    assert_eq!(
        access_of(&grant).refresh_token.as_deref(),
        Some("1//second")
    );
    let hour = SignedDuration::from_hours(1);
    assert_eq!(grant.expires_at, Some(at(NOW) + hour));
}

#[tokio::test]
async fn only_google_itself_ends_a_grant() {
    let over = json!({ "error": "invalid_grant", "error_description": "Token has been expired or revoked." });
    let busy = json!({ "error": "internal_failure" });
    let kept = credentials(Some("1//first"));
    for (answer, advice) in [
        (reply(400, over), Advice::Reconnect),
        (reply(500, busy), Advice::Retry { after: None }),
    ] {
        let google = Scripted::start(ID, vec![answer]).await;
        let error = GoogleDrive::new().refresh(&google.ctx, &kept).await;
        assert_eq!(error.unwrap_err().advice, advice);
    }
    let google = Scripted::start(ID, vec![]).await;
    let error = GoogleDrive::new()
        .refresh(&google.ctx, &credentials(None))
        .await;
    assert_eq!(error.unwrap_err().advice, Advice::Reconnect);
    assert!(google.calls().is_empty());
}

#[tokio::test]
async fn looking_renews_nothing() {
    let google = Scripted::start(ID, vec![ok(user()), refused(401, "authError")]).await;
    let kept = credentials(Some("1//first"));
    let grant = GoogleDrive::new().look(&google.ctx, &kept).await.unwrap();
    assert_eq!(access_of(&grant).access_token, "ya29.old");
    let error = GoogleDrive::new().look(&google.ctx, &kept).await;
    assert_eq!(error.unwrap_err().advice, Advice::Refresh);
    assert_eq!(google.calls(), ["GET /drive/v3/about"; 2]);
}

#[tokio::test]
async fn access_is_given_back_once_and_for_all() {
    let gone = json!({ "error": "invalid_token", "error_description": "Token expired or revoked" });
    let answers = vec![
        ok(json!({})),
        reply(400, gone),
        reply(503, json!("busy")),
        ok(json!({})),
    ];
    let google = Scripted::start(ID, answers).await;
    let give_back = async |refresh_token: Option<&str>| {
        let kept = credentials(refresh_token);
        GoogleDrive::new().revoke(&google.ctx, &kept).await
    };
    assert!(give_back(Some("1//first")).await.is_ok());
    assert!(give_back(Some("1//first")).await.is_ok());
    assert!(give_back(Some("1//first")).await.is_err());
    assert!(give_back(None).await.is_ok());
    let asked = google.asked();
    assert_eq!(asked[0].call, "POST /revoke");
    assert_eq!(asked[0].field("token"), "1//first");
    assert_eq!(asked[3].field("token"), "ya29.old");
}
