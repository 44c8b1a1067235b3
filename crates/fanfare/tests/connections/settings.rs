//! What is settled for a connection, and where it shows.

use serde_json::{Value, json};

use super::browser::Browser;
use super::stage::Stage;
use super::staged;

staged!(
    settings_are_kept_and_taken_back,
    bad_settings_are_refused,
    posts_take_what_they_leave_open,
);

async fn settle(browser: &Browser, connection: impl std::fmt::Display, values: Value) -> Value {
    let path = format!("/api/connections/{connection}/settings");
    let got = browser.patch(&path, json!({"values": values})).await;
    assert_eq!(got.status, 200, "{got:?}");
    got.json()["values"].clone()
}

async fn settings_are_kept_and_taken_back(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let path = format!("/api/connections/{connection}/settings");
    let first = browser.get(&path).await.json();
    assert_eq!(first["values"], json!({}));
    let names: Vec<_> = first["options"]
        .as_array()
        .unwrap()
        .iter()
        .map(|option| option["name"].clone())
        .collect();
    assert_eq!(names, ["audience", "signature"]);

    settle(&browser, connection, json!({"audience": "friends"})).await;
    let both = settle(&browser, connection, json!({"signature": "– Ann"})).await;
    assert_eq!(both, json!({"audience": "friends", "signature": "– Ann"}));
    assert!(stage.is_audited("connection.settings_changed").await);

    // Channels show them as what their options are.
    let channel = browser.get("/api/channels").await.json()["items"][0].clone();
    assert_eq!(channel["option_defaults"], both);
    assert_eq!(channel["rules"]["options"][0]["kind"]["default"], "friends");

    // They outlive connecting again, and null takes them back.
    stage.paste("ann").await;
    let left = settle(
        &browser,
        connection,
        json!({"audience": null, "signature": " "}),
    )
    .await;
    assert_eq!(left, json!({}));
    let channel = browser.get("/api/channels").await.json()["items"][0].clone();
    assert_eq!(channel["option_defaults"], json!({}));
    assert_eq!(
        channel["rules"]["options"][0]["kind"]["default"],
        "everybody"
    );
}

async fn bad_settings_are_refused(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let path = format!("/api/connections/{connection}/settings");
    for (values, field, code) in [
        (
            json!({"audience": "nobody"}),
            "values.audience",
            "not_allowed",
        ),
        (
            json!({"signature": "much too long"}),
            "values.signature",
            "too_long",
        ),
        (json!({"signature": 7}), "values.signature", "wrong_type"),
        (json!({"colour": "red"}), "values.colour", "unknown_field"),
    ] {
        let got = browser.patch(&path, json!({"values": values})).await;
        assert_eq!(got.status, 422, "{got:?}");
        assert_eq!(got.complaints(), [(field.to_owned(), code.to_owned())]);
    }
    let kept = browser.get(&path).await.json();
    assert_eq!(kept["values"], json!({}));
}

async fn posts_take_what_they_leave_open(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let channel = json!(stage.channel("bakery").await.id);
    settle(
        &browser,
        connection,
        json!({"audience": "friends", "signature": "– Ann"}),
    )
    .await;
    let post = async |variant: Value, schedule: Value| {
        let mut variants = serde_json::Map::new();
        variants.insert(channel.as_str().unwrap().to_owned(), variant);
        let body = json!({"text": "Bread", "channel_ids": [channel], "variants": variants, "schedule": schedule});
        let got = browser.post("/api/posts", body).await;
        assert_eq!(got.status, 201, "{got:?}");
        got.json()
    };
    let options = |post: &Value| post["variants"][channel.as_str().unwrap()]["options"].clone();
    let at = json!({"kind": "at", "at": "2026-11-21T09:00:00Z"});

    let chosen = post(json!({"options": {"audience": "everybody"}}), at.clone()).await;
    assert_eq!(
        options(&chosen),
        json!({"audience": "everybody", "signature": "– Ann"})
    );

    // A draft stays open until it is decided.
    let draft = post(json!({}), json!({"kind": "draft"})).await;
    assert!(
        options(&draft).is_null() || options(&draft) == json!({}),
        "{draft}"
    );
    settle(&browser, connection, json!({"signature": null})).await;
    let path = format!("/api/posts/{}/publish", draft["id"].as_str().unwrap());
    let got = browser.post(&path, json!({"schedule": at})).await;
    assert_eq!(got.status, 200, "{got:?}");
    assert_eq!(options(&got.json()), json!({"audience": "friends"}));

    // What is decided stays as it was decided.
    let path = format!("/api/posts/{}", chosen["id"].as_str().unwrap());
    let later = browser.get(&path).await.json();
    assert_eq!(
        options(&later),
        json!({"audience": "everybody", "signature": "– Ann"})
    );
}
