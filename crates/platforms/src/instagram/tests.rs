use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, Connect, ConnectFields, Grant, Outgoing,
    OutgoingMedia, Progress, Publish, Reconciled, Step,
};
use fanfare_platform_kit::rules::Level;
use fanfare_platform_kit::{
    Advice, Content, Credentials, MediaFacts, Options, Platform, PlatformError,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::api::{Access, Login};
use super::sign_in::Exchanged;
use super::{ID, Instagram};
use crate::meta_graph::scripted::{
    APP_ID, APP_SECRET, NOW, Reply, Scripted, at, channel, facts, lost, medium, ok, outgoing,
    refused,
};
use crate::meta_graph::{Token, refusal_table};

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn media_list() -> Value {
    fixture(include_str!("fixtures/media.json"))
}

#[test]
fn every_refusal_has_its_meaning() {
    refusal_table::check(include_str!("fixtures/refusals.json"), super::errors::refusal);
}

// Connecting

async fn send_away(graph: &Scripted, login: &str) -> Result<Authorization, PlatformError> {
    let fields = ConnectFields::from([("login".to_owned(), Secret::new(login))]);
    let request = AuthorizeRequest { state: "s1", fields: &fields, registration: None };
    Instagram::new().authorize(&graph.ctx, request).await
}

async fn come_back(graph: &Scripted, login: &str) -> Result<Grant, PlatformError> {
    let kept = send_away(graph, login).await.unwrap().kept;
    let query = BTreeMap::from([("code".to_owned(), "AQB1#_".to_owned())]);
    Instagram::new().exchange(&graph.ctx, CallbackAnswer { query, kept }).await
}

#[tokio::test]
async fn each_way_of_signing_in_has_its_dialog() {
    let graph = Scripted::start(ID, vec![]).await;
    let facebook = send_away(&graph, "facebook").await.unwrap().url;
    assert_eq!(facebook.host_str(), Some("www.facebook.com"));
    assert!(facebook.query().unwrap().contains("instagram_content_publish"));
    assert_eq!(send_away(&graph, "").await.unwrap().url, facebook, "Facebook is the default");

    let instagram = send_away(&graph, "instagram").await.unwrap().url;
    assert_eq!(instagram.host_str(), Some("www.instagram.com"));
    assert_eq!(instagram.path(), "/oauth/authorize");
    let query: BTreeMap<_, _> = instagram.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], APP_ID);
    assert_eq!(query["scope"], "instagram_business_basic,instagram_business_content_publish");

    let Err(error) = send_away(&graph, "myspace").await else { panic!() };
    assert_eq!(error.advice, Advice::FixContent { field: "login".into() });
}

fn permissions(granted: &[&str]) -> Value {
    let each = granted.iter().map(|name| json!({"permission": name, "status": "granted"}));
    json!({"data": each.collect::<Vec<_>>()})
}

const NEEDED: [&str; 4] =
    ["instagram_basic", "instagram_content_publish", "pages_show_list", "pages_read_engagement"];

#[tokio::test]
async fn through_facebook_each_linked_account_is_a_channel() {
    for (granted, problem) in [(&NEEDED[..], None), (&NEEDED[1..], Some("instagram_basic"))] {
        let graph = Scripted::start(
            ID,
            vec![
                ok(json!({"access_token": "EAABshort", "expires_in": 5000})),
                ok(json!({"access_token": "EAABlong", "expires_in": 5_183_944})),
                ok(json!({"id": "42", "name": "Ines Harbour"})),
                ok(permissions(granted)),
                ok(fixture(include_str!("fixtures/accounts.json"))),
            ],
        )
        .await;
        let grant = come_back(&graph, "facebook").await.unwrap();
        assert_eq!(grant.remote_id, "42");
        assert_eq!(grant.channels.len(), 1, "the Page without an account is left out");
        let channel = &grant.channels[0];
        assert_eq!((channel.remote_id.as_str(), channel.name.as_str()), ("17841400000000001", "harbour.bakery"));
        let access: Access = channel.credentials.as_ref().unwrap().read("Instagram").unwrap();
        assert_eq!((access.login, access.token.access_token.as_str()), (Login::Facebook, "EAAPpage1122"));
        let said = channel.problem.as_deref();
        assert_eq!(said.is_none(), problem.is_none());
        assert!(said.unwrap_or_default().contains(problem.unwrap_or_default()));
    }
}

