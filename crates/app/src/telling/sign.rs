//! Signatures as Standard Webhooks 1.0.0 has them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use fanfare_domain::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const PREFIX: &str = "whsec_";
const BYTES: usize = 32;

/// The bytes of a new secret.
///
/// # Panics
/// If the operating system gives no randomness.
#[must_use]
pub fn fresh() -> [u8; BYTES] {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// A secret as people copy it.
#[must_use]
pub fn in_text(secret: &[u8]) -> Secret {
    Secret::new(format!("{PREFIX}{}", STANDARD.encode(secret)))
}

/// The header `webhook-signature`: a signature for each of the secrets, of which there are two while one takes over from the other.
///
/// `timestamp` is that of the header `webhook-timestamp`; `body` is what is sent, byte for byte.
#[must_use]
pub fn signatures(secrets: &[Vec<u8>], id: &str, timestamp: i64, body: &str) -> String {
    let one = |secret: &Vec<u8>| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length is a key");
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    };
    let all: Vec<String> = secrets.iter().map(one).collect();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of the reference libraries in Go and Rust: secret, id, timestamp, body, signature.
    const VECTORS: [(&str, &str, i64, &str, &str); 2] = [
        (
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        ),
    ];

    fn bytes(text: &str) -> Vec<u8> {
        STANDARD.decode(text.strip_prefix(PREFIX).unwrap()).unwrap()
    }

    #[test]
    fn signatures_are_those_of_the_reference_libraries() {
        for (secret, id, timestamp, body, signature) in VECTORS {
            let secrets = [bytes(secret)];
            assert_eq!(signatures(&secrets, id, timestamp, body), signature);
        }
    }

    #[test]
    fn two_secrets_sign_side_by_side() {
        let (secret, id, timestamp, body, signature) = VECTORS[0];
        let other = bytes(VECTORS[1].0);
        let alone = signatures(std::slice::from_ref(&other), id, timestamp, body);
        let both = signatures(&[other, bytes(secret)], id, timestamp, body);
        assert_ne!(alone, signature);
        assert_eq!(both, format!("{alone} {signature}"));
    }

    #[test]
    fn new_secrets_differ_and_are_written_as_the_standard_has_it() {
        let (one, other) = (fresh(), fresh());
        assert_ne!(one, other);
        assert_eq!(bytes(in_text(&one).expose()), one);
    }
}
