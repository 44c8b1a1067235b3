//! A connected account whose files are asked for.

use std::future::Future;
use std::pin::Pin;

use fanfare_domain::{ConnectionId, ErrorCode, WorkspaceId};
use fanfare_platform_kit::roles::{FileContent, FilePage, FileQuery, Files, RemoteFile};
use fanfare_platform_kit::{Advice, Credentials, PlatformContext, PlatformError};
use fanfare_store::connections::{self, Connection};

use crate::connections::record_failure;
use crate::connections::refresh::{GrantError, connection_credentials, refresh_connection};
use crate::{App, AppError};

type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, PlatformError>> + Send + 'a>>;
/// A question about something in the account.
type Question<Q, T> = for<'a> fn(&'a Account<'_>, &'a Q) -> Answer<'a, T>;

/// Files of one connected account, and the way to them.
pub(super) struct Account<'a> {
    app: &'a App,
    workspace: WorkspaceId,
    connection: Connection,
    name: &'static str,
    files: &'a dyn Files,
    ctx: PlatformContext,
    credentials: Credentials,
}

impl<'a> Account<'a> {
    /// The way to the files of a connected account.
    ///
    /// # Errors
    /// `not_found` for the connection, `not_possible_in_state` when it has no files, and what the platform says.
    pub(super) async fn open(
        app: &'a App,
        workspace: WorkspaceId,
        id: ConnectionId,
    ) -> Result<Self, GrantError> {
        let mut tx = app.store.in_workspace(workspace).read().await?;
        let connection = connections::get(&mut tx, id)
            .await
            .map_err(AppError::or_missing("connection"))?;
        drop(tx);
        let platform = app.platform(&connection.platform)?;
        let manifest = platform.manifest();
        let files = platform.files().ok_or_else(|| no_files(manifest.name))?;
        Ok(Self {
            app,
            workspace,
            connection,
            name: manifest.name,
            files,
            ctx: app.platform_context(manifest.id),
            credentials: connection_credentials(app, workspace, id).await?,
        })
    }

    pub(super) async fn list(&mut self, wanted: &FileQuery) -> Result<FilePage, GrantError> {
        self.ask(wanted, |at, wanted| {
            at.files.list(&at.ctx, &at.credentials, wanted)
        })
        .await
    }

    pub(super) async fn describe(&mut self, file: &str) -> Result<RemoteFile, GrantError> {
        self.ask(&file.to_owned(), |at, file| {
            at.files.describe(&at.ctx, &at.credentials, file)
        })
        .await
    }

    /// The bytes of a file from `from` on.
    pub(super) async fn read(&mut self, file: &str, from: u64) -> Result<FileContent, GrantError> {
        self.ask(&(file.to_owned(), from), |at, (file, from)| {
            at.files.open(&at.ctx, &at.credentials, file, *from)
        })
        .await
    }

    /// Of which platform it is, by its id.
    pub(super) fn platform(&self) -> &str {
        &self.connection.platform
    }

    /// Why the files broke off, as the platform's trouble.
    pub(super) fn broken_off(&self, error: &std::io::Error) -> PlatformError {
        PlatformError::unavailable(self.name, error.to_string())
    }

    /// Asks, with renewed access where the platform takes ours for ended. What the answer says of the connection is noted there.
    async fn ask<Q, T>(&mut self, about: &Q, question: Question<Q, T>) -> Result<T, GrantError> {
        let mut answer = question(self, about).await;
        if let Err(error) = &answer
            && error.advice == Advice::Refresh
            && self.connection.refreshable
        {
            let id = self.connection.id;
            refresh_connection(self.app, self.workspace, id, true).await?;
            self.credentials = connection_credentials(self.app, self.workspace, id).await?;
            answer = question(self, about).await;
        }
        let Err(error) = answer else {
            return Ok(answer?);
        };
        let now = self.app.now();
        let mut tx = self.app.store.in_workspace(self.workspace).write().await?;
        record_failure(&mut tx, &self.connection, &error, now).await?;
        tx.commit().await?;
        Err(error.into())
    }
}

fn no_files(name: &str) -> AppError {
    AppError::conflict(
        ErrorCode::NotPossibleInState,
        format!("{name} has no files that could be taken into the library."),
    )
}
