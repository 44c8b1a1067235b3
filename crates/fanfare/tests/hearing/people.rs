//! Somebody took their consent back at the platform, or wants their data deleted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_testkit::{Method, Reply, StatusCode, read};
use serde_json::{Value, json};

use super::station::{SECRET, Station};
use super::stationed;

stationed!(
    taken_back_there_is_revoked_here,
    deleted_there_is_deleted_here,
    nobody_else_can_say_so,
);

async fn say(station: &Station, what: &str, secret: &str, person: &str) -> Reply {
    let said = json!({ "algorithm": "HMAC-SHA256", "issued_at": 1, "user_id": person }).to_string();
    let payload = URL_SAFE_NO_PAD.encode(said);
    let hex = hmac_sha256_hex(secret.as_bytes(), payload.as_bytes());
    let bytes: Vec<u8> = (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
        .collect();
    let signed = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(bytes));
    let path = format!("/hooks/facebook/{what}");
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