#[tokio::test]
async fn pages_without_accounts_connect_nothing() {
    let graph = Scripted::start(
        ID,
        vec![
            ok(json!({"access_token": "EAABshort"})),
            ok(json!({"access_token": "EAABlong"})),
            ok(json!({"id": "42"})),
            ok(permissions(&NEEDED)),
            ok(json!({"data": [{"id": "3344", "name": "Ines reads", "access_token": "EAAPpage3344"}]})),
        ],
    )
    .await;
    let error = come_back(&graph, "facebook").await.unwrap_err();
    assert_eq!(error.code, ErrorCode::NothingToConnect);
}

fn me() -> Reply {
    ok(json!({"id": "9001", "user_id": "17841400000000001", "username": "harbour.bakery", "account_type": "MEDIA_CREATOR"}))
}

#[tokio::test]
async fn with_instagram_the_account_is_the_channel() {
    let graph = Scripted::start(
        ID,
        vec![
            ok(json!({"access_token": "IGAAshort", "user_id": 9001, "permissions": ["instagram_business_basic", "instagram_business_content_publish"]})),
            ok(json!({"access_token": "IGAAlong", "token_type": "bearer", "expires_in": 5_183_944})),
            me(),
        ],
    )
    .await;
    let grant = come_back(&graph, "instagram").await.unwrap();
    assert_eq!(grant.remote_id, "17841400000000001", "not the id for this application only");
    assert_eq!(grant.expires_at, Some(at(NOW) + SignedDuration::from_secs(5_183_944)));
    let channel = &grant.channels[0];
    assert_eq!((channel.kind.as_str(), channel.problem.as_deref()), ("creator", None));
    assert!(channel.credentials.is_none(), "the connection's serve");
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /oauth/access_token");
    assert_eq!((asked[0].field("code"), asked[0].field("grant_type")), ("AQB1", "authorization_code"));
    assert_eq!(asked[1].call, "GET /access_token");
    assert_eq!(asked[1].field("grant_type"), "ig_exchange_token");
    assert_eq!((asked[1].field("client_secret"), asked[1].field("access_token")), (APP_SECRET, "IGAAshort"));
    assert_eq!(asked[2].call, "GET /v26.0/me");
    assert_eq!(asked[2].token.as_deref(), Some("IGAAlong"));
}

#[test]
fn both_shapes_of_the_exchange_are_understood() {
    for (answer, expected) in [
        (json!({"data": [{"access_token": "IGAA1", "user_id": "1020", "permissions": "instagram_business_basic, instagram_business_content_publish"}]}), 2),
        (json!({"access_token": "IGAA1", "user_id": 1020, "permissions": ["instagram_business_basic"]}), 1),
        (json!({"access_token": "IGAA1", "user_id": 1020}), 0),
    ] {
        let exchanged: Exchanged = serde_json::from_value(answer).unwrap();
        let (token, scopes) = exchanged.into_first().unwrap();
        assert_eq!((token.access_token.as_str(), scopes.len()), ("IGAA1", expected));
    }
    let empty: Exchanged = serde_json::from_value(json!({"data": []})).unwrap();
    assert!(empty.into_first().is_none());
}

fn own_credentials(issued_at: Timestamp) -> Credentials {
    let ends = Some(issued_at + SignedDuration::from_hours(60 * 24));
    let token = Token::ours("IGAAlong");
    Credentials::from_value(&Access { login: Login::Instagram, token, issued_at: Some(issued_at), ends })
}

#[tokio::test]
async fn a_token_is_renewed_once_it_is_a_day_old() {
    let young = own_credentials(at(NOW) - SignedDuration::from_hours(23));
    let graph = Scripted::start(ID, vec![me()]).await;
    let grant = Instagram::new().refresh(&graph.ctx, &young).await.unwrap();
    assert_eq!(graph.calls(), ["GET /v26.0/me"]);
    assert_eq!(grant.expires_at, Some(at(NOW) + SignedDuration::from_hours(60 * 24 - 23)));

    let old = own_credentials(at(NOW) - SignedDuration::from_hours(25));
    let renewed = json!({"access_token": "IGAAnew", "expires_in": 5_183_944, "permissions": "instagram_business_basic"});
    let graph = Scripted::start(ID, vec![ok(renewed), me()]).await;
    let grant = Instagram::new().refresh(&graph.ctx, &old).await.unwrap();
    let asked = graph.asked();
    assert_eq!(asked[0].call, "GET /refresh_access_token");
    assert_eq!((asked[0].field("grant_type"), asked[0].field("access_token")), ("ig_refresh_token", "IGAAlong"));
    let access: Access = grant.credentials.read("Instagram").unwrap();
    assert_eq!((access.token.access_token.as_str(), access.issued_at), ("IGAAnew", Some(at(NOW))));
}

