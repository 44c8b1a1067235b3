//! The job that fetches a file. It goes on where it stopped: after a lost connection at once, and after a restart from what is on disk.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::{ErrorCode, MediaId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome, backoff};
use fanfare_platform_kit::roles::FileContent;
use fanfare_platform_kit::{Advice, PlatformError};
use fanfare_store::audit::Actor;
use fanfare_store::media_imports::{self, ImportError, ImportState, MediaImport};
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncWriteExt;

use super::account::Account;
use crate::connections::refresh::GrantError;
use crate::media::add::{About, By, add_file};
use crate::media::{blobs, sizes};
use crate::{App, AppError};

pub(super) const KIND: &str = "media.import";
/// Progress is saved, and the job held on to, this often.
const SAVE_EVERY: SignedDuration = SignedDuration::from_secs(2);
/// A connection that brings nothing for so long is given up, and another one opened.
const SILENCE: Duration = Duration::from_secs(30);
/// Runs in which not a single byte came, before it is given up.
const MOST_FAILURES: u32 = 8;

#[derive(Serialize, Deserialize)]
pub(super) struct Ids {
    pub import: MediaId,
}

/// Fetches imports.
pub(crate) struct FetchImport {
    app: Arc<App>,
}

/// One import on the way.
struct Fetching<'a> {
    app: &'a App,
    job: &'a JobRun,
    workspace: WorkspaceId,
    import: MediaImport,
    saved_at: Timestamp,
}

/// Why a run did not bring the file.
enum Trouble {
    /// Nobody wants it any more.
    CalledOff,
    Platform(PlatformError),
    Other(AppError),
}

impl FetchImport {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for FetchImport {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn waits_for_others(&self) -> bool {
        true
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Ids { import } = job.ids()?;
        let workspace = job.workspace.context("an import is of a workspace")?;
        let mut tx = self.app.store.in_workspace(workspace).read().await?;
        let found = media_imports::find(&mut tx, import).await?;
        drop(tx);
        let Some(import) = found.filter(|import| import.state != ImportState::Failed) else {
            return Ok(Outcome::Done);
        };
        let mut fetching = Fetching {
            app: &self.app,
            job,
            workspace,
            import,
            saved_at: self.app.now(),
        };
        let path = self.app.blobs.upload_path(fetching.import.id);
        let had = fetching.import.received;
        match fetching.fetch(&path).await {
            Ok(()) => {
                remove(&path).await;
                Ok(Outcome::Done)
            }
            Err(Trouble::CalledOff) => {
                remove(&path).await;
                Ok(Outcome::Done)
            }
            Err(Trouble::Platform(error)) => fetching.wait_or_fail(&path, error, had).await,
            Err(Trouble::Other(AppError::Refused(refusal))) => {
                let error = ImportError {
                    code: refusal.code,
                    detail: refusal.detail,
                };
                fetching.fail(&path, &error).await
            }
            Err(Trouble::Other(AppError::Broken(error))) => Err(error),
        }
    }
}

impl Fetching<'_> {
    async fn fetch(&mut self, path: &Path) -> std::result::Result<(), Trouble> {
        let mut account =
            Account::open(self.app, self.workspace, self.import.connection_id).await?;
        let mut file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .await
            .map_err(broken)?;
        // What is on disk counts: the row may be behind it, and the disk another machine's.
        self.import.received = file.metadata().await.map_err(broken)?.len();
        if self
            .import
            .bytes
            .is_none_or(|bytes| self.import.received < bytes)
        {
            self.save().await?;
            let taken = self.take_in(&mut account, &mut file).await;
            // What came before it broke off is there for the next run.
            file.flush().await.map_err(broken)?;
            taken?;
        }
        file.sync_data().await.map_err(broken)?;
        drop(file);
        self.save().await?;
        self.add(path).await
    }

    /// Writes what is missing.
    async fn take_in(
        &mut self,
        account: &mut Account<'_>,
        file: &mut File,
    ) -> std::result::Result<(), Trouble> {
        let FileContent { from, mut bytes } = account
            .read(&self.import.remote_id, self.import.received)
            .await?;
        if from != self.import.received {
            file.set_len(from).await.map_err(broken)?;
            self.import.received = from;
        }
        loop {
            let next = tokio::time::timeout(SILENCE, bytes.next()).await;
            let silent = || std::io::Error::other("nothing came for half a minute");
            let chunk = match next.unwrap_or_else(|_| Some(Err(silent()))) {
                None => break,
                Some(Ok(chunk)) => chunk,
                Some(Err(error)) => return Err(Trouble::Platform(account.broken_off(&error))),
            };
            file.write_all(&chunk).await.map_err(broken)?;
            self.import.received += chunk.len() as u64;
            if self.import.received > self.app.config.upload_limit {
                let limit = self.app.config.upload_limit;
                return Err(Trouble::Other(sizes::too_large("The file", limit)));
            }
            if self.saved_at + SAVE_EVERY <= self.app.now() {
                self.save().await?;
            }
        }
        match self.import.bytes {
            Some(bytes) if self.import.received < bytes => {
                let error = std::io::Error::other("the file ended early");
                Err(Trouble::Platform(account.broken_off(&error)))
            }
            _ => Ok(()),
        }
    }

