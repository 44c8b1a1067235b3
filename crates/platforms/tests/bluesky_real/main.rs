//! Bluesky against a real server. `cargo x test` starts one; by hand: `cargo x bluesky`, then set what it prints.

mod stage;

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::Advice;
use fanfare_platform_kit::roles::{Progress, Reconciled, Step};
use serde_json::{Value, json};

use stage::{Real, did, key, picture, secret_of, site, unique, with_secrets};

#[tokio::test]
async fn an_app_password_connects() {
    let Some(real) = Real::find() else { return };
    let handle = real.handle.clone();
    let grant = real
        .paste(&[("identifier", &format!(" @{handle}\n"))])
        .await
        .unwrap();
    assert!(
        grant.remote_id.starts_with("did:plc:"),
        "{}",
        grant.remote_id
    );
    assert_eq!(grant.name, format!("@{handle}"));
    assert!(grant.refreshable);
    let ends = grant.expires_at.unwrap().duration_since(real.ctx.now());
    assert!((110..=125).contains(&ends.as_mins()), "{ends}");
    let [channel] = grant.channels.as_slice() else {
        panic!("{:?}", grant.channels)
    };
    assert_eq!(
        (channel.remote_id.as_str(), channel.problem.as_deref()),
        (grant.remote_id.as_str(), None)
    );
    assert!(!format!("{grant:?}").contains(&real.password));
}

#[tokio::test]
async fn what_is_wrong_with_a_connection_names_the_field() {
    let Some(real) = Real::find() else { return };
    let no_server = site().await;
    type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, ErrorCode);
    let table: &[Row<'_>] = &[
        (
            &[("app_password", "not-the-password")],
            "app_password",
            ErrorCode::WrongCredentials,
        ),
        (
            &[("identifier", "nobody.test")],
            "app_password",
            ErrorCode::WrongCredentials,
        ),
        (&[("identifier", "")], "identifier", ErrorCode::Required),
        (
            &[("app_password", " ")],
            "app_password",
            ErrorCode::Required,
        ),
        (
            &[("service", "not an address")],
            "service",
            ErrorCode::InvalidUrl,
        ),
        (
            &[("service", &no_server)],
            "service",
            ErrorCode::ServerNotSupported,
        ),
        (
            &[("service", "http://10.0.0.1")],
            "service",
            ErrorCode::AddressNotAllowed,
        ),
        (
            &[("service", "https://[fd00::1]")],
            "service",
            ErrorCode::AddressNotAllowed,
        ),
        (
            &[("service", "nobody-has-this-name.invalid")],
            "service",
            ErrorCode::InvalidUrl,
        ),
    ];
    for (fields, field, code) in table {
        let error = real.paste(fields).await.unwrap_err();
        assert_eq!(error.code, *code, "{fields:?}: {error}");
        assert_eq!(
            error.advice,
            Advice::FixContent {
                field: (*field).into()
            },
            "{fields:?}"
        );
    }
    let down = real
        .paste(&[("service", "http://127.0.0.1:1")])
        .await
        .unwrap_err();
    assert_eq!(down.advice, Advice::Retry { after: None });
}

#[tokio::test]
async fn text_pictures_and_facets_arrive_and_every_step_may_run_twice() {
    let Some(real) = Real::find() else { return };
    let other =
        std::env::var("FANFARE_TEST_BLUESKY_OTHER_HANDLE").unwrap_or_else(|_| real.handle.clone());
    let text = unique(&format!(
        "🥐 ¡Hola @{other}, @nobody-here.test! #pan #日本語 https://example.org/menú?a=1."
    ));
    let folder = tempfile::tempdir().unwrap();
    let mut outgoing = real.outgoing(&text).await;
    outgoing.media = vec![
        picture(&folder, "a.png", 40, 30, "A loaf"),
        picture(&folder, "b.png", 31, 20, ""),
    ];
    outgoing.options.insert("languages".into(), "es, en".into());

    let (receipt, _) = real.walk(&outgoing, 2).await;

    assert_eq!(real.count(&outgoing).await, 1);
    let key = key(&receipt);
    assert_eq!(
        receipt.permalink,
        Some(format!(
            "https://bsky.app/profile/{}/post/{key}",
            did(&outgoing)
        ))
    );
    let record = real.record(&outgoing, key).await;
    assert_eq!(record["text"], text);
    assert_eq!(record["langs"], json!(["es", "en"]));
    let created_at: jiff::Timestamp = record["createdAt"].as_str().unwrap().parse().unwrap();
    assert_eq!(created_at, outgoing.began_at);
    let marked: Vec<_> = record["facets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|facet| {
            let at = |name: &str| usize::try_from(facet["index"][name].as_u64().unwrap()).unwrap();
            let feature = &facet["features"][0];
            (
                &text[at("byteStart")..at("byteEnd")],
                feature["$type"]
                    .as_str()
                    .unwrap()
                    .rsplit('#')
                    .next()
                    .unwrap(),
            )
        })
        .collect();
    let mention = format!("@{other}");
    assert_eq!(
        marked,
        [
            (mention.as_str(), "mention"),
            ("#pan", "tag"),
            ("#日本語", "tag"),
            ("https://example.org/menú?a=1", "link")
        ]
    );
    assert!(
        record["facets"][0]["features"][0]["did"]
            .as_str()
            .unwrap()
            .starts_with("did:plc:")
    );
    assert_eq!(
        record["facets"][3]["features"][0]["uri"],
        "https://example.org/men%C3%BA?a=1"
    );
    let images = record["embed"]["images"].as_array().unwrap();
    assert_eq!(
        (images[0]["alt"].as_str(), images[1]["alt"].as_str()),
        (Some("A loaf"), Some(""))
    );
    assert_eq!(images[0]["aspectRatio"], json!({"width": 40, "height": 30}));
    assert_eq!(images[0]["image"]["mimeType"], "image/png");
}

