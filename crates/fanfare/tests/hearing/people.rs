//! Somebody took their consent back at the platform, or wants their data deleted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_testkit::{Method, Reply, StatusCode, read};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::station::{SECRET, Station, Table, comment};
use super::stationed;

stationed!(
    taken_back_there_is_revoked_here,
    an_old_word_does_not_end_a_new_consent,
    an_old_wish_to_delete_does_not_end_a_new_consent,
    what_was_signed_for_another_time_is_refused,
    deleted_there_is_deleted_here,
    what_was_said_and_told_is_deleted_too,
    instagram_speaks_of_a_person_by_another_id,
    nobody_else_can_say_so,
);

async fn say(station: &Station, what: &str, secret: &str, person: &str) -> Reply {
    say_at(station, "facebook", what, secret, person).await
}

async fn say_at(
    station: &Station,
    platform: &str,
    what: &str,
    secret: &str,
    person: &str,
) -> Reply {
    let now = station.hub.app.now().as_second();
    let said = json!({ "algorithm": "HMAC-SHA256", "issued_at": now, "user_id": person });
    say_this(station, platform, what, secret, &said).await
}

async fn say_this(
    station: &Station,
    platform: &str,
    what: &str,
    secret: &str,
    said: &Value,
) -> Reply {
    let payload = URL_SAFE_NO_PAD.encode(said.to_string());
    let hex = hmac_sha256_hex(secret.as_bytes(), payload.as_bytes());
    let bytes: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect();
    let signed = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(bytes));
    let path = format!("/hooks/{platform}/{what}");
    let request = station
        .hub
        .browser()
        .request(Method::POST, &path)
        .form(&[("signed_request", signed)]);
    read(request).await
}

async fn connection(station: &Station) -> Value {
    let list = station
        .ada
        .get("/api/connections")
        .await
        .expect(StatusCode::OK);
    list["items"][0].clone()
}

async fn taken_back_there_is_revoked_here(station: &Station) {
    station.page().await;
    let person = connection(station).await["remote_id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        say(station, "deauthorize", SECRET, "somebody else")
            .await
            .status,
        StatusCode::OK
    );
    assert_eq!(connection(station).await["status"], "connected");
    assert_eq!(
        say(station, "deauthorize", SECRET, &person).await.status,
        StatusCode::OK
    );
    let revoked = connection(station).await;
    assert_eq!(revoked["status"], "revoked");
    assert!(
        revoked["last_error"]["detail"]
            .as_str()
            .unwrap()
            .contains("took the access back"),
        "{revoked}"
    );
}

async fn status(station: &Station) -> Value {
    connection(station).await["status"].clone()
}

async fn an_old_word_does_not_end_a_new_consent(station: &Station) {
    station.page().await;
    let person = connection(station).await["remote_id"].clone();
    let now = station.hub.app.now().as_second();
    let word = |at: i64| json!({ "algorithm": "HMAC-SHA256", "issued_at": at, "user_id": person });
    let say = async |said: Value| {
        let answer = say_this(station, "facebook", "deauthorize", SECRET, &said).await;
        assert_eq!(answer.status, StatusCode::OK);
        status(station).await
    };
    assert_eq!(say(word(now)).await, "revoked");
    station.page().await;
    assert_eq!(say(word(now)).await, "connected", "the same bytes");
    assert_eq!(say(word(now + 5)).await, "revoked", "a new word");
    station.hub.clock.advance(SignedDuration::from_hours(1));
    station.page().await;
    let late = station.hub.app.now().as_second();
    assert_eq!(say(word(late - 300)).await, "connected", "said before");
    assert_eq!(say(word(late - 30)).await, "revoked", "clocks differ");
    station.page().await;
    let timeless = json!({ "algorithm": "HMAC-SHA256", "user_id": person });
    assert_eq!(say(timeless).await, "revoked");
}

async fn an_old_wish_to_delete_does_not_end_a_new_consent(station: &Station) {
    station.page().await;
    let person = connection(station).await["remote_id"].clone();
    let now = station.hub.app.now().as_second();
    let wish = json!({ "algorithm": "HMAC-SHA256", "issued_at": now, "user_id": person });
    let say = async || {
        let answer = say_this(station, "facebook", "data-deletion", SECRET, &wish).await;
        answer.expect(StatusCode::OK);
        status(station).await
    };
    assert_eq!(say().await, "disconnected");
    station.hub.clock.advance(SignedDuration::from_hours(1));
    station.page().await;
    assert_eq!(say().await, "connected", "the same bytes an hour later");
}

