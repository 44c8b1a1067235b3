//! Mastodon's part of the suite.

use std::collections::BTreeMap;

use fanfare_domain::{ErrorCode, Secret};
use fanfare_platform_kit::http::{BudgetKey, Budgets, EgressPolicy, HttpClient};
use fanfare_platform_kit::roles::{
    Authorization, AuthorizeRequest, CallbackAnswer, ConnectFields, Grant, Outgoing, Progress,
    Reconciled, Step,
};
use fanfare_platform_kit::{Advice, Content, Credentials, Options, PlatformContext, PlatformError};
use fanfare_sandbox::{CallKind, Fault, FaultRule};
use serde_json::{Value, json};
use url::Url;

use crate::stage::{Stage, press};
use crate::suite::{self, Case};
use crate::walk::{Kill, walk};

const INSTANCE: &[(&str, &str)] = &[("instance", "{sandbox}")];

const TEXT: Case = Case {
    platform: "mastodon",
    fields: INSTANCE,
    text: "Bread & <buns>, @ines@harbour.example: https://harbour.example/menú #bread",
    shows_text: true,
    options: &[],
    media: |_| Vec::new(),
    kind: "status",
};
const WARNED: Case = Case {
    text: "Fresh bread,",
    options: &[
        ("content_warning", "Food"),
        ("visibility", "private"),
        ("language", "en"),
    ],
    ..TEXT
};
const ALBUM: Case = Case {
    media: |files| {
        vec![
            files.photo("oven.jpg", [90, 20, 20]),
            files.photo("loaf.jpg", [160, 120, 40]),
        ]
    },
    ..TEXT
};
const VIDEO: Case = Case {
    media: |files| vec![files.video("baking.mp4")],
    ..TEXT
};

#[tokio::test]
async fn text_killed_anywhere() {
    suite::killed_anywhere(TEXT).await;
}

#[tokio::test]
async fn warned_killed_anywhere() {
    suite::killed_anywhere(WARNED).await;
}

#[tokio::test]
async fn album_killed_anywhere() {
    suite::killed_anywhere(ALBUM).await;
}

#[tokio::test]
async fn video_killed_anywhere() {
    suite::killed_anywhere(VIDEO).await;
}

#[tokio::test]
async fn text_troubled_anywhere() {
    suite::troubled_anywhere(TEXT).await;
}

#[tokio::test]
async fn album_troubled_anywhere() {
    suite::troubled_anywhere(ALBUM).await;
}

#[tokio::test]
async fn video_troubled_anywhere() {
    suite::troubled_anywhere(VIDEO).await;
}

#[tokio::test]
async fn same_words_again() {
    suite::same_words_again(TEXT).await;
    suite::same_words_again(ALBUM).await;
}

#[tokio::test]
async fn refused_for_good() {
    suite::refused_for_good(ALBUM).await;
}

#[tokio::test]
async fn connects() {
    suite::connects(TEXT).await;
}

/// A stage with an account on the sandbox's instance.
async fn signed_in() -> (Stage, Grant) {
    let stage = Stage::of("mastodon").await;
    let grant = stage.sign_in(INSTANCE).await.unwrap();
    (stage, grant)
}

async fn step(stage: &Stage, outgoing: &Outgoing, from: &Progress) -> Result<Step, PlatformError> {
    stage
        .platform
        .publish()
        .unwrap()
        .step(&stage.ctx, outgoing, from)
        .await
}

/// The progress that announces the post.
async fn announced(stage: &Stage, outgoing: &Outgoing) -> Progress {
    match step(stage, outgoing, &Progress::start()).await.unwrap() {
        Step::Intend(progress) => progress,
        other => panic!("a text is announced at once: {other:?}"),
    }
}

fn typed(instance: &str) -> ConnectFields {
    ConnectFields::from([("instance".to_owned(), Secret::new(instance))])
}

async fn authorize(
    stage: &Stage,
    ctx: &PlatformContext,
    instance: &str,
    registration: Option<Secret>,
) -> Result<Authorization, PlatformError> {
    let fields = typed(instance);
    let request = AuthorizeRequest {
        state: "s1",
        fields: &fields,
        registration,
    };
    stage
        .platform
        .connect()
        .unwrap()
        .authorize(ctx, request)
        .await
}

