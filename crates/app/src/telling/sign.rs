//! Signing what is told, so that whoever hears it knows that it comes from here and is new: Standard Webhooks 1.0.0, version `v1`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fanfare_domain::Secret;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::Sha256;

const PREFIX: &str = "whsec_";
const VERSION: &str = "v1";
/// How many random bytes a new secret has.
const FRESH_BYTES: usize = 32;
/// How many bytes the standard allows.
const SHORTEST: usize = 24;
const LONGEST: usize = 64;

/// Why a text cannot sign. It never holds the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotASecret {
    #[error("a signing secret begins with {PREFIX}")]
    Prefix,
    #[error("what follows {PREFIX} in a signing secret is base64")]
    Base64,
    #[error("a signing secret has {SHORTEST} to {LONGEST} bytes, not {0}")]
    Length(usize),
}

/// A secret for one endpoint.
#[must_use]
pub fn new_secret() -> Secret {
    let mut bytes = [0; FRESH_BYTES];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    Secret::new(format!("{PREFIX}{}", STANDARD.encode(bytes)))
}

/// The header `webhook-signature`: a signature for each of the secrets, of which there are two while one takes over from the other.
///
/// `at` is the moment of this attempt, the same as in the header `webhook-timestamp`; `body` is what is sent, byte for byte.
///
/// # Errors
/// When one of the secrets is none; nothing is signed by halves.
pub fn signature_header(
    secrets: &[Secret],
    id: &str,
    at: Timestamp,
    body: &[u8],
) -> Result<String, NotASecret> {
    let signatures: Result<Vec<String>, NotASecret> = secrets
        .iter()
        .map(|secret| signature(secret, id, at, body))
        .collect();
    Ok(signatures?.join(" "))
}

fn signature(secret: &Secret, id: &str, at: Timestamp, body: &[u8]) -> Result<String, NotASecret> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&key(secret)?).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{}.", at.as_second()).as_bytes());
    mac.update(body);
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    Ok(format!("{VERSION},{signature}"))
}

fn key(secret: &Secret) -> Result<Vec<u8>, NotASecret> {
    let text = secret
        .expose()
        .strip_prefix(PREFIX)
        .ok_or(NotASecret::Prefix)?;
    let key = STANDARD.decode(text).map_err(|_| NotASecret::Base64)?;
    match key.len() {
        SHORTEST..=LONGEST => Ok(key),
        other => Err(NotASecret::Length(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One that the reference libraries test with.
    struct Vector {
        secret: &'static str,
        id: &'static str,
        second: i64,
        body: &'static str,
        signature: &'static str,
    }

    const OF_GO: Vector = Vector {
        secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
        second: 1_614_265_330,
        body: r#"{"test": 2432232314}"#,
        signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    const OF_RUST: Vector = Vector {
        secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
        id: "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
        second: 1_649_367_553,
        body: r#"{"email":"test@example.com","username":"test_user"}"#,
        signature: "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
    };

    impl Vector {
        fn signed_with(&self, secrets: &[&str]) -> Result<String, NotASecret> {
            let secrets: Vec<Secret> = secrets.iter().copied().map(Secret::new).collect();
            let at = Timestamp::from_second(self.second).unwrap();
            signature_header(&secrets, self.id, at, self.body.as_bytes())
        }
    }

    #[test]
    fn signatures_are_those_of_the_reference_libraries() {
        for vector in [OF_GO, OF_RUST] {
            let signed = vector.signed_with(&[vector.secret]);
            assert_eq!(signed.as_deref(), Ok(vector.signature), "{}", vector.id);
        }
    }

    #[test]
    fn two_secrets_sign_side_by_side() {
        let [new, old] = [OF_RUST.secret, OF_GO.secret];
        let alone = OF_GO.signed_with(&[new]).unwrap();
        let both = OF_GO.signed_with(&[new, old]).unwrap();
        assert_eq!(both, format!("{alone} {}", OF_GO.signature));
        assert_ne!(alone, OF_GO.signature);
    }

    #[test]
    fn the_fraction_of_a_second_is_not_signed() {
        let secrets = [Secret::new(OF_GO.secret)];
        let at = Timestamp::new(OF_GO.second, 999_000_000).unwrap();
        let signed = signature_header(&secrets, OF_GO.id, at, OF_GO.body.as_bytes());
        assert_eq!(signed.as_deref(), Ok(OF_GO.signature));
    }

    #[test]
    fn new_secrets_differ_and_sign() {
        let (one, other) = (new_secret(), new_secret());
        assert_ne!(one.expose(), other.expose());
        for secret in [&one, &other] {
            assert_eq!(key(secret).map(|key| key.len()), Ok(FRESH_BYTES));
        }
    }

    #[test]
    fn what_is_no_secret_signs_nothing() {
        let of = |bytes: usize| format!("{PREFIX}{}", STANDARD.encode(vec![7; bytes]));
        for (text, wrong) in [
            (String::new(), NotASecret::Prefix),
            (
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned(),
                NotASecret::Prefix,
            ),
            (format!("{PREFIX}-_-_"), NotASecret::Base64),
            (PREFIX.to_owned(), NotASecret::Length(0)),
            (of(SHORTEST - 1), NotASecret::Length(SHORTEST - 1)),
            (of(LONGEST + 1), NotASecret::Length(LONGEST + 1)),
        ] {
            assert_eq!(
                OF_GO.signed_with(&[OF_GO.secret, &text]),
                Err(wrong),
                "{text}"
            );
        }
        for bytes in [SHORTEST, LONGEST] {
            assert!(OF_GO.signed_with(&[&of(bytes)]).is_ok(), "{bytes}");
        }
    }
}
