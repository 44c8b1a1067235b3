//! Facebook: log in, choose Pages, publish, read back.

use hmac::{Hmac, KeyInit, Mac};
use image::ImageFormat;
use serde_json::{Value, json};
use sha2::Sha256;

use crate::drive::{Drive, REDIRECT, good, graph_error, text, value};
use crate::shelf;

pub const APP: (&str, &str) = ("1234", "shh");
pub const SCOPES: &str = "pages_show_list,pages_manage_posts,pages_read_engagement,instagram_basic,instagram_content_publish";
const DIALOG: &str = "/facebook/v26.0/dialog/oauth";
const EXCHANGE: &str = "/facebook/v26.0/oauth/access_token";

/// Gets a code from the dialog.
async fn code(drive: &Drive, scopes: &str) -> String {
    let asked = [
        ("client_id", APP.0),
        ("redirect_uri", REDIRECT),
        ("state", "s1"),
        ("scope", scopes),
    ];
    let back = drive.consent(DIALOG, &asked).await;
    assert_eq!(value(&back, "state"), "s1");
    value(&back, "code").to_owned()
}

/// Logs in and gives the long-lived user token.
pub async fn log_in(drive: &Drive) -> String {
    log_in_for(drive, SCOPES).await
}

/// Logs in for other permissions.
pub async fn log_in_for(drive: &Drive, scopes: &str) -> String {
    let code = code(drive, scopes).await;
    let query = [
        ("client_id", APP.0),
        ("client_secret", APP.1),
        ("redirect_uri", REDIRECT),
        ("code", &code),
    ];
    let short = good(drive.form(EXCHANGE, &query).await).await;
    let exchange = [
        ("grant_type", "fb_exchange_token"),
        ("client_id", APP.0),
        ("client_secret", APP.1),
        ("fb_exchange_token", text(&short["access_token"])),
    ];
    let long = good(drive.form(EXCHANGE, &exchange).await).await;
    assert!(long["expires_in"].as_i64() > short["expires_in"].as_i64());
    text(&long["access_token"]).to_owned()
}

pub async fn pages(drive: &Drive, token: &str) -> Vec<Value> {
    let fields =
        "id,name,access_token,tasks,picture.type(large),instagram_business_account{id,username}";
    let path = format!("/facebook/v26.0/me/accounts?fields={fields}&access_token={token}");
    good(drive.get(&path).await).await["data"]
        .as_array()
        .unwrap()
        .clone()
}

/// The id and token of the first Page.
pub async fn page(drive: &Drive) -> (String, String) {
    let page = pages(drive, &log_in(drive).await).await.remove(0);
    (
        text(&page["id"]).to_owned(),
        text(&page["access_token"]).to_owned(),
    )
}

#[tokio::test]
async fn a_page_says_what_it_is() {
    let drive = Drive::new().await;
    let pages = pages(&drive, &log_in(&drive).await).await;
    let names: Vec<_> = pages.iter().map(|page| text(&page["name"])).collect();
    assert_eq!(
        names,
        [
            "Harbour Bakery",
            "Harbour Workshops",
            "Quayside Christmas Market"
        ]
    );
    assert_eq!(
        text(&pages[0]["instagram_business_account"]["username"]),
        "harbour.bakery"
    );
    assert!(pages[2].get("instagram_business_account").is_none());
    let avatar = text(&pages[0]["picture"]["data"]["url"]);
    assert!(
        drive
            .client
            .get(avatar)
            .send()
            .await
            .unwrap()
            .status()
            .is_success()
    );
}

#[tokio::test]
async fn lists_are_paged() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let mut next = Some(drive.at(&format!(
        "/facebook/v26.0/me/accounts?fields=name&limit=2&access_token={token}"
    )));
    let mut names = Vec::new();
    while let Some(address) = next.take() {
        let list = good(drive.client.get(address).send().await.unwrap()).await;
        names.extend(
            list["data"]
                .as_array()
                .unwrap()
                .iter()
                .map(|page| text(&page["name"]).to_owned()),
        );
        next = list["paging"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(
        names,
        [
            "Harbour Bakery",
            "Harbour Workshops",
            "Quayside Christmas Market"
        ]
    );
}

#[tokio::test]
async fn a_code_is_good_once_for_its_own_address() {
    let drive = Drive::new().await;
    let code = code(&drive, SCOPES).await;
    let with = |redirect: &'static str| {
        [
            ("client_id", APP.0),
            ("client_secret", APP.1),
            ("redirect_uri", redirect),
            ("code", code.as_str()),
        ]
    };
    let other = drive
        .form(EXCHANGE, &with("http://127.0.0.1:9/callback"))
        .await;
    assert_eq!(graph_error(other).await, (100, Some(36008)));
    good(drive.form(EXCHANGE, &with(REDIRECT)).await).await;
    assert_eq!(
        graph_error(drive.form(EXCHANGE, &with(REDIRECT)).await).await,
        (100, Some(36009))
    );
}