#[tokio::test]
async fn the_grant_says_who_and_under_which_limits() {
    let stage = Stage::of("mastodon").await;
    stage
        .sandbox
        .behave(|behaviour| behaviour.mastodon_max_characters = 1_234);
    let grant = stage.sign_in(INSTANCE).await.unwrap();
    let host = format!("@{}", stage.sandbox.address);
    assert!(
        grant.name.starts_with('@') && grant.name.ends_with(&host),
        "{}",
        grant.name
    );
    assert!(grant.remote_id.ends_with(&host), "{}", grant.remote_id);
    assert_eq!((grant.expires_at, grant.refreshable), (None, false));
    assert_eq!(
        grant.scopes,
        [
            "read:accounts",
            "read:statuses",
            "write:statuses",
            "write:media"
        ]
    );
    let [channel] = grant.channels.as_slice() else {
        panic!("one channel: {:?}", grant.channels)
    };
    assert_eq!(
        (&channel.name, &channel.kind),
        (&grant.name, &"account".to_owned())
    );
    assert!(
        channel
            .url
            .as_ref()
            .unwrap()
            .starts_with(stage.sandbox.url.as_str())
    );

    let outgoing = stage.delivery(&grant, 0, "", Vec::new());
    let rules = stage
        .platform
        .publish()
        .unwrap()
        .rules(&outgoing.channel, &Options::new())
        .into_owned();
    assert_eq!((rules.text.max, rules.media.max_items), (Some(1_234), 4));

    stage
        .sandbox
        .behave(|behaviour| behaviour.mastodon_max_characters = 99);
    let connect = stage.platform.connect().unwrap();
    let renewed = connect
        .refresh(&stage.ctx, &grant.credentials)
        .await
        .unwrap();
    assert_eq!(renewed.channels[0].limits["max_characters"], 99);
}

#[tokio::test]
async fn the_registration_is_kept_until_it_is_of_no_use() {
    let stage = Stage::of("mastodon").await;
    let instance = stage.sandbox.url.as_str();
    let with = async |ctx: &PlatformContext, registration: Option<Secret>| {
        let authorization = authorize(&stage, ctx, instance, registration)
            .await
            .unwrap();
        assert!(press(&authorization.url, &[]).await.contains_key("code"));
        let query: BTreeMap<_, _> = authorization.url.query_pairs().into_owned().collect();
        (
            query["client_id"].clone(),
            authorization.registration.unwrap(),
        )
    };
    let (first, kept) = with(&stage.ctx, None).await;
    assert_eq!(with(&stage.ctx, Some(kept.clone())).await.0, first);

    // The instance has forgotten us; what was kept is from another version; we have moved.
    let forgotten = Secret::new(kept.expose().replace(&first, "forgotten"));
    let unreadable = Secret::new("{}");
    let redirect_uri = Url::parse("https://other.example/callback").unwrap();
    let moved = PlatformContext {
        redirect_uri,
        ..stage.ctx.clone()
    };
    for (ctx, registration) in [
        (&stage.ctx, forgotten),
        (&stage.ctx, unreadable),
        (&moved, kept),
    ] {
        let (client, _) = with(ctx, Some(registration)).await;
        assert!(client != first && client != "forgotten", "{client}");
    }
}

#[tokio::test]
async fn a_sign_in_works_once_and_only_where_it_began() {
    let stage = Stage::of("mastodon").await;
    let connect = stage.platform.connect().unwrap();
    let authorization = authorize(&stage, &stage.ctx, stage.sandbox.url.as_str(), None)
        .await
        .unwrap();
    let back = async |kept: Value| CallbackAnswer {
        query: press(&authorization.url, &[]).await,
        kept,
    };
    let refused = async |answer| {
        let error = connect.exchange(&stage.ctx, answer).await.unwrap_err();
        assert_eq!(
            (error.code, error.advice),
            (ErrorCode::StateInvalid, Advice::Permanent)
        );
    };

    let answer = back(authorization.kept.clone()).await;
    let again = CallbackAnswer {
        query: answer.query.clone(),
        kept: answer.kept.clone(),
    };
    connect.exchange(&stage.ctx, answer).await.unwrap();
    refused(again).await;

    // Somebody else's code: the verifier does not fit.
    let mut stolen = back(authorization.kept.clone()).await;
    stolen.kept["verifier"] = "another".into();
    refused(stolen).await;
    refused(back(Value::Null).await).await;
}

