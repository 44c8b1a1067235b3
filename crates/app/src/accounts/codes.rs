//! The codes of the second step: those of a device, by the time (RFC 6238), and backup codes.

use anyhow::Context as _;
use fanfare_domain::Secret;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::{ECL, QRBuilder};
use jiff::Timestamp;
use totp_rs::{Algorithm, Builder, Totp};

/// As long as SHA-1's output, which RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// A device's clock may be one step off, either way.
const SKEW: u16 = 1;
const ISSUER: &str = "Fanfare";

/// How many backup codes there are.
pub(super) const BACKUP_CODES: usize = 10;
/// 50 bits: more than can be tried before the limit on attempts ends it.
const BACKUP_CODE_CHARS: usize = 10;
/// Without letters that look like digits or like each other.
const BACKUP_ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";

/// A secret to be shared with a device, and the ways to show it.
#[derive(Debug, Clone)]
pub struct NewSecret {
    pub(super) secret: Vec<u8>,
    /// To be typed: base32.
    pub text: Secret,
    /// What the picture says.
    pub otpauth_uri: Secret,
    pub qr_svg: Secret,
}

/// A new secret for the person with this address.
pub(super) fn new_secret(email: &str) -> anyhow::Result<NewSecret> {
    let mut secret = vec![0; SECRET_BYTES];
    getrandom::fill(&mut secret).context("the operating system gives randomness")?;
    // A colon would end the name.
    let totp = totp(&secret, &email.replace(':', "_"))?;
    let uri = totp.to_url().context("writing the address of a secret")?;
    let picture = QRBuilder::new(uri.as_str())
        .ecl(ECL::M)
        .build()
        .context("drawing the address of a secret")?;
    Ok(NewSecret {
        text: Secret::new(totp.secret().to_base32()),
        otpauth_uri: Secret::new(uri),
        qr_svg: Secret::new(SvgBuilder::default().to_str(&picture)),
        secret,
    })
}

/// The time step for which `code` is right now, if it is.
pub(super) fn step_of(secret: &[u8], code: &str, now: Timestamp) -> anyhow::Result<Option<i64>> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != usize::from(DIGITS) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(now.as_second()).context("the clock stands before 1970")?;
    let step = totp(secret, "somebody")?.check(&code, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

fn totp(secret: &[u8], account: &str) -> anyhow::Result<Totp> {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_skew(SKEW)
        .with_secret(secret.to_vec())
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
        .context("a secret of the second step is unusable")
}

/// Ten new backup codes, as people write them down: `abcde-fghjk`.
///
/// # Panics
/// If the operating system gives no randomness.
pub(super) fn backup_codes() -> Vec<String> {
    (0..BACKUP_CODES).map(|_| backup_code()).collect()
}

fn backup_code() -> String {
    let mut random = [0; BACKUP_CODE_CHARS];
    getrandom::fill(&mut random).expect("the operating system gives randomness");
    // 32 letters divide 256 evenly, so each is as likely as the others.
    let letters: String = random
        .iter()
        .map(|byte| char::from(BACKUP_ALPHABET[usize::from(*byte) % BACKUP_ALPHABET.len()]))
        .collect();
    let (first, second) = letters.split_at(BACKUP_CODE_CHARS / 2);
    format!("{first}-{second}")
}

/// The form in which a backup code is hashed, if it can be one: however it was typed.
pub(super) fn normal_backup_code(code: &str) -> Option<String> {
    let letters: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .collect();
    (letters.len() == BACKUP_CODE_CHARS).then_some(letters)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const KEY: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// The vectors of RFC 6238, appendix B, in six digits.
    #[test]
    fn the_published_codes_are_right_at_their_time() {
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_of(KEY, code, at(second)).unwrap();
            assert_eq!(step, Some(second / 30), "{second}");
        }
    }

    #[test]
    fn a_code_is_right_one_step_early_or_late_and_no_more() {
        let code = "005924";
        let step = 1_234_567_890 / 30;
        let found = |step: i64| step_of(KEY, code, at(step * 30)).unwrap();
        assert_eq!(found(step - 1), Some(step));
        assert_eq!(found(step + 1), Some(step));
        assert_eq!(found(step - 2), None);
        assert_eq!(found(step + 2), None);
    }

    #[test]
    fn a_code_is_six_digits_however_they_are_spaced() {
        let found = |code: &str| step_of(KEY, code, at(59)).unwrap();
        assert_eq!(found(" 287 082 "), Some(1));
        for code in ["", "28708", "2870822", "28708x", "２８７０８２"] {
            assert_eq!(found(code), None, "{code}");
        }
    }

    #[test]
    fn the_address_says_what_apps_understand() {
        let new = new_secret("ada+news@example.com").unwrap();
        let uri = new.otpauth_uri.expose();
        assert!(uri.starts_with("otpauth://totp/Fanfare:"), "{uri}");
        assert!(uri.contains("issuer=Fanfare"), "{uri}");
        assert!(
            uri.contains(&format!("secret={}", new.text.expose())),
            "{uri}"
        );
        assert_eq!(new.text.expose().len(), 32);
        assert!(new.qr_svg.expose().starts_with("<svg"));
        assert!(!new.qr_svg.expose().contains("style="));
    }

    #[test]
    fn backup_codes_are_read_however_they_are_typed() {
        let codes = backup_codes();
        assert_eq!(codes.iter().collect::<HashSet<_>>().len(), BACKUP_CODES);
        for code in codes {
            let normal = normal_backup_code(&code).unwrap();
            let typed = format!(" {} ", code.to_uppercase().replace('-', " "));
            assert_eq!(normal_backup_code(&typed), Some(normal));
        }
        assert_eq!(normal_backup_code("287082"), None);
    }
}
