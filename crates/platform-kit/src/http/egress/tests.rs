//! What the guard lets through and what not, as addresses people could type.

use super::*;
use crate::http::address::tests::private_v4;
use proptest::prelude::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn policy(allowed: &[&str], exceptions: &[&str]) -> EgressPolicy {
    EgressPolicy::new(
        allowed.iter().map(|text| text.parse().unwrap()).collect(),
        exceptions
            .iter()
            .map(|text| text.parse().unwrap())
            .collect(),
    )
}

#[test]
fn public_https_passes_and_the_rest_is_refused() {
    use AddressRefused as R;
    let private = |host: &str| Some(R::Private(host.to_owned()));
    let plain = |host: &str| Some(R::Unencrypted(host.to_owned()));
    let table: &[(&str, Option<R>)] = &[
        ("https://mastodon.social", None),
        ("https://mastodon.social:8443/path?query", None),
        ("https://8.8.8.8/", None),
        ("https://[2606:4700::1111]/", None),
        ("https://bücher.example/", None),
        ("http://mastodon.social/", plain("mastodon.social")),
        ("http://8.8.8.8/", plain("8.8.8.8")),
        ("ftp://mastodon.social/", Some(R::Scheme)),
        ("file:///etc/passwd", Some(R::Scheme)),
        ("data:text/plain,hello", Some(R::Scheme)),
        ("gopher://127.0.0.1:70/", Some(R::Scheme)),
        ("https://me@mastodon.social/", Some(R::UserInfo)),
        ("https://me:secret@mastodon.social/", Some(R::UserInfo)),
        ("https://:secret@mastodon.social/", Some(R::UserInfo)),
        ("https://127.0.0.1/", private("127.0.0.1")),
        ("http://127.0.0.1:9000/", private("127.0.0.1")),
        ("https://127.1/", private("127.0.0.1")),
        ("https://2130706433/", private("127.0.0.1")),
        ("https://0x7f000001/", private("127.0.0.1")),
        ("https://0x7f.1/", private("127.0.0.1")),
        ("https://0177.0.0.1/", private("127.0.0.1")),
        ("https://127.0.0.1./", private("127.0.0.1")),
        ("https://１２７.0.0.1/", private("127.0.0.1")),
        ("https://①②⑦.0.0.1/", private("127.0.0.1")),
        ("https://%31%32%37.0.0.1/", private("127.0.0.1")),
        ("https://0/", private("0.0.0.0")),
        (
            "https://169.254.169.254/latest/meta-data",
            private("169.254.169.254"),
        ),
        ("https://10.1.2.3/", private("10.1.2.3")),
        ("https://[::1]/", private("[::1]")),
        ("https://[::]/", private("[::]")),
        ("https://[::ffff:127.0.0.1]/", private("[::ffff:7f00:1]")),
        ("https://[::ffff:a9fe:a9fe]/", private("[::ffff:a9fe:a9fe]")),
        ("https://[64:ff9b::7f00:1]/", private("[64:ff9b::7f00:1]")),
        ("https://[2002:7f00:1::]/", private("[2002:7f00:1::]")),
        ("https://[fd00:ec2::254]/", private("[fd00:ec2::254]")),
        ("https://localhost/", private("localhost")),
        ("https://LOCALHOST./", private("localhost.")),
        ("https://ⓛocalhost/", private("localhost")),
        ("https://anything.localhost/", private("anything.localhost")),
        ("https://nas.local/", private("nas.local")),
        (
            "https://metadata.google.internal/",
            private("metadata.google.internal"),
        ),
        (
            "https://metadata.amazonaws.com/",
            private("metadata.amazonaws.com"),
        ),
        ("https://postgres/", private("postgres")),
    ];
    for (text, refused) in table {
        assert_eq!(
            EgressPolicy::default().check(&url(text)).err(),
            *refused,
            "{text}"
        );
    }
    let long = format!("https://mastodon.social/{}", "a".repeat(LONGEST));
    assert_eq!(EgressPolicy::default().check(&url(&long)), Err(R::TooLong));
}

#[test]
fn the_operator_can_allow_ranges() {
    let policy = policy(&["127.0.0.0/8", "10.20.0.0/16"], &[]);
    for text in [
        "http://127.0.0.1:3000/",
        "https://127.9.9.9/",
        "http://[::ffff:127.0.0.1]:1/",
        "http://10.20.30.40/",
        "http://localhost:3000/",
        "https://mastodon.social/",
    ] {
        assert_eq!(policy.check(&url(text)), Ok(()), "{text}");
    }
    for text in [
        "http://10.21.0.1/",
        "https://192.168.0.1/",
        "https://[::1]/",
        "http://8.8.8.8/",
    ] {
        assert!(policy.check(&url(text)).is_err(), "{text}");
    }
}