#[tokio::test]
async fn a_text_is_published_and_read_back() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let path = format!("/facebook/v26.0/{page}/feed");
    let posted = good(
        drive
            .form(
                &path,
                &[("message", "Rye at nine"), ("access_token", &token)],
            )
            .await,
    )
    .await;
    let id = text(&posted["id"]);
    assert!(id.starts_with(&format!("{page}_")), "{id}");
    let read =
        format!("/facebook/{id}?fields=permalink_url,message,created_time&access_token={token}");
    let post = good(drive.get(&read).await).await;
    assert_eq!(text(&post["message"]), "Rye at nine");
    assert!(text(&post["created_time"]).ends_with("+0000"));
    let shown = drive
        .client
        .get(text(&post["permalink_url"]))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(shown.contains("Rye at nine"), "{shown}");
    let list = good(
        drive
            .get(&format!(
                "/facebook/{page}/published_posts?access_token={token}"
            ))
            .await,
    )
    .await;
    assert_eq!(text(&list["data"][0]["id"]), id);
    let delete = drive
        .client
        .delete(drive.at(&format!("/facebook/{id}")))
        .bearer_auth(&token);
    assert_eq!(
        good(delete.send().await.unwrap()).await,
        json!({"success": true})
    );
    assert_eq!(graph_error(drive.get(&read).await).await, (100, Some(33)));
    let published = drive.sandbox.published();
    assert!(
        published.len() == 1 && published[0].deleted,
        "{published:?}"
    );
}

#[tokio::test]
async fn several_photos_become_one_post() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let files = shelf::serve([("b.png", shelf::picture(40, 30, ImageFormat::Png))]).await;
    let path = format!("/facebook/v26.0/{page}/photos");
    let aside = [
        ("published", "false"),
        ("access_token", token.as_str()),
        ("alt_text_custom", "A loaf"),
    ];
    let first = good(drive.upload(&path, "source", shelf::jpeg(), &aside).await).await;
    let by_url =
        json!({"url": format!("http://{files}/b.png"), "published": false, "access_token": token});
    let second = good(drive.json(&path, &by_url).await).await;
    assert!(first.get("post_id").is_none());
    assert!(drive.sandbox.published().is_empty());
    let feed = json!({
        "message": "Two loaves", "attached_media": [{"media_fbid": first["id"]}, {"media_fbid": second["id"]}],
    });
    let post = drive
        .client
        .post(drive.at(&format!("/facebook/v26.0/{page}/feed")))
        .bearer_auth(&token)
        .json(&feed);
    let post = good(post.send().await.unwrap()).await;
    let fields = "attachments{media_type,target,subattachments{media_type,target}}";
    let read = format!(
        "/facebook/{}?fields={fields}&access_token={token}",
        text(&post["id"])
    );
    let parts =
        good(drive.get(&read).await).await["attachments"]["data"][0]["subattachments"]["data"]
            .clone();
    assert_eq!(
        [&parts[0]["target"]["id"], &parts[1]["target"]["id"]],
        [&first["id"], &second["id"]]
    );
    let again = format!(r#"{{"media_fbid":"{}"}}"#, text(&first["id"]));
    let feed = [
        ("attached_media[0]", again.as_str()),
        ("access_token", &token),
    ];
    let again = drive
        .form(&format!("/facebook/v26.0/{page}/feed"), &feed)
        .await;
    assert_eq!(graph_error(again).await, (100, Some(1366051)));
    assert_eq!(drive.sandbox.published()[0].media_count, 2);
}

#[tokio::test]
async fn a_file_that_lies_about_its_kind_is_refused() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let fields = [("access_token", token.as_str())];
    let path = format!("/facebook/{page}/photos");
    let lie = drive
        .upload(
            &path,
            "source",
            b"<html>not a picture</html>".to_vec(),
            &fields,
        )
        .await;
    assert_eq!(graph_error(lie).await, (324, Some(1366046)));
    let gone = drive
        .form(
            &path,
            &[
                ("url", "http://127.0.0.1:9/none.jpg"),
                ("access_token", &token),
            ],
        )
        .await;
    assert_eq!(graph_error(gone).await.0, 100);
}

