//! From a person's consent or a pasted token to Pages.

use super::*;

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
    let answer = CallbackAnswer {
        query,
        kept: Value::Null,
    };
    Facebook::new().exchange(&graph.ctx, answer).await
}

#[tokio::test]
async fn consent_is_asked_for_at_the_documented_address() {
    let graph = Scripted::start(ID, vec![]).await;
    let request = AuthorizeRequest {
        state: "s1",
        fields: &ConnectFields::new(),
        registration: None,
    };
    let url = Facebook::new()
        .authorize(&graph.ctx, request)
        .await
        .unwrap()
        .url;
    assert_eq!(url.host_str(), Some("www.facebook.com"));
    assert_eq!(url.path(), "/v26.0/dialog/oauth");
    let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], APP_ID);
    assert_eq!(query["redirect_uri"], graph.ctx.redirect_uri.as_str());
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["state"], "s1");
    assert_eq!(
        query["scope"],
        "pages_show_list,pages_manage_posts,pages_read_engagement,business_management,pages_manage_engagement,pages_manage_metadata,pages_read_user_content,pages_messaging"
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
            ok(fixture(include_str!("../fixtures/accounts_1.json"))),
            ok(fixture(include_str!("../fixtures/accounts_2.json"))),
            ok(json!({"data": [{"id": "900", "name": "Harbour Ltd"}]})),
            ok(fixture(include_str!("../fixtures/owned_pages.json"))),
            refused(200, 0),
            ok(json!({"id": "5566", "access_token": "EAAPpage5566"})),
        ],
    )
    .await;
    let grant = come_back(&graph).await.unwrap();
    assert_eq!(
        (grant.remote_id.as_str(), grant.name.as_str()),
        ("42", "Ines Harbour")
    );
    assert_eq!(
        grant.expires_at,
        Some(at(NOW) + SignedDuration::from_secs(5_183_944))
    );
    assert!(grant.refreshable);
    assert_eq!(grant.scopes.len(), 4);
    let channels: Vec<_> = grant
        .channels
        .iter()
        .map(|one| (one.remote_id.as_str(), one.problem.is_none()))
        .collect();
    assert_eq!(channels, [("1122", true), ("3344", false), ("5566", true)]);
    let blog = grant.channels[1].problem.as_deref().unwrap();
    assert!(
        blog.contains("may not create content on Ines reads"),
        "{blog}"
    );
    let tokens = grant.channels.iter().map(|one| {
        let access: Access = one.credentials.as_ref().unwrap().read("Facebook").unwrap();
        assert!(access.is_page && access.token.ours);
        access.token.access_token
    });
    assert_eq!(
        tokens.collect::<Vec<_>>(),
        ["EAAPpage1122", "EAAPpage3344", "EAAPpage5566"]
    );
    assert_eq!(
        grant.channels[0].url.as_deref(),
        Some("https://www.facebook.com/1122")
    );

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
    assert_eq!(
        asked[0].field("redirect_uri"),
        graph.ctx.redirect_uri.as_str()
    );
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
            ok(fixture(include_str!("../fixtures/accounts_2.json"))),
        ],
    )
    .await;
    let grant = come_back(&graph).await.unwrap();
    assert_eq!(grant.scopes, ["pages_show_list", "pages_read_engagement"]);
    let problem = grant.channels[0].problem.as_deref().unwrap();
    assert!(
        problem.starts_with("Facebook was not given: pages_manage_posts."),
        "{problem}"
    );
    // Facebook did not say when it ends, so it is renewed as one of 60 days.
    assert_eq!(
        grant.expires_at,
        Some(at(NOW) + SignedDuration::from_hours(60 * 24))
    );
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
    assert_eq!(
        come_back(&graph).await.unwrap_err().code,
        ErrorCode::NothingToConnect
    );

    graph.asked();
    let query = BTreeMap::from([("error".to_owned(), "access_denied".to_owned())]);
    let answer = CallbackAnswer {
        query,
        kept: Value::Null,
    };
    let error = Facebook::new()
        .exchange(&graph.ctx, answer)
        .await
        .unwrap_err();
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
    let grant = Facebook::new()
        .paste(&graph.ctx, &pasted(" EAAPpasted\n"))
        .await
        .unwrap();
    assert_eq!(grant.remote_id, "1122");
    assert_eq!(grant.expires_at, None);
    assert!(!grant.refreshable);
    assert_eq!(grant.channels.len(), 1);
    assert_eq!(grant.channels[0].problem, None);
    let asked = graph.asked();
    assert_eq!(asked[0].call, "GET /v26.0/debug_token");
    assert_eq!(asked[0].field("input_token"), "EAAPpasted");
    assert_eq!(
        asked[0].token.as_deref(),
        Some(format!("{APP_ID}|{APP_SECRET}").as_str())
    );
    assert!(!asked[1].field("appsecret_proof").is_empty());

    let access: Access = grant.credentials.read("Facebook").unwrap();
    assert!(access.is_page);
    Facebook::new()
        .revoke(&graph.ctx, &grant.credentials)
        .await
        .unwrap();
    assert_eq!(
        graph.calls().len(),
        0,
        "a pasted token is its owner's to give back"
    );
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
            ok(fixture(include_str!("../fixtures/accounts_2.json"))),
        ],
    )
    .await;
    let grant = Facebook::new()
        .paste(&graph.ctx, &pasted("EAABother"))
        .await
        .unwrap();
    assert_eq!(grant.remote_id, "42");
    assert!(!grant.refreshable);
    let asked = graph.asked();
    assert!(
        asked[1..]
            .iter()
            .all(|asked| asked.field("appsecret_proof").is_empty())
    );
}

#[tokio::test]
async fn a_bad_pasted_token_is_refused_in_words() {
    let graph = Scripted::start(ID, vec![refused(190, 0), refused(190, 0)]).await;
    let error = Facebook::new()
        .paste(&graph.ctx, &pasted("EAABbad"))
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::ConnectionExpired);
    let error = Facebook::new()
        .paste(&graph.ctx, &pasted("  "))
        .await
        .unwrap_err();
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "access_token".into()
        }
    );
}

#[tokio::test]
async fn a_grant_is_renewed_and_given_back() {
    let access = Access {
        token: Token::ours("EAABlong"),
        is_page: false,
        ends: None,
    };
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
    let grant = Facebook::new()
        .refresh(&graph.ctx, &credentials)
        .await
        .unwrap();
    let renewed: Access = grant.credentials.read("Facebook").unwrap();
    assert_eq!(renewed.token.access_token, "EAABnew");
    assert!(grant.channels.is_empty(), "Pages may have been taken away");
    Facebook::new()
        .revoke(&graph.ctx, &grant.credentials)
        .await
        .unwrap();
    assert_eq!(
        graph.calls().last().unwrap(),
        "DELETE /v26.0/me/permissions"
    );
}

#[tokio::test]
async fn only_facebooks_word_ends_a_grant() {
    let access = Access {
        token: Token::ours("EAABlong"),
        is_page: false,
        ends: None,
    };
    let credentials = Credentials::from_value(&access);
    let graph = Scripted::start(ID, vec![lost(), refused(190, 460)]).await;
    let slow = Facebook::new()
        .refresh(&graph.ctx, &credentials)
        .await
        .unwrap_err();
    assert_eq!(slow.advice, Advice::Retry { after: None });
    let gone = Facebook::new()
        .refresh(&graph.ctx, &credentials)
        .await
        .unwrap_err();
    assert_eq!(gone.advice, Advice::Reconnect);
}
