//! Faults on demand: the next calls of a kind go wrong in a chosen way.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Deserializer, Serialize};

use crate::Platform;
use crate::line::Scissors;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The platform's "too many calls", with its usage headers.
    RateLimit,
    ServerError,
    /// The connection is cut after a while; nothing was done.
    TimeoutBefore,
    /// The work is done, but the connection is cut instead of an answer.
    TimeoutAfter,
    ExpiredToken,
    RevokedToken,
    RejectedMedia,
    /// A page of HTML with status 200, as a proxy in between might send; nothing was done.
    NotJson,
    /// The right answer, late. A webhook: sent late, so that others overtake it.
    Slow,
    /// A webhook is sent twice.
    Duplicate,
    /// A webhook is sent late, and what it tells in the opposite order.
    Reordered,
    /// A webhook is signed with another secret.
    WrongSignature,
}

/// The sorts of calls that a fault can be aimed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallKind {
    #[default]
    Any,
    /// Makes something public.
    Publish,
    /// Writes below a post: a comment, or a reply on Mastodon.
    Comment,
    /// Uploads or downloads media, or makes a container.
    Media,
    /// Asks whether media is ready.
    Status,
    /// Gets, exchanges, refreshes, inspects or revokes a token, or registers an application.
    Token,
    /// Subscribes to what happens on an account, or ends that.
    Subscribe,
    /// Reads anything else.
    Read,
    Delete,
    /// Not a call, but a request that the platform makes: `slow`, `duplicate`, `reordered` and `wrong_signature` concern it.
    Webhook,
}

/// The next `times` calls that match go wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaultRule {
    /// Unset, null or `"any"`: every platform.
    #[serde(default, deserialize_with = "platform_or_any")]
    pub platform: Option<Platform>,
    #[serde(default)]
    pub call: CallKind,
    #[serde(default = "once")]
    pub times: u32,
    pub fault: Fault,
    /// How long `slow` and `reordered` wait (3 s when unset), a timeout takes to cut the connection (2 s), or `rate_limit` tells the
    /// client to wait (a minute; Facebook and Instagram speak in whole minutes).
    #[serde(default)]
    pub delay_ms: Option<u64>,
}

fn once() -> u32 {
    1
}

fn platform_or_any<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Platform>, D::Error> {
    let name = Option::<String>::deserialize(from)?;
    match name.as_deref() {
        None | Some("any" | "") => Ok(None),
        Some(name) => name.parse().map(Some).map_err(serde::de::Error::custom),
    }
}

impl Fault {
    pub const ALL: [Self; 12] = [
        Self::RateLimit,
        Self::ServerError,
        Self::TimeoutBefore,
        Self::TimeoutAfter,
        Self::ExpiredToken,
        Self::RevokedToken,
        Self::RejectedMedia,
        Self::NotJson,
        Self::Slow,
        Self::Duplicate,
        Self::Reordered,
        Self::WrongSignature,
    ];

    fn is_of_webhooks_only(self) -> bool {
        matches!(
            self,
            Self::Duplicate | Self::Reordered | Self::WrongSignature
        )
    }
}

impl CallKind {
    pub const ALL: [Self; 10] = [
        Self::Any,
        Self::Publish,
        Self::Comment,
        Self::Media,
        Self::Status,
        Self::Token,
        Self::Subscribe,
        Self::Read,
        Self::Delete,
        Self::Webhook,
    ];
}

impl FaultRule {
    /// A fault of every call on every platform, once; narrow it with the fields.
    #[must_use]
    pub fn new(fault: Fault) -> Self {
        Self {
            platform: None,
            call: CallKind::Any,
            times: 1,
            fault,
            delay_ms: None,
        }
    }

