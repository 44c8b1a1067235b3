//! Devices: signed in by tokens that rotate, and out when one is used twice.

use fanfare_testkit::{Reply, StatusCode, TestHub, described, read};
use jiff::SignedDuration;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;
use super::workspaces::actions;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    a_device_acts_as_its_person,
    an_access_token_works_for_a_quarter_of_an_hour,
    a_refresh_token_used_again_signs_the_device_out,
    a_lost_answer_is_no_excuse,
    of_two_refreshes_at_once_none_stays_signed_in,
    a_device_lasts_while_it_is_used,
    signing_out_ends_a_device_for_good,
    guessing_is_held_back_here_too,
    neither_token_stands_in_for_the_other_nor_for_a_cookie,
    what_is_missing_is_named,
);

/// A device and its present tokens.
pub struct Device {
    pub access: String,
    pub refresh: String,
}

impl Device {
    /// Of Ada, who has registered.
    pub async fn signed_in(hub: &TestHub, name: &str) -> Self {
        let reply = ask(hub, by_password("ada@example.com", super::PASSWORD, name)).await;
        Self::of(&reply.expect(StatusCode::OK))
    }

    /// Of whoever has that address.
    pub async fn of_person(hub: &TestHub, email: &str) -> Self {
        let reply = ask(hub, by_password(email, super::PASSWORD, "Phone")).await;
        Self::of(&reply.expect(StatusCode::OK))
    }

    pub fn of(answer: &Value) -> Self {
        assert_eq!(answer["expires_in"], 900);
        Self {
            access: answer["access_token"].as_str().unwrap().to_owned(),
            refresh: answer["refresh_token"].as_str().unwrap().to_owned(),
        }
    }

    pub fn request(&self, hub: &TestHub, method: Method, path: &str) -> RequestBuilder {
        let request = hub.browser().request(method, path);
        request.bearer_auth(&self.access)
    }

    pub async fn get(&self, hub: &TestHub, path: &str) -> Reply {
        read(self.request(hub, Method::GET, path)).await
    }

    pub async fn refresh(&self, hub: &TestHub) -> Reply {
        let body = json!({ "grant_type": "refresh_token", "refresh_token": self.refresh });
        ask(hub, body).await
    }
}

async fn a_device_acts_as_its_person(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let phone = Device::signed_in(hub, "Ada's phone").await;
    assert!(phone.access.starts_with("ffa_") && phone.refresh.starts_with("ffr_"));
    let status = phone.get(hub, "/api/auth/status").await;
    assert_eq!(status.body["user"]["email"], "ada@example.com");
    let made = phone
        .request(hub, Method::POST, "/api/workspaces")
        .json(&json!({ "name": "Bakery" }));
    let bakery = read(made).await.expect(StatusCode::CREATED);
    let draft = |workspace: Option<String>| {
        let request = phone.request(hub, Method::POST, "/api/posts");
        let request = match workspace {
            Some(workspace) => request.header("fanfare-workspace", workspace),
            None => request,
        };
        read(request.json(&json!({ "text": "Hello" })))
    };
    draft(None).await.expect(StatusCode::CREATED);
    draft(Some(ada.workspace.to_string()))
        .await
        .expect(StatusCode::CREATED);
    for workspace in [
        ada.workspace.to_string(),
        bakery["id"].as_str().unwrap().to_owned(),
    ] {
        let told = actions(hub, &workspace).await;
        assert!(told.contains(&"post.drafted".to_owned()), "{told:?}");
    }
    // The keys of requests work as for everybody.
    let twice = async || {
        let request = phone
            .request(hub, Method::POST, "/api/workspaces")
            .header("idempotency-key", "one");
        read(request.json(&json!({ "name": "Press" }))).await.body
    };
    assert_eq!(twice().await, twice().await);
    let stranger = phone
        .request(hub, Method::GET, "/api/posts")
        .header("fanfare-workspace", "01a1fa4f-b4d2-7828-887f-245a61288886");
    assert_eq!(read(stranger).await.status, StatusCode::NOT_FOUND);
}

