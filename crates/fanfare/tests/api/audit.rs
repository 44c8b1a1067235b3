//! The audit log over HTTP: listed, filtered, taken along and verified.

use fanfare_domain::role::Role;
use fanfare_store::{binds, sql};
use fanfare_testkit::{StatusCode, TestHub};
use reqwest::Method;
use reqwest::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::{Value, json};

use super::permissions::Member;
use super::with_hub;

const VARIABLES: &[(&str, &str)] = super::OPEN;

with_hub!(
    it_is_listed_by_pages_and_filters,
    it_is_taken_along_as_a_file,
    it_is_verified,
    only_managers_read_it,
    the_installations_log_says_whom_and_is_taken_along,
);

/// Somebody who did a few things.
async fn busy(hub: &TestHub) -> Member {
    let ada = Member::registered(hub, "ada").await;
    for text in ["One", "Two", "Three"] {
        hub.clock.advance(jiff::SignedDuration::from_secs(10));
        ada.browser
            .post("/api/posts", json!({ "text": text }))
            .await
            .expect(StatusCode::CREATED);
    }
    let group = json!({ "name": "=1+1,\"x\"", "channel_ids": [] });
    ada.browser
        .post("/api/channel-groups", group)
        .await
        .expect(StatusCode::CREATED);
    ada
}

