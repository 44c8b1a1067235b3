//! Facebook: log in, choose Pages, publish, read back.

use serde_json::Value;

use crate::drive::{Drive, REDIRECT, good, text, value};

const APP: (&str, &str) = ("1234", "shh");
const SCOPES: &str = "pages_show_list,pages_manage_posts,pages_read_engagement,instagram_basic,instagram_content_publish";

/// Logs in and gives the long-lived user token.
pub async fn log_in(drive: &Drive) -> String {
    let path = "/facebook/v26.0/dialog/oauth";
    let asked = [
        ("client_id", APP.0),
        ("redirect_uri", REDIRECT),
        ("state", "s1"),
        ("scope", SCOPES),
    ];
    let back = drive.consent(path, &asked).await;
    assert_eq!(value(&back, "state"), "s1");
    let code = value(&back, "code");
    let query = [
        ("client_id", APP.0),
        ("client_secret", APP.1),
        ("redirect_uri", REDIRECT),
        ("code", code),
    ];
    let short = good(
        drive
            .form("/facebook/v26.0/oauth/access_token", &query)
            .await,
    )
    .await;
    let exchange = [
        ("grant_type", "fb_exchange_token"),
        ("client_id", APP.0),
        ("client_secret", APP.1),
        ("fb_exchange_token", text(&short["access_token"])),
    ];
    let long = good(
        drive
            .form("/facebook/v26.0/oauth/access_token", &exchange)
            .await,
    )
    .await;
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

#[tokio::test]
async fn connects_and_publishes() {
    let drive = Drive::new().await;
    let token = log_in(&drive).await;
    let pages = pages(&drive, &token).await;
    let page = &pages[0];
    assert_eq!(text(&page["name"]), "Harbour Bakery");
    let path = format!("/facebook/v26.0/{}/feed", text(&page["id"]));
    let posted = good(
        drive
            .form(
                &path,
                &[
                    ("message", "Rye at nine"),
                    ("access_token", text(&page["access_token"])),
                ],
            )
            .await,
    )
    .await;
    let read = format!(
        "/facebook/{}?fields=permalink_url,message,created_time&access_token={}",
        text(&posted["id"]),
        text(&page["access_token"])
    );
    let post = good(drive.get(&read).await).await;
    assert_eq!(text(&post["message"]), "Rye at nine");
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
    assert_eq!(drive.sandbox.published().len(), 1);
}
