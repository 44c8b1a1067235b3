//! What becomes of an import whose file a run did not bring: it is tried again later, or fails and says why.

use std::path::Path;

use fanfare_domain::ErrorCode;
use fanfare_jobs::{Outcome, backoff};
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::media_imports::{self, ImportError, ImportState};
use jiff::{SignedDuration, Timestamp};

use super::{Fetching, TIME_TO_LOOK, remove};
use crate::AppError;
use crate::connections::refresh::GrantError;
use crate::error::Refusal;

/// Runs in which not a single byte came, before it is given up: about two and a half hours of them.
const MOST_FAILURES: u32 = 18;
/// Runs after which the bytes were not what the platform says they are.
const MOST_SPOILT: u32 = 3;
/// What many wait for together is spread over some seconds.
const SPREAD: u32 = 4;

/// Why a run did not bring the file.
pub(super) enum Trouble {
    /// Nobody wants it any more.
    CalledOff,
    /// Another run has what is here of it.
    Taken,
    Platform(PlatformError),
    /// All of it came, and it is not what the platform described.
    Spoilt,
    /// The file is none for the library.
    Refused(Box<Refusal>),
    /// Our own: a full disk, a database that is away.
    Broken(anyhow::Error),
}

impl Fetching<'_> {
    /// `path` is where what is here of the file lies.
    pub(super) async fn after(&mut self, trouble: Trouble, path: &Path) -> anyhow::Result<Outcome> {
        match trouble {
            Trouble::CalledOff | Trouble::Taken => Ok(Outcome::Done),
            Trouble::Platform(error) => self.after_platform(path, error).await,
            Trouble::Spoilt => self.after_spoilt(path).await,
            Trouble::Broken(error) => self.after_broken(&error).await,
            Trouble::Refused(refusal) => {
                self.fail_for_good(path, told(refusal.code, refusal.detail))
                    .await
            }
        }
    }

    /// What may pass is tried again, longer and longer apart, as long as something comes now and then.
    async fn after_platform(
        &mut self,
        path: &Path,
        error: PlatformError,
    ) -> anyhow::Result<Outcome> {
        tracing::info!(import = %self.import.id, code = %error.code, log = error.log, "a file did not come");
        match error.advice {
            Advice::RateLimited { until, .. } => {
                let at = until.max(self.app.now()) + pause(SPREAD)?;
                self.wait(told_of(&error), at).await
            }
            Advice::Retry { after } => {
                self.import.failures += 1;
                if self.import.failures >= MOST_FAILURES {
                    return self.fail(told_at_last(error)).await;
                }
                let after = after.map(SignedDuration::try_from).transpose()?;
                let wait = after.map_or_else(|| pause(self.import.failures), Ok)?;
                self.wait(told_of(&error), self.app.now() + wait).await
            }
            _ if error.code == ErrorCode::RemoteFileNotFound => {
                self.fail_for_good(path, told_at_last(error)).await
            }
            _ => self.fail(told_at_last(error)).await,
        }
    }

    async fn after_spoilt(&mut self, path: &Path) -> anyhow::Result<Outcome> {
        self.import.spoilt += 1;
        if self.import.spoilt < MOST_SPOILT {
            let detail = "The file came with other content than the platform says it has. It is fetched anew by itself.";
            let at = self.app.now() + pause(self.import.spoilt)?;
            let told = told(ErrorCode::PlatformUnavailable, detail);
            return self.wait(told, at).await;
        }
        let detail = "The file came three times with other content than the platform says it has. Look at it there, then try again.";
        self.fail_for_good(path, told(ErrorCode::PlatformUnavailable, detail))
            .await
    }

    async fn after_broken(&mut self, error: &anyhow::Error) -> anyhow::Result<Outcome> {
        tracing::error!(import = %self.import.id, error = format!("{error:#}"), "a file could not be kept");
        self.import.failures += 1;
        if self.import.failures < MOST_FAILURES {
            let detail = "The file could not be kept on our side. It is tried again by itself; if it stays like this, whoever runs the installation finds the reason in its log.";
            let at = self.app.now() + pause(self.import.failures)?;
            return self.wait(told(ErrorCode::Internal, detail), at).await;
        }
        let detail = "The file could not be kept on our side, for hours. Whoever runs the installation finds the reason in its log; then try again.";
        self.fail(told(ErrorCode::Internal, detail)).await
    }

    async fn wait(&self, told: ImportError, at: Timestamp) -> anyhow::Result<Outcome> {
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        if !media_imports::note_error(&mut tx, &self.import, ImportState::Waiting, &told).await? {
            return Ok(Outcome::Done);
        }
        self.job.give_back_in(&mut tx, at).await?;
        tx.commit().await?;
        Ok(Outcome::Settled)
    }

    /// Gives it up with what is here of it: trying again goes on from there.
    async fn fail(&mut self, told: ImportError) -> anyhow::Result<Outcome> {
        self.import.expires_at = self.app.now() + TIME_TO_LOOK;
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        media_imports::note_error(&mut tx, &self.import, ImportState::Failed, &told).await?;
        self.job.finish_in(&mut tx).await?;
        tx.commit().await?;
        Ok(Outcome::Settled)
    }

    /// The same for what will not be better for waiting: nothing of it is kept.
    async fn fail_for_good(&mut self, path: &Path, told: ImportError) -> anyhow::Result<Outcome> {
        // First, or whoever tries again at once would write to what is removed.
        remove(path).await;
        self.import.received = 0;
        self.import.checked = false;
        self.fail(told).await
    }
}

fn pause(failures: u32) -> anyhow::Result<SignedDuration> {
    Ok(SignedDuration::try_from(backoff(failures))?)
}

fn told(code: ErrorCode, detail: impl Into<String>) -> ImportError {
    ImportError {
        code,
        detail: detail.into(),
    }
}

fn told_of(error: &PlatformError) -> ImportError {
    told(error.code, error.detail.clone())
}

/// Platforms' own words promise that it goes on by itself.
fn told_at_last(error: PlatformError) -> ImportError {
    let code = error.code;
    match AppError::from(error) {
        AppError::Refused(refusal) => told(refusal.code, refusal.detail),
        AppError::Broken(error) => told(code, error.to_string()),
    }
}

impl From<GrantError> for Trouble {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Platform(error) => Self::Platform(error),
            GrantError::Other(error) => error.into(),
        }
    }
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(refusal) if !refusal.may_pass() => Self::Refused(refusal),
            broken => Self::Broken(broken.into()),
        }
    }
}

impl From<fanfare_store::StoreError> for Trouble {
    fn from(error: fanfare_store::StoreError) -> Self {
        // Not the file's fault, whatever it is.
        Self::Broken(error.into())
    }
}

pub(super) fn broken(error: std::io::Error) -> Trouble {
    Trouble::Broken(error.into())
}