#[tokio::test]
async fn giving_back_leaves_facebook_pages_alone() {
    let token = Token::ours("EAABlong");
    let access = Access { login: Login::Facebook, token, issued_at: None, ends: None };
    let done = || ok(json!({"success": true}));
    let graph = Scripted::start(ID, vec![done(), done()]).await;
    Instagram::new().revoke(&graph.ctx, &Credentials::from_value(&access)).await.unwrap();
    assert_eq!(
        graph.calls(),
        [
            "DELETE /v26.0/me/permissions/instagram_content_publish",
            "DELETE /v26.0/me/permissions/instagram_basic",
        ]
    );
    Instagram::new().revoke(&graph.ctx, &own_credentials(at(NOW))).await.unwrap();
    assert_eq!(graph.calls().len(), 0);
}

// Publishing

fn delivery(text: &str, media: Vec<OutgoingMedia>) -> Outgoing {
    outgoing(own_credentials(at(NOW)), text, media)
}

fn of_format(format: &str, outgoing: Outgoing) -> Outgoing {
    let options = Options::from_iter([("format".to_owned(), Value::from(format))]);
    Outgoing { options, ..outgoing }
}

fn photo(folder: &TempDir, name: &str) -> OutgoingMedia {
    medium(folder.path(), name, "image/jpeg", "A red oven")
}

fn film(folder: &TempDir, name: &str) -> OutgoingMedia {
    medium(folder.path(), name, "video/mp4", "")
}

fn id(id: &str) -> Reply {
    ok(json!({ "id": id }))
}

fn status(code: &str) -> Reply {
    ok(json!({"status_code": code, "status": code, "id": "17900"}))
}

fn quota(used: u64, total: u64) -> Reply {
    ok(json!({"data": [{"quota_usage": used, "config": {"quota_total": total, "quota_duration": 86_400}}]}))
}

async fn step(graph: &Scripted, outgoing: &Outgoing, progress: &Progress) -> Result<Step, PlatformError> {
    Instagram::new().step(&graph.ctx, outgoing, progress).await
}

/// Walks on over checkpoints and waits until something else happens.
async fn walk(graph: &Scripted, outgoing: &Outgoing, from: &Progress) -> Result<Step, PlatformError> {
    let mut progress = from.clone();
    loop {
        match step(graph, outgoing, &progress).await? {
            Step::Checkpoint(next) | Step::Wait { progress: next, .. } => progress = next,
            other => return Ok(other),
        }
    }
}

async fn announce(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    match walk(graph, outgoing, &Progress::start()).await.unwrap() {
        Step::Intend(progress) => progress,
        other => panic!("expected an announcement, not {other:?}"),
    }
}

async fn announced_photo(graph: &Scripted, outgoing: &Outgoing) -> Progress {
    graph.will_answer(vec![id("17900"), status("FINISHED"), quota(3, 100)]);
    let intended = announce(graph, outgoing).await;
    graph.asked();
    intended
}

