//! Google Drive: sign in with PKCE, look through folders, download.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_sandbox::{CallKind, Fault, FaultRule, Platform};
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::drive::{Drive, REDIRECT, good, json as body, text, value};

const CONSENT: &str = "/gdrive/o/oauth2/v2/auth";
const READ_FILES: &str = "https://www.googleapis.com/auth/drive.readonly";
const SCOPES: &str = "openid email https://www.googleapis.com/auth/drive.readonly";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-allowed-1234567";
const KINDS: &str = "trashed = false and (mimeType = 'application/vnd.google-apps.folder' or mimeType contains 'image/' or mimeType contains 'video/' or mimeType = 'application/vnd.google-apps.shortcut')";
const FIELDS: &str = "nextPageToken,files(id,name,mimeType,size,md5Checksum,shortcutDetails(targetId,targetMimeType))";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))
}

fn asked(challenge: &str) -> Vec<(&str, &str)> {
    vec![
        ("client_id", "1234"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", SCOPES),
        ("state", "s3"),
        ("code_challenge", challenge),
        ("code_challenge_method", "S256"),
        ("access_type", "offline"),
        ("prompt", "consent"),
    ]
}

/// Agrees to everything, or to what the page's form says, and gives the code.
async fn code(drive: &Drive, said: &[(&str, &str)]) -> String {
    let challenge = challenge();
    let fields = [&asked(&challenge)[..], said].concat();
    let back = drive.consent(CONSENT, &fields).await;
    assert_eq!(value(&back, "state"), "s3");
    value(&back, "code").to_owned()
}

async fn exchange(drive: &Drive, code: &str, verifier: &str) -> Response {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", REDIRECT),
        ("client_id", "1234"),
        ("client_secret", "x"),
    ];
    drive.form("/gdrive/token", &fields).await
}

async fn renew(drive: &Drive, refresh_token: &str) -> Response {
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
        ("client_id", "1234"),
        ("client_secret", "x"),
    ];
    drive.form("/gdrive/token", &fields).await
}

async fn log_in(drive: &Drive) -> Value {
    let code = code(drive, &[]).await;
    good(exchange(drive, &code, VERIFIER).await).await
}

async fn get(drive: &Drive, token: &str, path: &str, query: &[(&str, &str)]) -> Response {
    let request = drive
        .client
        .get(drive.at(&format!("/gdrive/drive/v3/{path}")));
    let request = request.query(query).bearer_auth(token);
    request.send().await.unwrap()
}

async fn list(drive: &Drive, token: &str, place: &str, more: &[(&str, &str)]) -> Response {
    let query = format!("{place} and {KINDS}");
    let ours = [
        ("q", query.as_str()),
        ("orderBy", "folder,name_natural"),
        ("fields", FIELDS),
    ];
    get(drive, token, "files", &[&ours[..], more].concat()).await
}

fn names(listing: &Value) -> Vec<&str> {
    let files = listing["files"].as_array().unwrap();
    files.iter().map(|file| text(&file["name"])).collect()
}

fn file<'a>(listing: &'a Value, name: &str) -> &'a Value {
    let files = listing["files"].as_array().unwrap();
    files.iter().find(|file| file["name"] == name).unwrap()
}

async fn reason(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body = body(answer).await;
    (
        status,
        text(&body["error"]["errors"][0]["reason"]).to_owned(),
    )
}

#[tokio::test]
async fn access_is_given_once_and_renewed_as_often_as_one_likes() {
    let drive = Drive::new().await;
    let wrong = code(&drive, &[]).await;
    let refused = exchange(&drive, &wrong, "another").await;
    assert_eq!(refused.status(), 400);
    assert_eq!(body(refused).await["error"], "invalid_grant");

    let right = code(&drive, &[]).await;
    let token = good(exchange(&drive, &right, VERIFIER).await).await;
    assert_eq!(token["expires_in"], 3_599);
    assert_eq!(
        text(&token["scope"]),
        format!("openid https://www.googleapis.com/auth/userinfo.email {READ_FILES}")
    );
    assert_eq!(exchange(&drive, &right, VERIFIER).await.status(), 400);

    let renewing = text(&token["refresh_token"]);
    for _ in 0..2 {
        let renewed = good(renew(&drive, renewing).await).await;
        assert!(renewed["refresh_token"].is_null());
        let fields = [("fields", "user(permissionId,emailAddress)")];
        let about = good(get(&drive, text(&renewed["access_token"]), "about", &fields).await).await;
        assert_eq!(
            about["user"],
            json!({ "permissionId": "07482155390346813207", "emailAddress": "ines@harbourbakery.example" })
        );
    }
    let not_access = get(&drive, renewing, "about", &[("fields", "user")]).await;
    assert_eq!(not_access.status(), 401);
}

