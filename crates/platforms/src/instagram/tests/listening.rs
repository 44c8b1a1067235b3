//! What is told of an account: by itself with Instagram Login, by the Page behind it through Facebook.

use fanfare_platform_kit::roles::{Account, Subscribe, Subscribed};
use fanfare_platform_kit::{Advice, Credentials};
use serde_json::json;

use super::own_credentials;
use crate::instagram::api::{Access, Login};
use crate::instagram::{ID, Instagram};
use crate::meta_graph::Token;
use crate::meta_graph::scripted::{APP_ID, NOW, Reply, Scripted, at, channel, ok, refused};

const PAGE: &str = "/v26.0/9988/subscribed_apps";
const OWN: &str = "/v26.0/1122/subscribed_apps";

fn through_facebook() -> Account {
    let access = Access {
        login: Login::Facebook,
        token: Token::ours("EAAPpage9988"),
        issued_at: None,
        ends: None,
        granted: None,
    };
    Account {
        channel: channel(),
        credentials: Credentials::from_value(&access),
    }
}

fn with_instagram() -> Account {
    Account {
        channel: channel(),
        credentials: own_credentials(at(NOW)),
    }
}

fn wanted() -> Vec<String> {
    ["comments", "mentions"].map(str::to_owned).to_vec()
}

/// The Page that the token is of.
fn me() -> Reply {
    ok(json!({ "id": "9988", "name": "Harbour Bakery", "category": "Bakery" }))
}

fn done() -> Reply {
    ok(json!({ "success": true }))
}

fn told(fields: &[&str]) -> Reply {
    let ours = json!({ "id": APP_ID, "subscribed_fields": fields });
    let others = json!({ "id": "999", "subscribed_fields": ["messages"] });
    if fields.is_empty() {
        ok(json!({ "data": [others] }))
    } else {
        ok(json!({ "data": [others, ours] }))
    }
}

#[tokio::test]
async fn the_page_behind_the_account_is_subscribed() {
    let replies = vec![me(), told(&[]), done(), done()];
    let graph = Scripted::start(ID, replies).await;
    Instagram::new()
        .subscribe(&graph.ctx, &through_facebook(), &wanted())
        .await
        .unwrap();
    let asked = graph.asked();
    let calls: Vec<_> = asked.iter().map(|asked| asked.call.as_str()).collect();
    let (get, set) = (format!("GET {PAGE}"), format!("POST {PAGE}"));
    let own = format!("POST {OWN}");
    assert_eq!(calls, ["GET /v26.0/me", &get, &set, &own]);
    // A Page has no fields of Instagram's: that it is subscribed to anything has them delivered.
    assert_eq!(asked[2].field("subscribed_fields"), "feed");
    assert_eq!(asked[3].field("subscribed_fields"), "comments,mentions");
    for asked in asked {
        assert_eq!(asked.token.as_deref(), Some("EAAPpage9988"));
    }
}

#[tokio::test]
async fn a_page_that_is_connected_itself_keeps_its_fields() {
    let replies = vec![me(), told(&["feed", "mention"]), done()];
    let graph = Scripted::start(ID, replies).await;
    Instagram::new()
        .subscribe(&graph.ctx, &through_facebook(), &wanted())
        .await
        .unwrap();
    let calls = graph.calls();
    assert!(!calls.contains(&format!("POST {PAGE}")), "{calls:?}");

    let replies = vec![done(), me(), told(&["feed", "mention"])];
    let graph = Scripted::start(ID, replies).await;
    Instagram::new()
        .unsubscribe(&graph.ctx, &through_facebook())
        .await
        .unwrap();
    let calls = graph.calls();
    assert!(!calls.contains(&format!("DELETE {PAGE}")), "{calls:?}");
}

#[tokio::test]
async fn what_only_we_wanted_of_the_page_is_ended() {
    let replies = vec![done(), me(), told(&["feed"]), done()];
    let graph = Scripted::start(ID, replies).await;
    Instagram::new()
        .unsubscribe(&graph.ctx, &through_facebook())
        .await
        .unwrap();
    let (own, get) = (format!("DELETE {OWN}"), format!("GET {PAGE}"));
    let end = format!("DELETE {PAGE}");
    assert_eq!(graph.calls(), [&own, "GET /v26.0/me", &get, &end]);
}

#[tokio::test]
async fn fields_that_cannot_be_chosen_at_the_account_are_the_applications() {
    // The parameter is refused, or the edge is not there for such a token.
    for refusal in [(100, 0), (190, 0)] {
        let no = || refused(refusal.0, refusal.1);
        let replies = vec![me(), told(&["feed"]), no()];
        let graph = Scripted::start(ID, replies).await;
        let set = Instagram::new()
            .subscribe(&graph.ctx, &through_facebook(), &wanted())
            .await;
        assert!(set.is_ok(), "{refusal:?}: {set:?}");
    }
}

#[tokio::test]
async fn what_is_told_is_told_by_the_page_first() {
    let fields =
        |fields: &[&str]| Subscribed::Fields(fields.iter().map(|&one| one.into()).collect());
    for (page, own, expected) in [
        (told(&[]), None, fields(&[])),
        (told(&["feed"]), Some(told(&[])), Subscribed::ByApplication),
        (
            told(&["feed"]),
            Some(refused(100, 0)),
            Subscribed::ByApplication,
        ),
        (
            told(&["feed", "mention"]),
            Some(told(&["mentions", "comments"])),
            fields(&["comments", "mentions"]),
        ),
    ] {
        let replies = [me(), page].into_iter().chain(own).collect();
        let graph = Scripted::start(ID, replies).await;
        let seen = Instagram::new()
            .subscribed(&graph.ctx, &through_facebook())
            .await;
        assert_eq!(seen.unwrap(), expected);
    }
}

#[tokio::test]
async fn without_the_page_there_is_nothing_to_subscribe() {
    // Whoever withdrew the Page left a token that is of a person.
    let person = ok(json!({ "id": "42", "name": "Ines Harbour" }));
    let graph = Scripted::start(ID, vec![person]).await;
    let error = Instagram::new()
        .subscribe(&graph.ctx, &through_facebook(), &wanted())
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::Reconnect);
    assert_eq!(graph.calls(), ["GET /v26.0/me"]);

    let replies = vec![me(), told(&[]), refused(200, 0)];
    let graph = Scripted::start(ID, replies).await;
    let error = Instagram::new()
        .subscribe(&graph.ctx, &through_facebook(), &wanted())
        .await
        .unwrap_err();
    assert_eq!(error.advice, Advice::NeedsPermission);
}

#[tokio::test]
async fn with_instagram_login_the_account_itself_is_subscribed() {
    let replies = vec![done(), told(&["comments"]), done()];
    let graph = Scripted::start(ID, replies).await;
    let (instagram, account) = (Instagram::new(), with_instagram());
    instagram
        .subscribe(&graph.ctx, &account, &wanted())
        .await
        .unwrap();
    let seen = instagram.subscribed(&graph.ctx, &account).await.unwrap();
    assert_eq!(seen, Subscribed::Fields(vec!["comments".to_owned()]));
    instagram.unsubscribe(&graph.ctx, &account).await.unwrap();
    let calls = ["POST", "GET", "DELETE"].map(|method| format!("{method} {OWN}"));
    assert_eq!(graph.calls(), calls);
}
