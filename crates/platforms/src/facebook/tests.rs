use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::http::BudgetKey;
use fanfare_platform_kit::roles::{
    AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, Outgoing, OutgoingMedia,
    Progress, Publish, Reconciled, Step,
};
use fanfare_platform_kit::signature::hmac_sha256_hex;
use fanfare_platform_kit::{Advice, Content, Credentials, MediaFacts, Platform};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::api::Access;
use super::{Facebook, ID};
use crate::meta_graph::Token;
use crate::meta_graph::refusal_table;
use crate::meta_graph::scripted::{
    APP_ID, APP_SECRET, NOW, Reply, Scripted, at, channel, facts, lost, medium, ok, outgoing,
    refused, reply,
};

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn posts() -> Value {
    fixture(include_str!("fixtures/published_posts.json"))
}

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(include_str!("fixtures/refusals.json"), super::errors::refusal);
}

// Connecting

fn granted() -> Value {
    json!({"data": [
        {"permission": "pages_show_list", "status": "granted"},
        {"permission": "pages_manage_posts", "status": "granted"},
        {"permission": "pages_read_engagement", "status": "granted"},
    ]})
}

fn person() -> Value {
    json!({"id": "42", "name": "Ines Harbour", "picture": {"data": {"url": "https://scontent.example/42.jpg"}}})
}

fn token(text: &str, expires_in: i64) -> Reply {
    ok(json!({"access_token": text, "token_type": "bearer", "expires_in": expires_in}))
}

async fn come_back(graph: &Scripted) -> Result<Grant, fanfare_platform_kit::PlatformError> {
    let query = BTreeMap::from([("code".to_owned(), "AQB1#_=_".to_owned())]);
    let answer = CallbackAnswer { query, kept: Value::Null };
    Facebook::new().exchange(&graph.ctx, answer).await
}

#[tokio::test]
async fn consent_is_asked_for_at_the_documented_address() {
    let graph = Scripted::start(ID, vec![]).await;
    let request = AuthorizeRequest { state: "s1", fields: &ConnectFields::new(), registration: None };
    let url = Facebook::new().authorize(&graph.ctx, request).await.unwrap().url;
    assert_eq!(url.host_str(), Some("www.facebook.com"));
    assert_eq!(url.path(), "/v26.0/dialog/oauth");
    let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], APP_ID);
    assert_eq!(query["redirect_uri"], graph.ctx.redirect_uri.as_str());
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["state"], "s1");
    assert_eq!(
        query["scope"],
        "pages_show_list,pages_manage_posts,pages_read_engagement,business_management"
    );
}

