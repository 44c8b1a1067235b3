//! The job that makes an archive: writes what there is to say into files, and packs them with those of the library.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use async_trait::async_trait;
use fanfare_domain::{ExportId, WorkspaceId};
use fanfare_jobs::{Handler, JobRun, Outcome};
use fanfare_store::audit::{self, Actor};
use fanfare_store::exports::{self, ExportState};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::task::spawn_blocking;
use tokio_util::io::{StreamReader, SyncIoBridge};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::content::{self, LibraryFile};
use crate::App;
use crate::audit::event;

pub(super) const KIND: &str = "workspace.export";
/// Runs that fail before it is given up.
const MOST_FAILURES: i64 = 3;
/// Progress is saved, and the job held on to, this often.
const SAVE_EVERY: SignedDuration = SignedDuration::from_secs(5);

#[derive(Serialize, Deserialize)]
pub(super) struct Ids {
    pub export: ExportId,
}

/// Makes archives.
pub(crate) struct MakeExport {
    app: Arc<App>,
}

/// One archive on the way.
struct Making<'a> {
    app: &'a App,
    job: &'a JobRun,
    workspace: WorkspaceId,
    id: ExportId,
    saved_at: Timestamp,
}

type Archive = ZipWriter<std::fs::File>;

impl MakeExport {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app }
    }
}

#[async_trait]
impl Handler for MakeExport {
    fn kind(&self) -> &'static str {
        KIND
    }

    async fn run(&self, job: &JobRun) -> anyhow::Result<Outcome> {
        let Ids { export } = job.ids()?;
        let mut making = Making {
            app: &self.app,
            job,
            workspace: job.workspace.context("an archive is of a workspace")?,
            id: export,
            saved_at: self.app.now(),
        };
        let parts = self.app.local_files.export_parts(export);
        let made = making.make(&parts).await;
        let cleared = tokio::fs::remove_dir_all(&parts).await;
        if let Err(error) = cleared.or_else(gone_is_fine) {
            tracing::warn!(%error, "parts of an archive wait to be swept");
        }
        match made {
            Ok(bytes) => making.end(ExportState::Ready, bytes).await,
            Err(error) if job.failures + 1 < MOST_FAILURES => Err(error),
            Err(error) => {
                tracing::error!(%export, %error, "an archive cannot be made");
                making.end(ExportState::Failed, 0).await
            }
        }
    }
}

impl Making<'_> {
    /// Answers how large it is. An archive that nobody wants any more is not finished, which is no error.
    async fn make(&mut self, parts: &Path) -> anyhow::Result<u64> {
        tokio::fs::remove_dir_all(parts)
            .await
            .or_else(gone_is_fine)?;
        tokio::fs::create_dir_all(parts).await?;
        let now = self.app.now();
        let (names, library) = content::write(self.app, self.workspace, parts, now).await?;
        let all = names.len() + library.len();
        let path = parts.join("archive.zip");
        let mut archive = begin(path.clone()).await?;
        let mut done = 0;
        for name in names {
            archive = add_part(archive, parts.join(&name), name).await?;
            done += 1;
        }
        for file in library {
            if !self.save_progress(all, done).await? {
                return Ok(0);
            }
            archive = add_file(archive, file).await?;
            done += 1;
        }
        finish(archive).await?;
        let bytes = tokio::fs::metadata(&path).await?.len();
        self.save(all, done).await?;
        tokio::fs::rename(&path, self.app.local_files.export_path(self.id)).await?;
        Ok(bytes)
    }

    /// False when nobody wants it any more.
    async fn save_progress(&mut self, all: usize, done: usize) -> anyhow::Result<bool> {
        if self.saved_at + SAVE_EVERY > self.app.now() {
            return Ok(true);
        }
        self.save(all, done).await
    }

    async fn save(&mut self, all: usize, done: usize) -> anyhow::Result<bool> {
        let now = self.app.now();
        self.saved_at = now;
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        let (all, done) = (i64::try_from(all)?, i64::try_from(done)?);
        let is_wanted = exports::note_progress(&mut tx, self.id, all, done).await?;
        self.job.hold_in(&mut tx, now).await?;
        tx.commit().await?;
        Ok(is_wanted)
    }

    async fn end(&self, state: ExportState, bytes: u64) -> anyhow::Result<Outcome> {
        let now = self.app.now();
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        let bytes = i64::try_from(bytes)?;
        if !exports::finish(&mut tx, self.id, state, bytes, now).await? {
            drop(tx);
            self.app.local_files.delete_export(self.id).await?;
            return Ok(Outcome::Done);
        }
        self.job.finish_in(&mut tx).await?;
        let action = match state {
            ExportState::Failed => "workspace.export_failed",
            _ => "workspace.export_made",
        };
        let about = ("export", self.id);
        let made = event(
            now,
            Actor::fanfare(),
            action,
            about,
            json!({ "bytes": bytes }),
        );
        audit::record(&mut tx, &made).await?;
        tx.commit().await?;
        Ok(Outcome::Settled)
    }
}

async fn begin(path: PathBuf) -> anyhow::Result<Archive> {
    Ok(spawn_blocking(move || std::fs::File::create(path).map(ZipWriter::new)).await??)
}

async fn add_part(archive: Archive, path: PathBuf, name: String) -> anyhow::Result<Archive> {
    let length = tokio::fs::metadata(&path).await?.len();
    spawn_blocking(move || {
        let file = std::fs::File::open(&path)?;
        add(archive, file, length, name, CompressionMethod::Deflated)
    })
    .await?
}

/// Pictures and videos are as small as they get.
async fn add_file(
    archive: Archive,
    LibraryFile { file, name }: LibraryFile,
) -> anyhow::Result<Archive> {
    let opened = async {
        let length = file.length().await?;
        Ok((length, file.read(0..length).await?))
    };
    let (length, content) = match opened.await {
        // Deleted from the library while the archive is made.
        Err(error) if is_gone(&error) => return Ok(archive),
        other => other?,
    };
    let content = SyncIoBridge::new(StreamReader::new(content));
    spawn_blocking(move || add(archive, content, length, name, CompressionMethod::Stored)).await?
}

/// Adds what has that many bytes.
fn add(
    mut archive: Archive,
    mut content: impl io::Read,
    length: u64,
    name: String,
    method: CompressionMethod,
) -> anyhow::Result<Archive> {
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .large_file(length >= u64::from(u32::MAX) / 2);
    archive.start_file(name, options)?;
    io::copy(&mut content, &mut archive)?;
    Ok(archive)
}

async fn finish(archive: Archive) -> anyhow::Result<()> {
    spawn_blocking(move || anyhow::Ok(archive.finish()?.sync_all()?)).await?
}

fn is_gone(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::NotFound
}

fn gone_is_fine(error: io::Error) -> io::Result<()> {
    if is_gone(&error) { Ok(()) } else { Err(error) }
}
