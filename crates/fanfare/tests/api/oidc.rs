//! Signing in with another provider, against a real little one: who is let in, and everything that must not be believed.

use fanfare_testkit::{
    Browser, OidcProvider, Reply, Signing, StatusCode, TestDatabase, TestHub, read,
};
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::mailbox::newest;
use super::permissions::Member;

/// Makes tests of functions that take a hub and the provider it knows.
macro_rules! with_provider {
    ($($name:ident),+ $(,)?) => {$(
        fanfare_testkit::both_databases!($name, async |database: &TestDatabase| {
            let (hub, provider) = super::stage(database, &[]).await;
            super::$name(&hub, &provider).await;
            provider.stop();
            hub.stop().await;
        });
    )+};
}

with_provider!(
    an_account_with_the_same_proved_address_is_linked_and_told,
    every_good_signature_is_taken_and_no_other,
    a_token_for_anything_else_is_refused,
    rotated_keys_are_fetched_once_and_not_for_everybody_who_asks,
    a_state_works_once_in_its_browser_and_for_ten_minutes,
    an_address_that_is_not_proved_opens_nothing,
    a_link_that_was_passed_on_by_hand_proves_no_address,
    the_second_step_is_still_asked_for,
    signing_in_leads_back_into_this_site_only,
    another_site_begins_no_sign_in,
    a_sign_in_is_linked_and_unlinked_by_its_owner,
    nobody_loses_the_last_way_in,
    an_invited_address_gets_an_account_and_others_do_not,
);

fanfare_testkit::both_databases!(
    where_registration_is_open_everybody_gets_an_account,
    async |database: &TestDatabase| {
        let (hub, provider) = super::stage(database, super::super::OPEN).await;
        super::everybody_gets_an_account(&hub, &provider).await;
        provider.stop();
        hub.stop().await;
    }
);