#[tokio::test]
async fn a_code_becomes_a_long_lived_grant_with_all_pages() {
    let graph = Scripted::start(
        ID,
        vec![
            token("EAABshort", 5_000),
            token("EAABlong", 5_183_944),
            ok(person()),
            ok({
                let mut list = granted();
                let more = json!({"permission": "business_management", "status": "granted"});
                list["data"].as_array_mut().unwrap().push(more);
                list
            }),
            ok(fixture(include_str!("fixtures/accounts_1.json"))),
            ok(fixture(include_str!("fixtures/accounts_2.json"))),
            ok(json!({"data": [{"id": "900", "name": "Harbour Ltd"}]})),
            ok(fixture(include_str!("fixtures/owned_pages.json"))),
            refused(200, 0),
            ok(json!({"id": "5566", "access_token": "EAAPpage5566"})),
        ],
    )
    .await;
    let grant = come_back(&graph).await.unwrap();
    assert_eq!((grant.remote_id.as_str(), grant.name.as_str()), ("42", "Ines Harbour"));
    assert_eq!(grant.expires_at, Some(at(NOW) + SignedDuration::from_secs(5_183_944)));
    assert!(grant.refreshable);
    assert_eq!(grant.scopes.len(), 4);
    let channels: Vec<_> =
        grant.channels.iter().map(|one| (one.remote_id.as_str(), one.problem.is_none())).collect();
    assert_eq!(channels, [("1122", true), ("3344", false), ("5566", true)]);
    let blog = grant.channels[1].problem.as_deref().unwrap();
    assert!(blog.contains("may not create content on Ines reads"), "{blog}");
    let tokens = grant.channels.iter().map(|one| {
        let access: Access = one.credentials.as_ref().unwrap().read("Facebook").unwrap();
        assert!(access.is_page && access.token.ours);
        access.token.access_token
    });
    assert_eq!(tokens.collect::<Vec<_>>(), ["EAAPpage1122", "EAAPpage3344", "EAAPpage5566"]);
    assert_eq!(grant.channels[0].url.as_deref(), Some("https://www.facebook.com/1122"));

    let asked = graph.asked();
    let calls: Vec<_> = asked.iter().map(|asked| asked.call.as_str()).collect();
    assert_eq!(
        calls,
        [
            "GET /v26.0/oauth/access_token",
            "GET /v26.0/oauth/access_token",
            "GET /v26.0/me",
            "GET /v26.0/me/permissions",
            "GET /v26.0/me/accounts",
            "GET /v26.0/me/accounts",
            "GET /v26.0/me/businesses",
            "GET /v26.0/900/owned_pages",
            "GET /v26.0/900/client_pages",
            "GET /v26.0/5566",
        ]
    );
    assert_eq!(asked[0].field("code"), "AQB1");
    assert_eq!(asked[0].field("redirect_uri"), graph.ctx.redirect_uri.as_str());
    assert_eq!(asked[0].field("client_secret"), APP_SECRET);
    assert_eq!(asked[0].token, None);
    assert_eq!(asked[1].field("grant_type"), "fb_exchange_token");
    assert_eq!(asked[1].field("fb_exchange_token"), "EAABshort");
    assert_eq!(asked[5].field("after"), "QVFIUb");
    for asked in &asked[2..] {
        assert_eq!(asked.token.as_deref(), Some("EAABlong"));
        let proof = hmac_sha256_hex(APP_SECRET.as_bytes(), b"EAABlong");
        assert_eq!(asked.field("appsecret_proof"), proof);
    }
}

#[tokio::test]
async fn an_unticked_permission_stands_beside_each_page() {
    let declined = json!({"data": [
        {"permission": "pages_show_list", "status": "granted"},
        {"permission": "pages_manage_posts", "status": "declined"},
        {"permission": "pages_read_engagement", "status": "granted"},
    ]});
    let graph = Scripted::start(
        ID,
        vec![
            token("EAABshort", 5_000),
            ok(json!({"access_token": "EAABlong"})),
            ok(person()),
            ok(declined),
            ok(fixture(include_str!("fixtures/accounts_2.json"))),
        ],
    )
    .await;
    let grant = come_back(&graph).await.unwrap();
    assert_eq!(grant.scopes, ["pages_show_list", "pages_read_engagement"]);
    let problem = grant.channels[0].problem.as_deref().unwrap();
    assert!(problem.starts_with("Facebook was not given: pages_manage_posts."), "{problem}");
    // Facebook did not say when it ends, so it is renewed as one of 60 days.
    assert_eq!(grant.expires_at, Some(at(NOW) + SignedDuration::from_hours(60 * 24)));
}

#[tokio::test]
async fn nothing_is_connected_without_pages_or_consent() {
    let graph = Scripted::start(
        ID,
        vec![
            token("EAABshort", 5_000),
            token("EAABlong", 5_000_000),
            ok(person()),
            ok(granted()),
            ok(json!({"data": []})),
        ],
    )
    .await;
    assert_eq!(come_back(&graph).await.unwrap_err().code, ErrorCode::NothingToConnect);

    graph.asked();
    let query = BTreeMap::from([("error".to_owned(), "access_denied".to_owned())]);
    let answer = CallbackAnswer { query, kept: Value::Null };
    let error = Facebook::new().exchange(&graph.ctx, answer).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ConsentDenied);
    assert_eq!(graph.calls().len(), 0);
}

fn pasted(text: &str) -> ConnectFields {
    ConnectFields::from([("access_token".to_owned(), Secret::new(text))])
}

