//! Looking through a connected account's files.

use fanfare_domain::{ConnectionId, ErrorCode, WorkspaceId};
use fanfare_platform_kit::roles::{FileContent, FilePage, FileQuery, Files, RemoteFile};
use fanfare_platform_kit::{Credentials, Platform, PlatformContext, PlatformError};
use fanfare_store::connections;

use crate::connections::refresh::{GrantError, connection_credentials};
use crate::{App, AppError, Caller, Result};

/// Files of one connected account, and the way to them.
pub(super) struct Account<'a> {
    platform: &'a dyn Platform,
    ctx: PlatformContext,
    credentials: Credentials,
}

/// One page of an account's files.
pub type Listing = FilePage;

/// One page of the folders, pictures and videos of a connected account.
///
/// # Errors
/// `not_found` for the connection, `not_possible_in_state` when it has no files, `remote_file_not_found` for the folder, and what the
/// platform says.
pub async fn browse(
    app: &App,
    caller: &Caller,
    connection: ConnectionId,
    wanted: &FileQuery,
) -> Result<Listing> {
    let account = account(app, caller.workspace, connection).await?;
    let files = account.files()?;
    Ok(files
        .list(&account.ctx, &account.credentials, wanted)
        .await?)
}

/// The way to the files of a connected account.
pub(super) async fn account(
    app: &App,
    workspace: WorkspaceId,
    id: ConnectionId,
) -> std::result::Result<Account<'_>, GrantError> {
    let mut tx = app.store.in_workspace(workspace).read().await?;
    let connection = connections::get(&mut tx, id)
        .await
        .map_err(AppError::or_missing("connection"))?;
    drop(tx);
    let platform = app.platform(&connection.platform)?.as_ref();
    let manifest = platform.manifest();
    if platform.files().is_none() {
        return Err(no_files(manifest.name).into());
    }
    Ok(Account {
        platform,
        ctx: app.platform_context(manifest.id),
        credentials: connection_credentials(app, workspace, id).await?,
    })
}

impl Account<'_> {
    fn files(&self) -> Result<&dyn Files> {
        let name = self.platform.manifest().name;
        self.platform.files().ok_or_else(|| no_files(name))
    }

    pub(super) async fn describe(&self, id: &str) -> std::result::Result<RemoteFile, GrantError> {
        let files = self.files()?;
        Ok(files.describe(&self.ctx, &self.credentials, id).await?)
    }

    pub(super) async fn open(
        &self,
        id: &str,
        from: u64,
    ) -> std::result::Result<FileContent, GrantError> {
        let files = self.files()?;
        Ok(files.open(&self.ctx, &self.credentials, id, from).await?)
    }

    /// Why the files broke off, as the platform's trouble.
    pub(super) fn broken_off(&self, error: &std::io::Error) -> PlatformError {
        PlatformError::unavailable(self.platform.manifest().name, error.to_string())
    }
}

fn no_files(name: &str) -> AppError {
    AppError::conflict(
        ErrorCode::NotPossibleInState,
        format!("{name} has no files that could be taken into the library."),
    )
}
