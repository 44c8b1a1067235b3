//! Invitations: made, looked at, accepted once, sent again and withdrawn.

use fanfare_domain::role::Role;
use fanfare_testkit::{Browser, Reply, StatusCode, TestHub};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;
use super::workspaces::actions;

/// Closed: whoever joins, joins by an invitation.
const VARIABLES: &[(&str, &str)] = &[];

with_hub!(
    an_invitation_makes_an_account_and_a_member,
    who_has_an_account_signs_in_and_joins,
    a_link_is_for_its_address_only,
    a_link_lets_one_in_however_many_come_at_once,
    a_link_ends_by_time_by_another_and_by_withdrawing,
    only_owners_invite_owners,
    what_is_wrong_with_an_invitation_is_named,
    the_token_does_not_lie_in_the_database,
);

async fn an_invitation_makes_an_account_and_a_member(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let invited = invite(&ada, " Ben@Example.com ", "editor")
        .await
        .expect(StatusCode::CREATED);
    assert_eq!(invited["email"], "ben@example.com");
    assert_eq!(invited["invited_by"], "Ada Moreno");
    assert_eq!(invited["mailed"], false);
    let link = invited["link"].as_str().unwrap();
    assert!(
        link.starts_with(&format!("{}invitation?token=", hub.url)),
        "{link}"
    );
    let list = ada
        .browser
        .get("/api/invitations")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["expired"], false);
    assert!(!list.to_string().contains(&token(&invited)));

    let ben = hub.browser();
    let seen = look(&ben, &token(&invited)).await.expect(StatusCode::OK);
    assert_eq!(seen["workspace_name"], "Ada Moreno's workspace");
    assert_eq!(seen["role"], "editor");
    assert_eq!(seen["has_account"], false);
    let lacking = accept(&ben, json!({ "token": token(&invited) })).await;
    assert_eq!(
        lacking.field_codes(),
        ["password: required", "name: required"]
    );
    let weak = json!({ "token": token(&invited), "name": "Ben", "password": "password1" });
    let weak = accept(&ben, weak).await;
    assert_eq!(weak.field_codes(), ["password: weak_password"]);

    let joined = accept(&ben, as_new(&invited)).await.expect(StatusCode::OK);
    assert_eq!(joined["user"]["email"], "ben@example.com");
    assert_eq!(joined["user"]["email_verified"], true);
    assert_eq!(joined["user"]["is_admin"], false);
    assert_eq!(joined["workspace_id"], json!(ada.workspace));
    let status = ben.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["workspace_id"], json!(ada.workspace));
    assert_eq!(status["workspaces"].as_array().unwrap().len(), 1);
    let draft = ben.post("/api/posts", json!({ "text": "Hello" })).await;
    assert_eq!(draft.status, StatusCode::CREATED);
    let members = ada.browser.get("/api/members").await.expect(StatusCode::OK);
    assert_eq!(members["items"][1]["last_seen_at"], json!(hub.app.now()));
    let list = ada
        .browser
        .get("/api/invitations")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"], json!([]));
    let again = accept(&hub.browser(), as_new(&invited)).await;
    assert_eq!(
        (again.status, again.code()),
        (StatusCode::NOT_FOUND, "link_invalid")
    );
    let told = actions(hub, &ada.workspace.to_string()).await;
    for action in ["invitation.made", "user.registered", "member.joined"] {
        assert!(told.contains(&action.to_owned()), "{action}: {told:?}");
    }
}

async fn who_has_an_account_signs_in_and_joins(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = join_new(hub, &ada, "ben@example.com").await;
    let made = ben
        .post("/api/workspaces", json!({ "name": "Bakery" }))
        .await;
    let bakery = made.expect(StatusCode::CREATED)["id"].clone();
    let body = json!({ "email": "ada@example.com", "role": "admin" });
    let invited = ben
        .post("/api/invitations", body)
        .await
        .expect(StatusCode::CREATED);
    let seen = look(&hub.browser(), &token(&invited)).await;
    assert_eq!(seen.expect(StatusCode::OK)["has_account"], true);

    let stranger = accept(&hub.browser(), as_new(&invited)).await;
    assert_eq!(
        (stranger.status, stranger.code()),
        (StatusCode::UNAUTHORIZED, "not_authenticated")
    );
    let joined = accept(&ada.browser, json!({ "token": token(&invited) })).await;
    assert_eq!(joined.expect(StatusCode::OK)["workspace_id"], bakery);
    let status = ada.browser.get("/api/auth/status").await.body;
    assert_eq!(status["workspace_id"], bakery);
    assert_eq!(status["workspaces"].as_array().unwrap().len(), 2);
    let member = ben
        .post(
            "/api/invitations",
            json!({ "email": "ada@example.com", "role": "viewer" }),
        )
        .await;
    assert_eq!(
        (member.status, member.code()),
        (StatusCode::CONFLICT, "already_member")
    );
}

