//! That the contract is enough for platforms that sign more than the body: the method, the address and the time of the request.

use fanfare_domain::Secret;
use fanfare_domain::webhook::TestKind;
use jiff::{SignedDuration, Timestamp};

use super::{
    InboundFact, NotUnderstood, Notification, Received, Sample, SignedWord, Webhooks, Wish,
};
use crate::signature::{hmac_sha256_hex, hmac_sha256_matches};

const SIGNATURE: &str = "signature";
const SIGNED_AT: &str = "signed-at";
/// What was signed longer ago, or will be, is not believed: whoever got hold of a request cannot send it again later.
const WINDOW: SignedDuration = SignedDuration::from_mins(5);
const URI: &str = "https://hub.example/hooks/one?a=%2Fb";

/// Signs as HubSpot does in its third version, with a hex digest.
struct Scheme;

fn signed(method: &str, uri: &str, body: &[u8], at: &str) -> Vec<u8> {
    [method.as_bytes(), uri.as_bytes(), body, at.as_bytes()].concat()
}

impl Webhooks for Scheme {
    fn handshake(&self, _: &[Secret], _: &[(String, String)]) -> Option<String> {
        None
    }

    fn is_genuine(&self, secrets: &[Secret], request: &Received) -> bool {
        let (Some(claimed), Some(text)) = (request.header(SIGNATURE), request.header(SIGNED_AT))
        else {
            return false;
        };
        let signed_at = text.parse().ok().map(Timestamp::from_millisecond);
        let Some(Ok(signed_at)) = signed_at else {
            return false;
        };
        let message = signed(&request.method, &request.uri, &request.body, text);
        let is_signed = secrets.iter().fold(false, |found, secret| {
            hmac_sha256_matches(secret.expose().as_bytes(), &message, claimed) | found
        });
        is_signed && request.at.duration_since(signed_at).abs() <= WINDOW
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        &[SIGNATURE, SIGNED_AT]
    }

    fn split(&self, _: &[u8]) -> Result<Vec<Notification>, NotUnderstood> {
        Ok(Vec::new())
    }

    fn facts(&self, _: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
        Ok(None)
    }

    fn test_kinds(&self) -> Vec<TestKind> {
        vec![TestKind::Message]
    }

    fn sample(&self, secret: &Secret, wish: &Wish<'_>) -> Option<Sample> {
        let body = wish.account.as_bytes().to_vec();
        let at = wish.at.as_millisecond().to_string();
        let message = signed("POST", wish.uri, &body, &at);
        let signature = hmac_sha256_hex(secret.expose().as_bytes(), &message);
        Some(Sample {
            headers: vec![(SIGNATURE, signature), (SIGNED_AT, at)],
            body,
        })
    }

    fn person_of(&self, _: &[Secret], _: &str) -> Option<SignedWord> {
        None
    }
}

fn request(secret: &Secret, at: Timestamp) -> Received {
    let wish = Wish {
        kind: TestKind::Message,
        account: "4711",
        uri: URI,
        at,
    };
    let sample = Scheme.sample(secret, &wish).unwrap();
    let headers = sample.headers.into_iter();
    Received {
        method: "POST".to_owned(),
        uri: URI.to_owned(),
        headers: headers
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body: sample.body,
        at,
    }
}

#[test]
fn a_platform_can_sign_the_method_the_address_and_the_time() {
    let secret = Secret::new("ours");
    let known = [Secret::new("older"), secret.clone()];
    let at = Timestamp::from_millisecond(1_790_000_000_123).unwrap();
    let right = request(&secret, at);
    assert!(Scheme.is_genuine(&known, &right));
    let changes: [fn(&mut Received); 6] = [
        |request| request.method = "PUT".to_owned(),
        |request| request.uri = "https://hub.example/hooks/one".to_owned(),
        |request| request.body.push(b'x'),
        |request| {
            let at = request.at.as_millisecond() + 1;
            request.headers.insert(SIGNED_AT.to_owned(), at.to_string());
        },
        |request| {
            request.headers.remove(SIGNED_AT);
        },
        |request| {
            request.headers.remove(SIGNATURE);
        },
    ];
    for (number, change) in changes.into_iter().enumerate() {
        let mut wrong = right.clone();
        change(&mut wrong);
        assert!(!Scheme.is_genuine(&known, &wrong), "change {number}");
    }
    assert!(!Scheme.is_genuine(&known[..1], &right));
}

#[test]
fn what_was_signed_long_ago_is_not_believed() {
    let secret = Secret::new("ours");
    let at = Timestamp::from_millisecond(1_790_000_000_123).unwrap();
    let mut request = request(&secret, at);
    let known = std::slice::from_ref(&secret);
    for (minutes, is_believed) in [(5, true), (6, false), (-5, true), (-6, false)] {
        request.at = at + SignedDuration::from_mins(minutes);
        assert_eq!(Scheme.is_genuine(known, &request), is_believed, "{minutes}");
    }
}
