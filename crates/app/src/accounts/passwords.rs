//! Hashing passwords and checking them: argon2id, off the async threads, a few at a time.

use std::sync::{Arc, LazyLock};

use anyhow::Context as _;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use fanfare_domain::Secret;
use fanfare_store::users::NO_PASSWORD;
use tokio::sync::Semaphore;

/// Each hash takes this many KiB of memory (OWASP's minimum, with two passes) …
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// … so only so many run at once; others wait their turn.
const AT_ONCE: usize = 4;

/// Hashes and verifies passwords for the whole process.
#[derive(Debug, Clone)]
pub struct Passwords(Arc<Semaphore>);

impl Default for Passwords {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Passwords {
    /// A hash with its own salt and parameters, in PHC form.
    pub(crate) async fn hash(&self, password: &Secret) -> anyhow::Result<String> {
        let password = password.clone();
        self.run(move || hash(&password)).await
    }

    /// Whether the password is the one that was hashed. Without a hash, as for somebody who has no password, as much work is done and the
    /// answer is no.
    pub(super) async fn verify(
        &self,
        password: &Secret,
        kept: Option<String>,
    ) -> anyhow::Result<bool> {
        let password = password.clone();
        self.run(move || match kept {
            Some(kept) if kept != NO_PASSWORD => verify(&password, &kept),
            _ => verify(&password, &HASH_OF_NOBODY).map(|_| false),
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let _turn = self
            .0
            .acquire()
            .await
            .context("the password hasher was closed")?;
        tokio::task::spawn_blocking(work)
            .await
            .context("hashing a password panicked")?
    }
}

/// What unknown addresses are checked against.
static HASH_OF_NOBODY: LazyLock<String> =
    LazyLock::new(|| hash(&Secret::new("nobody")).expect("argon2 hashes with good parameters"));

fn hash(password: &Secret) -> anyhow::Result<String> {
    let hashed = argon2()?.hash_password(password.expose().as_bytes());
    Ok(hashed.context("hashing a password")?.to_string())
}

fn verify(password: &Secret, kept: &str) -> anyhow::Result<bool> {
    let kept = PasswordHash::new(kept).context("a kept password hash is unreadable")?;
    Ok(argon2()?
        .verify_password(password.expose().as_bytes(), &kept)
        .is_ok())
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).context("argon2 parameters")?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_verifies() {
        let passwords = Passwords::default();
        let kept = passwords.hash(&Secret::new("correct horse")).await.unwrap();
        assert!(
            kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{kept}"
        );
        let verify = |text: &str, kept| {
            let (passwords, text) = (passwords.clone(), Secret::new(text));
            async move { passwords.verify(&text, kept).await.unwrap() }
        };
        assert!(verify("correct horse", Some(kept.clone())).await);
        assert!(!verify("Correct horse", Some(kept)).await);
        assert!(!verify("nobody", None).await);
        assert!(!verify("", Some(NO_PASSWORD.to_owned())).await);
    }
}