async fn a_link_is_for_its_address_only(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = join_new(hub, &ada, "ben@example.com").await;
    let invited = invite(&ada, "cleo@example.com", "viewer")
        .await
        .expect(StatusCode::CREATED);
    let refused = accept(&ben, as_new(&invited)).await;
    assert_eq!(
        (refused.status, refused.code()),
        (StatusCode::CONFLICT, "other_account")
    );
    // It is still good for whom it was meant.
    let joined = accept(&hub.browser(), as_new(&invited)).await;
    assert_eq!(joined.status, StatusCode::OK);
}

async fn a_link_lets_one_in_however_many_come_at_once(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let invited = invite(&ada, "ben@example.com", "editor")
        .await
        .expect(StatusCode::CREATED);
    let strangers: Vec<Browser> = (0..5).map(|_| hub.browser()).collect();
    let all = strangers.iter().map(|one| accept(one, as_new(&invited)));
    let replies = futures::future::join_all(all).await;
    let joined = replies.iter().filter(|one| one.status == StatusCode::OK);
    assert_eq!(joined.count(), 1, "{replies:?}");
    for reply in replies.iter().filter(|one| one.status != StatusCode::OK) {
        // Whoever came later still found nothing to use up, or an account that was there by then.
        assert!(
            ["link_invalid", "not_authenticated"].contains(&reply.code()),
            "{reply:?}"
        );
    }
    let members = ada.browser.get("/api/members").await.expect(StatusCode::OK);
    assert_eq!(members["items"].as_array().unwrap().len(), 2);

    // The same for one who has an account, and two windows.
    let made = ada
        .browser
        .post("/api/workspaces", json!({ "name": "Bakery" }))
        .await;
    made.expect(StatusCode::CREATED);
    let body = json!({ "email": "ben@example.com", "role": "viewer" });
    let invited = ada
        .browser
        .post("/api/invitations", body)
        .await
        .expect(StatusCode::CREATED);
    let ben = strangers
        .iter()
        .zip(&replies)
        .find(|(_, reply)| reply.status == StatusCode::OK)
        .unwrap()
        .0;
    let body = json!({ "token": token(&invited) });
    let (one, other) = tokio::join!(accept(ben, body.clone()), accept(ben, body));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 404], "{one:?} {other:?}");
}

async fn a_link_ends_by_time_by_another_and_by_withdrawing(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let first = invite(&ada, "ben@example.com", "editor")
        .await
        .expect(StatusCode::CREATED);
    let second = invite(&ada, "ben@example.com", "viewer")
        .await
        .expect(StatusCode::CREATED);
    let list = ada
        .browser
        .get("/api/invitations")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["role"], "viewer");
    let path = format!("/api/invitations/{}", second["id"].as_str().unwrap());
    let third = ada
        .browser
        .post(&format!("{path}/resend"), json!({}))
        .await
        .expect(StatusCode::OK);
    assert_eq!(third["id"], second["id"]);
    for old in [&first, &second] {
        assert_eq!(
            look(&hub.browser(), &token(old)).await.code(),
            "link_invalid"
        );
    }
    assert_eq!(
        look(&hub.browser(), &token(&third)).await.status,
        StatusCode::OK
    );

    hub.clock.advance(SignedDuration::from_hours(7 * 24));
    for reply in [
        look(&hub.browser(), &token(&third)).await,
        accept(&hub.browser(), as_new(&third)).await,
    ] {
        assert_eq!(
            (reply.status, reply.code()),
            (StatusCode::NOT_FOUND, "link_invalid")
        );
    }
    let list = ada
        .browser
        .get("/api/invitations")
        .await
        .expect(StatusCode::OK);
    assert_eq!(list["items"][0]["expired"], true);
    let fourth = ada.browser.post(&format!("{path}/resend"), json!({})).await;
    let fourth = fourth.expect(StatusCode::OK);
    assert_eq!(fourth["expired"], false);
    let gone = ada.browser.delete(&path).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    let late = accept(&hub.browser(), as_new(&fourth)).await;
    assert_eq!(late.code(), "link_invalid");
    assert_eq!(
        ada.browser.delete(&path).await.status,
        StatusCode::NOT_FOUND
    );
    let told = actions(hub, &ada.workspace.to_string()).await;
    for action in [
        "invitation.made",
        "invitation.resent",
        "invitation.withdrawn",
    ] {
        assert!(told.contains(&action.to_owned()), "{action}: {told:?}");
    }
    // What nobody takes up is forgotten in the end.
    invite(&ada, "cleo@example.com", "viewer")
        .await
        .expect(StatusCode::CREATED);
    hub.clock.advance(SignedDuration::from_hours(38 * 24));
    fanfare_app::jobs::start_periodic(&hub.app).await.unwrap();
    hub.run_jobs().await;
    let mut tx = hub.store.in_workspace(ada.workspace).read().await.unwrap();
    assert_eq!(fanfare_store::invitations::count(&mut tx).await.unwrap(), 0);
}