    /// Saves how far it is, and that the job is still at it.
    async fn save(&mut self) -> std::result::Result<(), Trouble> {
        let now = self.app.now();
        self.saved_at = now;
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        let MediaImport {
            id,
            bytes,
            received,
            ..
        } = self.import;
        if !media_imports::note_progress(&mut tx, id, bytes, received).await? {
            return Err(Trouble::CalledOff);
        }
        self.job
            .hold_in(&mut tx, now)
            .await
            .map_err(|error| Trouble::Other(error.into()))?;
        Ok(tx.commit().await?)
    }

    async fn add(&self, path: &Path) -> std::result::Result<(), Trouble> {
        let MediaImport {
            id,
            file_name,
            alt,
            folder_id,
            created_by,
            created_by_name,
            ..
        } = &self.import;
        let about = About {
            folder: *folder_id,
            is_imported: true,
            ..About::new("media.imported", file_name.clone(), alt.clone())
        };
        let by = By {
            workspace: self.workspace,
            user: *created_by,
            actor: Actor {
                id: *created_by,
                name: created_by_name.clone(),
            },
            caller: None,
        };
        match add_file(self.app, by, *id, path, about).await {
            Err(AppError::Refused(refusal)) if refusal.code == ErrorCode::NotFound => {
                Err(Trouble::CalledOff)
            }
            added => Ok(added.map(drop)?),
        }
    }

    /// What may pass is tried again, longer and longer apart, as long as something comes now and then.
    async fn wait_or_fail(
        &self,
        path: &Path,
        error: PlatformError,
        had: u64,
    ) -> anyhow::Result<Outcome> {
        let told = ImportError {
            code: error.code,
            detail: error.detail,
        };
        let now = self.app.now();
        let fruitless = if self.import.received > had {
            0
        } else {
            u32::try_from(self.job.failures).unwrap_or(u32::MAX) + 1
        };
        let at = match error.advice {
            Advice::RateLimited { until, .. } => until.max(now),
            Advice::Retry { after } if fruitless < MOST_FAILURES => {
                let wait = after.unwrap_or_else(|| backoff(fruitless.max(1)));
                now + SignedDuration::try_from(wait)?
            }
            _ => return self.fail(path, &told).await,
        };
        tracing::info!(import = %self.import.id, log = error.log, %at, "an import is tried again");
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        let MediaImport { id, received, .. } = self.import;
        if !media_imports::note_error(&mut tx, id, ImportState::Waiting, received, &told).await? {
            return Ok(Outcome::Done);
        }
        match fruitless {
            0 => self.job.give_back_in(&mut tx, at).await?,
            _ => self.job.fail_in(&mut tx, at, &told.detail).await?,
        }
        tx.commit().await?;
        Ok(Outcome::Settled)
    }

    async fn fail(&self, path: &Path, error: &ImportError) -> anyhow::Result<Outcome> {
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        media_imports::note_error(&mut tx, self.import.id, ImportState::Failed, 0, error).await?;
        self.job.finish_in(&mut tx).await?;
        tx.commit().await?;
        remove(path).await;
        Ok(Outcome::Settled)
    }
}

impl From<GrantError> for Trouble {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::Platform(error) => Self::Platform(error),
            GrantError::Other(error) => Self::Other(error),
        }
    }
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self::Other(error)
    }
}

impl From<fanfare_store::StoreError> for Trouble {
    fn from(error: fanfare_store::StoreError) -> Self {
        // Not the file's fault: the job runs again.
        Self::Other(AppError::Broken(error.into()))
    }
}

fn broken(error: std::io::Error) -> Trouble {
    Trouble::Other(AppError::Broken(error.into()))
}

/// What cannot be deleted is left to the sweep.
async fn remove(path: &Path) {
    if let Err(error) = blobs::remove(path).await {
        tracing::warn!(%error, "what came of an import could not be removed");
    }
}
