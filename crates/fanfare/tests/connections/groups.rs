//! Groups of channels, and the order in which channels stand.

use serde_json::{Value, json};

use super::browser::Browser;
use super::stage::Stage;
use super::staged;

staged!(
    groups_are_made_changed_moved_and_deleted,
    bad_groups_are_refused,
    a_group_keeps_channels_that_come_back,
    channels_stand_in_the_order_they_are_given,
    pages_of_channels_follow_the_order,
);

const GROUPS: &str = "/api/channel-groups";

async fn group(browser: &Browser, name: &str, channels: &[&Value]) -> Value {
    let body = json!({"name": name, "channel_ids": channels});
    let got = browser.post(GROUPS, body).await;
    assert_eq!(got.status, 201, "{got:?}");
    got.json()
}

async fn ids(stage: &Stage, names: &[&str]) -> Vec<Value> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(json!(stage.channel(name).await.id));
    }
    ids
}

async fn names(browser: &Browser) -> Vec<Value> {
    let list = browser.get(GROUPS).await.json();
    let items = list["items"].as_array().unwrap().iter();
    items.map(|group| group["name"].clone()).collect()
}

async fn groups_are_made_changed_moved_and_deleted(stage: Stage) {
    stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let [bakery, cafe] = &ids(&stage, &["bakery", "cafe"]).await[..] else {
        panic!()
    };
    let shops = group(&browser, "  Shops ", &[cafe, bakery]).await;
    assert_eq!(
        (&shops["name"], &shops["channel_ids"], &shops["position"]),
        (&json!("Shops"), &json!([cafe, bakery]), &json!(0))
    );
    group(&browser, "Evenings", &[]).await;
    let third = group(&browser, "Weekend", &[bakery]).await;
    assert_eq!(names(&browser).await, ["Shops", "Evenings", "Weekend"]);

    let path = format!("{GROUPS}/{}", third["id"].as_str().unwrap());
    let moved = browser.patch(&path, json!({"position": 0})).await.json();
    assert_eq!(
        (&moved["position"], &moved["channel_ids"]),
        (&json!(0), &json!([bakery]))
    );
    assert_eq!(names(&browser).await, ["Weekend", "Shops", "Evenings"]);
    let body = json!({"name": "Sundays", "channel_ids": [cafe], "position": 99});
    let changed = browser.patch(&path, body).await.json();
    assert_eq!(
        (&changed["name"], &changed["channel_ids"]),
        (&json!("Sundays"), &json!([cafe]))
    );
    assert_eq!(names(&browser).await, ["Shops", "Evenings", "Sundays"]);

    assert_eq!(browser.delete(&path).await.status, 204);
    assert_eq!(browser.delete(&path).await.status, 404);
    assert_eq!(names(&browser).await, ["Shops", "Evenings"]);
    assert_eq!(
        browser.get("/api/channels").await.json()["items"]
            .as_array()
            .unwrap()
            .len(),
        2,
        "channels stay"
    );
    for action in ["created", "changed", "deleted"] {
        assert!(stage.is_audited(&format!("channel_group.{action}")).await);
    }
}

async fn bad_groups_are_refused(stage: Stage) {
    stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let bakery = &ids(&stage, &["bakery"]).await[0];
    group(&browser, "Shops", &[]).await;
    let stranger = "0192f3a4-0000-7000-8000-000000000000";
    for (body, field, code) in [
        (json!({"name": " "}), "name", "too_short"),
        (json!({"name": "x".repeat(61)}), "name", "too_long"),
        (json!({"name": "SHOPS"}), "name", "duplicate"),
        (json!({}), "name", "required"),
        (
            json!({"name": "A", "channel_ids": [stranger]}),
            "channel_ids.0",
            "unknown_channel",
        ),
        (
            json!({"name": "A", "channel_ids": [bakery, bakery]}),
            "channel_ids.1",
            "duplicate",
        ),
        (json!({"name": "A", "colour": 1}), "colour", "unknown_field"),
    ] {
        let got = browser.post(GROUPS, body).await;
        assert_eq!(got.status, 422, "{got:?}");
        assert_eq!(got.complaints(), [(field.to_owned(), code.to_owned())]);
    }
    let neighbour = Browser::open(&stage.as_neighbour().await).await;
    assert_eq!(
        neighbour.get(GROUPS).await.json()["items"],
        json!([]),
        "groups are a workspace's own"
    );
    let body = json!({"name": "Shops", "channel_ids": [bakery]});
    let got = neighbour.post(GROUPS, body).await;
    assert_eq!(
        got.complaints(),
        [("channel_ids.0".to_owned(), "unknown_channel".to_owned())]
    );
}

async fn a_group_keeps_channels_that_come_back(stage: Stage) {
    let connection = stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let both = ids(&stage, &["bakery", "cafe"]).await;
    let made = group(&browser, "Shops", &[&both[0], &both[1]]).await;
    stage.disconnect(connection).await;
    let path = format!("{GROUPS}/{}", made["id"].as_str().unwrap());
    let list = browser.get(GROUPS).await.json();
    assert_eq!(list["items"][0]["channel_ids"], json!([]));
    browser
        .patch(&path, json!({"name": "Both shops", "channel_ids": []}))
        .await;
    stage.paste("ann").await;
    let list = browser.get(GROUPS).await.json();
    assert_eq!(list["items"][0]["channel_ids"], json!(both));
}

async fn order(browser: &Browser) -> Vec<Value> {
    let list = browser.get("/api/channels").await.json();
    let items = list["items"].as_array().unwrap().iter();
    items.map(|channel| channel["remote_id"].clone()).collect()
}

async fn channels_stand_in_the_order_they_are_given(stage: Stage) {
    stage.platform.list(&["one", "two", "three"]);
    let connection = stage.paste("ann").await;
    stage.platform.list(&["four"]);
    stage.paste("ben").await;
    let browser = Browser::open(&stage).await;
    assert_eq!(order(&browser).await, ["one", "two", "three", "four"]);

    let wanted = ids(&stage, &["four", "one"]).await;
    let got = browser
        .put("/api/channels/order", json!({"channel_ids": wanted}))
        .await;
    assert_eq!(got.status, 204);
    assert_eq!(order(&browser).await, ["four", "two", "three", "one"]);
    let shown = browser
        .get(&format!("/api/connections/{connection}"))
        .await
        .json();
    let of_connection: Vec<_> = shown["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|channel| channel["remote_id"].clone())
        .collect();
    assert_eq!(of_connection, ["two", "three", "one"]);
    assert!(stage.is_audited("channels.reordered").await);

    // A new channel comes last, and connecting again moves nothing.
    stage.platform.list(&["one", "two", "three", "five"]);
    stage.paste("ann").await;
    assert_eq!(
        order(&browser).await,
        ["four", "two", "three", "one", "five"]
    );
    let twice = json!({"channel_ids": [wanted[0], wanted[0]]});
    let got = browser.put("/api/channels/order", twice).await;
    assert_eq!(
        got.complaints(),
        [("channel_ids.1".to_owned(), "duplicate".to_owned())]
    );
}

async fn pages_of_channels_follow_the_order(stage: Stage) {
    stage.platform.list(&["one", "two", "three"]);
    stage.paste("ann").await;
    let browser = Browser::open(&stage).await;
    let wanted = ids(&stage, &["three", "one", "two"]).await;
    browser
        .put("/api/channels/order", json!({"channel_ids": wanted}))
        .await;
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/api/channels?limit=1{cursor}");
        let page = browser.get(&path).await.json();
        seen.push(page["items"][0]["remote_id"].clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, ["three", "one", "two"]);
}
