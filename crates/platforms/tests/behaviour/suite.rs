//! What every platform owes its roles.

use fanfare_domain::ErrorCode;
use fanfare_platform_kit::roles::{Grant, Outgoing, OutgoingMedia, Receipt};
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_sandbox::{CallKind, Fault, FaultRule, Published};

use crate::files::Files;
use crate::stage::Stage;
use crate::walk::{Kill, walk};

/// One sort of post on one sort of connection.
pub struct Case {
    pub platform: &'static str,
    /// What the person types or chooses before signing in.
    pub fields: &'static [(&'static str, &'static str)],
    /// Words of the text; the suite makes each text unlike all others.
    pub text: &'static str,
    /// Whether the platform shows the text.
    pub shows_text: bool,
    pub options: &'static [(&'static str, &'static str)],
    pub media: fn(&Files) -> Vec<OutgoingMedia>,
    /// What the sandbox calls such a post.
    pub kind: &'static str,
}

/// A case on its stage, signed in.
struct Played {
    stage: Stage,
    grant: Grant,
    case: Case,
}

impl Played {
    async fn of(case: Case) -> Self {
        let stage = Stage::of(case.platform).await;
        let grant = stage.sign_in(case.fields).await.unwrap();
        assert!(
            grant
                .channels
                .iter()
                .all(|channel| channel.problem.is_none()),
            "{grant:?}"
        );
        Self { stage, grant, case }
    }

    fn delivery(&self, mark: &str) -> Outgoing {
        let text = format!("{} {mark}", self.case.text);
        let media = (self.case.media)(&self.stage.files);
        let mut outgoing = self.stage.delivery(&self.grant, 0, &text, media);
        let options = self
            .case
            .options
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        outgoing.options.extend(options);
        outgoing
    }

    /// Asserts that exactly one post came of it, and that it is what the receipt says.
    fn exactly_one(&self, outgoing: &Outgoing, receipt: &Receipt, how: &str) -> Published {
        let mut published = self.stage.published();
        assert_eq!(published.len(), 1, "{how}: {published:?}");
        let post = published.remove(0);
        // Where each server counts for itself, the server's name follows the account's id.
        let account = outgoing.channel.remote_id.split('@').next().unwrap();
        assert_eq!(post.account, account, "{how}");
        assert_eq!(post.remote_id, receipt.remote_id, "{how}");
        assert_eq!(
            Some(post.permalink.as_str()),
            receipt.permalink.as_deref(),
            "{how}"
        );
        assert_eq!(post.kind, self.case.kind, "{how}");
        let shown = if self.case.shows_text {
            outgoing.text.as_str()
        } else {
            ""
        };
        assert_eq!(post.text, shown, "{how}");
        assert_eq!(post.media_count, outgoing.media.len(), "{how}");
        post
    }

    fn fault(&self, call: CallKind, fault: Fault, times: u32) {
        let rule = FaultRule {
            call,
            times,
            delay_ms: Some(10),
            ..FaultRule::new(fault)
        };
        self.stage.sandbox.faults().add(rule);
    }
}

/// Publishes, and is killed before and after every single call of the walk.
pub async fn killed_anywhere(case: Case) {
    let played = Played::of(case).await;
    let outgoing = played.delivery("undisturbed");
    let walked = walk(&played.stage, &outgoing, Kill::Never).await;
    played.exactly_one(&outgoing, &walked.end.unwrap(), "undisturbed");
    for turn in 0..walked.turns {
        for kill in [Kill::Before(turn), Kill::After(turn)] {
            played.stage.sandbox.reset(false);
            let how = format!("killed {kill:?}");
            let outgoing = played.delivery(&how);
            let walked = walk(&played.stage, &outgoing, kill).await;
            let receipt = walked
                .end
                .unwrap_or_else(|error| panic!("{how}: {error:?}"));
            played.exactly_one(&outgoing, &receipt, &how);
        }
    }
}