fn inspected(app: &str) -> Value {
    json!({"data": {"app_id": app, "type": "PAGE", "is_valid": true, "expires_at": 0, "scopes": ["pages_manage_posts"]}})
}

#[tokio::test]
async fn a_pasted_page_token_gives_that_page() {
    let page = json!({"id": "1122", "name": "Harbour Bakery", "category": "Bakery"});
    let graph = Scripted::start(ID, vec![ok(inspected(APP_ID)), ok(page)]).await;
    let grant = Facebook::new().paste(&graph.ctx, &pasted(" EAAPpasted\n")).await.unwrap();
    assert_eq!(grant.remote_id, "1122");
    assert_eq!(grant.expires_at, None);
    assert!(!grant.refreshable);
    assert_eq!(grant.channels.len(), 1);
    assert_eq!(grant.channels[0].problem, None);
    let asked = graph.asked();
    assert_eq!(asked[0].call, "GET /v26.0/debug_token");
    assert_eq!(asked[0].field("input_token"), "EAAPpasted");
    assert_eq!(asked[0].token.as_deref(), Some(format!("{APP_ID}|{APP_SECRET}").as_str()));
    assert!(!asked[1].field("appsecret_proof").is_empty());

    let access: Access = grant.credentials.read("Facebook").unwrap();
    assert!(access.is_page);
    Facebook::new().revoke(&graph.ctx, &grant.credentials).await.unwrap();
    assert_eq!(graph.calls().len(), 0, "a pasted token is its owner's to give back");
}

#[tokio::test]
async fn a_pasted_token_of_another_application_goes_without_our_proof() {
    let graph = Scripted::start(
        ID,
        vec![
            refused(100, 0),
            // A person has no category, and Facebook refuses the question.
            refused(100, 0),
            ok(person()),
            ok(granted()),
            ok(fixture(include_str!("fixtures/accounts_2.json"))),
        ],
    )
    .await;
    let grant = Facebook::new().paste(&graph.ctx, &pasted("EAABother")).await.unwrap();
    assert_eq!(grant.remote_id, "42");
    assert!(!grant.refreshable);
    let asked = graph.asked();
    assert!(asked[1..].iter().all(|asked| asked.field("appsecret_proof").is_empty()));
}

#[tokio::test]
async fn a_bad_pasted_token_is_refused_in_words() {
    let graph = Scripted::start(ID, vec![refused(190, 0), refused(190, 0)]).await;
    let error = Facebook::new().paste(&graph.ctx, &pasted("EAABbad")).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::ConnectionExpired);
    let error = Facebook::new().paste(&graph.ctx, &pasted("  ")).await.unwrap_err();
    assert_eq!(error.advice, Advice::FixContent { field: "access_token".into() });
}

#[tokio::test]
async fn a_grant_is_renewed_and_given_back() {
    let access = Access { token: Token::ours("EAABlong"), is_page: false, ends: None };
    let credentials = Credentials::from_value(&access);
    let graph = Scripted::start(
        ID,
        vec![
            token("EAABnew", 5_183_944),
            ok(person()),
            ok(granted()),
            ok(json!({"data": []})),
            ok(json!({"success": true})),
        ],
    )
    .await;
    let grant = Facebook::new().refresh(&graph.ctx, &credentials).await.unwrap();
    let renewed: Access = grant.credentials.read("Facebook").unwrap();
    assert_eq!(renewed.token.access_token, "EAABnew");
    assert!(grant.channels.is_empty(), "Pages may have been taken away");
    Facebook::new().revoke(&graph.ctx, &grant.credentials).await.unwrap();
    assert_eq!(graph.calls().last().unwrap(), "DELETE /v26.0/me/permissions");
}

#[tokio::test]
async fn only_facebooks_word_ends_a_grant() {
    let access = Access { token: Token::ours("EAABlong"), is_page: false, ends: None };
    let credentials = Credentials::from_value(&access);
    let graph = Scripted::start(ID, vec![lost(), refused(190, 460)]).await;
    let slow = Facebook::new().refresh(&graph.ctx, &credentials).await.unwrap_err();
    assert_eq!(slow.advice, Advice::Retry { after: None });
    let gone = Facebook::new().refresh(&graph.ctx, &credentials).await.unwrap_err();
    assert_eq!(gone.advice, Advice::Reconnect);
}

