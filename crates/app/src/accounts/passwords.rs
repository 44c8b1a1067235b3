//! Hashing passwords and checking them: argon2id, off the async threads, a few at a time.

use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use anyhow::Context as _;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use fanfare_domain::Secret;
use fanfare_store::users::NO_PASSWORD;
use tokio::sync::Semaphore;

/// Each hash takes this many KiB of memory (OWASP's minimum, with two passes) …
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
/// … so only so many run at once; others wait their turn.
const AT_ONCE: usize = 4;

/// What one hash is made in.
type Memory = Vec<Block>;

/// Hashes and verifies passwords for the whole process.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// Memory of those who are done, for the next. Were it given back, the allocator would keep it for the thread that had it, and
    /// soon many threads had some.
    spare: Arc<Mutex<Vec<Memory>>>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            spare: Arc::default(),
        }
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Passwords").finish_non_exhaustive()
    }
}

impl Passwords {
    /// A hash with its own salt and parameters, in PHC form.
    pub(crate) async fn hash(&self, password: &Secret) -> anyhow::Result<String> {
        let password = password.clone();
        self.run(move |memory| hash(&password, memory)).await
    }

    /// Whether the password is the one that was hashed. Without a hash, as for somebody who has no password, as much work is done and the
    /// answer is no.
    pub(super) async fn verify(
        &self,
        password: &Secret,
        kept: Option<String>,
    ) -> anyhow::Result<bool> {
        let password = password.clone();
        self.run(move |memory| match kept {
            Some(kept) if kept != NO_PASSWORD => verify(&password, &kept, memory),
            _ => verify(&password, &HASH_OF_NOBODY, memory).map(|_| false),
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let turn = Arc::clone(&self.turns)
            .acquire_owned()
            .await
            .context("the password hasher was closed")?;
        let passwords = self.clone();
        let hashing = tokio::task::spawn_blocking(move || {
            // The work goes on when whoever waits for it hangs up, so the turn goes with it.
            let _turn = turn;
            let mut memory = passwords.spare().pop().unwrap_or_default();
            let done = work(&mut memory);
            memory.fill(Block::new());
            passwords.spare().push(memory);
            done
        });
        hashing.await.context("hashing a password panicked")?
    }

    fn spare(&self) -> impl std::ops::DerefMut<Target = Vec<Memory>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What unknown addresses are checked against.
static HASH_OF_NOBODY: LazyLock<String> = LazyLock::new(|| {
    hash(&Secret::new("nobody"), &mut Memory::new()).expect("argon2 hashes with good parameters")
});

fn hash(password: &Secret, memory: &mut Memory) -> anyhow::Result<String> {
    let (algorithm, version) = (Algorithm::Argon2id, Version::V0x13);
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).context("argon2 parameters")?;
    let kept_params = ParamsString::try_from(&params).context("argon2 parameters")?;
    let salt = Salt::generate();
    let output = output(
        &Argon2::new(algorithm, version, params),
        password,
        &salt,
        memory,
    )?;
    let hashed = PasswordHash {
        algorithm: algorithm.ident(),
        version: Some(version.into()),
        params: kept_params,
        salt: Some(salt),
        hash: Some(output),
    };
    Ok(hashed.to_string())
}

/// By the parameters that it was hashed with.
fn verify(password: &Secret, kept: &str, memory: &mut Memory) -> anyhow::Result<bool> {
    let unreadable = "a kept password hash is unreadable";
    let kept = PasswordHash::new(kept).context(unreadable)?;
    let algorithm = Algorithm::try_from(kept.algorithm.as_str()).context(unreadable)?;
    let version = kept
        .version
        .map_or(Ok(Version::default()), Version::try_from);
    let params = Params::try_from(&kept).context(unreadable)?;
    let argon2 = Argon2::new(algorithm, version.context(unreadable)?, params);
    let (salt, expected) = kept.salt.zip(kept.hash).context(unreadable)?;
    // Outputs are compared in constant time.
    Ok(output(&argon2, password, &salt, memory)? == expected)
}

fn output(
    argon2: &Argon2<'_>,
    password: &Secret,
    salt: &Salt,
    memory: &mut Memory,
) -> anyhow::Result<Output> {
    let params = argon2.params();
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::new());
    }
    let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let mut out = [0; Output::MAX_LENGTH];
    let out = out
        .get_mut(..length)
        .context("a password hash is that long")?;
    argon2
        .hash_password_into_with_memory(password.expose().as_bytes(), salt, out, memory)
        .context("hashing a password")?;
    Output::new(out).context("a password hash is that long")
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;
    use std::task::Poll;

    use argon2::{PasswordHasher as _, PasswordVerifier as _};

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

    #[test]
    fn hashes_are_those_that_the_crate_makes() {
        let (password, mut memory) = (Secret::new("correct horse"), Memory::new());
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap();
        let theirs = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let bytes = password.expose().as_bytes();
        let kept = theirs.hash_password(bytes).unwrap().to_string();
        assert!(verify(&password, &kept, &mut memory).unwrap());
        let ours = hash(&password, &mut memory).unwrap();
        assert_eq!(theirs.verify_password(bytes, ours.as_str()), Ok(()));
        // As it would be kept by a version that took less.
        let small = Argon2::from(Params::new(64, 1, 1, None).unwrap());
        let kept = small.hash_password(bytes).unwrap().to_string();
        assert!(verify(&password, &kept, &mut memory).unwrap());
        assert!(!verify(&Secret::new("horse"), &kept, &mut memory).unwrap());
    }

    #[tokio::test]
    async fn memory_is_used_again_and_lies_empty() {
        let passwords = Passwords::default();
        let all = (0..3 * AT_ONCE).map(|_| {
            let passwords = passwords.clone();
            tokio::spawn(async move { passwords.verify(&Secret::new("x"), None).await })
        });
        for one in all.collect::<Vec<_>>() {
            assert!(!one.await.unwrap().unwrap());
        }
        let spare = passwords.spare();
        assert!((1..=AT_ONCE).contains(&spare.len()), "{}", spare.len());
        for block in spare.iter().flatten() {
            let words: &[u64] = block.as_ref();
            assert!(words.iter().all(|word| *word == 0));
        }
    }

    #[tokio::test]
    async fn who_hangs_up_does_not_make_room_for_another() {
        let (passwords, secret) = (Passwords::default(), Secret::new("x"));
        let mut hashing = Box::pin(passwords.hash(&secret));
        poll_fn(|context| Poll::Ready(hashing.as_mut().poll(context).is_pending())).await;
        drop(hashing);
        assert_eq!(passwords.turns.available_permits(), AT_ONCE - 1);
    }
}