async fn stage(database: &TestDatabase, more: &[(&str, &str)]) -> (TestHub, OidcProvider) {
    let provider = OidcProvider::start().await;
    let variables = provider.variables();
    let mut all: Vec<(&str, &str)> = more.to_vec();
    all.extend(
        variables
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    let hub = TestHub::start_with(database, &all).await;
    provider.follow(hub.clock.clone());
    (hub, provider)
}

/// Goes to the provider, and answers where that sends the browser.
async fn away(browser: &Browser, start: &str) -> Url {
    let there = browser.get(start).await;
    assert_eq!(there.status, StatusCode::SEE_OTHER, "{:#}", there.body);
    let there = there.location.unwrap();
    let back = read(browser.request(Method::GET, &there)).await;
    Url::parse(&back.location.unwrap()).unwrap()
}

/// Comes back from the provider.
async fn back(browser: &Browser, callback: &Url) -> Reply {
    let reply = read(browser.request(Method::GET, callback.as_str())).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{:#}", reply.body);
    reply
}

/// Signs in at the provider, and answers where one lands.
async fn sign_in(browser: &Browser) -> String {
    let callback = away(browser, "/api/auth/oidc/start?return_to=/posts").await;
    back(browser, &callback).await.location.unwrap()
}

fn refused(code: &str) -> String {
    format!("/login?error={code}&next=%2Fposts")
}

async fn who(browser: &Browser) -> Value {
    let status = browser.get("/api/auth/status").await.expect(StatusCode::OK);
    status["user"]["email"].clone()
}

async fn an_account_with_the_same_proved_address_is_linked_and_told(
    hub: &TestHub,
    provider: &OidcProvider,
) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let status = ada.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["oidc"]["name"], "Example ID");

    let elsewhere = hub.browser();
    assert_eq!(sign_in(&elsewhere).await, "/posts");
    assert_eq!(who(&elsewhere).await, "ada@example.com");
    newest(hub, &ada, "ada@example.com", "sign_in_linked").await;
    let log = ada.get("/api/audit?action=user.sign_in_linked").await;
    assert_eq!(
        log.expect(StatusCode::OK)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    // From now on they are known by their subject, whatever becomes of the address.
    provider.say("email", json!("ada.moreno@example.org"));
    provider.say("email_verified", json!(false));
    let again = hub.browser();
    assert_eq!(sign_in(&again).await, "/posts");
    assert_eq!(who(&again).await, "ada@example.com");
    let own = again.get("/api/auth/oidc").await.expect(StatusCode::OK);
    assert_eq!(own["items"][0]["email"], "ada.moreno@example.org");
    assert_eq!(own["items"][0]["name"], "Example ID");
}

async fn every_good_signature_is_taken_and_no_other(hub: &TestHub, provider: &OidcProvider) {
    hub.browser().register("ada@example.com").await;
    for signing in [
        Signing::Es256,
        Signing::EdDsa,
        Signing::Rs256,
        Signing::Ps256,
    ] {
        provider.sign(signing);
        assert_eq!(sign_in(&hub.browser()).await, "/posts", "{signing:?}");
    }
    for signing in [Signing::None, Signing::Hs256, Signing::Forged] {
        provider.sign(signing);
        let browser = hub.browser();
        let landing = sign_in(&browser).await;
        assert_eq!(landing, refused("sign_in_elsewhere_failed"), "{signing:?}");
        assert_eq!(who(&browser).await, Value::Null);
    }
    // A key of one kind does not vouch for an algorithm of another.
    provider.sign(Signing::Es256);
    provider.spoil(|header, _| header["alg"] = json!("RS256"));
    assert_eq!(
        sign_in(&hub.browser()).await,
        refused("sign_in_elsewhere_failed")
    );
}

async fn a_token_for_anything_else_is_refused(hub: &TestHub, provider: &OidcProvider) {
    hub.browser().register("ada@example.com").await;
    let now = hub.app.now().as_second();
    let spoils: Vec<(&str, Value)> = vec![
        ("nonce", json!("of another sign-in")),
        ("nonce", Value::Null),
        ("aud", json!("another application")),
        ("aud", json!(["another application"])),
        ("aud", json!(["fanfare", "another application"])),
        ("azp", json!("another application")),
        ("iss", json!("https://id.example.org")),
        ("exp", json!(now - 61)),
        ("exp", json!("never")),
        ("exp", Value::Null),
        ("nbf", json!(now + 120)),
        ("iat", json!(now + 120)),
        ("sub", json!("")),
    ];
    for (claim, value) in spoils {
        let shown = format!("{claim}: {value}");
        provider.spoil(move |_, claims| claims[claim] = value.clone());
        let browser = hub.browser();
        let landing = sign_in(&browser).await;
        assert_eq!(landing, refused("sign_in_elsewhere_failed"), "{shown}");
        assert_eq!(who(&browser).await, Value::Null, "{shown}");
    }
    provider.spoil(|_, claims| {
        claims["aud"] = json!(["fanfare", "another application"]);
        claims["azp"] = json!("fanfare");
    });
    assert_eq!(sign_in(&hub.browser()).await, "/posts");
    provider.deny();
    let landing = sign_in(&hub.browser()).await;
    // The provider's words stay out of the address.
    assert_eq!(landing, refused("sign_in_elsewhere_denied"));
}

async fn rotated_keys_are_fetched_once_and_not_for_everybody_who_asks(
    hub: &TestHub,
    provider: &OidcProvider,
) {
    hub.browser().register("ada@example.com").await;
    assert_eq!(sign_in(&hub.browser()).await, "/posts");
    assert_eq!(provider.key_requests(), 1);
    hub.clock.advance(SignedDuration::from_mins(5));
    provider.rotate();
    assert_eq!(sign_in(&hub.browser()).await, "/posts");
    assert_eq!(sign_in(&hub.browser()).await, "/posts");
    assert_eq!(provider.key_requests(), 2);
    // Tokens with keys that nobody published do not make us ask again and again.
    provider.spoil(|header, _| header["kid"] = json!("unheard-of"));
    for _ in 0..3 {
        hub.clock.advance(SignedDuration::from_secs(9));
        assert_eq!(
            sign_in(&hub.browser()).await,
            refused("sign_in_elsewhere_failed")
        );
    }
    assert_eq!(provider.key_requests(), 2);
    // A token without a key's name is tried with all that fit.
    provider.spoil(|header, _| {
        header.as_object_mut().unwrap().remove("kid");
    });
    assert_eq!(sign_in(&hub.browser()).await, "/posts");
}

async fn a_state_works_once_in_its_browser_and_for_ten_minutes(hub: &TestHub, _: &OidcProvider) {
    let begins = "/api/auth/oidc/start?return_to=/posts";
    hub.browser().register("ada@example.com").await;
    let lost = "/login?error=state_invalid&next=%2F";
    let (ada, eve) = (hub.browser(), hub.browser());
    let callback = away(&ada, begins).await;
    // Neither a browser that began nothing, nor one that began something else.
    assert_eq!(back(&eve, &callback).await.location.unwrap(), lost);
    away(&eve, begins).await;
    assert_eq!(back(&eve, &callback).await.location.unwrap(), lost);
    assert_eq!(who(&eve).await, Value::Null);
    assert_eq!(back(&ada, &callback).await.location.unwrap(), "/posts");
    let again = back(&ada, &callback).await;
    assert_eq!(again.location.unwrap(), lost);
    // Two tabs of one browser do not disturb each other.
    let ben = hub.browser();
    let (one, other) = (away(&ben, begins).await, away(&ben, begins).await);
    assert_eq!(back(&ben, &one).await.location.unwrap(), "/posts");
    assert_eq!(back(&ben, &other).await.location.unwrap(), "/posts");
    let late = away(&ben, begins).await;
    hub.clock.advance(SignedDuration::from_mins(10));
    assert_eq!(back(&ben, &late).await.location.unwrap(), lost);
    // A code under another state is not exchanged.
    let callback = away(&ben, begins).await;
    let mut forged = callback.clone();
    forged
        .query_pairs_mut()
        .clear()
        .append_pair("code", "code-1");
    assert_eq!(back(&ben, &forged).await.location.unwrap(), lost);
}

async fn an_address_that_is_not_proved_opens_nothing(hub: &TestHub, provider: &OidcProvider) {
    let ada = Member::registered(hub, "ada").await.browser;
    for (claim, value) in [
        ("email_verified", json!(false)),
        ("email_verified", Value::Null),
        ("email", json!("no address")),
    ] {
        provider.seat("eve-1", "ada@example.com");
        provider.say(claim, value);
        let landing = sign_in(&hub.browser()).await;
        assert_eq!(landing, refused("provider_address_not_proved"));
    }
    // Told on request, and about the same person, is as good.
    provider.seat("ada-1", "ada@example.com");
    provider.tell_later();
    assert_eq!(sign_in(&hub.browser()).await, "/posts");
    // Whoever registered an address first that they never proved does not wait in the account of whoever it belongs to.
    let mut tx = hub.store.as_system("test").write().await.unwrap();
    tx.execute(
        fanfare_store::sql!("UPDATE users SET email_verified_at = NULL"),
        fanfare_store::binds![],
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    provider.seat("ada-2", "ada@example.com");
    assert_eq!(sign_in(&hub.browser()).await, refused("sign_in_not_linked"));
    drop(ada);
}

/// Whoever got hold of the link chose the password; whoever owns the address must not join them in that account.
async fn a_link_that_was_passed_on_by_hand_proves_no_address(
    hub: &TestHub,
    provider: &OidcProvider,
) {
    let ada = Member::registered(hub, "ada").await.browser;
    let invited = json!({ "email": "ben@example.com", "role": "viewer" });
    let invited = ada
        .post("/api/invitations", invited)
        .await
        .expect(StatusCode::CREATED);
    let (_, token) = invited["link"]
        .as_str()
        .unwrap()
        .split_once("token=")
        .unwrap();
    let eve = hub.browser();
    let taken = json!({ "token": token, "name": "Ben", "password": "the same bread twice" });
    let taken = eve.post("/api/invitations/accept", taken).await;
    taken.expect(StatusCode::OK);
    provider.seat("ben-1", "ben@example.com");
    assert_eq!(sign_in(&hub.browser()).await, refused("sign_in_not_linked"));
}

async fn the_second_step_is_still_asked_for(hub: &TestHub, _: &OidcProvider) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    let (device, _) = super::two_factor::switch_on(hub, &ada).await;
    let browser = hub.browser();
    let landing = sign_in(&browser).await;
    let (page, ticket) = landing.split_once("#ticket=").unwrap();
    assert_eq!(page, "/login?next=%2Fposts");
    assert_eq!(who(&browser).await, Value::Null);
    let step = json!({ "ticket": ticket, "code": device.next_code(hub) });
    let done = browser.post("/api/auth/login-2fa", step).await;
    done.expect(StatusCode::OK);
    assert_eq!(who(&browser).await, "ada@example.com");
}

async fn signing_in_leads_back_into_this_site_only(hub: &TestHub, _: &OidcProvider) {
    for page in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/.//evil.example",
        "posts",
    ] {
        let start = Url::parse_with_params("http://x/api/auth/oidc/start", [("return_to", page)]);
        let start = start.unwrap();
        let path = &start[url::Position::BeforePath..];
        let answer = hub.browser().get(path).await;
        assert_eq!(answer.field_codes(), ["return_to: invalid_url"], "{page}");
    }
}

