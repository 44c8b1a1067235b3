//! Meta's webhooks, as all of its platforms send them (shared facts: `providers/meta.md`, section 6).

mod conversation;
#[cfg(test)]
mod fuzz;
mod gathered;
mod lenient;
mod read;
mod signed_request;
mod split;
#[cfg(test)]
mod tests;

use fanfare_domain::Secret;
use fanfare_domain::webhook::TestKind;
use fanfare_platform_kit::roles::{
    InboundFact, NotUnderstood, Notification, Received, Sample, SignedWord, Webhooks, Wish,
};
use fanfare_platform_kit::signature::{hmac_sha256_hex, hmac_sha256_matches};
use jiff::Timestamp;
use serde_json::{Value as Json, json};
use subtle::ConstantTimeEq;

pub use conversation::{conversation, message_example};
pub use read::Value;

const SIGNATURE: &str = "x-hub-signature-256";

/// One platform's webhooks: what Meta calls it in them, and what its notifications mean.
pub struct MetaWebhooks {
    /// `page`, `instagram`, `whatsapp_business_account`.
    pub object: &'static str,
    pub facts: fn(&Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood>,
    /// Entries of requests that tell something ordinary of an account.
    pub examples: &'static [(TestKind, Example)],
}

/// Makes the entry of a request about an account.
pub type Example = fn(&str, Timestamp) -> Json;

impl Webhooks for MetaWebhooks {
    fn handshake(&self, tokens: &[Secret], query: &[(String, String)]) -> Option<String> {
        let said = |name: &str| {
            let pair = query.iter().find(|(key, _)| key == name);
            pair.map(|(_, value)| value.as_str())
        };
        let token = said("hub.verify_token")?;
        let is_known = any(tokens, |known| {
            known.expose().as_bytes().ct_eq(token.as_bytes()).into()
        });
        let is_meant = said("hub.mode") == Some("subscribe") && is_known;
        said("hub.challenge")
            .filter(|_| is_meant)
            .map(str::to_owned)
    }

    fn is_genuine(&self, secrets: &[Secret], request: &Received) -> bool {
        let claimed = request.header(SIGNATURE);
        let Some(claimed) = claimed.and_then(|said| said.strip_prefix("sha256=")) else {
            return false;
        };
        any(secrets, |secret| {
            hmac_sha256_matches(secret.expose().as_bytes(), &request.body, claimed)
        })
    }

    fn kept_headers(&self) -> &'static [&'static str] {
        &[SIGNATURE, "facebook-api-version"]
    }

    fn split(&self, raw: &[u8]) -> Result<Vec<Notification>, NotUnderstood> {
        split::split(self.object, raw)
    }

    fn facts(&self, told: &Notification) -> Result<Option<Vec<InboundFact>>, NotUnderstood> {
        (self.facts)(told)
    }

    fn test_kinds(&self) -> Vec<TestKind> {
        self.examples.iter().map(|(kind, _)| *kind).collect()
    }

    fn sample(&self, secret: &Secret, wish: &Wish<'_>) -> Option<Sample> {
        let (_, example) = self.examples.iter().find(|(kind, _)| *kind == wish.kind)?;
        let mut entry = example(wish.account, wish.at);
        entry["id"] = json!(wish.account);
        entry["time"] = json!(wish.at.as_second());
        let body = json!({ "object": self.object, "entry": [entry] }).to_string();
        let signature = hmac_sha256_hex(secret.expose().as_bytes(), body.as_bytes());
        Some(Sample {
            headers: vec![
                ("content-type", "application/json".to_owned()),
                (SIGNATURE, format!("sha256={signature}")),
            ],
            body: body.into_bytes(),
        })
    }

    fn person_of(&self, secrets: &[Secret], signed_request: &str) -> Option<SignedWord> {
        signed_request::person_of(secrets, signed_request)
    }
}

/// Whether any holds, each being tried: the time must not tell which one did.
fn any(secrets: &[Secret], holds: impl Fn(&Secret) -> bool) -> bool {
    secrets
        .iter()
        .fold(false, |found, secret| holds(secret) | found)
}
