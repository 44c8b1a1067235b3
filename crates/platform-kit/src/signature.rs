//! Keyed hashes: those that platforms ask of us, and those by which we know that a platform is calling.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// HMAC-SHA-256 of `message`, as lower-case hex.
#[must_use]
pub fn hmac_sha256_hex(key: &[u8], message: &[u8]) -> String {
    hex::encode(hmac_sha256(key, message))
}

/// Whether `claimed`, in hex, is the HMAC-SHA-256 of `message`; takes the same time wherever they differ.
#[must_use]
pub fn hmac_sha256_matches(key: &[u8], message: &[u8], claimed: &str) -> bool {
    let Ok(claimed) = hex::decode(claimed) else {
        return false;
    };
    claimed.ct_eq(&hmac_sha256(key, message)).into()
}

fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Test cases 1 to 3 and 6 of RFC 4231: key, message, HMAC-SHA-256.
    fn vectors() -> Vec<(Vec<u8>, Vec<u8>, &'static str)> {
        vec![
            (
                vec![0x0b; 20],
                b"Hi There".to_vec(),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe".to_vec(),
                b"what do ya want for nothing?".to_vec(),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 20],
                vec![0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                vec![0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ]
    }

    #[test]
    fn hashes_are_those_of_rfc_4231() {
        for (key, message, hash) in vectors() {
            assert_eq!(hmac_sha256_hex(&key, &message), hash);
            assert!(hmac_sha256_matches(&key, &message, hash));
            assert!(hmac_sha256_matches(&key, &message, &hash.to_uppercase()));
        }
    }

    #[test]
    fn anything_else_does_not_match() {
        let (key, message, hash) = vectors().swap_remove(0);
        let one_digit_off = format!("c{}", &hash[1..]);
        for claimed in ["", "zz", &hash[..62], &one_digit_off, &format!("{hash}00")] {
            assert!(!hmac_sha256_matches(&key, &message, claimed), "{claimed}");
        }
        assert!(!hmac_sha256_matches(b"another key", &message, hash));
        assert!(!hmac_sha256_matches(&key, b"another message", hash));
    }
}
