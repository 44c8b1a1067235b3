//! Instagram: both ways to log in, containers, publishing.

use std::time::Duration;

use image::ImageFormat;
use serde_json::{Value, json};

use crate::drive::{Drive, REDIRECT, good, graph_error, json as body, text, value};
use crate::facebook::{log_in as facebook_log_in, pages};
use crate::shelf;

const APP: (&str, &str) = ("987", "ig-secret");

/// An Instagram account with a token: through Facebook, or through Instagram itself.
pub struct Account {
    pub base: &'static str,
    pub id: String,
    pub token: String,
}

pub async fn through_facebook(drive: &Drive) -> Account {
    let page = pages(drive, &facebook_log_in(drive).await).await.remove(0);
    let id = text(&page["instagram_business_account"]["id"]).to_owned();
    Account {
        base: "/facebook/v26.0",
        id,
        token: text(&page["access_token"]).to_owned(),
    }
}

async fn through_instagram(drive: &Drive) -> Account {
    let scopes = "instagram_business_basic,instagram_business_content_publish";
    let asked = [
        ("client_id", APP.0),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
        ("scope", scopes),
    ];
    let back = drive.consent("/instagram/oauth/authorize", &asked).await;
    let exchange = [
        ("client_id", APP.0),
        ("client_secret", APP.1),
        ("grant_type", "authorization_code"),
        ("redirect_uri", REDIRECT),
        ("code", value(&back, "code")),
    ];
    let short = good(drive.form("/instagram/oauth/access_token", &exchange).await).await;
    let query = format!(
        "grant_type=ig_exchange_token&client_secret={}&access_token={}",
        APP.1,
        text(&short["access_token"])
    );
    let long = good(drive.get(&format!("/instagram/access_token?{query}")).await).await;
    assert_eq!(long["expires_in"], json!(5_184_000));
    let token = text(&long["access_token"]).to_owned();
    let me = good(
        drive
            .get(&format!(
                "/instagram/v26.0/me?fields=user_id,username,account_type&access_token={token}"
            ))
            .await,
    )
    .await;
    assert_eq!(text(&me["username"]), "harbour.bakery");
    Account {
        base: "/instagram/v26.0",
        id: text(&me["user_id"]).to_owned(),
        token,
    }
}

impl Account {
    pub async fn container(&self, drive: &Drive, fields: &[(&str, &str)]) -> reqwest::Response {
        let fields: Vec<_> = fields
            .iter()
            .copied()
            .chain([("access_token", self.token.as_str())])
            .collect();
        drive
            .form(&format!("{}/{}/media", self.base, self.id), &fields)
            .await
    }

    pub async fn publish(&self, drive: &Drive, container: &str) -> reqwest::Response {
        let fields = [
            ("creation_id", container),
            ("access_token", self.token.as_str()),
        ];
        drive
            .form(&format!("{}/{}/media_publish", self.base, self.id), &fields)
            .await
    }

    pub async fn read(&self, drive: &Drive, id: &str, fields: &str) -> Value {
        good(
            drive
                .get(&format!(
                    "{}/{id}?fields={fields}&access_token={}",
                    self.base, self.token
                ))
                .await,
        )
        .await
    }

    /// Polls until a container is no longer in progress.
    async fn settled(&self, drive: &Drive, container: &str) -> (String, String) {
        for _ in 0..200 {
            let seen = self.read(drive, container, "status_code,status").await;
            if text(&seen["status_code"]) != "IN_PROGRESS" {
                return (
                    text(&seen["status_code"]).to_owned(),
                    text(&seen["status"]).to_owned(),
                );
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{container} stays in progress");
    }
}

#[tokio::test]
async fn an_image_is_published_either_way() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.jpg", shelf::jpeg())]).await;
    let image = format!("http://{files}/a.jpg");
    for account in [
        through_facebook(&drive).await,
        through_instagram(&drive).await,
    ] {
        let fields = [
            ("image_url", image.as_str()),
            ("caption", "Fresh"),
            ("alt_text", "A loaf"),
        ];
        let container = good(account.container(&drive, &fields).await).await;
        assert_eq!(
            account.settled(&drive, text(&container["id"])).await.0,
            "FINISHED"
        );
        let media = good(account.publish(&drive, text(&container["id"])).await).await;
        let seen = account
            .read(
                &drive,
                text(&media["id"]),
                "permalink,caption,media_type,timestamp,shortcode",
            )
            .await;
        assert_eq!(
            (text(&seen["caption"]), text(&seen["media_type"])),
            ("Fresh", "IMAGE")
        );
        let shown = drive
            .client
            .get(text(&seen["permalink"]))
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(
            shown.contains("Fresh") && shown.contains("A loaf"),
            "{shown}"
        );
        assert_eq!(
            account.settled(&drive, text(&container["id"])).await.0,
            "PUBLISHED"
        );
        let again = account.publish(&drive, text(&container["id"])).await;
        assert_eq!(graph_error(again).await, (24, Some(2207006)));
    }
    assert_eq!(drive.sandbox.published().len(), 2);
}

#[tokio::test]
async fn a_reel_is_fetched_later_and_waited_for() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.mp4", shelf::video(20))]).await;
    let account = through_facebook(&drive).await;
    let url = format!("http://{files}/a.mp4");
    let container = good(
        account
            .container(&drive, &[("media_type", "REELS"), ("video_url", &url)])
            .await,
    )
    .await;
    let early = account.publish(&drive, text(&container["id"])).await;
    assert_eq!(graph_error(early).await, (9007, Some(2207027)));
    assert_eq!(
        account.settled(&drive, text(&container["id"])).await.0,
        "FINISHED"
    );
    good(account.publish(&drive, text(&container["id"])).await).await;
    assert!(drive.sandbox.published()[0].permalink.contains("/reel/"));
}