#[tokio::test]
async fn a_link_gets_a_card_and_a_bad_page_does_not_stop_the_post() {
    let Some(real) = Real::find() else { return };
    let site = site().await;
    let card = json!({"title": "Bread & buns", "description": "Fresh daily"});
    for (page, expected) in [
        ("good", Some(&card)),
        ("moved", Some(&card)),
        ("inside", None),
        ("loop", None),
        ("error", None),
        ("file", None),
        ("gone", None),
    ] {
        let outgoing = real
            .outgoing(&unique(&format!("See {site}/{page} today")))
            .await;
        let (receipt, _) = real.walk(&outgoing, 2).await;
        assert_eq!(real.count(&outgoing).await, 1, "{page}");
        let external = real.record(&outgoing, key(&receipt)).await["embed"]["external"].clone();
        match expected {
            None => assert!(external.is_null(), "{page}: {external}"),
            Some(card) => {
                assert_eq!(
                    (&external["title"], &external["description"]),
                    (&card["title"], &card["description"])
                );
                assert_eq!(external["uri"], format!("{site}/{page}"));
            }
        }
    }
}

#[tokio::test]
async fn a_card_shows_the_picture_of_its_page_if_that_is_not_too_heavy() {
    let Some(real) = Real::find() else { return };
    let site = site().await;
    for (page, mime) in [("pictured", json!("image/png")), ("heavy", Value::Null)] {
        let outgoing = real.outgoing(&unique(&format!("See {site}/{page}"))).await;
        let (receipt, _) = real.walk(&outgoing, 2).await;
        let external = real.record(&outgoing, key(&receipt)).await["embed"]["external"].clone();
        assert_eq!(external["title"], "Buns", "{page}");
        assert_eq!(external["thumb"]["mimeType"], mime, "{page}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_found_again_from_every_point() {
    let Some(real) = Real::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut outgoing = real.outgoing(&unique("Lost and found")).await;
    outgoing.media = vec![picture(&folder, "c.png", 33, 30, "A bun")];
    let start = real.step(&outgoing, &Progress::start()).await.unwrap();
    let Step::Checkpoint(begun) = start else {
        panic!("{start:?}")
    };
    assert_eq!(
        real.reconcile(&outgoing, &begun).await,
        Reconciled::NotPublished(begun)
    );

    let (receipt, saved) = real.walk(&outgoing, 1).await;
    for progress in saved
        .iter()
        .chain([&Progress(json!({"from": "another version"}))])
    {
        let Reconciled::Published(found) = real.reconcile(&outgoing, progress).await else {
            panic!("not found from {progress:?}");
        };
        assert_eq!(
            (found.remote_id, found.permalink),
            (receipt.remote_id.clone(), receipt.permalink.clone())
        );
    }
    // A worker that crashed and knows nothing begins anew: the same record again.
    let (again, _) = real.walk(&outgoing, 1).await;
    assert_eq!(again.remote_id, receipt.remote_id);
    assert_eq!(real.count(&outgoing).await, 1);

    let gone =
        json!({"repo": did(&outgoing), "collection": "app.bsky.feed.post", "rkey": key(&receipt)});
    real.call(&outgoing, "com.atproto.repo.deleteRecord", Some(gone), &[])
        .await;
    let last = saved.last().unwrap();
    assert_eq!(
        real.reconcile(&outgoing, last).await,
        Reconciled::NotPublished(last.clone())
    );
    assert_eq!(real.count(&outgoing).await, 0);
}

#[tokio::test]
async fn somebody_elses_record_under_our_key_is_left_alone() {
    let Some(real) = Real::find() else { return };
    let outgoing = real.outgoing(&unique("Ours")).await;
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };
    let theirs = json!({
        "repo": did(&outgoing), "collection": "app.bsky.feed.post", "rkey": begun.0["key"],
        "record": {"$type": "app.bsky.feed.post", "text": "Theirs", "createdAt": "2026-01-01T00:00:00.000Z"},
    });
    real.call(&outgoing, "com.atproto.repo.putRecord", Some(theirs), &[])
        .await;

    assert!(matches!(
        real.reconcile(&outgoing, &begun).await,
        Reconciled::NotPublished(_)
    ));
    let (receipt, _) = real.walk(&outgoing, 2).await;

    assert_ne!(key(&receipt), begun.0["key"]);
    assert_eq!(
        real.record(&outgoing, begun.0["key"].as_str().unwrap())
            .await["text"],
        "Theirs"
    );
    assert_eq!(
        real.record(&outgoing, key(&receipt)).await["text"],
        outgoing.text
    );
    assert_eq!(real.count(&outgoing).await, 1);
}

#[tokio::test]
async fn a_session_that_has_ended_is_renewed_and_the_post_goes_out() {
    let Some(real) = Real::find() else { return };
    let mut outgoing = real.outgoing(&unique("Renewed")).await;
    let good = outgoing.credentials.clone();
    let renewal = secret_of(&good, "renewal");
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };

    // Nonsense, nothing, and a token of the wrong kind.
    for junk in ["junk", "", "a.b.c", &renewal] {
        outgoing.credentials = with_secrets(&good, &[("access", junk)]);
        let error = real.step(&outgoing, &begun).await.unwrap_err();
        assert!(
            matches!(error.advice, Advice::Refresh | Advice::Reconnect),
            "{junk:.9}: {error}"
        );
        assert_eq!(error.code, ErrorCode::ConnectionExpired, "{junk:.9}");
    }
    // The answer to the first renewal is lost: the old pair still leads to a new one.
    let lost = real.refresh(&outgoing.credentials).await.unwrap();
    let renewed = real.refresh(&outgoing.credentials).await.unwrap();
    assert_eq!(renewed.remote_id, lost.remote_id);
    assert_ne!(
        secret_of(&renewed.credentials, "access"),
        secret_of(&outgoing.credentials, "access")
    );
    outgoing.credentials = renewed.credentials;
    assert!(matches!(
        real.step(&outgoing, &begun).await.unwrap(),
        Step::Published(_)
    ));
    assert_eq!(real.count(&outgoing).await, 1);
}

