//! The job that fetches a file. It goes on where it stopped: after a lost connection at once, and after a restart from what is on disk.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::{ErrorCode, MediaId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_platform_kit::roles::RemoteFile;
use fanfare_store::audit::Actor;
use fanfare_store::media_imports::{self, ImportState, MediaImport};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::account::Account;
use super::download::{self, More, Part};
use super::places;
use crate::media::add::{About, By, add_file};
use crate::media::{local_files, sizes};
use crate::{App, AppError};

mod trouble;

use trouble::{Trouble, broken};

pub(super) const KIND: &str = "media.import";
/// What failed and was not looked after is forgotten after that time.
pub(super) const TIME_TO_LOOK: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Progress is saved, and the job held on to, this often.
const SAVE_EVERY: SignedDuration = SignedDuration::from_secs(2);
/// Somebody else is at it, or many others are: the job comes again then.
const TAKEN: SignedDuration = SignedDuration::from_secs(10);

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
        let Some(_place) = places::take(import.connection_id).await else {
            let at = self.app.now() + TAKEN;
            return Ok(Outcome::Again { at });
        };
        let mut fetching = Fetching {
            app: &self.app,
            job,
            workspace,
            import,
            saved_at: self.app.now(),
        };
        fetching.run().await
    }
}

impl Fetching<'_> {
    async fn run(&mut self) -> anyhow::Result<Outcome> {
        let path = self.app.local_files.upload_path(self.import.id);
        let had = self.import.received;
        let trouble = match self.fetch(&path).await {
            Ok(()) | Err(Trouble::CalledOff) => {
                remove(&path).await;
                return Ok(Outcome::Done);
            }
            Err(Trouble::Taken) => {
                let at = self.app.now() + TAKEN;
                return Ok(Outcome::Again { at });
            }
            Err(trouble) => trouble,
        };
        // It may have been moved away, or come to nothing.
        self.import.received = tokio::fs::metadata(&path)
            .await
            .map_or(0, |file| file.len());
        if self.import.received > had {
            self.import.failures = 0;
        }
        self.after(trouble, &path).await
    }

    async fn fetch(&mut self, path: &Path) -> std::result::Result<(), Trouble> {
        let mut account =
            Account::open(self.app, self.workspace, self.import.connection_id).await?;
        let described = account.describe(&self.import.remote_id).await?;
        self.accept(&described)?;
        let mut part = Part::open(path).map_err(broken)?.ok_or(Trouble::Taken)?;
        self.begin(&described, &mut part).await?;
        if described.bytes.is_none_or(|bytes| part.len < bytes) {
            let taken = self.take_in(&mut account, &mut part).await;
            // What came before it broke off is there for the next run.
            part.flush().await.map_err(broken)?;
            taken?;
        }
        self.check(path, &described, &mut part).await?;
        self.add(path, account.platform()).await
    }

    fn accept(&self, described: &RemoteFile) -> std::result::Result<(), Trouble> {
        let limit = self.app.config.upload_limit;
        if described.bytes.is_some_and(|bytes| bytes > limit) {
            return Err(sizes::too_large("The file", limit).into());
        }
        Ok(())
    }

    /// Keeps of what is here what belongs to the present content.
    async fn begin(
        &mut self,
        described: &RemoteFile,
        part: &mut Part,
    ) -> std::result::Result<(), Trouble> {
        let version = download::version_of(described);
        let is_of_it = version.is_some() && version == self.import.version;
        let fits = described.bytes.is_none_or(|bytes| part.len <= bytes);
        if !is_of_it {
            self.import.spoilt = 0;
        }
        if !is_of_it || !fits {
            // First whether it is still wanted: once it is in the library, this is a second name of what lies there.
            self.save(part).await?;
            part.keep(0).await.map_err(broken)?;
        }
        self.import.checked &= part.len > 0;
        self.import.bytes = described.bytes;
        self.import.version = version;
        self.save(part).await
    }

    /// Compares all that came with what was described. Once only: what the library blanks in a video is blanked in this file.
    async fn check(
        &mut self,
        path: &Path,
        described: &RemoteFile,
        part: &mut Part,
    ) -> std::result::Result<(), Trouble> {
        if !self.import.checked && !download::is_whole(path, described).await.map_err(broken)? {
            part.keep(0).await.map_err(broken)?;
            return Err(Trouble::Spoilt);
        }
        self.import.checked = true;
        self.save(part).await
    }

    /// Writes what is missing.
    async fn take_in(
        &mut self,
        account: &mut Account<'_>,
        part: &mut Part,
    ) -> std::result::Result<(), Trouble> {
        let mut content = account.read(&self.import.remote_id, part.len).await?;
        let Some(from) = download::goes_on_at(&content, part.len) else {
            let error = std::io::Error::other("it began behind what is here");
            return Err(Trouble::Platform(account.broken_off(&error)));
        };
        part.keep(from).await.map_err(broken)?;
        let limit = self.app.config.upload_limit;
        loop {
            let chunk = match download::next(&mut content.bytes).await {
                More::Chunk(chunk) => chunk,
                More::End => break,
                More::BrokenOff(error) => {
                    return Err(Trouble::Platform(account.broken_off(&error)));
                }
            };
            part.write(&chunk).await.map_err(broken)?;
            self.import.received = part.len;
            if part.len > limit {
                return Err(sizes::too_large("The file", limit).into());
            }
            if self.saved_at + SAVE_EVERY <= self.app.now() {
                self.save(part).await?;
            }
        }
        match self.import.bytes {
            Some(bytes) if part.len < bytes => {
                let error = std::io::Error::other("the file ended early");
                Err(Trouble::Platform(account.broken_off(&error)))
            }
            _ => Ok(()),
        }
    }

    /// Saves how far it is, and that the job is still at it.
    async fn save(&mut self, part: &Part) -> std::result::Result<(), Trouble> {
        let now = self.app.now();
        self.saved_at = now;
        self.import.received = part.len;
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        if !media_imports::note_progress(&mut tx, &self.import).await? {
            return Err(Trouble::CalledOff);
        }
        let held = self.job.hold_in(&mut tx, now).await;
        held.map_err(Trouble::Broken)?;
        Ok(tx.commit().await?)
    }

    async fn add(&self, path: &Path, platform: &str) -> std::result::Result<(), Trouble> {
        let MediaImport {
            id,
            remote_id,
            file_name,
            alt,
            folder_id,
            created_by,
            created_by_name,
            ..
        } = &self.import;
        let about = About {
            folder: *folder_id,
            source: Some(format!("{platform}:{remote_id}")),
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
}

/// What cannot be deleted is left to the sweep.
async fn remove(path: &Path) {
    if let Err(error) = local_files::remove(path).await {
        tracing::warn!(%error, "what came of an import could not be removed");
    }
}
