//! What is told of a Page, and reading what was missed.

use fanfare_domain::webhook::EngagementKind;
use fanfare_platform_kit::roles::{Account, History, InboundFact, Span, Subscribe, Subscribed};
use fanfare_platform_kit::{Advice, Credentials};
use serde_json::json;

use crate::facebook::Facebook;
use crate::facebook::api::Access;
use crate::meta_graph::Token;
use crate::meta_graph::scripted::{APP_ID, Scripted, at, channel, ok, refused};

fn account() -> Account {
    let access = Access {
        token: Token::ours("EAAPAGE"),
        is_page: true,
        ends: None,
    };
    Account {
        channel: channel(),
        credentials: Credentials::from_value(&access),
    }
}

#[tokio::test]
async fn only_our_applications_fields_count() {
    let list = json!({ "data": [
        { "id": "999", "subscribed_fields": ["messages"] },
        { "id": APP_ID, "subscribed_fields": ["mention", "feed"] } ] });
    let host = Scripted::start("facebook", vec![ok(list)]).await;
    let seen = Facebook::new().subscribed(&host.ctx, &account()).await;
    let fields = vec!["feed".to_owned(), "mention".to_owned()];
    assert_eq!(seen.unwrap(), Subscribed::Fields(fields));
    assert_eq!(host.calls(), ["GET /v26.0/1122/subscribed_apps"]);
}

#[tokio::test]
async fn the_whole_list_is_set_and_taken_back() {
    let done = || ok(json!({ "success": true }));
    let host = Scripted::start("facebook", vec![done(), done()]).await;
    let fields = ["feed".to_owned(), "mention".to_owned()];
    let facebook = Facebook::new();
    facebook
        .subscribe(&host.ctx, &account(), &fields)
        .await
        .unwrap();
    facebook.unsubscribe(&host.ctx, &account()).await.unwrap();
    let asked = host.asked();
    assert_eq!(asked[0].call, "POST /v26.0/1122/subscribed_apps");
    assert_eq!(asked[0].field("subscribed_fields"), "feed,mention");
    assert_eq!(asked[0].token.as_deref(), Some("EAAPAGE"));
    assert_eq!(asked[1].call, "DELETE /v26.0/1122/subscribed_apps");
}

#[tokio::test]
async fn a_permission_that_is_missing_is_told() {
    let host = Scripted::start("facebook", vec![refused(200, 0)]).await;
    let fields = ["feed".to_owned()];
    let refused = Facebook::new()
        .subscribe(&host.ctx, &account(), &fields)
        .await
        .unwrap_err();
    assert_eq!(refused.advice, Advice::NeedsPermission);
}

fn span() -> Span {
    Span {
        posts_from: at("2026-11-01T00:00:00Z"),
        from: at("2026-11-20T00:00:00Z"),
    }
}

#[tokio::test]
async fn comments_of_the_time_are_read_with_fewer_fields_where_some_are_refused() {
    let comment = |id: &str, day: &str| json!({ "id": id, "message": "Nice", "created_time": format!("2026-11-{day}T08:00:00+0000") });
    let posts = json!({ "data": [
        { "id": "1122_1", "created_time": "2026-11-10T08:00:00+0000", "comments": {
            "data": [comment("c3", "20")],
            "paging": { "cursors": { "after": "C" }, "next": "https://graph.facebook.com/x" } } },
        { "id": "1122_0", "created_time": "2026-10-10T08:00:00+0000" } ],
        "paging": { "cursors": { "after": "P" }, "next": "https://graph.facebook.com/y" } });
    let more = json!({ "data": [comment("c2", "20"), comment("c1", "19")],
        "paging": { "cursors": { "after": "D" }, "next": "https://graph.facebook.com/z" } });
    let host = Scripted::start("facebook", vec![refused(10, 0), ok(posts), ok(more)]).await;
    let part = Facebook::new()
        .recent(&host.ctx, &account(), span(), None)
        .await
        .unwrap();
    let asked = host.asked();
    let calls: Vec<_> = asked.iter().map(|asked| asked.call.as_str()).collect();
    assert_eq!(
        calls,
        [
            "GET /v26.0/1122/feed",
            "GET /v26.0/1122/feed",
            "GET /v26.0/1122_1/comments"
        ]
    );
    assert!(asked[0].field("fields").contains("from{"));
    assert!(!asked[1].field("fields").contains("from{"));
    assert_eq!(asked[2].field("after"), "C");
    let comments: Vec<_> = part
        .facts
        .iter()
        .filter_map(|fact| match fact {
            InboundFact::Engagement(fact) if fact.kind == EngagementKind::Comment => {
                Some(fact.remote_id.as_str())
            }
            _ => None,
        })
        .collect();
    assert_eq!(comments, ["c3", "c2"]);
    // The older post ends it, whatever the list says.
    assert_eq!((part.posts, part.next, part.is_cut), (1, None, false));
}