async fn an_access_token_works_for_a_quarter_of_an_hour(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let phone = Device::signed_in(hub, "Ada's phone").await;
    hub.clock.advance(SignedDuration::from_secs(899));
    assert_eq!(phone.get(hub, "/api/posts").await.status, StatusCode::OK);
    hub.clock.advance(SignedDuration::from_secs(1));
    let response = phone
        .request(hub, Method::GET, "/api/posts")
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    assert!(response.headers().contains_key("www-authenticate"));
    let problem: Value = response.json().await.unwrap();
    assert_eq!(problem["code"], "access_token_invalid");
    let next = Device::of(&phone.refresh(hub).await.expect(StatusCode::OK));
    assert_ne!(
        (&next.access, &next.refresh),
        (&phone.access, &phone.refresh)
    );
    assert_eq!(next.get(hub, "/api/posts").await.status, StatusCode::OK);
    // The one before ended when this one was given.
    let old = phone.get(hub, "/api/posts").await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
}

async fn a_refresh_token_used_again_signs_the_device_out(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let stolen = Device::signed_in(hub, "Ada's phone").await;
    let second = Device::of(&stolen.refresh(hub).await.expect(StatusCode::OK));
    let third = Device::of(&second.refresh(hub).await.expect(StatusCode::OK));
    assert_eq!(third.get(hub, "/api/posts").await.status, StatusCode::OK);
    hub.clock.advance(SignedDuration::from_hours(24));
    let replayed = stolen.refresh(hub).await;
    assert_eq!(
        (replayed.status, replayed.code()),
        (StatusCode::UNAUTHORIZED, "refresh_token_invalid")
    );
    // The whole family is out: whoever has the newest tokens as well.
    let out = third.get(hub, "/api/posts").await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    assert_eq!(third.refresh(hub).await.code(), "refresh_token_invalid");
    let told = actions(hub, &ada.workspace.to_string()).await;
    assert_eq!(told.last().unwrap(), "session.refresh_token_reused");
    // Another device of hers goes on, and the browser.
    let tablet = Device::signed_in(hub, "Ada's tablet").await;
    assert_eq!(tablet.refresh(hub).await.status, StatusCode::OK);
    assert_eq!(ada.browser.get("/api/posts").await.status, StatusCode::OK);
    let list = ada.browser.get("/api/auth/sessions").await.body;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

/// Nobody can tell a device that never got its answer from a thief who is as quick.
async fn a_lost_answer_is_no_excuse(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let phone = Device::signed_in(hub, "Ada's phone").await;
    let lost = Device::of(&phone.refresh(hub).await.expect(StatusCode::OK));
    hub.clock.advance(SignedDuration::from_secs(5));
    assert_eq!(phone.refresh(hub).await.code(), "refresh_token_invalid");
    let out = lost.get(hub, "/api/posts").await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    let again = Device::signed_in(hub, "Ada's phone").await;
    assert_eq!(again.get(hub, "/api/posts").await.status, StatusCode::OK);
}

async fn of_two_refreshes_at_once_none_stays_signed_in(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let phone = Device::signed_in(hub, "Ada's phone").await;
    let (one, other) = tokio::join!(phone.refresh(hub), phone.refresh(hub));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{one:?} {other:?}");
    let given = if one.status == StatusCode::OK {
        one
    } else {
        other
    };
    let given = Device::of(&given.body);
    let out = given.get(hub, "/api/posts").await;
    assert_eq!(out.status, StatusCode::UNAUTHORIZED);
    let list = ada.browser.get("/api/auth/sessions").await.body;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

async fn a_device_lasts_while_it_is_used(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let mut phone = Device::signed_in(hub, "Ada's phone").await;
    for _ in 0..3 {
        hub.clock.advance(SignedDuration::from_hours(29 * 24));
        phone = Device::of(&phone.refresh(hub).await.expect(StatusCode::OK));
    }
    hub.clock.advance(SignedDuration::from_hours(30 * 24));
    assert_eq!(phone.refresh(hub).await.code(), "refresh_token_invalid");
}

async fn signing_out_ends_a_device_for_good(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let phone = Device::signed_in(hub, "Ada's phone").await;
    // Its access token has expired by then, and nobody asks it to get another one for this.
    hub.clock.advance(SignedDuration::from_hours(1));
    let gone = read(phone.request(hub, Method::POST, "/api/auth/logout")).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(phone.refresh(hub).await.code(), "refresh_token_invalid");
}

async fn guessing_is_held_back_here_too(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let guess = || ask(hub, by_password("ada@example.com", "wrong guess", "x"));
    for _ in 0..10 {
        let refused = guess().await;
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::UNAUTHORIZED, "wrong_credentials")
        );
    }
    let refused = guess().await;
    assert_eq!(refused.code(), "too_many_requests");
    let right = ask(hub, by_password("ada@example.com", super::PASSWORD, "x")).await;
    assert_eq!(right.code(), "too_many_requests");
}