#[tokio::test]
async fn a_video_is_processed_after_it_is_posted() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let fields = [
        ("description", "How we score"),
        ("access_token", token.as_str()),
    ];
    let video = good(
        drive
            .upload(
                &format!("/facebook/{page}/videos"),
                "source",
                shelf::video(12),
                &fields,
            )
            .await,
    )
    .await;
    let read = format!(
        "/facebook/{}?fields=status,permalink_url&access_token={token}",
        text(&video["id"])
    );
    let mut seen = Vec::new();
    for _ in 0..3 {
        let video = good(drive.get(&read).await).await;
        seen.push(text(&video["status"]["video_status"]).to_owned());
        let shown = drive
            .get(&format!("/facebook{}", text(&video["permalink_url"])))
            .await;
        assert!(shown.text().await.unwrap().contains("How we score"));
    }
    assert_eq!(seen, ["processing", "processing", "ready"]);
    let list = good(
        drive
            .get(&format!("/facebook/{page}/videos?access_token={token}"))
            .await,
    )
    .await;
    assert_eq!(list["data"][0]["id"], video["id"]);
    let posts = good(
        drive
            .get(&format!(
                "/facebook/{page}/published_posts?access_token={token}"
            ))
            .await,
    )
    .await;
    assert_eq!(
        text(&posts["data"][0]["id"]),
        format!("{page}_{}", text(&video["id"]))
    );
}

#[tokio::test]
async fn a_video_may_come_in_pieces() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let path = format!("/facebook/{page}/videos");
    let film = shelf::video(30);
    let size = film.len().to_string();
    let start = [
        ("upload_phase", "start"),
        ("file_size", size.as_str()),
        ("access_token", token.as_str()),
    ];
    let session = good(drive.form(&path, &start).await).await;
    let id = text(&session["upload_session_id"]);
    let (first, second) = film.split_at(50);
    for (offset, piece) in [("0", first), ("50", second)] {
        let fields = [
            ("upload_phase", "transfer"),
            ("upload_session_id", id),
            ("start_offset", offset),
            ("access_token", &token),
        ];
        good(
            drive
                .upload(&path, "video_file_chunk", piece.to_vec(), &fields)
                .await,
        )
        .await;
    }
    let finish = [
        ("upload_phase", "finish"),
        ("upload_session_id", id),
        ("access_token", token.as_str()),
    ];
    good(drive.form(&path, &finish).await).await;
    assert_eq!(
        drive.sandbox.published()[0].remote_id,
        text(&session["video_id"])
    );
}

#[tokio::test]
async fn a_reel_is_uploaded_apart() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let path = format!("/facebook/v26.0/{page}/video_reels");
    let start = good(
        drive
            .json(
                &path,
                &json!({"upload_phase": "start", "access_token": token}),
            )
            .await,
    )
    .await;
    let id = text(&start["video_id"]);
    let film = shelf::video(20);
    let finish = [
        ("upload_phase", "finish"),
        ("video_id", id),
        ("description", "Twists"),
        ("access_token", &token),
    ];
    assert_eq!(graph_error(drive.form(&path, &finish).await).await.0, 100);
    let upload = drive
        .client
        .post(text(&start["upload_url"]))
        .header("authorization", format!("OAuth {token}"));
    let upload = upload
        .header("offset", "0")
        .header("file_size", film.len().to_string())
        .body(film);
    good(upload.send().await.unwrap()).await;
    good(drive.form(&path, &finish).await).await;
    assert_eq!(drive.sandbox.published()[0].kind, "reel");
}

#[tokio::test]
async fn a_proof_is_checked_when_sent_and_can_be_demanded() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let mut mac = Hmac::<Sha256>::new_from_slice(APP.1.as_bytes()).unwrap();
    mac.update(token.as_bytes());
    let proof = hex::encode(mac.finalize().into_bytes());
    let path = |proof: &str| format!("/facebook/me?access_token={token}&appsecret_proof={proof}");
    good(drive.get(&path(&proof)).await).await;
    assert_eq!(
        graph_error(drive.get(&path(&"0".repeat(64))).await).await.0,
        100
    );
    let without = format!("/facebook/me?access_token={token}");
    good(drive.get(&without).await).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.require_appsecret_proof = true);
    assert_eq!(graph_error(drive.get(&without).await).await.0, 100);
    good(drive.get(&path(&proof)).await).await;
}

