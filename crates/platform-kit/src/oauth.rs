//! PKCE (RFC 7636) and the callback's first question, which all OAuth platforms share.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fanfare_domain::{ErrorCode, Secret};
use sha2::{Digest, Sha256};

use crate::error::{Advice, PlatformError};

/// The only challenge method worth sending.
pub const CHALLENGE_METHOD: &str = "S256";

/// A secret kept here and its hash shown to the platform, which tie the callback to who began.
#[derive(Debug, Clone)]
pub struct Pkce {
    verifier: Secret,
}

impl Pkce {
    /// A fresh verifier of 256 random bits.
    ///
    /// # Panics
    /// If the operating system has no randomness to give.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        Self::from_verifier(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The pair that was kept from before the person left.
    #[must_use]
    pub fn from_verifier(verifier: impl Into<String>) -> Self {
        Self {
            verifier: Secret::new(verifier),
        }
    }

    #[must_use]
    pub fn verifier(&self) -> &Secret {
        &self.verifier
    }

    /// What goes into the authorization address as `code_challenge`.
    #[must_use]
    pub fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose().as_bytes()))
    }
}

/// The code of a callback, or why there is none.
///
/// Meta appends `#_` or `#_=_`, which some browsers and proxies hand on as part of the code.
///
/// # Errors
/// `consent_denied` when the person said no; `malformed_request` when the callback has neither code nor error.
pub fn authorization_code(
    platform: &str,
    query: &BTreeMap<String, String>,
) -> Result<Secret, PlatformError> {
    if let Some(error) = query.get("error") {
        return Err(refused(platform, error, query));
    }
    let code = query
        .get("code")
        .map(|code| code.split('#').next().unwrap_or_default());
    match code {
        Some(code) if !code.is_empty() => Ok(Secret::new(code)),
        _ => Err(PlatformError::new(
            Advice::Permanent,
            ErrorCode::MalformedRequest,
            format!("{platform} sent you back without an answer. Connect once more."),
            "the callback has neither code nor error",
        )),
    }
}

fn refused(platform: &str, error: &str, query: &BTreeMap<String, String>) -> PlatformError {
    let said = query.get("error_description").map_or("", String::as_str);
    let log = format!("callback error {error}: {said}");
    if error == "access_denied" {
        let detail =
            format!("{platform} says that access was not granted, so nothing is connected.");
        return PlatformError::new(
            Advice::NeedsPermission,
            ErrorCode::ConsentDenied,
            detail,
            log,
        );
    }
    let detail = format!("{platform} could not sign you in ({error}). Nothing is connected.");
    PlatformError::new(Advice::Permanent, ErrorCode::PlatformRefused, detail, log)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn the_challenge_is_that_of_rfc_7636_appendix_b() {
        let pair = Pkce::from_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            pair.challenge(),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn random_verifiers_are_long_enough_and_differ() {
        let (one, other) = (Pkce::random(), Pkce::random());
        // RFC 7636 asks for 43 to 128 characters.
        assert_eq!(one.verifier().expose().len(), 43);
        assert_ne!(one.verifier().expose(), other.verifier().expose());
    }

    #[test]
    fn the_code_loses_the_tail_that_meta_appends() {
        for (given, code) in [("AQB1", "AQB1"), ("AQB1#_", "AQB1"), ("AQB1#_=_", "AQB1")] {
            let found = authorization_code("Facebook", &query(&[("code", given)])).unwrap();
            assert_eq!(found.expose(), code);
        }
    }

    #[test]
    fn a_refusal_is_told_from_a_broken_callback() {
        for (pairs, code) in [
            (
                &[
                    ("error", "access_denied"),
                    ("error_description", "Permissions error"),
                ][..],
                ErrorCode::ConsentDenied,
            ),
            (&[("error", "server_error")], ErrorCode::PlatformRefused),
            (
                &[("error", "access_denied"), ("code", "AQB1")],
                ErrorCode::ConsentDenied,
            ),
            (&[("code", "")], ErrorCode::MalformedRequest),
            (&[("code", "#_")], ErrorCode::MalformedRequest),
            (&[], ErrorCode::MalformedRequest),
        ] {
            let error = authorization_code("Facebook", &query(pairs)).unwrap_err();
            assert_eq!(error.code, code, "{pairs:?}");
        }
    }
}