#[tokio::test]
async fn time_ends_access_and_a_person_ends_everything() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let (access, renewing) = (text(&token["access_token"]), text(&token["refresh_token"]));
    assert_eq!(drive.sandbox.expire_tokens(Some(Platform::GDrive)), 1);
    let about = get(&drive, access, "about", &[("fields", "user")]).await;
    assert_eq!(reason(about).await, (401, "authError".to_owned()));
    let renewed = good(renew(&drive, renewing).await).await;

    let given_back = drive.form("/gdrive/revoke", &[("token", renewing)]).await;
    assert_eq!(given_back.status(), 200);
    let again = drive.form("/gdrive/revoke", &[("token", renewing)]).await;
    assert_eq!(again.status(), 400);
    let over = body(renew(&drive, renewing).await).await;
    assert_eq!(over["error"], "invalid_grant");
    let fresh = text(&renewed["access_token"]);
    let about = get(&drive, fresh, "about", &[("fields", "user")]).await;
    assert_eq!(about.status(), 401);
}

#[tokio::test]
async fn what_renews_comes_when_it_is_asked_for() {
    let drive = Drive::new().await;
    for (prompt, comes) in [("", true), ("", false), ("consent", true)] {
        let challenge = challenge();
        let mut fields = asked(&challenge);
        fields.retain(|(name, _)| *name != "prompt");
        fields.push(("prompt", prompt));
        let back = drive.consent(CONSENT, &fields).await;
        let token = good(exchange(&drive, value(&back, "code"), VERIFIER).await).await;
        assert_eq!(token["refresh_token"].is_string(), comes, "{prompt}");
    }
}

#[tokio::test]
async fn the_permission_that_matters_can_be_unticked() {
    let drive = Drive::new().await;
    let challenge = challenge();
    let page = drive
        .client
        .get(drive.at(CONSENT))
        .query(&asked(&challenge));
    let page = page.send().await.unwrap().text().await.unwrap();
    for part in ["Ines Moreno", "ines@harbourbakery.example", "Google Drive"] {
        assert!(page.contains(part), "{part}");
    }
    let said = [
        ("shown", "1"),
        ("decision", "continue"),
        ("grant", "openid"),
        ("grant", "email"),
    ];
    let code = code(&drive, &said).await;
    let token = good(exchange(&drive, &code, VERIFIER).await).await;
    assert!(!text(&token["scope"]).contains("drive"));
    let access = text(&token["access_token"]);
    let about = get(&drive, access, "about", &[("fields", "user")]).await;
    assert_eq!(
        reason(about).await,
        (403, "insufficientPermissions".to_owned())
    );
    let no = [&asked(&challenge)[..], &[("decision", "cancel")]].concat();
    let back = drive.consent(CONSENT, &no).await;
    assert_eq!(value(&back, "error"), "access_denied");
}

#[tokio::test]
async fn folders_are_looked_through_page_by_page() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let token = text(&token["access_token"]);
    let top = good(list(&drive, token, "'root' in parents", &[]).await).await;
    let listed = [
        "Autumn pictures",
        "Old",
        "Videos",
        "Logo.png",
        "Opening hours.png",
    ];
    assert_eq!(names(&top), listed, "the document is left out");
    let folder = text(&file(&top, "Autumn pictures")["id"]).to_owned();
    let place = format!("'{folder}' in parents");

    let whole = good(list(&drive, token, &place, &[]).await).await;
    assert_eq!(names(&whole).len(), 9);
    let logo = &file(&top, "Logo.png")["id"];
    assert_eq!(
        file(&whole, "Our logo")["shortcutDetails"],
        json!({ "targetId": logo, "targetMimeType": "image/png" })
    );
    let mut pages = Vec::new();
    let mut cursor = String::new();
    for size in [4, 4, 1] {
        let more = [("pageSize", "4"), ("pageToken", cursor.as_str())];
        let page = good(list(&drive, token, &place, &more).await).await;
        assert_eq!(names(&page).len(), size);
        pages.extend(page["files"].as_array().unwrap().clone());
        cursor = page["nextPageToken"]
            .as_str()
            .unwrap_or_default()
            .to_owned();
    }
    assert_eq!(json!(pages), whole["files"]);
    assert!(cursor.is_empty(), "there is no fourth page");

    let found = list(&drive, token, r"name contains 'Ann\'s'", &[]).await;
    assert_eq!(names(&good(found).await), ["Ann's birthday loaf.jpg"]);
    let nowhere = list(&drive, token, "'1AbC' in parents", &[]).await;
    assert_eq!(reason(nowhere).await, (404, "notFound".to_owned()));
    let nonsense = list(&drive, token, "'root' in parents", &[("pageToken", "x")]).await;
    assert_eq!(reason(nonsense).await, (400, "invalid".to_owned()));
    let other = get(&drive, token, "files", &[("q", "starred = true")]).await;
    assert_eq!(reason(other).await, (400, "invalid".to_owned()));
}