async fn actions(member: &Member, path: &str) -> Vec<String> {
    let list = member.browser.get(path).await.expect(StatusCode::OK);
    let items = list["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["action"].as_str().unwrap().to_owned())
        .collect()
}

async fn it_is_listed_by_pages_and_filters(hub: &TestHub) {
    let ada = busy(hub).await;
    let all = actions(&ada, "/api/audit").await;
    assert_eq!(
        all,
        [
            "channel_group.created",
            "post.drafted",
            "post.drafted",
            "post.drafted",
            "user.registered"
        ]
    );
    let mut paged = Vec::new();
    let mut path = "/api/audit?limit=2".to_owned();
    loop {
        let page = ada.browser.get(&path).await.expect(StatusCode::OK);
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 2);
        paged.extend(items.iter().map(|item| item["id"].clone()));
        match page["next_cursor"].as_str() {
            Some(cursor) => path = format!("/api/audit?limit=2&cursor={cursor}"),
            None => break,
        }
    }
    let whole = ada.browser.get("/api/audit").await.body;
    let whole: Vec<Value> = whole["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["id"].clone())
        .collect();
    assert_eq!(paged, whole);

    let list = ada.browser.get("/api/audit?action=post").await.body;
    let middle = &list["items"][1];
    assert_eq!(middle["actor"]["id"], ada.user.to_string());
    assert_eq!(middle["actor"]["name"], "Ada Moreno");
    let (at, post) = (
        middle["at"].as_str().unwrap(),
        middle["subject_id"].as_str().unwrap(),
    );
    let user = ada.user;
    for (query, count) in [
        ("action=post.drafted".to_owned(), 3),
        ("action=post".to_owned(), 3),
        ("action=pos".to_owned(), 0),
        ("action=channel_group".to_owned(), 1),
        (format!("actor={user}"), 5),
        (format!("actor={user}&action=user"), 1),
        (format!("actor={}", ada.workspace), 0),
        ("actor=fanfare".to_owned(), 0),
        ("subject_kind=post".to_owned(), 3),
        (format!("subject_id={post}"), 1),
        (format!("subject_id={post}&action=user"), 0),
        (
            format!("subject_id={post}&actor={user}&subject_kind=post"),
            1,
        ),
        (format!("action=post.drafted&actor={user}&from={at}"), 2),
        (format!("from={at}"), 3),
        (format!("to={at}"), 2),
        (format!("from={at}&to={at}"), 0),
    ] {
        let found = actions(&ada, &format!("/api/audit?{query}")).await;
        assert_eq!(found.len(), count, "{query}: {found:?}");
    }
    for (query, wrong) in [
        ("actor=Ada", "actor: not_allowed"),
        ("from=yesterday", "from: not_allowed"),
        ("cursor=x", "cursor: not_allowed"),
        ("limit=0", "limit: out_of_range"),
        ("acton=x", "acton: unknown_field"),
    ] {
        let refused = ada.browser.get(&format!("/api/audit?{query}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{query}");
        assert_eq!(
            refused.field_codes()[0].split(':').next(),
            wrong.split(':').next()
        );
    }
}

async fn it_is_taken_along_as_a_file(hub: &TestHub) {
    let ada = busy(hub).await;
    let export = async |query: &str| {
        let path = format!("/api/audit/export?{query}");
        let answer = ada
            .browser
            .request(Method::GET, &path)
            .send()
            .await
            .unwrap();
        let header = |name| answer.headers()[name].to_str().unwrap().to_owned();
        let headers = (header(CONTENT_TYPE), header(CONTENT_DISPOSITION));
        (headers, answer.text().await.unwrap())
    };
    let ((kind, disposition), csv) = export("").await;
    assert_eq!(kind, "text/csv; charset=utf-8");
    assert!(
        disposition.starts_with("attachment; filename=\"audit-log-20"),
        "{disposition}"
    );
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 6, "{csv}");
    assert!(lines[0].starts_with("id,at,actor_id,"));
    assert!(lines[1].contains(r#"{""name"":""=1+1"#), "{}", lines[1]);

    let ((kind, _), json) = export("format=json&action=post").await;
    assert_eq!(kind, "application/json");
    let events: Vec<Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(events.len(), 3);
    assert_eq!(
        (&events[0]["place"], &events[2]["place"]),
        (&json!(4), &json!(2))
    );
    let none: Vec<Value> =
        serde_json::from_str(&export("format=json&actor=fanfare").await.1).unwrap();
    assert_eq!(none.len(), 0);

    // More than one page.
    for _ in 0..3 {
        let mut tx = hub.store.in_workspace(ada.workspace).write().await.unwrap();
        for _ in 0..200 {
            let mut event = fanfare_store::audit::AuditEvent {
                id: fanfare_domain::AuditEventId::new(hub.app.now()),
                at: hub.app.now(),
                actor: fanfare_store::audit::Actor::fanfare(),
                action: "post.counted".to_owned(),
                subject_kind: "post".to_owned(),
                subject_id: "x".to_owned(),
                post_id: None,
                detail: json!({}),
            };
            event.actor.name = "@Fanfare".to_owned();
            fanfare_store::audit::record(&mut tx, &event).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let (_, csv) = export("").await;
    assert_eq!(csv.lines().count(), 606);
    assert!(csv.contains("\"'@Fanfare\""));
    let events: Vec<Value> = serde_json::from_str(&export("format=json").await.1).unwrap();
    assert_eq!(events.len(), 605);
}

async fn it_is_verified(hub: &TestHub) {
    let ada = busy(hub).await;
    let verdict = ada.browser.get("/api/audit/verify").await;
    let verdict = verdict.expect(StatusCode::OK);
    assert_eq!(
        verdict,
        json!({ "intact": true, "events": 5, "older": 0, "erased": 0, "problems": [] })
    );
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute(
        sql!("UPDATE audit_events SET actor_name = 'Ben' WHERE action = 'user.registered'"),
        binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let verdict = ada.browser.get("/api/audit/verify").await.body;
    assert_eq!(verdict["intact"], false);
    assert_eq!(verdict["problems"][0]["kind"], "changed");
    assert!(verdict["problems"][0]["id"].is_string());
}

async fn only_managers_read_it(hub: &TestHub) {
    let ada = busy(hub).await;
    let vera = Member::joined(hub, ada.workspace, Role::Viewer).await;
    for path in ["/api/audit", "/api/audit/export", "/api/audit/verify"] {
        let refused = vera.ask(Method::GET, path, json!({})).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
    }
}

async fn the_installations_log_says_whom_and_is_taken_along(hub: &TestHub) {
    let ada = Member::registered(hub, "ada").await;
    let ben = Member::registered(hub, "ben").await;
    let path = format!("/api/admin/users/{}", ben.user);
    for change in [
        json!({ "is_admin": true }),
        json!({ "is_admin": false }),
        json!({ "disabled": true }),
        json!({ "disabled": false }),
    ] {
        let changed = ada.browser.patch(&path, change).await;
        changed.expect(StatusCode::OK);
    }
    let reset = format!("{path}/reset-password");
    let reset = ada.browser.post(&reset, json!({}));
    assert!(reset.await.status.is_success());
    let log = ada.browser.get("/api/admin/audit").await;
    let log = log.expect(StatusCode::OK);
    let told = log["items"].as_array().unwrap();
    assert_eq!(told.len(), 5, "{log}");
    for event in told {
        assert_eq!(event["subject_id"], json!(ben.user.to_string()), "{event}");
        assert_eq!(event["detail"]["email"], "ben@example.com", "{event}");
    }

    let file = "/api/admin/audit/export?action=user.disabled";
    let answer = ada.browser.request(Method::GET, file).send().await.unwrap();
    let name = answer.headers()[CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.contains("\"installation-log-20"), "{name}");
    let csv = answer.text().await.unwrap();
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(csv.contains("ben@example.com"), "{csv}");
    let json = "/api/admin/audit/export?format=json";
    let answer = ada.browser.request(Method::GET, json).send().await.unwrap();
    let events: Vec<Value> = answer.json().await.unwrap();
    assert_eq!(events.len(), 5);
    let refused = ben.browser.get(file).await;
    assert_ne!(refused.status, StatusCode::OK);
}