    /// Why there is no such fault: some go with what the platform sends, the others with what it is asked.
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        let is_of_webhooks = self.fault.is_of_webhooks_only();
        match self.call {
            CallKind::Webhook if !is_of_webhooks && self.fault != Fault::Slow => Some(
                "That fault is one of answers. Webhooks can be slow, duplicate, reordered, or have a wrong_signature.",
            ),
            CallKind::Webhook | CallKind::Any => None,
            _ if is_of_webhooks => Some("That fault is one of webhooks. Name webhook as the call."),
            _ => None,
        }
    }

    fn concerns(&self, platform: Platform, call: CallKind) -> bool {
        let is_meant = if call == CallKind::Webhook || self.fault.is_of_webhooks_only() {
            call == CallKind::Webhook && self.is_of_webhooks()
        } else {
            self.call == CallKind::Any || self.call == call
        };
        is_meant && self.platform.is_none_or(|only| only == platform)
    }

    pub(crate) fn is_of_webhooks(&self) -> bool {
        self.fault.is_of_webhooks_only()
            || (self.call == CallKind::Webhook && self.fault == Fault::Slow)
    }

    /// Waits as long as this fault takes.
    pub async fn wait(&self) {
        let ordinary = match self.fault {
            Fault::Slow | Fault::Reordered => 3_000,
            Fault::TimeoutBefore | Fault::TimeoutAfter => 2_000,
            _ => 0,
        };
        tokio::time::sleep(Duration::from_millis(self.delay_ms.unwrap_or(ordinary))).await;
    }

    /// Never answers: waits, then cuts the connection.
    pub async fn hang_up(&self, scissors: &Scissors) -> Response {
        self.wait().await;
        scissors.cut();
        StatusCode::NO_CONTENT.into_response()
    }
}

/// The faults in waiting, oldest first. A clone is the same list.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Mutex<Vec<FaultRule>>>);

impl Faults {
    pub fn add(&self, rule: FaultRule) {
        if rule.times > 0 {
            self.lock().push(rule);
        }
    }

    /// The rules that still wait for calls.
    #[must_use]
    pub fn list(&self) -> Vec<FaultRule> {
        self.lock().clone()
    }

    pub fn clear(&self) {
        self.lock().clear();
    }

    /// Takes one turn of the oldest rule that concerns this call.
    pub(crate) fn take(&self, platform: Platform, call: CallKind) -> Option<FaultRule> {
        let mut rules = self.lock();
        let at = rules
            .iter()
            .position(|rule| rule.concerns(platform, call))?;
        rules[at].times -= 1;
        let rule = rules[at].clone();
        if rule.times == 0 {
            rules.remove(at);
        }
        Some(rule)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<FaultRule>> {
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// An answer that is no JSON although its status says success.
pub fn not_json() -> Response {
    let page = "<!doctype html><html><head><title>One moment</title></head><body><h1>We will be right back</h1></body></html>";
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

#[cfg(test)]
mod tests {
    use super::{CallKind, Fault, FaultRule, Faults};
    use crate::Platform;

    #[test]
    fn a_rule_is_used_up_by_the_calls_it_concerns() {
        let faults = Faults::default();
        let rule = FaultRule::new(Fault::ServerError);
        faults.add(FaultRule {
            platform: Some(Platform::Mastodon),
            call: CallKind::Publish,
            times: 2,
            ..rule
        });
        assert!(faults.take(Platform::Facebook, CallKind::Publish).is_none());
        assert!(faults.take(Platform::Mastodon, CallKind::Read).is_none());
        assert!(faults.take(Platform::Mastodon, CallKind::Publish).is_some());
        assert!(faults.take(Platform::Mastodon, CallKind::Publish).is_some());
        assert!(faults.take(Platform::Mastodon, CallKind::Publish).is_none());
        assert!(faults.list().is_empty());
    }

    #[test]
    fn faults_of_webhooks_and_of_calls_leave_each_other_alone() {
        let faults = Faults::default();
        faults.add(FaultRule::new(Fault::ServerError));
        assert!(faults.take(Platform::Facebook, CallKind::Webhook).is_none());
        faults.clear();
        faults.add(FaultRule::new(Fault::Duplicate));
        assert!(faults.take(Platform::Facebook, CallKind::Publish).is_none());
        assert!(faults.take(Platform::Facebook, CallKind::Webhook).is_some());
        let slow = FaultRule {
            call: CallKind::Webhook,
            ..FaultRule::new(Fault::Slow)
        };
        assert_eq!(slow.contradiction(), None);
        let none = FaultRule {
            call: CallKind::Publish,
            ..FaultRule::new(Fault::Duplicate)
        };
        assert!(none.contradiction().is_some());
    }

    #[test]
    fn rules_are_read_as_documented() {
        let rule: FaultRule =
            serde_json::from_str(r#"{"platform": "any", "fault": "not_json"}"#).unwrap();
        assert_eq!(rule, FaultRule::new(Fault::NotJson));
        assert!(
            serde_json::from_str::<FaultRule>(r#"{"platform": "myspace", "fault": "slow"}"#)
                .is_err()
        );
        assert!(serde_json::from_str::<FaultRule>(r#"{"fault": "slow", "tiems": 3}"#).is_err());
    }
}