// Publishing

fn page_credentials() -> Credentials {
    let token = Token::ours("EAAPpage1122");
    Credentials::from_value(&Access { token, is_page: true, ends: None })
}

fn delivery(text: &str, media: Vec<OutgoingMedia>) -> Outgoing {
    outgoing(page_credentials(), text, media)
}

async fn step(graph: &Scripted, outgoing: &Outgoing, progress: &Progress) -> Step {
    Facebook::new().step(&graph.ctx, outgoing, progress).await.unwrap()
}

async fn announce(graph: &Scripted, outgoing: &Outgoing, from: &Progress) -> Progress {
    match step(graph, outgoing, from).await {
        Step::Intend(progress) => progress,
        other => panic!("expected an announcement, not {other:?}"),
    }
}

async fn reconcile(graph: &Scripted, outgoing: &Outgoing, progress: &Progress) -> Reconciled {
    Facebook::new().reconcile(&graph.ctx, outgoing, progress).await.unwrap()
}

fn found(reconciled: Reconciled) -> String {
    match reconciled {
        Reconciled::Published(receipt) => receipt.remote_id,
        other => panic!("expected the post, not {other:?}"),
    }
}

#[tokio::test]
async fn a_text_is_announced_posted_and_looked_at() {
    let graph = Scripted::start(
        ID,
        vec![
            ok(json!({"id": "1122_9"})),
            ok(json!({"id": "1122_9", "permalink_url": "https://www.facebook.com/1122/posts/9", "created_time": "2026-11-20T12:00:01+0000"})),
        ],
    )
    .await;
    let outgoing = delivery("See https://harbour.example/menu.", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    assert_eq!(graph.calls().len(), 0, "nothing is called before the intent is saved");
    let Step::Checkpoint(posted) = step(&graph, &outgoing, &intended).await else { panic!() };
    let Step::Published(receipt) = step(&graph, &outgoing, &posted).await else { panic!() };
    assert_eq!(receipt.remote_id, "1122_9");
    assert_eq!(receipt.permalink.as_deref(), Some("https://www.facebook.com/1122/posts/9"));
    assert_eq!(receipt.published_at, at("2026-11-20T12:00:01Z"));
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /v26.0/1122/feed");
    assert_eq!(asked[0].field("message"), "See https://harbour.example/menu.");
    assert_eq!(asked[0].field("link"), "https://harbour.example/menu");
    assert_eq!(asked[0].token.as_deref(), Some("EAAPpage1122"));
}

#[tokio::test]
async fn looking_at_a_post_cannot_fail_it() {
    for trouble in [lost(), refused(190, 463), refused(100, 33), reply(200, json!("no object"))] {
        let graph = Scripted::start(ID, vec![ok(json!({"id": "1122_9"})), trouble]).await;
        let outgoing = delivery("Hello", vec![]);
        let intended = announce(&graph, &outgoing, &Progress::start()).await;
        let Step::Checkpoint(posted) = step(&graph, &outgoing, &intended).await else { panic!() };
        let Step::Published(receipt) = step(&graph, &outgoing, &posted).await else { panic!() };
        assert_eq!((receipt.remote_id.as_str(), receipt.permalink), ("1122_9", None));
    }
}

#[tokio::test]
async fn the_card_is_the_link_chosen_or_the_only_one() {
    for (text, option, link) in [
        ("no link", None, ""),
        ("(https://a.example/x)", None, "https://a.example/x"),
        ("https://a.example and https://b.example", None, ""),
        ("https://a.example and https://b.example", Some("https://b.example"), "https://b.example"),
        ("", Some(" https://b.example "), "https://b.example"),
    ] {
        let graph = Scripted::start(ID, vec![ok(json!({"id": "1122_9"}))]).await;
        let mut outgoing = delivery(text, vec![]);
        if let Some(option) = option {
            outgoing.options.insert("link".into(), option.into());
        }
        let intended = announce(&graph, &outgoing, &Progress::start()).await;
        step(&graph, &outgoing, &intended).await;
        assert_eq!(graph.asked()[0].field("link"), link, "{text}");
    }
}

fn two_photos(folder: &TempDir) -> Vec<OutgoingMedia> {
    vec![
        medium(folder.path(), "oven.jpg", "image/jpeg", "A red oven"),
        medium(folder.path(), "loaf.jpg", "image/jpeg", ""),
    ]
}

async fn upload_both(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    let mut progress = Progress::start();
    for _ in 0..2 {
        let Step::Checkpoint(next) = step(graph, outgoing, &progress).await else { panic!() };
        progress = next;
    }
    progress
}

#[tokio::test]
async fn pictures_are_uploaded_unseen_and_shown_by_one_post() {
    let folder = TempDir::new().unwrap();
    let ids = ["701", "702", "1122_9"].map(|id| ok(json!({ "id": id })));
    let graph = Scripted::start(ID, ids.into()).await;
    let outgoing = delivery("https://a.example", two_photos(&folder));
    let uploaded = upload_both(&graph, &outgoing).await;
    let intended = announce(&graph, &outgoing, &uploaded).await;
    step(&graph, &outgoing, &intended).await;
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /v26.0/1122/photos");
    for part in ["name=\"published\"\r\n\r\nfalse", "A red oven", "filename=\"oven.jpg\"", "bytes of oven.jpg"] {
        assert!(asked[0].body.contains(part), "{part} is not in {}", asked[0].body);
    }
    assert!(!asked[1].body.contains("alt_text_custom"));
    assert_eq!(asked[2].call, "POST /v26.0/1122/feed");
    assert_eq!(asked[2].field("attached_media[0]"), r#"{"media_fbid":"701"}"#);
    assert_eq!(asked[2].field("attached_media[1]"), r#"{"media_fbid":"702"}"#);
    assert_eq!(asked[2].field("link"), "", "pictures and a card exclude each other");
}

#[tokio::test]
async fn pictures_that_facebook_has_forgotten_are_uploaded_again() {
    let folder = TempDir::new().unwrap();
    let ids = ["701", "702", "703"].map(|id| ok(json!({ "id": id })));
    let graph = Scripted::start(ID, ids.into()).await;
    let outgoing = delivery("", two_photos(&folder));
    let uploaded = upload_both(&graph, &outgoing).await;
    graph.clock.advance(SignedDuration::from_hours(21));
    let Step::Checkpoint(again) = step(&graph, &outgoing, &uploaded).await else { panic!() };
    assert_eq!(again.0["photos"].as_array().unwrap().len(), 1);
    assert_eq!(again.0["photos"][0]["id"], "703");
}

#[tokio::test]
async fn a_file_that_is_gone_is_said_to_be() {
    let folder = TempDir::new().unwrap();
    let media = two_photos(&folder);
    std::fs::remove_file(folder.path().join("oven.jpg")).unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("", media);
    let error = Facebook::new().step(&graph.ctx, &outgoing, &Progress::start()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaMissing);
    assert!(error.detail.contains("oven.jpg"));
}

#[tokio::test]
async fn a_video_is_posted_and_waited_for() {
    let folder = TempDir::new().unwrap();
    let status = |status: &str| {
        ok(json!({"id": "801", "status": {"video_status": status}, "permalink_url": "/1122/videos/801/"}))
    };
    let graph =
        Scripted::start(ID, vec![ok(json!({"id": "801"})), status("processing"), status("ready")]).await;
    let outgoing = delivery("Baking", vec![medium(folder.path(), "a.mp4", "video/mp4", "")]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let Step::Checkpoint(accepted) = step(&graph, &outgoing, &intended).await else { panic!() };
    let Step::Wait { progress, .. } = step(&graph, &outgoing, &accepted).await else { panic!() };
    let Step::Published(receipt) = step(&graph, &outgoing, &progress).await else { panic!() };
    assert_eq!(receipt.permalink.as_deref(), Some("https://www.facebook.com/1122/videos/801/"));
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /v26.0/1122/videos");
    assert!(asked[0].body.contains("bytes of a.mp4") && asked[0].body.contains("Baking"));
}

#[tokio::test]
async fn a_video_that_cannot_be_processed_says_why() {
    let folder = TempDir::new().unwrap();
    let status = json!({"id": "801", "status": {"video_status": "error", "processing_phase": {"status": "error", "error": {"message": "Resolution too low"}}}});
    let graph = Scripted::start(ID, vec![ok(json!({"id": "801"})), ok(status)]).await;
    let outgoing = delivery("Baking", vec![medium(folder.path(), "a.mp4", "video/mp4", "")]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let Step::Checkpoint(accepted) = step(&graph, &outgoing, &intended).await else { panic!() };
    let error = Facebook::new().step(&graph.ctx, &outgoing, &accepted).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaRejected);
    assert!(error.detail.contains("Resolution too low"));
}

// Lost answers

#[tokio::test]
async fn a_lost_answer_is_settled_by_looking_at_the_page() {
    let graph = Scripted::start(ID, vec![lost(), ok(posts())]).await;
    let outgoing = delivery("See   https://harbour.example/menu\n", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let error = Facebook::new().step(&graph.ctx, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
    assert_eq!(found(reconcile(&graph, &outgoing, &intended).await), "1122_9002");
    assert_eq!(graph.calls(), ["POST /v26.0/1122/feed", "GET /v26.0/1122/published_posts"]);
}

#[tokio::test]
async fn pictures_tell_posts_of_the_same_text_apart() {
    let folder = TempDir::new().unwrap();
    let ids = |ids: [&str; 2]| ids.map(|id| ok(json!({ "id": id })));
    for (photos, text, expected) in [
        (Some(["701", "702"]), "Fresh bread at nine", Some("1122_9004")),
        // Facebook changed the text, but the pictures are ours.
        (Some(["702", "701"]), "Fresh bread at 9", Some("1122_9004")),
        (Some(["703", "704"]), "Fresh bread at nine", None),
        (None, "Fresh bread at nine", Some("1122_9003")),
        (None, "Only here an hour ago", None),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        let media = photos.map(|_| two_photos(&folder)).unwrap_or_default();
        let outgoing = delivery(text, media);
        let mut progress = Progress::start();
        if let Some(photos) = photos {
            graph.will_answer(ids(photos).into());
            progress = upload_both(&graph, &outgoing).await;
        }
        let intended = announce(&graph, &outgoing, &progress).await;
        graph.will_answer(vec![ok(posts())]);
        match (reconcile(&graph, &outgoing, &intended).await, expected) {
            (Reconciled::Published(receipt), Some(id)) => assert_eq!(receipt.remote_id, id),
            (Reconciled::Unknown, None) => {}
            (other, _) => panic!("{photos:?} {text}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn pictures_without_ids_are_told_by_text_and_number() {
    let folder = TempDir::new().unwrap();
    let mut list = posts();
    for part in list["data"][0]["attachments"]["data"][0]["subattachments"]["data"].as_array_mut().unwrap() {
        part.as_object_mut().unwrap().remove("target");
    }
    let ids = ["901", "902"].map(|id| ok(json!({ "id": id })));
    let graph = Scripted::start(ID, ids.into()).await;
    let outgoing = delivery("Fresh bread at nine", two_photos(&folder));
    let uploaded = upload_both(&graph, &outgoing).await;
    let intended = announce(&graph, &outgoing, &uploaded).await;
    graph.will_answer(vec![ok(list)]);
    assert_eq!(found(reconcile(&graph, &outgoing, &intended).await), "1122_9004");
}

#[tokio::test]
async fn not_there_counts_only_when_the_call_must_be_over() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Something else", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.will_answer(vec![ok(posts()), ok(posts())]);
    graph.clock.advance(SignedDuration::from_secs(29));
    assert_eq!(reconcile(&graph, &outgoing, &intended).await, Reconciled::Unknown);
    graph.clock.advance(SignedDuration::from_secs(1));
    let Reconciled::NotPublished(progress) = reconcile(&graph, &outgoing, &intended).await else {
        panic!()
    };
    let again = announce(&graph, &outgoing, &progress).await;
    assert_ne!(again, intended, "the new attempt has an instant of its own");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_settles_nothing() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Something else", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.clock.advance(SignedDuration::from_hours(1));
    graph.will_answer(vec![lost()]);
    let error = Facebook::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::Retry { after: None });
}

#[tokio::test]
async fn a_wrong_clock_here_does_not_hide_a_post() {
    let graph = Scripted::start(ID, vec![]).await;
    // Ours runs three hours ahead of Facebook's.
    graph.clock.advance(SignedDuration::from_hours(3));
    let outgoing = delivery("See https://harbour.example/menu", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.will_answer(vec![ok(posts()).header("date", "Fri, 20 Nov 2026 12:00:05 GMT")]);
    assert_eq!(found(reconcile(&graph, &outgoing, &intended).await), "1122_9002");
}

#[tokio::test]
async fn a_busy_page_is_read_back_to_the_call() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Only here an hour ago", vec![]);
    graph.clock.set(at("2026-11-20T10:59:50Z"));
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let busy = |n: usize| {
        json!({
            "data": [{"id": format!("1122_b{n}"), "message": "Other", "created_time": "2026-11-20T12:00:00+0000"}],
            "paging": {"cursors": {"after": format!("C{n}")}, "next": "https://graph.facebook.com/…"},
        })
    };
    let date = "Fri, 20 Nov 2026 10:59:55 GMT";
    graph.will_answer(vec![ok(busy(1)).header("date", date), ok(posts()).header("date", date)]);
    assert_eq!(found(reconcile(&graph, &outgoing, &intended).await), "1122_9001");
    assert_eq!(graph.asked()[1].field("after"), "C1");

    // Busier than anything reasonable: no answer is better than a wrong one.
    graph.will_answer((0..5).map(|n| ok(busy(n)).header("date", date)).collect());
    let error = Facebook::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
}

#[tokio::test]
async fn a_duplicate_may_be_our_own_post() {
    for (text, published) in [("Fresh bread at nine", true), ("Something else", false)] {
        let graph = Scripted::start(ID, vec![]).await;
        let outgoing = delivery(text, vec![]);
        let intended = announce(&graph, &outgoing, &Progress::start()).await;
        graph.will_answer(vec![refused(506, 0), ok(posts())]);
        match Facebook::new().step(&graph.ctx, &outgoing, &intended).await {
            Ok(Step::Published(receipt)) if published => assert_eq!(receipt.remote_id, "1122_9003"),
            Err(error) if !published => assert_eq!(error.code, ErrorCode::DuplicateContent),
            other => panic!("{text}: {other:?}"),
        }
    }
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.will_answer(vec![refused(506, 0), lost()]);
    let error = Facebook::new().step(&graph.ctx, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);
}

#[tokio::test]
async fn an_old_announcement_is_made_anew_before_the_call() {
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    graph.clock.advance(SignedDuration::from_mins(10));
    assert_ne!(announce(&graph, &outgoing, &intended).await, intended);
    assert_eq!(graph.calls().len(), 0);
}

#[tokio::test]
async fn a_lost_video_is_found_among_the_videos() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Baking", vec![medium(folder.path(), "a.mp4", "video/mp4", "")]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    let list = json!({"data": [
        {"id": "802", "description": "Another", "created_time": "2026-11-20T12:00:02+0000"},
        {"id": "801", "description": "Baking", "created_time": "2026-11-20T12:00:01+0000", "permalink_url": "/1122/videos/801/"},
    ]});
    graph.will_answer(vec![ok(list)]);
    assert_eq!(found(reconcile(&graph, &outgoing, &intended).await), "801");
    // An upload takes its time, so silence lasts longer than for a text.
    graph.will_answer(vec![ok(json!({"data": []}))]);
    graph.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(reconcile(&graph, &outgoing, &intended).await, Reconciled::Unknown);
}

// Budgets

#[tokio::test]
async fn usage_headers_stop_further_calls() {
    let usage = json!({"1122": [{"type": "pages", "call_count": 100, "total_cputime": 2, "total_time": 3, "estimated_time_to_regain_access": 12}]});
    let graph = Scripted::start(
        ID,
        vec![
            ok(json!({"id": "1122_9"}))
                .header("x-app-usage", r#"{"call_count":28,"total_time":25,"total_cputime":41}"#)
                .header("x-business-use-case-usage", usage.to_string()),
        ],
    )
    .await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    step(&graph, &outgoing, &intended).await;
    let budgets = graph.ctx.http.budgets();
    let app = budgets.usage(&BudgetKey::app(ID)).unwrap();
    assert_eq!((app.percent, app.blocked_until), (41.0, None));
    let page = budgets.usage(&BudgetKey::channel(ID, "c1")).unwrap();
    assert_eq!(page.blocked_until, Some(at("2026-11-20T12:12:00Z")));

    graph.asked();
    let next = delivery("Again", vec![]);
    let intended = announce(&graph, &next, &Progress::start()).await;
    let error = Facebook::new().step(&graph.ctx, &next, &intended).await.unwrap_err();
    assert!(matches!(error.advice, Advice::RateLimited { .. }), "{error:?}");
    assert_eq!(graph.calls().len(), 0);
}

#[tokio::test]
async fn a_refusal_for_too_many_calls_stops_the_channel_too() {
    let graph = Scripted::start(ID, vec![refused(80001, 0)]).await;
    let outgoing = delivery("Hello", vec![]);
    let intended = announce(&graph, &outgoing, &Progress::start()).await;
    Facebook::new().step(&graph.ctx, &outgoing, &intended).await.unwrap_err();
    let key = BudgetKey::channel(ID, "c1");
    let until = graph.ctx.http.budgets().blocked_until(&key, at(NOW));
    assert_eq!(until, Some(at("2026-11-20T12:05:00Z")));
}

// Rules

fn findings(text: &str, media: &[MediaFacts], link: &str) -> Vec<String> {
    let mut options = fanfare_platform_kit::Options::new();
    if !link.is_empty() {
        options.insert("link".into(), link.into());
    }
    let facebook = Facebook::new();
    let content = Content { text, media, options: &options };
    let found = facebook.publish().unwrap().check(&channel(), &content);
    let errors = found.iter().filter(|one| one.level == fanfare_platform_kit::rules::Level::Error);
    errors.map(|one| format!("{} {}", one.field, one.code)).collect()
}

#[test]
fn posts_are_checked_before_they_are_sent() {
    let (photo, video) = (facts("image/jpeg", "A red oven"), facts("video/mp4", ""));
    let photos = |count| vec![photo.clone(); count];
    let none: [&str; 0] = [];
    assert_eq!(findings("Hello", &[], ""), none);
    assert_eq!(findings("", &[], ""), ["text text_required"]);
    assert_eq!(findings("", &[], "https://a.example"), none);
    assert_eq!(findings("", &photos(10), ""), none);
    assert_eq!(findings(&"a".repeat(63_206), &[], ""), none);
    assert_eq!(findings(&"a".repeat(63_207), &[], ""), ["text text_too_long"]);
    assert_eq!(findings("", &photos(11), ""), ["media too_many_media"]);
    assert_eq!(findings("", &[photo.clone(), video.clone()], ""), ["media media_mix_not_allowed"]);
    assert_eq!(findings("", &[video.clone()], ""), none);
    let webp = facts("image/webp", "A red oven");
    assert_eq!(findings("", &[webp], ""), ["media.0 media_type_not_allowed"]);
    let large = MediaFacts { bytes: 11 * 1024 * 1024, ..photo.clone() };
    assert_eq!(findings("", &[large], ""), ["media.0 media_too_large"]);
    assert_eq!(findings("Hi", &[], "harbour.example"), ["options.link invalid_url"]);
    assert_eq!(findings("Hi", &photos(1), "https://a.example"), ["options.link not_allowed"]);
}