#[tokio::test]
async fn a_picture_is_prepared_awaited_published_and_looked_at() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(
        ID,
        vec![
            id("17900"),
            status("IN_PROGRESS"),
            status("FINISHED"),
            quota(3, 100),
            id("18003"),
            ok(json!({"id": "18003", "permalink": "https://www.instagram.com/p/C3/", "timestamp": "2026-11-20T12:00:04+0000"})),
        ],
    )
    .await;
    let outgoing = delivery("Fresh bread at nine", vec![photo(&folder, "oven.jpg")]);
    let intended = announce(&graph, &outgoing).await;
    let Step::Published(receipt) = walk(&graph, &outgoing, &intended).await.unwrap() else { panic!() };
    assert_eq!(receipt.remote_id, "18003");
    assert_eq!(receipt.permalink.as_deref(), Some("https://www.instagram.com/p/C3/"));
    assert_eq!(receipt.published_at, at("2026-11-20T12:00:04Z"));
    let asked = graph.asked();
    let calls: Vec<_> = asked.iter().map(|asked| asked.call.as_str()).collect();
    assert_eq!(
        calls,
        [
            "POST /v26.0/1122/media",
            "GET /v26.0/17900",
            "GET /v26.0/17900",
            "GET /v26.0/1122/content_publishing_limit",
            "POST /v26.0/1122/media_publish",
            "GET /v26.0/18003",
        ]
    );
    assert_eq!(asked[0].field("image_url"), "https://fanfare.example/media/public/oven.jpg");
    assert_eq!(asked[0].field("caption"), "Fresh bread at nine");
    assert_eq!(asked[0].field("alt_text"), "A red oven");
    assert_eq!(asked[4].field("creation_id"), "17900");
}

#[tokio::test]
async fn a_carousel_waits_for_its_items() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(
        ID,
        vec![
            id("171"),
            id("172"),
            status("FINISHED"),
            status("IN_PROGRESS"),
            status("FINISHED"),
            id("17900"),
            status("FINISHED"),
            quota(0, 100),
        ],
    )
    .await;
    let outgoing = delivery("Both", vec![photo(&folder, "oven.jpg"), film(&folder, "loaf.mp4")]);
    announce(&graph, &outgoing).await;
    let asked = graph.asked();
    assert_eq!(asked[0].field("is_carousel_item"), "true");
    assert_eq!(asked[0].field("caption"), "", "the caption is the carousel's");
    assert_eq!((asked[1].field("media_type"), asked[1].field("video_url").is_empty()), ("VIDEO", false));
    let items: Vec<_> = asked[2..5].iter().map(|asked| asked.call.as_str()).collect();
    assert_eq!(items, ["GET /v26.0/171", "GET /v26.0/172", "GET /v26.0/172"]);
    assert_eq!((asked[5].field("media_type"), asked[5].field("children")), ("CAROUSEL", "171,172"));
    assert_eq!(asked[5].field("caption"), "Both");
}

#[tokio::test]
async fn formats_become_what_instagram_calls_them() {
    let folder = TempDir::new().unwrap();
    for (format, media, kind, caption) in [
        ("post", film(&folder, "a.mp4"), "REELS", "Hi"),
        ("reel", film(&folder, "a.mp4"), "REELS", "Hi"),
        ("story", film(&folder, "a.mp4"), "STORIES", ""),
        ("story", photo(&folder, "a.jpg"), "STORIES", ""),
        ("post", photo(&folder, "a.jpg"), "", "Hi"),
    ] {
        let graph = Scripted::start(ID, vec![id("17900")]).await;
        let outgoing = of_format(format, delivery("Hi", vec![media]));
        step(&graph, &outgoing, &Progress::start()).await.unwrap();
        let asked = &graph.asked()[0];
        assert_eq!((asked.field("media_type"), asked.field("caption")), (kind, caption), "{format}");
    }
}

#[tokio::test]
async fn the_daily_limit_stops_before_publishing() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![id("17900"), status("FINISHED"), quota(50, 50)]).await;
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    let error = walk(&graph, &outgoing, &Progress::start()).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::DailyLimitReached);
    assert!(matches!(error.advice, Advice::RateLimited { .. }));
    // Not being told is no reason not to post.
    let graph = Scripted::start(ID, vec![id("17900"), status("FINISHED"), refused(10, 0)]).await;
    announce(&graph, &outgoing).await;
}

#[tokio::test]
async fn a_container_that_came_to_nothing_is_made_anew_a_few_times() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    for bad in [
        || status("EXPIRED"),
        || ok(json!({"status_code": "ERROR", "status": "Error: Media upload has failed with error code 2207053"})),
        || refused(24, 2_207_006),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        for round in 0..4 {
            graph.will_answer(vec![id(&format!("1790{round}")), bad()]);
        }
        walk(&graph, &outgoing, &Progress::start()).await.unwrap_err();
        let made = graph.calls().into_iter().filter(|call| call.starts_with("POST")).count();
        assert_eq!(made, 4);
    }
}