#[tokio::test]
async fn tokens_are_told_apart() {
    let drive = Drive::new().await;
    let user = log_in(&drive).await;
    let (page, token) = page(&drive).await;
    assert_eq!(graph_error(drive.get("/facebook/me").await).await.0, 2500);
    assert_eq!(
        graph_error(drive.get("/facebook/me?access_token=nonsense").await)
            .await
            .0,
        190
    );
    let with_user = drive
        .form(
            &format!("/facebook/{page}/feed"),
            &[("message", "x"), ("access_token", &user)],
        )
        .await;
    assert_eq!(graph_error(with_user).await.0, 200);
    let app = format!("{}|{}", APP.0, APP.1);
    let debug =
        |input: &str| format!("/facebook/debug_token?input_token={input}&access_token={app}");
    let seen = good(drive.get(&debug(&token)).await).await["data"].clone();
    assert_eq!(
        (
            text(&seen["type"]),
            text(&seen["profile_id"]),
            &seen["expires_at"]
        ),
        ("PAGE", page.as_str(), &json!(0))
    );
    assert!(drive.sandbox.revoke_tokens(None) > 0);
    assert_eq!(
        graph_error(
            drive
                .get(&format!("/facebook/me?access_token={user}"))
                .await
        )
        .await,
        (190, Some(458))
    );
    assert_eq!(
        good(drive.get(&debug(&token)).await).await["data"]["is_valid"],
        json!(false)
    );
}

#[tokio::test]
async fn a_permission_given_back_is_missed_when_publishing() {
    let drive = Drive::new().await;
    let user = log_in(&drive).await;
    let page = pages(&drive, &user).await.remove(0);
    let (id, token) = (text(&page["id"]), text(&page["access_token"]));
    let one = drive.at(&format!(
        "/facebook/me/permissions/pages_manage_posts?access_token={user}"
    ));
    good(drive.client.delete(one).send().await.unwrap()).await;
    let permissions = good(
        drive
            .get(&format!("/facebook/me/permissions?access_token={user}"))
            .await,
    )
    .await;
    let declined = json!({"permission": "pages_manage_posts", "status": "declined"});
    assert!(permissions["data"].as_array().unwrap().contains(&declined));
    let refused = drive
        .form(
            &format!("/facebook/{id}/feed"),
            &[("message", "x"), ("access_token", token)],
        )
        .await;
    assert_eq!(graph_error(refused).await.0, 200);
    let all = drive.at(&format!("/facebook/me/permissions?access_token={user}"));
    good(drive.client.delete(all).send().await.unwrap()).await;
    assert_eq!(
        graph_error(
            drive
                .get(&format!("/facebook/{id}?access_token={token}"))
                .await
        )
        .await,
        (190, Some(458))
    );
}

#[tokio::test]
async fn bad_posts_are_refused() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let path = format!("/facebook/v26.0/{page}/feed");
    let long = "x".repeat(63_207);
    for (fields, code) in [
        (vec![], 100),
        (vec![("message", long.as_str())], 100),
        (vec![("link", "not a link")], 1500),
        (vec![("attached_media[0]", r#"{"media_fbid":"1"}"#)], 100),
        (vec![("attached_media[0]", "1")], 100),
    ] {
        let fields: Vec<_> = fields
            .into_iter()
            .chain([("access_token", token.as_str())])
            .collect();
        assert_eq!(
            graph_error(drive.form(&path, &fields).await).await.0,
            code,
            "{fields:?}"
        );
    }
    assert!(drive.sandbox.published().is_empty());
    let broken = drive
        .client
        .post(drive.at(&path))
        .header("content-type", "application/json")
        .body("{");
    assert_eq!(graph_error(broken.send().await.unwrap()).await.0, 100);
}

#[tokio::test]
async fn duplicates_are_refused_only_when_asked_for() {
    let drive = Drive::new().await;
    let (page, token) = page(&drive).await;
    let path = format!("/facebook/{page}/feed");
    let fields = [("message", "Again"), ("access_token", token.as_str())];
    good(drive.form(&path, &fields).await).await;
    good(drive.form(&path, &fields).await).await;
    drive
        .sandbox
        .behave(|behaviour| behaviour.refuse_duplicates = true);
    assert_eq!(graph_error(drive.form(&path, &fields).await).await.0, 506);
}
