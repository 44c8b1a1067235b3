//! Who may have Fanfare write to an address by inviting it, and how often, where mail arrives.

use fanfare_testkit::{Reply, StatusCode, TestHub};
use reqwest::Method;
use serde_json::json;

use super::permissions::Member;
use super::with_hub;

/// Anybody may register, and mail goes out, if to nobody here.
const VARIABLES: &[(&str, &str)] = &[
    ("FANFARE_REGISTRATION", "open"),
    ("FANFARE_SMTP_URL", "smtp://127.0.0.1:1"),
];

with_hub!(
    who_has_not_proved_their_address_invites_nobody,
    an_address_is_written_to_only_so_often,
    one_person_invites_only_so_many,
);

async fn who_has_not_proved_their_address_invites_nobody(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let stranger = Member::registered(hub, "stranger").await;
    let refused = invite(&stranger, "victim@example.com").await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::FORBIDDEN, "email_not_verified")
    );
    assert_eq!(
        invite(&ada, "ben@example.com").await.status,
        StatusCode::CREATED
    );
}

async fn an_address_is_written_to_only_so_often(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let invited = invite(&ada, "ben@example.com")
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(invited["mailed"], true);
    let path = format!(
        "/api/invitations/{}/resend",
        invited["id"].as_str().unwrap()
    );
    for _ in 0..2 {
        ada.ask(Method::POST, &path, json!({}))
            .await
            .expect(StatusCode::OK);
    }
    for refused in [
        ada.ask(Method::POST, &path, json!({})).await,
        invite(&ada, "ben@example.com").await,
    ] {
        assert_eq!(
            (refused.status, refused.code()),
            (StatusCode::TOO_MANY_REQUESTS, "too_many_requests")
        );
    }
}

async fn one_person_invites_only_so_many(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    for number in 0..100 {
        let invited = invite(&ada, &format!("{number}@example.com")).await;
        assert_eq!(invited.status, StatusCode::CREATED, "{number}");
    }
    let refused = invite(&ada, "ben@example.com").await;
    assert_eq!(refused.code(), "too_many_requests");
}

async fn invite(by: &Member, email: &str) -> Reply {
    let body = json!({ "email": email, "role": "viewer" });
    by.ask(Method::POST, "/api/invitations", body).await
}
