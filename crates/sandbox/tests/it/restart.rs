//! A state file carries connections, posts and pictures over a restart; without one, ids still do not repeat.

use fanfare_sandbox::{AppCredentials, Platform, Sandbox, SandboxSettings};
use serde_json::json;

use crate::drive::{Drive, REDIRECT, good, graph_error, text};
use crate::{facebook, mastodon, shelf};

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let settings = SandboxSettings {
        state_file: Some(folder.path().join("state/sandbox.json")),
        ..SandboxSettings::on_port(0)
    };
    let drive = Drive::with(settings.clone()).await;
    let token = mastodon::log_in(&drive, "").await;
    let fields = [("access_token", token.as_str())];
    let picture = good(
        drive
            .upload("/api/v2/media", "file", shelf::jpeg(), &fields)
            .await,
    )
    .await;
    let status = json!({"status": "Rye", "media_ids": [picture["id"]]});
    good(mastodon::publish(&drive, &token, &status, "a").await).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.instagram_daily_posts = 7);
    drive.sandbox.stop().await;

    let drive = Drive::with(settings).await;
    assert_eq!(drive.sandbox.published().len(), 1);
    assert_eq!(drive.sandbox.behaviour().instagram_daily_posts, 7);
    good(mastodon::publish(&drive, &token, &status, "a").await).await;
    assert_eq!(drive.sandbox.published().len(), 1, "the key is remembered");
    let path = text(&picture["url"]).split_once("/media/").unwrap().1;
    let picture = drive.get(&format!("/media/{path}")).await;
    assert_eq!(picture.bytes().await.unwrap(), shelf::jpeg());
}

#[tokio::test]
async fn a_state_file_that_is_none_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "dear diary").unwrap();
    let settings = SandboxSettings {
        state_file: Some(file.clone()),
        ..SandboxSettings::on_port(0)
    };
    let error = Sandbox::start(settings)
        .await
        .err()
        .expect("refuses to start");
    assert!(
        format!("{error:#}").contains("notes.txt is not a sandbox state file"),
        "{error:#}"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "dear diary");
}

#[tokio::test]
async fn a_stopped_sandbox_closes_its_connections() {
    let drive = Drive::new().await;
    good(drive.get("/api/v2/instance").await).await;
    let at = drive.at("/api/v2/instance");
    drive.sandbox.stop().await;
    assert!(drive.client.get(at).send().await.is_err());
}

#[tokio::test]
async fn only_named_applications_are_accepted_once_some_are_named() {
    let (id, secret) = facebook::APP;
    let app = |client_secret: &str| AppCredentials {
        platform: Platform::Facebook,
        client_id: id.to_owned(),
        client_secret: client_secret.to_owned(),
    };
    let settings = SandboxSettings {
        apps: vec![app(secret)],
        ..SandboxSettings::on_port(0)
    };
    let drive = Drive::with(settings).await;
    facebook::log_in(&drive).await;
    let stranger = [("client_id", "999"), ("redirect_uri", REDIRECT)];
    assert_eq!(
        drive
            .form("/facebook/dialog/oauth", &stranger)
            .await
            .status(),
        400
    );
    let wrong = [
        ("client_id", id),
        ("client_secret", "guess"),
        ("redirect_uri", REDIRECT),
        ("code", "x"),
    ];
    assert_eq!(
        graph_error(drive.form("/facebook/oauth/access_token", &wrong).await)
            .await
            .0,
        1
    );
    mastodon::log_in(&drive, "").await;
}