/// The id of the film, and what is told of it.
async fn film(drive: &Drive, token: &str) -> Value {
    let found = list(drive, token, "name contains 'kneading'", &[]).await;
    good(found).await["files"][0].clone()
}

#[tokio::test]
async fn bytes_are_as_long_as_was_told_and_come_from_any_place_on() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let token = text(&token["access_token"]);
    let film = film(&drive, token).await;
    let path = format!("files/{}", text(&film["id"]));
    let media = [("alt", "media")];
    let answer = get(&drive, token, &path, &media).await;
    assert_eq!(answer.headers()["content-type"], "video/mp4");
    let whole = answer.bytes().await.unwrap();
    assert_eq!(text(&film["size"]), whole.len().to_string());

    let at = drive.at(&format!("/gdrive/drive/v3/{path}?alt=media"));
    let from = |range: &str| {
        let request = drive.client.get(&at).bearer_auth(token);
        request.header("range", range.to_owned()).send()
    };
    let rest = from("bytes=20000-").await.unwrap();
    assert_eq!(rest.status(), 206);
    let range = rest.headers()["content-range"].to_str().unwrap().to_owned();
    let last = whole.len() - 1;
    assert_eq!(range, format!("bytes 20000-{last}/{}", whole.len()));
    assert_eq!(rest.bytes().await.unwrap(), whole.slice(20_000..));
    assert_eq!(from("bytes=900000-").await.unwrap().status(), 416);

    let top = good(list(&drive, token, "'root' in parents", &[]).await).await;
    let folder = format!("files/{}", text(&file(&top, "Old")["id"]));
    let folder = get(&drive, token, &folder, &media).await;
    assert_eq!(
        reason(folder).await,
        (403, "fileNotDownloadable".to_owned())
    );
    let nothing = get(&drive, token, "files/1AbC", &media).await;
    assert_eq!(reason(nothing).await, (404, "notFound".to_owned()));
}

#[tokio::test]
async fn a_download_can_be_cut_half_way() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let token = text(&token["access_token"]);
    let film = film(&drive, token).await;
    let path = format!("files/{}", text(&film["id"]));
    drive.sandbox.faults().add(FaultRule {
        platform: Some(Platform::GDrive),
        call: CallKind::Media,
        delay_ms: Some(50),
        ..FaultRule::new(Fault::TimeoutAfter)
    });
    let mut answer = get(&drive, token, &path, &[("alt", "media")]).await;
    assert_eq!(answer.status(), 200);
    let mut came = 0;
    let ended = loop {
        match answer.chunk().await {
            Ok(Some(chunk)) => came += chunk.len(),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    assert!(ended.is_err());
    let size: usize = text(&film["size"]).parse().unwrap();
    assert_eq!(came, size / 2);
}

#[tokio::test]
async fn faults_speak_googles_language() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let access = text(&token["access_token"]);
    for (fault, expected) in [
        (Fault::RateLimit, (403, "userRateLimitExceeded")),
        (Fault::ServerError, (503, "backendError")),
        (Fault::ExpiredToken, (401, "authError")),
        (Fault::RevokedToken, (401, "authError")),
        (Fault::RejectedMedia, (403, "cannotDownloadFile")),
    ] {
        drive.sandbox.faults().add(FaultRule::new(fault));
        let about = get(&drive, access, "about", &[("fields", "user")]).await;
        let (status, reason) = reason(about).await;
        assert_eq!((status, reason.as_str()), expected);
    }
    drive.sandbox.faults().add(FaultRule {
        delay_ms: Some(90_000),
        ..FaultRule::new(Fault::RateLimit)
    });
    let about = get(&drive, access, "about", &[("fields", "user")]).await;
    assert_eq!(about.headers()["retry-after"], "90");
    drive.sandbox.faults().add(FaultRule {
        call: CallKind::Token,
        ..FaultRule::new(Fault::RevokedToken)
    });
    let over = renew(&drive, text(&token["refresh_token"])).await;
    assert_eq!(body(over).await["error"], "invalid_grant");

    let fresh = log_in(&drive).await;
    let fresh = text(&fresh["access_token"]);
    drive
        .sandbox
        .behave(|behaviour| behaviour.call_limit = Some(2));
    for expected in [200, 200, 403] {
        let about = get(&drive, fresh, "about", &[("fields", "user")]).await;
        assert_eq!(about.status(), expected);
    }
    assert_eq!(drive.sandbox.calls()["gdrive.read"], 9);
}
