//! By SendGrid, whose protocol a small server stands in for.

use std::sync::{Arc, Mutex};

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode as Status};
use axum::routing::post;
use fanfare_testkit::{TestDatabase, TestHub, both_databases};
use serde_json::{Value, json};

use super::{administrator, send_test};

pub type Taken = Arc<Mutex<Vec<Value>>>;

both_databases!(
    a_message_is_handed_over_as_sendgrid_wants_it,
    async |database: &TestDatabase| {
        let (url, taken) = stand_in().await;
        let variables = [
            ("FANFARE_SENDGRID_API_KEY", "SG.right"),
            ("FANFARE_SENDGRID_API_URL", url.as_str()),
            ("FANFARE_MAIL_FROM", "Team <team@example.com>"),
        ];
        let hub = TestHub::start_with(database, &variables).await;
        let ada = administrator(&hub).await;
        let sent = send_test(&hub, &ada, "grace@example.com").await;
        assert_eq!(sent["status"], "sent", "{sent}");
        let refused = send_test(&hub, &ada, "nobody@example.com").await;
        assert_eq!(refused["status"], "failed");
        assert_eq!(
            refused["error"],
            "SendGrid answered 400: Does not contain a valid address."
        );
        let body = taken.lock().unwrap()[0].clone();
        assert_eq!(
            body["personalizations"][0]["to"],
            json!([{ "email": "grace@example.com" }])
        );
        assert_eq!(
            body["personalizations"][0]["custom_args"]["fanfare_id"],
            sent["id"]
        );
        assert_eq!(
            body["from"],
            json!({ "email": "team@example.com", "name": "Team" })
        );
        assert_eq!(body["content"][0]["type"], "text/plain");
        assert_eq!(body["content"][1]["type"], "text/html");
        assert_eq!(body["tracking_settings"]["click_tracking"]["enable"], false);
        hub.stop().await;
    }
);

pub async fn stand_in() -> (String, Taken) {
    let taken = Taken::default();
    let app = axum::Router::new()
        .route("/v3/mail/send", post(take))
        .with_state(Arc::clone(&taken));
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
        .await
        .unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, taken)
}

async fn take(
    State(taken): State<Taken>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> (Status, String) {
    if headers["authorization"] != "Bearer SG.right" {
        return (Status::UNAUTHORIZED, "{}".to_owned());
    }
    let to = &body["personalizations"][0]["to"][0]["email"];
    if to == "nobody@example.com" {
        let errors = json!({ "errors": [{ "message": "Does not contain a valid address.", "field": null }] });
        return (Status::BAD_REQUEST, errors.to_string());
    }
    taken.lock().unwrap().push(body);
    (Status::ACCEPTED, String::new())
}