#[tokio::test]
async fn a_carousel_gathers_its_items() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.jpg", shelf::jpeg()), ("b.mp4", shelf::video(5))]).await;
    let account = through_instagram(&drive).await;
    let (image, video) = (
        format!("http://{files}/a.jpg"),
        format!("http://{files}/b.mp4"),
    );
    let item = ("is_carousel_item", "true");
    let first = good(
        account
            .container(&drive, &[item, ("image_url", &image)])
            .await,
    )
    .await;
    let second = good(
        account
            .container(
                &drive,
                &[item, ("media_type", "VIDEO"), ("video_url", &video)],
            )
            .await,
    )
    .await;
    let children = format!("{},{}", text(&first["id"]), text(&second["id"]));
    let parent = [
        ("media_type", "CAROUSEL"),
        ("children", children.as_str()),
        ("caption", "Both"),
    ];
    let parent = good(account.container(&drive, &parent).await).await;
    assert_eq!(
        account.settled(&drive, text(&parent["id"])).await.0,
        "FINISHED"
    );
    let media = good(account.publish(&drive, text(&parent["id"])).await).await;
    let seen = account
        .read(
            &drive,
            text(&media["id"]),
            "media_type,children{media_type}",
        )
        .await;
    assert_eq!(seen["media_type"], "CAROUSEL_ALBUM");
    assert_eq!(seen["children"]["data"][1]["media_type"], "VIDEO");
    let alone = [("media_type", "CAROUSEL"), ("children", text(&first["id"]))];
    assert_eq!(
        graph_error(account.container(&drive, &alone).await).await,
        (100, Some(2207028))
    );
}

#[tokio::test]
async fn a_story_has_its_own_list() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.jpg", shelf::picture(900, 1600, ImageFormat::Jpeg))]).await;
    let account = through_facebook(&drive).await;
    let url = format!("http://{files}/a.jpg");
    let container = good(
        account
            .container(&drive, &[("media_type", "STORIES"), ("image_url", &url)])
            .await,
    )
    .await;
    let media = good(account.publish(&drive, text(&container["id"])).await).await;
    let list = |edge: &str| {
        format!(
            "{}/{}/{edge}?fields=permalink&access_token={}",
            account.base, account.id, account.token
        )
    };
    assert_eq!(
        good(drive.get(&list("media")).await).await["data"],
        json!([])
    );
    let stories = good(drive.get(&list("stories")).await).await;
    assert_eq!(stories["data"][0]["id"], media["id"]);
    let shown = drive
        .client
        .get(text(&stories["data"][0]["permalink"]))
        .send()
        .await
        .unwrap();
    assert!(shown.status().is_success());
}

#[tokio::test]
async fn what_it_does_not_take_has_its_documented_error() {
    let drive = Drive::new().await;
    let large = [shelf::jpeg(), vec![0; 8 * 1024 * 1024]].concat();
    let files = shelf::serve([
        ("a.jpg", shelf::jpeg()),
        ("png-in-truth.jpg", shelf::picture(50, 50, ImageFormat::Png)),
        ("wide.jpg", shelf::picture(400, 100, ImageFormat::Jpeg)),
        ("tall.jpg", shelf::picture(100, 200, ImageFormat::Jpeg)),
        ("large.jpg", large),
        ("film.mp4", shelf::video(9)),
    ])
    .await;
    let account = through_facebook(&drive).await;
    let caption = "x".repeat(2_201);
    for (name, more, error) in [
        ("missing.jpg", vec![], (9004, Some(2207052))),
        ("png-in-truth.jpg", vec![], (36001, Some(2207005))),
        ("film.mp4", vec![], (36001, Some(2207005))),
        ("wide.jpg", vec![], (36003, Some(2207009))),
        ("tall.jpg", vec![], (36003, Some(2207009))),
        ("large.jpg", vec![], (36000, Some(2207004))),
        (
            "a.jpg",
            vec![("caption", caption.as_str())],
            (36004, Some(2207010)),
        ),
        ("a.jpg", vec![("media_type", "POEM")], (100, Some(2207023))),
        (
            "a.jpg",
            vec![("collaborators", "@ines")],
            (110, Some(2207018)),
        ),
    ] {
        let url = format!("http://{files}/{name}");
        let fields: Vec<_> = more
            .into_iter()
            .chain([("image_url", url.as_str())])
            .collect();
        assert_eq!(
            graph_error(account.container(&drive, &fields).await).await,
            error,
            "{name}"
        );
    }
}