#[tokio::test]
async fn media_that_cannot_be_processed_says_why_at_once() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    for (words, code) in [
        ("Error: Media upload has failed with error code 2207026", ErrorCode::MediaRejected),
        ("Error: Media upload has failed with error code 2207005", ErrorCode::MediaTypeNotAllowed),
        ("Error", ErrorCode::MediaRejected),
    ] {
        let failed = ok(json!({"status_code": "ERROR", "status": words}));
        let graph = Scripted::start(ID, vec![id("17900"), failed]).await;
        let error = walk(&graph, &outgoing, &Progress::start()).await.unwrap_err();
        assert_eq!((error.code, &error.advice), (code, &Advice::FixContent { field: "media".into() }));
    }
}

#[tokio::test]
async fn endless_processing_is_left_to_the_engines_patience() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![id("17900")]).await;
    graph.will_answer((0..61).map(|_| status("IN_PROGRESS")).collect());
    let outgoing = delivery("Hi", vec![film(&folder, "a.mp4")]);
    let error = walk(&graph, &outgoing, &Progress::start()).await.unwrap_err();
    assert_eq!(error.advice, Advice::Retry { after: None });
    assert_eq!(graph.calls().len(), 62);
}

// Lost answers

#[tokio::test]
async fn a_lost_answer_is_settled_by_the_container() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Fresh bread at nine", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![lost()]);
    let error = step(&graph, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);

    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap();
    let Reconciled::Published(receipt) = settled else { panic!("{settled:?}") };
    assert_eq!(receipt.remote_id, "18003", "not yesterday's of the same words");
}

#[tokio::test]
async fn an_unpublished_container_is_published_after_all() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![status("FINISHED")]);
    let settled = Instagram::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap();
    let Reconciled::NotPublished(progress) = settled else { panic!("{settled:?}") };
    graph.asked();
    graph.will_answer(vec![status("FINISHED"), quota(0, 100), id("18003"), id("18003")]);
    let Step::Intend(intended) = walk(&graph, &outgoing, &progress).await.unwrap() else { panic!() };
    walk(&graph, &outgoing, &intended).await.unwrap();
    let asked = graph.asked();
    let publish = asked.iter().find(|asked| asked.call.ends_with("media_publish")).unwrap();
    assert_eq!(publish.field("creation_id"), "17900", "the same container, never a second one");
}

#[tokio::test]
async fn what_instagram_says_of_a_container_decides() {
    let folder = TempDir::new().unwrap();
    let outgoing = delivery("Hi", vec![photo(&folder, "a.jpg")]);
    for (answer, expected) in [
        (status("IN_PROGRESS"), "unknown"),
        (status("EXPIRED"), "preparing"),
        (ok(json!({"status_code": "ERROR", "status": "Error"})), "preparing"),
        (refused(24, 2_207_006), "unknown"),
        (lost(), "error"),
        (status("MELTED"), "error"),
    ] {
        let graph = Scripted::start(ID, vec![]).await;
        let intended = announced_photo(&graph, &outgoing).await;
        graph.will_answer(vec![answer]);
        let settled = Instagram::new().reconcile(&graph.ctx, &outgoing, &intended).await;
        let words = match settled {
            Ok(Reconciled::Unknown) => "unknown".to_owned(),
            Ok(Reconciled::NotPublished(progress)) => progress.0["stage"].as_str().unwrap().to_owned(),
            Ok(Reconciled::Published(_)) => "published".to_owned(),
            Err(_) => "error".to_owned(),
        };
        assert_eq!(words, expected);
    }
}

#[tokio::test]
async fn a_list_that_lags_behind_is_waited_for_and_then_done_without() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Not in the list", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap();
    assert_eq!(settled, Reconciled::Unknown);
    graph.clock.advance(SignedDuration::from_mins(2));
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap();
    let Reconciled::Published(receipt) = settled else { panic!("{settled:?}") };
    assert_eq!((receipt.remote_id.as_str(), receipt.permalink), ("17900", None));
}

#[tokio::test]
async fn a_container_published_by_a_call_we_gave_up_is_never_made_anew() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = delivery("Fresh bread at nine", vec![photo(&folder, "a.jpg")]);
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![refused(24, 2_207_006)]);
    let error = step(&graph, &outgoing, &intended).await.unwrap_err();
    assert_eq!(error.advice, Advice::OutcomeUnknown);

    // Or it is noticed before the second call.
    graph.clock.advance(SignedDuration::from_secs(30));
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let Step::Published(receipt) = step(&graph, &outgoing, &intended).await.unwrap() else { panic!() };
    assert_eq!(receipt.remote_id, "18003");
}

