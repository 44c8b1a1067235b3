//! Consent pages: what they show, what a person can untick, and how to say no.

use crate::drive::{Drive, REDIRECT, good, graph_error, json, text, value};
use crate::facebook::SCOPES;

const DIALOG: &str = "/facebook/v26.0/dialog/oauth";

fn asked(state: &str) -> Vec<(&str, &str)> {
    vec![
        ("client_id", "1234"),
        ("redirect_uri", REDIRECT),
        ("state", state),
        ("scope", SCOPES),
    ]
}

#[tokio::test]
async fn the_page_asks_and_may_lead_back_to_the_application_only() {
    let drive = Drive::new().await;
    let state = r#""><script>alert(1)</script>"#;
    let page = drive
        .client
        .get(drive.at(DIALOG))
        .query(&asked(state))
        .send()
        .await
        .unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("default-src 'none'")
            && policy.contains("form-action 'self' http://127.0.0.1:9;"),
        "{policy}"
    );
    let page = page.text().await.unwrap();
    for part in [
        "Ines Moreno",
        "Harbour Bakery",
        "Harbour Workshops",
        "pages_manage_posts",
        "Continue",
        "Not now",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn no_is_an_answer() {
    let drive = Drive::new().await;
    let fields = [asked("s"), vec![("shown", "1"), ("decision", "cancel")]].concat();
    let back = drive.consent(DIALOG, &fields).await;
    assert_eq!(value(&back, "error"), "access_denied");
    assert_eq!(
        (value(&back, "error_code"), value(&back, "error_reason")),
        ("200", "user_denied")
    );
    assert_eq!((value(&back, "state"), value(&back, "from")), ("s", "test"));
}

#[tokio::test]
async fn what_is_unticked_is_not_granted() {
    let drive = Drive::new().await;
    let ticked = [
        ("shown", "1"),
        ("decision", "continue"),
        ("choice", "108833467712905"),
        ("grant", "pages_show_list"),
    ];
    let back = drive
        .consent(DIALOG, &[asked("s"), ticked.to_vec()].concat())
        .await;
    let exchange = [
        ("client_id", "1234"),
        ("client_secret", "x"),
        ("redirect_uri", REDIRECT),
        ("code", value(&back, "code")),
    ];
    let token = good(drive.form("/facebook/oauth/access_token", &exchange).await).await;
    let token = text(&token["access_token"]);
    let pages = good(
        drive
            .get(&format!(
                "/facebook/me/accounts?fields=name,access_token&access_token={token}"
            ))
            .await,
    )
    .await;
    let pages = pages["data"].as_array().unwrap();
    assert_eq!(pages.len(), 1);
    assert_eq!(text(&pages[0]["name"]), "Harbour Workshops");
    let fields = [
        ("message", "x"),
        ("access_token", text(&pages[0]["access_token"])),
    ];
    assert_eq!(
        graph_error(drive.form("/facebook/108833467712905/feed", &fields).await)
            .await
            .0,
        200
    );
    assert_eq!(
        graph_error(
            drive
                .get(&format!("/facebook/104857391200451?access_token={token}"))
                .await
        )
        .await,
        (100, Some(33))
    );
}

#[tokio::test]
async fn nobody_is_sent_anywhere_by_a_broken_request() {
    let drive = Drive::new().await;
    for (name, value) in [
        ("redirect_uri", "nowhere"),
        ("client_id", ""),
        ("scope", "instagram_business_basic"),
        ("scope", "made_up"),
        ("response_type", "token"),
    ] {
        let mut fields = asked("s");
        fields.retain(|(known, _)| *known != name);
        fields.push((name, value));
        let answer = drive.form(DIALOG, &fields).await;
        assert_eq!(answer.status(), 400, "{name}={value}");
        assert!(!answer.headers().contains_key("location"));
    }
}

#[tokio::test]
async fn mastodon_asks_only_for_registered_applications() {
    let drive = Drive::new().await;
    let stranger = [
        ("client_id", "nobody"),
        ("redirect_uri", REDIRECT),
        ("response_type", "code"),
    ];
    assert_eq!(
        drive.form("/oauth/authorize", &stranger).await.status(),
        400
    );
    let app =
        serde_json::json!({"client_name": "Tester", "redirect_uris": REDIRECT, "scopes": "read"});
    let app = json(drive.json("/api/v1/apps", &app).await).await;
    let fields = |scope| {
        [
            ("client_id", text(&app["client_id"])),
            ("redirect_uri", REDIRECT),
            ("response_type", "code"),
            ("scope", scope),
        ]
    };
    let back = drive.consent("/oauth/authorize", &fields("write")).await;
    assert_eq!(value(&back, "error"), "invalid_scope");
    let denied = [&fields("read:accounts")[..], &[("decision", "deny")]].concat();
    assert_eq!(
        value(&drive.consent("/oauth/authorize", &denied).await, "error"),
        "access_denied"
    );
    let plain = [
        &fields("read")[..],
        &[("code_challenge", "x"), ("code_challenge_method", "plain")],
    ]
    .concat();
    assert_eq!(
        value(&drive.consent("/oauth/authorize", &plain).await, "error"),
        "invalid_code_challenge_method"
    );
}