/// Where the provider asks nothing, a link would be enough to sign somebody in.
async fn another_site_begins_no_sign_in(hub: &TestHub, _: &OidcProvider) {
    let browser = hub.browser();
    for (site, to_log_in) in [
        ("cross-site", true),
        ("same-site", true),
        ("same-origin", false),
        ("none", false),
    ] {
        let start = browser.request(Method::GET, "/api/auth/oidc/start?return_to=/posts");
        let answer = read(start.header("sec-fetch-site", site)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{site}");
        let led = answer.location.unwrap();
        assert_eq!(led == "/login?next=%2Fposts", to_log_in, "{site}: {led}");
    }
}

async fn a_sign_in_is_linked_and_unlinked_by_its_owner(hub: &TestHub, provider: &OidcProvider) {
    let ada = hub.browser();
    ada.register("ada@example.com").await;
    provider.seat("work-7", "ada@work.example");
    let link = async |body: Value| ada.post("/api/auth/oidc/link", body).await;
    hub.clock.advance(SignedDuration::from_mins(11));
    let stale = link(json!({})).await;
    assert_eq!(
        (stale.status, stale.code()),
        (StatusCode::FORBIDDEN, "sign_in_again")
    );
    let wrong = link(json!({ "password": "not it" })).await;
    assert_eq!(wrong.field_codes(), ["password: wrong_credentials"]);
    let good = json!({ "password": super::PASSWORD, "return_to": "/settings/security" });
    let there = link(good.clone()).await.expect(StatusCode::OK);
    let there = read(ada.request(Method::GET, there["url"].as_str().unwrap())).await;
    let callback = Url::parse(&there.location.unwrap()).unwrap();
    assert_eq!(
        back(&ada, &callback).await.location.unwrap(),
        "/settings/security"
    );
    newest(hub, &ada, "ada@example.com", "sign_in_linked").await;

    let elsewhere = hub.browser();
    assert_eq!(sign_in(&elsewhere).await, "/posts");
    assert_eq!(who(&elsewhere).await, "ada@example.com");

    let own = ada.get("/api/auth/oidc").await.expect(StatusCode::OK);
    let unlink = json!({ "issuer": own["items"][0]["issuer"], "password": super::PASSWORD });
    let done = ada.post("/api/auth/oidc/unlink", unlink.clone()).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
    newest(hub, &ada, "ada@example.com", "sign_in_unlinked").await;
    let twice = ada.post("/api/auth/oidc/unlink", unlink).await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    assert_eq!(
        sign_in(&hub.browser()).await,
        refused("registration_closed")
    );

    // A link that began in one session does not end in another.
    let there = link(good).await.expect(StatusCode::OK);
    let there = read(ada.request(Method::GET, there["url"].as_str().unwrap())).await;
    let callback = Url::parse(&there.location.unwrap()).unwrap();
    ada.post("/api/auth/logout", json!({})).await;
    let landing = back(&ada, &callback).await.location.unwrap();
    assert!(!landing.contains("ticket"), "{landing}");
    assert!(landing.contains("state_invalid"), "{landing}");
}

async fn nobody_loses_the_last_way_in(hub: &TestHub, provider: &OidcProvider) {
    let ada = Member::registered(hub, "ada").await.browser;
    invite(&ada, "ben@example.com").await;
    provider.seat("ben-1", "ben@example.com");
    let ben = hub.browser();
    assert_eq!(sign_in(&ben).await, "/posts");
    let account = ben.get("/api/account").await.expect(StatusCode::OK);
    assert_eq!(account["has_password"], false);
    let own = ben.get("/api/auth/oidc").await.expect(StatusCode::OK);
    let unlink = json!({ "issuer": own["items"][0]["issuer"] });
    let refused = ben.post("/api/auth/oidc/unlink", unlink.clone()).await;
    assert_eq!(refused.code(), "last_way_in");
    // No password fits one who has none.
    for password in ["", "anything at all"] {
        let body = json!({ "email": "ben@example.com", "password": password });
        let answer = hub.browser().post("/api/auth/login", body).await;
        assert_ne!(answer.status, StatusCode::OK);
    }
    let new = json!({ "current_password": "", "password": super::PASSWORD });
    let set = ben.post("/api/account/password", new).await;
    assert_eq!(set.status, StatusCode::NO_CONTENT, "{:#}", set.body);
    let done = ben.post("/api/auth/oidc/unlink", unlink).await;
    assert_eq!(done.status, StatusCode::NO_CONTENT);
}

async fn invite(browser: &Browser, email: &str) {
    let body = json!({ "email": email, "role": "editor" });
    browser
        .post("/api/invitations", body)
        .await
        .expect(StatusCode::CREATED);
}

async fn an_invited_address_gets_an_account_and_others_do_not(
    hub: &TestHub,
    provider: &OidcProvider,
) {
    // Nor does anybody set the installation up by it.
    assert_eq!(
        sign_in(&hub.browser()).await,
        refused("registration_closed")
    );
    let ada = Member::registered(hub, "ada").await.browser;
    provider.seat("ben-1", "ben@example.com");
    assert_eq!(
        sign_in(&hub.browser()).await,
        refused("registration_closed")
    );
    invite(&ada, "ben@example.com").await;
    let ben = hub.browser();
    assert_eq!(sign_in(&ben).await, "/posts");
    let status = ben.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["user"]["email_verified"], true);
    assert_eq!(status["workspaces"].as_array().unwrap().len(), 1);
    assert_eq!(status["workspaces"][0]["role"], "editor");
    let open = ada.get("/api/invitations").await.expect(StatusCode::OK);
    assert_eq!(open["items"], json!([]));
}

async fn everybody_gets_an_account(hub: &TestHub, provider: &OidcProvider) {
    hub.browser().register("ada@example.com").await;
    provider.seat("cleo-1", "Cleo@Example.com");
    provider.say("name", json!(""));
    let cleo = hub.browser();
    assert_eq!(sign_in(&cleo).await, "/posts");
    let status = cleo.get("/api/auth/status").await.expect(StatusCode::OK);
    assert_eq!(status["user"]["email"], "cleo@example.com");
    assert_eq!(status["user"]["name"], "cleo");
    assert_eq!(status["workspaces"][0]["role"], "owner");
}