async fn neither_token_stands_in_for_the_other_nor_for_a_cookie(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    let phone = Device::signed_in(hub, "Ada's phone").await;
    let with_cookie = hub
        .browser()
        .request(Method::GET, "/api/posts")
        .header("cookie", format!("fanfare_session={}", phone.access));
    assert_eq!(read(with_cookie).await.status, StatusCode::UNAUTHORIZED);
    let with_refresh = hub
        .browser()
        .request(Method::GET, "/api/posts")
        .bearer_auth(&phone.refresh);
    assert_eq!(read(with_refresh).await.status, StatusCode::UNAUTHORIZED);
    let body = json!({ "grant_type": "refresh_token", "refresh_token": phone.access });
    assert_eq!(ask(hub, body).await.code(), "refresh_token_invalid");
    // Asking for what it is not has cost the device nothing.
    assert_eq!(phone.get(hub, "/api/posts").await.status, StatusCode::OK);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept = tx
        .all(
            fanfare_store::sql!("SELECT token_hash, family_hash, refresh_hash FROM sessions WHERE device_name IS NOT NULL"),
            fanfare_store::binds![],
            |row| Ok([row.text("token_hash")?, row.text("family_hash")?, row.text("refresh_hash")?]),
        )
        .await
        .unwrap();
    let texts = [&phone.access, &phone.refresh];
    assert!(
        kept[0]
            .iter()
            .all(|hash| texts.iter().all(|text| !text.contains(hash.as_str())))
    );
}

async fn what_is_missing_is_named(hub: &TestHub) {
    Member::registered(hub, "ada").await;
    for (body, expected) in [
        (json!({}), vec!["grant_type: required"]),
        (
            json!({ "grant_type": "magic" }),
            vec!["grant_type: not_allowed"],
        ),
        (
            json!({ "grant_type": "password" }),
            vec![
                "email: required",
                "password: required",
                "device_name: required",
            ],
        ),
        (
            json!({ "grant_type": "refresh_token" }),
            vec!["refresh_token: required"],
        ),
    ] {
        assert_eq!(
            ask(hub, body.clone()).await.field_codes(),
            expected,
            "{body}"
        );
    }
    let unnamed = ask(hub, by_password("ada@example.com", super::PASSWORD, " \n ")).await;
    assert_eq!(unnamed.field_codes(), ["device_name: required"]);
}

fn by_password(email: &str, password: &str, name: &str) -> Value {
    json!({ "grant_type": "password", "email": email, "password": password, "device_name": name })
}

async fn ask(hub: &TestHub, body: Value) -> Reply {
    let path = "/api/auth/token";
    let request = hub.browser().request(Method::POST, path);
    let reply = read(request.json(&body)).await;
    described::check(&Method::POST, path, reply.status, &reply.body);
    reply
}