#[tokio::test]
async fn an_address_that_is_no_instance_is_the_field_to_mend() {
    let stage = Stage::of("mastodon").await;
    // Its files are served by a server that is no instance.
    let other = stage.files.photo("oven.jpg", [1, 2, 3]).public_url;
    let other = format!(
        "http://{}:{}",
        other.host_str().unwrap(),
        other.port().unwrap()
    );
    let exceptions = vec![
        stage.sandbox.address,
        other["http://".len()..].parse().unwrap(),
    ];
    let policy = EgressPolicy::new(Vec::new(), exceptions);
    let http = HttpClient::new(policy, Budgets::default(), stage.ctx.clock.clone()).unwrap();
    let ctx = PlatformContext {
        http,
        ..stage.ctx.clone()
    };
    let table = [
        (other.as_str(), ErrorCode::ServerNotSupported),
        ("http://127.0.0.1:1", ErrorCode::AddressNotAllowed),
        ("http://10.0.0.1", ErrorCode::AddressNotAllowed),
        ("https://169.254.169.254", ErrorCode::AddressNotAllowed),
        ("nobody-has-this-name.invalid", ErrorCode::InvalidUrl),
        ("mastodon", ErrorCode::InvalidUrl),
        ("", ErrorCode::Required),
    ];
    for (instance, code) in table {
        let Err(error) = authorize(&stage, &ctx, instance, None).await else {
            panic!("{instance} is taken for an instance")
        };
        assert_eq!(error.code, code, "{instance}: {error}");
        assert_eq!(
            error.advice,
            Advice::FixContent {
                field: "instance".into()
            },
            "{instance}"
        );
    }
    // A path is no part of an instance's address.
    assert!(
        authorize(&stage, &ctx, &format!("{}@me", stage.sandbox.url), None)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn options_and_alternative_texts_arrive() {
    let (stage, grant) = signed_in().await;
    let mut media = vec![stage.files.photo("oven.jpg", [90, 20, 20])];
    media[0].facts.alt = "An oven".into();
    let mut outgoing = stage.delivery(&grant, 0, "Warm", media);
    outgoing.options = serde_json::from_value(json!({
        "visibility": "unlisted", "content_warning": "Food", "sensitive": true, "language": "en",
    }))
    .unwrap();
    let receipt = walk(&stage, &outgoing, Kill::Never).await.end.unwrap();
    assert_eq!(
        stage.published()[0].idempotency_key.as_ref(),
        Some(&outgoing.delivery_id)
    );

    let url = stage
        .sandbox
        .url
        .join(&format!("api/v1/statuses/{}", receipt.remote_id))
        .unwrap();
    let request = stage.ctx.http.guarded(reqwest::Method::GET, url).unwrap();
    let status: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(
        (&status["visibility"], &status["spoiler_text"]),
        (&json!("unlisted"), &json!("Food"))
    );
    assert_eq!(
        (&status["sensitive"], &status["language"]),
        (&json!(true), &json!("en"))
    );
    assert_eq!(status["media_attachments"][0]["description"], "An oven");
}

/// Without the key's help: what is there is found by looking.
#[tokio::test]
async fn a_post_whose_answer_was_lost_is_read_back() {
    let (stage, grant) = signed_in().await;
    let publish = stage.platform.publish().unwrap();
    for case in [TEXT, WARNED, ALBUM, VIDEO] {
        stage.sandbox.reset(false);
        let mut outgoing = stage.delivery(&grant, 0, case.text, (case.media)(&stage.files));
        let options = case
            .options
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        outgoing.options.extend(options);
        let mut progress = Progress::start();
        let receipt = loop {
            match step(&stage, &outgoing, &progress).await.unwrap() {
                Step::Published(receipt) => break receipt,
                Step::Checkpoint(next) | Step::Intend(next) => progress = next,
                Step::Wait { progress: next, .. } => progress = next,
            }
        };
        let known = publish
            .reconcile(&stage.ctx, &outgoing, &progress)
            .await
            .unwrap();
        assert_eq!(known, Reconciled::Published(receipt), "{}", case.text);
        assert_eq!(stage.published().len(), 1);
    }
}

#[tokio::test]
async fn another_post_is_not_taken_for_ours() {
    let (stage, grant) = signed_in().await;
    let publish = stage.platform.publish().unwrap();
    let others = stage.delivery(&grant, 0, "Good morning", Vec::new());
    walk(&stage, &others, Kill::Never).await.end.unwrap();

    let longer = stage.delivery(&grant, 0, "Good morning, all", Vec::new());
    let mut warned = stage.delivery(&grant, 0, "Good morning", Vec::new());
    warned
        .options
        .insert("content_warning".into(), "Birds".into());
    for outgoing in [&longer, &warned] {
        let announced = announced(&stage, outgoing).await;
        let known = publish
            .reconcile(&stage.ctx, outgoing, &announced)
            .await
            .unwrap();
        let Reconciled::NotPublished(progress) = known else {
            panic!("{known:?}")
        };
        // The next call is announced anew.
        assert!(matches!(
            step(&stage, outgoing, &progress).await.unwrap(),
            Step::Intend(_)
        ));
    }
    let unreadable = Progress(json!({"media": "from another version"}));
    assert_eq!(
        publish
            .reconcile(&stage.ctx, &longer, &unreadable)
            .await
            .unwrap(),
        Reconciled::Unknown
    );
    assert_eq!(stage.published().len(), 1);
}

#[tokio::test]
async fn the_key_makes_a_repeated_call_the_same_post() {
    let (stage, grant) = signed_in().await;
    let outgoing = stage.delivery(&grant, 0, "Once", Vec::new());
    let announced = announced(&stage, &outgoing).await;
    let first = step(&stage, &outgoing, &announced).await.unwrap();
    assert_eq!(step(&stage, &outgoing, &announced).await.unwrap(), first);
    assert_eq!(stage.published().len(), 1);
}

#[tokio::test]
async fn what_the_instance_refuses_comes_back_in_words() {
    let (stage, grant) = signed_in().await;
    let mut outgoing = stage.delivery(&grant, 0, "Refused", Vec::new());
    let announced = announced(&stage, &outgoing).await;
    outgoing.text = "x".repeat(501);
    let error = step(&stage, &outgoing, &announced).await.unwrap_err();
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "text".into()
        }
    );
    assert!(error.detail.contains("500"), "{}", error.detail);

    let mut json: Value = serde_json::from_str(grant.credentials.json().expose()).unwrap();
    json["token"] = "junk".into();
    outgoing.credentials = Credentials::from_value(&json);
    assert_eq!(
        step(&stage, &outgoing, &announced)
            .await
            .unwrap_err()
            .advice,
        Advice::Reconnect
    );

    let media = vec![stage.files.photo("oven.jpg", [90, 20, 20])];
    let outgoing = stage.delivery(&grant, 0, "Refused", media);
    let path = stage.files.path("oven.jpg");
    std::fs::remove_file(&path).unwrap();
    let error = step(&stage, &outgoing, &Progress::start())
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaMissing);
    std::fs::write(&path, "this is no picture").unwrap();
    let error = step(&stage, &outgoing, &Progress::start())
        .await
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaRejected);
    assert!(stage.published().is_empty());
}

