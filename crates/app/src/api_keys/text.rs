//! The text of a key: what a program sends, and what we keep of it.
//!
//! It begins with `ff_` and ends with six characters that follow from the rest, so that scanners for lost secrets know one when they see
//! it, and a mistyped one is told without asking the database.

use fanfare_domain::Secret;
use sha2::{Digest, Sha256};

const PREFIX: &str = "ff_";
const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 238 random bits.
const RANDOM: usize = 40;
const CHECK: usize = 6;
const SHOWN: usize = 4;

pub(super) fn new() -> Secret {
    let random = random_letters();
    Secret::new(format!("{PREFIX}{random}{}", check(&random)))
}

/// Whether it could be a key of ours at all.
pub(super) fn is_well_formed(text: &Secret) -> bool {
    let body = text.expose().strip_prefix(PREFIX).unwrap_or_default();
    body.len() == RANDOM + CHECK
        && body.bytes().all(|letter| LETTERS.contains(&letter))
        && check(&body[..RANDOM]) == body[RANDOM..]
}

/// It has more than 200 random bits, so a fast hash keeps it as well as a slow one would.
pub(super) fn hash(text: &Secret) -> String {
    hex::encode(Sha256::digest(text.expose().as_bytes()))
}

/// What people know it by.
pub(super) fn preview(text: &Secret) -> String {
    let text = text.expose();
    format!("{PREFIX}…{}", &text[text.len() - SHOWN..])
}

fn random_letters() -> String {
    let mut letters = String::with_capacity(RANDOM);
    while letters.len() < RANDOM {
        let mut bytes = [0; RANDOM];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        // The bytes beyond four times the alphabet would favour its first letters.
        let even = bytes.iter().filter(|byte| **byte < 248);
        let left = RANDOM - letters.len();
        letters.extend(even.take(left).map(|byte| letter(u64::from(*byte))));
    }
    letters
}

fn check(random: &str) -> String {
    let digest = Sha256::digest(random.as_bytes());
    let mut rest = digest
        .iter()
        .take(8)
        .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    (0..CHECK)
        .map(|_| {
            let next = letter(rest);
            rest /= 62;
            next
        })
        .collect()
}

fn letter(number: u64) -> char {
    char::from(LETTERS[usize::try_from(number % 62).expect("it is below 62")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_differ_and_are_known_as_ours() {
        let (one, other) = (new(), new());
        assert_ne!(one.expose(), other.expose());
        for key in [&one, &other] {
            assert!(is_well_formed(key), "{}", key.expose());
            assert_eq!(key.expose().len(), PREFIX.len() + RANDOM + CHECK);
        }
        assert_ne!(hash(&one), hash(&other));
    }

    #[test]
    fn one_wrong_letter_is_noticed() {
        let key = new();
        for at in [3, 20, 48] {
            let mut letters = key.expose().as_bytes().to_vec();
            letters[at] = if letters[at] == b'a' { b'b' } else { b'a' };
            let wrong = Secret::new(String::from_utf8(letters).unwrap());
            assert!(!is_well_formed(&wrong), "{at}");
        }
        for text in ["", "ff_", "ff_é", "xx_0"] {
            assert!(!is_well_formed(&Secret::new(text)), "{text}");
        }
    }

    #[test]
    fn the_preview_shows_next_to_nothing() {
        let key = new();
        let shown = preview(&key);
        assert_eq!(shown.chars().count(), PREFIX.len() + 1 + SHOWN);
        assert!(key.expose().ends_with(&shown[PREFIX.len() + "…".len()..]));
    }
}