#[tokio::test]
async fn trouble_with_a_fetch_that_comes_later_is_the_containers_status() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.jpg", shelf::jpeg()), ("blink.mp4", shelf::video(1))]).await;
    let account = through_facebook(&drive).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.instagram_fetches_pictures_later = true);
    for (field, name, subcode) in [
        ("video_url", "a.jpg", "2207026"),
        ("video_url", "blink.mp4", "2207026"),
        ("video_url", "missing.mp4", "2207052"),
        ("image_url", "missing.jpg", "2207052"),
    ] {
        let url = format!("http://{files}/{name}");
        let kind = if field == "video_url" {
            "REELS"
        } else {
            "IMAGE"
        };
        let container = good(
            account
                .container(&drive, &[("media_type", kind), (field, &url)])
                .await,
        )
        .await;
        let (code, status) = account.settled(&drive, text(&container["id"])).await;
        assert!(
            code == "ERROR" && status.contains(subcode),
            "{name}: {code} {status}"
        );
        assert!(
            !account
                .publish(&drive, text(&container["id"]))
                .await
                .status()
                .is_success()
        );
    }
}

#[tokio::test]
async fn polls_can_be_asked_for() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.jpg", shelf::jpeg())]).await;
    let account = through_facebook(&drive).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.processing_polls = Some(2));
    let url = format!("http://{files}/a.jpg");
    let container = good(account.container(&drive, &[("image_url", &url)]).await).await;
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(
            account
                .read(&drive, text(&container["id"]), "status_code")
                .await["status_code"]
                .clone(),
        );
    }
    assert_eq!(seen, ["IN_PROGRESS", "IN_PROGRESS", "FINISHED"]);
}

#[tokio::test]
async fn the_daily_limit_is_told_and_kept() {
    let drive = Drive::new().await;
    let files = shelf::serve([("a.jpg", shelf::jpeg())]).await;
    let account = through_facebook(&drive).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.instagram_daily_posts = 1);
    let url = format!("http://{files}/a.jpg");
    for error in [None, Some((9, Some(2207042)))] {
        let container = good(account.container(&drive, &[("image_url", &url)]).await).await;
        let answer = account.publish(&drive, text(&container["id"])).await;
        match error {
            None => drop(good(answer).await),
            Some(error) => assert_eq!(graph_error(answer).await, error),
        }
    }
    let path = format!("{}/content_publishing_limit", account.id);
    let limit = account.read(&drive, &path, "quota_usage,config").await;
    assert_eq!(
        limit["data"][0],
        json!({"quota_usage": 1, "config": {"quota_total": 1, "quota_duration": 86400}})
    );
}

#[tokio::test]
async fn bytes_may_be_uploaded_instead_of_fetched() {
    let drive = Drive::new().await;
    let account = through_instagram(&drive).await;
    let asked = [("media_type", "REELS"), ("upload_type", "resumable")];
    let container = good(account.container(&drive, &asked).await).await;
    assert_eq!(
        account
            .read(&drive, text(&container["id"]), "status_code")
            .await["status_code"],
        "IN_PROGRESS"
    );
    let film = shelf::video(10);
    let upload = drive
        .client
        .post(text(&container["uri"]))
        .header("authorization", format!("OAuth {}", account.token));
    let upload = upload
        .header("offset", "0")
        .header("file_size", film.len().to_string())
        .body(film);
    good(upload.send().await.unwrap()).await;
    assert_eq!(
        account.settled(&drive, text(&container["id"])).await.0,
        "FINISHED"
    );
}

#[tokio::test]
async fn the_token_endpoint_has_its_own_envelope_and_young_tokens_are_not_refreshed() {
    let drive = Drive::new().await;
    let account = through_instagram(&drive).await;
    let exchange = [
        ("client_id", APP.0),
        ("client_secret", APP.1),
        ("grant_type", "authorization_code"),
        ("redirect_uri", REDIRECT),
        ("code", "nonsense"),
    ];
    let answer = drive.form("/instagram/oauth/access_token", &exchange).await;
    assert_eq!(answer.status(), 400);
    let answer = body(answer).await;
    assert_eq!(
        (text(&answer["error_type"]), &answer["code"]),
        ("OAuthException", &json!(400))
    );
    let refresh = format!(
        "/instagram/refresh_access_token?grant_type=ig_refresh_token&access_token={}",
        account.token
    );
    assert_eq!(graph_error(drive.get(&refresh).await).await.0, 100);
    drive
        .sandbox
        .behave(|behaviour| behaviour.token_lifetime_seconds = Some(600));
    assert_eq!(
        good(drive.get(&refresh).await).await["expires_in"],
        json!(600)
    );
}