#[tokio::test]
async fn too_many_calls_hold_the_channel_back_without_asking_again() {
    let (stage, grant) = signed_in().await;
    let outgoing = stage.delivery(&grant, 0, "Later", Vec::new());
    let announced = announced(&stage, &outgoing).await;
    stage.sandbox.faults().add(FaultRule {
        call: CallKind::Publish,
        ..FaultRule::new(Fault::RateLimit)
    });
    let error = step(&stage, &outgoing, &announced).await.unwrap_err();
    let Advice::RateLimited { until, .. } = error.advice else {
        panic!("{error}")
    };
    assert!(until > stage.ctx.now());
    let key = BudgetKey::channel("mastodon", &outgoing.channel.id);
    assert_eq!(stage.ctx.http.budgets().usage(&key).unwrap().percent, 100.0);
    let calls = stage.sandbox.calls();
    let error = step(&stage, &outgoing, &announced).await.unwrap_err();
    assert!(
        matches!(error.advice, Advice::RateLimited { until: told, .. } if told == until),
        "{error}"
    );
    assert_eq!(stage.sandbox.calls(), calls);
}

#[tokio::test]
async fn a_token_given_back_is_no_longer_good() {
    let (stage, grant) = signed_in().await;
    let connect = stage.platform.connect().unwrap();
    for _ in 0..2 {
        connect
            .revoke(&stage.ctx, &grant.credentials)
            .await
            .unwrap();
    }
    let error = connect
        .refresh(&stage.ctx, &grant.credentials)
        .await
        .unwrap_err();
    assert_eq!(
        (error.advice, error.code),
        (Advice::Reconnect, ErrorCode::ConnectionExpired)
    );
}

#[tokio::test]
async fn we_count_as_the_instance_does() {
    let stage = Stage::of("mastodon").await;
    stage
        .sandbox
        .behave(|behaviour| behaviour.mastodon_max_characters = 40);
    let grant = stage.sign_in(INSTANCE).await.unwrap();
    let publish = stage.platform.publish().unwrap();
    for (text, warning) in [
        ("a".repeat(40), ""),
        ("👩‍🍳".repeat(40), ""),
        (
            format!("https://example.org/{} {}", "a".repeat(90), "b".repeat(16)),
            "",
        ),
        (format!("@ines@harbour.example {}", "b".repeat(34)), ""),
        ("é".repeat(36), "Food"),
    ] {
        let findings = |outgoing: &Outgoing| {
            let content = Content {
                text: &outgoing.text,
                media: &[],
                options: &outgoing.options,
            };
            publish.check(&outgoing.channel, &content).len()
        };
        let mut outgoing = stage.delivery(&grant, 0, &text, Vec::new());
        outgoing
            .options
            .insert("content_warning".into(), warning.into());
        assert_eq!(findings(&outgoing), 0, "{text}");
        walk(&stage, &outgoing, Kill::Never).await.end.unwrap();

        outgoing.text.push('c');
        outgoing.delivery_id.push('c');
        assert_eq!(findings(&outgoing), 1, "{text}");
        let error = walk(&stage, &outgoing, Kill::Never).await.end.unwrap_err();
        assert_eq!(error.code, ErrorCode::ContentRejected, "{text}");
    }
}
