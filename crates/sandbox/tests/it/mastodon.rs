//! Mastodon: register, authorize with PKCE, upload, publish.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use image::ImageFormat;
use reqwest::Response;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::drive::{Drive, REDIRECT, good, json as body, text, value};
use crate::shelf;

const SCOPES: &str = "read:accounts read:statuses write:statuses write:media";
const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-allowed-1234567";

async fn register(drive: &Drive, base: &str) -> Value {
    let app = json!({"client_name": "Tester", "redirect_uris": [REDIRECT], "scopes": SCOPES});
    good(drive.json(&format!("{base}/api/v1/apps"), &app).await).await
}

async fn code(drive: &Drive, base: &str, app: &Value) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let asked = [
        ("client_id", text(&app["client_id"])),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", SCOPES),
        ("state", "s2"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let back = drive
        .consent(&format!("{base}/oauth/authorize"), &asked)
        .await;
    assert_eq!(value(&back, "state"), "s2");
    value(&back, "code").to_owned()
}

async fn exchange(drive: &Drive, base: &str, app: &Value, code: &str, verifier: &str) -> Response {
    let exchange = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("client_id", text(&app["client_id"])),
        ("client_secret", text(&app["client_secret"])),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    drive.form(&format!("{base}/oauth/token"), &exchange).await
}

/// Registers and logs in; gives the token.
pub async fn log_in(drive: &Drive, base: &str) -> String {
    let app = register(drive, base).await;
    let code = code(drive, base, &app).await;
    let token = good(exchange(drive, base, &app, &code, VERIFIER).await).await;
    assert_eq!(
        (text(&token["scope"]), text(&token["token_type"])),
        (SCOPES, "Bearer")
    );
    text(&token["access_token"]).to_owned()
}

pub async fn publish(drive: &Drive, token: &str, status: &Value, key: &str) -> Response {
    let post = drive
        .client
        .post(drive.at("/api/v1/statuses"))
        .bearer_auth(token)
        .header("idempotency-key", key);
    post.json(status).send().await.unwrap()
}

async fn attach(drive: &Drive, token: &str, bytes: Vec<u8>) -> Response {
    drive
        .upload(
            "/api/v2/media",
            "file",
            bytes,
            &[("access_token", token), ("description", "A loaf")],
        )
        .await
}

#[tokio::test]
async fn connects_under_a_path_and_at_the_root() {
    let drive = Drive::new().await;
    for base in ["", "/mastodon"] {
        let token = log_in(&drive, base).await;
        let account = drive
            .client
            .get(drive.at(&format!("{base}/api/v1/accounts/verify_credentials")))
            .bearer_auth(&token);
        let account = good(account.send().await.unwrap()).await;
        assert_eq!(text(&account["username"]), "harbourbakery");
        let instance = good(drive.get(&format!("{base}/api/v2/instance")).await).await;
        assert_eq!(instance["configuration"]["statuses"]["max_characters"], 500);
        let discovery = good(
            drive
                .get(&format!("{base}/.well-known/oauth-authorization-server"))
                .await,
        )
        .await;
        assert_eq!(
            discovery["code_challenge_methods_supported"],
            json!(["S256"])
        );
    }
}

#[tokio::test]
async fn a_code_needs_its_verifier_and_is_good_once() {
    let drive = Drive::new().await;
    let app = register(&drive, "").await;
    let wrong = code(&drive, "", &app).await;
    for verifier in ["another", ""] {
        let answer = exchange(&drive, "", &app, &wrong, verifier).await;
        assert_eq!(answer.status(), 400);
        assert_eq!(body(answer).await["error"], "invalid_grant");
    }
    let right = code(&drive, "", &app).await;
    good(exchange(&drive, "", &app, &right, VERIFIER).await).await;
    assert_eq!(
        exchange(&drive, "", &app, &right, VERIFIER).await.status(),
        400
    );
    let stranger = json!({"client_id": "nobody", "client_secret": "nothing"});
    let answer = exchange(&drive, "", &stranger, &right, VERIFIER).await;
    assert_eq!(
        (answer.status().as_u16(), &body(answer).await["error"]),
        (401, &json!("invalid_client"))
    );
}

#[tokio::test]
async fn a_status_is_published_once_per_key() {
    let drive = Drive::new().await;
    let token = log_in(&drive, "").await;
    let status = json!({"status": "Rye <at> nine", "visibility": "unlisted", "language": "en"});
    let first = good(publish(&drive, &token, &status, "k1").await).await;
    let again = good(publish(&drive, &token, &status, "k1").await).await;
    assert_eq!(first["id"], again["id"]);
    assert_eq!(
        (text(&first["content"]), text(&first["application"]["name"])),
        ("<p>Rye &lt;at&gt; nine</p>", "Tester")
    );
    let other = good(publish(&drive, &token, &status, "k2").await).await;
    assert_ne!(first["id"], other["id"]);
    let published = drive.sandbox.published();
    assert_eq!(published.len(), 2);
    assert_eq!(published[0].idempotency_key.as_deref(), Some("k1"));
    let shown = drive
        .client
        .get(text(&first["url"]))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(shown.contains("Rye &lt;at&gt; nine"), "{shown}");
    let account = text(&first["account"]["id"]);
    let list = drive
        .client
        .get(drive.at(&format!("/api/v1/accounts/{account}/statuses?limit=1")))
        .bearer_auth(&token);
    assert_eq!(good(list.send().await.unwrap()).await[0]["id"], other["id"]);
    let at = drive.at(&format!("/api/v1/statuses/{}", text(&first["id"])));
    let source = drive.client.get(format!("{at}/source")).bearer_auth(&token);
    assert_eq!(
        good(source.send().await.unwrap()).await["text"],
        "Rye <at> nine"
    );
    good(
        drive
            .client
            .delete(&at)
            .bearer_auth(&token)
            .send()
            .await
            .unwrap(),
    )
    .await;
    assert_eq!(drive.client.get(&at).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn pictures_are_ready_at_once_and_videos_later() {
    let drive = Drive::new().await;
    let token = log_in(&drive, "").await;
    let picture = attach(&drive, &token, shelf::jpeg()).await;
    assert_eq!(picture.status(), 200);
    let picture = body(picture).await;
    assert_eq!(
        (text(&picture["description"]), text(&picture["type"])),
        ("A loaf", "image")
    );
    let post = publish(&drive, &token, &json!({"media_ids": [picture["id"]]}), "p").await;
    assert_eq!(
        good(post).await["media_attachments"][0]["id"],
        picture["id"]
    );
    let again = publish(
        &drive,
        &token,
        &json!({"status": "x", "media_ids": [picture["id"]]}),
        "q",
    )
    .await;
    assert_eq!(again.status(), 422);

    let video = attach(&drive, &token, shelf::video(8)).await;
    assert_eq!(video.status(), 202);
    let video = body(video).await;
    assert!(video["url"].is_null());
    let early = publish(
        &drive,
        &token,
        &json!({"status": "x", "media_ids": [video["id"]]}),
        "v",
    )
    .await;
    assert_eq!(early.status(), 422);
    let poll = || async {
        let at = drive.at(&format!("/api/v1/media/{}", text(&video["id"])));
        drive
            .client
            .get(at)
            .bearer_auth(&token)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!([poll().await, poll().await, poll().await], [206, 206, 200]);
    good(
        publish(
            &drive,
            &token,
            &json!({"status": "x", "media_ids": [video["id"]]}),
            "v",
        )
        .await,
    )
    .await;
}

#[tokio::test]
async fn limits_are_kept() {
    let drive = Drive::new().await;
    let token = log_in(&drive, "").await;
    let exact = format!(
        "{} https://example.org/{}",
        "x".repeat(476),
        "y".repeat(200)
    );
    good(publish(&drive, &token, &json!({"status": exact}), "a").await).await;
    for (status, why) in [
        (
            json!({"status": format!("{exact} z")}),
            "character limit of 500",
        ),
        (
            json!({"status": "x".repeat(499), "spoiler_text": "yy"}),
            "character limit of 500",
        ),
        (json!({"status": " "}), "can't be blank"),
        (json!({"status": "x", "visibility": "loud"}), "Visibility"),
        (json!({"status": "x", "media_ids": ["1"]}), "not found"),
        (
            json!({"status": "x", "media_ids": ["1", "2", "3", "4", "5"]}),
            "more than 4",
        ),
    ] {
        let answer = publish(&drive, &token, &status, "b").await;
        assert_eq!(answer.status(), 422, "{status}");
        assert!(text(&body(answer).await["error"]).contains(why), "{status}");
    }
    let lie = attach(&drive, &token, b"GIF? no".to_vec()).await;
    assert_eq!(lie.status(), 422);
    let huge = attach(
        &drive,
        &token,
        shelf::picture(8_000, 4_200, ImageFormat::Png),
    )
    .await;
    assert!(text(&body(huge).await["error"]).contains("8000x4200"));
    assert_eq!(drive.sandbox.published().len(), 1);
}

#[tokio::test]
async fn tokens_are_needed_fit_for_the_work_and_revocable() {
    let drive = Drive::new().await;
    let none = drive
        .json("/api/v1/statuses", &json!({"status": "x"}))
        .await;
    assert_eq!(none.status(), 401);
    assert!(none.headers().contains_key("www-authenticate"));
    assert_eq!(
        body(none).await,
        json!({"error": "The access token is invalid"})
    );

    let app = register(&drive, "").await;
    let fields = [
        ("grant_type", "client_credentials"),
        ("client_id", text(&app["client_id"])),
        ("client_secret", text(&app["client_secret"])),
    ];
    let application = good(drive.form("/oauth/token", &fields).await).await;
    let as_app = publish(
        &drive,
        text(&application["access_token"]),
        &json!({"status": "x"}),
        "a",
    )
    .await;
    assert_eq!(as_app.status(), 422);

    let code = code(&drive, "", &app).await;
    let token = good(exchange(&drive, "", &app, &code, VERIFIER).await).await;
    let token = text(&token["access_token"]);
    let revoke = [fields[1], fields[2], ("token", token)];
    good(drive.form("/oauth/revoke", &revoke).await).await;
    let revoked = publish(&drive, token, &json!({"status": "x"}), "a").await;
    assert_eq!(body(revoked).await["error"], "The access token was revoked");
}
