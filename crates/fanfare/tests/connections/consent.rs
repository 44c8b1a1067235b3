//! Connecting by consent at the platform.

use fanfare_domain::ConnectionStatus;
use fanfare_store::{binds, sql};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::browser::{Browser, state_of};
use super::stage::Stage;
use super::staged;

staged!(
    consenting_connects_and_leads_back,
    the_same_account_again_is_updated,
    a_state_works_once,
    a_state_works_once_even_when_used_twice_at_the_same_time,
    a_state_works_in_its_own_session_only,
    a_state_works_on_its_own_platform_only,
    a_state_ends_after_ten_minutes,
    denied_consent_is_told_in_words,
    a_stranger_connects_nothing,
    nobody_is_led_to_another_site,
    wrong_fields_are_named,
    pasting_twice_under_one_key_connects_once,
    what_is_not_set_up_is_told_with_its_variables,
    an_account_without_channels_is_refused,
    our_application_is_registered_once_for_each_server,
    reconnecting_asks_for_nothing_again,
    states_nobody_came_back_for_are_swept_out,
);

async fn consenting_connects_and_leads_back(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/compose?draft=7").await;
    assert_eq!(url.host_str(), Some("pretend.example"));
    let landed = browser
        .come_back(&[("state", &state_of(&url)), ("code", "ann")])
        .await;

    assert_eq!(landed.path, "/compose");
    assert_eq!(landed.query["draft"], "7");
    let id = &landed.query["connected"];
    let got = browser.get(&format!("/api/connections/{id}")).await.json();
    assert_eq!(got["name"], "Account of ann");
    assert_eq!(got["status"], "connected");
    assert_eq!(got["missing_scopes"], json!(["write"]));
    assert_eq!(got["last_error"], Value::Null);
    let names: Vec<_> = got["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["The bakery", "The cafe"]);
    assert_eq!(got["channels"][0]["enabled"], true);
    assert_eq!(got["channels"][0]["rules"]["text"]["max"], 100);
    assert!(stage.is_audited("connection.connected").await);

    let platforms = browser.get("/api/platforms").await.json();
    assert_eq!(platforms["items"][0]["accounts"], 1);
    assert_eq!(
        platforms["items"][0]["callback_url"],
        "http://fanfare.example/api/platforms/scripted/callback"
    );
}

async fn the_same_account_again_is_updated(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let mut connected = Vec::new();
    for account in ["ann", "ann", "ben"] {
        let url = browser.begin("/connections").await;
        let landed = browser
            .come_back(&[("state", &state_of(&url)), ("code", account)])
            .await;
        connected.push(landed.query["connected"].clone());
    }
    assert_eq!(connected[0], connected[1]);
    assert_ne!(connected[0], connected[2]);
    let list = browser.get("/api/connections").await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    let channels = browser.get("/api/channels").await.json();
    assert_eq!(
        channels["items"].as_array().unwrap().len(),
        2,
        "both accounts list the same two"
    );
    assert_eq!(channels["items"][0]["connection_id"], json!(connected[2]));
}

async fn a_state_works_once(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/connections").await;
    let query = [("state", &*state_of(&url)), ("code", "ann")];
    assert!(
        browser
            .come_back(&query)
            .await
            .query
            .contains_key("connected")
    );
    let landed = browser.come_back(&query).await;
    assert_eq!(landed.error(), "state_invalid");
    assert_eq!(landed.path, "/connections");
    assert!(landed.query["error_detail"].contains("Connect once more"));
}

async fn a_state_works_once_even_when_used_twice_at_the_same_time(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/connections").await;
    let query = [("state", &*state_of(&url)), ("code", "ann")];
    let (one, other) = tokio::join!(browser.come_back(&query), browser.come_back(&query));
    let worked = [one, other]
        .iter()
        .filter(|landed| landed.query.contains_key("connected"))
        .count();
    assert_eq!(worked, 1);
}

async fn a_state_works_in_its_own_session_only(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/connections").await;
    let query = [("state", &*state_of(&url)), ("code", "ann")];
    let neighbour = stage.as_neighbour().await;
    let other = Browser::open(&neighbour).await;
    assert_eq!(other.come_back(&query).await.error(), "state_invalid");
    assert_eq!(
        other.get("/api/connections").await.json()["items"],
        json!([])
    );
    // The attempt did not use it up for the one who began.
    assert!(
        browser
            .come_back(&query)
            .await
            .query
            .contains_key("connected")
    );
}

async fn a_state_works_on_its_own_platform_only(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/connections").await;
    let path = format!(
        "/api/platforms/nowhere/callback?code=ann&state={}",
        state_of(&url)
    );
    let got = browser.get(&path).await;
    assert!(got.location.unwrap().contains("error=platform_unknown"));
}

async fn a_state_ends_after_ten_minutes(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let early = browser.begin("/connections").await;
    stage.clock.advance(SignedDuration::from_secs(599));
    let landed = browser
        .come_back(&[("state", &state_of(&early)), ("code", "ann")])
        .await;
    assert!(landed.query.contains_key("connected"), "{landed:?}");

    let late = browser.begin("/connections").await;
    stage.clock.advance(SignedDuration::from_secs(600));
    let landed = browser
        .come_back(&[("state", &state_of(&late)), ("code", "ann")])
        .await;
    assert_eq!(landed.error(), "state_invalid");
}

async fn denied_consent_is_told_in_words(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/compose").await;
    let denied = [
        ("state", &*state_of(&url)),
        ("error", "access_denied"),
        ("error_description", "The person said no"),
    ];
    let landed = browser.come_back(&denied).await;
    assert_eq!(
        (landed.path.as_str(), landed.error()),
        ("/compose", "consent_denied")
    );
    assert_eq!(landed.query["platform"], "scripted");
    assert!(
        landed.query["error_detail"].contains("not granted"),
        "{landed:?}"
    );
    assert_eq!(
        browser.get("/api/connections").await.json()["items"],
        json!([])
    );

    // What a platform says of itself reaches the page as plain, short text.
    let url = browser.begin("/compose").await;
    let shouting = format!("<script>{}\r\n", "x".repeat(2000));
    let landed = browser
        .come_back(&[("state", &state_of(&url)), ("error", &shouting)])
        .await;
    assert_eq!(landed.error(), "platform_refused");
    assert!(landed.query["error_detail"].chars().count() <= 300);
    assert!(!landed.query["error_detail"].contains(['\r', '\n']));
}

async fn a_stranger_connects_nothing(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/connections").await;
    let stranger = Browser::of_a_stranger(&stage).await;
    let landed = stranger
        .come_back(&[("state", &state_of(&url)), ("code", "ann")])
        .await;
    assert_eq!(landed.error(), "not_authenticated");
    assert_eq!(
        browser.get("/api/connections").await.json()["items"],
        json!([])
    );
}

async fn nobody_is_led_to_another_site(stage: Stage) {
    let browser = Browser::open(&stage).await;
    for elsewhere in [
        "https://other.example",
        "//other.example",
        "/\\other.example",
        "/\t/other.example",
        "/.//other.example",
        "javascript:alert(1)",
        "connections",
        "",
    ] {
        let body = json!({"server": "floss.example", "return_to": elsewhere});
        let got = browser.post("/api/platforms/scripted/auth-url", body).await;
        assert_eq!(got.status, 422, "{elsewhere:?}");
        assert_eq!(
            got.complaints(),
            [("return_to".to_owned(), "invalid_url".to_owned())]
        );
    }
}

async fn wrong_fields_are_named(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let body = json!({"sevrer": "floss.example", "return_to": "/"});
    let got = browser.post("/api/platforms/scripted/auth-url", body).await;
    assert_eq!(got.status, 422);
    let wrong = [("sevrer", "unknown_field"), ("server", "required")];
    let wrong = wrong.map(|(field, code)| (field.to_owned(), code.to_owned()));
    assert_eq!(got.complaints(), wrong);

    let body = json!({"account": "nobody", "password": "hunter2"});
    let got = browser.post("/api/platforms/scripted/connect", body).await;
    assert_eq!(got.status, 422);
    assert_eq!(
        got.complaints(),
        [("account".to_owned(), "wrong_credentials".to_owned())]
    );
    assert!(!got.text.contains("hunter2"));

    let got = browser
        .post("/api/platforms/nowhere/connect", json!({}))
        .await;
    assert_eq!(
        (got.status.as_u16(), &got.json()["code"]),
        (404, &json!("platform_unknown"))
    );
}

async fn pasting_twice_under_one_key_connects_once(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let body = json!({"account": "ann", "password": "hunter2"});
    let path = "/api/platforms/scripted/connect";
    let first = browser.post_once("key", path, body.clone()).await;
    assert_eq!(first.status, 201, "{first:?}");
    let statement = "UPDATE idempotency_keys SET status = NULL, response = NULL";
    let mut tx = stage.app.store.as_system("test").write().await.unwrap();
    tx.execute(statement, Vec::new()).await.unwrap();
    tx.commit().await.unwrap();
    // Its answer was lost: what it made is shown, and the platform is not asked again.
    let again = browser.post_once("key", path, body).await;
    assert_eq!(again.status, 201, "{again:?}");
    assert_eq!(again.json(), first.json());
    assert!(again.headers.contains("idempotency-replayed"), "{again:?}");
}

async fn what_is_not_set_up_is_told_with_its_variables(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let body = json!({"server": "floss.example"});
    let got = browser.post("/api/platforms/unready/auth-url", body).await;
    assert_eq!(
        (got.status.as_u16(), &got.json()["code"]),
        (409, &json!("platform_not_configured"))
    );
    assert!(
        got.text
            .contains("FANFARE_UNREADY_APP_ID and FANFARE_UNREADY_APP_SECRET"),
        "{got:?}"
    );
    let got = browser
        .post("/api/platforms/unready/connect", json!({}))
        .await;
    assert_eq!(
        (got.status.as_u16(), &got.json()["code"]),
        (422, &json!("connect_not_supported"))
    );

    let platforms = browser.get("/api/platforms").await.json();
    let unready = &platforms["items"][1];
    assert_eq!(
        (&unready["id"], &unready["configured"]),
        (&json!("unready"), &json!(false))
    );
    assert_eq!(
        unready["variables"],
        json!(["FANFARE_UNREADY_APP_ID", "FANFARE_UNREADY_APP_SECRET"])
    );
    assert_eq!(unready["connect_methods"][0]["scopes"][0]["name"], "read");
}

async fn an_account_without_channels_is_refused(stage: Stage) {
    let browser = Browser::open(&stage).await;
    stage.platform.list(&[]);
    let url = browser.begin("/connections").await;
    let landed = browser
        .come_back(&[("state", &state_of(&url)), ("code", "ann")])
        .await;
    assert_eq!(landed.error(), "nothing_to_connect");
    assert_eq!(
        browser.get("/api/connections").await.json()["items"],
        json!([])
    );
}

async fn our_application_is_registered_once_for_each_server(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let first = browser.begin("/").await;
    let again = browser.begin("/").await;
    let registration = |url: &url::Url| {
        url.query_pairs()
            .find(|(name, _)| name == "registration")
            .unwrap()
            .1
            .into_owned()
    };
    assert_eq!(registration(&first), registration(&again));

    let mut tx = stage.app.store.as_system("test").read().await.unwrap();
    let sealed = tx
        .all(
            sql!("SELECT registration FROM app_registrations"),
            binds![],
            |row| row.bytes("registration"),
        )
        .await
        .unwrap();
    assert_eq!(sealed.len(), 1);
    assert!(!String::from_utf8_lossy(&sealed[0]).contains("registration"));
    drop(tx);

    let stranger = stage.with_another_key_ring().await;
    let browser = Browser::open(&stranger).await;
    let anew = browser.begin("/").await;
    assert_ne!(
        registration(&anew),
        registration(&first),
        "one that does not open is none"
    );
}

async fn reconnecting_asks_for_nothing_again(stage: Stage) {
    let browser = Browser::open(&stage).await;
    let url = browser.begin("/connections").await;
    let landed = browser
        .come_back(&[("state", &state_of(&url)), ("code", "ann")])
        .await;
    let id = landed.query["connected"].clone();
    stage.disconnect(id.parse().unwrap()).await;

    let body = json!({"connection_id": id, "return_to": "/connections"});
    let got = browser
        .post("/api/platforms/scripted/reconnect", body)
        .await;
    assert_eq!(got.status, 200, "{got:?}");
    let url: url::Url = got.json()["url"].as_str().unwrap().parse().unwrap();
    assert!(
        url.query_pairs()
            .any(|(name, value)| name == "server" && value == "floss.example")
    );
    let landed = browser
        .come_back(&[("state", &state_of(&url)), ("code", "ann")])
        .await;
    assert_eq!(landed.query["connected"], id);
    let view = stage.view(id.parse().unwrap()).await;
    assert_eq!(view.status, ConnectionStatus::Connected);
    assert_eq!(view.channels.len(), 2, "its channels are back");

    let neighbour = stage.as_neighbour().await;
    let other = Browser::open(&neighbour).await;
    let got = other
        .post(
            "/api/platforms/scripted/reconnect",
            json!({"connection_id": id}),
        )
        .await;
    assert_eq!(got.status, 404);
}

async fn states_nobody_came_back_for_are_swept_out(stage: Stage) {
    let browser = Browser::open(&stage).await;
    for _ in 0..3 {
        browser.begin("/").await;
    }
    stage.clock.advance(SignedDuration::from_mins(11));
    browser.begin("/").await;
    let mut tx = stage.app.store.as_system("test").read().await.unwrap();
    let left = tx
        .one(
            sql!("SELECT COUNT(*) AS states FROM oauth_states"),
            binds![],
            |row| row.int("states"),
        )
        .await
        .unwrap();
    assert_eq!(left, 1);
}