#[test]
fn an_exception_is_one_address_and_port() {
    let policy = policy(&[], &["127.0.0.1:8090"]);
    for text in [
        "http://127.0.0.1:8090/mastodon",
        "http://localhost:8090/",
        "http://LocalHost.:8090/",
    ] {
        assert_eq!(policy.check(&url(text)), Ok(()), "{text}");
    }
    for text in [
        "http://127.0.0.1:8091/",
        "http://127.0.0.1/",
        "http://127.0.0.2:8090/",
        "http://localhost:8091/",
        "http://localhost/",
        "http://my.localhost:8090/",
        "http://me@127.0.0.1:8090/",
        "http://[::1]:8090/",
        "http://evil.example:8090/",
    ] {
        assert!(policy.check(&url(text)).is_err(), "{text}");
    }
}

#[test]
fn names_are_judged_by_what_they_stand_for() {
    let at = |text: &str| -> SocketAddr { SocketAddr::new(text.parse().unwrap(), 0) };
    let inside = policy(&["127.0.0.0/8"], &["10.0.0.1:8090"]);
    type Row<'a> = (
        &'a str,
        bool,
        &'a [&'a str],
        Result<&'a [&'a str], AddressRefused>,
    );
    let table: &[Row<'_>] = &[
        (
            "a.example",
            true,
            &["8.8.8.8", "10.0.0.1"],
            Ok(&["8.8.8.8"]),
        ),
        (
            "a.example",
            true,
            &["10.0.0.1"],
            Err(AddressRefused::Private("a.example".into())),
        ),
        (
            "a.example",
            true,
            &["::ffff:10.0.0.1"],
            Err(AddressRefused::Private("a.example".into())),
        ),
        (
            "a.example",
            false,
            &["8.8.8.8"],
            Err(AddressRefused::Unencrypted("a.example".into())),
        ),
        (
            "a.example",
            false,
            &["8.8.8.8", "127.0.0.1"],
            Ok(&["127.0.0.1"]),
        ),
        (
            "nas.local",
            true,
            &["8.8.8.8"],
            Err(AddressRefused::Private("nas.local".into())),
        ),
        ("localhost", true, &["::1", "127.0.0.1"], Ok(&["127.0.0.1"])),
    ];
    for (host, public, found, expected) in table {
        let found = found.iter().map(|text| at(text)).collect();
        let expected = expected
            .clone()
            .map(|list| list.iter().map(|text| at(text)).collect());
        assert_eq!(choose(&inside, *public, host, found), expected, "{host}");
    }
}

#[tokio::test]
async fn a_name_that_stands_for_this_machine_is_refused_on_connecting() {
    // With something allowed, `check` leaves names to the resolver.
    let client = client(policy(&["10.0.0.0/8"], &["127.0.0.1:1"]));
    let request = client
        .request(Method::GET, url("https://localhost:2/"))
        .unwrap();
    let error = request.send().await.unwrap_err();
    let refused = AddressRefused::Private("localhost".to_owned());
    assert_eq!(
        guard_error(&error),
        Some(GuardError::Refused(refused.clone()))
    );

    let error = PlatformError::from(GuardError::Refused(refused));
    assert_eq!(error.code, ErrorCode::AddressNotAllowed);
    assert!(matches!(error.advice, Advice::FixContent { .. }));
}

#[tokio::test]
async fn a_name_that_nobody_knows_says_so() {
    let request = client(EgressPolicy::default())
        .request(Method::GET, url("https://nobody-has-this-name.invalid/"))
        .unwrap();
    let Some(GuardError::NotFound(unknown)) = guard_error(&request.send().await.unwrap_err())
    else {
        panic!("the name was found");
    };
    let error = PlatformError::from(unknown);
    assert!(
        error.detail.contains("nobody-has-this-name.invalid"),
        "{}",
        error.detail
    );
    assert_eq!(error.code, ErrorCode::InvalidUrl);
    assert_eq!(error.advice, Advice::Retry { after: None });
}

fn client(policy: EgressPolicy) -> GuardedClient {
    crate::http::test_server::use_ring();
    GuardedClient::new(policy, Client::builder).unwrap()
}

proptest! {
    #[test]
    fn no_private_address_passes_however_it_is_written(
        v4 in private_v4(),
        port in 1_u16..,
        form in 0..5,
    ) {
        let bits = u32::from(v4);
        let [a, b, c, d] = v4.octets();
        let host = match form {
            0 => v4.to_string(),
            1 => bits.to_string(),
            2 => format!("0x{bits:x}"),
            3 => format!("0{a:o}.0x{b:x}.{}", u32::from(c) << 8 | u32::from(d)),
            _ => format!("[{}]", v4.to_ipv6_mapped()),
        };
        let typed = url(&format!("https://{host}:{port}/"));
        prop_assert!(EgressPolicy::default().check(&typed).is_err(), "{typed}");
    }
}
