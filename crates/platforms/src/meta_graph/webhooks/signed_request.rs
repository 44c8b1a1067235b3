//! `signed_request`: how Meta says that somebody took their consent back, or wants what we have of them deleted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_domain::Secret;
use fanfare_platform_kit::roles::SignedWord;
use fanfare_platform_kit::signature::hmac_sha256_matches;
use serde::Deserialize;

use super::{Value, any};

#[derive(Deserialize)]
struct Said {
    algorithm: Option<String>,
    user_id: Option<serde_json::Value>,
    profile_id: Option<serde_json::Value>,
    #[serde(default)]
    issued_at: serde_json::Value,
    /// 0 for never.
    #[serde(default)]
    expires: serde_json::Value,
}

/// The person that it is about, and when that was said.
pub(super) fn person_of(secrets: &[Secret], text: &str) -> Option<SignedWord> {
    let (signature, payload) = text.trim().split_once('.')?;
    let signature = hex::encode(decode(signature)?);
    // Over the text as it came, not over what it decodes to.
    let is_genuine = any(secrets, |secret| {
        hmac_sha256_matches(secret.expose().as_bytes(), payload.as_bytes(), &signature)
    });
    if !is_genuine {
        return None;
    }
    let said: Said = serde_json::from_slice(&decode(payload)?).ok()?;
    let algorithm = said.algorithm.as_deref().unwrap_or("HMAC-SHA256");
    if !algorithm.eq_ignore_ascii_case("HMAC-SHA256") {
        return None;
    }
    Some(SignedWord {
        person: said.user_id.or(said.profile_id).and_then(as_text)?,
        issued_at: Value(&said.issued_at).instant(),
        expires_at: Value(&said.expires).instant(),
    })
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

fn as_text(id: serde_json::Value) -> Option<String> {
    match id {
        serde_json::Value::String(text) if !text.is_empty() => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
