//! The text of what programs and devices ask by: API keys, and the two tokens of a device.
//!
//! Each kind begins with letters of its own, `ff_` for a key, and ends with six characters that follow from the rest, so that scanners for
//! lost secrets know one when they see it, and a mistyped one is told without asking the database.

use fanfare_domain::Secret;
use sha2::{Digest, Sha256};

/// One kind of text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenText {
    prefix: &'static str,
    /// How many letters are left to chance.
    random: usize,
}

pub(crate) const API_KEY: TokenText = TokenText {
    prefix: "ff_",
    random: RANDOM,
};
pub(crate) const ACCESS: TokenText = TokenText {
    prefix: "ffa_",
    random: RANDOM,
};
/// Its first half stays when the second is changed.
pub(crate) const REFRESH: TokenText = TokenText {
    prefix: "ffr_",
    random: 2 * RANDOM,
};

const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 238 random bits.
const RANDOM: usize = 40;
const CHECK: usize = 6;
const SHOWN: usize = 4;

impl TokenText {
    pub(crate) fn fresh(self) -> Secret {
        self.of(&random_letters(self.random))
    }

    /// Another text with the same first half.
    pub(crate) fn renewed(self, text: &Secret) -> Secret {
        let stays = self.first_half(text);
        let random = random_letters(self.random - stays.len());
        self.of(&format!("{stays}{random}"))
    }

    /// Whether it could be one of ours at all.
    pub(crate) fn is_well_formed(self, text: &Secret) -> bool {
        let body = text.expose().strip_prefix(self.prefix).unwrap_or_default();
        body.len() == self.random + CHECK
            && body.bytes().all(|letter| LETTERS.contains(&letter))
            && check(&body[..self.random]) == body[self.random..]
    }

    /// Whether it means to be of this kind, well formed or not.
    pub(crate) fn is_meant(self, text: &Secret) -> bool {
        text.expose().starts_with(self.prefix)
    }

    /// Of the half that stays. The text is well formed.
    pub(crate) fn hash_of_first_half(self, text: &Secret) -> String {
        hash_of(self.first_half(text))
    }

    fn first_half(self, text: &Secret) -> &str {
        &text.expose()[self.prefix.len()..][..self.random / 2]
    }

    fn of(self, random: &str) -> Secret {
        let (prefix, check) = (self.prefix, check(random));
        Secret::new(format!("{prefix}{random}{check}"))
    }
}

/// It has more than 200 random bits, so a fast hash keeps it as well as a slow one would.
pub(crate) fn hash(text: &Secret) -> String {
    hash_of(text.expose())
}

/// What people know a key by.
pub(crate) fn preview(text: &Secret) -> String {
    let text = text.expose();
    format!("{}…{}", API_KEY.prefix, &text[text.len() - SHOWN..])
}

fn hash_of(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

fn random_letters(many: usize) -> String {
    let mut letters = String::with_capacity(many);
    while letters.len() < many {
        let mut bytes = [0; RANDOM];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        // The bytes beyond four times the alphabet would favour its first letters.
        let even = bytes.iter().filter(|byte| **byte < 248);
        let left = many - letters.len();
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

    const ALL: [TokenText; 3] = [API_KEY, ACCESS, REFRESH];

    #[test]
    fn texts_differ_and_are_known_as_ours() {
        for kind in ALL {
            let (one, other) = (kind.fresh(), kind.fresh());
            assert_ne!(one.expose(), other.expose());
            for text in [&one, &other] {
                assert!(kind.is_well_formed(text), "{}", text.expose());
                assert_eq!(text.expose().len(), kind.prefix.len() + kind.random + CHECK);
            }
            assert_ne!(hash(&one), hash(&other));
        }
    }

    #[test]
    fn no_kind_is_taken_for_another() {
        for kind in ALL {
            let text = kind.fresh();
            let taken = ALL.iter().filter(|other| other.is_meant(&text)).count();
            assert_eq!(taken, 1, "{}", text.expose());
        }
    }

    #[test]
    fn one_wrong_letter_is_noticed() {
        for kind in ALL {
            let text = kind.fresh();
            for at in [4, 20, text.expose().len() - 1] {
                let mut letters = text.expose().as_bytes().to_vec();
                letters[at] = if letters[at] == b'a' { b'b' } else { b'a' };
                let wrong = Secret::new(String::from_utf8(letters).unwrap());
                assert!(!kind.is_well_formed(&wrong), "{at}");
            }
            for text in ["", "ff_", "ffa_é", "xx_0"] {
                assert!(!kind.is_well_formed(&Secret::new(text)), "{text}");
            }
        }
    }

    #[test]
    fn a_renewed_text_is_another_of_the_same_family() {
        let one = REFRESH.fresh();
        let other = REFRESH.renewed(&one);
        assert!(REFRESH.is_well_formed(&other));
        assert_ne!(hash(&one), hash(&other));
        let family = |text| REFRESH.hash_of_first_half(text);
        assert_eq!(family(&one), family(&other));
        assert_ne!(family(&one), family(&REFRESH.fresh()));
    }

    #[test]
    fn the_preview_shows_next_to_nothing() {
        let key = API_KEY.fresh();
        let shown = preview(&key);
        assert_eq!(shown.chars().count(), API_KEY.prefix.len() + 1 + SHOWN);
        assert!(key.expose().ends_with(&shown["ff_…".len()..]));
    }
}