#[tokio::test]
async fn stories_are_found_among_stories() {
    let folder = TempDir::new().unwrap();
    let graph = Scripted::start(ID, vec![]).await;
    let outgoing = of_format("story", delivery("", vec![photo(&folder, "a.jpg")]));
    let intended = announced_photo(&graph, &outgoing).await;
    graph.will_answer(vec![status("PUBLISHED"), ok(media_list())]);
    let settled = Instagram::new().reconcile(&graph.ctx, &outgoing, &intended).await.unwrap();
    let Reconciled::Published(receipt) = settled else { panic!("{settled:?}") };
    assert_eq!(receipt.remote_id, "18002", "the nearest to the call");
    assert_eq!(graph.calls()[1], "GET /v26.0/1122/stories");
}

// Rules

fn findings(format: &str, text: &str, media: &[MediaFacts]) -> Vec<String> {
    let options = Options::from_iter([("format".to_owned(), Value::from(format))]);
    let instagram = Instagram::new();
    let content = Content { text, media, options: &options };
    let found = instagram.publish().unwrap().check(&channel(), &content);
    let words = found.iter().map(|one| {
        let mark = if one.level == Level::Warning { "?" } else { "" };
        format!("{}{mark} {}", one.field, one.code)
    });
    words.collect()
}

#[test]
fn posts_are_checked_before_they_are_sent() {
    let (photo, video) = (facts("image/jpeg", "A red oven"), facts("video/mp4", ""));
    let none: [&str; 0] = [];
    let shaped = |width, height| vec![MediaFacts { width, height, ..photo.clone() }];
    let long = |millis| vec![MediaFacts { duration_millis: Some(millis), ..video.clone() }];
    let photos = |count| vec![photo.clone(); count];
    assert_eq!(findings("post", "Hi", &photos(1)), none);
    assert_eq!(findings("post", "Hi", &[photo.clone(), video.clone()]), none);
    assert_eq!(findings("post", "Hi", &[]), ["media media_required"]);
    assert_eq!(findings("post", "", &photos(11)), ["media too_many_media"]);
    assert_eq!(findings("post", &"é".repeat(2200), &photos(1)), none);
    assert_eq!(findings("post", &"é".repeat(2201), &photos(1)), ["text text_too_long"]);
    assert_eq!(findings("post", &"#a ".repeat(31), &photos(1)), ["text too_many_hashtags"]);
    assert_eq!(findings("post", &"@a ".repeat(21), &photos(1)), ["text too_many_mentions"]);
    assert_eq!(findings("post", "https://a.example", &photos(1)), ["text? link_not_clickable"]);
    for mime in ["image/png", "image/webp", "image/gif"] {
        let other = facts(mime, "A red oven");
        assert_eq!(findings("post", "", &[other]), ["media.0 media_type_not_allowed"], "{mime}");
    }
    let large = MediaFacts { bytes: 9 * 1024 * 1024, ..photo.clone() };
    assert_eq!(findings("post", "", &[large]), ["media.0 media_too_large"]);
    assert_eq!(findings("post", "", &shaped(800, 1000)), none);
    assert_eq!(findings("post", "", &shaped(790, 1000)), ["media.0 media_shape_not_allowed"]);
    assert_eq!(findings("post", "", &shaped(1910, 1000)), none);
    assert_eq!(findings("post", "", &shaped(1920, 1000)), ["media.0 media_shape_not_allowed"]);
    assert_eq!(findings("story", "", &shaped(1080, 1920)), none);
    assert_eq!(findings("reel", "", &photos(1)), ["media.0 media_type_not_allowed"]);
    assert_eq!(findings("reel", "", &long(900_000)), none);
    assert_eq!(findings("reel", "", &long(900_001)), ["media.0 video_too_long"]);
    assert_eq!(findings("reel", "", &long(2_999)), ["media.0 video_too_short"]);
    assert_eq!(findings("story", "", &long(60_001)), ["media.0 video_too_long"]);
    assert_eq!(findings("story", "", &photos(2)), ["media too_many_media"]);
    assert_eq!(findings("story", "Hi", &photos(1)), ["text? text_not_shown"]);
}