/// Publishes although answers are lost, late, wrong or refused for a while.
pub async fn troubled_anywhere(case: Case) {
    let played = Played::of(case).await;
    let calls = [
        CallKind::Publish,
        CallKind::Media,
        CallKind::Status,
        CallKind::Read,
    ];
    let faults = [
        Fault::TimeoutAfter,
        Fault::TimeoutBefore,
        Fault::ServerError,
        Fault::NotJson,
        Fault::RateLimit,
        Fault::Slow,
    ];
    for call in calls {
        for fault in faults {
            for times in 1..=2 {
                played.stage.sandbox.reset(false);
                played.fault(call, fault, times);
                let how = format!("{fault:?} {times} times at {call:?}");
                let outgoing = played.delivery(&how);
                let walked = walk(&played.stage, &outgoing, Kill::Never).await;
                let receipt = walked
                    .end
                    .unwrap_or_else(|error| panic!("{how}: {error:?}"));
                let published = played.stage.published();
                assert_eq!(published.len(), 1, "{how}: {published:?}");
                assert_eq!(published[0].remote_id, receipt.remote_id, "{how}");
            }
        }
    }
}

/// Posts of the same words one after another are all made, each once, and told apart.
pub async fn same_words_again(case: Case) {
    let played = Played::of(case).await;
    let mut receipts = Vec::new();
    for fault in [None, Some(Fault::TimeoutAfter), None] {
        if let Some(fault) = fault {
            played.fault(CallKind::Publish, fault, 1);
        }
        let mut outgoing = played.delivery("again");
        outgoing.delivery_id = format!("d{}", receipts.len());
        let walked = walk(&played.stage, &outgoing, Kill::Never).await;
        receipts.push(walked.end.unwrap().remote_id);
    }
    let published = played.stage.published();
    let published: Vec<_> = published.into_iter().map(|post| post.remote_id).collect();
    assert_eq!(receipts, published);
}

/// What only a person can mend is said to be so, and nothing is published.
pub async fn refused_for_good(case: Case) {
    let played = Played::of(case).await;
    let has_media = !played.delivery("").media.is_empty();
    let expired = (Fault::ExpiredToken, CallKind::Publish, Advice::Reconnect);
    let revoked = (Fault::RevokedToken, CallKind::Publish, Advice::Reconnect);
    let media = Advice::FixContent {
        field: "media".into(),
    };
    let rejected = has_media.then_some((Fault::RejectedMedia, CallKind::Media, media));
    for (fault, call, advice) in [Some(expired), Some(revoked), rejected]
        .into_iter()
        .flatten()
    {
        played.stage.sandbox.reset(false);
        played.fault(call, fault, 1);
        let outgoing = played.delivery("refused");
        let error = walk(&played.stage, &outgoing, Kill::Never)
            .await
            .end
            .unwrap_err();
        assert_eq!(error.advice, advice, "{fault:?}: {error:?}");
        assert!(played.stage.published().is_empty(), "{fault:?}");
        assert!(
            error
                .detail
                .starts_with(played.stage.platform.manifest().name),
            "{error:?}"
        );
    }
}

/// Connecting: denied, granted, renewed, given back; and what a grant that was taken away looks like.
pub async fn connects(case: Case) {
    let played = Played::of(case).await;
    let (stage, fields) = (&played.stage, played.case.fields);
    let connect = stage.platform.connect().unwrap();
    let denied = stage
        .consent(fields, &[("shown", "1"), ("decision", "deny")])
        .await;
    assert_eq!(code_of(denied), ErrorCode::ConsentDenied);

    let again = stage.sign_in(fields).await.unwrap();
    assert_eq!(
        again.remote_id, played.grant.remote_id,
        "a second grant replaces the first"
    );

    let renewed = connect
        .refresh(&stage.ctx, &again.credentials)
        .await
        .unwrap();
    assert_eq!(renewed.remote_id, again.remote_id);
    let ids = |grant: &Grant| {
        grant
            .channels
            .iter()
            .map(|channel| channel.remote_id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&renewed), ids(&again));

    stage.sandbox.faults().add(FaultRule {
        times: 20,
        ..FaultRule::new(Fault::ServerError)
    });
    let slow = connect
        .refresh(&stage.ctx, &renewed.credentials)
        .await
        .unwrap_err();
    assert!(
        matches!(slow.advice, Advice::Retry { .. }),
        "a slow platform ends no grant: {slow:?}"
    );
    stage.sandbox.faults().clear();

    connect
        .revoke(&stage.ctx, &renewed.credentials)
        .await
        .unwrap();
    stage.sandbox.revoke_tokens(None);
    let gone = connect
        .refresh(&stage.ctx, &renewed.credentials)
        .await
        .unwrap_err();
    assert_eq!(gone.advice, Advice::Reconnect, "{gone:?}");
}

fn code_of(result: Result<Grant, PlatformError>) -> ErrorCode {
    result.map(|grant| grant.name).unwrap_err().code
}