async fn what_was_signed_for_another_time_is_refused(station: &Station) {
    station.page().await;
    let person = connection(station).await["remote_id"].clone();
    let now = station.hub.app.now().as_second();
    for (issued, expires) in [(now - 7200, now - 3600), (now + 7200, 0)] {
        let said = json!({ "algorithm": "HMAC-SHA256", "issued_at": issued, "expires": expires, "user_id": person });
        for what in ["deauthorize", "data-deletion"] {
            let refused = say_this(station, "facebook", what, SECRET, &said).await;
            assert_eq!(
                (refused.status, refused.code()),
                (StatusCode::UNAUTHORIZED, "signature_invalid")
            );
            assert_eq!(status(station).await, "connected");
        }
    }
    let said = json!({ "algorithm": "HMAC-SHA256", "issued_at": now, "expires": now + 3600, "user_id": person });
    say_this(station, "facebook", "deauthorize", SECRET, &said)
        .await
        .expect(StatusCode::OK);
    assert_eq!(status(station).await, "revoked");
}

async fn deleted_there_is_deleted_here(station: &Station) {
    station.page().await;
    let person = connection(station).await["remote_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let answer = say(station, "data-deletion", SECRET, &person)
        .await
        .expect(StatusCode::OK);
    let code = answer["confirmation_code"].as_str().unwrap();
    let url = answer["url"].as_str().unwrap();
    assert!(url.ends_with(&format!("/data-deletion/{code}")), "{url}");
    let gone = connection(station).await;
    assert_eq!(gone["status"], "disconnected");
    assert_eq!(gone["name"], "");
    let page = read(
        station
            .hub
            .browser()
            .request(Method::GET, &format!("/data-deletion/{code}")),
    )
    .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.as_str().unwrap().contains("are deleted"),
        "{page:?}"
    );
    let unknown = read(
        station
            .hub
            .browser()
            .request(Method::GET, "/data-deletion/1"),
    )
    .await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

async fn what_was_said_and_told_is_deleted_too(station: &Station) {
    let (_, page) = station.page().await;
    let input = json!({ "url": "https://10.1.2.3/hook", "event_types": [] });
    let made = station.ada.post("/api/webhooks", input).await;
    made.expect(StatusCode::CREATED);
    let by = |id: &str, who: &str| {
        let mut said = comment(id, "add", 1_790_000_000);
        said["from"]["id"] = json!(who);
        said
    };
    station.tell_and_work(&page, &[by("c1", "psid-1")]).await;
    station
        .tell_and_work(&page, &[by("c2", "psid-1"), by("c3", "psid-2")])
        .await;
    let of_one = async || {
        [
            station
                .rows("SELECT COUNT(*) AS found FROM engagement WHERE actor_id = 'psid-1'")
                .await,
            station
                .rows("SELECT COUNT(*) AS found FROM outgoing_messages WHERE body LIKE '%\"psid-1\"%'")
                .await,
        ]
    };
    assert_eq!(of_one().await, [2, 2]);
    say(station, "data-deletion", SECRET, "psid-1")
        .await
        .expect(StatusCode::OK);
    assert_eq!(of_one().await, [0, 0]);
    // What the other said stays, with the request that told of both.
    assert_eq!(station.count(Table::Engagement).await, 1);
    assert_eq!(station.count(Table::Receipts).await, 1);
    let of_other = station
        .rows("SELECT COUNT(*) AS found FROM outgoing_messages WHERE body LIKE '%\"psid-2\"%'")
        .await;
    assert_eq!(of_other, 1);
    let events = station.events("").await;
    assert_eq!(events.len(), 1, "{events:#?}");
}

/// Of an account that signed in by itself: its own id, and one that only this application knows.
async fn instagram_speaks_of_a_person_by_another_id(station: &Station) {
    let app = &station.hub.app;
    let manifest = app.platform("instagram").unwrap().manifest();
    let secrets = app.settings.webhook_secrets(manifest);
    let secret = secrets[0].expose();
    let login = json!({ "login": "instagram" });
    for what in ["deauthorize", "data-deletion"] {
        station.ada.connect("instagram", login.clone()).await;
        let person = station
            .text("SELECT person_id AS found FROM connections")
            .await;
        let account = connection(station).await["remote_id"].clone();
        assert_ne!(account, json!(person));
        say_at(station, "instagram", what, secret, &person)
            .await
            .expect(StatusCode::OK);
        let status = connection(station).await["status"].clone();
        let expected = if what == "deauthorize" {
            "revoked"
        } else {
            "disconnected"
        };
        assert_eq!(status, expected);
    }
    assert_eq!(connection(station).await["name"], "");
}

async fn nobody_else_can_say_so(station: &Station) {
    station.page().await;
    let person = connection(station).await["remote_id"]
        .as_str()
        .unwrap()
        .to_owned();
    for what in ["deauthorize", "data-deletion"] {
        let refused = say(station, what, "guess", &person).await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNAUTHORIZED, "signature_invalid")
        );
    }
    assert_eq!(connection(station).await["status"], "connected");
}
