//! From consent to accounts, in both ways.

use std::sync::Arc;

use fanfare_platform_kit::settings::PlatformSettings;

use super::*;

async fn send_away(graph: &Scripted, login: &str) -> Result<Authorization, PlatformError> {
    let fields = ConnectFields::from([("login".to_owned(), Secret::new(login))]);
    let request = AuthorizeRequest {
        state: "s1",
        fields: &fields,
        registration: None,
    };
    Instagram::new().authorize(&graph.ctx, request).await
}

async fn come_back(graph: &Scripted, login: &str) -> Result<Grant, PlatformError> {
    let kept = send_away(graph, login).await.unwrap().kept;
    let query = BTreeMap::from([("code".to_owned(), "AQB1#_".to_owned())]);
    Instagram::new()
        .exchange(&graph.ctx, CallbackAnswer { query, kept })
        .await
}

#[tokio::test]
async fn each_way_of_signing_in_has_its_dialog() {
    let graph = Scripted::start(ID, vec![]).await;
    let facebook = send_away(&graph, "facebook").await.unwrap().url;
    assert_eq!(facebook.host_str(), Some("www.facebook.com"));
    assert!(
        facebook
            .query()
            .unwrap()
            .contains("instagram_content_publish")
    );
    assert_eq!(
        send_away(&graph, "").await.unwrap().url,
        facebook,
        "Facebook is the default"
    );

    let instagram = send_away(&graph, "instagram").await.unwrap().url;
    assert_eq!(instagram.host_str(), Some("www.instagram.com"));
    assert_eq!(instagram.path(), "/oauth/authorize");
    let query: BTreeMap<_, _> = instagram.query_pairs().into_owned().collect();
    assert_eq!(query["client_id"], APP_ID);
    assert_eq!(
        query["scope"],
        "instagram_business_basic,instagram_business_content_publish,instagram_business_manage_comments,instagram_business_manage_messages"
    );

    let mut own_app_only = Scripted::start(ID, vec![]).await;
    let mut book = (*own_app_only.ctx.settings).clone();
    let without_app = PlatformSettings {
        app: None,
        ..book.of("facebook").unwrap().clone()
    };
    book.set("facebook", without_app);
    own_app_only.ctx.settings = Arc::new(book);
    let url = send_away(&own_app_only, "").await.unwrap().url;
    assert_eq!(url.host_str(), Some("www.instagram.com"));
    let Err(error) = send_away(&own_app_only, "facebook").await else {
        panic!()
    };
    assert_eq!(error.code, ErrorCode::PlatformNotConfigured);

    let Err(error) = send_away(&graph, "myspace").await else {
        panic!()
    };
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "login".into()
        }
    );
}

fn permissions(granted: &[&str]) -> Value {
    let each = granted
        .iter()
        .map(|name| json!({"permission": name, "status": "granted"}));
    json!({"data": each.collect::<Vec<_>>()})
}

const NEEDED: [&str; 4] = [
    "instagram_basic",
    "instagram_content_publish",
    "pages_show_list",
    "pages_read_engagement",
];

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
                ok(fixture(include_str!("../fixtures/accounts.json"))),
            ],
        )
        .await;
        let grant = come_back(&graph, "facebook").await.unwrap();
        assert_eq!(grant.remote_id, "42");
        assert_eq!(
            grant.channels.len(),
            1,
            "the Page without an account is left out"
        );
        let channel = &grant.channels[0];
        assert_eq!(
            (channel.remote_id.as_str(), channel.name.as_str()),
            ("17841400000000001", "harbour.bakery")
        );
        let access: Access = channel
            .credentials
            .as_ref()
            .unwrap()
            .read("Instagram")
            .unwrap();
        assert_eq!(
            (access.login, access.token.access_token.as_str()),
            (Login::Facebook, "EAAPpage1122")
        );
        let said = channel.problem.as_deref();
        assert_eq!(said.is_none(), problem.is_none());
        assert!(
            said.unwrap_or_default()
                .contains(problem.unwrap_or_default())
        );
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
    ok(
        json!({"id": "9001", "user_id": "17841400000000001", "username": "harbour.bakery", "account_type": "MEDIA_CREATOR"}),
    )
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
    assert_eq!(
        grant.remote_id, "17841400000000001",
        "not the id for this application only"
    );
    assert_eq!(
        grant.expires_at,
        Some(at(NOW) + SignedDuration::from_secs(5_183_944))
    );
    let channel = &grant.channels[0];
    assert_eq!(
        (channel.kind.as_str(), channel.problem.as_deref()),
        ("creator", None)
    );
    assert!(channel.credentials.is_none(), "the connection's serve");
    let asked = graph.asked();
    assert_eq!(asked[0].call, "POST /oauth/access_token");
    assert_eq!(
        (asked[0].field("code"), asked[0].field("grant_type")),
        ("AQB1", "authorization_code")
    );
    assert_eq!(asked[1].call, "GET /access_token");
    assert_eq!(asked[1].field("grant_type"), "ig_exchange_token");
    assert_eq!(
        (
            asked[1].field("client_secret"),
            asked[1].field("access_token")
        ),
        (APP_SECRET, "IGAAshort")
    );
    assert_eq!(asked[2].call, "GET /v26.0/me");
    assert_eq!(asked[2].token.as_deref(), Some("IGAAlong"));
}