async fn only_owners_invite_owners(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let invited = invite(&ada, "admin@example.com", "admin")
        .await
        .expect(StatusCode::CREATED);
    let admin = hub.browser();
    accept(&admin, as_new(&invited))
        .await
        .expect(StatusCode::OK);
    let body = json!({ "email": "ben@example.com", "role": "owner" });
    let refused = admin.post("/api/invitations", body.clone()).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let by_owner = ada
        .browser
        .post("/api/invitations", body)
        .await
        .expect(StatusCode::CREATED);
    // Whoever gets the link gets the role: no admin gets it by sending it again.
    let path = format!("/api/invitations/{}", by_owner["id"].as_str().unwrap());
    let refused = admin.post(&format!("{path}/resend"), json!({})).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert_eq!(look(&admin, &token(&by_owner)).await.status, StatusCode::OK);
    let joined = accept(&hub.browser(), as_new(&by_owner)).await;
    assert_eq!(joined.status, StatusCode::OK);
    let members = ada.browser.get("/api/members").await.expect(StatusCode::OK);
    let roles: Vec<_> = members["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["role"].as_str().unwrap())
        .collect();
    assert_eq!(
        roles
            .iter()
            .filter(|role| **role == Role::Owner.as_str())
            .count(),
        2
    );
}

async fn what_is_wrong_with_an_invitation_is_named(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    for (email, role, expected) in [
        ("", "viewer", "email: required"),
        ("ben", "viewer", "email: invalid_email"),
        (
            "ben@example.com\r\nbcc: x@y.zz",
            "viewer",
            "email: invalid_email",
        ),
        ("ben@example.com", "king", "role: not_allowed"),
    ] {
        let refused = invite(&ada, email, role).await;
        assert_eq!(refused.field_codes(), [expected], "{email} {role}");
    }
    for token in ["", "x", &"0".repeat(64)] {
        assert_eq!(look(&hub.browser(), token).await.code(), "link_invalid");
    }
}

async fn the_token_does_not_lie_in_the_database(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let invited = invite(&ada, "ben@example.com", "viewer")
        .await
        .expect(StatusCode::CREATED);
    let mut tx = hub.store.as_system("test").read().await.unwrap();
    let kept = tx
        .one(
            fanfare_store::sql!("SELECT token_hash FROM invitations"),
            fanfare_store::binds![],
            |row| row.text("token_hash"),
        )
        .await
        .unwrap();
    assert_ne!(kept, token(&invited));
    let told = tx
        .all(
            fanfare_store::sql!("SELECT detail FROM audit_events"),
            fanfare_store::binds![],
            |row| row.text("detail"),
        )
        .await
        .unwrap();
    assert!(told.iter().all(|detail| !detail.contains(&token(&invited))));
}

async fn invite(by: &Member, email: &str, role: &str) -> Reply {
    let body = json!({ "email": email, "role": role });
    by.ask(Method::POST, "/api/invitations", body).await
}

async fn look(browser: &Browser, token: &str) -> Reply {
    browser
        .post("/api/invitations/look", json!({ "token": token }))
        .await
}

async fn accept(browser: &Browser, body: Value) -> Reply {
    browser.post("/api/invitations/accept", body).await
}

async fn join_new(hub: &TestHub, ada: &Member, email: &str) -> Browser {
    let invited = invite(ada, email, "viewer")
        .await
        .expect(StatusCode::CREATED);
    let browser = hub.browser();
    accept(&browser, as_new(&invited))
        .await
        .expect(StatusCode::OK);
    browser
}

fn as_new(invited: &Value) -> Value {
    json!({ "token": token(invited), "name": "Ben", "password": super::PASSWORD })
}

fn token(invited: &Value) -> String {
    let link = invited["link"].as_str().unwrap();
    link.split("token=").nth(1).unwrap().to_owned()
}
