//! What makes a password too easy to guess. No composition rules: length, and not what everybody tries first.

use fanfare_domain::{ErrorCode, Secret};
use zxcvbn::{Score, zxcvbn};

use crate::FieldError;

const SHORTEST: usize = 8;
/// Long enough for any pass phrase, short enough that hashing it is no attack.
const LONGEST: usize = 256;
/// Names shorter than this are parts of too many harmless words.
const SHORTEST_CONTEXT: usize = 4;
const PRODUCT: &str = "fanfare";

/// What is wrong with a password for somebody who goes by `context` (their e-mail address, their name).
pub(super) fn weakness(password: &Secret, context: &[&str]) -> Option<FieldError> {
    let password = password.expose();
    let wrong = |code, detail: String| Some(FieldError::new("password", code, detail));
    match password.chars().count() {
        0 => return wrong(ErrorCode::Required, "Choose a password.".to_owned()),
        length if length < SHORTEST => {
            return wrong(
                ErrorCode::TooShort,
                format!("The password has {length} characters; it needs {SHORTEST} or more."),
            );
        }
        length if length > LONGEST => {
            return wrong(
                ErrorCode::TooLong,
                format!("The password has {length} characters; at most {LONGEST} are taken."),
            );
        }
        _ => {}
    }
    let reason = guessable(&password.to_lowercase(), context)?;
    wrong(
        ErrorCode::WeakPassword,
        format!("{reason} Several words that do not belong together make a good password."),
    )
}

fn guessable(password: &str, context: &[&str]) -> Option<&'static str> {
    let cores = [
        letters_only(password),
        letters_only(&without_disguise(password)),
    ];
    if context_words(context).any(|word| cores.iter().any(|core| mostly(core, &word))) {
        return Some("This password is your own name or address, or little more.");
    }
    // Its lists hold some thirty thousand of the usual passwords; it also knows words, names, dates, repetition, and rows of keys.
    if zxcvbn(password, context).score() < Score::Two {
        return Some("This password is among the first that others would try.");
    }
    None
}

/// What is left when the usual digits for letters are taken back: `p4ssw0rd` is `password`.
fn without_disguise(password: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    // Digits at the end are more often a year than a disguise.
    let word = password.trim_end_matches(|c: char| !c.is_alphabetic());
    word.chars().map(letter).collect()
}

fn letters_only(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}

/// The word, with next to nothing around it.
fn mostly(core: &str, word: &str) -> bool {
    core.contains(word) && core.chars().count() < word.chars().count() + SHORTEST_CONTEXT
}

fn context_words(context: &[&str]) -> impl Iterator<Item = String> {
    let parts = context
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()));
    let parts = parts.chain([PRODUCT]).map(str::to_lowercase);
    let whole = context
        .iter()
        .map(|text| letters_only(&text.to_lowercase()));
    let all: Vec<_> = parts.chain(whole).collect();
    all.into_iter()
        .filter(|word| word.chars().count() >= SHORTEST_CONTEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTEXT: [&str; 2] = ["ada.lovelace@example.com", "Ada Lovelace"];

    fn code(password: &str) -> Option<ErrorCode> {
        weakness(&Secret::new(password), &CONTEXT).map(|wrong| wrong.code)
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(code(""), Some(ErrorCode::Required));
        assert_eq!(code("ßßütqßß"), Some(ErrorCode::TooShort));
        assert_eq!(code("ßrütqßxß"), None);
        let long: String = (0..64u16)
            .map(|at| format!("{:04x}", at.wrapping_mul(40_503)))
            .collect();
        assert_eq!(code(&long), None);
        assert_eq!(code(&(long + "x")), Some(ErrorCode::TooLong));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for password in [
            "password",
            "Password1",
            "P4ssw0rd!",
            "passw0rd2024",
            "12345678",
            "123456789012",
            "87654321",
            "abcdefgh",
            "aaaaaaaa",
            "abababab",
            "qwertyui",
            "QWERTYUIOP",
            "poiuytre",
            "qwerty123",
            "iloveyou",
            "Welcome123!",
            "letmein2026",
            "dragondragon",
            "sunshine99",
            "12121212",
            "2024-10-10",
            "00000000",
            "football!!",
            "1q2w3e4r",
            "1qaz2wsx",
            "aa123456",
            "123456789a",
            "1234qwer",
            "a1b2c3d4",
            "zaq12wsx",
            "asdf1234",
        ] {
            assert_eq!(code(password), Some(ErrorCode::WeakPassword), "{password}");
        }
    }

    #[test]
    fn what_the_person_or_the_product_is_called_is_refused() {
        for password in [
            "lovelace1815",
            "AdaLovelace!",
            "ada.lovelace@example.com",
            "Fanfare2026",
            "myfanfare",
        ] {
            assert_eq!(code(password), Some(ErrorCode::WeakPassword), "{password}");
        }
    }

    #[test]
    fn pass_phrases_and_random_strings_are_taken() {
        for password in [
            "correct horse battery staple",
            "x7#kqP2v",
            "lovelace likes long looms",
            "Tr0ub4dor&3",
            "the password is a bird",
            "fanfare for the common man",
        ] {
            assert_eq!(code(password), None, "{password}");
        }
    }
}