#[test]
fn both_shapes_of_the_exchange_are_understood() {
    for (answer, expected) in [
        (
            json!({"data": [{"access_token": "IGAA1", "user_id": "1020", "permissions": "instagram_business_basic, instagram_business_content_publish"}]}),
            2,
        ),
        (
            json!({"access_token": "IGAA1", "user_id": 1020, "permissions": ["instagram_business_basic"]}),
            1,
        ),
        (json!({"access_token": "IGAA1", "user_id": 1020}), 0),
    ] {
        let exchanged: Exchanged = serde_json::from_value(answer).unwrap();
        let (token, scopes) = exchanged.into_first().unwrap();
        assert_eq!(
            (token.access_token.as_str(), scopes.len()),
            ("IGAA1", expected)
        );
    }
    let empty: Exchanged = serde_json::from_value(json!({"data": []})).unwrap();
    assert!(empty.into_first().is_none());
}

#[tokio::test]
async fn a_token_is_renewed_once_it_is_a_day_old() {
    let young = own_credentials(at(NOW) - SignedDuration::from_hours(23));
    let graph = Scripted::start(ID, vec![me()]).await;
    let grant = Instagram::new().refresh(&graph.ctx, &young).await.unwrap();
    assert_eq!(graph.calls(), ["GET /v26.0/me"]);
    assert_eq!(
        grant.expires_at,
        Some(at(NOW) + SignedDuration::from_hours(60 * 24 - 23))
    );

    let old = own_credentials(at(NOW) - SignedDuration::from_hours(25));
    let renewed = json!({"access_token": "IGAAnew", "expires_in": 5_183_944, "permissions": "instagram_business_basic"});
    let graph = Scripted::start(ID, vec![ok(renewed), me()]).await;
    let grant = Instagram::new().refresh(&graph.ctx, &old).await.unwrap();
    let asked = graph.asked();
    assert_eq!(asked[0].call, "GET /refresh_access_token");
    assert_eq!(
        (asked[0].field("grant_type"), asked[0].field("access_token")),
        ("ig_refresh_token", "IGAAlong")
    );
    let access: Access = grant.credentials.read("Instagram").unwrap();
    assert_eq!(
        (access.token.access_token.as_str(), access.issued_at),
        ("IGAAnew", Some(at(NOW)))
    );
}

#[tokio::test]
async fn giving_back_leaves_facebook_pages_alone() {
    let token = Token::ours("EAABlong");
    let access = Access {
        login: Login::Facebook,
        token,
        issued_at: None,
        ends: None,
        granted: None,
    };
    let done = || ok(json!({"success": true}));
    let graph = Scripted::start(ID, vec![done(), done()]).await;
    Instagram::new()
        .revoke(&graph.ctx, &Credentials::from_value(&access))
        .await
        .unwrap();
    assert_eq!(
        graph.calls(),
        [
            "DELETE /v26.0/me/permissions/instagram_content_publish",
            "DELETE /v26.0/me/permissions/instagram_basic",
        ]
    );
    Instagram::new()
        .revoke(&graph.ctx, &own_credentials(at(NOW)))
        .await
        .unwrap();
    assert_eq!(graph.calls().len(), 0);
}
