//! What each platform makes to be tried out is what it would send itself.

use std::collections::BTreeSet;

use fanfare_domain::Secret;
use fanfare_domain::webhook::TestKind;
use fanfare_platform_kit::roles::{Received, Sample, Wish};
use jiff::Timestamp;

const URI: &str = "https://hub.example/hooks/one";

fn received(sample: Sample, at: Timestamp) -> Received {
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
fn what_can_be_tried_out_is_believed_and_understood() {
    let (secret, other) = (Secret::new("ours"), Secret::new("theirs"));
    let at = Timestamp::from_second(1_790_000_000).unwrap();
    let mut tried = 0;
    for platform in crate::all() {
        let Some(webhooks) = platform.webhooks() else {
            continue;
        };
        let mut kinds = BTreeSet::new();
        for kind in TestKind::ALL {
            let wish = Wish {
                kind: *kind,
                account: "4711",
                uri: URI,
                at,
            };
            let sample = webhooks.sample(&secret, &wish);
            let is_told = webhooks.test_kinds().contains(kind);
            assert_eq!(
                sample.is_some(),
                is_told,
                "{kind} of {}",
                platform.manifest().id
            );
            let Some(sample) = sample else { continue };
            let request = received(sample, at);
            assert!(webhooks.is_genuine(std::slice::from_ref(&secret), &request));
            assert!(!webhooks.is_genuine(std::slice::from_ref(&other), &request));
            let told = webhooks.split(&request.body).unwrap();
            assert_eq!(told.len(), 1, "{kind}");
            assert_eq!(told[0].account, "4711", "{kind}");
            assert!(webhooks.facts(&told[0]).unwrap().is_some(), "{kind}");
            kinds.insert(told[0].kind.clone());
            tried += 1;
        }
        assert_eq!(kinds.len(), webhooks.test_kinds().len());
    }
    assert!(tried >= 10, "{tried}");
}