#[tokio::test]
async fn the_app_password_replaces_a_lost_pair_and_without_it_the_person_must_come() {
    let Some(real) = Real::find() else { return };
    let good = real.paste(&[]).await.unwrap().credentials;
    for junk in ["junk", "a.b.c"] {
        let lost = with_secrets(&good, &[("access", junk), ("renewal", junk)]);
        let grant = real.refresh(&lost).await.unwrap();
        assert_eq!(secret_of(&grant.credentials, "app_password"), real.password);
        let withdrawn = with_secrets(&lost, &[("app_password", "withdrawn")]);
        let error = real.refresh(&withdrawn).await.unwrap_err();
        assert_eq!(
            (error.advice, error.code),
            (Advice::Reconnect, ErrorCode::ConnectionExpired)
        );
    }
    let connect = real.bluesky.connect().unwrap();
    for _ in 0..2 {
        connect.revoke(&real.ctx, &good).await.unwrap();
    }
}

#[tokio::test]
async fn what_the_server_refuses_comes_back_in_words() {
    let Some(real) = Real::find() else { return };
    let outgoing = real.outgoing(&unique(&"long ".repeat(70))).await;
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };
    let error = real.step(&outgoing, &begun).await.unwrap_err();
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "text".into()
        },
        "{error}"
    );
    assert_eq!(error.code, ErrorCode::ContentRejected);
    assert!(error.detail.contains("300"), "{}", error.detail);
    assert_eq!(real.count(&outgoing).await, 0);

    let folder = tempfile::tempdir().unwrap();
    let mut outgoing = real.outgoing(&unique("Heavy")).await;
    outgoing.media = vec![picture(&folder, "d.png", 20, 20, "")];
    std::fs::write(folder.path().join("d.png"), vec![0; 6 * 1024 * 1024]).unwrap();
    let Step::Checkpoint(begun) = real.step(&outgoing, &Progress::start()).await.unwrap() else {
        panic!()
    };
    let error = real.step(&outgoing, &begun).await.unwrap_err();
    assert_eq!(
        error.advice,
        Advice::FixContent {
            field: "media".into()
        },
        "{error}"
    );
    std::fs::remove_file(folder.path().join("d.png")).unwrap();
    let error = real.step(&outgoing, &begun).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::MediaMissing, "{error}");
}
