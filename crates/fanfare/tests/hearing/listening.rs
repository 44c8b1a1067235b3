//! What is told of a channel, and reading what was missed.

use fanfare_app::connections::refresh::fresh_credentials;
use fanfare_app::hearing::we_hear;
use fanfare_domain::{ChannelId, WorkspaceId};
use fanfare_platform_kit::roles::{Account, ChannelRef};
use fanfare_testkit::{Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::effects::published;
use super::station::{Station, Table};
use super::stationed;

stationed!(
    a_channel_is_listened_to_once_it_is_connected,
    fields_are_switched_on_and_off,
    what_went_missing_there_is_seen_and_mended,
    giving_back_ends_what_is_told,
    an_instagram_account_is_listened_to_by_its_page,
    what_was_missed_is_added_once,
    after_a_time_away_what_was_missed_is_read,
    a_day_of_silence_is_noticed,
);

async fn subscription(station: &Station, channel: &str) -> Value {
    let path = format!("/api/channels/{channel}/subscription");
    station.ada.get(&path).await.expect(StatusCode::OK)
}

/// The names of fields that are told, or wanted.
fn those(subscription: &Value, which: &str) -> Vec<String> {
    let fields = subscription["fields"].as_array().unwrap().iter();
    fields
        .filter(|field| field[which] == true)
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect()
}

async fn health_of(station: &Station, channel: &str) -> Value {
    let all = station
        .ada
        .get("/api/webhook-events/health")
        .await
        .expect(StatusCode::OK);
    let all = all["items"].as_array().unwrap().clone();
    all.into_iter()
        .find(|one| one["channel_id"] == channel)
        .unwrap()
}

async fn a_channel_is_listened_to_once_it_is_connected(station: &Station) {
    let (channel, _) = station.page().await;
    let seen = subscription(station, &channel).await;
    assert_eq!(seen["state"], "told", "{seen}");
    assert_eq!(those(&seen, "told"), ["feed", "mention"]);
    assert_eq!(those(&seen, "wanted"), ["feed", "mention"]);
    assert_eq!(seen["error"], Value::Null);
}

async fn fields_are_switched_on_and_off(station: &Station) {
    let (channel, _) = station.page().await;
    let path = format!("/api/channels/{channel}/subscription");
    let put = async |fields: Value| {
        let body = json!({ "fields": fields });
        station.ada.send(Method::PUT, &path, Some(body)).await
    };
    let seen = put(json!(["feed", "messages"]))
        .await
        .expect(StatusCode::OK);
    assert_eq!(those(&seen, "told"), ["feed", "messages"], "{seen}");
    let seen = put(json!([])).await.expect(StatusCode::OK);
    assert_eq!(
        (&seen["state"], those(&seen, "told").len()),
        (&json!("off"), 0)
    );
    let wrong = put(json!(["feed", "horoscope"])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = station
        .ada
        .get("/api/audit?action=channel.subscription_changed")
        .await
        .expect(StatusCode::OK);
    assert_eq!(told["items"].as_array().unwrap().len(), 2);
    // What a person chose outlives connecting once more.
    station.page().await;
    assert_eq!(subscription(station, &channel).await["state"], "off");
}

async fn what_went_missing_there_is_seen_and_mended(station: &Station) {
    let (channel, page) = station.page().await;
    end_it_there(station, &channel, &page).await;
    let path = format!("/api/channels/{channel}/subscription");
    let post = async |what: &str| {
        station
            .ada
            .post(&format!("{path}/{what}"), json!({}))
            .await
            .expect(StatusCode::OK)
    };
    let seen = post("verify").await;
    assert_eq!(
        (&seen["state"], those(&seen, "told").len()),
        (&json!("differs"), 0)
    );
    let seen = post("repair").await;
    assert_eq!(seen["state"], "told", "{seen}");
}

/// As somebody does in the Page's settings.
async fn end_it_there(station: &Station, channel: &str, page: &str) {
    let app = &station.hub.app;
    let status = station
        .ada
        .get("/api/auth/status")
        .await
        .expect(StatusCode::OK);
    let workspace: WorkspaceId = status["workspaces"][0]["id"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let id: ChannelId = channel.parse().unwrap();
    let account = Account {
        credentials: fresh_credentials(app, workspace, id).await.unwrap(),
        channel: ChannelRef {
            id: channel.to_owned(),
            remote_id: page.to_owned(),
            name: String::new(),
            kind: String::new(),
            limits: Value::Null,
        },
    };
    let platform = app.platform("facebook").unwrap();
    let ctx = app.platform_context("facebook");
    let subscribe = platform.subscribe().unwrap();
    subscribe.unsubscribe(&ctx, &account).await.unwrap();
}

async fn giving_back_ends_what_is_told(station: &Station) {
    let (channel, _) = station.page().await;
    let asked = || station.hub.sandbox.calls()["facebook.subscribe"];
    let before = asked();
    let found = station
        .ada
        .get("/api/channels")
        .await
        .expect(StatusCode::OK);
    let found = found["items"].as_array().unwrap().clone();
    let of = found
        .iter()
        .find(|one| one["id"] == channel.as_str())
        .unwrap();
    let body = json!({ "connection_id": of["connection_id"], "scheduled": "cancel" });
    station
        .ada
        .post("/api/platforms/facebook/disconnect", body)
        .await;
    assert!(
        asked() > before,
        "the platform was asked to tell nothing more"
    );
}

/// Through Facebook; the Page may be connected for its own sake, or not.
async fn an_instagram_account_is_listened_to_by_its_page(station: &Station) {
    let accounts = station
        .ada
        .connect("instagram", json!({ "login": "facebook" }))
        .await;
    station.hub.run_jobs().await;
    let account = accounts[0]["id"].as_str().unwrap();
    let seen = subscription(station, account).await;
    assert_eq!(seen["state"], "told", "{seen}");
    assert_eq!(those(&seen, "told"), ["comments", "mentions"]);

    // The Page behind it is told of something else, which takes nothing from the account.
    let (page, page_at_facebook) = station.page().await;
    assert_eq!(
        those(&subscription(station, &page).await, "told"),
        ["feed", "mention"]
    );
    let verify = async |channel: &str, what: &str| {
        let path = format!("/api/channels/{channel}/subscription/{what}");
        let seen = station.ada.post(&path, json!({})).await;
        seen.expect(StatusCode::OK)
    };
    assert_eq!(verify(account, "verify").await["state"], "told");
    // Where the Page tells nothing any more, nothing is told of the account, whatever its own list says.
    end_it_there(station, &page, &page_at_facebook).await;
    let seen = verify(account, "verify").await;
    assert_eq!(
        (&seen["state"], those(&seen, "told").len()),
        (&json!("differs"), 0)
    );
    let seen = verify(account, "repair").await;
    assert_eq!(seen["state"], "told", "{seen}");
    // For the account's sake the Page tells again, and for its own it is still to be mended.
    let seen = verify(&page, "verify").await;
    assert_eq!(
        (&seen["state"], those(&seen, "told")),
        (&json!("differs"), vec!["feed".to_owned()])
    );
    assert_eq!(verify(&page, "repair").await["state"], "told");

    let of = accounts[0]["connection_id"].as_str().unwrap();
    let body = json!({ "connection_id": of, "scheduled": "cancel" });
    station
        .ada
        .post("/api/platforms/instagram/disconnect", body)
        .await;
    station.hub.run_jobs().await;
    let seen = verify(&page, "verify").await;
    assert_eq!(those(&seen, "told"), ["feed", "mention"], "{seen}");
}

async fn what_was_missed_is_added_once(station: &Station) {
    let (channel, _) = station.page().await;
    // The platform tells nothing here of our own first comment, so it is as good as missed. It is read, and is no news to anybody.
    let post = json!({ "text": "Fresh bread", "channel_ids": [channel], "schedule": { "kind": "now" },
        "variants": { &channel: { "options": { "first_comment": "Is there rye bread?" } } } });
    let post = station
        .ada
        .post("/api/posts", post)
        .await
        .expect(StatusCode::CREATED);
    station.hub.pass(SignedDuration::from_secs(60)).await;
    let delivery = post["deliveries"][0].clone();
    for (round, added) in [(1, 1), (2, 0)] {
        let path = format!("/api/channels/{channel}/catch-up");
        station
            .ada
            .post(&path, json!({}))
            .await
            .expect(StatusCode::OK);
        station.hub.run_jobs().await;
        let health = health_of(station, &channel).await;
        let read = &health["catch_up"];
        assert_eq!(
            (&read["state"], &read["added"], &read["comments"]),
            (&json!("done"), &json!(added), &json!(1)),
            "round {round}: {read}"
        );
    }
    assert_eq!(station.count(Table::Engagement).await, 1);
    let path = format!(
        "/api/deliveries/{}/engagement",
        delivery["id"].as_str().unwrap()
    );
    let said = station.ada.get(&path).await.expect(StatusCode::OK);
    assert_eq!(said["items"][0]["text"], "Is there rye bread?");
    assert_eq!(said["items"].as_array().unwrap().len(), 1);
    let path = "/api/notifications?kind=comment_received";
    let told = station.ada.get(path).await.expect(StatusCode::OK);
    assert_eq!(told["items"], json!([]));
    let told = station
        .ada
        .get("/api/audit?action=channel.caught_up")
        .await
        .expect(StatusCode::OK);
    assert_eq!(told["items"].as_array().unwrap().len(), 2);
}

async fn after_a_time_away_what_was_missed_is_read(station: &Station) {
    let (channel, _) = station.page().await;
    let app = &station.hub.app;
    fanfare_app::jobs::start_periodic(app).await.unwrap();
    we_hear(app).await.unwrap();
    station.hub.run_jobs().await;
    // Workers go on meanwhile, and hear nothing.
    for _ in 0..8 {
        station.hub.clock.advance(SignedDuration::from_mins(5));
        station.hub.run_jobs().await;
    }
    assert_eq!(health_of(station, &channel).await["catch_up"], Value::Null);
    we_hear(app).await.unwrap();
    station.hub.run_jobs().await;
    let read = health_of(station, &channel).await["catch_up"].clone();
    assert_eq!(
        (&read["reason"], &read["state"]),
        (&json!("away"), &json!("done")),
        "{read}"
    );
}

async fn a_day_of_silence_is_noticed(station: &Station) {
    let (channel, page) = station.page().await;
    published(station, &channel).await;
    assert_eq!(health_of(station, &channel).await["silent"], false);
    station.hub.clock.advance(SignedDuration::from_hours(25));
    assert_eq!(health_of(station, &channel).await["silent"], true);
    station
        .tell_and_work(
            &page,
            &[super::station::comment("c1", "add", 1_790_000_000)],
        )
        .await;
    let health = health_of(station, &channel).await;
    assert_eq!(
        (&health["silent"], &health["received_24h"]),
        (&json!(false), &json!(1))
    );
}
