//! The pages that people see.

use serde_json::json;

use crate::drive::{Drive, good};
use crate::{facebook, mastodon, shelf};

#[tokio::test]
async fn the_front_page_shows_every_platform_without_script() {
    let drive = Drive::new().await;
    let empty = drive.get("/").await.text().await.unwrap();
    assert!(empty.contains("Nothing has been published yet"));
    let token = mastodon::log_in(&drive, "").await;
    let hostile = "<script>alert(1)</script>";
    good(
        mastodon::publish(
            &drive,
            &token,
            &json!({"status": hostile, "spoiler_text": "Loud"}),
            "a",
        )
        .await,
    )
    .await;
    let (page, token) = facebook::page(&drive).await;
    let fields = [
        ("caption", "A loaf"),
        ("access_token", token.as_str()),
        ("alt_text_custom", "Round, dark"),
    ];
    good(
        drive
            .upload(
                &format!("/facebook/{page}/photos"),
                "source",
                shelf::jpeg(),
                &fields,
            )
            .await,
    )
    .await;

    let answer = drive.get("/").await;
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.contains("default-src 'none'")
            && !policy.contains("script-src")
            && !policy.contains("unsafe")
    );
    let front = answer.text().await.unwrap();
    assert!(!front.contains("<script") && front.contains("&lt;script&gt;"));
    assert!(front.contains("A loaf") && front.contains("Loud"));
    let only = drive.get("/?platform=facebook").await.text().await.unwrap();
    assert!(only.contains("A loaf") && !only.contains("Loud"));

    let start = front.find("/media/").unwrap();
    let picture = front[start..].split('"').next().unwrap();
    let picture = drive.get(picture).await;
    assert_eq!(picture.headers()["content-type"], "image/jpeg");
    assert_eq!(picture.bytes().await.unwrap(), shelf::jpeg());
}

#[tokio::test]
async fn a_post_that_is_gone_says_so() {
    let drive = Drive::new().await;
    for path in [
        "/facebook/posts/1_2",
        "/instagram/p/AbC/",
        "/mastodon/@ines/12",
    ] {
        let answer = drive.get(path).await;
        assert_eq!(answer.status(), 404, "{path}");
        assert!(
            answer
                .text()
                .await
                .unwrap()
                .contains("This post is not here"),
            "{path}"
        );
    }
    let favicon = drive.get("/favicon.ico").await;
    assert_eq!(favicon.status(), 404);
    assert!(
        drive.sandbox.calls().is_empty(),
        "a browser's own wishes are no calls"
    );
    assert_eq!(drive.get("/media/nothing").await.status(), 404);
    assert_eq!(
        drive.get("/media/..%2f..%2fetc%2fpasswd").await.status(),
        404
    );
    assert!(drive.get("/style.css").await.status().is_success());
}
